"""Sending while others act: whoever withdraws is heard until the last moment, and what left is never hidden."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, transaction

from worlds import APPROVER, NOW, Town
from zhengben.flow.answers import Received, take_answer
from zhengben.flow.case_clock import run_due
from zhengben.flow.complain import sign
from zhengben.flow.ports import Look
from zhengben.flow.send import MAYBE_SENT, resolve
from zhengben.flow.withdraw import withdraw_case, withdraw_notice
from zhengben.store import events
from zhengben.store.effects import begin, finish, handing
from zhengben.store.events import ledger_problems
from zhengben.store.models import Answer, Case, Effect, Event, Lead, Notice
from zhengben.takedown.letter import Letter
from zhengben.takedown.mail import Receipt

HOUR = timedelta(hours=1)


@pytest.fixture
def approved(town: Town) -> Notice:
    """Give a notice that two people agreed to."""
    town.report()
    town.work()
    town.approve_all()
    return Notice.objects.get()


def withdraw() -> None:
    """Let a person take the notice back."""
    withdraw_notice(Notice.objects.get(), APPROVER, NOW, "a mistake")


def test_a_notice_withdrawn_while_the_server_is_dialled_does_not_leave(town: Town, approved: Notice) -> None:
    def mail(letter: Letter, to: str, key: str, now: datetime, handing_over: Callable[[], None]) -> Receipt:
        withdraw()
        handing_over()
        return town._mail(letter, to, key, now, lambda: None)

    run_due(NOW, town.adapters(mailer=mail), "w1")
    notice = Notice.objects.get()
    assert (notice.state, notice.sent_at, town.letters) == ("withdrawn", None, [])
    assert Effect.objects.get(key=f"send:{approved.key}").status == "started"
    assert town.case().state == "sealed"
    assert ledger_problems() == []


@pytest.mark.usefixtures("approved")
def test_of_a_notice_withdrawn_too_late_the_addressee_is_told_and_its_receipt_is_kept(town: Town) -> None:
    def mail(letter: Letter, to: str, key: str, now: datetime, handing_over: Callable[[], None]) -> Receipt:
        handing_over()
        withdraw()
        return town._mail(letter, to, key, now, lambda: None)

    run_due(NOW, town.adapters(mailer=mail), "w1")
    town.work()
    notice, letter = Notice.objects.order_by("pk")
    assert (notice.state, notice.needs_human, notice.trouble) == ("withdrawn", True, "tell_addressee")
    assert (letter.purpose, letter.state, letter.about) == ("retraction", "draft", notice)
    effect = Effect.objects.get()
    assert (effect.status, effect.receipt["answer"], len(town.letters)) == ("done", "250 ok", 1)
    assert ledger_problems() == []


@pytest.mark.usefixtures("approved")
def test_a_letter_that_left_while_its_target_was_found_gone_is_not_taken_back(town: Town) -> None:
    """The machine withdrew it as no longer needed; it was right all the same, and nobody apologises for it."""

    def mail(letter: Letter, to: str, key: str, now: datetime, handing_over: Callable[[], None]) -> Receipt:
        handing_over()
        with transaction.atomic():
            events.move(Notice.objects.get(), "withdraw", now=NOW, actor="w2", facts={"why": "down"}, due_at=None)
        return town._mail(letter, to, key, now, lambda: None)

    run_due(NOW, town.adapters(mailer=mail), "w1")
    town.work()
    notice = Notice.objects.get()
    assert (notice.state, notice.needs_human, notice.due_at, len(town.letters)) == ("withdrawn", False, None, 1)
    assert Effect.objects.get().status == "done"
    assert ledger_problems() == []


def test_a_letter_whose_receipt_is_kept_is_not_sent_again(town: Town, approved: Notice) -> None:
    """As after a restored backup: the effect is known, the notice is not yet moved."""
    begin(f"send:{approved.key}", "mail", NOW)
    finish(f"send:{approved.key}", {"message_id": "<1@test>"}, NOW)
    town.work()
    assert (Notice.objects.get().state, town.letters) == ("sent", [])
    assert town.case().state == "complained"


@pytest.mark.usefixtures("approved")
def test_an_answer_after_the_case_was_taken_back_wakes_nothing(town: Town) -> None:
    town.work()
    withdraw_case(town.case(), APPROVER, NOW, "wrong")
    key = Notice.objects.get().key
    assert take_answer(Received(kind="action_reported", notice_key=key, message_id="<1@host>"), NOW + HOUR)
    case = town.case()
    assert (case.state, case.due_at, Answer.objects.count()) == ("withdrawn", None, 1)
    assert Notice.objects.get().state == "retracted"


def test_a_case_taken_back_after_a_bounce_leaves_the_bounce_in_the_record(town: Town, approved: Notice) -> None:
    """Nobody has that letter, so nobody need be told."""
    town.work()
    take_answer(Received(kind="bounce", notice_key=approved.key, message_id="<1@host>"), NOW + HOUR)
    withdraw_case(town.case(), APPROVER, NOW + HOUR, "wrong")
    notice = Notice.objects.get()
    assert (notice.state, town.case().state) == ("bounced", "withdrawn")
    assert Event.objects.filter(subject="notice", subject_id=notice.pk, verb="case_withdrawn").count() == 1


def test_a_draft_is_signed_by_somebody(town: Town) -> None:
    town.report()
    town.work()
    with pytest.raises(ValueError, match="named person"):
        sign(Notice.objects.get(), "  ", NOW)


def test_a_row_that_waits_for_nothing_leaves_the_queue(town: Town) -> None:
    town.report()
    town.work()
    Notice.objects.update(due_at=NOW)
    assert run_due(NOW, town.adapters(), "w1") == 1
    assert (Notice.objects.get().due_at, Notice.objects.get().state) == (None, "draft")
    assert Case.objects.count() == 1


def test_a_second_claim_has_a_case_looked_at_again_at_once(town: Town, approved: Notice) -> None:
    town.work()
    for number in (1, 2):
        claim = Received(kind="action_reported", notice_key=approved.key, message_id=f"<{number}@host>")
        take_answer(claim, NOW + number * HOUR)
    case = town.case()
    assert (case.state, case.due_at) == ("verifying", NOW + 2 * HOUR)
    assert Event.objects.filter(subject="case", verb__in=["claim_down", "claimed_down"]).count() == 2


def test_a_case_is_complained_about_once_however_many_addressees_it_has(town: Town) -> None:
    town.mailboxes = ("abuse@host.example", "legal@registrar.example")
    town.report()
    town.work()
    assert town.approve_all() == 2
    town.work()
    assert sorted(to for _, to, _ in town.letters) == ["abuse@host.example", "legal@registrar.example"]
    assert Event.objects.filter(subject="case", verb="complain").count() == 1
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}


def test_only_a_letter_in_doubt_can_be_resolved(approved: Notice) -> None:
    with pytest.raises(ValueError, match="in no doubt"):
        resolve(approved, APPROVER, NOW, left=True)
    assert Notice.objects.get().state == "approved"


def test_a_database_that_is_gone_is_no_fault_of_the_row(town: Town) -> None:
    def gone(*_: object) -> Look:
        raise OperationalError("server closed the connection")

    town.report()
    with pytest.raises(OperationalError):
        run_due(NOW, town.adapters(look=gone), "w1")
    assert Lead.objects.get().trouble == ""
    town.work(NOW + HOUR)
    assert town.case().state == "sealed"


def test_a_person_who_knows_that_a_letter_left_says_so(town: Town, approved: Notice) -> None:
    begin(f"send:{approved.key}", "mail", NOW)
    handing(f"send:{approved.key}")
    town.work()
    notice = Notice.objects.get()
    assert (notice.trouble, town.letters) == (MAYBE_SENT, [])
    resolve(notice, APPROVER, NOW + HOUR, left=True)
    assert (Notice.objects.get().state, town.case().state) == ("sent", "complained")
    assert Effect.objects.get().receipt == {"confirmed_by": APPROVER}
    town.work(NOW + HOUR)
    assert town.letters == []
