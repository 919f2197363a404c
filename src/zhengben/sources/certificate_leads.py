"""From log entries to leads: wildcards off, each name once a day, and no flood from one domain."""

from collections.abc import Iterable
from datetime import UTC, datetime

from zhengben.core.lead import Lead
from zhengben.names.hostname import read
from zhengben.sources.certificate_entries import Entry

MOST_OF_ONE_DOMAIN = 25  # names of one registrable domain a day; a hosting platform's further ones say nothing new
MOST_REMEMBERED = 200_000
LAST = 253_402_214_400_000  # 9999-12-31: a log may claim any time, and one no calendar holds must not stop the source


class Sieve:
    """Turns entries into leads and remembers, within bounds, what it gave for a day."""

    def __init__(self, source: str) -> None:
        """Start with nothing remembered."""
        self.source = source
        self.seen: set[tuple[int, str]] = set()
        self.counted: dict[tuple[int, str], int] = {}

    def leads(self, entries: Iterable[tuple[int, Entry]], origin: str) -> tuple[Lead, ...]:
        """Give the leads of (index, entry) pairs; `origin` names the log."""
        found: list[Lead] = []
        for index, entry in entries:
            day = entry.timestamp // 86_400_000
            for name in dict.fromkeys(map(_plain, entry.names)):
                if self._is_new(day, name):
                    seen_at = datetime.fromtimestamp(min(max(entry.timestamp, 0), LAST) / 1000, UTC)
                    detail = {"log": origin, "index": index, "timestamp": entry.timestamp}
                    found.append(Lead(kind="domain", source=self.source, locator=name, seen_at=seen_at, detail=detail))
        return tuple(found)

    def _is_new(self, day: int, name: str) -> bool:
        key = (day, name)
        if key in self.seen:
            return False
        host = read(name)
        if host is None or "." not in name or "*" in name:
            return False
        domain = (day, host.registrable)
        if self.counted.get(domain, 0) >= MOST_OF_ONE_DOMAIN:
            return False
        # Forgotten whole, not one by one: a name told twice costs a look-up, an endless memory costs the worker.
        if len(self.seen) >= MOST_REMEMBERED:
            self.seen.clear()
            self.counted.clear()
        self.seen.add(key)
        self.counted[domain] = self.counted.get(domain, 0) + 1
        return True


def _plain(name: str) -> str:
    return name.strip().lower().rstrip(".").removeprefix("*.").removeprefix("www.")
