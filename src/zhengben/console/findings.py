"""The three findings on a page, each for itself: a lawyer needs the first even where nobody is phished."""

from collections.abc import Iterable, Mapping
from typing import Any

FINDINGS: dict[str, frozenset[str]] = {
    "uses_mark": frozenset({
        "page_presents_as", "page_asks_in_name", "page_speaks_as", "page_shows_mark",
        "page_has_picture", "page_picture_reads", "page_picture_resembles", "says_it_is", "uses_name",
    }),
    "asks": frozenset({
        "page_asks_secrets", "page_asks_account", "page_form_elsewhere", "page_asks_fee", "page_demands",
        "page_asks_contact", "asks_secrets", "asks_fee", "asks_transfer", "asks_contact",
    }),
    "offers_app": frozenset({"page_offers_app", "no_such_app", "offers_app"}),
}  # fmt: skip


def findings(reasons: Iterable[Mapping[str, Any]], missing: Iterable[str]) -> list[dict[str, object]]:
    """Give each finding with the reasons that carry it: `yes`, `no`, or `unseen` where the page was not seen whole."""
    known, unseen = list(reasons), [code for code in missing if code.startswith("page")]
    rows: list[dict[str, object]] = []
    for name, codes in FINDINGS.items():
        held = [reason for reason in known if reason["code"] in codes]
        state = "yes" if held else "unseen" if unseen else "no"
        rows.append({"name": name, "state": state, "reasons": held})
    return rows
