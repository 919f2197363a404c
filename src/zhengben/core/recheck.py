"""What a recheck may say, and when enough of them say that an impostor is down.

A timeout, a captcha or a 403 is never "down" (PhishFarm, Oest et al., IEEE S&P 2019, on cloaking). Removal is believed
only when two vantages and two client profiles agree, three times over a day, with an authoritative reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

STATES = (
    "up_same", "up_changed", "replaced", "parked", "suspended_page", "sinkholed", "blocked", "challenge", "timeout",
    "dns_gone", "removed", "store_delisted", "unknown",
)  # fmt: skip

DOWN_STATES = frozenset({"dns_gone", "removed", "store_delisted", "suspended_page", "sinkholed", "replaced"})
UP_STATES = frozenset({"up_same", "up_changed"})
AUTHORITATIVE = frozenset({"dns_gone", "removed", "store_delisted", "suspended_page", "sinkholed", "replaced"})

SPAN = timedelta(hours=24)
ROUNDS = 3
SCHEDULE = tuple(timedelta(hours=h) for h in (1, 6, 24, 72, 7 * 24, 14 * 24, 30 * 24))


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One look: when, from where, as which client, at which address, and what was seen."""

    at: datetime
    vantage: str
    profile: str
    target: str
    state: str
    control_ok: bool = True


def is_down(observations: Iterable[Observation]) -> bool:
    """Tell whether the looks given, newest last, prove that the target is down.

    Counts back from the newest look: every look must say a down state and pass its control page; they must span at
    least `SPAN`, form at least `ROUNDS` distinct times, and come from two vantages and two profiles.
    """
    run: list[Observation] = []
    for look in sorted(observations, key=lambda o: o.at, reverse=True):
        if look.state not in DOWN_STATES or not look.control_ok:
            break
        run.append(look)
    if not run:
        return False
    times = {look.at for look in run}
    return (
        len(times) >= ROUNDS
        and max(times) - min(times) >= SPAN
        and len({look.vantage for look in run}) >= 2
        and len({look.profile for look in run}) >= 2
    )
