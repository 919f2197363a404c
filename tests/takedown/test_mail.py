"""Sending: over real SMTP, once, and with one clear line where it cannot be done."""

import email
import email.policy
import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from zhengben.core.brand import Brand
from zhengben.takedown.letter import Addressee, Attachment, CaseView, Complainant, Letter
from zhengben.takedown.letters import draft
from zhengben.takedown.mail import MailError, Outgoing, compose, send
from zhengben.takedown.postmark import Postmark

KEY = "ZB-2026-0001.0.host"


@pytest.fixture
def letter(view: CaseView, brand: Brand, addressee: Addressee, complainant: Complainant, now: datetime) -> Letter:
    return draft(view, brand, addressee, "zh", complainant=complainant, now=now)


@pytest.fixture
def outgoing(clerk: Any, postmark: Postmark) -> Outgoing:
    host, port = clerk.place
    return Outgoing(host=host, port=port, postmark=postmark, seconds=5)


@pytest.mark.sockets
def test_a_letter_arrives_as_written(
    letter: Letter, outgoing: Outgoing, clerk: Any, postmark: Postmark, now: datetime
) -> None:
    receipt = send(letter, "abuse@host.example", outgoing, KEY, now)
    ((sender, recipients, raw),) = clerk.got
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert recipients == ["abuse@host.example"]
    assert sender == postmark.return_path(KEY) == message["Reply-To"]
    assert message["Message-ID"] == postmark.message_id(KEY) == receipt.message_id
    assert message["Subject"] == letter.subject
    assert "brand@brand.example" in message["From"]
    assert message["Auto-Submitted"] == "auto-generated"
    first, *rest = message.iter_parts()
    assert first.get_content_type() == "text/plain"
    assert first.get_content().replace("\r\n", "\n") == letter.body
    assert [part.get_filename() for part in rest] == ["xarf.json", "evidence-zh.txt", "screenshot.png"]
    assert json.loads(rest[0].get_content())["xarf_version"] == "4.2.0"
    assert rest[2].get_content() == b"\x89PNG\r\n\x1a\nshot"
    assert receipt.answer == "250 2.0.0 queued as 4711"


def test_the_same_key_gives_the_same_bytes(letter: Letter, postmark: Postmark, now: datetime) -> None:
    first = compose(letter, "abuse@host.example", postmark, KEY, now)
    assert compose(letter, "abuse@host.example", postmark, KEY, now) == first
    assert max(map(len, first.split(b"\r\n"))) <= 998
    assert compose(letter, "abuse@host.example", postmark, "another", now) != first


