"""Sending: once, by two people, within the law and the channel's patience, whatever the other side does."""

import socket
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from databases import Record
from worlds import APPROVER, DRAFTER, HOST, NOW, Town
from zhengben.core.brand import Brand, Right
from zhengben.core.moves import ForbiddenMoveError
from zhengben.flow.answers import Received, take_answer
from zhengben.flow.case_clock import run_due
from zhengben.flow.complain import StoppedError, approve, reject, sign
from zhengben.flow.send import MAYBE_SENT, resolve, retry
from zhengben.flow.withdraw import withdraw_case, withdraw_notice
from zhengben.store.effects import begin, handing
from zhengben.store.events import ledger_problems
from zhengben.store.models import Answer, Case, Effect, Event, Notice
from zhengben.store.renewals import enter
from zhengben.takedown.letter import Letter
from zhengben.takedown.mail import MailError, Outgoing, Receipt, send
from zhengben.takedown.postmark import Postmark

HOUR = timedelta(hours=1)


@pytest.fixture
def drafted(town: Town) -> Notice:
    """Give a draft that a machine prepared."""
    town.report()
    town.work()
    return Notice.objects.get()


@pytest.fixture
def approved(town: Town, drafted: Notice) -> Notice:
    """Give a notice that two people agreed to."""
    town.approve_all()
    return Notice.objects.get(pk=drafted.pk)


def test_one_person_is_not_two(town: Town, drafted: Notice) -> None:
    with pytest.raises(StoppedError) as nobody:
        approve(drafted, APPROVER, NOW, town.adapters())
    assert [stop.code for stop in nobody.value.stops] == ["second_person_missing"]
    sign(drafted, DRAFTER, NOW)
    with pytest.raises(StoppedError) as same:
        approve(drafted, DRAFTER, NOW, town.adapters())
    assert [stop.code for stop in same.value.stops] == ["same_person"]
    with pytest.raises(ValueError, match="already answered for"):
        sign(drafted, APPROVER, NOW)
    assert (town.work(), town.letters) == (0, [])


def test_a_rejected_draft_never_leaves(town: Town, drafted: Notice) -> None:
    sign(drafted, DRAFTER, NOW)
    reject(drafted, APPROVER, NOW, "wrong addressee")
    with pytest.raises(ForbiddenMoveError):
        approve(Notice.objects.get(), APPROVER, NOW, town.adapters())
    town.work(NOW + HOUR)
    assert town.letters == []


@pytest.mark.usefixtures("approved")
def test_a_right_that_ends_between_approval_and_sending_stops_it(town: Town) -> None:
    late = NOW + timedelta(days=365 * 12)
    town.work(late)
    notice = Notice.objects.get()
    assert (notice.state, notice.needs_human, town.letters) == ("approved", True, [])
    assert [stop["code"] for stop in notice.stops] == ["right_ended"]


@pytest.mark.usefixtures("approved")
def test_a_target_that_became_official_is_not_complained_about(town: Town) -> None:
    brand = town.brands[0]
    known = {name: getattr(brand, name) for name in ("id", "owner", "finance", "names", "rights", "logos", "digest")}
    ours = type(brand.channels[0])(kind="domain", exists="yes", value=HOST)
    town.brands = (Brand(**known, channels=(*brand.channels, ours)),)
    town.work()
    assert [stop["code"] for stop in Notice.objects.get().stops] == ["official_target"]
    assert town.letters == []


@pytest.mark.parametrize(
    ("error", "state", "person"),
    [
        (MailError("mail server x:25 cannot be reached", retriable=True), "approved", False),
        (MailError("mail server x:25 refuses the letter: 554", retriable=False), "send_failed", True),
        (MailError("mail server x:25 cannot be reached", retriable=True, uncertain=True), "approved", True),
    ],
    ids=["unreachable", "refused", "uncertain"],
)
@pytest.mark.usefixtures("approved")
def test_a_letter_that_is_not_taken_waits_and_says_why(
    town: Town, error: MailError, state: str, *, person: bool
) -> None:
    town.trouble = error
    run_due(NOW, town.adapters(), "w1")
    notice = Notice.objects.get()
    assert (notice.state, notice.needs_human) == (state, person)
    assert notice.trouble in {str(error), MAYBE_SENT}
    assert "\n" not in notice.trouble
    assert town.case().state == "sealed"
    town.trouble = None
    if notice.trouble == MAYBE_SENT:
        resolve(notice, APPROVER, NOW, left=False)
    elif person:
        retry(notice, APPROVER, NOW)
    town.work(NOW + HOUR)
    assert (Notice.objects.get().state, len(town.letters)) == ("sent", 1)
    assert town.case().state == "complained"
    assert ledger_problems() == []


