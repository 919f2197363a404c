"""Look inside a file, decided by its bytes and only then by its name: app, picture, page, message or plain text."""

import email
import email.policy
import re
from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import PurePath
from typing import Literal

from zhengben.core.appfacts import Mark
from zhengben.core.pagefacts import PageFacts, Reference
from zhengben.core.sighting import Contact, Sighting
from zhengben.examine.page_contacts import page_contacts
from zhengben.examine.text import MAX_TEXT, decode, examine_text
from zhengben.flow.app_sighting import examined_app
from zhengben.flow.limited import ExaminationKilled, run_limited

Content = Literal["app", "image", "html", "mail", "text", "binary"]
APP_NAMES = frozenset({".apk", ".xapk", ".apks", ".apkm", ".aab", ".ipa", ".hap", ".app", ".mobileconfig"})
MAX_PARTS = 40
READ_PAGE = "zhengben.examine.page:examine_page"
READ_HTML = "zhengben.examine.page_pictures:examine_html"
READ_PICTURE = "zhengben.examine.page_pictures:examine_picture"
MAX_NESTED = 4  # messages in one another
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM")
_HTML = re.compile(
    rb"(?i)\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|title|script|div|link|base|style|form|table|section|h1|p)\b",
    re.DOTALL,
)
_MAIL = re.compile(
    rb"(?im)\A(?:[A-Za-z][\w\-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?(?:from|received|return-path|subject|message-id):"
)
_SIGNED_DATA = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"  # the OID of CMS signed data, in which profiles are sealed
_TAG = re.compile(r"(?s)<(?:script|style)\b.*?</(?:script|style)>|<[^>]{0,2000}>")


def sniff(body: bytes) -> Content:
    r"""Tell what bytes are.

    >>> sniff(b"PK\x03\x04..."), sniff(b"<!DOCTYPE html><p>"), sniff("明天开会".encode()), sniff(b"\x00\x01")
    ('app', 'html', 'text', 'binary')
    """
    head = body[:4096]
    if _is_app(head):
        return "app"
    if head.startswith(_PICTURES) or (head[:4], head[8:12]) == (b"RIFF", b"WEBP"):
        return "image"
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if _MAIL.match(head):
        return "mail"
    return _text_or_binary(head)


def _text_or_binary(head: bytes) -> Content:
    """Tell text by the absence of NUL, which UTF-16 alone may hold; its mark says so."""
    return "binary" if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else "text"


def _is_app(head: bytes) -> bool:
    signed_profile = head.startswith(b"0\x82") and _SIGNED_DATA in head[:64]
    return (
        signed_profile
        or head.startswith((b"PK\x03\x04", b"PK\x05\x06"))
        or b"PayloadType" in head
        or b"PayloadContent" in head[:2048]
    )


def app_meant(name: str, body: bytes, kind: str = "") -> bool:
    """Tell whether a file is an app by its bytes, or is called one and is not something else."""
    content = sniff(body)
    return kind == "app_file" or content == "app" or (PurePath(name).suffix.lower() in APP_NAMES and content != "html")


def examine_file(
    name: str, body: bytes, *, kind: str = "", target: str = "", marks: Sequence[Mark] = (), depth: int = 0
) -> list[Sighting]:
    """Give the sightings of a file: one, or for a message one for its words and one a part that is a file itself.

    Icons of apps are held against `marks`. `depth` counts the messages this file came in; past `MAX_NESTED` it is
    said not to have been seen.
    """
    target = target or name
    if app_meant(name, body, kind):
        return [examined_app(body, name, len(body), marks, target=target)]
    content = kind if kind in {"text", "image"} else sniff(body)
    if content == "image":
        return [_image(body, target, marks)]
    if content == "html":
        return [_page(body, target, marks)]
    if content == "mail":
        return _mail(body, target, marks, depth)
    return [_words_of(content, body, kind or "text", target)]


def _words_of(content: str, body: bytes, kind: str, target: str) -> Sighting:
    if content == "binary":
        return Sighting(kind=kind, target=target, missing=("file.unknown_format",))
    return examine_text(decode(body), kind=kind, target=target)


def run_with_pictures(path: str, *args: object) -> PageFacts:
    """Call a function that looks at pictures in a worker with room for their engines; raise ExaminationKilled."""
    page: PageFacts = run_limited(path, *args, cpu_s=20.0, wall_s=40.0, memory_mb=3072)
    return page


def references_of(marks: Sequence[Mark]) -> tuple[Reference, ...]:
    """Give the pictures of marks as the examination of pages takes them."""
    return tuple(Reference(brand=m.brand, file=m.file, body=m.body, right=m.right) for m in marks)


def _image(body: bytes, target: str, marks: Sequence[Mark]) -> Sighting:
    blind = Sighting(kind="image", target=target, missing=("image.reader",))
    try:
        page = run_with_pictures(READ_PICTURE, body, references_of(marks))
    except ExaminationKilled:
        return blind
    text = "\n".join((*page.image_words, *page.qr))[:MAX_TEXT]
    return replace(blind, page=page, text=text, contacts=page_contacts(page, text), missing=page.missing)


