"""Write zip files byte by byte, so that a test can also write the ones no honest tool would make."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

STORED, DEFLATED = 0, 8
DOS_DATE = 0x0821  # 1981-01-01, the date Android's own tools write


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. Fields that are None follow the truth; set, they are the lie that is written instead."""

    name: str | bytes
    data: bytes
    method: int = DEFLATED
    flags: int = 0
    align: int = 0
    local_name: bytes | None = None
    local_method: int | None = None
    local_flags: int | None = None
    central_flags: int | None = None
    central_method: int | None = None
    local_size: int | None = None
    central_size: int | None = None
    crc: int | None = None
    local_extra: bytes = b""
    central_extra: bytes = b""
    in_central: bool = True

    @property
    def raw_name(self) -> bytes:
        """Give the name as bytes."""
        return self.name if isinstance(self.name, bytes) else self.name.encode("utf-8")


@dataclass(frozen=True, slots=True)
class Parts:
    """The three parts of a zip file; a signing block goes between the first two."""

    entries: bytes
    central: bytes
    count: int
    comment: bytes = b""

    def join(self, block: bytes = b"", prefix: bytes = b"") -> bytes:
        """Give the whole file, the central directory's offset following the block."""
        body = self.entries + block
        return prefix + body + self.central + end_record(self.count, len(self.central), len(body), self.comment)


def end_record(count: int, size: int, offset: int, comment: bytes = b"") -> bytes:
    """Write the end of central directory record."""
    few = min(count, 0xFFFF)
    return struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, few, few, size, offset, len(comment)) + comment


def write_parts(entries: Sequence[Entry], comment: bytes = b"") -> Parts:
    r"""Write local entries and the central directory.

    >>> write_parts([Entry(name="a", data=b"x" * 99)]).join()[:4]
    b'PK\x03\x04'
    """
    local, central, count = bytearray(), bytearray(), 0
    for entry in entries:
        offset = len(local)
        packed = _pack(entry)
        crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
        extra = entry.local_extra + _padding(entry, offset)
        name = entry.raw_name if entry.local_name is None else entry.local_name
        local += struct.pack(
            "<4sHHHHHIIIHH", b"PK\3\4", 20, _or(entry.local_flags, entry.flags), _or(entry.local_method, entry.method),
            0, DOS_DATE, crc, len(packed), _or(entry.local_size, len(entry.data)), len(name), len(extra),
        )  # fmt: skip
        local += name + extra + packed
        if entry.in_central:
            count += 1
            central += _central(entry, crc, len(packed), offset)
    return Parts(bytes(local), bytes(central), count, comment)


def _central(entry: Entry, crc: int, packed: int, offset: int) -> bytes:
    head = struct.pack(
        "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, _or(entry.central_flags, entry.flags),
        _or(entry.central_method, entry.method), 0, DOS_DATE, crc, packed, _or(entry.central_size, len(entry.data)),
        len(entry.raw_name), len(entry.central_extra), 0, 0, 0, 0, offset,
    )  # fmt: skip
    return head + entry.raw_name + entry.central_extra


def _pack(entry: Entry) -> bytes:
    if entry.method != DEFLATED:
        return entry.data
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflate.compress(entry.data) + deflate.flush()


def _padding(entry: Entry, offset: int) -> bytes:
    """Give the zero bytes zipalign would add to the extra field, so that stored data can be mapped."""
    if not entry.align:
        return b""
    return bytes(-(offset + 30 + len(entry.raw_name) + len(entry.local_extra)) % entry.align)


def _or(lie: int | None, truth: int) -> int:
    return truth if lie is None else lie
