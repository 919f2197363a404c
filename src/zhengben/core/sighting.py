"""A sighting: one thing, seen once, as facts. Facts only: no judgement, no sentence, nothing fetched here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhengben.core.appfacts import AppFacts
from zhengben.core.pagefacts import PageFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A way to reach somebody found in a target: `kind` is phone, qq, wechat, telegram, url, domain or card.

    `value` is normalised, `raw` is as written; `start` and `end` are code points in the text it was found in, or -1.
    """

    kind: str
    value: str
    raw: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What was seen of one target.

    `kind` is a kind of lead. `text` is everything of it a person would read, `title` what stands in a title-like
    place (store title, account name, POI name, subject). `host` is the hostname where it has one. `missing` names
    what could not be seen, as codes.
    """

    kind: str
    target: str
    title: str = ""
    text: str = ""
    host: str = ""
    speaker: str = ""  # who publishes it: developer, account, shop, sender
    page: PageFacts | None = None
    app: AppFacts | None = None
    contacts: tuple[Contact, ...] = ()
    artefacts: tuple[str, ...] = ()
    detail: Mapping[str, object] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
