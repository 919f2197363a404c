"""Replies on a bad day: sent twice, under somebody's number, without one, too large, while nothing can be kept."""

import smtplib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, OperationalError

from worlds import NOW, Town
from zhengben.evidence.vault import VaultFullError
from zhengben.flow import mail_door
from zhengben.flow.answers import Received, take_answer
from zhengben.flow.mail_door import take_mail
from zhengben.store.events import ledger_problems
from zhengben.store.models import Answer, Event, Notice
from zhengben.takedown.answers import BYTES, read_answer
from zhengben.takedown.inbox import Inbox
from zhengben.takedown.inbox import Received as Letter
from zhengben.takedown.postmark import Postmark

POST = Postmark("replies.brand.example", b"a secret of the tests")
DONE = "已下架处理。"


@pytest.fixture
def sent(town: Town) -> Notice:
    """Give a complaint that has left."""
    town.report()
    town.work()
    town.approve_all()
    town.work()
    return Notice.objects.get()


def reply(body: str, *, key: str, number: str = "<1@host.example>", more: str = "") -> bytes:
    """Write a reply to a notice."""
    head = f"From: abuse@host.example\r\nTo: {POST.return_path(key)}\r\n{more}"
    head += f"Message-ID: {number}\r\n" if number else ""
    return (f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n").encode()


def take(town: Town, raw: bytes, hours: int = 1) -> Answer | None:
    """Let the door take one message."""
    return take_mail(raw, read_answer(raw, POST), town.vault, NOW + timedelta(hours=hours))


def test_the_same_reply_five_times_is_one_answer_and_one_move(town: Town, sent: Notice) -> None:
    raw = reply(DONE, key=sent.key)
    taken = [take(town, raw) for _ in range(5)]
    assert [one is None for one in taken] == [False, True, True, True, True]
    assert Event.objects.filter(subject="notice", verb="report_action").count() == 1
    assert town.case().state == "verifying"


def test_a_reply_that_came_by_two_relays_is_one_answer(town: Town, sent: Notice) -> None:
    """Each relay writes its own line above: other bytes, the same letter."""
    assert take(town, reply(DONE, key=sent.key, more="Received: from a by b\r\n"))
    assert take(town, reply(DONE, key=sent.key, more="Received: from c by d\r\n")) is None


def test_a_system_that_gives_every_letter_the_same_number_loses_none(town: Town, sent: Notice) -> None:
    assert take(town, reply("您的投诉已受理，工单编号 1。", key=sent.key))
    assert take(town, reply(DONE, key=sent.key))
    assert take(town, reply(DONE, key=sent.key)) is None
    assert [one.kind for one in Answer.objects.order_by("pk")] == ["acknowledged", "action_reported"]
    assert Notice.objects.get().state == "action_reported"
    assert ledger_problems() == []


def test_nobody_can_keep_a_real_answer_out_by_using_its_number_first(town: Town, sent: Notice) -> None:
    stranger = b"From: x@evil.example\r\nTo: brand@bank.example\r\nMessage-ID: <1@host.example>\r\n\r\n" + DONE.encode()
    assert take(town, stranger)
    assert Notice.objects.get().state == "sent"
    assert take(town, reply(DONE, key=sent.key))
    assert Notice.objects.get().state == "action_reported"


def test_replies_without_a_number_are_known_by_their_bytes(town: Town, sent: Notice) -> None:
    raw = reply("一", key=sent.key, number="")
    assert take(town, raw)
    assert take(town, raw) is None
    assert take(town, reply("二", key=sent.key, number=""))
    assert Answer.objects.count() == 2


@pytest.mark.parametrize("length", [290, 300, 301, 5000])
def test_numbers_without_end_are_kept_apart(town: Town, sent: Notice, length: int) -> None:
    for said in ("一", "二"):
        number = f"<{'n' * length}{said}@x>"
        assert take_answer(Received(kind="unknown", notice_key=sent.key, message_id=number, text=said), NOW)
    assert Answer.objects.count() == 2
    assert town.letters


def test_a_reply_too_large_to_read_is_kept_whole_and_left_to_a_person(town: Town, sent: Notice) -> None:
    raw = reply("a" * (BYTES + 100), key=sent.key)
    answer = take_mail(raw, read_answer(raw, POST, [POST.return_path(sent.key)]), town.vault, NOW)
    assert answer is not None
    assert town.vault.get(answer.artefact) == raw
    notice = Notice.objects.get()
    assert (notice.state, notice.needs_human, notice.trouble) == ("sent", True, "unknown")


def test_what_fits_no_notice_is_in_the_ledger_all_the_same(town: Town) -> None:
    raw = b"From: x@y.example\r\nSubject: hello\r\n\r\nhello"
    answer = take(town, raw)
    assert answer is not None
    event = Event.objects.get(subject="answer")
    assert (event.subject_id, event.verb, event.facts["artefact"]) == (answer.pk, "unmatched", answer.artefact)
    assert ledger_problems() == []


def test_a_clock_that_goes_back_reorders_nothing(town: Town, sent: Notice) -> None:
    assert take(town, reply("您的投诉已受理。", key=sent.key), 5)
    assert take(town, reply(DONE, key=sent.key, number="<2@x>"), -5)  # the clock was set back
    assert Notice.objects.get().state == "action_reported"
    numbers = list(Event.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert ledger_problems() == []


# --- over a real line -----------------------------------------------------------------------------------------------


class Door:
    """A real SMTP door whose keeping can be made to fail."""

    def __init__(self, town: Town) -> None:
        self.town, self.error = town, None  # type: tuple[Town, Exception | None]
        self.inbox = Inbox(("127.0.0.1", 0), POST, self._take, lambda: NOW)

    def _take(self, letter: Letter) -> None:
        if self.error is not None:
            raise self.error
        mail_door.take_mail_in_thread(
            letter.raw, read_answer(letter.raw, POST, letter.recipients), self.town.vault, letter.at
        )

    def deliver(self, raw: bytes, key: str) -> None:
        """Bring one message, as an addressee's server does."""
        host, port = self.inbox.address
        with smtplib.SMTP(host, port, timeout=10) as link:
            link.sendmail("abuse@host.example", [POST.return_path(key)], raw)


@pytest.fixture
def door(town: Town) -> Iterator[Door]:
    """Give an open door."""
    door = Door(town)
    door.inbox.start()
    try:
        yield door
    finally:
        door.inbox.stop()


@pytest.mark.sockets
@pytest.mark.parametrize(
    "error",
    [
        VaultFullError(28, "no room in the vault"), OperationalError("database is locked"),
        DatabaseError("disk full"), MemoryError(), RuntimeError("anything"),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_while_nothing_can_be_kept_the_sender_keeps_it(door: Door, sent: Notice, error: Exception) -> None:
    door.error = error
    with pytest.raises(smtplib.SMTPDataError) as refused:
        door.deliver(reply(DONE, key=sent.key), sent.key)
    assert refused.value.smtp_code == 451  # try again: nothing was said yes to
    assert Answer.objects.count() == 0
    door.error = None
    door.deliver(reply(DONE, key=sent.key), sent.key)
    door.deliver(reply(DONE, key=sent.key), sent.key)  # its server did not hear our yes
    assert Answer.objects.get().kind == "action_reported"
    assert Notice.objects.get().state == "action_reported"


@pytest.mark.sockets
def test_a_reply_larger_than_is_read_comes_in_by_the_door(door: Door, sent: Notice) -> None:
    line = b"a" * 76 + b"\r\n"
    raw = reply("", key=sent.key) + line * (BYTES // len(line) + 10)
    door.deliver(raw, sent.key)
    answer = Answer.objects.get()
    assert (answer.kind, answer.notice_id) == ("unknown", sent.pk)
    assert len(door.town.vault.get(answer.artefact)) >= BYTES
