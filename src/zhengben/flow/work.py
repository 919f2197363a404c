"""One worker's loop: sources, what is due, a sign of life; and patience with a database that cannot be used.

Any number of these run on one database. Killed at any moment, its work is taken over when its leases end. A database
that is locked, full or gone is waited for, with one line that says so; nothing is given up.
"""

import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import Error, connection, transaction

from zhengben.flow.case_clock import run_due
from zhengben.flow.feed import feed_all
from zhengben.flow.ports import Adapters
from zhengben.store.due import beat, database_now
from zhengben.store.events import log

WAIT, LONGEST_WAIT = 0.5, 30.0
HEARTBEAT = timedelta(seconds=10)
JITTER = timedelta(seconds=5)  # a time service that corrects a clock gently stays below this
LIMIT = 20


class Worker:
    """One loop over what is due. `world` makes the adapters once; `clock` gives the database's time."""

    def __init__(self, world: Adapters, name: str, clock: Callable[[], datetime] | None = None) -> None:
        """Work for `world` under a name that no other live worker has."""
        self.world, self.name, self.clock = world, name, clock or database_now
        self.stop = threading.Event()
        self.done = 0
        self._beat: datetime | None = None
        self._last: datetime | None = None

    def run(self) -> None:
        """Work until stopped; wait a little where nothing is due, and longer where the database cannot be used."""
        wait = WAIT
        while not self.stop.is_set():
            try:
                idle = self.turn() == 0
                wait = WAIT
            except Error as error:
                idle, wait = True, min(wait * 2, LONGEST_WAIT)
                say(f"the database cannot be used ({first_line(error)}); nothing is lost, next try in {wait:g} s")
                connection.close()
            if idle:
                self.stop.wait(wait)

    def turn(self) -> int:
        """Do one round: sources, then what is due; give how much was done."""
        now = self.clock()
        self._notice_the_clock(now)
        self._alive(now)
        done = feed_all(now, self.world.screen) + run_due(now, self.world, self.name, LIMIT)
        self.done += done
        return done

    def _alive(self, now: datetime) -> None:
        if self._beat is None or abs(now - self._beat) >= HEARTBEAT:
            beat(self.name, now, self.done)
            self._beat = now

    def _notice_the_clock(self, now: datetime) -> None:
        """Say, and write into the ledger, that the clock went back: the times of events no longer rise with them."""
        last, self._last = self._last, now
        if last is None or last - now < JITTER:
            return
        seconds = round((last - now).total_seconds())
        say(f"the clock went back by {seconds} s; what is due waits for it, nothing is lost. Check the time service")
        with transaction.atomic():
            facts = {"from": last.isoformat(), "to": now.isoformat(), "seconds": seconds}
            log("clock", 0, "went_back", now=now, actor=self.name, facts=facts)


def first_line(error: BaseException) -> str:
    """Give the first line of an error's words."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def say(words: str) -> None:
    """Say one thing on one line of standard error."""
    sys.stderr.write(f"zhengben worker: {' '.join(words.split())}\n")
    sys.stderr.flush()
