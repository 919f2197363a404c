"""The mail door: takes what is ours, refuses the rest, and loses nothing it said yes to."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from zhengben.takedown.answers import read_answer
from zhengben.takedown.inbox import MOST_BYTES, Inbox, Received
from zhengben.takedown.postmark import Postmark

pytestmark = pytest.mark.sockets
NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Keeper:
    """What stands behind the door; may fail."""

    def __init__(self) -> None:
        self.kept: list[Received] = []
        self.broken = False

    def take(self, got: Received) -> None:
        if self.broken:
            raise OSError("no room")
        self.kept.append(got)


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def inbox(keeper: Keeper, postmark: Postmark) -> Iterator[Inbox]:
    door = Inbox(("127.0.0.1", 0), postmark, keeper.take, lambda: NOW, mailboxes=["Brand@brand.example"])
    door.start()
    yield door
    door.stop()


def deliver(
    inbox: Inbox, to: str, body: bytes = b"Subject: x\r\n\r\nhello", sender: str = "abuse@host.example"
) -> None:
    with smtplib.SMTP(*inbox.address, timeout=10) as link:
        link.sendmail(sender, [to], body)


def test_an_answer_is_kept_with_its_envelope(inbox: Inbox, keeper: Keeper, postmark: Postmark) -> None:
    deliver(inbox, postmark.return_path("n1"))
    (got,) = keeper.kept
    assert got.recipients == (postmark.return_path("n1"),)
    assert (got.sender, got.peer, got.at) == ("abuse@host.example", "127.0.0.1", NOW)
    assert read_answer(got.raw, postmark, got.recipients).notice_key == "n1"


def test_the_role_mailbox_is_ours_too(inbox: Inbox, keeper: Keeper) -> None:
    deliver(inbox, "brand@BRAND.example", sender="")
    assert keeper.kept[0].sender == ""


@pytest.mark.parametrize(
    "to", ["stranger@brand.example", "victim@elsewhere.example", "zk-aaaa-aaaaaaaaaa@elsewhere.example"]
)
def test_it_is_no_relay(to: str, inbox: Inbox, keeper: Keeper) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as caught:
        deliver(inbox, to)
    assert caught.value.recipients[to][0] == 550
    assert keeper.kept == []


def test_what_cannot_be_kept_must_be_tried_again(inbox: Inbox, keeper: Keeper, postmark: Postmark) -> None:
    keeper.broken = True
    with pytest.raises(smtplib.SMTPDataError) as caught:
        deliver(inbox, postmark.return_path("n1"))
    assert caught.value.smtp_code == 451
    keeper.broken = False
    deliver(inbox, postmark.return_path("n1"))
    assert len(keeper.kept) == 1


def test_a_message_larger_than_the_limit_is_refused_while_it_comes(
    inbox: Inbox, keeper: Keeper, postmark: Postmark
) -> None:
    with pytest.raises((smtplib.SMTPException, ConnectionError)):
        deliver(inbox, postmark.return_path("n1"), b"Subject: x\r\n\r\n" + (b"a" * 76 + b"\r\n") * (MOST_BYTES // 70))
    assert keeper.kept == []
    deliver(inbox, postmark.return_path("n1"))
    assert len(keeper.kept) == 1


def test_too_many_recipients_and_nonsense_do_not_stop_it(inbox: Inbox, keeper: Keeper, postmark: Postmark) -> None:
    with smtplib.SMTP(*inbox.address, timeout=10) as link:
        link.ehlo()
        link.mail("a@b.example")
        codes = [link.rcpt(postmark.return_path(f"n{n}"))[0] for n in range(8)]
    assert codes == [250] * 5 + [452] * 3
    with socket.create_connection(inbox.address, timeout=10) as raw:
        raw.sendall(b"\xff\xfe" * 400 + b"\r\nGET / HTTP/1.1\r\n\r\n" * 10)
    deliver(inbox, postmark.return_path("n1"))
    assert len(keeper.kept) == 1


def test_several_senders_at_once(inbox: Inbox, keeper: Keeper, postmark: Postmark) -> None:
    threads = [threading.Thread(target=deliver, args=(inbox, postmark.return_path(f"n{n}"))) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keeper.kept) == 12


def test_a_taken_port_is_one_clear_line(inbox: Inbox, keeper: Keeper, postmark: Postmark) -> None:
    second = Inbox(inbox.address, postmark, keeper.take, lambda: NOW)
    with pytest.raises(OSError, match=r"mail cannot be received at 127\.0\.0\.1:\d+: .*choose another port"):
        second.start()
    second.stop()


def test_stopping_with_a_sender_on_the_line(keeper: Keeper, postmark: Postmark) -> None:
    door = Inbox(("127.0.0.1", 0), postmark, keeper.take, lambda: NOW)
    door.start()
    with socket.create_connection(door.address, timeout=10) as raw:
        assert raw.recv(100).startswith(b"220")
        door.stop()
    door.start()
    door.stop()
