"""The dossier: what is true of a brand, and what it does not have. Shapes only; `core.dossier` reads and checks it."""

from dataclasses import dataclass
from datetime import date

INVENTED = "invented for the range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How the brand is written. `short` counts only beside other evidence; `siblings` must never be taken for it."""

    primary: str
    aliases: tuple[str, ...] = ()
    latin: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    @property
    def chinese(self) -> tuple[str, ...]:
        """Give the primary name and its aliases."""
        return (self.primary, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One registered mark or other right, for as long as it is printed."""

    kind: str
    jurisdiction: str
    number: str
    nice_class: int | None = None
    goods: str = ""
    registrant: str = ""
    holder: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    standing: str = "owner"
    document: str = ""
    source: str = ""
    checked_on: date | None = None

    @property
    def invented(self) -> bool:
        """Tell whether this right exists only in the training range; it must never leave it."""
        return self.source.startswith(INVENTED)

    def valid_on(self, day: date) -> bool:
        """Tell whether the printed term covers that day; a right without both dates is not proved valid."""
        return bool(self.valid_from and self.valid_to and self.valid_from <= day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One place where the brand is genuine (`exists="yes"`), or the statement that there is none (`no`, `never`)."""

    kind: str
    exists: str
    value: str = ""
    platform: str = ""
    role: str = ""
    statement: str = ""
    source: str = ""
    since: date | None = None
    until: date | None = None
    cert_sha256: str = ""
    cert_md5: str = ""
    public_key: str = ""
    filing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """One picture of a mark: a symbol is decided by images, a wordmark by reading.

    `right` is the number of the registered mark that the picture shows, where the dossier says so.
    """

    file: str
    kind: str
    source: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """One dossier, read and found sound. `digest` is the sha256 of the bytes it was read from."""

    id: str
    owner: str
    finance: bool
    names: Names
    rights: tuple[Right, ...] = ()
    channels: tuple[Channel, ...] = ()
    logos: tuple[Logo, ...] = ()
    digest: str = ""

    def __hash__(self) -> int:
        """Hash what tells dossiers apart: they are keys of many caches, and hashing every channel costs more."""
        return hash((self.id, self.owner, self.names, self.digest))

    def official(self, kind: str) -> tuple[Channel, ...]:
        """Give the channels of a kind that exist."""
        return tuple(c for c in self.channels if c.kind == kind and c.exists == "yes")

    def has_none(self, kind: str) -> Channel | None:
        """Give the statement that the brand has no channel of this kind, or None where it says nothing of the sort."""
        return next((c for c in self.channels if c.kind == kind and c.exists in {"no", "never"}), None)
