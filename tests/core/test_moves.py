"""What may follow what, as data: no other path, no lost state, and guards that hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.case import CASE, RUNNING
from zhengben.core.moves import ForbiddenMoveError, Machine, Move
from zhengben.core.notice import (
    LEFT,
    NOTICE,
    PURPOSES,
    RETRACT_GUARDS,
    SEND_GUARDS,
    UNSENT,
    WAITING,
    guards_of,
    verb_of,
)

MACHINES = (CASE, NOTICE)
TAKING_BACK = ("approve_retraction", "send_retraction")
GUARDS = ("capture", "notice_sent", "down_rule", "seen_up_again", "watch_over", *SEND_GUARDS, *RETRACT_GUARDS)


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
        for step, guards in ((("approve", "send"), SEND_GUARDS), (TAKING_BACK, RETRACT_GUARDS)):
            if verb in step:
                held.append(set(guards) <= holds)
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
    with pytest.raises(ForbiddenMoveError, match="allowed: approve, approve_retraction, reject, withdraw"):
        NOTICE.apply("draft", "send")
    with pytest.raises(ForbiddenMoveError, match="allowed: nothing"):
        NOTICE.apply("bounced", "send")
    with pytest.raises(ForbiddenMoveError, match="needs valid_right"):
        NOTICE.apply("draft", "approve", set(SEND_GUARDS) - {"valid_right"})


def test_states_named_elsewhere_exist() -> None:
    assert set(CASE.states) >= RUNNING
    assert set(NOTICE.states) >= WAITING | LEFT | UNSENT
    assert not LEFT & UNSENT
    assert Machine("m", "a", (Move("go", "a", "b"),)).states == ("a", "b")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_letter_needs_two_people_whatever_it_is_for(purpose: str) -> None:
    for step in ("approve", "send"):
        moves = [move for move in NOTICE.moves if move.verb == verb_of(step, purpose)]
        assert [set(move.needs) for move in moves] == [set(guards_of(purpose))]
        assert "approved_by_second_person" in moves[0].needs


def test_a_case_that_was_wrong_can_be_taken_back_at_any_time() -> None:
    assert {m.source for m in CASE.moves if m.verb == "withdraw"} == set(CASE.states) - {"withdrawn"}


def test_whatever_an_addressee_has_can_be_retracted_and_answered_late() -> None:
    assert {m.source for m in NOTICE.moves if m.verb == "retract"} == LEFT
    late = {m.verb for m in NOTICE.moves if m.source == "no_response"}
    assert late >= {"acknowledge", "ask", "refuse", "report_action", "counter", "bounce"}
