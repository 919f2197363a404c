"""Property lists of Apple's, binary or XML, read without trust."""

import plistlib
import struct
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.parsers.expat import ExpatError

from zhengben.examine.work import Work

PLIST_ERRORS = (
    ValueError, TypeError, LookupError, OverflowError, RecursionError, AttributeError, ExpatError,
    plistlib.InvalidFileException, struct.error, MemoryError,
)  # fmt: skip


MAX_VALUES, MAX_DATA = 50_000, 4096


def read_plist(data: bytes) -> dict[str, Any]:
    """Read a property list of either form; an empty table where it is none. Entities are refused by the parser."""
    try:
        loaded = plistlib.loads(data)
    except PLIST_ERRORS:
        return {}
    return loaded if isinstance(loaded, dict) else {}


def word(value: object) -> str:
    """Give a plain value as text; lists and tables give nothing, for their text may grow without end.

    >>> word("1.0"), word(7), word(["a"]), word(16**5000)
    ('1.0', '7', '', '')
    """
    if not isinstance(value, str | int | float | datetime):
        return ""
    try:
        return str(value)
    except ValueError:  # a number written in hex may be longer than Python is willing to spell in decimal digits
        return ""


def plist_texts(data: bytes, work: Work) -> Iterator[bytes]:
    """Give every text of a property list in its order, in UTF-8, with its key before it; nothing where it is none.

    >>> list(plist_texts(plistlib.dumps({"b": ["c", 1], "d": "e"}, fmt=plistlib.FMT_BINARY), Work()))
    [b'c', b'd: e']
    """
    try:
        yield from values_of(plistlib.loads(data), work)
    except PLIST_ERRORS:
        return


def values_of(value: object, work: Work | None = None) -> Iterator[bytes]:
    """Give every text in a value read from a property list, as `plist_texts` does."""
    stack: list[object] = [value]
    # A binary list may hold one list in many places: so many values and no more.
    room, work = MAX_VALUES, work or Work()
    while stack and work.spend(1):
        value = stack.pop()
        if isinstance(value, str):
            yield value.encode("utf-8", "ignore")
        elif isinstance(value, bytes) and len(value) < MAX_DATA:
            yield value
        inside = _inside(value)[:room]
        room -= len(inside)
        stack += reversed(inside)


def _inside(value: object) -> list[object]:
    """Give what a list or table holds, a text with its key before it, for a key says what a number is."""
    if isinstance(value, dict):
        pairs = list(value.items())
        return [f"{key}: {one}" if isinstance(one, str) else one for key, one in pairs]
    return value if isinstance(value, list) else []