@pytest.mark.usefixtures("approved")
def test_an_unreachable_server_is_tried_until_a_person_must_look(town: Town) -> None:
    town.trouble = MailError("mail server x:25 cannot be reached", retriable=True)
    for hours in range(0, 24 * 4, 1):
        run_due(NOW + timedelta(hours=hours), town.adapters(), "w1")
    notice = Notice.objects.get()
    assert (notice.needs_human, notice.state) == (True, "approved")
    assert "cannot be reached" in notice.trouble


def test_a_death_while_handing_over_is_left_to_a_person_or_to_the_addressee(town: Town, approved: Notice) -> None:
    key = f"send:{approved.key}"
    assert begin(key, "mail", NOW) == "new"
    handing(key)
    town.work()
    notice = Notice.objects.get()
    assert (notice.trouble, notice.needs_human, town.letters) == (MAYBE_SENT, True, [])
    take_answer(Received(kind="acknowledged", notice_key=notice.key, message_id="<a@host>"), NOW + HOUR)
    notice = Notice.objects.get()
    assert (notice.state, notice.needs_human) == ("acknowledged", False)
    assert Effect.objects.get().status == "done"
    town.work(NOW + HOUR)
    assert town.letters == []
    assert town.case().state == "complained"


@pytest.mark.parametrize("known", [True, False])
def test_where_the_other_side_can_be_asked_nobody_needs_to_decide(town: Town, approved: Notice, *, known: bool) -> None:
    begin(f"send:{approved.key}", "mail", NOW)
    handing(f"send:{approved.key}")
    town.work(delivered=lambda _key: known)
    assert Notice.objects.get().state == "sent"
    assert len(town.letters) == (0 if known else 1)


def test_a_death_before_handing_over_is_simply_followed_by_another(town: Town, approved: Notice) -> None:
    begin(f"send:{approved.key}", "mail", NOW)
    town.work()
    assert len(town.letters) == 1


def test_a_worker_slower_than_its_lease_still_tells_what_it_knows(town: Town, approved: Notice) -> None:
    def mail(letter: Letter, to: str, key: str, now: datetime, handing_over: Callable[[], None]) -> Receipt:
        handing_over()
        run_due(NOW + timedelta(seconds=61), town.adapters(), "w2")  # another worker takes over meanwhile
        assert Notice.objects.get(pk=approved.pk).trouble == MAYBE_SENT
        town.letters.append((key, to, letter))
        return Receipt(message_id="<1@test>", to=to, server="test:25", answer="250 ok", sha256="0" * 64, at=now)

    run_due(NOW, town.adapters(mailer=mail), "w1")
    notice = Notice.objects.get(pk=approved.pk)
    assert (notice.state, notice.needs_human, len(town.letters)) == ("sent", False, 1)
    assert Effect.objects.get().status == "done"
    assert town.case().state == "complained"
    assert ledger_problems() == []


def test_a_channel_is_not_flooded(record: Record) -> None:
    town = Town(record.home)
    town.per_hour = 1.0
    hosts = [f"weilidai-{n}.cn" for n in range(3)]
    for host in hosts:
        town.web.pages[host] = town.web.pages[HOST]
    town.report(*hosts)
    town.work()
    town.approve_all()
    town.work()
    assert len(town.letters) == 1
    waiting = Notice.objects.filter(state="approved")
    assert {notice.trouble for notice in waiting} == {"channel_busy"}
    town.work(NOW + HOUR + timedelta(minutes=1))
    assert len(town.letters) == 2
    town.work(NOW + 2 * HOUR + timedelta(minutes=2))
    assert len(town.letters) == 3


@pytest.mark.usefixtures("drafted")
def test_one_addressee_gets_one_notice_a_round(town: Town) -> None:
    town.mailboxes = ("abuse@host.example", "ABUSE@host.example", "legal@host.example")
    run_due(NOW + HOUR, town.adapters(), "w1")
    assert Notice.objects.count() == 1  # a round is drafted once; later looks do not add to it


