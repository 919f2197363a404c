"""How long impostors live, honestly: the Kaplan-Meier estimate, which counts those still up instead of forgetting them.

Source: Kaplan and Meier, "Nonparametric estimation from incomplete observations", JASA 53 (1958).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Life:
    """One impostor's time from first seen to verified down, in hours; `ended` is False while it is still up."""

    hours: float
    ended: bool


def curve(lives: Sequence[Life]) -> tuple[tuple[float, float], ...]:
    """Give the steps (hours, share still up) of the survival curve, first step at the first end.

    >>> curve([Life(1, True), Life(2, False), Life(3, True)])
    ((1, 0.6666666666666667), (3, 0.0))
    """
    share, steps = 1.0, []
    for moment in sorted({life.hours for life in lives if life.ended}):
        at_risk = sum(life.hours >= moment for life in lives)
        ends = sum(life.ended and life.hours == moment for life in lives)
        share *= 1 - ends / at_risk
        steps.append((moment, share))
    return tuple(steps)


def quantile(lives: Sequence[Life], share_down: float) -> float | None:
    """Give the hours by which that share was down, or None where so many never were."""
    return next((hours for hours, up in curve(lives) if up <= 1 - share_down + 1e-12), None)
