"""What the confusion model gives back: a hit in a text, and a hit in a hostname."""

from dataclasses import asdict, dataclass
from typing import NamedTuple

from zhengben.core.verdict import Reason


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
    """One hostname that resembles a brand; `positions` are the indexes into `name` that differ or deceive."""

    name: str
    brand: str
    technique: str
    score: int
    reasons: tuple[Reason, ...]
    matched: str = ""
    expected: str = ""
    positions: tuple[int, ...] = ()

    def row(self) -> dict[str, object]:
        """Give the plain JSON form of the contract."""
        reasons = [{"code": r.code, "weight": r.weight, "facts": dict(r.facts)} for r in self.reasons]
        return {
            "name": self.name, "brand": self.brand, "technique": self.technique, "score": self.score,
            "reasons": reasons,
        }  # fmt: skip
