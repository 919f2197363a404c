"""Digests over the contents of a package as schemes v2 and v3 define them, each computed once a file."""

import hashlib
import struct
from dataclasses import dataclass, field

CHUNK = 1 << 20
PAGE = 4096


@dataclass(slots=True)
class Sections:
    """Where the three digested parts lie in the file, in bytes; the signing block between the first two is left out."""

    data: bytes
    entries_end: int
    central: int
    end_record: int
    known: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def parts(self) -> tuple[memoryview, memoryview, bytes]:
        """Give entries, central directory, and the end record as it was before the block moved the directory."""
        view = memoryview(self.data)
        end = bytearray(view[self.end_record :])
        end[16:20] = struct.pack("<I", self.entries_end & 0xFFFFFFFF)
        return view[: self.entries_end], view[self.central : self.end_record], bytes(end)


def content_digest(sections: Sections, name: str, way: str) -> bytes:
    """Give the digest by hash name (sha256, sha512) and way (chunked, verity)."""
    key = (name, way)
    if key not in sections.known:
        sections.known[key] = _verity(sections) if way == "verity" else _chunked(sections, name)
    return sections.known[key]


def _chunked(sections: Sections, name: str) -> bytes:
    return hashlib.new(name, chunk_digests(sections, name)).digest()


def chunk_digests(sections: Sections, name: str) -> bytes:
    """Give the digests of all chunks of 1 MiB with their count in front: what the digest of the whole is taken of."""
    count, digests = 0, bytearray()
    for part in sections.parts():
        for at in range(0, len(part), CHUNK):
            piece = part[at : at + CHUNK]
            hasher = hashlib.new(name, b"\xa5" + struct.pack("<I", len(piece)))
            hasher.update(piece)
            digests += hasher.digest()
            count += 1
    return b"\x5a" + struct.pack("<I", count) + bytes(digests)


def _verity(sections: Sections) -> bytes:
    """Give the root of the Merkle tree of 4 KiB pages (salt: eight zero bytes), and the length it covers."""
    parts = sections.parts()
    length = sum(map(len, parts))
    level = bytearray()
    carry = b""
    for part in parts:
        step = 256 * PAGE
        for at in range(0, len(part), step):
            piece = carry + bytes(part[at : at + step])
            whole = len(piece) - len(piece) % PAGE
            level += _pages(piece[:whole])
            carry = piece[whole:]
    if carry:
        level += _pages(carry.ljust(PAGE, b"\0"))
    while len(level) > 32:
        level = _pages(bytes(level) + bytes(-len(level) % PAGE))
    return bytes(level) + struct.pack("<Q", length) if len(level) == 32 else b""


def _pages(data: bytes) -> bytearray:
    out = bytearray()
    for at in range(0, len(data), PAGE):
        out += hashlib.sha256(bytes(8) + data[at : at + PAGE]).digest()
    return out
