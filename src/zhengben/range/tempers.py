"""How those behave whom a notice reaches, and how a maker fights back. Data: hours after a notice, and what.

Acts: acknowledge, ask, refuse, report_action, counter (letters back); fall (it is really gone); trick (it only looks
gone, or looks different to some); up (a trick ends); return (it is put back after it was gone).
The n-th notice about a thing takes the n-th row; a notice beyond the last row changes nothing.
"""

import random

Step = tuple[float, str]

# Each row is one way people answer; the hours are ours, spread wide, and no published figure rests on them.
TEMPERS: dict[str, tuple[tuple[Step, ...], ...]] = {
    "prompt": (((0.5, "acknowledge"), (5, "fall"), (6, "report_action")),),
    "quiet": (((30, "fall"),),),
    "slow": (((20, "acknowledge"), (70, "fall"), (72, "report_action")),),
    "asks": (((3, "acknowledge"), (10, "ask")), ((2, "acknowledge"), (12, "fall"), (13, "report_action"))),
    "refuses": (((26, "refuse"),), ((26, "refuse"),)),
    "ignores": (),
    "late": ((), ((12, "fall"),)),
    "liar": (((4, "report_action"),), ((10, "fall"), (11, "report_action"))),
    "dodger": (((2, "acknowledge"), (5, "trick"), (60, "up"), (100, "fall"), (101, "report_action")),),
    "relapser": (
        ((1, "acknowledge"), (5, "fall"), (6, "report_action"), (150, "return")),
        ((4, "fall"), (5, "report_action")),
    ),
    "counter": (((5, "acknowledge"), (48, "counter")),),
    "none": (),
}
LETTERS = frozenset({"acknowledge", "ask", "refuse", "report_action", "counter"})

# Written twice where it happens twice as often: the draw is uniform over the row.
SITE_FALLS = ("removed", "removed", "no_name", "no_name", "suspended", "suspended", "gone", "replaced")
HOSTED_FALLS = ("delisted", "delisted", "removed", "gone")
SITE_TRICKS = ("maintenance", "captcha", "parked", "forbidden", "drop", "name_hidden", "abroad_only", "mobile_only")
HOSTED_TRICKS = ("maintenance", "forbidden", "captcha")
FILE_TRICKS = ("link_alive",)


def steps(temper: str, notice: int, chance: random.Random) -> tuple[Step, ...]:
    """Give what follows the n-th notice (from 1), with hours a little off the book.

    >>> steps("ignores", 1, random.Random(0))
    ()
    """
    rows = TEMPERS[temper]
    if not 1 <= notice <= len(rows):
        return ()
    # Exact hours would let a recheck that looks at round times always meet the fall.
    stretch = chance.uniform(0.8, 1.25)
    return tuple((hours * stretch, act) for hours, act in rows[notice - 1])


def fall(chance: random.Random, *, owns_host: bool) -> str:
    """Draw how a thing goes."""
    return chance.choice(SITE_FALLS if owns_host else HOSTED_FALLS)


def trick(chance: random.Random, *, owns_host: bool, has_file: bool) -> str:
    """Draw how a thing pretends to be gone."""
    if owns_host:
        return chance.choice(SITE_TRICKS)
    return chance.choice(HOSTED_TRICKS + (FILE_TRICKS if has_file else ()))
