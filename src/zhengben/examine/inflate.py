"""Deflate, mostly raw streams to inflate, by the quicker engine where one is installed.

Half the time over a big package goes into inflating it. Intel's ISA-L does it in 0.4 of zlib's time and is used where
the package `isal` is there (its answers are the same); without it everything works as before, only slower.
"""

import importlib
import zlib
from collections.abc import Callable
from typing import Any

try:
    engine: Any = importlib.import_module("isal.isal_zlib")
except ImportError:
    engine = zlib

crc32: Callable[[bytes], int] = engine.crc32  # the same numbers; ISA-L needs a twelfth of the time
INFLATE_ERRORS = (zlib.error, engine.error)


def inflater() -> Any:
    """Give a fresh object with `decompress`, `eof`, `unconsumed_tail` and `unused_data`, as `zlib.decompressobj`."""
    return engine.decompressobj(-15)


def deflated(data: bytes) -> bytes:
    """Give data packed quickly as zlib does (level 1): pictures that are kept as PNG."""
    packed: bytes = engine.compress(data, 1)
    return packed
