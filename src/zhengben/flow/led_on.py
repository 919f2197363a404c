"""Follow a page that only sends its visitors on (`<meta http-equiv=refresh>`), as browsers do, through the same eyes.

A plain download follows the redirects of a server; this one stands in the page. Each step is fetched by every client
and judged by the egress guard like any address, and the steps stand among the redirects of what was fetched.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from zhengben.core.fetched import Fetched, Hop
from zhengben.core.sighting import Sighting

MOST = 5  # addresses; browsers go on without end, whoever leads through more only means to tire out who looks
MOVED = "page.moved"  # what a page that sends its visitors on has not shown
TOO_MANY = "page.too_many_redirects"


@dataclass(slots=True)
class Led:
    """Where a look was led: the pages it ended at, those it came through, and what was fetched on the way."""

    ends: list[Sighting] = field(default_factory=list)
    passed: list[Sighting] = field(default_factory=list)
    fetched: list[Fetched] = field(default_factory=list)


def led_on(
    sightings: Sequence[Sighting],
    hops: tuple[Hop, ...],
    fetch: Callable[[str], list[Fetched]],
    read: Callable[[list[Fetched]], list[Sighting]],
) -> Led:
    """Follow every page that sends its visitors on; a page that could not be followed says so in `missing`.

    `hops` are the redirects so far; `fetch` goes to an address as every client, `read` gives one sighting for each
    different answer.
    """
    led, seen = Led(), set(_addresses(sightings))
    todo = _steps(sightings, hops)
    while todo:
        here, way = todo.pop(0)
        there = here.page.refresh_to if here.page else ""
        if not there:
            led.ends.append(here)
        elif there in seen:
            led.passed.append(_shown(here))  # in a circle: both ends of it were looked at
        elif len(seen) > MOST:
            led.passed.append(replace(here, missing=(*here.missing, TOO_MANY)))
        else:
            seen.add(there)
            got = [replace(one, hops=(*way, *one.hops)) for one in fetch(there)]
            led.fetched += got
            if all(one.failure for one in got):
                led.passed.append(_stopped(here, got[0].failure))
            else:
                led.passed.append(_shown(here))
                todo += _steps(read(got), got[0].hops)
    return led


def _steps(sightings: Iterable[Sighting], way: tuple[Hop, ...]) -> list[tuple[Sighting, tuple[Hop, ...]]]:
    return [(sighting, way) for sighting in sightings]


def _addresses(sightings: Sequence[Sighting]) -> Iterator[str]:
    return (sighting.page.final_url for sighting in sightings[:1] if sighting.page)


def _shown(sighting: Sighting) -> Sighting:
    return replace(sighting, missing=tuple(code for code in sighting.missing if code != MOVED))


def _stopped(sighting: Sighting, failure: str) -> Sighting:
    return replace(sighting, missing=(*sighting.missing, f"page.{failure}"))