def examine_source(
    source: str, url: str, final_url: str, profile: str, status: int | None, marks: Sequence[Mark] = ()
) -> PageFacts:
    """Read a page's source in a limited worker, with the pictures written into it; raise ExaminationKilled.

    Pictures cost the heavy engines, so a page without any never meets them; where they cannot be looked at, the page
    is read without them and says so.
    """
    where = (source, url, final_url, profile, status)
    stopped: tuple[str, ...] = ()
    if "data:image/" in source:
        try:
            whole = run_with_pictures(READ_HTML, *where, references_of(marks))
        except ExaminationKilled:
            stopped = ("page.picture",)
        else:
            return whole
    page: PageFacts = run_limited(READ_PAGE, *where)
    return replace(page, missing=(*page.missing, *stopped))


def _page(body: bytes, target: str, marks: Sequence[Mark]) -> Sighting:
    blind = Sighting(kind="url", target=target)
    try:
        page = examine_source(decode(body), "", "", "file", None, marks)
    except ExaminationKilled as killed:
        return replace(blind, missing=(f"page.stopped_{killed.why}",))
    told = (page.title, page.description, page.text, *page.image_words, *page.qr)
    text = "\n".join(dict.fromkeys(words for words in told if words))
    return replace(
        blind, page=page, title=page.title, text=text, contacts=page_contacts(page, text), missing=tuple(page.missing),
    )  # fmt: skip


def _mail(body: bytes, target: str, marks: Sequence[Mark], depth: int) -> list[Sighting]:
    """Read a message; what is nested too deep, parts in parts or messages in messages, is said not to be seen."""
    try:
        if depth < MAX_NESTED:
            return _message(body, target, marks, depth)
    except RecursionError:  # the standard parser goes a call deeper for each part in a part
        pass
    return [Sighting(kind="text", target=target, missing=("file.too_deep",))]


def _message(body: bytes, target: str, marks: Sequence[Mark], depth: int) -> list[Sighting]:
    """Give subject and words as one text, then every attached file by itself."""
    message = email.message_from_bytes(body, policy=email.policy.default)
    walked = list(message.walk())
    parts = [one for one in walked[:MAX_PARTS] if isinstance(one, EmailMessage) and not one.is_multipart()]
    words = [_words(part) for part in parts if _is_words(part)]
    files: list[Sighting] = []
    for part in (part for part in parts if not _is_words(part)):
        if payload := _payload(part):
            name = part.get_filename() or "attachment"
            files += examine_file(name, payload, target=target, marks=marks, depth=depth + 1)
    too_many = ("file.too_many_parts",) if len(walked) > MAX_PARTS else ()
    return [_spoken(message, words, target, too_many), *files]


def _is_words(part: EmailMessage) -> bool:
    return part.get_content_maintype() == "text" and not part.is_attachment()


def _spoken(message: object, words: Sequence[Sighting], target: str, missing: tuple[str, ...]) -> Sighting:
    """Give what a message says as one text, with where its links lead and what of it could not be read."""
    subject, sender = _header(message, "subject"), _header(message, "from")
    # Who a message says it is from is the first thing its reader sees.
    shown = "\n".join(part for part in (parseaddr(sender)[0], subject, *(read.text for read in words)) if part)
    first = examine_text(shown, target=target, title=subject)
    unread = (*first.missing, *(code for read in words for code in read.missing), *missing)
    return replace(
        first, speaker=sender or first.speaker,
        contacts=_with(first.contacts, [contact for read in words for contact in read.contacts]),
        missing=tuple(dict.fromkeys(unread)),
    )  # fmt: skip


def _with(shown: tuple[Contact, ...], pressed: Sequence[Contact]) -> tuple[Contact, ...]:
    """Add what links lead to and the words do not say."""
    known = {(contact.kind, contact.value) for contact in shown}
    more = {(contact.kind, contact.value): contact for contact in pressed}
    return (*shown, *(contact for key, contact in more.items() if key not in known))


def _words(part: EmailMessage) -> Sighting:
    """Read a part's words; of HTML those a person would see, and where its links lead whatever they show."""
    text = decode(_payload(part)) if part.get_content_charset() is None else _decoded(part)
    if part.get_content_subtype() != "html":
        return Sighting(kind="text", target="", text=text)
    try:
        page = run_limited("zhengben.examine.page:examine_page", text, "", "", "file", None)
    except ExaminationKilled as killed:
        return Sighting(kind="text", target="", text=_TAG.sub("\n", text), missing=(f"page.stopped_{killed.why}",))
    seen = "\n".join(dict.fromkeys(w for w in (page.title, page.text, *page.image_words) if w))
    wired = page_contacts(page, "", all_links=True)
    return Sighting(kind="text", target="", text=seen, contacts=wired, missing=page.missing)


def _decoded(part: EmailMessage) -> str:
    """Decode by the charset the part names; Chinese mail says gb2312 where it means the whole of GB 18030."""
    charset = (part.get_content_charset() or "utf-8").lower()
    try:
        return _payload(part).decode("gb18030" if charset in {"gb2312", "gbk"} else charset, "replace")
    except LookupError:
        return decode(_payload(part))


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: object, name: str) -> str:
    try:
        return str(message[name] or "")[:500]  # type: ignore[index]  # every message answers by header name
    except (ValueError, IndexError, AttributeError):  # the standard parser raises these on broken headers
        return ""
