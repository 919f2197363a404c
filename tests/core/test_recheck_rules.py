"""What counts as down, under chance: only agreement over time does, and one doubt undoes it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.recheck import DOWN_STATES, ROUNDS, SCHEDULE, SPAN, STATES, UP_STATES, Observation, is_down
from zhengben.locale.words import LANGUAGES, say

START = datetime(2026, 11, 1, tzinfo=UTC)
LOOKS = st.lists(
    st.builds(
        Observation,
        at=st.integers(0, 72).map(lambda hours: START + timedelta(hours=hours)),
        vantage=st.sampled_from(["here", "abroad", "third"]),
        profile=st.sampled_from(["mobile", "desktop", "wechat"]),
        target=st.just("https://a.example/"),
        state=st.sampled_from([*STATES, "removed", "removed", "dns_gone", "dns_gone"]),
        control_ok=st.sampled_from([True, True, True, True, False]),
    ),
    max_size=16,
)


def agreed(state: str = "removed", hours: tuple[float, ...] = (0, 12, 24)) -> list[Observation]:
    """Give the least that proves it: two vantages, two clients, three times, a day."""
    return [
        Observation(at=START + timedelta(hours=hour), vantage=vantage, profile=profile, target="t", state=state)
        for hour in hours
        for vantage, profile in (("here", "mobile"), ("abroad", "desktop"))
    ]


@given(LOOKS)
def test_down_means_all_of_its_sentences(looks: list[Observation]) -> None:
    if not is_down(looks):
        return
    newest = max(look.at for look in looks)
    last_doubt = max(
        (look.at for look in looks if look.state not in DOWN_STATES or not look.control_ok), default=START - SPAN
    )
    since = [look for look in looks if look.at >= last_doubt and look.state in DOWN_STATES and look.control_ok]
    assert len({look.at for look in since}) >= ROUNDS
    assert newest - min(look.at for look in since) >= SPAN
    assert len({look.vantage for look in since}) >= 2
    assert len({look.profile for look in since}) >= 2


@given(LOOKS)
def test_the_order_in_which_looks_are_handed_over_does_not_matter_for_different_moments(
    looks: list[Observation],
) -> None:
    once = list({look.at: look for look in looks}.values())
    assert is_down(once) == is_down(once[::-1])


@given(LOOKS, st.sampled_from(sorted(set(STATES) - DOWN_STATES)))
def test_a_newer_look_that_is_not_down_undoes_it(looks: list[Observation], state: str) -> None:
    later = Observation(at=START + timedelta(hours=100), vantage="here", profile="mobile", target="t", state=state)
    assert not is_down([*looks, later])


@given(LOOKS)
def test_a_newer_look_without_its_control_page_undoes_it(looks: list[Observation]) -> None:
    later = Observation(
        at=START + timedelta(hours=100), vantage="here", profile="mobile", target="t", state="removed", control_ok=False
    )
    assert not is_down([*looks, later])


@pytest.mark.parametrize("state", sorted(DOWN_STATES))
def test_each_down_state_alone_can_prove_it_and_they_may_differ(state: str) -> None:
    assert is_down(agreed(state))
    mixed = agreed(state)
    mixed[0] = replace(mixed[0], state="removed")
    assert is_down(mixed)


@pytest.mark.parametrize("index", range(6))
@pytest.mark.parametrize("state", ["timeout", "challenge", "blocked", "unknown", "parked", "up_same", "up_changed"])
def test_one_look_that_says_otherwise_breaks_the_least_proof(index: int, state: str) -> None:
    """A captcha or a 403 is what a cloaking page shows to us: it must never help to call it down."""
    looks = agreed()
    looks[index] = replace(looks[index], state=state)
    assert not is_down(looks)


@pytest.mark.parametrize(
    ("hours", "down"),
    [((0, 12, 24), True), ((0, 23.99, 24), True), ((0, 12, 23.99), False), ((0, 24), False), ((0, 24, 24), False)],
)
def test_three_moments_over_a_whole_day(hours: tuple[float, ...], *, down: bool) -> None:
    assert is_down(agreed(hours=hours)) is down


def test_the_schedule_can_prove_it_and_never_waits_longer_than_a_month() -> None:
    assert list(SCHEDULE) == sorted(SCHEDULE)
    assert sum(pause <= timedelta(days=1) for pause in SCHEDULE) >= ROUNDS
    assert SCHEDULE[-1] <= timedelta(days=31)


def test_states_that_are_up_and_states_that_are_down_are_never_the_same() -> None:
    assert not UP_STATES & DOWN_STATES
    assert len(STATES) == len(set(STATES))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_every_state_has_words(state: str, language: str) -> None:
    assert say(f"state.recheck.{state}", language)
