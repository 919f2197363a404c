"""Property lists of Apple's, binary or XML, read without trust."""

import plistlib
import struct
from datetime import datetime
from typing import Any
from xml.parsers.expat import ExpatError

PLIST_ERRORS = (
    ValueError, TypeError, LookupError, OverflowError, RecursionError, AttributeError, ExpatError,
    plistlib.InvalidFileException, struct.error, MemoryError,
)  # fmt: skip


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
