"""One thing of the small internet: an impostor or a decoy, what it serves, and what has happened to it.

Everything here is the world's own knowledge. The product never sees a `Thing`: it sees names, bytes and mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

# How a thing answers. The first group is really gone; in every other a victim can still reach it, at once or soon.
# A name taken away, a page deleted, an account closed, a domain in other hands: no victim gets there any more.
GONE = frozenset({"removed", "gone", "no_name", "suspended", "delisted", "replaced"})
TRICKS = frozenset(
    {"maintenance", "captcha", "parked", "forbidden", "drop", "name_hidden", "abroad_only", "mobile_only", "link_alive"}
)
MODES = frozenset({"waiting", "up"}) | GONE | TRICKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One address of a thing. `variants` are other bodies by client (`desktop`, `mobile`, `wechat`); None means 404.

    `moved` sends the client on to another address. `times` is how often the body stands in the answer.
    """

    host: str
    path: str
    body: bytes
    content: str = "text/html; charset=utf-8"
    variants: Mapping[str, bytes | None] = field(default_factory=dict)
    moved: str = ""
    times: int = 1

    @property
    def url(self) -> str:
        """Give the address as one would type it."""
        return f"http://{self.host}{self.path}"


@dataclass(slots=True, kw_only=True)
class Thing:
    """One impostor or decoy. `sort` is the planter's name for it, `kind` a kind of lead, `shape` site or hosted.

    `feed` says how the world learns of it: `hosts` (a hostname list), `lead` (lead.v1) or `report` (the public).
    `life` is what has happened, oldest first: (when, mode).
    """

    id: str
    sort: str
    kind: str
    impostor: bool
    locator: str
    appears: datetime
    feed: str
    lead: Mapping[str, object] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    addressee: str = ""
    temper: str = "prompt"
    life: list[tuple[datetime, str]] = field(default_factory=list)
    notices: int = 0
    lives: int = 1
    also: frozenset[str] = frozenset()  # other hosts and numbers of its maker

    def mode(self, at: datetime) -> str:
        """Tell how it answers at a moment: `waiting` before it appears."""
        if at < self.appears:
            return "waiting"
        return next((mode for when, mode in reversed(self.life) if when <= at), "up")

    def is_up(self, at: datetime) -> bool:
        """Tell whether victims can reach it, or will once a trick is over: the truth a recheck is held against."""
        return self.mode(at) not in GONE | {"waiting"}

    @property
    def owns_host(self) -> bool:
        """Tell whether its hostname is its own (a site) or a platform's (a listing)."""
        return self.kind in {"domain", "url"} and self.feed != "lead"

    @property
    def hosts(self) -> frozenset[str]:
        """Give the hostnames it serves from."""
        return frozenset(place.host for place in self.places)
