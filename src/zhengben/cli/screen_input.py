"""Read lists of any size a block at a time: .txt .csv .gz .parquet and standard input, in constant memory.

A block is whole lines as bytes. What cannot be read is told once, with its place, and the rest goes on.
"""

import csv
import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

BLOCK = 4 << 20
LONGEST_LINE = 1 << 20
NAME_COLUMNS = ("name", "domain", "host", "hostname", "fqdn", "url", "域名")
Complain = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole lines of one input: where they came from, the number of the first, and their bytes."""

    source: str
    first_line: int
    data: bytes


class Unreadable(OSError):
    """An input that cannot be read at all."""


def blocks(path: str, complain: Complain) -> Iterator[Block]:
    """Give the lines of an input in blocks; `complain(what, code)` is told of what was left out."""
    if path != "-" and not Path(path).is_file():
        raise Unreadable(f"{path}: no such file; give a .txt, .csv, .gz or .parquet file, or - for standard input")
    if path.endswith(".parquet"):
        yield from _parquet(path)
        return
    with sys.stdin.buffer if path == "-" else Path(path).open("rb") as raw:
        stream, inner = _opened(raw, path)
        source = "standard input" if path == "-" else path
        lines = _lines(stream, source, complain)
        yield from _csv(lines) if inner.endswith(".csv") else lines


def _opened(raw: BinaryIO, path: str) -> tuple[BinaryIO, str]:
    buffered = io.BufferedReader(raw, BLOCK)  # type: ignore[type-var]  # a raw or buffered file serves as well
    if buffered.peek(2)[:2] == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=buffered), path.removesuffix(".gz")  # type: ignore[return-value]  # it reads bytes
    return buffered, path


def _lines(stream: BinaryIO, source: str, complain: Complain) -> Iterator[Block]:
    line, carry, skipping = 1, b"", False
    while True:
        try:
            piece = stream.read(BLOCK)
        except (EOFError, OSError, zlib.error) as error:
            complain(f"{source}: ends early or is damaged after line {line}: {error}; what came before was read", 3)
            piece = b""
        if not piece:
            break
        data, _, rest = piece.rpartition(b"\n")
        if skipping and b"\n" in piece:
            data, skipping, line = data.partition(b"\n")[2], False, line + 1
        elif not skipping and b"\n" in piece:
            data = carry + data
            carry = b""
        if b"\n" in piece:
            if data:
                yield Block(source, line, data)
                line += data.count(b"\n") + 1
            carry = rest
        elif not skipping:
            carry += piece
        if len(carry) > LONGEST_LINE:
            complain(f"{source}:{line}: a line of more than {LONGEST_LINE} bytes was left out", 3)
            carry, skipping = b"", True
    if carry:
        yield Block(source, line, carry)


def _parquet(path: str) -> Iterator[Block]:
    try:
        file = pq.ParquetFile(path)
        names = file.schema_arrow.names
        column = next((n for n in names if n.lower() in NAME_COLUMNS), names[0])
        line = 1
        for batch in file.iter_batches(batch_size=1 << 17, columns=[column]):
            words = [str(value or "").replace("\n", " ") for value in batch.column(0).to_pylist()]
            yield Block(path, line, "\n".join(words).encode("utf-8", "replace"))
            line += len(words)
    except (pa.ArrowInvalid, OSError, IndexError) as error:
        raise Unreadable(f"{path}: not a readable parquet file: {str(error)[:120]}; write it again or give a .txt") from error


def _csv(found: Iterator[Block]) -> Iterator[Block]:
    """Keep the column with the hostnames: by its heading, else the first that looks like one."""
    column = -1
    for block in found:
        rows = csv.reader(io.StringIO(block.data.decode("utf-8", "surrogateescape")))
        names: list[str] = []
        try:
            for row in rows:
                if column < 0:
                    column = _column(row)
                    names.append("" if row and row[column].lower() in NAME_COLUMNS else row[column] if row else "")
                else:
                    names.append(row[column].replace("\n", " ") if len(row) > column else "")
        except csv.Error:
            names = block.data.decode("utf-8", "surrogateescape").split("\n")
        yield Block(block.source, block.first_line, "\n".join(names).encode("utf-8", "surrogateescape"))


def _column(row: list[str]) -> int:
    for at, cell in enumerate(row):
        if cell.strip().lower() in NAME_COLUMNS:
            return at
    return next((at for at, cell in enumerate(row) if "." in cell and not cell.replace(".", "").isdigit()), 0)
