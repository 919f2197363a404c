"""Files that keep their strings in tables: the strings as plain bytes, a NUL behind each.

Compiled XML and resource tables (AOSP ResourceTypes.h), Apple's binary property lists, the bytecode of Hermes
(BytecodeFileFormat.h), SQLite databases (sqlite.org/fileformat2) and protobuf. Read raw, two strings of these run into
each other, and half of what they hold is in an encoding that no search for words sees. Whatever is broken gives what
could be read before it broke.
"""

import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from zhengben.examine.apk.pool import Pool
from zhengben.examine.plist import plist_texts
from zhengben.examine.wire import WireError, fields
from zhengben.examine.work import Work

MAX_STRINGS = 200_000
MAX_BYTES = 12 << 20
MAX_FIELDS = 60_000
MAX_DEPTH = 24
HERMES = bytes.fromhex("c61fbc03c103191f")
SQLITE = b"SQLite format 3\0"
AXML = b"\x03\x00\x08\x00"
TABLE = b"\x02\x00\x0c\x00"
_LEAF = 0x0D


class Strings(NamedTuple):
    """The strings of a file, each closed by a NUL, with `lead` numbers in front of each; `form` is a code."""

    form: str
    strings: bytes
    lead: int = 0


def strings_of(data: bytes, work: Work | None = None) -> Strings | None:
    """Give the strings of a file that keeps them in a table; None for a file of none of these forms.

    `work` is what may be spent on it: tables may name one long text, or one row, as often as they like.
    """
    work = work or Work()
    if data.startswith((AXML, TABLE)):
        return _pool(data)
    found = next(((form, read) for magic, form, read in _FORMS if data.startswith(magic)), None)
    return Strings(found[0], joined(islice(found[1](data, work), MAX_STRINGS), work)) if found else None


def joined(texts: Iterator[bytes], work: Work | None = None) -> bytes:
    """Put strings behind each other, each closed by a NUL; what breaks off gives what came before.

    At most `MAX_BYTES` of them.
    """
    out: list[bytes] = []
    room, work = MAX_BYTES, work or Work()
    with suppress(struct.error, IndexError, ValueError):
        for text in texts:
            room -= len(text)
            if room < 0 or not work.spend(1):
                break
            out.append(text)
    return b"\0".join(out) + b"\0"


def proto_strings(data: bytes, work: Work | None = None) -> bytes:
    """Give the strings of a protobuf message of any kind, each closed by a NUL."""
    work = work or Work()
    return joined(proto_texts(data, work), work)


def _pool(data: bytes) -> Strings:
    """Give the first string pool as it lies there: to read each string by itself takes forty times as long."""
    xml = data.startswith(AXML)
    found = data.find(b"\x01\x00\x1c\x00", 0, 4096) if xml else 12
    pool = Pool(data, found if found >= 0 else 8, {}, "inside")
    return Strings("compiled_xml" if xml else "resources", pool.body(), 2 if pool.count and pool.utf8 else 1)


def hermes_texts(data: bytes, work: Work) -> Iterator[bytes]:
    """Give the strings of Hermes bytecode: a table of places and lengths into one long text without any ends."""
    del work  # each is given, and so counted
    functions, kinds, names, count, more, size = struct.unpack_from("<6I", data, 40)
    table = 128 + 16 * functions + 4 * kinds + 4 * names
    longer = table + 4 * count
    store = longer + 8 * more
    if store + size > len(data):
        return
    for at in range(table, table + 4 * min(count, MAX_STRINGS), 4):
        word = int.from_bytes(data[at : at + 4], "little")
        start, length = word >> 1 & 0x7FFFFF, word >> 24
        if length == 0xFF:
            start, length = struct.unpack_from("<II", data, longer + 8 * start)
        raw = data[store + start : store + start + length * (1 + (word & 1))]
        yield raw.decode("utf-16-le", "ignore").encode("utf-8", "ignore") if word & 1 else raw


def sqlite_texts(data: bytes, work: Work) -> Iterator[bytes]:
    """Give the texts in the rows of a database: of what lies in leaf pages, without what ran over into others."""
    size = int.from_bytes(data[16:18]) or 1
    size = 65536 if size == 1 else size
    codec = {2: "utf-16-le", 3: "utf-16-be"}.get(int.from_bytes(data[56:60]), "")
    if size < 512:
        return
    for page in range(0, len(data), size):
        head = page + (100 if not page else 0)
        if data[head : head + 1] == bytes([_LEAF]):
            yield from _rows(data[page : page + size], head - page, codec, work)


def _rows(page: bytes, head: int, codec: str, work: Work) -> Iterator[bytes]:
    count = int.from_bytes(page[head + 3 : head + 5])
    for i in range(min(count, len(page) // 4)):
        at = int.from_bytes(page[head + 8 + 2 * i : head + 10 + 2 * i])
        _, at = _number(page, at)  # the length of the row
        _, at = _number(page, at)  # its id
        length, inside = _number(page, at)
        # All cells of a page may point at one row, and a row may have as many columns as there are bytes.
        columns = min(body := at + length, len(page)) - inside
        if columns > 0 and not work.spend(columns):
            return
        yield from _columns(page, inside, body, codec)


def _columns(page: bytes, at: int, body: int, codec: str) -> Iterator[bytes]:
    end = min(body, len(page))
    while at < end:
        kind, at = _number(page, at)
        size = (kind - 12) // 2 if kind >= 12 else (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]
        if kind >= 13 and kind % 2:
            raw = page[body : body + size]
            yield raw.decode(codec, "ignore").encode("utf-8", "ignore") if codec else raw
        body += size


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Read one of SQLite's numbers: seven bits a byte, highest first, at most nine bytes."""
    value = 0
    for last in range(at, at + 8):
        value = value << 7 | data[last] & 0x7F
        if data[last] < 0x80:
            return value, last + 1
    return value << 8 | data[at + 8], at + 9


def proto_texts(data: bytes, work: Work) -> Iterator[bytes]:
    """Give the strings of a protobuf message of any kind: fields that are text, others read as messages."""
    stack, left = [(data, 0)], MAX_FIELDS
    while stack and left > 0 and work.spend(1):
        message, depth = stack.pop()
        found = []
        with suppress(WireError):
            for _, value in fields(message):
                left -= 1
                work.left -= 1
                if isinstance(value, bytes):
                    found.append(value)
        for value in found:
            if _is_text(value):
                yield value
            elif depth < MAX_DEPTH and len(value) > 1:
                stack.append((value, depth + 1))


def _is_text(value: bytes) -> bool:
    try:
        return len(value) > 2 and all(char >= " " or char in "\t\r\n" for char in value.decode("utf-8"))
    except UnicodeDecodeError:
        return False


_FORMS: tuple[tuple[bytes, str, Callable[[bytes, Work], Iterator[bytes]]], ...] = (
    (b"bplist0", "plist", plist_texts), (HERMES, "bytecode", hermes_texts), (SQLITE, "database", sqlite_texts),
)  # fmt: skip
