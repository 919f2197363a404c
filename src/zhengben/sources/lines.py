"""Reading a file line by line from a remembered place, whatever became of the file meanwhile."""

import gzip
import hashlib
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
        numbers = [
            value if isinstance(value, int) else 0 for value in (stored.get(k) for k in ("offset", "line", "seen"))
        ]
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
        head = hashlib.sha256(raw.read(HEAD)).hexdigest() if spot.offset >= HEAD or not spot.offset else spot.head
        size = raw.seek(0, 2)
        raw.seek(0)
        start = _start(path, spot, head, size, raw)
        with _opened(path, raw) as file:
            file.seek(start.offset)
            yield from _lines(file, Spot(start.offset, start.line, head, size), settled=size == spot.seen)


def _start(path: Path, spot: Spot, head: str, size: int, raw: IO[bytes]) -> Spot:
    """Begin anew where the file is not the one that was read."""
    # A spot in a .gz counts unpacked bytes, so the size of the file says nothing about it.
    cut = path.suffix != ".gz" and size < spot.offset
    # A file shorter than a head when it was read has no full head to be told apart by.
    replaced = spot.offset >= HEAD and bool(spot.head) and spot.head != head
    raw.seek(0)
    return Spot() if cut or replaced else spot


def _opened(path: Path, raw: IO[bytes]) -> IO[bytes] | gzip.GzipFile:
    if path.suffix == ".gz":
        return gzip.open(raw, "rb")
    return raw


def _lines(file: IO[bytes] | gzip.GzipFile, spot: Spot, *, settled: bool) -> Iterator[Read]:
    offset, number = spot.offset, spot.line
    while body := file.readline(LONGEST + 1):
        length, whole = len(body), body.endswith(b"\n")
        kept: bytes | None = body
        if not whole and length > LONGEST:
            more, whole = _skip(file)
            length, kept = length + more, None
        if not whole and not settled:
            return
        offset, number = offset + length, number + 1
        yield Read(number, kept, Spot(offset, number, spot.head, spot.seen))


def _skip(file: IO[bytes] | gzip.GzipFile) -> tuple[int, bool]:
    """Read to the end of a line that is too long, keeping nothing; give its bytes and whether it ended."""
    length = 0
    while body := file.readline(LONGEST):
        length += len(body)
        if body.endswith(b"\n"):
            return length, True
    return length, False
