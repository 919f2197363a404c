"""The first run: where a person lands, and four steps that are ticked off by what is really there."""

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from desk import Desk
from zhengben.console.alerts import alerts
from zhengben.console.rail import places
from zhengben.core.brand import Brand, Channel, Names
from zhengben.locale.words import LANGUAGES, catalogue
from zhengben.names.api import match_host, pack

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)


def done(desk: Desk) -> list[bool]:
    """Tell which of the four steps are ticked off."""
    page = desk.person("管家", manages=True).get("/start/").content.decode()
    steps = re.findall(r"<li( class=\"done\")?><div><h2>", page)
    assert len(steps) == 4
    return [bool(step) for step in steps]


def test_who_signs_in_first_lands_at_the_first_steps(desk: Desk) -> None:
    assert desk.person("管家", manages=True).get("/").headers["Location"] == "/start/"


def test_where_there_is_work_people_land_in_the_inbox(desk: Desk) -> None:
    desk.town.report()
    desk.town.work()
    assert desk.person("管家", manages=True).get("/").headers["Location"] == "/leads/"


def test_each_step_is_ticked_off_by_what_is_there(desk: Desk, tmp_path: Path) -> None:
    assert done(desk) == [True, True, False, False]
    desk.person("管家").post("/sources/", {"kind": "watched_folder", "name": "监测", "path": str(tmp_path)})
    assert done(desk) == [True, True, True, False]
    desk.person("管家").post("/people/", {"name": "周弈"})
    assert done(desk)[3] is False, "somebody who has only been invited cannot approve"
    get_user_model().objects.create_user(username="陈思", password="a long enough password")
    assert done(desk) == [True, True, True, True]


def test_a_report_of_the_public_is_no_source_of_ones_own(desk: Desk) -> None:
    stranger = Client(SERVER_NAME="127.0.0.1")
    token = stranger.get("/check/report/").context["token"]
    stranger.post("/check/report/", {"q": "https://example.org/", "send": "1", "token": token})
    assert done(desk)[2] is False


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dossier_says_what_will_alert(desk: Desk, language: str) -> None:
    for brand in desk.town.brands:
        told = alerts(brand, language)
        assert 3 <= len(told) <= 8
        assert not [line for line in told if "{" in line]
        assert [line for line in told if brand.names.primary in line]


def test_a_bare_dossier_promises_nothing_it_cannot_keep(desk: Desk) -> None:
    assert desk
    bare = Brand(id="b", owner="o", finance=False, names=Names(primary="某某"))
    assert alerts(bare, "zh") == []
    phone = Channel(kind="phone", exists="yes", value="95384")
    with_phone = Brand(id="b", owner="o", finance=False, names=Names(primary="某某"), channels=(phone,))
    assert len(alerts(with_phone, "zh")) == 1


def test_examples_of_hostnames_are_such_as_the_model_finds(desk: Desk) -> None:
    assert desk
    plain = Brand(id="b", owner="o", finance=True, names=Names(primary="微粒贷", latin=("weilidai",)))
    shown = [line for line in alerts(plain, "en") if ".cn" in line or ".com" in line]
    assert len(shown) == 2
    for line in shown:
        host = next(word for word in line.split() if "." in word)
        assert match_host(host, pack((plain,)))
    everyday = Brand(id="b", owner="o", finance=True, names=Names(primary="云", latin=("ab",)))
    assert not [line for line in alerts(everyday, "en") if ".cn" in line or ".com" in line]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_of_the_rail_has_words_and_opens(desk: Desk, language: str) -> None:
    browser = desk.person("管家", manages=True)
    for place in places():
        assert catalogue(language)[f"rail.{place.name}"]
        assert browser.get(place.href).status_code == 200


def test_the_rail_counts_what_waits_and_marks_where_one_is(desk: Desk) -> None:
    desk.town.report()
    desk.town.work()
    browser = desk.person("陈思")
    page = browser.get("/notices/").content.decode()
    assert re.search(r'href="/notices/" aria-current="page"', page)
    assert re.search(r'class="n due">1<', page)
    polled = browser.get("/rail/?at=cases").content.decode()
    assert re.search(r'href="/cases/" aria-current="page"', polled)
    assert "<html" not in polled


def test_a_rail_that_is_asked_for_nonsense_marks_nothing(desk: Desk) -> None:
    assert "aria-current" not in desk.person("陈思").get("/rail/?at=<b>").content.decode()
