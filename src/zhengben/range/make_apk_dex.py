"""Write a small, sound DEX file that holds strings and nothing else: enough for whoever reads what an app would say.

Layout after the public Dalvik executable format (version 035).
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable

HEADER = 0x70


def write_dex(strings: Iterable[str]) -> bytes:
    r"""Give a DEX whose string table holds these strings, sorted as the format asks.

    >>> write_dex(["http://x.example/"])[:8]
    b'dex\n035\x00'
    """
    ordered = sorted(set(strings), key=lambda s: s.encode("utf-16-be", "surrogatepass"))
    data, offsets, base = bytearray(), [], HEADER + 4 * len(ordered)
    for text in ordered:
        offsets.append(base + len(data))
        data += _uleb(len(text.encode("utf-16-le", "surrogatepass")) // 2) + _mutf8(text) + b"\0"
    data += bytes(-(base + len(data)) % 4)
    map_at = base + len(data)
    items = [(0x0000, 1, 0)]
    if ordered:
        items += [(0x0001, len(ordered), HEADER), (0x2002, len(ordered), base)]
    items.append((0x1000, 1, map_at))
    table = struct.pack("<I", len(items)) + b"".join(struct.pack("<HHII", k, 0, n, at) for k, n, at in items)
    body = struct.pack(f"<{len(offsets)}I", *offsets) + bytes(data) + table
    size, data_size = HEADER + len(body), len(data) + len(table)
    tail = struct.pack("<III", size, HEADER, 0x12345678) + struct.pack("<III", 0, 0, map_at)
    tail += struct.pack("<II", len(ordered), HEADER if ordered else 0) + bytes(40) + struct.pack("<II", data_size, base)
    rest = tail + body
    signed = hashlib.sha1(rest, usedforsecurity=False).digest() + rest
    return b"dex\n035\0" + struct.pack("<I", zlib.adler32(signed)) + signed


def _uleb(number: int) -> bytes:
    out = bytearray()
    while True:
        out.append(number & 0x7F | (0x80 if number > 0x7F else 0))
        number >>= 7
        if not number:
            return bytes(out)


def _mutf8(text: str) -> bytes:
    raw = text.encode("utf-16-be", "surrogatepass")
    units = struct.unpack(f">{len(raw) // 2}H", raw)
    return b"".join(chr(u).encode("utf-8", "surrogatepass") if u else b"\xc0\x80" for u in units)
