"""A lead: a pointer that may be worth a look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

KINDS = (
    "domain", "url", "app_listing", "app_file", "text", "account", "post", "listing", "search_ad", "phone",
    "poi", "job", "company", "image",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One pointer, from one source.

    `locator` is what a person would type to get there: a hostname, a URL, a number, or the text itself. `seen_at`
    carries its zone. `detail` holds the other fields of `lead.v1`, as plain JSON values.
    """

    kind: str
    source: str
    locator: str
    seen_at: datetime
    detail: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a kind the contract does not know, an empty locator and a time without a zone."""
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of lead {self.kind!r}; use one of {', '.join(KINDS)}")
        if not self.locator.strip():
            raise ValueError("a lead needs a locator")
        if self.seen_at.tzinfo is None:
            raise ValueError("seen_at needs a time zone, for example +08:00")
