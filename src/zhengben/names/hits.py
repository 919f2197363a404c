"""What the confusion model gives back: a hit in a text, and a hit in a hostname."""

from dataclasses import asdict, dataclass
from typing import NamedTuple

from zhengben.core.verdict import Reason
from zhengben.names.host_scene import Find


@dataclass(frozen=True, slots=True)
class Character:
    """One character of the name: where it stands, what stands there, what was meant, how and at what cost.

    `index` counts code points of the original from 0; `cost` is 0 for the character itself and 1 for any other.
    """

    index: int
    original: str
    expected: str
    how: str
    cost: float

    @property
    def differs(self) -> bool:
        """Tell whether this is not the character itself."""
        return self.how != "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """One name found in a text; offsets are code points of the original, `end` exclusive; score 0 to 100."""

    start: int
    end: int
    matched: str
    brand: str
    expected: str
    kind: str
    score: int
    characters: tuple[Character, ...] = ()
    deliberate: bool = False

    def row(self) -> dict[str, object]:
        """Give the plain JSON form of the contract, without line and intent."""
        return {
            "start": self.start, "end": self.end, "matched": self.matched, "brand": self.brand, "kind": self.kind,
            "score": self.score, "characters": [asdict(c) for c in self.characters], "deliberate": self.deliberate,
            "expected": self.expected,
        }  # fmt: skip


class HostHit(NamedTuple):
    """One hostname that resembles a brand. What is told of it is put into words and reasons only when asked for.

    `find` has its places in the lower-case name without wildcard, which begins at `offset` of the name as given;
    `pack` is the digest of the pack that found it.
    """

    name: str
    find: Find
    offset: int
    pack: str

    @property
    def brand(self) -> str:
        """Give the brand; empty for a name of lure words only."""
        return self.find.brand

    @property
    def technique(self) -> str:
        """Give how the name is made."""
        return self.find.technique

    @property
    def score(self) -> int:
        """Give how surely it is meant, of 100."""
        return self.find.score

    @property
    def matched(self) -> str:
        """Give what stands in the name."""
        return self.find.matched

    @property
    def expected(self) -> str:
        """Give the brand's own spelling."""
        return self.find.expected

    @property
    def positions(self) -> tuple[int, ...]:
        """Give the indexes into `name` that differ or deceive."""
        offset = self.offset
        return tuple([at + offset for at in self.find.positions])

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Give why: one reason, enough for a person to look and never enough to accuse."""
        find, offset = self.find, self.offset
        facts: dict[str, object] = {
            "host": self.name, "technique": find.technique, "matched": find.matched, "expected": find.expected,
            "start": find.start + offset, "end": find.end + offset, "positions": list(self.positions),
            "pack": self.pack,
        }  # fmt: skip
        if find.edit:
            facts["edit"] = find.edit
        if find.lures:
            facts["lures"] = list(find.lures)
        if find.characters:
            facts["characters"] = list(find.characters)
        if find.unicode:
            facts["unicode"] = find.unicode
        return (Reason(self.code, self.weight, facts),)

    @property
    def code(self) -> str:
        """Give the code of the reason."""
        return "host_name" if self.find.brand else "host_lures"

    @property
    def weight(self) -> int:
        """Give the points of the reason."""
        return 25 + self.find.score // 4

    def row(self) -> dict[str, object]:
        """Give the plain JSON form of the contract."""
        reasons = [{"code": r.code, "weight": r.weight, "facts": dict(r.facts)} for r in self.reasons]
        return {
            "name": self.name, "brand": self.brand, "technique": self.technique, "score": self.score,
            "reasons": reasons,
        }  # fmt: skip
