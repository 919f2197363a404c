"""When an addressee is written to again: by days where people are being robbed, by working days elsewhere."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.reminders import BEIJING, LEVELS, ORDINARY, URGENT, answer_by, ladder, reminder, urgent

SENT = datetime(2026, 9, 29, 2, 30, tzinfo=UTC)  # a Tuesday, 10:30 in Beijing, two days before the October holidays


@pytest.mark.parametrize(
    ("kind", "label", "asks_secrets", "expected"),
    [
        ("domain", "impersonation", True, True), ("domain", "impersonation", False, False),
        ("app_file", "impersonation", False, True), ("app_listing", "impersonation", False, True),
        ("post", "scam", False, True), ("company", "impersonation", False, False),
        ("phone", "impersonation", False, False), ("phone", "scam", False, True),
    ],
)  # fmt: skip
def test_a_form_an_app_or_a_fraud_is_urgent(kind: str, label: str, asks_secrets: bool, expected: bool) -> None:  # noqa: FBT001 -- a table
    assert urgent(kind=kind, label=label, asks_secrets=asks_secrets) is expected


@pytest.mark.parametrize(("level", "days"), [(1, 1), (2, 3), (3, 7)])
def test_urgent_reminders_run_from_the_hour_of_the_first_letter(level: int, days: int) -> None:
    found = reminder(SENT, level, is_urgent=True)
    assert found is not None
    assert (found.level, found.at, found.provisional) == (level, SENT + timedelta(days=days), False)


@pytest.mark.parametrize(
    ("level", "morning"),
    [
        # working days after Tuesday 29 September 2026; 1 to 7 October are holidays, 10 October is worked for them
        (1, date(2026, 10, 10)), (2, date(2026, 10, 15)), (3, date(2026, 10, 27)),
    ],
)  # fmt: skip
def test_ordinary_reminders_wait_for_working_days_and_know_the_holidays(level: int, morning: date) -> None:
    found = reminder(SENT, level, is_urgent=False)
    assert found is not None
    assert found.at.astimezone(BEIJING) == datetime(morning.year, morning.month, morning.day, 9, tzinfo=BEIJING)


def test_a_year_whose_calendar_is_not_published_is_marked() -> None:
    found = reminder(SENT.replace(year=2040), 1, is_urgent=False)
    assert found is not None
    assert found.provisional


@pytest.mark.parametrize("level", [0, -1, LEVELS + 1, 99])
@pytest.mark.parametrize("is_urgent", [True, False])
def test_beyond_the_ladder_a_person_decides(level: int, is_urgent: bool) -> None:  # noqa: FBT001 -- a table
    assert reminder(SENT, level, is_urgent=is_urgent) is None


def test_every_period_names_where_it_comes_from() -> None:
    assert all(period.source and "{" not in period.source for period in (*URGENT, *ORDINARY))
    assert len(ladder(is_urgent=True)) == len(ladder(is_urgent=False)) == LEVELS


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- hypothesis adds the zone


@given(MOMENTS, st.booleans())
def test_each_reminder_is_later_than_the_one_before(sent: datetime, is_urgent: bool) -> None:  # noqa: FBT001 -- drawn
    found = [reminder(sent, level, is_urgent=is_urgent) for level in range(1, LEVELS + 1)]
    moments = [one.at for one in found if one is not None]
    assert len(moments) == LEVELS
    assert sent < moments[0] < moments[1] < moments[2]


@given(MOMENTS, st.booleans(), st.integers(1, LEVELS), st.integers(0, 60))
def test_an_answer_is_never_asked_for_by_a_day_that_is_over(
    sent: datetime, is_urgent: bool, level: int, waited: int  # noqa: FBT001 -- drawn
) -> None:  # fmt: skip
    now = sent + timedelta(days=waited)
    assert answer_by(sent, level, now, is_urgent=is_urgent) > now.astimezone(BEIJING).date()


def test_the_zone_of_the_first_letter_is_kept() -> None:
    here = timezone(timedelta(hours=-5))
    found = reminder(SENT.astimezone(here), 1, is_urgent=False)
    assert found is not None
    assert found.at.utcoffset() == timedelta(hours=-5)
    assert found == reminder(SENT, 1, is_urgent=False)
