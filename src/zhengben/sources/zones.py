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
from itertools import pairwise
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
        """Give the names of each newer file that the one before it did not have; the first file is only the base."""
        files = self._files()
        done = str(cursor.get("file", ""))
        if files and not done:
            done = files[0].name
            yield Batch(cursor={"file": done, "given": 0}, place=done)
        skip = int(str(cursor.get("given", 0))) if str(cursor.get("now", "")) else 0
        for before, after in pairwise(files):
            if after.name > done:
                yield from self._compare(before, after, skip if after.name == cursor.get("now") else 0)

    def _files(self) -> list[Path]:
        """Give the zone files by name, which is by day; a folder that is not there must not look like an empty one."""
        if not self.folder.is_dir():
            raise OSError(f"source {self.name}: {self.folder} is no folder; give one with daily zone files")
        return sorted(f for f in self.folder.iterdir() if f.suffix in SUFFIXES and f.is_file())

    def _compare(self, before: Path, after: Path, skip: int) -> Iterator[Batch]:
        day = datetime.fromtimestamp(after.stat().st_mtime, UTC)
        leads: list[Lead] = []
        given = 0
        try:
            for name in _difference(before, after):
                given += 1
                if given > skip:
                    leads.append(Lead(kind="domain", source=self.name, locator=name, seen_at=day))
                if len(leads) >= BATCH:
                    # Counted, not named: after a crash the same two files give the same names in the same order.
                    cursor = {"file": before.name, "now": after.name, "given": given}
                    yield Batch(cursor=cursor, leads=tuple(leads), place=after.name)
                    leads = []
        except (EOFError, OSError, zlib.error) as error:
            # The next day is compared with this file all the same: waiting for a sound one would stop the source.
            broken = (Aside(0, "damaged", f"{after.name} or {before.name}: {error}"),)
            yield Batch(cursor={"file": after.name, "given": 0}, leads=tuple(leads), aside=broken, place=after.name)
            return
        yield Batch(cursor={"file": after.name, "given": 0}, leads=tuple(leads), place=after.name)


def _difference(before: Path, after: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as room:
        old, new = (iter(_ordered(path, Path(room) / side)) for path, side in ((before, "old"), (after, "new")))
        known = next(old, None)
        for name in new:
            while known is not None and known < name:
                known = next(old, None)
            if known != name:
                yield name


def _ordered(path: Path, room: Path) -> Iterator[str]:
    """Give the names of a file in order, each once."""
    try:
        # Read once to see whether it is in order: cheaper than sorting a file of 160 million names that already is.
        for _ in _checked(path):
            pass
    except _Unsorted:
        yield from _sorted(path, room)
        return
    yield from _checked(path)


def _checked(path: Path) -> Iterator[str]:
    last = ""
    for name in _names(path):
        if name < last:
            raise _Unsorted
        if name != last:
            yield name
        last = name


def _sorted(path: Path, room: Path) -> Iterator[str]:
    room.mkdir()
    runs: list[Path] = []
    some: set[str] = set()
    for name in _names(path):
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


def _names(path: Path) -> Iterator[str]:
    with _opened(path) as file:
        while line := file.readline(LONGEST):
            words = line.decode("utf-8", "replace").lower().replace(",", " ").split()
            if words and words[0][0] not in ";#$@" and "." in words[0].rstrip("."):
                yield words[0].rstrip(".")


def open_source(name: str, settings: Mapping[str, object]) -> Zones:
    """Open the source from its settings."""
    return Zones(name, settings)
