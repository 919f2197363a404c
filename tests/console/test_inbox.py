"""The inbox: what is found shows with its reasons in words, can be searched in Chinese, and is decided by a person."""

from datetime import timedelta

import pytest

from desk import Desk, seen
from worlds import HOST, NOW
from zhengben.store.models import Case, Lead

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)


def test_an_impostor_shows_with_its_reasons_in_words_and_the_changed_character_marked(desk: Desk) -> None:
    desk.town.report()
    desk.town.work()
    page = desk.person("陈思").get("/leads/")
    assert page.status_code == 200
    assert seen(page, "冒充", HOST, "品牌没有 APP")
    assert 'wei<em class="diff">1</em>idai-app.cn' in page.content.decode()


def test_the_same_inbox_in_english(desk: Desk) -> None:
    desk.town.report()
    desk.town.work()
    browser = desk.person("陈思")
    browser.cookies["language"] = "en"
    page = browser.get("/leads/")
    assert seen(page, "impersonation", "the brand has no app")
    assert '<html lang="en">' in page.content.decode()


def test_two_characters_of_chinese_find_a_lead_and_others_do_not(desk: Desk) -> None:
    desk.town.report("微粒贷强开 内部渠道 先开后付", kind="text")
    desk.town.work()
    browser = desk.person("陈思")
    assert seen(browser.get("/leads/?q=强开&state=all"), "第 1–1 条，共 1 条")
    assert seen(browser.get("/leads/?q=天气&state=all"), "没有符合条件的")


def test_a_person_dismisses_a_lead_and_finds_it_again(desk: Desk) -> None:
    desk.town.web.pages["weili-dai.example.com"] = (200, "<title>旅行社</title><p>周边两日游</p>")
    desk.town.report("weilidai-tour.com")
    desk.town.work()
    lead = Lead.objects.get()
    browser = desk.person("陈思")
    browser.post(f"/leads/{lead.pk}/dismiss/")
    assert Lead.objects.get().state == "dismissed"
    assert not seen(browser.get("/leads/?state=all"), "weilidai-tour.com")
    assert seen(browser.get("/leads/?state=dismissed"), "weilidai-tour.com")
    assert seen(browser.post(f"/leads/{lead.pk}/dismiss/", follow=True), "刚被别人处理")


def test_a_person_opens_a_case_where_the_machine_was_not_sure(desk: Desk) -> None:
    desk.town.web.pages["weilidai-tour.com"] = (200, "<title>旅行社</title><p>周边两日游</p>")
    desk.town.report("weilidai-tour.com")
    desk.town.work()
    lead = Lead.objects.get()
    assert lead.label == "lookalike"
    page = desk.person("陈思").post(f"/leads/{lead.pk}/case/", follow=True)
    case = Case.objects.get()
    assert page.redirect_chain[-1][0] == f"/cases/{case.number}/"
    assert seen(page, "已立案", case.number)


def test_an_empty_record_leads_to_the_first_steps(desk: Desk) -> None:
    browser = desk.person("陈思")
    assert browser.get("/").headers["Location"] == "/start/"
    assert seen(browser.get("/leads/"), "还没有线索")
    assert seen(browser.get("/start/"), "品牌档案", "接入一个来源", "添加第二个人", "任何叫“微粒贷”的 APP")


def test_strangers_are_sent_to_the_sign_in_and_a_polling_page_too(desk: Desk) -> None:
    browser = desk.person("陈思")
    browser.logout()
    assert browser.get("/leads/").headers["Location"] == "/sign-in/?next=/leads/"
    polled = browser.get("/leads/rows/", headers={"HX-Request": "true"})
    assert (polled.status_code, polled.headers["HX-Redirect"]) == (204, "/sign-in/")


@pytest.mark.parametrize(
    "query", ["label=nonsense", "state=%01", "kind=<b>", "page=999999", "page=x", "q=%27%22%29--", "q=" + "宽" * 500]
)
def test_nonsense_in_the_address_shows_the_inbox_all_the_same(desk: Desk, query: str) -> None:
    desk.town.report()
    desk.town.work()
    assert desk.person("陈思").get(f"/leads/?{query}").status_code == 200


def test_what_an_impostor_writes_is_never_html(desk: Desk) -> None:
    desk.town.report("<script>alert(1)</script>微粒贷强开", kind="text")
    desk.town.work()
    page = desk.person("陈思").get("/leads/?state=all")
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;" in page.content.decode()


def test_the_strip_says_how_long_it_takes_from_sight_to_notice(desk: Desk) -> None:
    desk.town.report(at=NOW - timedelta(minutes=41))
    desk.town.work()
    assert not seen(desk.person("陈思").get("/leads/"), "发现到发出（中位）")
    desk.town.approve_all()
    desk.town.work()
    assert seen(desk.person("陈思").get("/leads/"), "发现到发出（中位） 41 分")
