"""From reasons to a verdict: one rule for every channel.

A hard rule stands above all weights: what is proved official is never accused.
"Could not look" is never "nothing found".
"""

from collections.abc import Sequence

from zhengben.core.reasons import Role, role
from zhengben.core.verdict import Coverage, Label, Reason, Verdict

ACCUSE_AT = 60
LOOK_AT = 25


def judge(brand: str, reasons: Sequence[Reason], coverage: Coverage) -> Verdict:
    """Weigh the reasons for one brand.

    >>> judge("b", [], Coverage()).label.value
    'unrelated'
    >>> judge("b", [], Coverage(("page",))).label.value
    'unknown'
    """
    ordered = tuple(sorted(reasons, key=lambda r: (-abs(r.weight), r.code)))
    label = _label(ordered, coverage)
    return Verdict(label, brand if ordered else "", _score(ordered, label), ordered, coverage)


def _sum(reasons: Sequence[Reason], *roles: Role) -> int:
    return sum(r.weight for r in reasons if role(r.code) in roles)


def _label(reasons: Sequence[Reason], coverage: Coverage) -> Label:
    roles = {role(r.code) for r in reasons}
    if "official" in roles:
        return Label.OFFICIAL
    points = _sum(reasons, "claim", "name", "harm", "clears")
    if "claim" in roles and points >= ACCUSE_AT:
        return Label.IMPERSONATION
    if "trade" in roles and _sum(reasons, "trade", "harm", "clears") >= ACCUSE_AT:
        return Label.SCAM
    return _without_accusation(roles, points, coverage)


def _without_accusation(roles: set[Role], points: int, coverage: Coverage) -> Label:
    if roles & {"claim", "name", "trade"} and points >= LOOK_AT:
        return Label.LOOKALIKE
    if not coverage.complete:
        return Label.UNKNOWN
    if roles & {"speaks", "clears", "claim", "name", "trade"}:
        return Label.MENTION
    return Label.UNRELATED


def _score(reasons: Sequence[Reason], label: Label) -> int:
    if label in {Label.OFFICIAL, Label.UNRELATED}:
        return 0
    return max(0, min(100, _sum(reasons, "claim", "trade", "name", "harm", "clears")))
