"""A registered picture on a page: what it proves, and what is told of it so that it can be measured again."""

from dataclasses import replace

import pytest

from zhengben.core.pagefacts import Field, Form, LogoMatch, PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.page_mark import MOST, detect
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

BRANDS = load_brands()
WEILIDAI = next(brand for brand in BRANDS if brand.id == "weilidai")
NAMES = pack(BRANDS)
SECRETS = (Form(action="", fields=(Field(asks="id_card", label="身份证号"),)),)


def match(distance: int = 40, correlation: float = 0.95, brand: str = "weilidai") -> LogoMatch:
    return LogoMatch(
        brand=brand, reference="weilidai/sail.png", reference_sha256="a" * 64, source="http://b.example/" + "x" * 400,
        source_sha256="b" * 64, box=(1, 2, 30, 40), distance=distance, correlation=correlation,
        method="three-views-laid/1", right="16577525", needed=0.97, crop_sha256="c" * 64,
    )  # fmt: skip


def told(*logos: LogoMatch, host: str = "b.example", forms: tuple[Form, ...] = ()) -> list[Reason]:
    page = PageFacts(url=f"http://{host}/", final_url=f"http://{host}/", logos=logos, forms=forms)
    return detect(Sighting(kind="url", target=page.url, host=host, page=page), WEILIDAI, NAMES)


def test_a_mark_on_a_page_that_asks_for_secrets_is_a_use_of_the_mark() -> None:
    (reason,) = told(match(), forms=SECRETS)
    assert (reason.code, reason.weight) == ("page_shows_mark", 35)


def test_a_mark_alone_is_only_a_picture() -> None:
    (reason,) = told(match())
    assert (reason.code, reason.weight) == ("page_has_picture", 25)


def test_everything_needed_to_measure_again_is_told() -> None:
    (reason,) = told(match(), forms=SECRETS)
    assert dict(reason.facts) | {"source": ""} == {
        "reference": "weilidai/sail.png", "reference_sha256": "a" * 64, "right": "16577525", "source": "",
        "source_sha256": "b" * 64, "box": [1, 2, 30, 40], "crop_sha256": "c" * 64, "distance": 40,
        "correlation": 0.95, "needed": 0.97, "method": "three-views-laid/1",
    }  # fmt: skip
    assert len(str(reason.facts["source"])) == 300


def test_the_closest_match_is_told_first_and_few_others() -> None:
    (reason,) = told(*(match(distance) for distance in range(90, 60, -3)), match(12, 0.93), forms=SECRETS)
    assert reason.facts["distance"] == 12
    more = reason.facts["more"]
    assert isinstance(more, list)
    assert [one["distance"] for one in more] == [63, 66, 69, 72, 75]
    assert len(more) == MOST - 1


@pytest.mark.parametrize("logos", [(), (match(brand="huabei"),)])
def test_nothing_and_another_brands_mark_say_nothing_of_this_one(logos: tuple[LogoMatch, ...]) -> None:
    assert told(*logos, forms=SECRETS) == []


@pytest.mark.parametrize("host", ["webank.com", "www.webank.com"])
def test_the_brands_own_site_may_show_its_mark(host: str) -> None:
    assert told(match(), host=host, forms=SECRETS) == []


def test_what_is_no_page_shows_no_mark() -> None:
    assert detect(Sighting(kind="text", target="t"), WEILIDAI, NAMES) == []


def test_equal_distances_are_ranked_by_correlation() -> None:
    (reason,) = told(match(40, 0.93), replace(match(40), correlation=0.99))
    assert reason.facts["correlation"] == 0.99
