"""A file of hostnames, one a line (or the first column of a CSV), that may grow: .txt, .csv, either of them .gz."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from zhengben.core.lead import Lead
from zhengben.sources.base import BATCH, Aside, Batch, setting
from zhengben.sources.lines import Read, Spot, read_on

LONGEST_HOST = 253
_COMMENTS = ("#", "//")


class HostnameFile:
    """Reads one file of hostnames; settings: `path`. Most hostnames are nobody's impostor, so it is `bulk`."""

    bulk = True

    def __init__(self, name: str, path: Path) -> None:
        """Read `path`, and call the source `name`."""
        self.name, self.path = name, path

    def read(self, cursor: Mapping[str, object]) -> Iterator[Batch]:
        """Give the hostnames after the cursor; lines that are none are set aside."""
        spot = Spot.of(cursor.get("spot"))
        # The file's own time: a list that lay about for a week tells of names seen a week ago.
        seen_at = datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        leads: list[Lead] = []
        aside: list[Aside] = []
        last = spot
        for line in read_on(self.path, spot):
            self._sort(line, seen_at, leads, aside)
            last = line.after
            if len(leads) + len(aside) >= BATCH:
                yield self._batch(last, leads, aside)
                leads, aside = [], []
        size = self.path.stat().st_size
        yield self._batch(Spot(last.offset, last.line, last.head, size), leads, aside)

    def _batch(self, spot: Spot, leads: list[Lead], aside: list[Aside]) -> Batch:
        return Batch(cursor={"spot": spot.stored()}, leads=tuple(leads), aside=tuple(aside), place=self.path.name)

    def _sort(self, line: Read, seen_at: datetime, leads: list[Lead], aside: list[Aside]) -> None:
        words = (line.body or b"").decode("utf-8", "replace").lstrip("\ufeff").strip()
        host = words.split(",", 1)[0].strip().strip('"').lower()
        if line.body is not None and (not host or host.startswith(_COMMENTS)):
            return
        if line.body is None or not _plausible(host):
            aside.append(Aside(line.number, "too_long" if line.body is None else "no_hostname", words[:300]))
            return
        leads.append(Lead(kind="domain", source=self.name, locator=host.removeprefix("*."), seen_at=seen_at))


def _plausible(host: str) -> bool:
    """Tell whether a text can be a hostname at all; exact rules are the screen's business."""
    return 3 < len(host) <= LONGEST_HOST and "." in host[1:-1] and not any(c in host for c in " \t/\\@:\ufffd\x00")


def open_source(name: str, settings: Mapping[str, object]) -> HostnameFile:
    """Open the source from its settings."""
    return HostnameFile(name, Path(setting(settings, "path", name)))
