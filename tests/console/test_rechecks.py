"""Rechecks and the story of a case: what was seen each time, in words and marks that need no colour."""

from datetime import timedelta
from typing import Any

import pytest

from desk import Desk, seen
from worlds import NOW
from zhengben.console.reasons import reason_rows
from zhengben.console.story import _machine
from zhengben.core.recheck import STATES
from zhengben.locale.words import LANGUAGES, catalogue
from zhengben.store.models import Case, Recheck

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)


@pytest.fixture
def watched(desk: Desk) -> Desk:
    """Give a case that was complained about and looked at since."""
    desk.town.report()
    desk.town.work()
    desk.town.approve_all()
    desk.town.work_until(NOW + timedelta(days=2))
    return desk


def test_nothing_under_watch_says_when_there_will_be(desk: Desk) -> None:
    assert seen(desk.person("陈思").get("/rechecks/"), "没有在复查的案件", "投诉发出之后")


def test_each_case_shows_its_newest_look_and_all_before(watched: Desk) -> None:
    page = watched.person("陈思").get("/rechecks/")
    body = page.content.decode()
    looks = Recheck.objects.count()
    assert looks > 2
    assert f"历次复查：{looks} 次仍在" in body
    assert body.count('<i class="tick up"') >= min(looks, 40)
    assert 'role="img" aria-label=' in body, "the marks are read out as one sentence"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", sorted(STATES))
def test_every_kind_of_look_has_words(desk: Desk, state: str, language: str) -> None:
    assert desk
    assert catalogue(language)[f"state.recheck.{state}"]


def test_a_look_whose_control_page_failed_does_not_count(watched: Desk) -> None:
    Recheck.objects.update(control_ok=False)
    case = Case.objects.get()
    page = watched.person("陈思").get(f"/cases/{case.number}/")
    assert seen(page, "对照页也打不开，不作数")
    assert "历次复查：0 次仍在" in page.content.decode()


def test_the_story_is_told_in_order_and_names_people_but_no_machines(watched: Desk) -> None:
    case = Case.objects.get()
    page = watched.person("陈思").get(f"/cases/{case.number}/")
    story = [line["code"] for line in page.context["events"]]
    moments = [line["at"] for line in page.context["events"]]
    assert moments == sorted(moments)
    assert story.index("notice_approve") < story.index("notice_send")
    assert {line["actor"] for line in page.context["events"]} <= {
        "",
        "w1",
        "林芷",
        "周弈",
    }  # the worker of these tests is called w1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_the_story_has_words(watched: Desk, language: str) -> None:
    case = Case.objects.get()
    page = watched.person("陈思").get(f"/cases/{case.number}/")
    for line in page.context["events"]:
        assert f"event.{line['code']}" in catalogue(language), line["code"]


@pytest.mark.parametrize(
    ("actor", "machine"),
    [("w1-worker", True), ("host:4242", True), ("intake", True), ("public", True), ("陈思", False), ("管家", False)],
)
def test_a_machine_is_told_from_a_person(desk: Desk, actor: str, machine: bool) -> None:  # noqa: FBT001  a table's column
    assert desk
    assert _machine(actor) is machine


def test_reasons_come_heaviest_first_with_the_name_they_are_about(desk: Desk) -> None:
    assert desk
    rows: list[dict[str, Any]] = [
        {"code": "a", "weight": 5, "facts": {}},
        {"code": "b", "weight": -40, "facts": {"source": "gazette", "since": "2020"}},
        {"code": "c", "weight": 20, "facts": {"host": "wei1idai.cn", "positions": [3]}},
    ]
    told = reason_rows(rows)
    assert [row["code"] for row in told] == ["b", "c", "a"]
    assert told[0]["source"] == "gazette · 2020"
    assert (told[1]["name"], told[1]["marks"]) == ("wei1idai.cn", (3,))
    assert reason_rows(rows, "www.wei1idai.cn")[1]["name"] == "", "what stands in the heading is not repeated"


def test_a_source_is_named_once_where_the_sentence_itself_quotes_the_dossier(desk: Desk) -> None:
    assert desk
    quoted = {"statement": "没有独立APP", "source": "Xinhua", "since": "2020-04-21"}
    assert [row["source"] for row in reason_rows([{"code": "no_such_app", "facts": quoted}])] == [""]


def test_an_old_record_with_holes_in_it_is_still_shown(desk: Desk) -> None:
    assert desk
    told = reason_rows([{"code": "gone_since_long"}, {"code": "x", "weight": None, "facts": None}])
    assert [row["weight"] for row in told] == [0, 0]


def test_how_a_page_is_worded_is_told_after_what_it_does(desk: Desk) -> None:
    assert desk
    rows: list[dict[str, Any]] = [
        {"code": "page_worded_false", "weight": 100},
        {"code": "page_lures", "weight": 10},
        {"code": "stance_news", "weight": -60},
    ]
    assert [row["code"] for row in reason_rows(rows)] == ["stance_news", "page_lures", "page_worded_false"]
