"""The public's question: four answers, never "safe"; nothing kept, no cookie, no script, a limit, and large type."""

import time
from typing import Any

import pytest
from django.test import Client

from desk import Desk, seen
from worlds import HOST
from zhengben.store.models import Lead, Report
from zhengben.store.queries_figures import counts

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
SMS = "【微粒贷】尊敬的用户，您的20万额度已获批，点击 wei1idai-app.cn 下载微粒贷APP提现，客服V：wld8866"
SAFE = ("安全的", "放心", "没有问题", "可信")


def ask(question: str, kind: str = "", **more: str) -> Any:
    """Ask the portal."""
    return Client(SERVER_NAME="127.0.0.1").post("/check/", {"q": question, "kind": kind, **more})


def test_a_text_that_offers_an_app_is_false_and_says_what_to_do_now(desk: Desk) -> None:
    page = ask(SMS)
    assert seen(page, "是假的，请勿下载", "微粒贷没有独立APP", "立刻拨打 110 或 96110", "卸载它")
    assert 'wei<em class="diff">1</em>idai-app.cn' in page.content.decode()
    assert 'href="tel:96110"' in page.content.decode()
    assert desk.town.letters == []


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("【薇粒贷】您的额度已通过，点击 wei1idai-app.cn 领取", ["wei[1]idai-app.cn", "[薇]粒贷"]),
        ("微粒货 app", ["微粒[货]"]),
        ("代开微·粒·貸，先收200手续费，加V：wld8866", ["微[·]粒[·貸]"]),
    ],
)
def test_the_changed_characters_of_a_name_are_marked(desk: Desk, question: str, shown: list[str]) -> None:
    assert desk
    page = ask(question).content.decode().replace('</em><em class="diff">', "")
    page = page.replace('<em class="diff">', "[").replace("</em>", "]")
    assert [one for one in shown if f">{one}<" not in page] == []
    spelled = page.partition('<ul class="spelled">')[2].partition("</ul>")[0]
    assert spelled.count("<li>") == len(shown), "an address is not marked once more as a name"


@pytest.mark.parametrize("question", ["https://www.webank.com/", "95384", "微粒贷 app", "今天天气不错", "威力代 app"])
def test_nothing_is_marked_where_nothing_was_changed(desk: Desk, question: str) -> None:
    assert desk
    assert '<em class="diff">' not in ask(question).content.decode()


@pytest.mark.parametrize("name", ["微粒贷", "微粒贷极速版"])
def test_any_app_of_a_brand_without_apps_is_false(desk: Desk, name: str) -> None:
    assert desk
    assert seen(ask(name, "app"), "是假的，请勿下载")


@pytest.mark.parametrize("question", ["https://www.webank.com/", "95384"])
def test_what_the_dossier_lists_is_official(desk: Desk, question: str) -> None:
    assert desk
    assert seen(ask(question), "是官方的", "不要把验证码和密码告诉任何人")


@pytest.mark.parametrize(
    "question", ["https://example.org/a", "13800138000", "今天天气不错", "警方提示：凡是微粒贷APP都是诈骗，请勿下载"]
)
def test_unknown_is_never_shown_as_safe(desk: Desk, question: str) -> None:
    assert desk
    page = ask(question)
    assert seen(page, "现在无法断定真假")
    assert not any(seen(page, word) for word in SAFE)


def test_a_likeness_is_suspicious_until_two_people_confirmed_it_as_an_impostor(desk: Desk) -> None:
    assert seen(ask("wei1idai-app.cn"), "可疑，请先别点")
    desk.town.report()
    desk.town.work()
    assert seen(ask(HOST), "可疑，请先别点"), "a machine alone confirms nothing"
    desk.town.approve_all()
    desk.town.work()
    assert seen(ask(f"https://{HOST}/anything"), "是假的，已经查实", "案件 2026-0001")
    assert seen(ask(f"收到短信让我点 {HOST}"), "是假的，已经查实")


def test_nothing_that_is_typed_is_kept_and_no_cookie_is_set(desk: Desk) -> None:
    assert desk
    page = ask(SMS)
    assert page.cookies == {}
    assert (Lead.objects.count(), Report.objects.count(), counts().leads) == (0, 0, 0)
    assert "<script" not in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"


def test_a_report_is_kept_only_when_it_is_sent(desk: Desk) -> None:
    assert desk
    browser = Client(SERVER_NAME="127.0.0.1")
    form = browser.post("/check/report/", {"q": HOST})
    assert (form.status_code, Report.objects.count()) == (200, 0)
    token = form.context["token"]
    sent = browser.post("/check/report/", {"q": HOST, "words": "短信里的", "send": "1", "token": token})
    assert seen(sent, "已收到，谢谢您", "举报编号", Report.objects.get().number)
    assert Lead.objects.get().locator == HOST
    assert "127.0.0.1" not in Report.objects.get().reporter
    stale = browser.post("/check/report/", {"q": HOST, "send": "1", "token": "forged"})
    assert (stale.status_code, Report.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("header", "words"), [("en-GB,en;q=0.9", "This is false"), ("zh-CN", "是假的"), ("fr", "是假的")]
)
def test_the_language_is_the_browsers(desk: Desk, header: str, words: str) -> None:
    assert desk
    page = Client(SERVER_NAME="127.0.0.1").post("/check/", {"q": SMS}, headers={"Accept-Language": header})
    assert seen(page, words)


