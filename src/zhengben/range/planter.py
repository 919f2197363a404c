"""Planting a world: from a scenario and a seed to its things, the same every time."""

from collections.abc import Callable

from zhengben.core.brand import Brand
from zhengben.range.decoys import DECOYS
from zhengben.range.ground import Ground, Plot
from zhengben.range.hostnames import Namer
from zhengben.range.impostor_hosted import HOSTED
from zhengben.range.impostor_sites import SITES
from zhengben.range.scenario import Scenario, ScenarioError
from zhengben.range.thing import Thing

IMPOSTORS = {**SITES, **HOSTED}


def plant(scenario: Scenario, seed: int, brand: Brand) -> tuple[Thing, ...]:
    """Plant everything a scenario asks for; raise ScenarioError for a sort that nobody knows how to make."""
    ground = Ground(scenario, seed, brand, _namer(brand))
    for counts, makers, impostor in ((scenario.impostors, IMPOSTORS, True), (scenario.decoys, DECOYS, False)):
        for sort, count in counts.items():
            if sort not in makers:
                raise ScenarioError(f"{scenario.name}: unknown sort {sort!r}; use {', '.join(sorted(makers))}")
            # Each thing draws from a chance of its own: one sort more in a scenario changes none of the others.
            ground.things += [_planted(makers[sort], ground.plot(sort, n, impostor=impostor)) for n in range(count)]
    return tuple(sorted(_once(ground.things), key=lambda t: (t.appears, t.id)))


def _planted(make: Callable[[Plot], Thing], plot: Plot) -> Thing:
    thing = make(plot)
    if plot.impostor:
        thing.also = frozenset(plot.hosts) | {plot.facts["phone"], plot.facts["wechat"], plot.facts["qq"]}
    return thing


def noise(scenario: Scenario, seed: int, brand: Brand, taken: frozenset[str]) -> tuple[str, ...]:
    """Give hostnames of no interest that run through the same feeds."""
    ground = Ground(scenario, seed, brand, _namer(brand))
    ground.namer.used |= taken
    plots = (ground.plot("noise", n, impostor=False) for n in range(scenario.noise_hosts))
    return tuple(plot.host("plain", "junk") for plot in plots)


def _namer(brand: Brand) -> Namer:
    domains = brand.official("domain")
    latin = (brand.names.latin or (brand.id,))[0]
    # The generator is replaced by each plot's own; this one never draws.
    return Namer(Ground.nobody(), latin, brand.names.primary, domains[0].value if domains else f"{latin}.com")


def _once(things: list[Thing]) -> list[Thing]:
    """Leave out what would be the same thing twice: short texts may be drawn again."""
    seen: dict[str, Thing] = {}
    for thing in things:
        # Two reports of one text are one target to the product; planted twice, one would count as missed.
        seen.setdefault(thing.locator, thing)
    return list(seen.values())
