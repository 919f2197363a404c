"""Things made to hurt whoever examines them: harmless to name, dangerous to open, the same for the same seed."""

import random
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import pytest

from zhengben.core.brand import Brand
from zhengben.range.dossier import PLAYED, TERM, range_brand, range_brands
from zhengben.range.ground import Ground
from zhengben.range.hostile import HOSTILE, MEGABYTE
from zhengben.range.hostnames import Namer
from zhengben.range.scenario import parse_scenario
from zhengben.range.thing import Thing

SCENARIO = parse_scenario("start = 2026-01-01T00:00:00+08:00\ndays = 10\n")


def planted(brand: Brand, sort: str, seed: int = 1) -> Thing:
    """Plant one hostile thing."""
    namer = Namer(random.Random(seed), "weilidai", "微粒贷", "webank.com")  # noqa: S311 -- a world repeats
    return HOSTILE[sort](Ground(SCENARIO, seed, brand, namer).plot(sort, 0, impostor=False))


@pytest.mark.parametrize("sort", HOSTILE)
def test_it_is_nobodys_impostor_and_bears_nobodys_name(brand: Brand, sort: str) -> None:
    thing = planted(brand, sort)
    assert not thing.impostor
    assert thing.feed == "report"
    names = (*brand.names.latin, brand.names.primary)
    assert not any(name in host for host in thing.hosts for name in names)
    assert not any(name.encode() in place.body for place in thing.places for name in (brand.names.primary, "webank"))


@pytest.mark.parametrize("sort", HOSTILE)
def test_the_public_reports_an_address_that_is_served(brand: Brand, sort: str) -> None:
    thing = planted(brand, sort)
    assert thing.locator == thing.places[0].url
    assert urlsplit(thing.locator).hostname in thing.hosts


@pytest.mark.parametrize("sort", HOSTILE)
def test_the_same_seed_plants_the_same(brand: Brand, sort: str) -> None:
    assert planted(brand, sort, 7) == planted(brand, sort, 7)


@pytest.mark.parametrize("sort", HOSTILE)
def test_it_appears_within_the_days_of_the_scenario(brand: Brand, sort: str) -> None:
    appears = planted(brand, sort).appears
    assert SCENARIO.start <= appears <= SCENARIO.start + timedelta(days=SCENARIO.days)


@pytest.mark.parametrize("seed", range(8))
def test_one_leads_inside(brand: Brand, seed: int) -> None:
    host = urlsplit(planted(brand, "hostile_inside", seed).places[0].moved).hostname
    assert host is not None
    inside = ip_address(host)
    assert inside.is_loopback or inside.is_link_local


def test_one_leads_round_for_ever(brand: Brand) -> None:
    one, two = planted(brand, "hostile_circle").places
    assert (one.moved, two.moved) == (two.url, one.url)


def test_one_is_larger_than_a_page_may_be_and_one_deeper(brand: Brand) -> None:
    (big,) = planted(brand, "hostile_big").places
    assert len(big.body) * big.times > 8 * MEGABYTE
    assert planted(brand, "hostile_deep").places[0].body.count(b"<div>") == 60_000


def test_one_calls_itself_a_package_and_is_none(brand: Brand) -> None:
    (place,) = planted(brand, "hostile_no_zip").places
    assert place.body.startswith(b"PK\x03\x04")
    assert b"PK\x05\x06" not in place.body
    assert place.content == "application/vnd.android.package-archive"


# --- the dossier it is played with ------------------------------------------------------------------------------------


def test_the_renewal_of_the_range_is_marked_as_invented_wherever_it_is_seen(brand: Brand) -> None:
    made = [right for right in brand.rights if right.invented]
    assert len(made) == 1
    assert (made[0].valid_from, made[0].valid_to) == TERM
    assert made[0].document == ""  # no paper is made up for it
    assert made[0].holder == brand.owner


def test_what_is_printed_stays_as_it_is_printed(brand: Brand) -> None:
    again = range_brand(brand)
    assert again.rights[: len(brand.rights)] == brand.rights
    assert (again.names, again.channels, again.logos) == (brand.names, brand.channels, brand.logos)


def test_only_the_brand_that_is_imitated_is_played(brand: Brand) -> None:
    assert [one.id for one in range_brands((brand,))] == [PLAYED]
    assert range_brands(()) == ()
