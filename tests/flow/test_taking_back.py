"""A case that was wrong: nothing more leaves, and everybody who has a letter is told, once, past two people."""

from datetime import timedelta

import pytest

from worlds import APPROVER, DRAFTER, HOST, NOW, Town, dossiers
from zhengben.core.moves import ForbiddenMoveError
from zhengben.flow.answers import Received, take_answer
from zhengben.flow.complain import StoppedError, approve, sign
from zhengben.flow.withdraw import TELL, withdraw_case, withdraw_notice
from zhengben.store.effects import begin, handing
from zhengben.store.events import ledger_problems
from zhengben.store.models import Case, Event, Notice

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LATER = NOW + 2 * DAY


@pytest.fixture
def sent(town: Town) -> Notice:
    """Give a complaint that has left."""
    town.report()
    town.work()
    town.approve_all()
    town.work()
    return Notice.objects.get(state="sent")


def retraction() -> Notice:
    """Give the one letter that takes something back."""
    return Notice.objects.get(purpose="retraction")


def test_the_addressee_is_told_by_a_letter_of_two_people(town: Town, sent: Notice) -> None:
    withdraw_case(town.case(), DRAFTER, LATER, "it is a news site")
    town.work(LATER)
    letter = retraction()
    assert (letter.state, letter.drafted_by, letter.about, letter.addressee) == ("draft", "", sent, sent.addressee)
    sent.refresh_from_db()
    assert (sent.state, sent.needs_human, sent.trouble) == ("retracted", True, TELL)
    assert len(town.letters) == 1
    sign(letter, DRAFTER, LATER)
    with pytest.raises(StoppedError, match="same_person"):
        approve(letter, DRAFTER, LATER, town.adapters())
    approve(letter, APPROVER, LATER, town.adapters())
    town.work(LATER)
    key, to, last = town.letters[-1]
    assert (key, to) == (f"{sent.key}.x", sent.addressee)
    assert "撤回" in last.subject
    sent.refresh_from_db()
    assert (sent.needs_human, sent.trouble) == (False, "")
    moves = Event.objects.filter(subject="notice", subject_id=letter.pk, verb__endswith="_retraction").order_by("seq")
    guards = ["approved_by_second_person", "was_sent"]
    assert list(moves.values_list("verb", "holds")) == [("approve_retraction", guards), ("send_retraction", guards)]
    assert ledger_problems() == []


def test_neither_a_lapsed_mark_nor_a_changed_verdict_stops_a_retraction(town: Town, sent: Notice) -> None:
    assert sent.state == "sent"
    withdraw_case(town.case(), DRAFTER, LATER, "wrong")
    Case.objects.update(label="mention")
    town.brands = dossiers()  # 微粒贷's printed terms have ended
    town.work(LATER)
    town.approve_all(LATER)
    town.work(LATER)
    assert [key[-2:] for key, _, _ in town.letters][1:] == [".x"]


def test_every_addressee_is_told_once_however_many_letters_it_had(town: Town) -> None:
    town.mailboxes = ("abuse@host.example", "abuse@registrar.example")
    town.report()
    for day in range(12):
        town.work_until(NOW + (day + 1) * DAY, NOW + day * DAY)
        town.approve_all(NOW + (day + 1) * DAY)
        town.work(NOW + (day + 1) * DAY)
    assert len(town.letters) > 4
    withdraw_case(town.case(), DRAFTER, NOW + 13 * DAY, "wrong")
    town.work(NOW + 13 * DAY)
    town.approve_all(NOW + 13 * DAY)
    before = len(town.letters)
    town.work_until(NOW + 60 * DAY, NOW + 13 * DAY)
    assert sorted(to for _, to, _ in town.letters[before:]) == list(town.mailboxes)
    assert Notice.objects.filter(needs_human=True).count() == 0
    assert ledger_problems() == []


def test_what_has_not_left_is_simply_withdrawn(town: Town) -> None:
    town.report()
    town.work()
    withdraw_case(town.case(), DRAFTER, NOW, "wrong")
    town.work(NOW)
    assert [one.state for one in Notice.objects.all()] == ["withdrawn"]
    assert town.letters == []


def test_a_letter_of_which_nobody_knows_whether_it_left_is_taken_back_in_writing(town: Town) -> None:
    """Better an apology too many than a stranger's page that stays gone."""
    town.report()
    town.work()
    town.approve_all()
    notice = Notice.objects.get()
    begin(f"send:{notice.key}", "mail", NOW)
    handing(f"send:{notice.key}")  # and the worker dies
    town.work()
    assert Notice.objects.get().trouble == "maybe_sent"
    withdraw_case(town.case(), DRAFTER, LATER, "wrong")
    town.work(LATER)
    assert retraction().state == "draft"


