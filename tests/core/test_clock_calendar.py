"""Working days against the State Council's notices, written down day by day, and periods against plain counting.

The notices: 国办发明电〔2024〕12号 for 2025, 国办发明电〔2025〕7号 for 2026. A holiday that the library took over
wrongly would move every deadline of a notice, so it is not trusted to check itself.
"""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhengben.core.clock import PERIODS, Period, due, is_working_day, renewal_state

# first and last day of each holiday, both included
HOLIDAYS = {
    2025: ("0101-0101", "0128-0204", "0404-0406", "0501-0505", "0531-0602", "1001-1008"),
    2026: ("0101-0103", "0215-0223", "0404-0406", "0501-0505", "0619-0621", "0925-0927", "1001-1007"),
}
# weekends that are worked in exchange (调休)
WORKED = {
    2025: ("0126", "0208", "0427", "0928", "1011"),
    2026: ("0104", "0214", "0228", "0509", "0920", "1010"),
}
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
COUNTS = st.integers(1, 40)


def day(year: int, text: str) -> date:
    """Read month and day."""
    return date(year, int(text[:2]), int(text[2:]))


def works(one: date) -> bool:
    """Tell from the notices alone whether people work that day."""
    if any(one == day(one.year, text) for text in WORKED[one.year]):
        return True
    spans = (span.split("-") for span in HOLIDAYS[one.year])
    if any(day(one.year, first) <= one <= day(one.year, last) for first, last in spans):
        return False
    return one.weekday() < 5


@pytest.mark.parametrize("year", HOLIDAYS)
@pytest.mark.parametrize("month", range(1, 13))
def test_every_day_of_a_published_year_is_as_the_notice_says(year: int, month: int) -> None:
    for number in range(1, calendar.monthrange(year, month)[1] + 1):
        one = date(year, month, number)
        assert is_working_day(one) == (works(one), False), one


@pytest.mark.parametrize("year", WORKED)
def test_every_exchanged_weekend_is_a_weekend_and_is_worked(year: int) -> None:
    for text in WORKED[year]:
        assert day(year, text).weekday() >= 5
        assert is_working_day(day(year, text))[0]


@given(DAYS, COUNTS)
def test_working_days_are_counted_one_by_one(start: date, count: int) -> None:
    assume(start + timedelta(days=count * 3 + 20) <= date(2026, 12, 31))
    end = due(start, Period(count, "working_days", "test"))
    between = [start + timedelta(days=n) for n in range(1, (end.day - start).days + 1)]
    assert sum(works(one) for one in between) == count
    assert works(end.day)  # the last day of a period in working days is one
    assert not end.provisional


@given(st.dates(date(2004, 1, 1), date(2090, 1, 1)), COUNTS)
def test_a_later_start_never_ends_earlier(start: date, count: int) -> None:
    period = Period(count, "working_days", "test")
    assert due(start, period).day <= due(start + timedelta(days=1), period).day
    assert due(start, period).day < due(start, Period(count + 1, "working_days", "test")).day


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_keep_the_day_or_take_the_last_of_a_short_month(start: date, count: int) -> None:
    end = due(start, Period(count, "months", "test")).day
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    last = calendar.monthrange(end.year, end.month)[1]
    assert end.day == min(start.day, last)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 9))
def test_a_year_is_twelve_months(start: date, years: int) -> None:
    assert due(start, Period(years, "years", "t")) == due(start, Period(12 * years, "months", "t"))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_calendar_days_count_without_the_day_of_the_event(start: date, count: int) -> None:
    assert due(start, Period(count, "days", "t")).day == start + timedelta(days=count)


@pytest.mark.parametrize("first", [date(2027, 12, 20), date(2040, 5, 1), date(1999, 1, 1)])
def test_outside_the_published_years_weekends_alone_decide_and_it_is_said(first: date) -> None:
    end = due(first, Period(10, "working_days", "t"))
    assert end.provisional
    assert end.day.weekday() < 5


def test_a_period_that_runs_into_an_unpublished_year_is_provisional_as_a_whole() -> None:
    published = max(year for year in range(2025, 2035) if not is_working_day(date(year, 6, 1))[1])
    inside = due(date(published, 12, 1), Period(5, "working_days", "t"))
    across = due(date(published, 12, 28), Period(10, "working_days", "t"))
    assert (inside.provisional, across.provisional) == (False, True)


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(-3000, 3000))
def test_a_mark_runs_then_may_be_renewed_then_has_grace_then_is_over(valid_to: date, days: int) -> None:
    order = ("running", "renewable", "grace", "ended")
    one = valid_to + timedelta(days=days)
    here, next_day = renewal_state(valid_to, one), renewal_state(valid_to, one + timedelta(days=1))
    assert order.index(here) <= order.index(next_day) <= order.index(here) + 1
    assert (here in {"running", "renewable"}) == (one <= valid_to)
    # 商标法 第40条: twelve months before, six months after
    assert (here == "ended") == (one > due(valid_to, PERIODS["renewal_grace"]).day)


def test_the_mark_of_weilidai_is_over_since_november() -> None:
    """The figure of the whole product: printed until 2026-05-13, its grace ended on 2026-11-13."""
    assert renewal_state(date(2026, 5, 13), date(2026, 11, 13)) == "grace"
    assert renewal_state(date(2026, 5, 13), date(2026, 11, 14)) == "ended"


@pytest.mark.parametrize("name", PERIODS)
def test_every_period_of_the_table_ends_after_it_begins_and_cites_where_it_stands(name: str) -> None:
    period = PERIODS[name]
    assert due(date(2026, 11, 22), period).day > date(2026, 11, 22)
    assert period.length > 0
    assert len(period.source) > 5
