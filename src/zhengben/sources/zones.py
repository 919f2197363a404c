"""Newly registered names from daily zone files, as the difference of each file from the one before.

Settings: `path`, a folder whose files sort by day (2026-11-21.txt.gz, 2026-11-22.txt.gz); a file is a zone in master
format (`name. 3600 in ns host.`) or plain names, gzipped or not. Both files are read side by side in constant memory:
as they stand where they are sorted, else after an external sort.
"""

import gzip
import heapq
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from zhengben.core.lead import Lead
from zhengben.sources.base import BATCH, Aside, Batch, setting

RUN = 500_000  # names sorted at once in an external sort
LONGEST = 1024
SUFFIXES = (".txt", ".zone", ".gz", ".csv")


class _Unsorted(Exception):  # noqa: N818  # a turn of the way, not an error
    """The file is not in order."""


class Zones:
    """Reads a folder of daily files; the cursor names the last file that was compared."""

    bulk = True

    def __init__(self, name: str, settings: Mapping[str, object]) -> None:
        """Keep the folder."""
        self.name, self.folder = name, Path(setting(settings, "path", name))

    def read(self, cursor: Mapping[str, object]) -> Iterator[Batch]:
        """Give the names of each newer file that the last sound one before it did not have."""
        done, base = str(cursor.get("file", "")), str(cursor.get("base") or cursor.get("file", ""))
        files = self._files()
        for after in (file for file in files if file.name > str(cursor.get("file", ""))):
            before = next((file for file in reversed(files) if file.name <= base), None)
            if before is None:  # the first file, or the first that is left: only a base for the next ones
                base = after.name
                yield Batch(cursor={"file": base, "base": base, "given": 0}, place=base)
            else:
                skip = int(str(cursor.get("given", 0))) if after.name == cursor.get("now") else 0
                for batch in self._compare(before, after, (done, skip)):
                    base = str(batch.cursor["base"])
                    yield batch
            done = after.name

    def _files(self) -> list[Path]:
        """Give the zone files by name, which is by day; a folder that is not there must not look like an empty one."""
        if not self.folder.is_dir():
            raise OSError(f"source {self.name}: {self.folder} is no folder; give one with daily zone files")
        return sorted(f for f in self.folder.iterdir() if f.suffix in SUFFIXES and f.is_file())

    def _compare(self, before: Path, after: Path, told: tuple[str, int]) -> Iterator[Batch]:
        """Give the names that are new; `told` is the file done before, and how many of these names were given."""
        done, skip = told
        day = datetime.fromtimestamp(after.stat().st_mtime, UTC)
        leads: list[Lead] = []
        old, new = _File(before), _File(after)
        for given, name in enumerate(_difference(old, new), 1):
            if given > skip:
                leads.append(Lead(kind="domain", source=self.name, locator=name, seen_at=day))
            if len(leads) >= BATCH:
                # Counted, not named: after a crash the same two files give the same names in the same order.
                cursor = {"file": done, "base": before.name, "now": after.name, "given": given}
                yield Batch(cursor=cursor, leads=tuple(leads), place=after.name)
                leads = []
        aside = tuple(Aside(0, "damaged", f"{file.path.name}: {file.broken}") for file in (old, new) if file.broken)
        # The next day is held against the last sound file: what a damaged one lacks would all look new, or never come.
        base = before.name if new.broken and not old.broken else after.name
        cursor = {"file": after.name, "base": base, "given": 0}
        yield Batch(cursor=cursor, leads=tuple(leads), aside=aside, place=after.name)


class _File:
    """The names of one file, and what broke it, once somebody has read that far."""

    def __init__(self, path: Path) -> None:
        self.path, self.broken = path, ""

    def names(self) -> Iterator[str]:
        """Give the names as they stand, up to where the file breaks off."""
        try:
            with _opened(self.path) as file:
                while line := file.readline(LONGEST):
                    yield from _owner(line)
                    while line and not line.endswith(b"\n"):  # the rest of a long line is no line of its own
                        line = file.readline(LONGEST)
        except (EOFError, OSError, zlib.error) as error:
            self.broken = str(error) or type(error).__name__


def _owner(line: bytes) -> Iterator[str]:
    """Give the name a line is about. In a zone, a line that begins with a space goes on about the name before."""
    words = line.decode("utf-8", "replace").lstrip("\ufeff").lower().replace(",", " ").replace('"', " ").split()
    if not words or (len(words) > 1 and line[:1] in b" \t"):
        return
    name = words[0].rstrip(".")
    if name and name[0] not in ";#$@" and "." in name:
        yield name


def _difference(before: _File, after: _File) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as room:
        old, new = (iter(_ordered(file, Path(room) / side)) for file, side in ((before, "old"), (after, "new")))
        known = next(old, None)
        for name in new:
            while known is not None and known < name:
                known = next(old, None)
            if known is None and before.broken:
                return  # nobody knows what it had behind the place where it breaks off
            if known != name:
                yield name


def _ordered(file: _File, room: Path) -> Iterator[str]:
    """Give the names of a file in order, each once."""
    try:
        # Read once to see whether it is in order: cheaper than sorting a file of 160 million names that already is.
        for _ in _checked(file):
            pass
    except _Unsorted:
        yield from _sorted(file, room)
        return
    yield from _checked(file)


def _checked(file: _File) -> Iterator[str]:
    last = ""
    for name in file.names():
        if name < last:
            raise _Unsorted
        if name != last:
            yield name
        last = name


def _sorted(file: _File, room: Path) -> Iterator[str]:
    room.mkdir()
    runs: list[Path] = []
    some: set[str] = set()
    for name in file.names():
        some.add(name)
        if len(some) >= RUN:
            runs.append(_written(some, room / str(len(runs))))
            some = set()
    runs.append(_written(some, room / str(len(runs))))
    last = ""
    for name in heapq.merge(*(_lines(run) for run in runs)):
        if name != last:
            yield name
        last = name


def _written(names: set[str], path: Path) -> Path:
    path.write_text("\n".join(sorted(names)) + "\n", "utf-8")
    return path


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from (line.rstrip("\n") for line in file if line != "\n")


def _opened(path: Path) -> BinaryIO:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]  # it reads bytes


def open_source(name: str, settings: Mapping[str, object]) -> Zones:
    """Open the source from its settings."""
    return Zones(name, settings)
