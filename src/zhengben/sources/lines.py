"""Reading a file line by line from a remembered place, whatever became of the file meanwhile."""

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LONGEST = 1024 * 1024  # bytes of one line; a longer one is given as None
HEAD = 256  # bytes that tell one file from another under the same name


@dataclass(frozen=True, slots=True)
class Spot:
    """How far a file was read: byte offset, lines read, and the digest of the file's first bytes."""

    offset: int = 0
    line: int = 0
    head: str = ""
    seen: int = 0

    @classmethod
    def of(cls, stored: object) -> "Spot":
        """Read a stored spot; anything that is none means the beginning."""
        if not isinstance(stored, Mapping):
            return cls()
        told = (stored.get(key) for key in ("offset", "line", "seen"))
        numbers = [max(0, value) if isinstance(value, int) else 0 for value in told]
        return cls(numbers[0], numbers[1], str(stored.get("head", "")), numbers[2])

    def stored(self) -> dict[str, object]:
        """Give the spot as plain JSON."""
        return {"offset": self.offset, "line": self.line, "head": self.head, "seen": self.seen}


@dataclass(frozen=True, slots=True)
class Read:
    """One line: its number from 1, its bytes (None where it is too long), and the spot after it."""

    number: int
    body: bytes | None
    after: Spot


def read_on(path: Path, spot: Spot) -> Iterator[Read]:
    """Give the lines after a spot. A file that was replaced or cut is read from its beginning.

    A last line without its end is left for later, because somebody may be writing it; it is given once the file has
    kept its size between two readings (`settled` in the cursor).
    """
    with path.open("rb") as raw:
        size = raw.seek(0, 2)
        start = _start(path, spot, size, raw)
        with _opened(path, raw) as file:
            file.seek(start.offset)
            head = _Head(path, raw, size)
            for line in _lines(file, start, settled=size == spot.seen):
                after = Spot(line.after.offset, line.number, head.at(line.after.offset), size)
                yield Read(line.number, line.body, after)


def _start(path: Path, spot: Spot, size: int, raw: IO[bytes]) -> Spot:
    """Begin anew where the file is not the one that was read."""
    # A spot in a .gz counts unpacked bytes, so the size of the file says nothing about it.
    cut = path.suffix != ".gz" and size < spot.offset
    replaced = bool(spot.head) and spot.head != _Head(path, raw, spot.seen).at(spot.offset)
    raw.seek(0)
    return Spot() if cut or replaced else spot


class _Head:
    """The digest of a file's first bytes: of those alone that were read when a spot was written.

    Of the whole first block it would change as a short file grows; and leaving short files out would miss today's list
    written over yesterday's, and read on in the middle of a name.
    """

    def __init__(self, path: Path, raw: IO[bytes], size: int) -> None:
        self._file, self._packed = raw.fileno(), min(HEAD, size) if path.suffix == ".gz" else 0
        self._full = ""

    def at(self, offset: int) -> str:
        """Give the digest for a spot at this offset; an empty text at the beginning."""
        known = self._packed or min(HEAD, offset)
        if self._full:
            return self._full
        digest = hashlib.sha256(os.pread(self._file, known, 0)).hexdigest() if offset else ""
        if offset and (self._packed or known == HEAD):
            self._full = digest  # it will not change any more: one digest a file, not one a line
        return digest


def _opened(path: Path, raw: IO[bytes]) -> IO[bytes] | gzip.GzipFile:
    if path.suffix == ".gz":
        return gzip.open(raw, "rb")
    return raw


def _lines(file: IO[bytes] | gzip.GzipFile, spot: Spot, *, settled: bool) -> Iterator[Read]:
    offset, number = spot.offset, spot.line
    while body := _line(file, LONGEST + 1, settled=settled):
        length, whole = len(body), body.endswith(b"\n")
        kept: bytes | None = body
        if not whole and length > LONGEST:
            more, whole = _skip(file, settled=settled)
            length, kept = length + more, None
        if not whole and not settled:
            return
        offset, number = offset + length, number + 1
        yield Read(number, kept, Spot(offset, number))


def _line(file: IO[bytes] | gzip.GzipFile, most: int, *, settled: bool) -> bytes:
    """Read one line. A packed file that breaks off may still be being written; one that rests so is broken."""
    try:
        return file.readline(most)
    except EOFError:
        if settled:
            raise OSError(f"{file.name}: the packed file breaks off in the middle; deliver it again") from None
        return b""
    except zlib.error as error:
        raise OSError(f"{file.name}: the packed file is broken ({error}); deliver it again") from error


def _skip(file: IO[bytes] | gzip.GzipFile, *, settled: bool) -> tuple[int, bool]:
    """Read to the end of a line that is too long, keeping nothing; give its bytes and whether it ended."""
    length = 0
    while body := _line(file, LONGEST, settled=settled):
        length += len(body)
        if body.endswith(b"\n"):
            return length, True
    return length, False
