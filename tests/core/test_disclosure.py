"""Published numbers: each recomputable from ids, the living not forgotten."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.disclosure import GROUPS, CaseRecord, Figure, disclose
from zhengben.core.lead import KINDS
from zhengben.core.survival import Life, curve, quantile

JAN = datetime(2026, 1, 10, tzinfo=UTC)


def case(name: str, **facts: object) -> CaseRecord:
    """Give a case opened in January."""
    given_facts = {"kind": "url", "opened_at": JAN, "first_seen_at": JAN, **facts}
    return CaseRecord(id=name, **given_facts)  # type: ignore[arg-type]  # fields are named by each test


def figures(*records: CaseRecord) -> dict[str, Figure]:
    """Give January's figures by code."""
    done = disclose(records, date(2026, 1, 1), date(2026, 1, 31), JAN + timedelta(days=60))
    return {figure.code: figure for figure in done.figures}


def test_every_kind_of_lead_is_counted_once() -> None:
    assert sorted(kind for group in GROUPS.values() for kind in group) == sorted(KINDS)


def test_figures_list_what_they_count() -> None:
    found = figures(
        case("a", downs=(JAN + timedelta(hours=30),), is_down=True, sealed_at=JAN, notices=(("n1", JAN), ("n2", JAN))),
        case("b", kind="phone"),
        case("c", kind="app_listing", withdrawn_at=JAN),
        case("d", accused=False),
        case("e", opened_at=JAN - timedelta(days=40), relapses=(JAN,)),
    )
    assert found["found"].ids == ("a", "b")
    assert found["found_phones"].ids == ("b",)
    assert found["found_apps"].value == 0
    assert found["notices_sent"].ids == ("n1", "n2")
    assert found["verified_down"].ids == ("a",)
    assert found["still_up"].ids == ("b",)
    assert found["relapsed"].ids == ("e",)
    assert found["sealed"].value == 1
    assert found["hours_up_median"].value == 30.0


def test_the_day_is_beijings() -> None:
    late = datetime(2025, 12, 31, 17, 0, tzinfo=UTC)  # 1 January 01:00 in Beijing
    assert figures(case("a", opened_at=late))["found"].value == 1


def test_nothing_down_has_no_median() -> None:
    assert figures(case("a"), case("b"))["hours_up_median"].value is None
    assert figures()["found"].value == 0


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="swap the dates"):
        disclose([], date(2026, 2, 1), date(2026, 1, 1), JAN)


def test_survival_by_hand() -> None:
    # 4 lives: ends at 2 and 6, one lost at 4, one still up at 8: S(2) = 3/4, S(6) = 3/4 * 1/2
    lives = [Life(2, ended=True), Life(4, ended=False), Life(6, ended=True), Life(8, ended=False)]
    assert curve(lives) == ((2, 0.75), (6, 0.375))
    assert quantile(lives, 0.5) == 6
    assert quantile(lives, 0.9) is None


@given(st.lists(st.builds(Life, st.floats(0, 1000), st.booleans()), max_size=30))
def test_a_survival_curve_only_falls(lives: list[Life]) -> None:
    shares = [1.0, *(share for _, share in curve(lives))]
    assert all(0 <= later <= earlier for earlier, later in itertools.pairwise(shares))
