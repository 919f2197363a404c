"""The server that receives answers: it takes only mail addressed to us, within limits, and keeps before it says yes.

A message is acknowledged only after `take` came back, so nothing acknowledged is lost; where `take` fails the sender
is told to try again.
"""

import asyncio
import importlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhengben.takedown.postmark import Postmark

# An answer goes to one or two addresses of ours; a list of hundreds is somebody trying names.
RECIPIENTS = 5
# more than `answers.BYTES`, which are read: a reply that carries our letter and ten scans is kept whole for a person
MOST_BYTES = 32 * 1024 * 1024
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Received:
    """One message as it came: bytes, envelope and the peer that gave it."""

    raw: bytes
    sender: str
    recipients: tuple[str, ...]
    peer: str
    at: datetime


class Inbox:
    """An SMTP server in a thread of its own. `mailboxes` are further addresses of ours, such as the role mailbox."""

    def __init__(
        self,
        place: tuple[str, int],
        postmark: Postmark,
        take: Callable[[Received], None],
        clock: Callable[[], datetime],
        mailboxes: Sequence[str] = (),
    ) -> None:
        """Prepare a server at `place` (host, port; port 0 takes any free one); nothing listens before `start`."""
        self._door = _Door(postmark, take, clock, frozenset(one.lower() for one in mailboxes))
        self._place = place
        self._server: Any = None

    @property
    def address(self) -> tuple[str, int]:
        """Give the host and port it listens on."""
        return self._place if self._server is None else self._server.address

    def start(self) -> None:
        """Listen; raise OSError in one line where the address is taken."""
        # aiosmtpd is loaded only where mail is received: the web process never needs it
        door = importlib.import_module("zhengben.takedown.smtp_door")
        try:
            self._server = door.SmtpDoor(self._door, self._place)
        except OSError as error:
            host, port = self._place
            what = f"mail cannot be received at {host}:{port}: {error.strerror}; choose another port"
            raise OSError(error.errno, what) from error

    def stop(self) -> None:
        """Stop listening and wait for the thread."""
        if self._server is not None:
            self._server.stop()
            self._server = None


class _Door:
    """What is let in. Called by aiosmtpd; the method names are its own."""

    def __init__(
        self,
        postmark: Postmark,
        take: Callable[[Received], None],
        clock: Callable[[], datetime],
        mailboxes: frozenset[str],
    ) -> None:
        self._postmark, self._take, self._clock, self._mailboxes = postmark, take, clock, mailboxes

    async def handle_RCPT(  # noqa: N802  the name is aiosmtpd's
        self, _server: object, _session: object, envelope: Any, address: str, _options: object
    ) -> str:
        """Take a recipient that is ours and refuse every other: this is no relay."""
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return "452 4.5.3 too many recipients"
        # 550 and not silence: a sender who mistyped learns it, and whoever guesses learns only what the form tells.
        if not self._postmark.owns(address) and address.lower() not in self._mailboxes:
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: object, session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        """Keep a message, and only then say that it was taken."""
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        sender = str(envelope.mail_from or "").strip("<>")[:254]
        got = Received(content, sender, tuple(envelope.rcpt_tos), str(session.peer[0]), self._clock())
        try:
            # In a thread: keeping a letter waits for disk and database, and the door must go on answering meanwhile.
            await asyncio.get_running_loop().run_in_executor(None, self._take, got)
        except Exception:  # noqa: BLE001  whatever went wrong, the sender must keep the message and try again
            _LOG.exception("a message from %s was not kept; its server was asked to try again", got.peer)
            return "451 4.3.0 cannot keep it now, try again later"
        return "250 OK kept"
