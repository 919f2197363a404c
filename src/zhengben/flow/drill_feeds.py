"""What the range's monitors and its public know, handed to the product through its own sources.

Hostnames grow a file, `lead.v1` lines a watched folder, and members of the public use the portal's report.
"""

import contextlib
import hashlib
import os
from datetime import datetime
from pathlib import Path

from zhengben.flow.feed import add_source, feed_all
from zhengben.flow.ports import Screen
from zhengben.flow.report import TooManyReportsError, take_report
from zhengben.range.feeds import Report
from zhengben.range.world import World
from zhengben.store.models import Source

HOSTS, MONITORS = "靶场域名清单", "靶场监测线索"


class Feeder:
    """Writes what the world's monitors know where the product's sources read it."""

    def __init__(self, world: World, home: Path, screen: Screen | None) -> None:
        """Connect the sources; `screen` picks the hostnames worth a look."""
        self._world, self._screen = world, screen
        self._unread, self._reports = False, list[Report]()  # what a database that was away has not taken yet
        self._hosts, self._leads = home / "feeds" / "hosts.txt", home / "feeds" / "leads" / "monitor.jsonl"
        self._leads.parent.mkdir(parents=True, exist_ok=True)
        for path in (self._hosts, self._leads):
            path.touch()
        self._done = home / "feeds" / "handed-over-until"
        if self._done.exists():  # a range that died: what the product's files hold already is not handed over twice
            self._world.leads(datetime.fromisoformat(self._done.read_text("ascii")))
        if not Source.objects.filter(name=HOSTS).exists():
            add_source(HOSTS, "hostname_file", {"path": str(self._hosts)}, by="range", now=world.now)
            add_source(MONITORS, "watched_folder", {"path": str(self._leads.parent)}, by="range", now=world.now)

    def feed(self, now: datetime) -> int:
        """Hand over what became known until now; give how many leads came."""
        feed = self._world.leads(now)
        self._append(self._hosts, feed.hosts, now)
        self._append(self._leads, feed.lines, now)
        self._unread = self._unread or bool(feed.hosts or feed.lines)
        self._reports += feed.reports
        came = len(self._reports)
        while self._reports:
            self._report(self._reports[0], now)
            del self._reports[0]
        if self._unread:
            came += feed_all(now, self._screen)
            self._unread = False
        self._done.write_text(now.isoformat(), "ascii")
        return came

    def _report(self, report: Report, now: datetime) -> None:
        who = hashlib.sha256(f"{self._world.seed}/{report.at}/{report.text}".encode()).hexdigest()
        with contextlib.suppress(TooManyReportsError):  # the product's own limit: the public will report it again
            take_report(report.kind, report.text, "", who, now)

    @staticmethod
    def _append(path: Path, lines: tuple[str, ...], now: datetime) -> None:
        if lines:
            with path.open("a", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
            os.utime(path, (now.timestamp(), now.timestamp()))  # a source dates hostnames by its file
