"""A verdict: one label, the reasons for it, and what could not be seen.

A reason is a code, a weight and facts; the words live in `zhengben.locale`. What a code may do to the label is data, in
`zhengben.core.reasons`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Label(StrEnum):
    """The seven labels of the contract."""

    OFFICIAL = "official"
    IMPERSONATION = "impersonation"
    SCAM = "scam"
    LOOKALIKE = "lookalike"
    MENTION = "mention"
    UNRELATED = "unrelated"
    UNKNOWN = "unknown"


ACCUSING = frozenset({Label.IMPERSONATION, Label.SCAM})


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against: a code, a signed weight in points, and plain JSON facts."""

    code: str
    weight: int
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at. `missing` holds codes such as `text.packed`, never sentences."""

    missing: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Tell whether everything that should be seen was seen."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on one target for one brand; `score` is 0 to 100."""

    label: Label
    brand: str
    score: int
    reasons: tuple[Reason, ...] = ()
    coverage: Coverage = Coverage()

    @property
    def accuses(self) -> bool:
        """Tell whether somebody is accused by this verdict."""
        return self.label in ACCUSING
