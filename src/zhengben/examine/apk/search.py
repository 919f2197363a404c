"""Addresses, contacts and Chinese texts in bytes, found by linear searches that are all capped.

Bytes come as they lie in a member (`Place` says which and how strings end there). What is cut out around a find ends at
a word, so that half an address or half a number is never taken for a whole one. Nothing found is ever opened.
"""

import re
from dataclasses import dataclass, field

from zhengben.core.appfacts import Found
from zhengben.examine.indicators import find_contacts
from zhengben.examine.work import Work

MAX_URLS, MAX_URLS_HERE = 800, 400
MAX_CONTACTS = 200
MAX_TEXTS = 400
MAX_TEXT = 200
BEFORE, AFTER = 60, 240
TRIES, URL_TRIES = 60, 4000  # of one word, and of addresses, in one member
_SCHEME = re.compile(rb"(?:https?|wss?)$", re.IGNORECASE)
_REST = re.compile(rb"[\x21\x23-\x26\x28-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]{4,400}")
_HAN_HOST = re.compile(rb"(?:[A-Za-z0-9.\-]|[\xe3-\xe9][\x80-\xbf]{2}){2,120}(?::\d{1,5})?(?:[/?#][\x21-\x7e]{0,300})?")
# Where another address or the rest of a script begins, this one has ended.
_NEXT = re.compile(r"[,;)](?:https?|wss?)://|\)[,;.+]|[\[\]]")
# What is left of bytes without their ASCII, strings kept apart by a blank: `split` then drops the thousands of strings
# that held nothing else, in C. Doing that in Python was a third of the whole time over a big DEX.
_ASCII = bytes(i for i in range(1, 128) if i != 10)
_APART = bytes(32 if i in {0, 10} else i for i in range(256))
# Begun with their rarest sign, for a pattern that begins with one literal is found in half the time of `bytes.find`.
_WORDS = (re.compile(rb"QQ"), re.compile(rb":(?:(?<=qq:)|(?<=tel:))"), re.compile(rb"\.me/(?<=t\.me/)"))
_CALLING = (b"tg", b"mqqwpa", b"mqqapi", b"tencent")  # schemes that open a chat
_ANNOUNCING = ("wpa.qq.com", "t.me/", "telegram.", "weixin.qq.com/r/", "wx.qq.com")
_CHINESE = {word.encode(): re.compile(word.encode()) for word in (
    "微信", "薇信", "威信", "客服", "电话", "热线", "扣扣", "企鹅",
)}  # fmt: skip
_NOISE = re.compile(
    r"(?:schemas\.android\.com|www\.w3\.org|xmlpull\.org|apache\.org/licenses|xml\.org/sax|schemas\.xmlsoap\.org"
    r"|ns\.adobe\.com|java\.sun\.com|developer\.android\.com|goo\.gle/|issuetracker\.google\.com"
    r"|www\.apple\.com/DTDs)"
)
_LINKS = (
    ("qq", re.compile(r"(?:wpa\.qq\.com|mqqwpa:|mqqapi:|tencent:)[^\s\"'<>]{0,120}?[?&]uin=([1-9]\d{4,10})(?!\d)")),
    ("telegram", re.compile(r"tg:(?://)?resolve\?domain=([A-Za-z][A-Za-z0-9_]{4,31})", re.IGNORECASE)),
)  # fmt: skip
_HEAD = re.compile(r"^[A-Za-z0-9._/:%?=&@#~+\-]*")
_FOOT = re.compile(r"[A-Za-z0-9._/:%?=&@#~+\-]*$")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TAG = re.compile(r"<[^<>]{0,300}>")


@dataclass(frozen=True, slots=True)
class Place:
    """Where bytes come from.

    `where` is the member's path (`a!/b` for what lies in an archive), `form` the code of the form it was written in
    (empty for plain). `binary` says that strings may end at any control character or at a length
    told in front of them; `lead` is the number of variable-length numbers in front of each string. `plain` are the
    bytes before they were decoded: what stands in them as well was not written in any form.
    """

    where: str
    form: str = ""
    binary: bool = False
    lead: int = 0
    plain: bytes = b""

    def form_of(self, raw: str) -> str:
        """Give the form a find was written in."""
        return "" if self.plain and raw.encode() in self.plain else self.form


