"""The drill: the whole product, from leads to disclosure, against the small internet of the range.

`run` plays a scenario to its end in virtual time and gives the contract's summary. `live` plays it slowly beside the
console, with a person of flesh and blood as the second person. Both use the same steps as the product does for real.
"""

import importlib
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event as Flag

from django.db import DatabaseError

from zhengben.collect.guard import Guard
from zhengben.flow.case_clock import run_due
from zhengben.flow.dossiers import load_brands
from zhengben.flow.drill_feeds import Feeder
from zhengben.flow.drill_outside import Browser, Outside
from zhengben.flow.drill_people import approve_drafts, sign_drafts
from zhengben.flow.drill_score import summary
from zhengben.flow.mail_door import take_mail
from zhengben.flow.ports import Adapters
from zhengben.range.dossier import PLAYED, range_brand
from zhengben.range.scenario import Scenario
from zhengben.range.world import World
from zhengben.store.due import next_due
from zhengben.store.models import Notice
from zhengben.takedown.answers import read_answer

STEP = timedelta(hours=1)
GRID = timedelta(hours=2)  # nobody looks at the clock more often: what falls due is done in small heaps
FEED_EVERY = timedelta(hours=6)
PEOPLE_EVERY = timedelta(hours=3)
LIMIT = 50
WORKER = "range-worker"
PATIENCE = 2.0  # seconds before a tick is tried again on a database that could not be used
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Drill:
    """One scenario under way: the world, what the product reaches it with, and when whose turn is next."""

    world: World
    outside: Outside
    feeder: Feeder
    adapters: Adapters = field(init=False)
    next_feed: datetime = field(init=False)
    next_people: datetime = field(init=False)
    due: datetime | None = None
    drafts: int = 0  # of which people may have something to do

    def __post_init__(self) -> None:
        """Bind the adapters; everybody's first turn is at the start. Drafts of a life before a crash still wait."""
        self.adapters = self.outside.adapters()
        self.next_feed = self.next_people = self.world.now
        self.drafts = Notice.objects.filter(state="draft").count()

    def tick(self, now: datetime, approve: Callable[[datetime, Adapters], int]) -> int:
        """Let everything happen that is due until `now`; give how much of the product's own work was done."""
        self.world.advance(now)
        done = self._answers(now)
        if now >= self.next_feed:
            self.next_feed = now + FEED_EVERY
            done += self.feeder.feed(now)
        if now >= self.next_people and self.drafts:
            self.next_people = now + PEOPLE_EVERY
            approved = approve(now, self.adapters)
            self.drafts = sign_drafts(now)
            done += approved + self.drafts
        return done + self._work(now)

    def next_tick(self, now: datetime) -> datetime:
        """Give the next even hour at which anybody has something to do, at most the world's end."""
        times = [self.due, self.world.next_event()]
        if self.world.next_lead() is not None:
            times.append(max(self.next_feed, self.world.next_lead() or now))
        if self.drafts:
            times.append(self.next_people)
        first = min((at for at in times if at is not None), default=self.world.end)
        steps = max(1, math.ceil((first - now) / GRID))
        return min(now + steps * GRID, self.world.end)

    def _work(self, now: datetime) -> int:
        """Run the case clock until nothing is due any more."""
        done = 0
        self.due = next_due()
        while self.due is not None and self.due <= now:
            claimed = run_due(now, self.adapters, WORKER, LIMIT)
            if not claimed:
                break
            done += claimed
            self.drafts += 1
            self.due = next_due()
        return done

    def _answers(self, now: datetime) -> int:
        """Take what addressees wrote back: keep the bytes, read them, move the notice."""
        count = 0
        while not self.outside.letters.empty():
            letter = self.outside.letters.get()
            answer = read_answer(letter.raw, self.outside.postmark, letter.recipients)
            take_mail(letter.raw, answer, self.outside.vault, min(letter.at, now))
            count += 1
        return count


def play(
    scenario: Scenario, seed: int, home: Path, say: Callable[[str], None] = lambda _line: None
) -> dict[str, object]:
    """Plant a world, play it to its end against an empty record in `home`, and give the contract's summary.

    Raises OSError where loopback or the folder cannot be used.
    """
    began = time.monotonic()
    brand = range_brand(load_brands(ids=(PLAYED,))[0])
    with World(scenario, seed, brand) as world, Outside(world, brand, home, browser_of(scenario, say)) as outside:
        drill = Drill(world, outside, Feeder(world, home, outside.screen))
        run(drill, say)
        told = summary(world, outside)
    return told | {"elapsed_s": round(time.monotonic() - began, 2)}


def browser_of(scenario: Scenario, say: Callable[[str], None]) -> Callable[[Guard], Browser | None]:
    """Give what opens a browser for a scenario that wants a sample of captures; without one, say so and go on."""
    if not scenario.browser_sample:
        return lambda _guard: None
    module = importlib.import_module("zhengben.collect.browser")  # heavy, and needed by few scenarios
    if why := module.available():
        say(f"range: {why}; pages are only downloaded")
        return lambda _guard: None

    def opened(guard: Guard) -> Browser | None:
        """Open a browser behind the guard it is given."""
        browser: Browser = module.Browser(guard)
        return browser

    return opened


def run(drill: Drill, say: Callable[[str], None] = lambda _line: None) -> None:
    """Play a scenario to its end, from one moment at which something is due to the next; `say` hears of each week."""
    world, now = drill.world, drill.world.now
    week = now + timedelta(days=7)
    while now < world.end:
        drill.tick(now, approve_drafts)
        if now >= week:
            say(f"range: {(now - world.scenario.start).days} of {world.scenario.days} days")
            week = now + timedelta(days=7)
        now = drill.next_tick(now)
    drill.tick(world.end, approve_drafts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How `live` runs: seconds of real time for one virtual hour, and when the invented second person steps in.

    Drafts that wait longer than `approve_after` are approved by the invented person, but never the newest `spare`;
    with `approve_after` None nobody but the user approves.
    """

    seconds_an_hour: float = 1.0
    approve_after: timedelta | None = timedelta(days=5)
    spare: int = 3


def live(
    drill: Drill, stop: Flag, on_tick: Callable[[datetime], None] = lambda _now: None, pace: Pace | None = None
) -> None:
    """Play a scenario beside the console until it ends or `stop` is set; `on_tick` hears the virtual time."""
    pace = pace or Pace()

    def approve(now: datetime, adapters: Adapters) -> int:
        """Approve what lies in draft, at the pace of this range; none where approving is left to people."""
        return 0 if pace.approve_after is None else approve_drafts(now, adapters, pace.approve_after, pace.spare)

    world, now = drill.world, drill.world.now
    while now < world.end and not stop.is_set():
        began = time.monotonic()
        try:
            drill.tick(now, approve)
        except DatabaseError as error:
            log.warning("the database cannot be used (%s); the range waits and goes on", error)
            stop.wait(PATIENCE)
            continue
        on_tick(now)
        now += STEP
        stop.wait(max(0.0, pace.seconds_an_hour - (time.monotonic() - began)))
