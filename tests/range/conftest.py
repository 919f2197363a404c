"""A small world for the tests of this room: real sockets on loopback, planted once a module."""

from collections.abc import Iterator

import pytest

from zhengben.core.brand import Brand
from zhengben.flow.dossiers import load_brands
from zhengben.range.dossier import range_brand
from zhengben.range.scenario import read_scenario
from zhengben.range.world import World


@pytest.fixture(scope="session")
def brand() -> Brand:
    return range_brand(load_brands(ids=("weilidai",))[0])


@pytest.fixture
def world(brand: Brand) -> Iterator[World]:
    with World(read_scenario("small"), 7, brand) as planted:
        yield planted
