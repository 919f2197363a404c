"""The hand-written leads of this set, the labels each allows, and the half each belongs to."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
ACCUSED = ("impersonation", "scam")
# The letters of the data files.
LABELS = {
    "i": "impersonation",
    "s": "scam",
    "l": "lookalike",
    "m": "mention",
    "u": "unrelated",
    "o": "official",
    "?": "unknown",
}
BRANDS = {
    "W": "weilidai",
    "B": "webank",
    "Y": "weiyedai",
    "H": "huabei",
    "J": "jiebei",
    "L": "luqibank",
    "P": "putaojie",
    "M": "yunlu",
    "K": "bailing",
    "-": "",
}


@dataclass(frozen=True)
class Lead:
    """One thing to check: KIND as `check --kind` knows it (or eml), the labels that are right (the likeliest first)."""

    kind: str
    sort: str
    brand: str
    expect: tuple[str, ...]
    text: str

    @property
    def bad(self) -> bool:
        """Whether a careful analyst accuses it."""
        return self.expect[0] in ACCUSED

    @property
    def half(self) -> str:
        """`dev` may be looked at; `held` is only counted: one bit of the hash of the text."""
        return "held" if hashlib.sha256(self.text.encode()).digest()[0] & 1 else "dev"


def _read(path: Path) -> Iterator[Lead]:
    """Leads of one file: `## kind sort labels` heads a block, `B|text` or `B=labels|text` is one item."""
    kind = sort = usual = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            kind, sort, usual = line[3:].split()
        elif line:
            head, text = line.split("|", 1)
            brand, _, own = head.partition("=")
            yield Lead(kind, sort, BRANDS[brand], tuple(LABELS[letter] for letter in own or usual), text)


def leads() -> list[Lead]:
    """Impostors and honest things, in the order of the files."""
    return [lead for path in sorted(DATA.glob("*.txt")) for lead in _read(path)]
