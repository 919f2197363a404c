"""The queue of notices and the page of one: every state, every decision, twice pressed and too late."""

from datetime import timedelta
from typing import Any

import pytest

from desk import Desk, seen
from worlds import NOW, dossiers
from zhengben import wiring
from zhengben.console.letters import letters
from zhengben.console.notices import WHICH
from zhengben.core.notice import NOTICE
from zhengben.locale.words import LANGUAGES, catalogue
from zhengben.store.events import ledger_problems
from zhengben.store.models import Event, Notice

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)


@pytest.fixture
def drafted(desk: Desk) -> Notice:
    """Give a draft that waits, with its case sealed."""
    desk.town.report()
    desk.town.work()
    return Notice.objects.get()


def test_the_queue_shows_the_name_with_what_deceives_in_it(desk: Desk, drafted: Notice) -> None:
    page = desk.person("陈思").get("/notices/")
    assert 'wei<em class="diff">1</em>idai-app.cn' in page.content.decode()
    assert seen(page, "机器拟稿，等人签字", "读信并决定", drafted.addressee)


def test_an_empty_queue_says_what_will_come(desk: Desk) -> None:
    assert seen(desk.person("陈思").get("/notices/"), "没有要批的投诉", "封存证据之后")


@pytest.mark.parametrize("which", [*WHICH, "nonsense", ""])
def test_every_view_of_the_queue_opens(desk: Desk, drafted: Notice, which: str) -> None:
    assert drafted
    page = desk.person("陈思").get("/notices/", {"state": which})
    assert page.status_code == 200
    assert page.content.decode().count('aria-current="true"') == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", sorted(NOTICE.states))
def test_every_state_is_shown_in_words(desk: Desk, drafted: Notice, state: str, language: str) -> None:
    Notice.objects.update(state=state, drafted_by="陈思", approved_by="周弈", sent_at=NOW)
    browser = desk.person("管家")
    browser.cookies["language"] = language
    words = catalogue(language)[f"state.notice.{state}"]
    assert seen(browser.get(f"/notices/{drafted.pk}/"), words)
    assert seen(browser.get("/notices/?state=all"), words)
    assert seen(browser.get(f"/cases/{drafted.case.number}/"), words)


def test_the_letter_is_there_in_both_languages_and_says_which_goes(desk: Desk, drafted: Notice) -> None:
    told = letters(drafted, NOW)
    assert told[0]["goes"]
    assert {one["language"] for one in told} == {"zh", "en"}
    page = desk.person("陈思").get(f"/notices/{drafted.pk}/")
    assert seen(page, drafted.subject, "（发出的这一份）")


def test_who_drafted_cannot_press_approve(desk: Desk, drafted: Notice) -> None:
    browser = desk.person("陈思")
    browser.post(f"/notices/{drafted.pk}/sign/")
    page = browser.get(f"/notices/{drafted.pk}/")
    assert seen(page, "起草人与批准人不能是同一人", "请另一位同事登录后批准")
    assert "<button disabled" in page.content.decode()
    assert seen(browser.post(f"/notices/{drafted.pk}/approve/", follow=True), "没有发出：起草人与批准人不能是同一人")
    drafted.refresh_from_db()
    assert drafted.state == "draft"


def test_a_draft_nobody_answers_for_cannot_be_approved(desk: Desk, drafted: Notice) -> None:
    page = desk.person("周弈").post(f"/notices/{drafted.pk}/approve/", follow=True)
    assert seen(page, "没有发出")
    drafted.refresh_from_db()
    assert drafted.state == "draft"


@pytest.mark.parametrize("verb", ["sign", "approve"])
def test_a_button_pressed_twice_does_it_once(desk: Desk, drafted: Notice, verb: str) -> None:
    first, second = desk.person("陈思"), desk.person("周弈")
    first.post(f"/notices/{drafted.pk}/sign/")
    who = first if verb == "sign" else second
    if verb == "approve":
        who.post(f"/notices/{drafted.pk}/approve/")
    before = Event.objects.count()
    page = who.post(f"/notices/{drafted.pk}/{verb}/", follow=True)
    assert seen(page, "已经处理过了")
    assert Event.objects.count() == before
    desk.town.work()
    assert len(desk.town.letters) == (1 if verb == "approve" else 0)
    assert ledger_problems() == []


def test_a_refusal_needs_its_reason_kept(desk: Desk, drafted: Notice) -> None:
    desk.person("陈思").post(f"/notices/{drafted.pk}/sign/")
    page = desk.person("周弈").post(f"/notices/{drafted.pk}/reject/", {"why": "证据不足，请补一张截图"}, follow=True)
    assert seen(page, "已退回")
    event = Event.objects.filter(verb="reject").get()
    assert "证据不足" in str(event.facts)
    assert seen(desk.person("周弈").post(f"/notices/{drafted.pk}/approve/", follow=True), "已经处理过了")
    desk.town.work(NOW + timedelta(days=3))
    assert desk.town.letters == []


def test_an_ended_right_is_told_with_its_cure_and_the_way_there(
    desk: Desk, drafted: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.town.brands = tuple(brand for brand in dossiers() if brand.id == "weilidai")
    monkeypatch.setattr(wiring, "brands", lambda: desk.town.brands)
    desk.person("陈思").post(f"/notices/{drafted.pk}/sign/")
    page = desk.person("周弈").get(f"/notices/{drafted.pk}/")
    assert seen(page, "有效期至 2026-05-13", "录入续展证明后才能发出")
    assert 'href="/brands/weilidai/#renew"' in page.content.decode()
    assert "<button disabled" in page.content.decode()


@pytest.mark.parametrize("verb", ["sign", "approve", "reject", "settle"])
def test_a_notice_that_has_left_takes_no_further_decision(desk: Desk, drafted: Notice, verb: str) -> None:
    desk.town.approve_all()
    desk.town.work()
    Notice.objects.get(state="sent")
    before: Any = list(Event.objects.values_list("pk", flat=True))
    page = desk.person("管家").post(f"/notices/{drafted.pk}/{verb}/", {"why": "x", "left": "0"}, follow=True)
    assert page.status_code == 200
    assert list(Event.objects.values_list("pk", flat=True)) == before
