"""What an app would say and where it would go: addresses, contacts and Chinese texts.

Read from DEX strings, assets and native libraries by linear searches over bytes, all of them capped. Nothing found is
ever opened.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from zhengben.core.appfacts import Found
from zhengben.examine.apk.pool import Pool
from zhengben.examine.apk.readings import hidden, narrow, packed_addresses, readable, unpacked, wide_addresses
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
INNER_CAP, MAX_INNER = 8 << 20, 4
# Where an app keeps what it reads itself; in a bundle a module's name stands in front.
_PLACES = re.compile(
    r"(?:[\w.-]{1,40}/)?(?:assets|res/raw|res/xml|root)/|META-INF/services|www/|Payload/|resources/|rawfile/"
)
_MEDIA = (
    ".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".ttf", ".otf", ".woff", ".woff2", ".mp3", ".mp4", ".ogg", ".wav",
    ".m4a", ".aac", ".webm", ".pvr", ".ktx", ".fbx", ".bmp", ".ico", ".tflite", ".onnx", ".map",
)  # fmt: skip
_INNER = (".zip", ".wgt", ".jar", ".apk", ".hap", ".aar")
_SCHEME = re.compile(rb"(?:https?|wss?)$", re.IGNORECASE)
_REST = re.compile(rb"[\x21\x23-\x26\x28-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]{4,400}")
_WORD_LEFT, _WORD_RIGHT = re.compile(rb"[\x21\x23-\x26\x28-\x7e]*"), re.compile(rb"[\x21\x23-\x26\x28-\x7e]*\Z")
# What is left of bytes without their ASCII, strings kept apart by a blank: `split` then drops the thousands of strings
# that held nothing else, in C. Doing that in Python was a third of the whole time over a big DEX.
_ASCII = bytes(i for i in range(1, 128) if i != 10)
_APART = bytes(32 if i in {0, 10} else i for i in range(256))
_TEXTUAL = (
    ".json", ".js", ".html", ".htm", ".xml", ".txt", ".properties", ".conf", ".ini", ".cfg", ".yml", ".yaml",
    ".bundle", ".jsbundle", ".css", ".md", ".dat", ".lua", ".strings", ".plist", ".vue", ".ts",
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
    inner: int = 0


def read_contents(archive: Archive, others: Iterable[Archive] = ()) -> Contents:
    """Read what is worth reading, DEX first, then assets and resources, then one native library of each name.

    `others` are the splits that come with a package.
    """
    out = Contents()
    for part in (archive, *others):
        for entry, kind in _chosen(part):
            if out.read > TOTAL_CAP:
                out.missing.add("app.too_big")
                return out
            _READERS[kind](part, entry, out)
    return out


def _chosen(archive: Archive) -> Iterator[tuple[Entry, str]]:
    libs: set[str] = set()
    later: list[tuple[Entry, str]] = []
    for entry in archive.entries:
        name = entry.name
        if name.endswith(".dex") and entry.size > 0:
            yield entry, "dex"
        elif _PLACES.match(name):
            kind = _kind(name.lower())
            if kind and entry.packed < TEXT_CAP:
                later.append((entry, kind))
        elif name == "resources.arsc":
            later.append((entry, "table"))
        elif (
            name.endswith(".so")
            and (name.startswith("lib/") or "/lib/" in name[:50])
            and name.rpartition("/")[2] not in libs
        ):
            libs.add(name.rpartition("/")[2])
            later.append((entry, "lib"))
    yield from later


def _kind(name: str) -> str:
    if name.endswith(_TEXTUAL):
        return "text"
    return "" if name.endswith(_MEDIA) else "inner" if name.endswith(_INNER) else "other"


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
    strings = dex_strings(data)
    search_bytes(strings, entry.name, out)
    _urls(packed_addresses(strings), entry.name, out)


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


def search_code(data: bytes, where: str, out: Contents) -> None:
    """Search a program: its plain strings, and addresses in wide ones."""
    search_bytes(data, where, out)
    _urls(wide_addresses(data), where, out)


def _text(archive: Archive, entry: Entry, out: Contents) -> None:
    data = archive.read(entry, TEXT_CAP)
    out.read += len(data)
    search_text(data, entry.name, out)


def search_text(data: bytes, where: str, out: Contents) -> None:
    """Search a file that holds text in any of its usual forms; see `readings`."""
    plain = readable(unpacked(data, TEXT_CAP))
    search_bytes(plain, where, out)
    more = hidden(plain)
    if more:
        search_bytes(more, where, out)


def _other(archive: Archive, entry: Entry, out: Contents) -> None:
    """Search a file whose name says nothing: an archive, code or text by its contents, else for plain addresses."""
    data = archive.read(entry, TEXT_CAP)
    if data[:4] == b"PK\3\4":
        _inner(archive, entry, out)
        return
    out.read += len(data)
    if data[:4] == b"dex\n":
        search_bytes(dex_strings(data), entry.name, out)
    elif data[:2] == b"\x1f\x8b" or _looks_like_text(data[:512]):
        search_text(data, entry.name, out)
    else:
        _machine(data, entry.name, out)


def _looks_like_text(head: bytes) -> bool:
    """Tell text from other bytes by how few control characters it has; wide text has zeros, and is text too."""
    odd = sum(byte < 9 or 13 < byte < 32 for byte in head if byte)
    return odd * 50 <= len(head) and (not head.count(0) or len(narrow(head)) != len(head))


def _inner(archive: Archive, entry: Entry, out: Contents) -> None:
    """Search the texts in an archive that lies in the package: pages brought along to be unpacked later."""
    if out.inner >= MAX_INNER:
        out.missing.add("app.more_inside")
        return
    out.inner += 1
    found = Archive(archive.read(entry, INNER_CAP))
    for one in found.entries[:500]:
        if one.name.lower().endswith(_TEXTUAL) and out.read < TOTAL_CAP:
            data = found.read(one, TEXT_CAP)
            out.read += len(data)
            search_text(data, f"{entry.name}!{one.name}", out)


def _table(archive: Archive, entry: Entry, out: Contents) -> None:
    """Search the strings of the resource table for addresses and contacts; no texts, it has every word of a screen."""
    data = archive.read(entry, LIB_CAP)
    out.read += len(data)
    strings = Pool(data, 12, {}, "arsc").body()
    _urls(strings, entry.name, out)
    for word in (*_WORDS, *_CHINESE):
        _contacts(strings, word, entry.name, out)


def _lib(archive: Archive, entry: Entry, out: Contents) -> None:
    data = archive.read(entry, LIB_CAP)
    out.read += len(data)
    _machine(data, entry.name, out)


def _machine(data: bytes, where: str, out: Contents) -> None:
    """Search machine code and the like; no texts: what looks Chinese there is mostly chance."""
    _urls(data, where, out)
    _urls(wide_addresses(data), where, out)
    for word in (*_WORDS, *_CHINESE):
        _contacts(data, word, where, out)


_READERS = {"dex": _dex, "text": _text, "lib": _lib, "inner": _inner, "table": _table, "other": _other}


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
    """Give the string a position stands in: between NULs or line ends, at most `WINDOW` bytes to each side.

    A word that the window cuts through at either end is left out: half an address is a false one.
    """
    low = max(0, at - 60)
    start = max(data.rfind(b"\0", low, at), data.rfind(b"\n", low, at)) + 1
    if not start and low:
        start = low + len(_WORD_LEFT.match(data, low, at).group())  # type: ignore[union-attr]  # it may match nothing
    ends = [end for end in (data.find(b"\0", at, at + WINDOW), data.find(b"\n", at, at + WINDOW)) if end >= 0]
    piece = data[start : min(ends, default=at + WINDOW)]
    if not ends and at + WINDOW < len(data):
        piece = piece[: -len(_WORD_RIGHT.search(piece[-80:]).group()) or None]  # type: ignore[union-attr]  # as above
    return piece.decode("utf-8", "ignore")


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
