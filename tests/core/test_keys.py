"""What is a key of caches: equal things have one hash, cheap because a look asks for it thousands of times."""

import dataclasses

import pytest

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import Link, PageFacts
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

PAGE = PageFacts(url="https://a.cn/", final_url="https://a.cn/", title="一", text="二", links=(Link(url="/x"),))


def brand(change: str = "") -> Brand:
    one = load_brands(ids=("weilidai",))[0]
    return dataclasses.replace(one, owner=one.owner + change)


def test_equal_things_are_one_key() -> None:
    assert len({brand(), brand()}) == 1
    assert len({PAGE, dataclasses.replace(PAGE)}) == 1
    assert len({pack((brand(),)), pack((brand(),))}) == 1


OTHERS = [
    dataclasses.replace(PAGE, url="z"), dataclasses.replace(PAGE, title="z"), dataclasses.replace(PAGE, text="z"),
    dataclasses.replace(PAGE, status=404), dataclasses.replace(PAGE, links=()),
    dataclasses.replace(PAGE, moves_to=("/",)),
]  # fmt: skip


@pytest.mark.parametrize("other", OTHERS)
def test_pages_that_differ_anywhere_stay_two_keys(other: PageFacts) -> None:
    assert len({PAGE, other}) == 2


def test_brands_and_packs_that_differ_stay_two_keys() -> None:
    assert len({brand(), brand("甲")}) == 2
    assert len({pack((brand(),)), pack((brand("甲"),))}) == 2
