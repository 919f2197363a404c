"""Raw deflate streams, by the quicker engine where one is installed.

Half the time over a big package goes into inflating it. Intel's ISA-L does it in 0.4 of zlib's time and is used where
the package `isal` is there (its answers are the same); without it everything works as before, only slower.
"""

import importlib
import zlib
from typing import Any

try:
    engine: Any = importlib.import_module("isal.isal_zlib")
except ImportError:
    engine = zlib

INFLATE_ERRORS = (zlib.error, engine.error)


def inflater() -> Any:
    """Give a fresh object with `decompress`, `eof`, `unconsumed_tail` and `unused_data`, as `zlib.decompressobj`."""
    return engine.decompressobj(-15)
