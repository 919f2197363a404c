"""The evidence log: one line an entry, each bound to the one before it, so that nothing can be changed or taken out.

An entry is canonical JSON with `seq` (from 1), `at`, `actor`, `action`, `object` (an evidence number or a name),
`payload` (sha256 of what stays outside) and `prev` (sha256 of the line before). Personal data never enters a line.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zhengben.evidence.canon import NotCanonicalError, dump, is_hex, load, utc
from zhengben.evidence.exhibit import Head

START = Head(0, "0" * 64)
_KEYS = frozenset({"seq", "at", "actor", "action", "object", "payload", "prev"})
# Short enough that the tail read at every append is bounded, and that a line is written in one piece.
LINE_BYTES = 4096


class BrokenLogError(ValueError):
    """The log does not hold together from its first line to its last."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done with evidence."""

    at: datetime
    actor: str
    action: str
    object: str
    payload: str = ""


class Log:
    """A log file; any number of processes may append to it."""

    def __init__(self, path: Path | str) -> None:
        """Use the file at `path`, and make it where it does not exist."""
        self.path = Path(path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(exist_ok=True)

    def append(self, entry: Entry) -> Head:
        """Add an entry, forced to disk; give the new head. A line that a crash cut short is taken off first."""
        with self.path.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            last = _whole_tail(file.fileno())
            head = _head_of(last) if last else START
            line = _line(entry, head)
            file.seek(0, os.SEEK_END)
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        return Head(head.seq + 1, _digest(line))

    def head(self) -> Head:
        """Give the newest entry's place and hash; `START` for an empty log."""
        with self.path.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            last = _whole_tail(file.fileno())
        return _head_of(last) if last else START

    def verify(self) -> Head:
        """Check every line; give the head, or raise BrokenLogError naming the first bad line."""
        return max((head for head, _ in entries(self.path.read_bytes())), key=lambda head: head.seq, default=START)


def entries(body: bytes) -> Iterator[tuple[Head, dict[str, object]]]:
    """Give each entry of a log with its place, checking as it goes; raise BrokenLogError at the first bad line."""
    head = START
    for number, line in enumerate(body.splitlines(keepends=True), 1):
        entry = _read(line, number)
        if entry["seq"] != head.seq + 1 or entry["prev"] != head.hash:
            raise BrokenLogError(f"line {number} does not follow the one before it")
        head = Head(number, _digest(line))
        yield head, entry


def _read(line: bytes, number: int) -> dict[str, object]:
    try:
        entry = load(line[:-1])
    except NotCanonicalError as error:
        raise BrokenLogError(f"line {number} is not one canonical entry: {error}") from error
    if not isinstance(entry, dict) or not line.endswith(b"\n") or not _sound(entry):
        raise BrokenLogError(f"line {number} has not the fields of an entry")
    return entry


def _sound(entry: dict[str, object]) -> bool:
    return (
        entry.keys() == _KEYS and is_hex(entry["prev"], 64) and (entry["payload"] == "" or is_hex(entry["payload"], 64))
    )


def _line(entry: Entry, head: Head) -> bytes:
    if entry.payload and not is_hex(entry.payload, 64):
        raise ValueError("a payload is named by its sha256")
    line = dump(
        {
            "seq": head.seq + 1, "at": utc(entry.at), "actor": entry.actor, "action": entry.action,
            "object": entry.object, "payload": entry.payload, "prev": head.hash,
        }
    )  # fmt: skip
    if len(line) >= LINE_BYTES:
        raise ValueError(f"an entry may have {LINE_BYTES} bytes; put the rest into a payload named by its sha256")
    return line + b"\n"


def _head_of(line: bytes) -> Head:
    entry = _read(line, 0)
    seq = entry["seq"]
    if not isinstance(seq, int):
        raise BrokenLogError("the last line has no number")
    return Head(seq, _digest(line))


def _whole_tail(handle: int) -> bytes:
    """Give the last whole line; what a crash left behind it was never acknowledged and is cut off."""
    size = os.fstat(handle).st_size
    # Room for the last whole line and for one that a crash cut short, wherever the cut fell.
    start = max(0, size - 3 * LINE_BYTES)
    tail = os.pread(handle, size - start, start)
    end = tail.rfind(b"\n") + 1
    # It was never acknowledged to its writer, so nobody relies on it; a half line would break every later one.
    if end != len(tail):
        os.ftruncate(handle, start + end)
    return tail[tail.rfind(b"\n", 0, max(0, end - 1)) + 1 : end]


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
