"""What an app would say and where it would go: addresses, contacts and Chinese texts.

Read from DEX strings, assets and native libraries by linear searches over bytes, all of them capped. Nothing found is
ever opened.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from zhengben.core.appfacts import Found
from zhengben.examine.apk.tables import signs
from zhengben.examine.apk.zipread import Archive, Entry
from zhengben.examine.indicators import find_contacts

DEX_CAP = 24 << 20
TEXT_CAP = 4 << 20
LIB_CAP = 8 << 20
TOTAL_CAP = 96 << 20
MAX_URLS = 400
MAX_CONTACTS = 200
MAX_TEXTS = 400
MAX_TEXT = 200
WINDOW = 240
_SCHEME = re.compile(rb"(?:https?|wss?)$", re.IGNORECASE)
_REST = re.compile(rb"[\x21\x23-\x26\x28-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]{4,400}")
# What is left of bytes without their ASCII, strings kept apart by a blank: `split` then drops the thousands of strings
# that held nothing else, in C. Doing that in Python was a third of the whole time over a big DEX.
_ASCII = bytes(i for i in range(1, 128) if i != 10)
_APART = bytes(32 if i in {0, 10} else i for i in range(256))
_TEXTUAL = (
    ".json", ".js", ".html", ".htm", ".xml", ".txt", ".properties", ".conf", ".ini", ".cfg", ".yml", ".yaml",
    ".bundle", ".css", ".md", ".dat", ".lua", ".strings", ".plist", ".vue", ".ts",
)  # fmt: skip
_WORDS = (b"QQ", b"qq:", b"tel:", b"t.me/", b"mqqwpa:")
_ANNOUNCING = ("wpa.qq.com", "t.me/", "telegram.", "weixin.qq.com/r/", "wx.qq.com")
_CHINESE = tuple(word.encode() for word in ("微信", "薇信", "威信", "客服", "电话", "热线", "扣扣", "企鹅"))
_NOISE = re.compile(
    r"(?:schemas\.android\.com|www\.w3\.org|xmlpull\.org|apache\.org/licenses|xml\.org/sax|schemas\.xmlsoap\.org"
    r"|ns\.adobe\.com|java\.sun\.com|developer\.android\.com|goo\.gle/|issuetracker\.google\.com)"
)


@dataclass(slots=True)
class Contents:
    """What was found inside, each with where it stood; `missing` says what was not read whole."""

    urls: dict[str, str] = field(default_factory=dict)
    contacts: dict[tuple[str, str], Found] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    sdks: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    read: int = 0


def read_contents(archive: Archive) -> Contents:
    """Read what is worth reading, DEX first, then assets and resources, then one native library of each name."""
    out = Contents()
    for entry, kind in _chosen(archive):
        if out.read > TOTAL_CAP:
            out.missing.add("app.too_big")
            break
        _READERS[kind](archive, entry, out)
    return out


def _chosen(archive: Archive) -> Iterator[tuple[Entry, str]]:
    libs: set[str] = set()
    later: list[tuple[Entry, str]] = []
    for entry in archive.entries:
        name = entry.name
        if name.endswith(".dex") and entry.size > 0:
            yield entry, "dex"
        elif name.startswith(("assets/", "res/raw/", "META-INF/services", "www/", "Payload/", "resources/")):
            if name.lower().endswith(_TEXTUAL) and entry.packed < TEXT_CAP:
                later.append((entry, "text"))
        elif name.startswith("lib/") and name.endswith(".so") and name.rpartition("/")[2] not in libs:
            libs.add(name.rpartition("/")[2])
            later.append((entry, "lib"))
    yield from later


def _dex(archive: Archive, entry: Entry, out: Contents) -> None:
    data = archive.read(entry, DEX_CAP)
    out.read += len(data)
    if data[:4] != b"dex\n":
        if entry.name.startswith("classes"):
            out.missing.add("app.dex_encrypted")
        return
    if len(data) >= DEX_CAP:
        out.missing.add("app.too_big")
    # Asked now, so that of many big DEX files never more than one is in memory.
    table, missing = Dex(data), [sign for sign in signs("sdks") if sign.id not in out.sdks]
    out.sdks |= {sign.id for sign in missing if any(table.has_prefix(b"L" + p.encode()) for p in sign.prefixes)}
    search_bytes(dex_strings(data), entry.name, out)


class Dex:
    """The string table of a DEX, which is sorted, so that a prefix is found by halving."""

    def __init__(self, data: bytes) -> None:
        """Keep the bytes and where the table is."""
        self._data = data
        count, at = struct.unpack_from("<II", data.ljust(0x40, b"\0"), 0x38)
        count = min(count, max(0, len(data) - at) // 4)
        # A view, not a tuple of numbers: a header that lies could ask for six million of them.
        self._places = memoryview(data)[at : at + 4 * count].cast("I") if count else memoryview(b"")

    def has_prefix(self, prefix: bytes) -> bool:
        """Tell whether any string begins so.

        A string's length stands in front of it (one to five bytes, the last below 0x80). What follows a shorter string
        is its NUL, which sorts below every prefix, so nothing needs to be cut off.
        """
        places, data, size, low, high = self._places, self._data, len(prefix), 0, len(self._places)
        end = len(data)
        while low < high:
            middle = (low + high) // 2
            at = places[middle]
            if at < end and data[at] >= 0x80:
                at = self._long(at)
            if data[at + 1 : at + 1 + size] < prefix:
                low = middle + 1
            else:
                high = middle
        return low < len(places) and data[(at := self._long(places[low])) + 1 : at + 1 + size] == prefix

    def _long(self, at: int) -> int:
        """Give where the last byte of a length stands; behind the file where there is none."""
        data = self._data
        for last in range(at, at + 5):
            if last >= len(data) or data[last] < 0x80:
                return last
        return len(data)


def dex_strings(data: bytes) -> bytes:
    """Give the part of a DEX that holds its strings; all of it where the header makes no sense."""
    if len(data) < 0x70:
        return data
    count, at = struct.unpack_from("<II", data, 0x38)
    if not count or at + 4 * count > len(data):
        return data
    first = int.from_bytes(data[at : at + 4], "little")
    last = int.from_bytes(data[at + 4 * (count - 1) : at + 4 * count], "little")
    if not 0x70 <= first <= last < len(data):
        return data
    end = data.find(b"\0", last)
    return data[first : end + 1 if end >= 0 else len(data)]


def _text(archive: Archive, entry: Entry, out: Contents) -> None:
    data = archive.read(entry, TEXT_CAP)
    out.read += len(data)
    if data[:4] == b"\x03\x00\x08\x00":  # binary XML: its pool may be UTF-16
        data = data.replace(b"\0", b"")
    search_bytes(data, entry.name, out)


def _lib(archive: Archive, entry: Entry, out: Contents) -> None:
    data = archive.read(entry, LIB_CAP)
    out.read += len(data)
    _urls(data, entry.name, out)
    for word in (*_WORDS, *_CHINESE):  # no texts: what looks Chinese in machine code is mostly chance
        _contacts(data, word, entry.name, out)


_READERS = {"dex": _dex, "text": _text, "lib": _lib}


def search_bytes(data: bytes, where: str, out: Contents) -> None:
    """Search any bytes for addresses, contacts and Chinese texts."""
    high = data.translate(_APART, _ASCII)
    _urls(data, where, out)
    for word in (*_WORDS, *(word for word in _CHINESE if word in high)):
        _contacts(data, word, where, out)
    if len(out.texts) < MAX_TEXTS:
        _texts(high, where, out)


def _urls(data: bytes, where: str, out: Contents) -> None:
    """Look around every `://`, which is quicker than to look for every scheme."""
    at = data.find(b"://")
    while at >= 0 and len(out.urls) < MAX_URLS:
        scheme, rest = _SCHEME.search(data[max(0, at - 5) : at]), _REST.match(data, at + 3)
        if scheme and rest:
            url = (scheme.group() + b"://" + rest.group()).decode("ascii").rstrip(".,;:)]'")
            if not _NOISE.search(url):
                out.urls.setdefault(url, where)
                if any(host in url for host in _ANNOUNCING):
                    _keep(url, where, out)
        at = data.find(b"://", rest.end() if rest else at + 3)


def _contacts(data: bytes, word: bytes, where: str, out: Contents) -> None:
    """Look at what stands around a word that announces a contact."""
    at, tries = data.find(word), 0
    while at >= 0 and tries < 40 and len(out.contacts) < MAX_CONTACTS:
        tries += 1
        _keep(_around(data, at), where, out)
        at = data.find(word, at + WINDOW)


def _keep(text: str, where: str, out: Contents) -> None:
    """Keep the contacts of a short text, and the text, so that a person sees what announced them."""
    for contact in find_contacts(text):
        if contact.kind not in {"url", "domain"}:
            found = Found(kind=contact.kind, value=contact.value, raw=contact.raw, where=where)
            out.texts.setdefault(text.strip()[:MAX_TEXT], where)
            out.contacts.setdefault((contact.kind, contact.value), found)


def _around(data: bytes, at: int) -> str:
    """Give the string a position stands in: between NULs or line ends, at most `WINDOW` bytes to each side."""
    start = max(data.rfind(b"\0", max(0, at - 60), at), data.rfind(b"\n", max(0, at - 60), at), max(0, at - 60) - 1) + 1
    ends = [end for end in (data.find(b"\0", at, at + WINDOW), data.find(b"\n", at, at + WINDOW)) if end >= 0]
    return data[start : min(ends, default=at + WINDOW)].decode("utf-8", "ignore")


def _texts(high: bytes, where: str, out: Contents) -> None:
    """Keep Chinese strings: what remains of each string when everything ASCII is taken out."""
    for raw in high.split():
        if 6 <= len(raw) <= 3 * MAX_TEXT:
            text = raw.decode("utf-8", "ignore")
            if len(text) * 4 >= len(raw) and any("\u4e00" <= c <= "\u9fff" for c in text[:8]):
                out.texts.setdefault(text[:MAX_TEXT], where)
                if len(out.texts) >= MAX_TEXTS:
                    return


def hosts_of(urls: Iterable[str]) -> tuple[str, ...]:
    """Give the hosts of addresses, each once, in order.

    >>> hosts_of(["https://a.example:8080/x", "http://u@a.example/y"])
    ('a.example',)
    """
    found = (re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0].rpartition("@")[2] for url in urls)
    return tuple(dict.fromkeys(re.sub(r":\d*$", "", host).lower() for host in found if host))