@pytest.mark.parametrize(
    ("kind", "state", "person"),
    [
        ("acknowledged", "acknowledged", False),
        ("refused", "refused", True),
        ("needs_information", "needs_information", True),
        ("action_reported", "action_reported", False),
        ("counter_notice", "counter_noticed", True),
        ("bounce", "bounced", True),
        ("auto_reply", "sent", False),
        ("unknown", "sent", True),
    ],
)
def test_answers_move_the_notice_once(town: Town, approved: Notice, kind: str, state: str, *, person: bool) -> None:
    town.work()
    received = Received(kind=kind, notice_key=approved.key, message_id="<1@host>", text="\x00答复", sender="a@host")
    assert take_answer(received, NOW + HOUR) is not None
    assert take_answer(received, NOW + 2 * HOUR) is None
    notice = Notice.objects.get()
    assert (notice.state, notice.needs_human, Answer.objects.count()) == (state, person, 1)
    assert town.case().state == ("verifying" if kind == "action_reported" else "complained")
    assert ledger_problems() == []


def test_what_an_addressee_claims_is_looked_at_before_it_is_believed(town: Town, approved: Notice) -> None:
    town.work()
    take_answer(Received(kind="action_reported", notice_key=approved.key, message_id="<1@host>"), NOW + HOUR)
    town.work(NOW + HOUR)
    assert town.case().state == "complained"  # still up, whatever they say


def test_an_answer_to_nothing_and_one_that_comes_late_are_kept(town: Town, approved: Notice) -> None:
    take_answer(Received(kind="refused", notice_key="no.such", message_id="<1@x>"), NOW)
    town.work()
    town.work(NOW + timedelta(days=3))
    first = Notice.objects.get(purpose="complaint")
    assert first.state == "no_response"
    take_answer(Received(kind="action_reported", notice_key=approved.key, message_id="<2@x>"), NOW + timedelta(days=4))
    assert Answer.objects.count() == 2
    first.refresh_from_db()
    assert (first.state, first.answered_at) == ("action_reported", NOW + timedelta(days=4))  # late, and heard
    assert Case.objects.get().due_at == NOW + timedelta(days=4)


@pytest.mark.usefixtures("approved")
def test_a_case_that_was_wrong_takes_everything_back(town: Town) -> None:
    town.work()
    withdraw_case(town.case(), APPROVER, NOW + HOUR, "it is a news site")
    town.work(NOW + HOUR)
    notice = Notice.objects.get(purpose="complaint")
    assert (notice.state, notice.trouble, town.case().state) == ("retracted", "tell_addressee", "withdrawn")
    town.work_until(NOW + timedelta(days=40))
    assert len(town.letters) == 1  # the letter that tells the addressee waits for two people, however long


def test_a_draft_can_be_withdrawn(town: Town, approved: Notice) -> None:
    withdraw_notice(approved, DRAFTER, NOW, "second thoughts")
    town.work()
    assert (Notice.objects.get().state, town.letters) == ("withdrawn", [])


def test_a_renewal_lets_a_stopped_case_go_on(record: Record) -> None:
    brand = Town(record.home).brands[0]
    known = {name: getattr(brand, name) for name in ("id", "owner", "finance", "names", "channels", "logos", "digest")}
    ended = Right(
        kind="trademark", jurisdiction="CN", number="16577525", holder=brand.owner, valid_from=date(2016, 5, 14),
        valid_to=date(2026, 5, 13),
    )  # fmt: skip
    town = Town(record.home, (Brand(**known, rights=(ended,)),))
    town.report()
    town.work()
    assert Notice.objects.count() == 0
    renewal = Right(
        kind="trademark", jurisdiction="CN", number="16577525", holder=brand.owner, valid_from=date(2026, 5, 14),
        valid_to=date(2036, 5, 13), document="ab" * 32, source="certificate of renewal",
    )  # fmt: skip
    enter(right=renewal, brand=brand.id, document_name="renewal.pdf", entered_by=DRAFTER, now=NOW + HOUR)
    town.work(NOW + HOUR)
    assert Notice.objects.get().rights == ["16577525"]
    assert Event.objects.filter(subject="renewal").count() == 1


@pytest.mark.sockets
def test_a_mail_server_that_is_not_there_is_named_in_one_line(town: Town, approved: Notice) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    nobody = Outgoing(host="127.0.0.1", port=port, postmark=Postmark("test.example", b"s"), security="none", seconds=2)

    def mail(letter: Letter, to: str, key: str, now: datetime, handing_over: Callable[[], None]) -> Receipt:
        return send(letter, to, nobody, key, now, handing_over=handing_over)

    run_due(NOW, town.adapters(mailer=mail), "w1")
    notice = Notice.objects.get(pk=approved.pk)
    assert (notice.state, notice.needs_human, notice.due_at) == ("approved", False, NOW + timedelta(minutes=1))
    assert notice.trouble.startswith(f"mail server 127.0.0.1:{port} cannot be reached")
    town.work(NOW + timedelta(minutes=1))
    assert len(town.letters) == 1
