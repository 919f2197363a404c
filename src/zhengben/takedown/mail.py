"""Sending a letter by SMTP, once: the same key gives the same message, byte for byte, under the same Message-ID."""

import contextlib
import hashlib
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from zhengben.takedown.letter import Letter
from zhengben.takedown.postmark import Postmark

MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}")
BYTES = 10 * 1024 * 1024
SECONDS = 30.0
# RFC 5321: 5xx is final. Trying again would only mark us as a sender who does not listen.
_NEVER = frozenset(range(500, 600))


class MailError(OSError):
    """A letter that was not taken. `retriable` tells whether to try again, `uncertain` that it may have arrived.

    Trying again is safe either way: the Message-ID stays the same.
    """

    def __init__(self, what: str, *, retriable: bool, uncertain: bool = False) -> None:
        """Keep one clear line and what may be done next."""
        super().__init__(what)
        self.retriable = retriable
        self.uncertain = uncertain


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """The server that takes our mail. `security`: `starttls` (must), `tls` (from the first byte), `auto` or `none`."""

    host: str
    port: int
    postmark: Postmark
    security: str = "auto"
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the server said when it took a letter: `answer` is its own line, cut to 200 characters."""

    message_id: str
    to: str
    server: str
    answer: str
    sha256: str
    at: datetime


def _nothing() -> None:
    """Nobody needs to know."""


def send(
    letter: Letter,
    to: str,
    smtp: Outgoing,
    key: str,
    now: datetime,
    handing_over: Callable[[], None] = _nothing,
) -> Receipt:
    """Hand a letter to the server; raise MailError where it is not taken.

    `key` is the notice's idempotency key, `now` the moment written into the message's date. `handing_over` is called
    right before the first byte that cannot be taken back; where it raises, nothing was sent.
    """
    message = compose(letter, to, smtp.postmark, key, now)
    answer = _hand_over(message, (smtp.postmark.return_path(key), to), smtp, handing_over)
    return Receipt(
        message_id=smtp.postmark.message_id(key),
        to=to,
        server=f"{smtp.host}:{smtp.port}",
        answer=answer[:200],
        sha256=hashlib.sha256(message).hexdigest(),
        at=now,
    )


def compose(letter: Letter, to: str, postmark: Postmark, key: str, now: datetime) -> bytes:
    """Give the bytes of the message; equal arguments give equal bytes. Raise MailError for an impossible address."""
    if not MAILBOX.fullmatch(to) or not MAILBOX.fullmatch(letter.mailbox):
        raise MailError(f"{to!r} or {letter.mailbox!r} is not one plain mailbox; correct it", retriable=False)
    message = EmailMessage(policy=SMTP)
    user, _, domain = letter.mailbox.rpartition("@")
    try:
        message["Subject"] = letter.subject
        message["From"] = Address(letter.sender, user, domain)
    except (ValueError, IndexError) as error:
        raise MailError(f"the subject or sender cannot stand in a header: {error}", retriable=False) from error
    message["To"] = to
    message["Reply-To"] = postmark.return_path(key)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = postmark.message_id(key)
    # RFC 3834: without it an out-of-office reply and our own answer could write to each other for ever.
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = {"zh": "zh-CN"}.get(letter.language, letter.language)
    _fill(message, letter, key)
    # Python folds a long Message-ID onto a line of its own, which some ticket systems read as an empty one
    body = message.as_bytes().replace(b"Message-ID:\r\n <", b"Message-ID: <", 1)
    if len(body) > BYTES:
        what = f"the letter has {len(body)} bytes, at most {BYTES} are sent; drop an attachment"
        raise MailError(what, retriable=False)
    return body


def _fill(message: EmailMessage, letter: Letter, key: str) -> None:
    # Base64, because 8-bit lines are broken by some relays and a Chinese letter would arrive as question marks.
    message.set_content(letter.body, cte="base64")
    for attachment in letter.attachments:
        kind, _, sort = attachment.media_type.partition("/")
        message.add_attachment(attachment.body, maintype=kind, subtype=sort, filename=attachment.name)
    if letter.attachments:  # a boundary of chance would make every try another message
        message.set_boundary(f"=_zb_{hashlib.sha256(key.encode()).hexdigest()[:32]}")


def _hand_over(message: bytes, path: tuple[str, str], smtp: Outgoing, handing_over: Callable[[], None]) -> str:
    sender, to = path
    place = f"mail server {smtp.host}:{smtp.port}"
    link: smtplib.SMTP | None = None
    handing = False
    try:
        link = _open(smtp)
        # Told first, a server refuses a letter that is too large before ten megabytes have crossed the line.
        size = [f"size={len(message)}"] if link.has_extn("size") else []
        _expect(link.mail(sender, size), f"{place} refuses our address")
        _expect(link.rcpt(to), f"{place} refuses {to}")
        handing_over()
        handing = True
        code, said = link.data(message)
        _expect((code, said), f"{place} refuses the letter to {to}")
        return f"{code} {_words(said)}"
    except MailError:
        raise
    except smtplib.SMTPResponseException as error:
        said = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        raise _refusal(error.smtp_code, said, place) from error
    except (OSError, smtplib.SMTPException, ValueError) as error:
        what = f"{place} cannot be reached ({_reason(error)}); the letter to {to} waits and is tried again"
        raise MailError(what, retriable=True, uncertain=handing) from error
    finally:
        if link is not None:
            _leave(link)


def _open(smtp: Outgoing) -> smtplib.SMTP:
    if smtp.security == "tls":
        link: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=smtp.seconds, context=_context())
    else:
        link = smtplib.SMTP(smtp.host, smtp.port, timeout=smtp.seconds)
    try:
        link.ehlo_or_helo_if_needed()
        # `starttls` must not fall back: whoever strips the offer from the line would read every letter.
        if smtp.security == "starttls" or (smtp.security == "auto" and link.has_extn("starttls")):
            link.starttls(context=_context())
            link.ehlo()
        if smtp.user:
            link.login(smtp.user, smtp.password)
    except BaseException:
        _leave(link)
        raise
    return link


def _context() -> ssl.SSLContext:
    # made only where a line is encrypted: it reads the machine's certificates, 20 ms that plain mail need not pay
    return ssl.create_default_context()


def _leave(link: smtplib.SMTP) -> None:
    with contextlib.suppress(OSError, smtplib.SMTPException):
        link.quit()
    link.close()


def _expect(answer: tuple[int, bytes], what: str) -> None:
    code, said = answer
    if not 200 <= code < 300:
        raise _refusal(code, said, what)


def _refusal(code: int, said: bytes, what: str) -> MailError:
    return MailError(f"{what}: {code} {_words(said)}", retriable=code not in _NEVER)


def _words(said: bytes) -> str:
    return " ".join(said.decode("utf-8", "replace").split())[:200]


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
