"""Values that both databases keep alike: text without NUL and lone surrogates, JSON without what JSON cannot say."""

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

# Deeper than any record of ours; a hostile lead nested without end is cut here and not in the database's parser.
DEEPEST = 12


def text(value: str, longest: int = 0) -> str:
    r"""Give text that a database takes: NUL and lone surrogates become U+FFFD; cut at `longest` where given.

    >>> text("a\x00b")
    'a\ufffdb'
    """
    if "\x00" in value or not value.isprintable():
        value = value.replace("\x00", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value[:longest] if longest else value


def json_value(value: Any, depth: int = 0) -> Any:
    """Give a plain JSON value: dataclasses as objects, dates as ISO text, bytes only as their length.

    >>> json_value({"a": (1, 2.0), "b": b"xyz"})
    {'a': [1, 2.0], 'b': {'bytes': 3}}
    """
    if depth > DEEPEST:
        return None
    if isinstance(value, str):
        return text(str(value))
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return _compound(value, depth + 1)


def _compound(value: Any, depth: int) -> Any:
    if isinstance(value, Enum):
        return json_value(value.value, depth)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return {"bytes": len(value)}  # the bytes themselves belong into the vault, never into a row
    return _many(_as_mapping(value), depth)


def _as_mapping(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return value


def _many(value: Any, depth: int) -> Any:
    if isinstance(value, Mapping):
        return {text(str(key)): json_value(item, depth) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [json_value(item, depth) for item in value]
    return text(str(value))
