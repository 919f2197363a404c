"""Read lists of any size a block at a time: .txt .csv .gz .parquet and standard input, in constant memory.

A block is whole lines as bytes. What cannot be read is told once, with its place, and the rest goes on.
"""

import csv
import gzip
import io
import select
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from zhengben.cli.common import NOT_EXAMINED

# Large enough that cutting costs nothing beside screening, small enough for many blocks in flight.
BLOCK = 4 << 20
LONGEST_LINE = 1 << 20
# Seconds that what has arrived of a live pipe waits for more: nobody sees it, and a fast pipe fills whole blocks.
PATIENCE = 0.25
FIRST = 1 << 16  # bytes asked for at first
NAME_COLUMNS = ("name", "domain", "host", "hostname", "fqdn", "url", "域名")
MESSAGE_COLUMNS = ("text", "message", "content", "body", "title", "内容", "消息", "短信", "文本", "标题")
Complain = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole lines of one input: where they came from, the number of the first, and their bytes."""

    source: str
    first_line: int
    data: bytes


# A live input rests: whoever has results may give them. It is told apart by identity; an empty line is a block too.
RESTING = Block("", 0, b"")


class Reads(Protocol):
    """What can be read a piece at a time."""

    def read(self, size: int, /) -> bytes:
        """Give the next bytes, none at the end."""


class UnreadableError(OSError):
    """An input that cannot be read at all."""


def blocks(path: str, complain: Complain, *, messages: bool = False) -> Iterator[Block]:
    """Give the lines of an input in blocks; `complain(what, code)` is told of what was left out.

    Of a table the column of names is taken, or with `messages` that of texts; of a .csv of messages the whole lines,
    because a hit is told by its place in the line.
    """
    if path != "-" and not Path(path).is_file():
        raise UnreadableError(f"{path}: no such file; give a .txt, .csv, .gz or .parquet file, or - for standard input")
    if path.endswith(".parquet"):
        yield from _parquet(path, MESSAGE_COLUMNS if messages else NAME_COLUMNS)
        return
    # standard input stays open: it may be named again, and what else the process reads from it is not ours to end
    with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as raw:
        stream, inner = _opened(raw, path)
        if path.endswith(".gz") and isinstance(stream, _Rejoined) and not stream.head:
            complain(
                f"{path}: ends early or is damaged after line 0: it is empty; what came before was read", NOT_EXAMINED
            )
        live = path == "-"
        pieces, source = (_live(stream, raw), "standard input") if live else (_pieces(stream), path)
        lines = _lines(pieces, source, complain)
        yield from _csv(lines) if inner.endswith(".csv") and not messages else lines


def _opened(raw: BinaryIO, path: str) -> tuple[Reads, str]:
    # By its first bytes and not by its name: lists are handed over as .txt and are gzip all the same.
    head = _first(raw)
    joined = _Rejoined(head, raw)
    if head[:2] == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=joined), path.removesuffix(".gz")  # type: ignore[call-overload]  # it only reads
    return joined, path


def _first(raw: BinaryIO) -> bytes:
    """Give two bytes or more, fewer only at the end; nothing stays behind in a buffer, where no one waits for it."""
    if not hasattr(raw, "read1"):
        return raw.read(2)
    head: bytes = raw.read1(FIRST)
    while len(head) == 1 and (more := raw.read1(FIRST)):
        head += more
    return head


class _Rejoined:
    """A stream whose first bytes were read to see what it is. A reader around it would close it when thrown away."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        """Keep both."""
        self.head, self.rest = head, rest

    def read(self, size: int) -> bytes:
        """Give the next bytes."""
        if not self.head:
            return self.rest.read(size)
        head, self.head = self.head[:size], self.head[size:]
        return head + self.rest.read(size - len(head)) if size > len(head) else head

    def read1(self, size: int) -> bytes:
        """Give what is there, waiting only while nothing is."""
        head, self.head = self.head[:size], self.head[size:]
        found: bytes = head or self.rest.read1(size)  # type: ignore[attr-defined]  # buffered streams have it
        return found


def _descriptor(raw: BinaryIO) -> int | None:
    """Give the number of a buffered stream that can be waited for; None for one that is all there already."""
    try:
        return raw.fileno() if hasattr(raw, "read1") else None
    except OSError:
        return None


def _live(stream: Reads, raw: BinaryIO) -> Iterator[bytes]:
    """Give the pieces of standard input: as they arrive where it is a plain pipe, whole blocks where it is not."""
    descriptor = _descriptor(raw)
    if descriptor is None or not isinstance(stream, _Rejoined):
        return _pieces(stream)
    return _arriving(stream, descriptor)


def _pieces(stream: Reads) -> Iterator[bytes]:
    if isinstance(stream, gzip.GzipFile):
        yield from _unpacked(stream)
        return
    while piece := stream.read(BLOCK):
        yield piece


def _unpacked(stream: gzip.GzipFile) -> Iterator[bytes]:
    """Give what a packed stream holds, up to where it is damaged: one large read would lose what came before."""
    whole = True
    while whole:
        parts: list[bytes] = []
        size = 0
        try:
            while size < BLOCK and (whole := bool(part := stream.read1(BLOCK - size))):
                parts.append(part)
                size += len(part)
        except (EOFError, OSError, zlib.error):
            yield b"".join(parts)
            raise
        if parts:
            yield b"".join(parts)


def _arriving(stream: "_Rejoined", descriptor: int) -> Iterator[bytes]:
    """Give what arrives: whole blocks of a fast pipe, of a slow one what a moment brings; nothing of one that rests."""
    while piece := stream.read1(BLOCK):
        parts, size, until = [piece], len(piece), time.monotonic() + PATIENCE
        while size < BLOCK and _ready(descriptor, until - time.monotonic()):
            piece = stream.read1(BLOCK - size)
            if not piece:
                break
            parts.append(piece)
            size += len(piece)
        yield b"".join(parts)
        while not _ready(descriptor, PATIENCE):
            yield b""


def _ready(descriptor: int, seconds: float) -> bool:
    return bool(select.select([descriptor], [], [], max(0.0, seconds))[0])


class _Cutter:
    """Cuts pieces of a stream into blocks of whole lines; a line too long is left out and told."""

    def __init__(self, source: str, complain: Complain) -> None:
        """Start at the first line."""
        self.source, self.complain = source, complain
        self.line, self.carry, self.skipping = 1, b"", False

    def add(self, piece: bytes) -> Iterator[Block]:
        """Take a piece; give the lines that are whole now."""
        data, newline, rest = piece.rpartition(b"\n")
        if not newline:
            self.carry += b"" if self.skipping else piece
        elif self.skipping:
            self.skipping, self.line, self.carry = False, self.line + 1, rest
            _, more, data = data.partition(b"\n")
            if more:
                yield self._block(data)
        else:
            data, self.carry = self.carry + data, rest
            yield self._block(data)
        # A file without line ends would be held whole; the name is told and the rest of it passed over.
        if len(self.carry) > LONGEST_LINE:
            told = f"{self.source}:{self.line}: a line of more than {LONGEST_LINE} bytes was left out"
            self.complain(told, NOT_EXAMINED)
            self.carry, self.skipping = b"", True

    def _block(self, data: bytes) -> Block:
        first, self.line = self.line, self.line + data.count(b"\n") + 1
        return Block(self.source, first, data)

    def rest(self) -> Iterator[Block]:
        """Give a last line that has no newline."""
        if self.carry:
            yield Block(self.source, self.line, self.carry)


def _lines(pieces: Iterator[bytes], source: str, complain: Complain) -> Iterator[Block]:
    cutter = _Cutter(source, complain)
    while True:
        try:
            piece = next(pieces, None)
        except (EOFError, OSError, zlib.error) as error:
            told = f"{source}: ends early or is damaged after line {cutter.line}: {error}; what came before was read"
            complain(told, NOT_EXAMINED)
            break
        if piece is None:
            break
        if piece:
            yield from cutter.add(piece)
        else:
            yield RESTING
    yield from cutter.rest()


def _parquet(path: str, headings: Sequence[str]) -> Iterator[Block]:
    try:
        file = pq.ParquetFile(path)
        column = _named(file.schema_arrow, headings)
        line = 1
        for batch in file.iter_batches(batch_size=1 << 17, columns=[column]):
            words = _cells(batch.column(0))
            yield Block(path, line, b"\n".join(words))
            line += len(words)
    except (pa.ArrowException, OSError, IndexError) as error:
        raise UnreadableError(
            f"{path}: not a readable parquet file: {str(error)[:120]}; write it again or give a .txt"
        ) from error


def _named(schema: pa.Schema, headings: Sequence[str]) -> str:
    """Give the column that is asked for: by its heading, else the first one of text."""
    texts = [field.name for field in schema if _holds_text(field.type)]
    column = next((name for name in texts if name.lower() in headings), texts[0] if texts else None)
    if column is None:
        raise IndexError("it has no column of text")
    return str(column)


def _holds_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _holds_text(kind.value_type)
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)
    return any(test(kind) for test in tests)


def _cells(column: Any) -> list[bytes]:
    """Give a column's values as bytes, whether they are marked as text or not; bad UTF-8 is told of with its line."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary() if pa.types.is_large_string(column.type) else pa.binary())
    return [_plain(value).replace(b"\n", b" ") for value in column.to_pylist()]