def test_large_type_stays_large(desk: Desk) -> None:
    assert desk
    page = Client(SERVER_NAME="127.0.0.1").get("/check/?big=1")
    assert 'class="big"' in page.content.decode()
    assert 'class="big"' in ask(SMS, big="1").content.decode()


def test_the_card_says_the_same_on_paper(desk: Desk) -> None:
    assert desk
    page = Client(SERVER_NAME="127.0.0.1").post("/check/card/", {"q": SMS})
    assert seen(page, "真假核验结果", "是假的，请勿下载", "没有查到不等于安全", "110")


@pytest.mark.parametrize(("question", "words"), [("", "请先贴上"), ("字" * 4001, "内容太长了")])
def test_what_cannot_be_checked_is_told_so(desk: Desk, question: str, words: str) -> None:
    assert desk
    page = ask(question)
    assert page.status_code == 422
    assert seen(page, words)


@pytest.mark.parametrize(
    "question",
    ["\x00", "http://", "http://[::1", "xn--", "\u202egpj.exe", "1" * 3999, "<img src=x onerror=alert(1)>", "🙂" * 900],
)
def test_hostile_questions_get_an_answer(desk: Desk, question: str) -> None:
    assert desk
    page = ask(question)
    assert page.status_code in {200, 422}
    assert "<img src=x" not in page.content.decode()


def test_who_asks_too_fast_is_told_to_wait(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk
    monkeypatch.setenv("ZHENGBEN_CHECKS_PER_MINUTE", "20")
    browser = Client(SERVER_NAME="127.0.0.1")
    answers = [browser.post("/check/", {"q": "95384"}) for _ in range(22)]
    assert [a.status_code for a in answers].count(200) in {20, 21}
    assert seen(answers[-1], "问得太快了", "96110")
    assert answers[-1].headers["Retry-After"] == "60"


def test_an_answer_comes_fast(desk: Desk) -> None:
    assert desk
    ask(SMS)
    started = time.process_time()
    for _ in range(10):
        ask("https://example.org/a")
    assert (time.process_time() - started) / 10 < 0.1


def test_what_is_not_there_leads_the_public_to_the_public_page(desk: Desk) -> None:
    assert desk
    page = Client(SERVER_NAME="127.0.0.1").get("/check/nothing/")
    assert page.status_code == 404
    assert seen(page, "请回到核验页", "拨打 96110")
    assert not seen(page, "控制台")


def test_the_answer_is_the_heading_and_comes_before_everything_else(desk: Desk) -> None:
    assert desk
    body = ask(SMS).content.decode()
    assert body.index("<h1") < body.index("<textarea")
    assert body.count("<h1") == 1
    front = Client(SERVER_NAME="127.0.0.1").get("/check/").content.decode()
    assert front.index("<textarea") < front.index('href="tel:110"'), "one box, then the numbers to call"
    assert front.count("<textarea") == 1
    assert "<select" not in front
    assert 'type="radio"' not in front


def test_a_number_that_calls_may_be_forged(desk: Desk) -> None:
    assert desk
    assert seen(ask("95384"), "来电显示的号码可以伪造")
    assert not seen(ask("https://www.webank.com/"), "来电显示的号码可以伪造")


@pytest.mark.parametrize("path", ["/check/", "/check/report/", "/check/follow/"])
def test_every_page_of_the_portal_warns_and_leads_to_the_others(desk: Desk, path: str) -> None:
    assert desk
    page = Client(SERVER_NAME="127.0.0.1").get(path)
    assert seen(page, "没有查到不等于安全")
    links = page.content.decode()
    assert all(f'href="{one}?lang=zh' in links for one in ("/check/", "/check/report/", "/check/follow/"))


@pytest.mark.parametrize(("big", "lang"), [("", "zh"), ("1", "zh"), ("", "en"), ("1", "en")])
def test_the_answer_survives_a_change_of_language_and_of_size(desk: Desk, big: str, lang: str) -> None:
    assert desk
    page = Client(SERVER_NAME="127.0.0.1").post(f"/check/?lang={lang}", {"q": SMS, "big": big})
    forms = [part for part in page.content.decode().split("<form")[1:] if 'class="switch"' in part.split(">")[0]]
    assert len(forms) == 2
    assert all("wei1idai-app.cn" in form for form in forms)
    assert f'action="/check/?lang={"en" if lang == "zh" else "zh"}#answer"' in forms[0]
    assert ('name="big"' in forms[1]) is (not big)


@pytest.mark.parametrize("kind", ["url", "text", "phone", "app", "nonsense", ""])
def test_a_kind_may_still_be_insisted_on(desk: Desk, kind: str) -> None:
    assert desk
    assert ask("微粒贷", kind).status_code == 200


def test_printing_hides_what_paper_cannot_press(desk: Desk) -> None:
    assert desk
    body = ask(SMS).content.decode()
    assert 'class="ask no-print"' in body
    assert 'class="who no-print"' in body
