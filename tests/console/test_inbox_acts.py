"""Deciding in the inbox: one lead or many, by form or by keyboard, and taking it back."""

from typing import Any

import pytest
from django.test import Client

from desk import Desk, seen
from zhengben.store.events import ledger_ok
from zhengben.store.models import Case, Lead

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
HOSTS = ("weilidai-tour.com", "weilidai-news.com", "weilidai-cafe.com")
BLANK = (200, "<title>旅行社</title><p>周边两日游</p>")


@pytest.fixture
def doubtful(desk: Desk) -> tuple[Desk, Client, list[int]]:
    """Give an inbox with three look-alikes, a person in front of it, and the leads' keys."""
    desk.town.web.pages |= dict.fromkeys(HOSTS, BLANK)
    desk.town.report(*HOSTS)
    desk.town.work()
    return desk, desk.person("陈思"), list(Lead.objects.order_by("pk").values_list("pk", flat=True))


def states() -> list[str]:
    """Give the states of all leads, in order."""
    return list(Lead.objects.order_by("pk").values_list("state", flat=True))


def decide(browser: Client, what: str, keys: list[int] | list[str], **more: Any) -> Any:
    """Press one of the buttons above the list."""
    return browser.post("/leads/decide/", {"what": what, "lead": keys, "next": "/leads/?state=undecided"}, **more)


def test_many_are_dismissed_at_once_and_brought_back_by_one_press(doubtful: tuple[Desk, Client, list[int]]) -> None:
    _, browser, keys = doubtful
    page = decide(browser, "dismiss", keys[:2], follow=True)
    assert page.redirect_chain[-1][0] == "/leads/?state=undecided"
    assert states() == ["dismissed", "dismissed", "judged"]
    assert seen(page, "已标为“不是”：2 条", "撤销")
    again = browser.post("/leads/undo/", {"lead": keys[:2]}, follow=True)
    assert states() == ["judged"] * 3
    assert seen(again, "已撤销，2 条回到收件列表")
    assert ledger_ok()


def test_steps_are_taken_back_one_after_another(doubtful: tuple[Desk, Client, list[int]]) -> None:
    _, browser, keys = doubtful
    for key in keys:
        browser.post(f"/leads/{key}/dismiss/")
    assert states() == ["dismissed"] * 3
    page = browser.get("/leads/")
    for left in (2, 1, 0):
        offered = [line["undo"] for line in page.context["told"] if line["undo"]][-1]
        page = browser.post("/leads/undo/", {"lead": offered}, follow=True)
        assert states().count("dismissed") == left
    assert not seen(page, "再往前撤销一步")


def test_a_lead_taken_back_twice_is_taken_back_once(doubtful: tuple[Desk, Client, list[int]]) -> None:
    _, browser, keys = doubtful
    decide(browser, "dismiss", keys[:1])
    browser.post("/leads/undo/", {"lead": keys[:1]})
    assert seen(browser.post("/leads/undo/", {"lead": keys[:1]}, follow=True), "刚被别人处理")
    assert states() == ["judged"] * 3


def test_many_become_cases_that_are_named_with_their_numbers(doubtful: tuple[Desk, Client, list[int]]) -> None:
    _, browser, keys = doubtful
    page = decide(browser, "case", keys, follow=True)
    numbers = list(Case.objects.values_list("number", flat=True))
    assert len(numbers) == 3
    assert seen(page, "已立案 3 件", *numbers)
    assert all(f'href="/cases/{number}/"' in page.content.decode() for number in numbers)