def _plain(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return b"" if value is None else str(value).encode("utf-8", "replace")


def _csv(found: Iterator[Block]) -> Iterator[Block]:
    """Keep the column with the hostnames: by its heading, else the first that looks like one."""
    column = -1
    for block in found:
        text = block.data.decode("utf-8", "surrogateescape")
        try:
            names, column = _picked(csv.reader(io.StringIO(text)), column)
        except csv.Error:  # one line is no CSV (a bare carriage return, an endless cell): the others still are
            names, column = _picked((line.split(",") for line in text.split("\n")), column)
        yield Block(block.source, block.first_line, "\n".join(names).encode("utf-8", "surrogateescape"))


def _picked(rows: Iterator[list[str]], column: int) -> tuple[list[str], int]:
    """Give one cell a row, and its column, which is -1 until a row tells."""
    names: list[str] = []
    while column < 0:
        row = next(rows, None)
        if row is None:
            return names, column
        column = _column(row)
        cell = row[max(column, 0)] if row else ""
        names.append("" if _heads(cell) else cell.replace("\n", " "))
    names += [row[column].replace("\n", " ") if len(row) > column else "" for row in rows]
    return names, column


def _heads(cell: str) -> bool:
    return cell.strip("\ufeff \t").lower() in NAME_COLUMNS


def _column(row: list[str]) -> int:
    """Give the place of the hostnames as far as this row tells, or -1: an unknown heading or a blank line does not."""
    headed = (at for at, cell in enumerate(row) if _heads(cell))
    dotted = (at for at, cell in enumerate(row) if "." in cell and not cell.replace(".", "").isdigit())
    return next(headed, next(dotted, -1))
