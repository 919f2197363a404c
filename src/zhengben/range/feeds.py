"""What the outside learns, and when: hostname lists, lines of `lead.v1`, and what members of the public report."""

import heapq
import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhengben.range.scenario import Scenario
from zhengben.range.thing import Thing

# Every run carries them: a drill that is fed only good lines would prove nothing about the intake.
BROKEN = (  # what monitors hand over on a bad day
    '{"v":"lead.v1","kind":"app_listing","source":{"name":"m"},"seen_at":"2026-11-',
    '{"v":"lead.v1","kind":"spaceship","source":{"name":"m"},"seen_at":"2026-11-24T08:00:00+08:00","locator":"x"}',
    '{"v":"lead.v1","kind":"phone","source":{"name":"m"},"seen_at":"yesterday","locator":"95384"}',
    '["lead.v1"]',
    "<html>502 Bad Gateway</html>",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What one member of the public sends in: a kind of lead, and the address or the text."""

    at: datetime
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Everything new: hostnames, lines of `lead.v1` (JSON, without line ends), reports."""

    hosts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.hosts or self.lines or self.reports)


class Feeds:
    """Hands out each piece once, when its time has come."""

    def __init__(self, scenario: Scenario, seed: int, things: tuple[Thing, ...], noise: tuple[str, ...]) -> None:
        """Decide when what becomes known."""
        chance = random.Random(f"{seed}/feeds")
        self._queue: list[tuple[datetime, int, str, str, str]] = []
        self._number = 0
        for thing in things:
            self._known(thing, scenario, chance)
        for line in BROKEN:
            self._put(scenario.start + timedelta(hours=chance.uniform(0, scenario.days * 12)), "lines", line)
        for host in noise:
            self._put(scenario.start + timedelta(hours=chance.uniform(0, scenario.days * 24 * 0.9)), "hosts", host)

    def _known(self, thing: Thing, scenario: Scenario, chance: random.Random) -> None:
        # Monitors are hours behind; a lead at the very moment a thing appears would make the figures too good.
        late = chance.uniform(0.2, 5)
        if thing.feed == "hosts":
            self._put(thing.appears + timedelta(hours=late), "hosts", thing.locator)
        elif thing.feed == "lead":
            at = thing.appears + timedelta(hours=late)
            self._put(at, "lines", lead_line(thing, at))
        else:
            for _ in range(max(1, scenario.reports_each)):
                self._put(thing.appears + timedelta(hours=late), "reports", thing.locator, thing.kind)
                late += chance.uniform(0.5, 9)

    def _put(self, at: datetime, channel: str, text: str, kind: str = "") -> None:
        self._number += 1
        heapq.heappush(self._queue, (at, self._number, channel, text, kind))

    def next_at(self) -> datetime | None:
        """Give when the next piece becomes known."""
        return self._queue[0][0] if self._queue else None

    def take(self, until: datetime) -> Feed:
        """Give what became known until then and was not given before."""
        hosts, lines, reports = [], [], []
        while self._queue and self._queue[0][0] <= until:
            at, _, channel, text, kind = heapq.heappop(self._queue)
            if channel == "hosts":
                hosts.append(text)
            elif channel == "lines":
                lines.append(text)
            else:
                reports.append(Report(at, kind, text))
        return Feed(tuple(hosts), tuple(lines), tuple(reports))


def lead_line(thing: Thing, at: datetime) -> str:
    """Give a thing as an outside monitor would hand it over."""
    row = {"v": "lead.v1", "kind": thing.kind, "seen_at": at.isoformat(timespec="seconds"), "locator": thing.locator}
    return json.dumps({**row, **thing.lead}, ensure_ascii=False)
