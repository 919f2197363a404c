"""Canonical JSON (RFC 8785), written and read strictly: one text for one value, and nothing else is accepted.

Lenient readers let tampering through: `json.loads` takes a key twice, `bytes.fromhex` skips blanks, `int` takes
full-width digits. So everything read here is encoded again and compared.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum

import rfc8785

HEX = re.compile(r"[0-9a-f]+")
BEIJING = timezone(timedelta(hours=8))
SAFE_INT = 2**53 - 1
DEPTH = 32
BYTES = 2**26  # a record is small; a reader must not be made to build gigabytes of objects


class NotCanonicalError(ValueError):
    """Bytes that are not the one canonical JSON text of their value."""


def dump(value: object) -> bytes:
    """Give the canonical bytes of a value made of plain JSON types; raise ValueError where it holds others.

    >>> dump({"b": 1, "a": "微粒贷"}).decode()
    '{"a":"微粒贷","b":1}'
    """
    encoded = rfc8785.dumps(value)
    return bytes(encoded)


def load(body: bytes) -> object:
    """Read canonical bytes; raise NotCanonicalError for any other spelling of the same value, or for no JSON at all.

    >>> load(b'{"a": 1}')
    Traceback (most recent call last):
    zhengben.evidence.canon.NotCanonicalError: not canonical JSON (RFC 8785)
    """
    if len(body) > BYTES:
        raise NotCanonicalError(f"more than {BYTES} bytes of JSON")
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
        same = dump(value) == body
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError(f"not JSON: {type(error).__name__}") from error
    if not same:
        raise NotCanonicalError("not canonical JSON (RFC 8785)")
    return value


def is_hex(value: object, characters: int) -> bool:
    """Tell whether a value is lower-case hex of exactly that many characters.

    >>> is_hex("00ff", 4), is_hex("00 f", 4), is_hex("00FF", 4)
    (True, False, False)
    """
    return isinstance(value, str) and len(value) == characters and HEX.fullmatch(value) is not None


def plain(value: object, depth: int = DEPTH) -> object:
    """Turn facts into plain JSON: dates become text, tuples lists, and what JSON cannot hold becomes words.

    >>> plain({"at": date(2026, 11, 22), "n": 2**60, "x": float("inf")})
    {'at': '2026-11-22', 'n': '1152921504606846976', 'x': 'inf'}
    """
    if depth == 0:
        return "…"
    if isinstance(value, Mapping):
        return {_text(str(key)): plain(item, depth - 1) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name), depth - 1) for item in fields(value)}
    if isinstance(value, set | frozenset):
        value = sorted(value, key=str)  # a set has no order of its own, and the seal needs one text for one value
    return _sequence(value, depth)


def _sequence(value: object, depth: int) -> object:
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        return [plain(item, depth - 1) for item in value]
    return _scalar(value)


def utc(moment: datetime) -> str:
    """Write a moment in UTC to the millisecond; raise ValueError where it carries no zone.

    >>> utc(datetime(2026, 11, 22, 8, tzinfo=BEIJING))
    '2026-11-22T00:00:00.000Z'
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone, for example +08:00")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def beijing(moment: datetime) -> str:
    """Write a moment in Beijing time to the millisecond."""
    return moment.astimezone(BEIJING).isoformat(timespec="milliseconds")


def _scalar(value: object) -> object:
    if isinstance(value, Enum):
        return plain(value.value, 1)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) <= SAFE_INT else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return _moment_or_text(value)


def _moment_or_text(value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return utc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray):
        return bytes(value).hex()
    return _text(str(value))


def _text(value: str) -> str:
    # A lone surrogate has no UTF-8; hostile pages hold them.
    return value.encode("utf-8", "replace").decode("utf-8") if not value.isascii() else value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonicalError("a key is given twice")
    return found


def _no_constant(name: str) -> object:
    raise NotCanonicalError(f"{name} is not JSON")
