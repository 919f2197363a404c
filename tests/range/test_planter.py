"""What is planted: the same for the same seed, other for another, of every sort asked for, and hard to mix up."""

import dataclasses
import json

import pytest

from zhengben.core.brand import Brand
from zhengben.core.lead import KINDS
from zhengben.range.decoys import DECOYS
from zhengben.range.feeds import lead_line
from zhengben.range.planter import IMPOSTORS, noise, plant
from zhengben.range.scenario import SHIPPED, ScenarioError, read_scenario
from zhengben.range.tempers import TEMPERS

SMALL = read_scenario("small")


def test_the_same_seed_plants_the_same_bytes(brand: Brand) -> None:
    one, two = plant(SMALL, 3, brand), plant(SMALL, 3, brand)
    assert [dataclasses.asdict(thing) for thing in one] == [dataclasses.asdict(thing) for thing in two]


def test_another_seed_plants_another_world(brand: Brand) -> None:
    one, two = ({thing.locator for thing in plant(SMALL, seed, brand)} for seed in (1, 2))
    assert len(one & two) < len(one) / 5


@pytest.mark.parametrize("seed", range(6))
def test_small_keeps_its_promise(brand: Brand, seed: int) -> None:
    things = plant(SMALL, seed, brand)
    impostors = [thing for thing in things if thing.impostor]
    assert len(impostors) >= 30
    assert len(things) - len(impostors) >= 30
    assert len({thing.id for thing in things}) == len(things) == len({thing.locator for thing in things})
    assert {thing.kind for thing in things} <= set(KINDS)
    assert {thing.temper for thing in things} <= set(TEMPERS)


def test_every_sort_can_be_planted(brand: Brand) -> None:
    every = dataclasses.replace(SMALL, impostors=dict.fromkeys(IMPOSTORS, 2), decoys=dict.fromkeys(DECOYS, 2))
    assert {thing.sort for thing in plant(every, 5, brand)} == set(IMPOSTORS) | set(DECOYS)


def test_an_unknown_sort_is_told(brand: Brand) -> None:
    with pytest.raises(ScenarioError, match="unknown sort 'ghost'"):
        plant(dataclasses.replace(SMALL, decoys={"ghost": 1}), 1, brand)


def test_official_decoys_stand_on_the_official_domain(brand: Brand) -> None:
    official = [thing for thing in plant(SMALL, 1, brand) if thing.sort == "official_page"]
    assert official
    assert all(host.endswith(".webank.com") for thing in official for host in thing.hosts)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_truth_never_leaves_the_world(brand: Brand, seed: int) -> None:
    """Nothing that is handed out or served says what a thing is."""
    for thing in plant(SMALL, seed, brand):
        shown = [lead_line(thing, thing.appears), *(place.body.decode("utf-8", "replace") for place in thing.places)]
        for text in shown:
            assert thing.id not in text
            assert thing.sort not in text or "_" not in thing.sort or thing.sort == thing.kind
            assert not {"impostor", "decoy", "truth"} & set(text.lower().split())


def test_lines_of_monitors_are_lead_v1(brand: Brand) -> None:
    for thing in plant(SMALL, 1, brand):
        row = json.loads(lead_line(thing, thing.appears))
        assert row["v"] == "lead.v1"
        assert row["kind"] in KINDS
        assert row["locator"] == thing.locator
        assert row["seen_at"].endswith("+08:00")


def test_noise_is_nobodys_name(brand: Brand) -> None:
    hosts = noise(SMALL, 1, brand, frozenset())
    assert len(hosts) == len(set(hosts)) == SMALL.noise_hosts
    assert not [host for host in hosts if "weilidai" in host]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_can_be_planted(brand: Brand, name: str) -> None:
    scenario = read_scenario(name)
    for seed in (1, 2):
        assert len(plant(scenario, seed, brand)) > 0.95 * (
            sum(scenario.impostors.values()) + sum(scenario.decoys.values())
        )
        assert len(noise(scenario, seed, brand, frozenset())) == scenario.noise_hosts
