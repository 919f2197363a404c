"""What may follow what, as data: no other path, no lost state, and guards that hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.case import CASE, RUNNING
from zhengben.core.moves import ForbiddenMoveError, Machine, Move
from zhengben.core.notice import NOTICE, SEND_GUARDS, WAITING

MACHINES = (CASE, NOTICE)
GUARDS = ("capture", "notice_sent", "down_rule", "seen_up_again", "watch_over", *SEND_GUARDS)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_every_state_can_be_reached(machine: Machine) -> None:
    reached = {machine.initial}
    while True:
        more = {m.target for m in machine.moves if m.source in reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(machine.states)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_a_verb_means_one_thing_in_one_state(machine: Machine) -> None:
    pairs = [(m.source, m.verb) for m in machine.moves]
    assert len(pairs) == len(set(pairs))


@given(st.lists(st.tuples(st.sampled_from([m.verb for m in NOTICE.moves]), st.sets(st.sampled_from(GUARDS)))))
def test_nothing_is_sent_unless_every_guard_held(steps: list[tuple[str, set[str]]]) -> None:
    state, held = NOTICE.initial, []
    for verb, holds in steps:
        try:
            state = NOTICE.apply(state, verb, holds)
        except ForbiddenMoveError:
            continue
        if verb in {"approve", "send"}:
            held.append(set(SEND_GUARDS) <= holds)
    assert all(held)
    assert state in NOTICE.states


@given(st.lists(st.tuples(st.sampled_from([m.verb for m in CASE.moves]), st.sets(st.sampled_from(GUARDS)))))
def test_a_case_is_down_only_by_the_rule(steps: list[tuple[str, set[str]]]) -> None:
    state = CASE.initial
    for verb, holds in steps:
        try:
            after = CASE.apply(state, verb, holds)
        except ForbiddenMoveError:
            continue
        if after == "down":
            assert "down_rule" in holds
        state = after
    assert state in CASE.states


def test_a_forbidden_move_says_what_is_allowed() -> None:
    with pytest.raises(ForbiddenMoveError, match="allowed: approve, reject, withdraw"):
        NOTICE.apply("draft", "send")
    with pytest.raises(ForbiddenMoveError, match="allowed: nothing"):
        NOTICE.apply("refused", "send")
    with pytest.raises(ForbiddenMoveError, match="needs valid_right"):
        NOTICE.apply("draft", "approve", set(SEND_GUARDS) - {"valid_right"})


def test_states_named_elsewhere_exist() -> None:
    assert set(CASE.states) >= RUNNING
    assert set(NOTICE.states) >= WAITING
    assert Machine("m", "a", (Move("go", "a", "b"),)).states == ("a", "b")
