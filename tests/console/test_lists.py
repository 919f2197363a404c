"""Long lists: pages that lead on, back, to the first and to the last; a search that is as fast with many as few."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest

from desk import Desk, seen
from worlds import NOW
from zhengben.core.lead import Lead as Reported
from zhengben.flow.intake import take_in
from zhengben.store.models import Lead

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
MANY = 200


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Give an inbox of two hundred leads nobody has looked at yet."""
    reported = [
        Reported(
            kind="domain", source="test", locator=f"name-{n}.example.cn", seen_at=NOW + timedelta(seconds=n),
            detail={"title": f"微粒贷 官方 {n} 号"},
        )
        for n in range(MANY)
    ]  # fmt: skip
    take_in(reported, NOW)
    return desk


def turns(page: Any) -> dict[str, str]:
    """Give the links below a list, by their words."""
    body = page.content.decode()
    nav = body[body.index('<nav class="pages"') :]
    return {
        words.strip("← →"): path
        for path, words in re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', nav[: nav.index("</nav>")])
    }


def test_pages_lead_to_every_lead_once(full: Desk) -> None:
    browser = full.person("陈思")
    path, found, pages = "/leads/?state=new", set(), 0
    while path and pages < 60:
        page = browser.get(path)
        found |= set(re.findall(r'id="lead-(\d+)"', page.content.decode()))
        path, pages = turns(page).get("下一页", "").replace("&amp;", "&"), pages + 1
    assert len(found) == MANY
    assert pages == MANY // 40


def test_the_first_and_the_last_page_are_one_step_away(full: Desk) -> None:
    browser = full.person("陈思")
    first = browser.get("/leads/?state=new")
    assert set(turns(first)) == {"下一页", "最后"}
    assert seen(first, "第 1–40 条，共 200 条", "第 1 / 5 页")
    last = browser.get(turns(first)["最后"].replace("&amp;", "&"))
    assert seen(last, "第 5 / 5 页")
    assert set(turns(last)) == {"上一页", "最前"}
    middle = browser.get("/leads/?state=new&page=3")
    assert set(turns(middle)) == {"最前", "上一页", "下一页", "最后"}


def test_links_keep_what_was_chosen(full: Desk) -> None:
    page = full.person("陈思").get("/leads/", {"state": "new", "q": "官方", "kind": "domain"})
    assert all("state=new" in path and "kind=domain" in path and "q=" in path for path in turns(page).values())


def test_a_page_that_is_not_there_is_answered_by_one_that_is(full: Desk) -> None:
    for number in ("0", "-1", "x", "51", "999999999999", "9" * 5000, "٣", "1e3", ""):
        page = full.person("陈思").get("/leads/", {"state": "new", "page": number})
        assert page.status_code == 200, number
        assert re.search(r'id="lead-\d+"', page.content.decode()), number


def test_a_short_list_has_no_pages_to_turn(desk: Desk) -> None:
    desk.town.report()
    desk.town.work()
    page = desk.person("陈思").get("/cases/")
    assert turns(page) == {}
    assert not seen(page, "1 / 1 页")


def test_a_search_finds_all_of_it(full: Desk) -> None:
    browser = full.person("陈思")
    for words, count in (("微", MANY), ("微粒", MANY), ("官方 199", 1), ("name-77", 2), ("没有的", 0), ("%", 0)):
        page = browser.get("/leads/", {"state": "all", "q": words})
        assert page.context["total"] == count, words
        if not count:
            assert seen(page, "没有符合条件的"), words


def test_a_search_is_fast(full: Desk) -> None:
    browser = full.person("陈思")
    browser.get("/leads/")
    began = time.process_time()
    browser.get("/leads/", {"state": "all", "q": "微粒"})
    assert time.process_time() - began < 0.3


def test_a_page_of_many_costs_few_questions(full: Desk, django_assert_max_num_queries: Any) -> None:
    browser = full.person("陈思")
    with django_assert_max_num_queries(25):
        browser.get("/leads/?state=new&page=4")
    assert Lead.objects.count() == MANY
