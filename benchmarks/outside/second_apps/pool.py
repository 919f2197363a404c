"""String pools and chunks after AOSP's ResourceTypes.h, with knobs for what can be said falsely in them."""

import struct
from dataclasses import dataclass


def chunk(kind: int, head: bytes, body: bytes = b"", *, size: int | None = None, head_size: int | None = None) -> bytes:
    """A ResChunk: type, header size, size, the rest of the header, the body."""
    whole = 8 + len(head) + len(body) if size is None else size
    return struct.pack("<HHI", kind, 8 + len(head) if head_size is None else head_size, whole) + head + body


@dataclass(frozen=True)
class PoolOdd:
    """What is odd about a string pool."""

    utf8: bool = False
    count_plus: int = 0
    bad_u16_lengths: bool = False
    header_pad: int = 0
    style_start: int = 0
    styled: bool = False
    sorted_flag: bool = False
    pad_before: int = 0
    overlong: bool = False
    unterminated: bool = False
    shared_tails: bool = False
    junk_between: bool = False


def _utf8(text: str, odd: PoolOdd) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if odd.bad_u16_lengths:
        units = 1
    return _short(units, long=odd.overlong) + _short(len(raw), long=odd.overlong) + raw + b"\0"


def _short(length: int, *, long: bool = False) -> bytes:
    return bytes([0x80 | length >> 8, length & 255]) if length > 0x7F or long else bytes([length])


def _utf16(text: str, odd: PoolOdd) -> bytes:
    raw = text.encode("utf-16-le", "surrogatepass")
    units = len(raw) // 2
    long = units > 0x7FFF or odd.overlong
    head = struct.pack("<HH", 0x8000 | units >> 16, units & 0xFFFF) if long else struct.pack("<H", units)
    return head + raw + b"\0\0"


def _bodies(texts: list[str], odd: PoolOdd) -> tuple[list[int], bytes]:
    offsets, data = [], b""
    seen: dict[bytes, int] = {}
    for text in texts:
        raw = _utf8(text, odd) if odd.utf8 else _utf16(text, odd)
        if raw in seen and odd.shared_tails:
            offsets.append(seen[raw])
            continue
        seen[raw] = len(data)
        offsets.append(len(data) + (4 if odd.junk_between else 0))
        data += (b"\xde\xad\xbe\xef" if odd.junk_between else b"") + raw
    if odd.unterminated:
        data = data.rstrip(b"\0")
    data += bytes(-len(data) % 4)
    return offsets, data


def string_pool(texts: list[str], odd: PoolOdd | None = None) -> bytes:
    """RES_STRING_POOL_TYPE."""
    odd = odd or PoolOdd()
    offsets, data = _bodies(texts, odd)
    head_size = 28 + odd.header_pad
    table = struct.pack(f"<{len(offsets)}I", *offsets)
    styles, style_table = b"", b""
    if odd.styled:
        style_table = struct.pack("<I", 0)
        styles = struct.pack("<III", 0, 0, 3) + b"\xff" * 12
    extra = struct.pack("<I", 0) * odd.count_plus
    strings_at = head_size + len(table) + len(extra) + len(style_table) + odd.pad_before
    styles_at = strings_at + len(data) if odd.styled else odd.style_start
    flags = (0x100 if odd.utf8 else 0) | (1 if odd.sorted_flag else 0)
    numbers = (len(offsets) + odd.count_plus, 1 if odd.styled else 0, flags, strings_at, styles_at)
    head = struct.pack("<IIIII", *numbers) + bytes(odd.header_pad)
    return chunk(1, head, table + extra + style_table + bytes(odd.pad_before) + data + styles)
