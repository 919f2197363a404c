"""The mail of the small internet: one server for every addressee, and letters back to the product."""

import asyncio
import hashlib
import re
import smtplib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP

# Loopback answers in milliseconds; this only bounds a machine under full load.
SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One letter as it arrived: `text` is everything a clerk can read of it, `digest` the sha256 of that text."""

    to: str
    sender: str
    message_id: str
    subject: str
    reply_to: str
    text: str
    digest: str


class PostOffice:
    """Takes every letter over real SMTP on loopback and hands it to `deliver`; unknown mailboxes are refused there."""

    def __init__(self, deliver: Callable[[Received], str]) -> None:
        """Take what reads the letters: it gives the SMTP answer."""
        self._deliver = deliver
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="range-post", daemon=True)
        self._ready = threading.Event()
        self._port = 0

    def start(self) -> None:
        """Open a port; raise OSError where loopback does not allow it."""
        self._thread.start()
        if not self._ready.wait(SECONDS) or not self._port:
            raise OSError("the post office of the range could not open a port on loopback")

    def close(self) -> None:
        """Close it."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(SECONDS)
        elif not self._ready.is_set():  # never opened: nobody else closes what it holds
            self._loop.close()

    @property
    def place(self) -> tuple[str, int]:
        """Give host and port."""
        if not self._port:
            raise RuntimeError("the post office of the range is not open; enter the world first")
        return "127.0.0.1", self._port

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            # Port 0: the system gives a free one, so that two ranges can run beside each other.
            server = self._loop.run_until_complete(self._loop.create_server(self._protocol, "127.0.0.1", 0))
            self._port = int(server.sockets[0].getsockname()[1])
        finally:
            self._ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(_end_tasks())
        self._loop.close()

    def _protocol(self) -> SMTP:
        return SMTP(self, hostname="mx.range", ident="ESMTP", loop=self._loop, enable_SMTPUTF8=True)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        """Read one letter."""
        raw = bytes(envelope.content)
        answer = "250 OK"
        for recipient in envelope.rcpt_tos:
            answer = self._deliver(read_letter(raw, recipient))
        return answer


async def _end_tasks() -> None:
    # A connection left half open would keep its task, and the loop would warn at its end.
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def read_letter(raw: bytes, recipient: str) -> Received:
    """Read a letter as a clerk does: every part that is text, and what stands in attached JSON."""
    message = message_from_bytes(raw, policy=default)
    text = "\n".join(_texts(message))
    return Received(
        to=recipient.lower(),
        sender=str(message.get("From", "")),
        message_id=str(message.get("Message-ID", "")),
        subject=str(message.get("Subject", "")),
        reply_to=str(message.get("Reply-To", "") or message.get("From", "")),
        text=f"{message.get('Subject', '')}\n{text}",
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _texts(message: Message) -> list[str]:
    found = []
    for part in message.walk():
        if part.is_multipart():
            continue
        # XARF stands in attached JSON; a clerk's program reads it as well, so what it names counts as said.
        if part.get_content_maintype() == "text" or part.get_content_subtype() in {"json", "xarf+json"}:
            body = part.get_payload(decode=True)
            found.append(body.decode("utf-8", "replace") if isinstance(body, bytes) else "")
    return found


def named_in(text: str) -> str:
    """Give a letter's text with the dots and schemes that careful writers break put right."""
    return re.sub(r"hxxp", "http", text.replace("[.]", ".").replace("(.)", "."), flags=re.IGNORECASE).lower()


def write_back(place: tuple[str, int], letter: Received, body: str, number: str) -> None:
    """Send an answer to a letter to the product's own mail door, as a mail server would. Raises OSError."""
    reply = EmailMessage()
    reply["From"] = letter.to
    reply["To"] = letter.reply_to
    reply["Subject"] = f"Re: {letter.subject}"[:180]
    reply["In-Reply-To"] = letter.message_id
    reply["References"] = letter.message_id
    reply["Message-ID"] = f"<{number}@{letter.to.rpartition('@')[2]}>"
    reply.set_content(body, cte="base64")
    # A real connection to the product's own door: what the door refuses, the drill must see refused.
    with smtplib.SMTP(*place, timeout=SECONDS) as link:
        link.send_message(reply, from_addr=letter.to, to_addrs=[_address(letter.reply_to)])


def _address(written: str) -> str:
    found = re.search(r"<([^<>]+)>", written)
    return found.group(1) if found else written.strip()
