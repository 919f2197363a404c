"""What a recheck may say, and when enough of them say that an impostor is down.

A timeout, a captcha or a 403 is never "down" (PhishFarm, Oest et al., IEEE S&P 2019, on cloaking). Removal is believed
only when two vantages and two client profiles agree, three times over a day, with an authoritative reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, groupby, takewhile

STATES = (
    "up_same", "up_changed", "replaced", "parked", "suspended_page", "sinkholed", "blocked", "challenge", "timeout",
    "dns_gone", "removed", "store_delisted", "unknown",
)  # fmt: skip

DOWN_STATES = frozenset({"dns_gone", "removed", "store_delisted", "suspended_page", "sinkholed", "replaced"})
UP_STATES = frozenset({"up_same", "up_changed"})
AUTHORITATIVE = frozenset({"dns_gone", "removed", "store_delisted", "suspended_page", "sinkholed", "replaced"})

SPAN = timedelta(hours=24)
ROUNDS = 3
# What a person can say of a thing no machine can open again, by kind of lead. A dead number, a closed group and a
# blocked account are all "removed"; whoever could not tell says so, and nothing follows from it.
_PLACE = ("up_same", "up_changed", "removed", "replaced", "blocked", "unknown")
BY_HAND = {
    "phone": ("up_same", "up_changed", "removed", "timeout", "unknown"),
    "text": ("up_same", "up_changed", "removed", "unknown"),
    "company": ("up_same", "up_changed", "removed", "unknown"),
    "app_listing": ("up_same", "up_changed", "store_delisted", "removed", "unknown"),
}
BY_HAND_SPAN = timedelta(hours=24)
BY_HAND_SCHEDULE = tuple(timedelta(days=d) for d in (1, 3, 7, 14, 30))
BY_HAND_WATCH = tuple(timedelta(days=d) for d in (7, 30, 90))
_SCHEDULES = (BY_HAND_SCHEDULE, BY_HAND_WATCH)
SCHEDULE = tuple(timedelta(hours=h) for h in (1, 6, 24, 72, 7 * 24, 14 * 24, 30 * 24))


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One look: when, from where, as which client, at which address, and what was seen.

    `by` names the person who looked, empty for the machine; `proof` the sha256 of what that person brought back.
    """

    at: datetime
    vantage: str
    profile: str
    target: str
    state: str
    control_ok: bool = True
    by: str = ""
    proof: str = ""


def _proves(look: Observation) -> bool:
    return look.state in DOWN_STATES and look.control_ok


def is_down(observations: Iterable[Observation]) -> bool:
    """Tell whether the looks given, newest last, prove that the target is down.

    Counts back from the newest look: every look must say a down state and pass its control page; they must span at
    least `SPAN`, form at least `ROUNDS` distinct times, and come from two vantages and two profiles.
    """
    newest_first = sorted(observations, key=lambda look: look.at, reverse=True)
    moments = (list(looks) for _, looks in groupby(newest_first, key=lambda look: look.at))
    # One look that sees it up, or that cannot be relied on, ends the run, and takes the whole round with it: half a
    # round that says "gone" beside one that says "here" is the sign of cloaking, not the first of three agreements.
    run = list(chain.from_iterable(takewhile(lambda looks: all(map(_proves, looks)), moments)))
    return bool(run) and _agreed(run)


def _agreed(run: Sequence[Observation]) -> bool:
    """Tell whether looks that all prove it are enough: three times, a day, two places, two clients."""
    times = {look.at for look in run}
    return (
        len(times) >= ROUNDS
        and max(times) - min(times) >= SPAN
        and len({look.vantage for look in run}) >= 2
        and len({look.profile for look in run}) >= 2
    )


def states_by_hand(kind: str) -> tuple[str, ...]:
    """Give what a person may say of a target of a kind.

    >>> "store_delisted" in states_by_hand("phone")
    False
    """
    return BY_HAND.get(kind, _PLACE)


def needs_proof(state: str) -> bool:
    """Tell whether a person must bring back what was seen: for everything that says it is there, or gone."""
    return state in UP_STATES | DOWN_STATES


def is_down_by_hand(observations: Iterable[Observation]) -> bool:
    """Tell whether people's looks prove that a thing no machine can open is down.

    Counts back from the newest: every look says a down state and brings its proof; they lie at least `BY_HAND_SPAN`
    apart and come from two vantages, because one number may be blocked for one caller, and one account hidden from one.
    """
    run: list[Observation] = []
    for look in sorted(observations, key=lambda o: o.at, reverse=True):
        if look.state not in DOWN_STATES or not look.proof:
            break
        run.append(look)
    if not run:
        return False
    times = [look.at for look in run]
    return max(times) - min(times) >= BY_HAND_SPAN and len({look.vantage for look in run}) >= 2


def next_by_hand(start: datetime, now: datetime, *, over: bool) -> datetime:
    """Give when a person should look next, counted from the last turning point; rarer once it is down."""
    waits = _SCHEDULES[over]
    later = (start + wait for wait in waits if start + wait > now)
    return next(later, now + waits[-1])
