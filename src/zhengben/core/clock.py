"""Legal periods as pure functions of dates. Chinese working days follow the State Council's calendar with 调休.

Every period names its source. The calendar is published a year at a time; beyond it, weekends alone decide and the
answer is marked provisional, so that nobody reads it as certain.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import chinese_calendar

Unit = Literal["days", "working_days", "months", "years"]


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time that a law or a platform sets; `source` is the article or page it comes from."""

    length: int
    unit: Unit
    source: str


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period; `provisional` where the working-day calendar of that year is not published yet."""

    day: date
    provisional: bool = False


PERIODS = {
    "counter_statement": Period(15, "days", "电子商务法 第43条"),
    "notarisation_delay": Period(20, "working_days", "最高人民法院关于涉网络知识产权侵权纠纷的批复（2020）第四条"),
    "renewal_grace": Period(6, "months", "商标法 第40条"),
    "renewal_window": Period(12, "months", "商标法 第40条"),
    "limitation": Period(3, "years", "最高人民法院关于审理商标民事纠纷案件适用法律若干问题的解释 第18条"),
    "log_keeping": Period(6, "months", "网络安全法 第21条"),
    "transaction_records": Period(3, "years", "电子商务法 第31条"),
    "no_answer_urgent": Period(1, "days", "own practice: phishing with a form or an app"),
    "no_answer_trademark": Period(7, "working_days", "own practice: trademark only"),
}


def is_working_day(day: date) -> tuple[bool, bool]:
    """Tell whether a day is a Chinese working day, and whether that is provisional.

    >>> is_working_day(date(2026, 10, 1))
    (False, False)
    """
    try:
        return chinese_calendar.is_workday(day), False
    except NotImplementedError:
        return day.weekday() < 5, True


def due(start: date, period: Period) -> Due:
    """Give the last day of a period; the day of the event itself does not count (民法典 第201条)."""
    if period.unit == "days":
        return Due(start + timedelta(days=period.length))
    if period.unit == "working_days":
        return _working(start, period.length)
    return Due(_months(start, period.length * (12 if period.unit == "years" else 1)))


def _working(start: date, count: int) -> Due:
    day, left, provisional = start, count, False
    while left:
        day += timedelta(days=1)
        works, unsure = is_working_day(day)
        provisional |= unsure
        left -= works
    return Due(day, provisional)


def _months(start: date, count: int) -> date:
    """Add months; a day the month lacks becomes its last (民法典 第202条)."""
    years, month = divmod(start.month - 1 + count, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def renewal_state(valid_to: date, day: date) -> str:
    """Tell where a mark stands on a day: running, renewable (last 12 months), grace (6 months after) or ended.

    >>> renewal_state(date(2026, 5, 13), date(2026, 11, 22))
    'ended'
    """
    if day > _months(valid_to, PERIODS["renewal_grace"].length):
        return "ended"
    if day > valid_to:
        return "grace"
    return "renewable" if day >= _months(valid_to, -PERIODS["renewal_window"].length) else "running"