def test_what_somebody_else_settled_meanwhile_is_left_alone_and_told(doubtful: tuple[Desk, Client, list[int]]) -> None:
    desk, browser, keys = doubtful
    other = desk.person("周弈")
    other.post(f"/leads/{keys[0]}/case/")
    other.post(f"/leads/{keys[1]}/dismiss/")
    page = decide(browser, "dismiss", keys, follow=True)
    assert seen(page, "已标为“不是”：1 条", "有 2 条没有动")
    assert states() == ["judged", "dismissed", "dismissed"]
    page = decide(browser, "case", keys[1:], follow=True)
    assert seen(page, "有 2 条没有动")
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("what", "lead"),
    [("dismiss", []), ("burn", ["1"]), ("", []), ("case", ["x", "-1", "٣", "9" * 30, ""]), ("dismiss", ["999999"])],
)
def test_nothing_ticked_or_nonsense_changes_nothing(
    doubtful: tuple[Desk, Client, list[int]], what: str, lead: list[str]
) -> None:
    _, browser, _ = doubtful
    assert seen(decide(browser, what, lead, follow=True), "还没有勾选任何线索")
    assert states() == ["judged"] * 3


def test_by_keyboard_the_list_itself_is_answered_and_the_filters_stay(
    doubtful: tuple[Desk, Client, list[int]],
) -> None:
    _, browser, keys = doubtful
    sent = {"next": "/leads/?kind=domain&q=weilidai"}
    answer = browser.post(f"/leads/{keys[0]}/dismiss/", sent, headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in body
    assert f'id="lead-{keys[0]}"' not in body
    assert f'id="lead-{keys[1]}"' in body
    assert 'hx-swap-oob="true"' in body
    assert "kind=domain" in body
    assert seen(answer, "已标为“不是”：1 条")
    # told once: the next page that is opened does not say it again
    assert not seen(browser.get("/leads/"), "已标为“不是”")


def test_a_case_opened_by_keyboard_leaves_one_in_the_list(doubtful: tuple[Desk, Client, list[int]]) -> None:
    _, browser, keys = doubtful
    answer = browser.post(f"/leads/{keys[0]}/case/", {"next": "/leads/"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert seen(answer, "已立案 1 件", Case.objects.get().number)


def test_an_address_of_somebody_else_is_never_gone_to(doubtful: tuple[Desk, Client, list[int]]) -> None:
    _, browser, keys = doubtful
    for bad in ("https://evil.example/leads/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        answer = browser.post(f"/leads/{keys[0]}/dismiss/", {"next": bad}, headers={"HX-Request": "true"})
        assert answer.headers["Location"] == "/leads/"


def test_what_waits_for_a_person_stands_above_what_has_a_case(doubtful: tuple[Desk, Client, list[int]]) -> None:
    desk, browser, keys = doubtful
    desk.town.report()
    desk.town.work()
    accused = Lead.objects.latest("pk")
    assert accused.case is not None
    order = [row["id"] for row in browser.get("/leads/").context["rows"]]
    assert order == [*sorted(keys, reverse=True), accused.pk]


def test_only_what_can_be_decided_can_be_ticked(doubtful: tuple[Desk, Client, list[int]]) -> None:
    desk, browser, keys = doubtful
    desk.town.report()
    desk.town.work()
    body = browser.get("/leads/").content.decode()
    assert body.count('type="checkbox" name="lead"') == len(keys)


def test_a_dismissed_lead_nobody_had_looked_at_goes_back_into_line(desk: Desk) -> None:
    desk.town.report("weilidai-tour.com")
    browser, lead = desk.person("陈思"), Lead.objects.get()
    browser.post(f"/leads/{lead.pk}/dismiss/")
    browser.post("/leads/undo/", {"lead": lead.pk})
    back = Lead.objects.get()
    assert (back.state, back.due_at is not None) == ("new", True)
    desk.town.work()
    assert Lead.objects.get().label


def test_an_unknown_lead_taken_back_is_looked_at_again(desk: Desk) -> None:
    desk.town.web.otherwise = "timeout"
    desk.town.report("https://example.org/a", kind="url")
    desk.town.work()
    browser, lead = desk.person("陈思"), Lead.objects.get()
    assert lead.label == "unknown"
    browser.post(f"/leads/{lead.pk}/dismiss/")
    assert Lead.objects.get().due_at is None
    browser.post("/leads/undo/", {"lead": lead.pk})
    assert Lead.objects.get().due_at is not None
