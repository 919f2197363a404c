"""A case and its letters lived through by chance: whatever happens in whatever order, these sentences stay true."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from zhengben.core.brand import Brand, Names, Right
from zhengben.core.case import CASE, RUNNING
from zhengben.core.gate import Request, gate
from zhengben.core.moves import ForbiddenMoveError
from zhengben.core.notice import NOTICE, SEND_GUARDS
from zhengben.core.recheck import DOWN_STATES, STATES, UP_STATES, Observation, is_down
from zhengben.core.verdict import ACCUSING, Label

OWNER = "某银行股份有限公司"
MARK = Right(
    kind="trademark", jurisdiction="CN", number="1", holder=OWNER, valid_from=date(2020, 1, 1),
    valid_to=date(2026, 6, 30),
)  # fmt: skip
BRAND = Brand(id="probe", owner=OWNER, finance=True, names=Names(primary="某某贷"), rights=(MARK,))
START = datetime(2026, 6, 20, tzinfo=UTC)
PEOPLE = ("lin", "chen", "")


@dataclass
class Letter:
    """One notice as its machine says, and what was true when it left."""

    drafted_by: str
    state: str = NOTICE.initial
    path: list[str] = field(default_factory=list)
    approved_by: str = ""
    left_on: date | None = None


class Life(RuleBasedStateMachine):
    """Time passes, people draft and approve, looks come in; the record is only what the machines allowed."""

    letters = Bundle("letters")

    def __init__(self) -> None:
        super().__init__()
        self.now, self.state = START, CASE.initial
        self.label, self.official, self.sealed = Label.IMPERSONATION, False, False
        self.looks: list[Observation] = []
        self.notices: list[Letter] = []
        self.downs: list[bool] = []

    # --- what happens ---

    @rule(hours=st.integers(1, 24 * 9))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(label=st.sampled_from(list(Label)), official=st.booleans())
    def the_verdict_changes(self, label: Label, official: bool) -> None:  # noqa: FBT001  # a strategy gives it by name
        self.label, self.official = label, official

    @rule(state=st.sampled_from(STATES), control=st.booleans())
    def somebody_looks(self, state: str, control: bool) -> None:  # noqa: FBT001  # a strategy gives it by name
        self._look(state, control_ok=control)

    @rule()
    def everybody_agrees_for_a_day(self) -> None:
        """Chance alone would hardly ever meet the rule."""
        for _ in range(3):
            self._look("removed")
            self.now += timedelta(hours=13)

    @rule(who=st.sampled_from(PEOPLE), target=letters)
    def draft(self, who: str) -> Letter:
        letter = Letter(who)
        self.notices.append(letter)
        return letter

    @rule(letter=letters, who=st.sampled_from(PEOPLE))
    def approve(self, letter: Letter, who: str) -> None:
        if self._move(letter, "approve", who):
            letter.approved_by = who

    @rule(letter=letters)
    def send(self, letter: Letter) -> None:
        if self._move(letter, "send", letter.approved_by):
            letter.left_on = self._today()
            self._case("complain", ("notice_sent",))

    @rule(first=st.sampled_from(PEOPLE), second=st.sampled_from(PEOPLE), target=letters)
    def a_letter_is_hurried_through(self, first: str, second: str) -> Letter:
        """Everything about the target is in order; only the people and the right may be missing."""
        self.label, self.official = Label.IMPERSONATION, False
        self._case("seal", ("capture",))
        letter = Letter(first)
        self.notices.append(letter)
        self.approve(letter, second)
        self.send(letter)
        return letter

    @rule(letter=letters, verb=st.sampled_from(sorted({m.verb for m in NOTICE.moves if not m.needs})))
    def something_comes_back(self, letter: Letter, verb: str) -> None:
        if verb not in NOTICE.verbs(letter.state):
            with pytest.raises(ForbiddenMoveError, match=letter.state):
                NOTICE.apply(letter.state, verb, SEND_GUARDS)
            return
        letter.path.append(verb)
        letter.state = NOTICE.apply(letter.state, verb)

    @rule(verb=st.sampled_from(sorted({m.verb for m in CASE.moves})), target=letters)
    def somebody_moves_the_case(self, verb: str) -> object:
        """Take any move whose guards are true; the guards are looked up in the facts, not assumed."""
        true = {
            "capture": True,
            "notice_sent": any(letter.left_on for letter in self.notices),
            "down_rule": is_down(self.looks),
            "seen_up_again": bool(self.looks) and self.looks[-1].state in UP_STATES and self.looks[-1].control_ok,
            "watch_over": self.now - START > timedelta(days=60),
        }
        self._case(verb, [guard for guard, holds in true.items() if holds])
        return multiple()

    # --- what stays true ---

    @invariant()
    def a_case_is_down_only_by_the_rule(self) -> None:
        assert all(self.downs)

    @invariant()
    def what_was_withdrawn_stays_withdrawn(self) -> None:
        if self.state == "withdrawn":
            assert CASE.verbs("withdrawn") == ()
            assert self.state not in RUNNING

    @invariant()
    def nothing_left_without_two_people_and_a_right(self) -> None:
        for letter in self.notices:
            if letter.left_on:
                assert letter.drafted_by
                assert letter.approved_by
                assert letter.drafted_by != letter.approved_by
                assert MARK.valid_on(letter.left_on)

    @invariant()
    def a_letter_leaves_once_and_is_never_a_draft_again(self) -> None:
        for letter in self.notices:
            assert letter.path.count("send") <= 1
            if "send" in letter.path:
                assert letter.state not in {"draft", "approved", "rejected_inside", "send_failed", "withdrawn"}

    @invariant()
    def proof_of_being_down_never_rests_on_a_doubtful_look(self) -> None:
        if is_down(self.looks):
            newest = max(self.looks, key=lambda look: look.at)
            assert newest.state in DOWN_STATES
            assert newest.control_ok

    # --- how it is done ---

    def _today(self) -> date:
        return self.now.date()

    def _look(self, state: str, *, control_ok: bool = True) -> None:
        for vantage, profile in (("here", "mobile"), ("there", "desktop")):
            self.now += timedelta(seconds=1)
            self.looks.append(
                Observation(
                    at=self.now, vantage=vantage, profile=profile, target="t", state=state, control_ok=control_ok
                )
            )

    def _move(self, letter: Letter, verb: str, who: str) -> bool:
        """Move a letter as a flow step would: the gate says which guards hold, the machine decides."""
        request = Request(
            label=self.label, official=self.official, sealed_capture=self.sealed or self.state != "open",
            drafted_by=letter.drafted_by, approved_by=who,
        )  # fmt: skip
        stops = {stop.code for stop in gate(BRAND, request, self._today())}
        holds = set(SEND_GUARDS) if not stops else set()
        assert not (not stops and self.label not in ACCUSING)
        try:
            letter.state = NOTICE.apply(letter.state, verb, holds)
        except ForbiddenMoveError:
            return False
        assert not stops
        letter.path.append(verb)
        return True

    def _case(self, verb: str, holds: object) -> None:
        try:
            after = CASE.apply(self.state, verb, holds)  # type: ignore[arg-type]  # names of guards
        except ForbiddenMoveError:
            return
        if after == "down":
            self.downs.append(is_down(self.looks))
        self.state = after


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
