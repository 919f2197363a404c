"""When down is down: two vantages, two clients, three times, a day, and nothing in between."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.recheck import AUTHORITATIVE, DOWN_STATES, STATES, UP_STATES, Observation, is_down

START = datetime(2026, 11, 1, tzinfo=UTC)


def rounds(*hours: float, state: str = "removed", vantages: int = 2, profiles: int = 2) -> list[Observation]:
    """Give looks at those hours from several vantages and profiles."""
    return [
        Observation(
            at=START + timedelta(hours=hour),
            vantage=f"v{v}",
            profile=f"p{p}",
            target="https://example.cn/",
            state=state,
        )
        for hour in hours
        for v in range(vantages)
        for p in range(profiles)
    ]


def test_three_agreeing_rounds_over_a_day_are_down() -> None:
    assert is_down(rounds(0, 12, 24))


@pytest.mark.parametrize(
    "looks",
    [
        [],
        rounds(0, 24),
        rounds(0, 6, 23),
        rounds(0, 12, 24, vantages=1),
        rounds(0, 12, 24, profiles=1),
        [*rounds(0, 12, 24), *rounds(25, state="up_same")],
        [*rounds(0, 12), *rounds(13, state="timeout"), *rounds(24)],
    ],
)
def test_less_is_not_down(looks: list[Observation]) -> None:
    assert not is_down(looks)


@pytest.mark.parametrize("state", sorted(set(STATES) - DOWN_STATES))
def test_no_other_state_ever_proves_it(state: str) -> None:
    assert not is_down(rounds(0, 12, 24, 48, state=state))


def test_a_look_whose_control_page_failed_proves_nothing() -> None:
    looks = rounds(0, 12, 24)
    broken = Observation(
        at=START + timedelta(hours=30), vantage="v0", profile="p0", target="t", state="removed", control_ok=False
    )
    assert not is_down([*looks, broken])


@given(st.lists(st.sampled_from(STATES), max_size=6))
def test_an_up_look_at_the_end_always_wins(states: list[str]) -> None:
    looks = [look for hour, state in enumerate(states) for look in rounds(hour * 12, state=state)]
    assert not is_down([*looks, *rounds(len(states) * 12 + 1, state="up_same")])


def test_states_are_known() -> None:
    assert set(STATES) >= DOWN_STATES | UP_STATES | AUTHORITATIVE
