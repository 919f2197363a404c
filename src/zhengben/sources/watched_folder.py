"""A folder into which outside monitors drop `lead.v1` files (.jsonl or .ndjson); each is read on as it grows."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from zhengben.core.lead import Lead
from zhengben.sources.base import BATCH, Aside, Batch, setting
from zhengben.sources.lead_v1 import BadLineError, parse
from zhengben.sources.lines import Spot, read_on

ENDINGS = (".jsonl", ".ndjson")


class WatchedFolder:
    """Reads every lead file of a folder, in the order of names; settings: `path`."""

    bulk = False

    def __init__(self, name: str, folder: Path) -> None:
        """Watch `folder`, and call the source `name`."""
        self.name, self.folder = name, folder

    def read(self, cursor: Mapping[str, object]) -> Iterator[Batch]:
        """Give what stands in the folder after the cursor; files that are gone are forgotten."""
        known = cursor.get("files")
        spots = dict(known) if isinstance(known, Mapping) else {}
        files = [path for path in sorted(self.folder.iterdir()) if self._wanted(path)]
        # Else a folder that gets a new file every hour would grow the cursor for ever.
        spots = {name: spot for name, spot in spots.items() if any(path.name == name for path in files)}
        for path in files:
            yield from self._file(path, spots)

    def _wanted(self, path: Path) -> bool:
        """Take plain files only: a link could lead anywhere."""
        return path.suffix in ENDINGS and path.is_file() and not path.is_symlink()

    def _file(self, path: Path, spots: dict[str, object]) -> Iterator[Batch]:
        leads: list[Lead] = []
        aside: list[Aside] = []
        spot = Spot.of(spots.get(path.name))
        size = path.stat().st_size
        if spot.seen == size and spot.offset >= size:
            return
        for line in read_on(path, spot):
            if line.body is None:
                aside.append(Aside(line.number, "too_long", ""))
            elif line.body.strip():
                self._take(line.number, line.body, leads, aside)
            spot = line.after
            spots[path.name] = spot.stored()
            if len(leads) + len(aside) >= BATCH:
                yield Batch(cursor={"files": dict(spots)}, leads=tuple(leads), aside=tuple(aside), place=path.name)
                leads, aside = [], []
        spots[path.name] = Spot(spot.offset, spot.line, spot.head, size).stored()
        yield Batch(cursor={"files": dict(spots)}, leads=tuple(leads), aside=tuple(aside), place=path.name)

    def _take(self, number: int, body: bytes, leads: list[Lead], aside: list[Aside]) -> None:
        try:
            leads.append(parse(body, self.folder))
        except BadLineError as error:
            aside.append(Aside(number, str(error), body[:300].decode("utf-8", "replace")))


def open_source(name: str, settings: Mapping[str, object]) -> WatchedFolder:
    """Open the source from its settings."""
    return WatchedFolder(name, Path(setting(settings, "path", name)))
