"""The stage of the range: the world is planted here and played beside the console (loaded once Django is set up)."""

import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event

from zhengben.flow.dossiers import load_brands
from zhengben.flow.drill import Drill, Pace, browser_of, live
from zhengben.flow.drill_feeds import Feeder
from zhengben.flow.drill_outside import Outside
from zhengben.locale.words import say
from zhengben.range.dossier import PLAYED, range_brand
from zhengben.range.journal import Journal
from zhengben.range.scenario import read_scenario
from zhengben.range.world import World
from zhengben.server.clock import stopped_at, wall_clock, write_clock
from zhengben.store.due import beat

NAME = "range"
SECONDS_AN_HOUR = "1.0"
PICTURES = 16  # a visitor should see what a victim sees; `range run small` stays without a browser


def play(scenario: str, home: Path, stop: Event) -> None:
    """Plant the world and play it; every tick tells the web process what time it is there.

    A world that died in the middle goes on where it stopped, and says so; one that has ended stays as it is.
    """
    before = stopped_at(home)
    if before is not None and before[1]:
        return
    pace = Pace(seconds_an_hour=float(os.environ.get("ZHENGBEN_RANGE_SECONDS_AN_HOUR", SECONDS_AN_HOUR)))
    speed = 3600 / pace.seconds_an_hour
    brand = range_brand(load_brands(ids=(PLAYED,))[0])

    def tick(now: datetime) -> None:
        """Move the range's clock on, and say that the stage is alive."""
        write_clock(home, wall_clock(), now, speed)
        alive()

    seed = int(os.environ.get("ZHENGBEN_RANGE_SEED", "7"))
    told = read_scenario(scenario)
    told = replace(told, browser_sample=told.browser_sample or PICTURES)
    journal = Journal(home / "range-letters.jsonl")
    with World(told, seed, brand, journal) as world, Outside(world, brand, home, browser_of(told, _say)) as outside:
        if before is not None:
            letters = world.replay(before[0])
            day = (before[0] - told.start).days + 1
            _say(say("up.range_resumed", _language(), {"day": day, "letters": letters}))
        tick(world.now)
        live(Drill(world, outside, Feeder(world, home, outside.screen)), stop, tick, pace)
        if stop.is_set():
            return  # asked to stop: it can go on from here
        write_clock(home, wall_clock(), world.now, 0.0)  # the world has ended: its time stands still


def alive() -> None:
    """Give a sign of life, by the wall clock."""
    beat(NAME, wall_clock(), 0)


def _language() -> str:
    return os.environ.get("ZHENGBEN_LANGUAGE", "zh")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