@dataclass(slots=True)
class Contents:
    """What was found inside, each with where it stood; `missing` says what was not read whole."""

    urls: dict[str, Found] = field(default_factory=dict)
    contacts: dict[tuple[str, str], Found] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    sdks: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    read: int = 0
    opened: int = 0
    work: Work = field(default_factory=Work)

    def spend(self, units: int) -> bool:
        """Take from the work that is left, and note where there is none."""
        enough = self.work.spend(units)
        if not enough:
            self.missing.add("app.too_big")
        return enough


def search_bytes(data: bytes, place: Place, out: Contents) -> None:
    """Search bytes for addresses, contacts and Chinese texts."""
    if not out.spend(len(data) >> 7):
        return
    high = data.translate(_APART, _ASCII)
    find_urls(data, place, out)
    for word in (*_WORDS, *(rule for word, rule in _CHINESE.items() if word in high)):
        find_around(data, word, place, out)
    if len(out.texts) < MAX_TEXTS:
        _texts(high, place.where, out)


def search_program(data: bytes, place: Place, out: Contents) -> None:
    """Search machine code: no texts, for what looks Chinese in it is mostly chance."""
    if not out.spend(len(data) >> 7):
        return
    find_urls(data, place, out)
    for word in (*_WORDS, *_CHINESE.values()):
        find_around(data, word, place, out)


def find_urls(data: bytes, place: Place, out: Contents) -> None:
    """Look around every `://`, which is quicker than to look for every scheme."""
    at, most, tries = data.find(b"://"), min(MAX_URLS, len(out.urls) + MAX_URLS_HERE), 0
    while at >= 0 and len(out.urls) < most and tries < URL_TRIES and out.spend(3):
        tries += 1
        scheme = _SCHEME.search(data[max(0, at - 5) : at])
        rest = _rest(data, at + 3, place, scheme.group()) if scheme else ""
        if scheme and rest:
            keep_url(f"{scheme.group().decode()}://{rest}", place, out)
        elif data[max(0, at - 7) : at].endswith(_CALLING):
            keep_text(around(data, at, place), place, out)
        at = data.find(b"://", at + 3)


def keep_url(url: str, place: Place, out: Contents) -> None:
    """Keep an address, and the account it may name."""
    if _NOISE.search(url) or url in out.urls:
        return
    out.urls[url] = Found(kind="url", value=url, raw=url, where=place.where, form=place.form_of(url))
    if any(host in url for host in _ANNOUNCING):
        keep_text(url, place, out)


def _rest(data: bytes, at: int, place: Place, scheme: bytes) -> str:
    """Give what follows `://`, up to where the address ends."""
    match = _REST.match(data, at)
    if match is None:
        return "" if place.binary else _in_chinese(data, at)
    raw = match.group()
    if place.binary and data[match.end() : match.end() + 1] != b"\0":
        start = at - 3 - len(scheme)
        raw = raw[: _told(data, start, len(raw) + at - start) - (at - start)]
    text = raw.decode("ascii")
    if (cut := _NEXT.search(text)) is not None:
        text = text[: cut.start()]
    if ")" in text and "(" not in text:
        text = text.partition(")")[0]
    return text.rstrip(".,;:)]'(*$")


def _in_chinese(data: bytes, at: int) -> str:
    """Give an address whose host is written in Chinese; a sentence that follows an address is none."""
    match = _HAN_HOST.match(data, at)
    text = match.group().decode("utf-8", "ignore") if match else ""
    return text if "." in text.partition("/")[0].strip(".") else ""


