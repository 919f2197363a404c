"""What lies packed inside a member: gzip, zlib, bzip2 and xz streams. All capped, nothing written to disk."""

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import Any

MEMORY = 32 << 20
_ERRORS = (zlib.error, OSError, lzma.LZMAError, EOFError, ValueError, MemoryError)
_OPENERS: tuple[tuple[bytes, Callable[[], Any]], ...] = (
    (b"\x1f\x8b\x08", lambda: zlib.decompressobj(31)),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\0", lambda: lzma.LZMADecompressor(memlimit=MEMORY)),
    (b"\x78\x01", zlib.decompressobj), (b"\x78\x9c", zlib.decompressobj), (b"\x78\xda", zlib.decompressobj),
)  # fmt: skip


def unpacked(data: bytes, cap: int) -> bytes:
    """Give what a packed stream holds, at most `cap` bytes; what came before it broke, and nothing where it is none."""
    opener = next((make for magic, make in _OPENERS if data.startswith(magic)), None)
    if opener is None:
        return b""
    stream, out = opener(), bytearray()
    try:
        for at in range(0, len(data), 65536):
            out += stream.decompress(data[at : at + 65536], cap - len(out))
            if stream.eof or len(out) >= cap:
                break
    except _ERRORS:
        pass
    return bytes(out)
