"""Reading what an addressee wrote back: which notice it belongs to, and what it seems to say.

An answer is input of a stranger. It is parsed under limits, no link in it is followed, and what it claims is only a
claim: "we removed it" starts a recheck and proves nothing. What is not clearly one thing is left to a person.
"""

import email.policy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from zhengben.takedown.phrases import phrases
from zhengben.takedown.postmark import Postmark
from zhengben.takedown.redact import one_line
from zhengben.takedown.visible import decode, visible

KINDS = (
    "acknowledged", "needs_information", "refused", "action_reported", "counter_notice", "bounce", "auto_reply",
    "unknown",
)  # fmt: skip
VERBS = {
    "acknowledged": "acknowledge", "needs_information": "ask", "refused": "refuse", "action_reported": "report_action",
    "counter_notice": "counter", "bounce": "bounce",
}  # fmt: skip

BYTES = 10 * 1024 * 1024
HEADER_BYTES = 64 * 1024
# Real answers nest two or three deep; the parser calls itself once a level, and Python ends at a thousand.
BOUNDARIES = 12
# A letter of forty files is nobody's answer; what lies behind is named as unread, not dropped in silence.
PARTS = 40
TEXT = 20_000
_VOID: dict[str, frozenset[str]] = {
    "supposed": frozenset({"refused", "needs_information", "action_reported"}),
    "denied": frozenset({"action_reported"}),
}
_CASE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,6}-\d{4}-\d{3,9}(?![0-9])", re.ASCII)
_STATUS = re.compile(r"^status:\s*([245])\.\d{1,3}\.\d{1,3}", re.IGNORECASE | re.MULTILINE)
# headers labelled GB 2312 hold characters it lacks (镕, 囍): the wider code reads both, byte for byte
_WIDER = re.compile(rb"=\?(?:gb2312|gbk|gb_2312-80|cp936)\?", re.IGNORECASE)
_SENTENCE = re.compile(r"[。！？!?；;\n]+|\.(?=\s|$)|，(?=请)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. `kind` is one of `KINDS`; `notice_key` is empty where it belongs to no notice of ours.

    `tied_by` tells how it was tied: `return_path`, `in_reply_to`, or `subject` (a case number alone, in `case`, which
    anybody could write). `hints` are the meanings found, `problems` what was wrong with the message or left unread.
    """

    kind: str
    notice_key: str = ""
    tied_by: str = ""
    case: str = ""
    text: str = ""
    subject: str = ""
    sender: str = ""
    message_id: str = ""
    hints: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def verb(self) -> str:
        """Give the move of `core.notice.NOTICE` this answer asks for, or an empty string."""
        return VERBS.get(self.kind, "")


def read_answer(raw: bytes, postmark: Postmark, recipients: Iterable[str] = (), keys: Iterable[str] = ()) -> Answer:
    """Read one message; never raises for what is in it.

    `recipients` are the addresses of the SMTP envelope, `keys` the keys of notices that await an answer (only needed
    for long keys, see `Postmark.key_of`).
    """
    problem = _unfit(raw)
    if problem:
        envelope = _tie_envelope(postmark, recipients, keys)
        return Answer(
            kind="unknown", notice_key=envelope, tied_by="return_path" if envelope else "", problems=(problem,)
        )
    try:
        message = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(_WIDER.sub(rb"=?gb18030?", raw))
        return _read(message, postmark, tuple(recipients), tuple(keys))
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as error:
        # the standard parser raises all of these for hostile headers; the bytes are kept for a person
        return Answer(kind="unknown", problems=(f"cannot be read: {type(error).__name__}",))


def _unfit(raw: bytes) -> str:
    """Say why a message is not parsed at all: the parser recurses once a nested part."""
    if len(raw) > BYTES:
        return f"larger than {BYTES} bytes"
    end = min((at for at in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if at >= 0), default=len(raw))
    if end > HEADER_BYTES:
        return f"more than {HEADER_BYTES} bytes of headers"
    lowered = raw.lower()
    nested = lowered.count(b"multipart/") + lowered.count(b"message/rfc822")
    return f"more than {BOUNDARIES} nested parts" if nested > BOUNDARIES else ""


def _read(message: EmailMessage, postmark: Postmark, recipients: tuple[str, ...], keys: tuple[str, ...]) -> Answer:
    parts, problems = _parts(message)
    subject = one_line(_header(message, "subject"), 300)
    text, cut = _text(parts)
    key, tied_by = _tie(message, parts, postmark, recipients, keys)
    kind, hints = _kind(message, parts, subject, _own_words(text))
    case = _CASE.search(subject)
    return Answer(
        kind=kind,
        notice_key=key,
        tied_by=tied_by or ("subject" if case else ""),
        case=case[0] if case else "",
        text=text,
        subject=subject,
        sender=one_line(parseaddr(_header(message, "from"))[1], 254),
        message_id=one_line(_header(message, "message-id"), 400),
        hints=hints,
        attachments=tuple(name for part in parts if (name := _file_name(part))),
        problems=(*problems, *(["text was cut"] if cut else [])),
    )


def _parts(message: EmailMessage) -> tuple[list[EmailMessage], list[str]]:
    found: list[EmailMessage] = []
    for part in message.walk():
        if len(found) == PARTS:
            return found, [f"more than {PARTS} parts: the rest was not read"]
        if isinstance(part, EmailMessage):
            found.append(part)
    return found, []


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = str(message.get(name, ""))[:8000]
        # the parser shows bytes that stand there raw as U+FFFD; old Chinese servers write GBK so, against the standard
        return _raw(message, name) if "\ufffd" in value else value
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, MessageError):
        return ""  # a header the standard parser chokes on counts as missing


def _raw(message: EmailMessage, name: str) -> str:
    """Read a header from its own bytes."""
    value = next((str(told) for known, told in message.raw_items() if known.lower() == name), "")
    return decode(value[:8000].encode("utf-8", "surrogateescape"))


def _file_name(part: EmailMessage) -> str:
    try:
        return one_line(part.get_filename() or "")
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return "unreadable name"


def _text(parts: list[EmailMessage]) -> tuple[str, bool]:
    """Give the first plain text, or the words of the first HTML; and whether it was cut."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() != kind or part.get_content_disposition() == "attachment":
                continue
            body = part.get_payload(decode=True)
            shown = decode(body if isinstance(body, bytes) else b"", str(part.get("content-type", "")))
            shown = visible(shown).text if kind == "text/html" else shown.replace("\r\n", "\n")
            if shown.strip():
                return shown[:TEXT], len(shown) > TEXT
    return "", False


def _own_words(text: str) -> str:
    """Leave out what is quoted: our own letter speaks of taking down, and must not be read as an answer."""
    kept: list[str] = []
    for line in text.split("\n"):
        # Only behind words of their own: some clients put the quotation first and answer below it.
        if kept and phrases("answer_phrases")["quoted"].search(line[:200]):
            break
        if not line.lstrip().startswith((">", "|", "&gt;")):
            kept.append(line)
    return "\n".join(kept)[:8000]


def _tie(
    message: EmailMessage,
    parts: list[EmailMessage],
    postmark: Postmark,
    recipients: tuple[str, ...],
    keys: tuple[str, ...],
) -> tuple[str, str]:
    envelope = _tie_envelope(postmark, [*recipients, *_addresses(message)], keys)
    if envelope:
        return envelope, "return_path"
    threads = [_header(message, name) for name in ("in-reply-to", "references")]
    threads += [_header(part, "message-id") for part in parts[1:]]
    threads += [str(part.get_payload())[:20_000] for part in parts if part.get_content_type() == "text/rfc822-headers"]
    found = postmark.keys_in(threads, keys)
    return (found[0], "in_reply_to") if found else ("", "")


def _tie_envelope(postmark: Postmark, recipients: Iterable[str], keys: Iterable[str]) -> str:
    awaited = tuple(keys)
    return next((key for one in recipients if (key := postmark.key_of(one, awaited))), "")


def _addresses(message: EmailMessage) -> Iterator[str]:
    for name in ("to", "delivered-to", "x-original-to"):
        yield from re.split(r"[\s,<>\"]+", _header(message, name))[:50]


def _kind(message: EmailMessage, parts: list[EmailMessage], subject: str, text: str) -> tuple[str, tuple[str, ...]]:
    if _bounced(message, parts, subject):
        return "bounce", ("bounce",)
    known = phrases("answer_phrases")
    automatic = _automatic(message, subject)
    if automatic and known["away"].search(f"{subject}\n{text}"):
        return "auto_reply", ("away",)
    hints = _meanings(text)
    if not hints and automatic:
        return "auto_reply", ()
    return _choose(hints), tuple(hints)


def _meanings(text: str) -> list[str]:
    """Give the meanings found, sentence by sentence; what a sentence makes conditional or denies does not count."""
    known = phrases("answer_phrases")
    found: dict[str, None] = {}
    for sentence in _SENTENCE.split(text):
        void = _VOID["supposed"] if known["supposed"].search(sentence) else frozenset()
        void |= _VOID["denied"] if known["denied"].search(sentence) else frozenset()
        for kind in ("counter_notice", "refused", "needs_information", "action_reported", "acknowledged"):
            if kind not in void and known[kind].search(sentence):
                found[kind] = None
    return list(found)


def _choose(hints: list[str]) -> str:
    """Choose one meaning; where an answer refuses and reports an action at once, a person must read it."""
    if "counter_notice" in hints:
        return "counter_notice"
    if {"refused", "action_reported"} <= set(hints):
        return "unknown"
    return next(
        (kind for kind in ("refused", "action_reported", "needs_information", "acknowledged") if kind in hints),
        "unknown",
    )


def _bounced(message: EmailMessage, parts: list[EmailMessage], subject: str) -> bool:
    report = message.get_content_type() == "multipart/report"
    if report and "delivery-status" in _header(message, "content-type").lower():
        status = [_STATUS.search(_delivery_text(part)) for part in parts if _is_status(part)]
        return not any(found and found[1] != "5" for found in status)  # 4.x.x: the server still tries
    daemon = re.match(r"(mailer-daemon|postmaster)@", parseaddr(_header(message, "from"))[1].lower())
    return daemon is not None and phrases("answer_phrases")["undelivered_subject"].search(subject) is not None


def _is_status(part: EmailMessage) -> bool:
    return part.get_content_type() == "message/delivery-status"


def _delivery_text(part: EmailMessage) -> str:
    payload = part.get_payload()
    blocks = payload if isinstance(payload, list) else [payload]
    return "\n".join(str(block) for block in blocks[:20])[:20_000]


def _automatic(message: EmailMessage, subject: str) -> bool:
    submitted = _header(message, "auto-submitted").strip().lower()
    marked = any(message.get(name) is not None for name in ("x-autoreply", "x-autorespond", "x-auto-response-suppress"))
    lazy = _header(message, "precedence").strip().lower() in {"auto_reply", "bulk", "junk"}
    named = phrases("answer_phrases")["automatic_subject"].search(subject) is not None
    return submitted not in {"", "no"} or marked or lazy or named
