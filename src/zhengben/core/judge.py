"""From reasons to a verdict: one rule for every channel.

A hard rule stands above all weights: what is proved official is never accused. "Could not look" is never "nothing
found". Beside the hard rule only sums count, so one more accusing reason never makes a verdict milder, and one more
clearing reason never makes it graver.
"""

from collections.abc import Sequence

from zhengben.core.reasons import Role, order, role
from zhengben.core.verdict import ACCUSING, Coverage, Label, Reason, Verdict

ACCUSE_AT = 60
LOOK_AT = 25
# An address that resembles the brand, names it and reaches for people presents itself as the brand without saying so.
HARM_AT = 50  # what names the brand and asks this much of people is for a person to look at, whatever it calls itself
SILENT_NAME, SILENT_HARM, SILENT_AT = 30, 40, 75


def judge(brand: str, reasons: Sequence[Reason], coverage: Coverage) -> Verdict:
    """Weigh the reasons for one brand; `brand` is left out of a verdict without reasons.

    >>> judge("b", [], Coverage()).label.value
    'unrelated'
    >>> judge("b", [], Coverage(("page",))).label.value
    'unknown'
    """
    # What a page does is told before how it is worded, whatever weighs more: a complaint leads with facts.
    ordered = tuple(sorted(reasons, key=lambda r: order(r.code, r.weight)))
    roles = {role(r.code) for r in ordered}
    # What clears a page has been weighed among its words: it does not count against them twice.
    worded = _sum(ordered, "worded")
    claimed = max(worded, _sum(ordered, "claim", "worded", "name", "harm", "clears"))
    traded = max(worded, _sum(ordered, "trade", "worded", "harm", "clears"))
    label = _label(ordered, roles, claimed, traded, coverage)
    if "undecided" in roles and label in ACCUSING:
        return Verdict(Label.UNKNOWN, brand, ACCUSE_AT - 1, ordered, coverage)
    if "spares" in roles and label in ACCUSING:
        return Verdict(Label.LOOKALIKE, brand, ACCUSE_AT - 1, ordered, coverage)
    return Verdict(label, brand if ordered else "", _score(label, claimed, traded), ordered, coverage)


def _sum(reasons: Sequence[Reason], *roles: Role) -> int:
    return sum(r.weight for r in reasons if role(r.code) in roles)


def _label(reasons: Sequence[Reason], roles: set[Role], claimed: int, traded: int, coverage: Coverage) -> Label:
    if "official" in roles:
        return Label.OFFICIAL
    if claimed >= ACCUSE_AT and ("claim" in roles or (claimed >= SILENT_AT and _silent_claim(reasons, roles))):
        return Label.IMPERSONATION
    if "trade" in roles and traded >= ACCUSE_AT:
        return Label.SCAM
    if "worded" in roles and claimed >= ACCUSE_AT:
        return Label.IMPERSONATION
    doubtful = _doubtful(roles, claimed, traded) or ("speaks" in roles and _sum(reasons, "harm", "clears") >= HARM_AT)
    return Label.LOOKALIKE if doubtful else _harmless(roles, coverage)


def _doubtful(roles: set[Role], claimed: int, traded: int) -> bool:
    return bool(roles & {"claim", "worded", "name"} and claimed >= LOOK_AT) or ("trade" in roles and traded >= LOOK_AT)


def _silent_claim(reasons: Sequence[Reason], roles: set[Role]) -> bool:
    return "speaks" in roles and _sum(reasons, "name") >= SILENT_NAME and _sum(reasons, "harm") >= SILENT_HARM


def _harmless(roles: set[Role], coverage: Coverage) -> Label:
    if not coverage.complete:
        return Label.UNKNOWN
    return Label.MENTION if roles & {"speaks", "clears", "claim", "worded", "name", "trade"} else Label.UNRELATED


def _score(label: Label, claimed: int, traded: int) -> int:
    if label in {Label.OFFICIAL, Label.UNRELATED}:
        return 0
    return max(0, min(100, max(claimed, traded)))
