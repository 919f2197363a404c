"""Whatever people, addressees, impostors, workers and time do, in any order: what must never happen does not."""

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from databases import Record
from worlds import NOW, PAGE, Town
from zhengben.core.moves import ForbiddenMoveError
from zhengben.core.recheck import is_down
from zhengben.flow.answers import Received, take_answer
from zhengben.flow.case_clock import run_due
from zhengben.flow.complain import StoppedError, approve, reject, sign
from zhengben.flow.recheck import observations
from zhengben.flow.send import resolve
from zhengben.flow.withdraw import withdraw_case, withdraw_notice
from zhengben.store.due import claim
from zhengben.store.events import ledger_problems
from zhengben.store.models import Case, Effect, Event, Notice
from zhengben.takedown.answers import KINDS
from zhengben.takedown.mail import MailError

PEOPLE = ("林芷", "周弈", "陈岚")
REFUSALS = (StoppedError, ForbiddenMoveError, ValueError)


class Life(RuleBasedStateMachine):
    """One impostor and everybody around it. All lives share one database; each has a host of its own."""

    town: ClassVar[Town]
    count: ClassVar[int] = 0

    @initialize()
    def appear(self) -> None:
        """Let a new impostor be reported."""
        Life.count += 1
        self.host = f"weilidai-{Life.count}.example"
        self.now = datetime.fromtimestamp(NOW.timestamp(), NOW.tzinfo) + timedelta(days=400 * Life.count)
        self.answers = 0
        self.town.trouble = None
        self.town.web.pages[self.host] = (200, PAGE)
        self.town.report(self.host, at=self.now)
        self.time_passes(0)

    def notices(self) -> list[Notice]:
        """Give this life's notices."""
        return list(Notice.objects.filter(case__locator=self.host).order_by("pk"))

    @rule(hours=st.sampled_from([0, 1, 5, 12, 30, 24 * 9]))
    def time_passes(self, hours: int) -> None:
        """Let time pass, and the workers do what is due."""
        self.now += timedelta(hours=hours)
        for _ in range(12):
            if not run_due(self.now, self.town.adapters(), "w1"):
                break

    @rule()
    def a_worker_dies_with_its_claims(self) -> None:
        """Let a worker claim everything and never come back."""
        claim(self.now, "dead", 50)
        self.now += timedelta(seconds=61)

    @rule(
        page=st.sampled_from(
            [(200, PAGE), (404, "<title>404</title><h1>404 Not Found</h1>"), (503, "x"), "dns_gone", "timeout"]
        )
    )
    def the_site_changes(self, page: tuple[int, str] | str) -> None:
        """Let the impostor go, fail or come back."""
        self.town.web.pages[self.host] = page

    @rule(trouble=st.sampled_from([None, "retriable", "final", "uncertain"]))
    def the_mail_changes(self, trouble: str | None) -> None:
        """Let the addressee's server work, refuse or vanish."""
        self.town.trouble = (
            MailError("mail server: no", retriable=trouble != "final", uncertain=trouble == "uncertain")
            if trouble
            else None
        )

    @rule(who=st.sampled_from(PEOPLE), what=st.sampled_from(["sign", "approve", "reject", "withdraw", "left", "again"]))
    def a_person_acts(self, who: str, what: str) -> None:
        """Let a person try something with every notice; the house may refuse."""
        for notice in self.notices():
            try:
                self._act(notice, who, what)
            except REFUSALS:
                assert Notice.objects.get(pk=notice.pk).ver == notice.ver, "a refused act changed something"

    @rule()
    def two_people_agree(self) -> None:
        """Let two people do what they are there for."""
        for notice in self.notices():
            for what, who in (("sign", PEOPLE[0]), ("approve", PEOPLE[1])):
                with suppress(*REFUSALS):
                    self._act(notice, who, what)

    @rule()
    def the_site_stays_away_for_days(self) -> None:
        """Let the impostor be gone long enough to be believed."""
        self.town.web.pages[self.host] = "dns_gone"
        for _ in range(16):
            self.time_passes(12)

    def _act(self, notice: Notice, who: str, what: str) -> None:
        if what == "sign":
            sign(notice, who, self.now)
        elif what == "approve":
            approve(notice, who, self.now, self.town.adapters())
        elif what == "reject":
            reject(notice, who, self.now, "test")
        elif what == "withdraw":
            withdraw_notice(notice, who, self.now, "test")
        else:
            resolve(notice, who, self.now, left=what == "left")

    @rule(kind=st.sampled_from(KINDS))
    def an_answer_comes(self, kind: str) -> None:
        """Let the addressee answer the newest notice, twice."""
        for notice in self.notices()[-1:]:
            self.answers += 1
            received = Received(kind=kind, notice_key=notice.key, message_id=f"<{self.host}-{self.answers}@host>")
            take_answer(received, self.now)
            assert take_answer(received, self.now) is None

    @rule(who=st.sampled_from(PEOPLE))
    def the_case_is_withdrawn(self, who: str) -> None:
        """Let a person take the whole case back, now and then."""
        for case in Case.objects.filter(locator=self.host, relapses=1):
            try:
                withdraw_case(case, who, self.now, "test")
            except ForbiddenMoveError:
                continue

    @invariant()
    def no_letter_twice_and_none_without_two_people(self) -> None:
        """Hold the letters against the ledger."""
        mine = [key for key, _, _ in self.town.letters if key in {n.key for n in self.notices()}]
        assert max(Counter(mine).values(), default=1) == 1
        for notice in self.notices():
            verbs = dict(Event.objects.filter(subject="notice", subject_id=notice.pk).values_list("verb", "actor"))
            if notice.key in mine:
                approver = verbs.get("approve", verbs.get("approve_retraction"))
                assert approver == notice.approved_by != notice.drafted_by != ""
            if notice.sent_at is not None and "resolved" not in verbs:
                receipt = Effect.objects.get(key=f"send:{notice.key}").receipt
                assert notice.key in mine or {"confirmed_by", "proved_by"} & set(receipt)

    @invariant()
    def down_is_proved(self) -> None:
        """A case is down only where the looks of its round prove it."""
        for case in Case.objects.filter(locator=self.host, state="down"):
            seen = [look for look in observations(case) if case.down_at is None or look.at <= case.down_at]
            assert is_down(seen)


@pytest.mark.slow
def test_whatever_happens_in_any_order(record: Record) -> None:
    Life.town, Life.count = Town(record.home), 0
    quick = settings(
        max_examples=15, stateful_step_count=25, deadline=None, derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )  # fmt: skip
    run_state_machine_as_test(Life, settings=quick)
    assert ledger_problems() == []
    assert Event.objects.filter(verb="send").exists()
    assert Event.objects.filter(verb__in=["verify_down", "vanish"]).exists()
