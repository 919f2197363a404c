"""When an addressee that does not act is written to again, and in what tone. Pure functions of moments.

Periods differ by what is at stake: a page that collects secrets finds its victims within a day, a misused name can wait
for a working week (Oest et al., USENIX Security 2020: 21 hours from the start of a campaign to its last victim).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from zhengben.core.clock import Period, due

BEIJING = ZoneInfo("Asia/Shanghai")
MORNING = time(9)  # people sign and approve by day; a letter drafted at midnight would only wait
_OWN = "own practice after the escalation tables of takedown teams: {what}"

URGENT = (
    Period(1, "days", _OWN.format(what="phishing with a form or an app")),
    Period(3, "days", _OWN.format(what="phishing with a form or an app")),
    Period(7, "days", _OWN.format(what="phishing with a form or an app")),
)
ORDINARY = (
    Period(3, "working_days", _OWN.format(what="trademark only")),
    Period(7, "working_days", _OWN.format(what="trademark only")),
    Period(15, "working_days", _OWN.format(what="trademark only")),
)
LEVELS = len(URGENT)
_URGENT_KINDS = frozenset({"app_listing", "app_file"})


@dataclass(frozen=True, slots=True)
class Reminder:
    """The next letter: its level from 1, when it is due, and whether the calendar of that year was published yet."""

    level: int
    at: datetime
    provisional: bool = False


def urgent(*, kind: str, label: str, asks_secrets: bool) -> bool:
    """Tell whether people are being robbed while we wait: a form, an app, or a fraud.

    >>> urgent(kind="company", label="impersonation", asks_secrets=False)
    False
    """
    return asks_secrets or kind in _URGENT_KINDS or label == "scam"


def ladder(*, is_urgent: bool) -> Sequence[Period]:
    """Give the periods from the first letter to each reminder."""
    return URGENT if is_urgent else ORDINARY


def reminder(first_sent: datetime, level: int, *, is_urgent: bool) -> Reminder | None:
    """Give when the reminder of a level is due, counted from the first letter; None beyond the last level.

    Calendar days run from the hour of the letter; working days end with their day, so the reminder is due on the
    morning after (民法典 第201条: the day of the letter itself does not count).
    """
    periods = ladder(is_urgent=is_urgent)
    if not 1 <= level <= len(periods):
        return None
    period = periods[level - 1]
    if period.unit == "days":
        return Reminder(level, first_sent + timedelta(days=period.length))
    last = due(first_sent.astimezone(BEIJING).date(), period)
    morning = datetime.combine(last.day + timedelta(days=1), MORNING, BEIJING)
    return Reminder(level, morning.astimezone(first_sent.tzinfo), last.provisional)


def answer_by(first_sent: datetime, level: int, now: datetime, *, is_urgent: bool) -> date:
    """Give the day by which a letter of a level asks for an answer: when the next one is due, at least a day from now.

    After the last level a person decides; the addressee still gets as many days as the last step had.
    """
    following = reminder(first_sent, level + 1, is_urgent=is_urgent)
    soonest = now.astimezone(BEIJING).date() + timedelta(days=1)
    if following is None:
        return soonest + timedelta(days=2)
    return max(soonest, following.at.astimezone(BEIJING).date())
