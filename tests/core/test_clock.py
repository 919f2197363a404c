"""Legal periods on golden dates: the working days of 2026 with 调休, month ends, and years not published yet."""

from datetime import date

import pytest

from zhengben.core.clock import PERIODS, Period, due, is_working_day, renewal_state


@pytest.mark.parametrize(
    ("start", "name", "end"),
    [
        (date(2026, 11, 22), "counter_statement", date(2026, 12, 7)),
        (date(2026, 8, 31), "renewal_grace", date(2027, 2, 28)),
        (date(2023, 8, 31), "log_keeping", date(2024, 2, 29)),
        (date(2024, 2, 29), "limitation", date(2027, 2, 28)),
        (date(2026, 5, 13), "renewal_grace", date(2026, 11, 13)),
    ],
)
def test_calendar_periods(start: date, name: str, end: date) -> None:
    assert due(start, PERIODS[name]).day == end


def test_working_days_leave_out_the_national_holiday() -> None:
    seven = Period(7, "working_days", "test")
    end = due(date(2025, 9, 29), seven)
    # 30 September works; 1 to 8 October 2025 are holidays; the Saturday 11 October is worked (调休)
    assert (end.day, end.provisional) == (date(2025, 10, 15), False)
    assert is_working_day(date(2025, 10, 11)) == (True, False)


def test_a_year_without_a_published_calendar_is_provisional() -> None:
    end = due(date(2040, 1, 2), Period(5, "working_days", "test"))
    assert end.provisional
    assert end.day == date(2040, 1, 9)


def test_every_period_names_its_source() -> None:
    assert all(period.source for period in PERIODS.values())


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 5, 12), "running"),
        (date(2025, 5, 13), "renewable"),
        (date(2026, 5, 13), "renewable"),
        (date(2026, 5, 14), "grace"),
        (date(2026, 11, 13), "grace"),
        (date(2026, 11, 14), "ended"),
    ],
)
def test_where_a_mark_stands(day: date, state: str) -> None:
    assert renewal_state(date(2026, 5, 13), day) == state
