"""The training ground: a small internet on loopback, its people, its time, and the truth about it.

    with World(read_scenario("small"), 7, brand) as world:
        world.advance(later)          # what was due until then happens
        world.leads(later)            # what the outside monitors and the public know by then
        world.resolver("home")        # how to reach it, from one of two vantages

What the product may use: `leads`, `resolver`, `allow_hosts`, `smtp`, `replies_to`, `complaints_go_to`, `control`.
Everything else is the truth, for those who judge the product.
"""

import heapq
import random
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from types import TracebackType
from typing import Self

from zhengben.core.brand import Brand
from zhengben.range.feeds import Feed, Feeds
from zhengben.range.grammar import Speaker
from zhengben.range.journal import Journal
from zhengben.range.mailbox import PostOffice, Received, named_in, write_back
from zhengben.range.nameserver import NameServer, RangeResolver
from zhengben.range.planter import noise, plant
from zhengben.range.scenario import Scenario
from zhengben.range.site import Internet
from zhengben.range.tempers import LETTERS, fall, steps, trick
from zhengben.range.thing import GONE, Thing
from zhengben.range.web import Web

VANTAGES = ("home", "abroad")
# Four addresses for all hosts: neighbours on one machine are the rule, as they are on real hosting.
ADDRESSES = tuple(f"127.66.0.{n}" for n in range(1, 5))


@dataclass(frozen=True, slots=True)
class Delivery:
    """A letter the world received: when, for which thing ("" for none it knows), in which of its lives."""

    at: datetime
    letter: Received
    thing: str
    life: int