@pytest.mark.parametrize("days", [3, 400])
def test_a_wrong_case_that_worked_can_be_taken_back_too(town: Town, sent: Notice, days: int) -> None:
    """The worst of all: somebody's own page is gone, and the case is down, or closed long ago."""
    town.web.pages[HOST] = "dns_gone"
    town.work_until(NOW + days * DAY)
    assert town.case().state == ("down" if days == 3 else "closed")
    withdraw_case(town.case(), DRAFTER, NOW + days * DAY, "wrong")
    town.work(NOW + days * DAY)
    assert retraction().about == sent
    assert town.case().state == "withdrawn"


@pytest.mark.parametrize("kind", ["acknowledged", "refused", "needs_information", "action_reported", "counter_notice"])
def test_whatever_was_answered_the_addressee_is_told(town: Town, sent: Notice, kind: str) -> None:
    take_answer(Received(kind=kind, notice_key=sent.key, message_id="<1@host>"), NOW + HOUR)
    withdraw_case(town.case(), DRAFTER, LATER, "wrong")
    town.work(LATER)
    sent.refresh_from_db()
    assert (sent.state, retraction().state) == ("retracted", "draft")


def test_one_letter_alone_can_be_taken_back_while_the_case_goes_on(town: Town, sent: Notice) -> None:
    withdraw_notice(sent, DRAFTER, LATER, "wrong addressee")
    town.work(LATER)
    assert (retraction().state, town.case().state) == ("draft", "complained")


def test_taking_back_twice_is_refused_and_changes_nothing(town: Town, sent: Notice) -> None:
    withdraw_case(town.case(), DRAFTER, LATER, "wrong")
    town.work(LATER)
    with pytest.raises(ForbiddenMoveError):
        withdraw_case(town.case(), DRAFTER, LATER, "again")
    sent.refresh_from_db()
    with pytest.raises(ForbiddenMoveError):
        withdraw_notice(sent, DRAFTER, LATER, "again")
    town.work_until(LATER + 30 * DAY, LATER)
    assert Notice.objects.filter(purpose="retraction").count() == 1


def test_a_confirmed_retraction_presses_nobody(town: Town, sent: Notice) -> None:
    assert sent.state == "sent"
    withdraw_case(town.case(), DRAFTER, LATER, "wrong")
    town.work(LATER)
    town.approve_all(LATER)
    town.work(LATER)
    letter = retraction()
    assert (letter.state, letter.due_at) == ("sent", None)
    take_answer(Received(kind="acknowledged", notice_key=letter.key, message_id="<7@host>"), LATER + HOUR)
    town.work_until(LATER + 60 * DAY, LATER)
    letter.refresh_from_db()
    assert letter.state == "acknowledged"
    assert len(town.letters) == 2


def test_a_single_letter_taken_back_before_its_case_is_told_once(town: Town, sent: Notice) -> None:
    withdraw_notice(sent, DRAFTER, LATER, "wrong addressee")
    town.work(LATER)
    withdraw_case(town.case(), DRAFTER, LATER, "wrong altogether")
    town.work(LATER)
    assert retraction().state == "draft"  # it still has to leave
    town.approve_all(LATER)
    town.work(LATER)
    assert [key[-2:] for key, _, _ in town.letters][1:] == [".x"]


def test_reminders_that_were_not_taken_back_stay_as_they_are(town: Town, sent: Notice) -> None:
    town.work_until(NOW + 2 * DAY)
    town.approve_all(NOW + 2 * DAY)
    town.work(NOW + 2 * DAY)
    sent.refresh_from_db()
    withdraw_notice(sent, DRAFTER, NOW + 2 * DAY, "the first letter alone was wrong")
    town.work(NOW + 2 * DAY)
    town.approve_all(NOW + 2 * DAY)
    town.work(NOW + 2 * DAY)
    assert Notice.objects.get(purpose="reminder").state == "sent"
    assert Notice.objects.filter(needs_human=True).count() == 0


def test_a_withdrawn_letter_that_never_left_needs_no_telling(town: Town) -> None:
    town.report()
    town.work()
    withdraw_case(town.case(), DRAFTER, NOW, "wrong")
    Notice.objects.update(due_at=NOW)  # as if somebody had woken it
    town.work(NOW)
    assert (Notice.objects.get().due_at, Notice.objects.get().state) == (None, "withdrawn")