def _told(data: bytes, start: int, most: int) -> int:
    """Give the length in bytes of the string at `start`, where a number in front of it tells one; else `most`.

    Protobuf, MessagePack, CBOR, NIB archives and Dart's snapshots close no string: what follows runs into it.
    """
    one, two, four = (data[max(0, start - n) : start] for n in (1, 2, 4))
    said = [
        int.from_bytes(one), (two[0] & 0x7F) | two[1] << 7 if len(two) == 2 and two[0] & 0x80 else 0,
        int.from_bytes(two), int.from_bytes(four, "little"), int.from_bytes(four),
        int.from_bytes(four, "little") >> 1, int.from_bytes(data[max(0, start - 8) : start], "little") >> 1,
    ]  # fmt: skip
    return max((n for n in said if 10 <= n <= most), default=most)


def find_around(data: bytes, word: re.Pattern[bytes], place: Place, out: Contents) -> None:
    """Look at what stands around a word that announces a contact."""
    match, tries = word.search(data), 0
    while match is not None and tries < TRIES and len(out.contacts) < MAX_CONTACTS:
        tries += 1
        keep_text(around(data, match.start(), place), place, out)
        match = word.search(data, match.start() + AFTER)


def keep_text(text: str, place: Place, out: Contents) -> None:
    """Keep the contacts of a short text, and the text, so that a person sees what announced them."""
    if not out.spend(20 + len(text)):
        return
    found = [(c.kind, c.value, c.raw) for c in find_contacts(text) if c.kind not in {"url", "domain"}]
    found += [(kind, match[1].lower(), match[1]) for kind, rule in _LINKS for match in rule.finditer(text)]
    for kind, value, raw in found:
        one = Found(kind=kind, value=value, raw=raw, where=place.where, form=place.form_of(raw))
        out.contacts.setdefault((kind, value), one)
        out.texts.setdefault(clipped(text.strip()), place.where)


def clipped(text: str) -> str:
    """Give at most `MAX_TEXT` characters of a text, no word of ASCII cut in two."""
    return text if len(text) <= MAX_TEXT else _FOOT.sub("", text[:MAX_TEXT])


def around(data: bytes, at: int, place: Place) -> str:
    """Give the string a position stands in, at most `BEFORE` and `AFTER` bytes of it, whole words only."""
    low, high = max(0, at - BEFORE), min(len(data), at + AFTER)
    start, end = _start(data, low, at, place), _end(data, at, high, place)
    text = data[max(start, low) : end].decode("utf-8", "ignore")
    if start < low and low > 0:
        text = _HEAD.sub("", text)
    if end == high < len(data):
        text = _FOOT.sub("", text)
    return _TAG.sub(" ", text) if "<" in text else text


def _start(data: bytes, low: int, at: int, place: Place) -> int:
    """Give where the string begins, or a place before `low` where it begins further up."""
    nul, line = data.rfind(b"\0", low, at), data.rfind(b"\n", low, at)
    start = max(nul, line)
    if place.binary:
        start = max([start, *(low + m.start() for m in _CONTROL.finditer(data[low:at]))])
    if start < 0:
        return -1 if low else _skip(data, 0, place.lead)
    return _skip(data, start + 1, place.lead if start == nul else 0)


def _end(data: bytes, at: int, high: int, place: Place) -> int:
    ends = [end for end in (data.find(b"\0", at, high), data.find(b"\n", at, high)) if end >= 0]
    if place.binary and (match := _CONTROL.search(data[at:high])) is not None:
        ends.append(at + match.start())
    return min(ends, default=high)


def _skip(data: bytes, at: int, numbers: int) -> int:
    """Step over the lengths that stand in front of a string: a length of 48 looks like the figure 0."""
    for _ in range(numbers):
        at += 1
        while at < len(data) and data[at - 1] & 0x80 and numbers == 1:
            at += 1
        if numbers > 1 and data[at - 1 : at] >= b"\x80":
            at += 1
    return at


def _texts(high: bytes, where: str, out: Contents) -> None:
    """Keep Chinese strings: what remains of each string when everything ASCII is taken out."""
    for raw in high.split():
        if 6 <= len(raw) <= 3 * MAX_TEXT:
            text = raw.decode("utf-8", "ignore")
            if len(text) * 4 >= len(raw) and any("\u4e00" <= c <= "\u9fff" for c in text[:8]):
                out.texts.setdefault(text[:MAX_TEXT], where)
                if len(out.texts) >= MAX_TEXTS:
                    return