class World:
    """One planted world. Enter it to open its ports; everything on loopback, nothing sleeps."""

    def __init__(self, scenario: Scenario, seed: int, brand: Brand, journal: Journal | None = None) -> None:
        """Plant it; no port is opened before it is entered. `journal` keeps the letters it receives for `replay`."""
        self._journal = journal
        self.scenario, self.seed, self.now = scenario, seed, scenario.start
        self.things: dict[str, Thing] = {thing.id: thing for thing in plant(scenario, seed, brand)}
        # Known before the noise is drawn: a name of no interest must not happen to be an impostor's.
        hosts = frozenset(host for thing in self.things.values() for host in thing.hosts)
        self._noise = noise(scenario, seed, brand, hosts)
        self.internet = Internet(tuple(self.things.values()), self._noise, ADDRESSES, lambda: self.now)
        self._feeds = Feeds(scenario, seed, tuple(self.things.values()), self._noise)
        self._web = Web(self.internet.answer, VANTAGES)
        self._names = NameServer(self.internet.address)
        self._post = PostOffice(self._receive)
        self._queue: list[tuple[datetime, int, str, str, Received | None]] = []
        self._number = count()
        self._opened = ExitStack()
        self.replies_to: tuple[str, int] | None = None
        self.received: list[Delivery] = []
        self.returned: list[tuple[str, datetime]] = []
        self.replies = 0
        self.lost_replies = 0

    def __enter__(self) -> Self:
        """Open the ports; raise OSError where loopback does not allow it."""
        # What was opened is closed again where a later part cannot open; a port left behind fails the next test.
        with ExitStack() as opened:
            for part, start in (
                (self._names, self._names.start),
                (self._web, self._open_web),
                (self._post, self._post.start),
            ):
                start()
                opened.callback(part.close)
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close everything."""
        self._opened.close()

    def _open_web(self) -> None:
        self._web.start(ADDRESSES)

    @property
    def end(self) -> datetime:
        """Give the moment at which the scenario is over."""
        return self.scenario.start + timedelta(days=self.scenario.days)

    def resolver(self, vantage: str = VANTAGES[0]) -> RangeResolver:
        """Give the way to reach this internet from a vantage."""
        return RangeResolver(self._names.port, {80: self._web.ports[vantage]}, lambda: self.now)

    @property
    def allow_hosts(self) -> tuple[str, ...]:
        """Give the loopback addresses and ports that the egress guard must let through, as `address:port`."""
        return tuple(f"{address}:{port}" for address in ADDRESSES for port in self._web.ports.values())

    @property
    def web_port(self) -> int:
        """Give the port at which the first vantage reaches every host."""
        return self._web.ports[VANTAGES[0]]

    @property
    def smtp(self) -> tuple[str, int]:
        """Give host and port of the server that takes mail for everybody."""
        return self._post.place

    @property
    def control(self) -> str:
        """Give a page that always answers, against which a vantage proves that it can see at all."""
        return self.internet.control

    def complaints_go_to(self, host: str) -> str:
        """Give the mailbox for complaints about a host, as RDAP or a platform's page tells anybody; or nothing."""
        return self.internet.mailboxes.get(host.lower(), "")

    def leads(self, until: datetime) -> Feed:
        """Give what monitors and the public have learned since the last call and until then."""
        return self._feeds.take(until)

    def next_event(self) -> datetime | None:
        """Give when something will happen next by itself: a letter back, a fall, a return; None for nothing."""
        return self._queue[0][0] if self._queue else None

    def next_lead(self) -> datetime | None:
        """Give when monitors or the public will learn something next; None when they know everything."""
        return self._feeds.next_at()

    def advance(self, now: datetime) -> int:
        """Let time pass until `now`; what was due happens in order. Give how many things happened."""
        done = 0
        while self._queue and self._queue[0][0] <= now:
            at, _, thing_id, act, letter = heapq.heappop(self._queue)
            self.now = max(self.now, at)
            self._happen(self.things[thing_id], act, letter)
            done += 1
        self.now = max(self.now, now)
        return done

    def replay(self, until: datetime) -> int:
        """Bring a world that died back to where it was: every letter of its journal, and silence otherwise.

        Answers due until then were given in its first life and are not given again; those due later will be. Give how
        many letters there were.
        """
        kept, self._journal = self._journal, None
        replies, self.replies_to = self.replies_to, None
        letters = list(kept.read()) if kept else []
        for at, letter in letters:
            self.advance(min(at, until))
            self.now = max(self.now, at)  # it came during the tick that was never finished
            self._receive(letter)
        self.advance(until)
        self._journal, self.replies_to, self.lost_replies = kept, replies, 0
        return len(letters)

    def _happen(self, thing: Thing, act: str, letter: Received | None) -> None:
        if act in LETTERS and letter is not None:
            self._reply(thing, act, letter)
            return
        gone = thing.mode(self.now) in GONE
        if act == "return" and gone:
            thing.life.append((self.now, "up"))
            thing.lives += 1
            self.returned.append((thing.id, self.now))
        elif act != "return" and not gone:  # what lies down already neither falls again nor plays tricks
            self._turn(thing, act)

    def _turn(self, thing: Thing, act: str) -> None:
        if act == "fall":
            thing.life.append((self.now, fall(self._chance(thing, act), owns_host=thing.owns_host)))
        elif act == "trick":
            has_file = len(thing.places) > 2
            thing.life.append((self.now, trick(self._chance(thing, act), owns_host=thing.owns_host, has_file=has_file)))
        elif act == "up":
            thing.life.append((self.now, "up"))

    def _reply(self, thing: Thing, act: str, letter: Received) -> None:
        if self.replies_to is None:
            self.lost_replies += 1
            return
        self.replies += 1
        speaker = Speaker("replies", self._chance(thing, f"{act}{letter.message_id}"))
        body = speaker.say(act, {"ticket": f"{self.now:%m%d}{speaker.chance.randrange(1000, 9999)}"})
        try:
            write_back(self.replies_to, letter, body, f"r{self.replies}.{thing.id}")
        except OSError:
            self.lost_replies += 1

    def _receive(self, letter: Received) -> str:
        if self._journal is not None:
            self._journal.append(self.now, letter)
        if letter.to not in self.internet.known_mailboxes:
            self.received.append(Delivery(self.now, letter, "", 0))
            return "550 5.1.1 no such mailbox here"
        thing = self._meant(letter)
        self.received.append(Delivery(self.now, letter, thing.id if thing else "", thing.lives if thing else 0))
        if thing is not None and self._first(letter):
            thing.notices += 1
            for hours, act in steps(thing.temper, thing.notices, self._chance(thing, f"notice{thing.notices}")):
                heapq.heappush(
                    self._queue, (self.now + timedelta(hours=hours), next(self._number), thing.id, act, letter)
                )
        return "250 2.0.0 taken"

    def _first(self, letter: Received) -> bool:
        return sum(one.letter.message_id == letter.message_id for one in self.received) == 1

    def _meant(self, letter: Received) -> Thing | None:
        """Find the thing a letter speaks of, among those its addressee can do something about."""
        text = named_in(letter.text)
        hits = [
            (len(name), thing)
            for thing in self.things.values()
            if thing.addressee == letter.to
            for name in self.internet.spellings(thing)
            if name in text
        ]
        return max(hits, key=lambda hit: (hit[0], hit[1].id))[1] if hits else None

    def _chance(self, thing: Thing, what: str) -> random.Random:
        return random.Random(f"{self.seed}/{thing.id}/{what}/{thing.lives}")
