"""What people may say of a thing no machine can open, and when it is believed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.lead import KINDS
from zhengben.core.recheck import (
    BY_HAND_SPAN,
    DOWN_STATES,
    STATES,
    UP_STATES,
    Observation,
    is_down_by_hand,
    needs_proof,
    next_by_hand,
    states_by_hand,
)

START = datetime(2026, 11, 1, tzinfo=UTC)
LEAST = [
    Observation(at=START, vantage="lin", profile="phone", target="t", state="removed", by="lin", proof="a" * 64),
    Observation(
        at=START + BY_HAND_SPAN, vantage="chen", profile="phone", target="t", state="removed", by="chen", proof="b" * 64
    ),
]


def test_two_people_from_two_places_a_day_apart_are_believed() -> None:
    assert is_down_by_hand(LEAST)
    assert is_down_by_hand(LEAST[::-1])


@pytest.mark.parametrize(
    "change",
    [{"proof": ""}, {"state": "up_same"}, {"state": "timeout"}, {"state": "unknown"}, {"vantage": "chen"}],
    ids=lambda change: next(iter(change)),
)
def test_whatever_is_missing_of_it_is_not_believed(change: dict[str, object]) -> None:
    assert not is_down_by_hand([replace(LEAST[0], **change), LEAST[1]])  # type: ignore[arg-type]  # one field at a time


@pytest.mark.parametrize("hours", [0, 1, 23])
def test_less_than_a_day_is_not_believed(hours: int) -> None:
    assert not is_down_by_hand([LEAST[0], replace(LEAST[1], at=START + timedelta(hours=hours))])


def test_nobody_has_looked() -> None:
    assert not is_down_by_hand([])


def test_somebody_who_meets_it_again_undoes_it() -> None:
    again = replace(LEAST[1], at=START + timedelta(days=3), state="up_same")
    assert not is_down_by_hand([*LEAST, again])


@pytest.mark.parametrize("kind", KINDS)
def test_a_person_is_offered_only_states_there_are_and_always_a_way_to_say_i_do_not_know(kind: str) -> None:
    offered = states_by_hand(kind)
    assert set(offered) <= set(STATES)
    assert "unknown" in offered
    assert set(offered) & UP_STATES
    assert set(offered) & DOWN_STATES


@pytest.mark.parametrize("state", STATES)
def test_a_proof_is_asked_for_what_has_consequences_and_for_nothing_else(state: str) -> None:
    assert needs_proof(state) == (state in UP_STATES | DOWN_STATES)


@given(st.integers(0, 400), st.booleans())
def test_the_next_look_is_always_ahead_and_never_further_than_the_longest_pause(days: int, over: bool) -> None:  # noqa: FBT001
    now = START + timedelta(days=days)
    at = next_by_hand(START, now, over=over)
    assert now < at <= now + timedelta(days=90 if over else 30)
