"""A zip writer after PKWARE's APPNOTE in which every field of every record can be told to lie."""

import struct
import zlib
from dataclasses import dataclass, field, replace

Field = int | bytes


@dataclass(frozen=True)
class Entry:
    """One member; LOCAL and CENTRAL replace fields of its two headers by name."""

    name: str | bytes
    data: bytes
    stored: bool = False
    local: dict[str, Field] = field(default_factory=dict)
    central: dict[str, Field] = field(default_factory=dict)
    hidden: bool = False
    ghost: bool = False
    raw: bytes | None = None


@dataclass(frozen=True)
class Layout:
    """What stands around the members; SHIFTED offsets count from the end of PREFIX."""

    prefix: bytes = b""
    gap: bytes = b""
    between: bytes = b""
    comment: bytes = b""
    tail: bytes = b""
    after_central: bytes = b""
    end: dict[str, Field] = field(default_factory=dict)
    shifted: bool = False
    zip64: bool = False
    align: int = 4


def _header(shape: str, values: dict[str, Field], lies: dict[str, Field], order: tuple[str, ...]) -> bytes:
    merged = {**values, **lies}
    return struct.pack(shape, *(merged[key] for key in order))


_LOCAL = ("version", "flags", "method", "time", "date", "crc", "csize", "usize", "nlen", "xlen")
_CENTRAL = ("made", *_LOCAL, "clen", "disk", "inner", "outer", "offset")
_END = ("disk", "cd_disk", "here", "total", "size", "offset", "comment_length")


def _values(entry: Entry, packed: bytes, name: bytes) -> dict[str, Field]:
    return {
        "version": 20,
        "flags": 0x800,
        "method": 0 if entry.stored else 8,
        "time": 0x2108,
        "date": 0x5A21,
        "crc": zlib.crc32(entry.data),
        "csize": len(packed),
        "usize": len(entry.data),
        "nlen": len(name),
        "xlen": 0,
        "extra": b"",
        "name": name,
        "made": 20,
        "clen": 0,
        "disk": 0,
        "inner": 0,
        "outer": 0,
        "comment": b"",
    }


def deflate(data: bytes) -> bytes:
    """Raw deflate."""
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    return press.compress(data) + press.flush()


def _with_lengths(lies: dict[str, Field]) -> dict[str, Field]:
    """A replaced name or extra field carries its own length unless that is replaced as well."""
    derived: dict[str, Field] = {}
    for key, length in (("name", "nlen"), ("extra", "xlen"), ("comment", "clen")):
        value = lies.get(key)
        if isinstance(value, bytes):
            derived[length] = len(value)
    return {**derived, **lies}


def _local(entry: Entry, packed: bytes, name: bytes, *, at: int, align: int) -> bytes:
    lies = _with_lengths(entry.local)
    values = _values(entry, packed, name)
    if entry.stored and "extra" not in lies:
        start = at + 30 + len(name)
        pad = -start % align
        values["extra"], values["xlen"] = bytes(pad), pad
    merged = {**values, **lies}
    head = struct.pack("<I", 0x04034B50) + _header("<HHHHHIIIHH", values, lies, _LOCAL)
    return head + bytes(merged["name"]) + bytes(merged["extra"])


def _central(entry: Entry, packed: bytes, name: bytes, offset: int) -> bytes:
    lies = _with_lengths(entry.central)
    values = {**_values(entry, packed, name), "offset": offset}
    merged = {**values, **lies}
    head = struct.pack("<I", 0x02014B50) + _header("<HHHHHHIIIHHHHHII", values, lies, _CENTRAL)
    return head + bytes(merged["name"]) + bytes(merged["extra"]) + bytes(merged["comment"])


def _zip64(count: int, size: int, offset: int, at: int) -> bytes:
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, offset)
    return record + struct.pack("<IIQI", 0x07064B50, 0, at, 1)


def write(entries: list[Entry], layout: Layout | None = None) -> bytes:
    """The archive."""
    layout = layout or Layout()
    out = bytearray(layout.prefix)
    base = len(layout.prefix) if layout.shifted else 0
    central = b""
    count = 0
    for entry in entries:
        name = entry.name.encode() if isinstance(entry.name, str) else entry.name
        packed = entry.raw if entry.raw is not None else entry.data if entry.stored else deflate(entry.data)
        offset = len(out) - base
        if not entry.ghost:
            out += _local(entry, packed, name, at=len(out), align=layout.align) + packed + layout.between
        if not entry.hidden:
            central += _central(entry, packed, name, offset)
            count += 1
    out += layout.gap
    start = len(out) - base
    out += central + layout.after_central
    values: dict[str, Field] = {
        "disk": 0,
        "cd_disk": 0,
        "here": count & 0xFFFF,
        "total": count & 0xFFFF,
        "size": len(central),
        "offset": start,
        "comment_length": len(layout.comment),
    }
    if layout.zip64:
        out += _zip64(count, len(central), start, len(out) - base)
        values |= {"here": 0xFFFF, "total": 0xFFFF, "size": 0xFFFFFFFF, "offset": 0xFFFFFFFF}
    out += struct.pack("<I", 0x06054B50) + _header("<HHHHIIH", values, layout.end, _END)
    return bytes(out + layout.comment + layout.tail)


def plain(files: dict[str, bytes]) -> bytes:
    """An ordinary archive of FILES."""
    return write([Entry(name, data) for name, data in files.items()])


def change(entries: list[Entry], name: str, **changes: object) -> list[Entry]:
    """The entries with those called NAME changed."""
    return [replace(entry, **changes) if entry.name == name else entry for entry in entries]  # type: ignore[arg-type]  # reason: fields by name
