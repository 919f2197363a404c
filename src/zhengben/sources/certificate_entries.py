"""Read the entries of certificate logs: leaves, their hashes, and the hostnames in certificates. No network here.

Formats: RFC 6962 (`MerkleTreeLeaf`), C2SP static-ct-api (`TileLeaf` in data tiles), and the names tiles of Sunlight
(JSON lines, without any proof). A certificate is only searched for its names: whether it is valid is not the question.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SAN, CN = b"\x06\x03\x55\x1d\x11", b"\x06\x03\x55\x04\x03"
DNS_NAME = 0x82
MOST_LISTS = 16  # of names in one certificate; a genuine one has one
MOST_NAMES = 2000  # of one certificate; real ones hold at most a few hundred
X509, PRECERT = 0, 1
# JSON of others may be any: a list where an object is due, `1e999` for a time, brackets without end. One such line is
# set aside; raised, it would end the reading.
BROKEN = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)


class BadEntryError(ValueError):
    """An entry that cannot be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One logged certificate: when the log saw it (milliseconds since 1970, UTC), its hostnames, its leaf hash.

    The leaf hash is empty where the format carries no proof (names tiles).
    """

    timestamp: int
    names: tuple[str, ...]
    leaf_hash: bytes = b""


class _Bytes:
    """A cursor over bytes that refuses to read past the end."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes, at: int = 0) -> None:
        """Start at a place."""
        self.data, self.at = data, at

    def take(self, size: int) -> bytes:
        """Give the next bytes."""
        end = self.at + size
        if size < 0 or end > len(self.data):
            raise BadEntryError(f"ends at byte {len(self.data)}, {end} wanted")
        found = self.data[self.at : end]
        self.at = end
        return found

    def number(self, size: int) -> int:
        """Give the next big-endian number."""
        return int.from_bytes(self.take(size), "big")

    def vector(self, size: int) -> bytes:
        """Give the next bytes that say their own length first."""
        return self.take(self.number(size))


def _timestamped(view: _Bytes) -> tuple[int, int, bytes]:
    """Read a TimestampedEntry: its time, its type, and the certificate or to-be-signed part."""
    timestamp, kind = view.number(8), view.number(2)
    if kind == PRECERT:
        view.take(32)
    elif kind != X509:
        raise BadEntryError(f"unknown entry type {kind}")
    certificate = view.vector(3)
    view.vector(2)
    return timestamp, kind, certificate


def leaf_hash(timestamped: bytes) -> bytes:
    """Give the Merkle leaf hash of a TimestampedEntry."""
    # RFC 6962, 2.1: 0 marks a leaf, then version 1 and leaf type 0, both 0 as well.
    return hashlib.sha256(b"\x00\x00\x00" + timestamped).digest()


def data_tile_names(tile: bytes) -> Iterator[Entry]:
    """Give the entries of a data tile, with leaf hashes; raise BadEntryError where it breaks off."""
    view = _Bytes(tile)
    while view.at < len(tile):
        start = view.at
        timestamp, kind, certificate = _timestamped(view)
        hashed = leaf_hash(tile[start : view.at])
        if kind == PRECERT:
            view.vector(3)
        view.vector(2)
        yield Entry(timestamp, certificate_names(certificate), hashed)


def leaf_input(data: bytes) -> Entry:
    """Read the `leaf_input` of an RFC 6962 entry."""
    view = _Bytes(data, 2)
    if data[:2] != b"\x00\x00":
        raise BadEntryError("not a version 1 leaf")
    timestamp, _, certificate = _timestamped(view)
    return Entry(timestamp, certificate_names(certificate), hashlib.sha256(b"\x00" + data).digest())


def names_tile_names(tile: bytes) -> Iterator[Entry]:
    """Give the entries of a names tile; they prove nothing and serve discovery only."""
    for line in tile.splitlines():
        try:
            row = json.loads(line)
            yield Entry(int(row["Timestamp"]), tuple(str(n) for n in _row_names(row)[:MOST_NAMES]))
        except BROKEN as error:
            raise BadEntryError(f"a line of a names tile cannot be read: {error}") from error


def _row_names(row: dict[str, Any]) -> list[object]:
    """Give the names of a row; a common name counts only where it can be a host, not where it is somebody's name."""
    names = row.get("DNS") or []
    common = (row.get("Subject") or {}).get("CommonName")
    return [*names, common] if common and common not in names and "." in common else names


def _length(data: bytes, at: int) -> tuple[int, int]:
    """Read a DER length at a place; give it and the place behind it."""
    first = data[at]
    if first < 0x80:
        return first, at + 1
    size = first & 0x7F
    return int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size


def certificate_names(der: bytes) -> tuple[str, ...]:
    """Give the hostnames of a certificate: every DNS name of its SAN, and its CN where it is a hostname too."""
    found: dict[str, None] = {}
    # Searched by the bytes of its OID, not parsed: forged and broken certificates are the ones of interest, and a
    # parser that refuses them would hide their names. From the end on and not the first one only: whoever makes the
    # key can write these bytes into it, to have the names behind them missed.
    at = der.rfind(SAN)
    for _ in range(MOST_LISTS):
        if at < 0:
            break
        with contextlib.suppress(IndexError):
            _san(der, at + len(SAN), found)
        at = der.rfind(SAN, 0, at)
    # The last one is the subject's; the issuer's stands before it.
    at = der.rfind(CN)
    if at >= 0:
        with contextlib.suppress(IndexError):
            size, start = _length(der, at + len(CN) + 1)
            common = der[start : start + size].decode("utf-8", "replace")
            if "." in common and " " not in common:
                found.setdefault(common)
    return tuple(found)


def _san(der: bytes, at: int, found: dict[str, None]) -> None:
    if der[at] == 0x01:  # critical: TRUE
        at += 3
    _, at = _length(der, at + 1)  # the octet string
    size, at = _length(der, at + 1)  # the sequence in it
    end = min(at + size, len(der))
    while at < end and len(found) < MOST_NAMES:
        kind = der[at]
        size, at = _length(der, at + 1)
        if kind == DNS_NAME:
            found.setdefault(der[at : at + size].decode("latin-1"))
        at += size