@pytest.mark.sockets
def test_nobody_there_is_one_clear_line_and_can_be_tried_again(
    letter: Letter, postmark: Postmark, now: datetime
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        gone = Outgoing(host="127.0.0.1", port=free.getsockname()[1], postmark=postmark, seconds=1)
        with pytest.raises(MailError, match=r"cannot be reached \(.*refused.*tried again") as caught:
            send(letter, "abuse@host.example", gone, KEY, now)
    assert caught.value.retriable
    assert not caught.value.uncertain
    assert "\n" not in str(caught.value)


@pytest.mark.sockets
@pytest.mark.parametrize(
    ("answers", "retriable", "what"),
    [
        ({"rcpt": "550 5.1.1 no such user"}, False, "refuses abuse@host.example: 550"),
        ({"rcpt": "451 4.7.1 greylisted"}, True, "refuses abuse@host.example: 451"),
        ({"mail": "553 5.7.1 sender not allowed"}, False, "refuses our address: 553"),
        ({"data": "554 5.7.1 looks like spam"}, False, "refuses the letter"),
        ({"data": "452 4.3.1 disk full"}, True, "refuses the letter"),
    ],
)
def test_refusals_say_who_and_why(
    answers: dict[str, str], retriable: object, what: str, letter: Letter, outgoing: Outgoing, clerk: Any, now: datetime
) -> None:
    clerk.answers = answers
    with pytest.raises(MailError, match=what) as caught:
        send(letter, "abuse@host.example", outgoing, KEY, now)
    assert caught.value.retriable == retriable


@pytest.mark.sockets
def test_who_must_know_is_told_before_the_first_byte(
    letter: Letter, outgoing: Outgoing, clerk: Any, now: datetime
) -> None:
    told: list[int] = []
    send(letter, "abuse@host.example", outgoing, KEY, now, lambda: told.append(len(clerk.got)))
    assert told == [0]

    def stop() -> None:
        raise RuntimeError("the record cannot be written")

    with pytest.raises(RuntimeError):
        send(letter, "abuse@host.example", outgoing, KEY, now, stop)
    assert len(clerk.got) == 1


@pytest.fixture
def mute_server() -> Iterator[tuple[str, int]]:
    """Take everything and close the line where the answer to the letter should come."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        link, _ = server.accept()
        with link, link.makefile("rwb") as file:
            file.write(b"220 hello\r\n")
            file.flush()
            for line in file:
                if line.upper().startswith(b"DATA"):
                    file.write(b"354 go on\r\n")
                    file.flush()
                    while file.readline() not in {b".\r\n", b""}:
                        pass
                    return
                file.write(b"250 OK\r\n")
                file.flush()

    thread = threading.Thread(target=serve)
    thread.start()
    yield server.getsockname()
    thread.join()
    server.close()


@pytest.mark.sockets
def test_a_line_that_breaks_after_the_letter_is_uncertain(
    mute_server: tuple[str, int], letter: Letter, postmark: Postmark, now: datetime
) -> None:
    host, port = mute_server
    with pytest.raises(MailError) as caught:
        send(letter, "abuse@host.example", Outgoing(host=host, port=port, postmark=postmark, seconds=5), KEY, now)
    assert caught.value.uncertain
    assert caught.value.retriable


@pytest.mark.sockets
def test_a_server_that_must_encrypt_and_cannot_gets_nothing(
    letter: Letter, outgoing: Outgoing, clerk: Any, now: datetime
) -> None:
    with pytest.raises(MailError, match="cannot be reached"):
        send(letter, "abuse@host.example", replace(outgoing, security="starttls"), KEY, now)
    assert clerk.got == []


@pytest.mark.sockets
def test_a_certificate_nobody_signed_is_not_trusted(
    tmp_path: Path, letter: Letter, postmark: Postmark, now: datetime
) -> None:
    made = ["-keyout", "k.pem", "-out", "c.pem", "-subj", "/CN=127.0.0.1", "-days", "2"]
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", *made]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "c.pem", tmp_path / "k.pem")
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        link, _ = server.accept()
        with link, pytest.raises(OSError, match=r"."):
            context.wrap_socket(link, server_side=True)

    thread = threading.Thread(target=serve)
    thread.start()
    secure = Outgoing(host="127.0.0.1", port=server.getsockname()[1], postmark=postmark, security="tls", seconds=5)
    with pytest.raises(MailError, match="certificate"):
        send(letter, "abuse@host.example", secure, KEY, now)
    thread.join()
    server.close()


@pytest.mark.parametrize(
    "to", ["", "a", "a@b@c", "a@b\r\nRCPT TO:<x@y>", "a b@c.example", "<a@b.example>", "a@b.example,c@d.example"]
)
def test_impossible_addresses_are_refused(to: str, letter: Letter, postmark: Postmark, now: datetime) -> None:
    with pytest.raises(MailError, match="not one plain mailbox") as caught:
        compose(letter, to, postmark, KEY, now)
    assert not caught.value.retriable


def test_headers_cannot_be_injected(letter: Letter, postmark: Postmark, now: datetime) -> None:
    with pytest.raises(MailError, match="header"):
        compose(replace(letter, subject="x\r\nBcc: all@example.org"), "abuse@host.example", postmark, KEY, now)


def test_a_letter_that_is_too_large_is_refused(letter: Letter, postmark: Postmark, now: datetime) -> None:
    heavy = replace(letter, attachments=(Attachment("a.bin", "application/octet-stream", bytes(9_000_000)),))
    with pytest.raises(MailError, match="drop an attachment"):
        compose(heavy, "abuse@host.example", postmark, KEY, now)


def test_the_password_is_not_shown(postmark: Postmark) -> None:
    assert "hunter2" not in repr(Outgoing(host="h", port=25, postmark=postmark, user="u", password="hunter2"))
