"""What somebody's mother pastes: whole messages, codes, transcripts, other tongues; each answer says what to do."""

from typing import Any

import pytest
from django.test import Client

from desk import Desk, seen
from zhengben.store.models import Lead, Report

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
HOST = "127.0.0.1"
SAFE = {"zh": ("安全的", "放心", "没有问题", "可信"), "en": ("is safe", "trustworthy", "harmless")}
STOP = {"zh": ("立刻拨打 110 或 96110", "请求紧急止付"), "en": ("call 110 or 96110", "emergency stop payment")}
WAIT = {
    "zh": "先别点链接、别下载、别转账、别说验证码",
    "en": "Open no link, download nothing, send no money, tell no code",
}
CANNOT = {"zh": "现在无法断定真假", "en": "We cannot tell"}
SMS = "【微粒贷】尊敬的用户，您的20万额度已获批，点击 wei1idai-app.cn 下载微粒贷APP提现，客服V：wld8866，拒收请回复R"

ODD = {
    "a message forwarded with its header": f"发件人：10690000\n时间：2026-11-22 10:03\n{SMS}\n---- 转发 ----",
    "a message wrapped by a chat": f"妈妈: 你看看这个\n[10:03] 妈妈: {SMS}\n[10:04] 爸爸: 别点！",
    "a message with blanks between all signs": " ".join(SMS),
    "a message in full width": SMS.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}),
    "a message with zero-width signs": "\u200b".join(SMS),
    "a message as HTML": f"<div><p>{SMS}</p><br><a href='http://wei1idai-app.cn/'>点击</a></div>",
    "a message in traditional signs": "【微粒貸】尊敬的用戶，您的20萬額度已獲批，點擊 wei1idai-app.cn 下載微粒貸APP",
}
UNCERTAIN = {
    "what a QR code holds": "WIFI:T:WPA;S:wld-free;P:12345678;;",
    "a contact in a QR code": "https://u.wechat.com/EKfMzBexample",
    "a payment code": "wxp://f2f0abcdefgh",
    "an intent of a browser": "intent://open#Intent;scheme=wld;package=com.example.wld;end",
    "a script in an address": "javascript:alert(document.cookie)",
    "a page in an address": "data:text/html;base64,PGgxPuW+rueykui0tzwvaDE+",
    "a number with blanks": "０７５５　８９４６　２５２５",
    "a number abroad": "+852 9123 4567",
    "a long service number": "10690 1234 5678 90",
    "a parcel": "您的快递丢失，请加客服QQ 123456 办理理赔",
    "a son in trouble": "妈，我手机坏了，这是我的新号，先借我5000，急",
    "other tongues": "Félicitations ! Vous avez gagné un prêt. पैसे भेजो. Поздравляем!",
    "emoji": "🎉🎉🎉💰💰👉👉",
    "marks alone": "？？？！！！……——",
    "one sign": "a",
    "blanks inside": "a\n\n\n\n\n\nb",
    "a very long word": "a" * 3999,
    "right to left": "\u202emoc.knabew\u202c",
    "signs outside the plane": "\U00020000\U0001f600\ue000",
    "a stop and nothing": ".",
    "a mail address": "kefu@webank-service.example",
    "a path": r"C:\Users\Mama\Desktop\微信图片.png",
    "a formula": '=HYPERLINK("http://a.example","点我")',
    "a template": "{{ settings.SECRET_KEY }}{% debug %}",
    "a query": "'; DROP TABLE lead; --",
    "a format": "%s%s%s%n {0} {brand}",
}  # fmt: skip


def ask(question: str, lang: str = "zh") -> Any:
    """Ask the portal in a language."""
    return Client(SERVER_NAME=HOST).post(f"/check/?lang={lang}", {"q": question})


def send(question: str) -> Any:
    """Report something as a person does."""
    browser = Client(SERVER_NAME=HOST)
    token = browser.get("/check/report/").context["token"]
    return browser.post("/check/report/", {"q": question, "send": "1", "token": token})


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("paste", ODD.values(), ids=list(ODD))
def test_a_false_message_stays_false_however_it_was_pasted(desk: Desk, paste: str, lang: str) -> None:
    assert desk
    page = ask(paste, lang)
    assert page.status_code == 200
    assert seen(page, {"zh": "是假的", "en": "This is false"}[lang], *STOP[lang])
    assert not any(seen(page, word) for word in SAFE[lang])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("paste", UNCERTAIN.values(), ids=list(UNCERTAIN))
def test_what_cannot_be_told_says_what_to_do_and_never_safe(desk: Desk, paste: str, lang: str) -> None:
    assert desk
    page = ask(paste, lang)
    assert page.status_code == 200
    assert seen(page, CANNOT[lang], WAIT[lang], *STOP[lang])
    assert not any(seen(page, word) for word in SAFE[lang])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("paste", [*ODD.values(), *UNCERTAIN.values()])
def test_nothing_pasted_becomes_part_of_the_page(desk: Desk, paste: str, lang: str) -> None:
    assert desk
    body = ask(paste, lang).content.decode()
    assert not any(sign in body for sign in ("<script", "<a href='", "<div><p>【", 'href="javascript'))
    assert 'href="http://wei1idai' not in body, "an address that was pasted must never become a link"
    assert 'href="intent' not in body
    assert 'href="data:' not in body


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "question",
    ["95384", "９５３８４", "95384是真的吗？", "来电显示95384", "tel:95384", "“95384”", "953-84", "0086 95384"],
)
def test_the_official_number_is_official_in_any_dress_and_told_to_be_forgeable(
    desk: Desk, question: str, lang: str
) -> None:
    assert desk
    page = ask(question, lang)
    words = {
        "zh": ("是官方的", "来电显示的号码可以伪造", "不要把验证码和密码告诉任何人"),
        "en": ("forged", "tell nobody your codes and passwords"),
    }
    assert seen(page, *words[lang])


@pytest.mark.parametrize(
    "question",
    [
        "webank.com",
        "webank.com。",
        "www。webank。com",
        "ｗｗｗ．ｗｅｂａｎｋ．ｃｏｍ",
        "网址：https://www.webank.com/",
        "“webank.com”",
        "webank.com是真的吗",
        "HTTPS://WWW.WEBANK.COM/",
        "hxxps://www[.]webank[.]com/",
    ],
)
def test_the_official_site_is_official_in_any_dress(desk: Desk, question: str) -> None:
    assert desk
    assert seen(ask(question), "是官方的")


@pytest.mark.parametrize(
    "question",
    [
        "webank.com.evil.example",
        "https://webank.com@evil.example/",
        "https://evil.example/webank.com",
        "webank.com-app.cn",
        "95384他让我转账是真的吗",
        "95384\n13800138000",
        "webank.com 和 wei1idai-app.cn 哪个是真的",
        "0095384",
        "195384",
    ],
)
def test_the_official_name_inside_something_else_makes_nothing_official(desk: Desk, question: str) -> None:
    assert desk
    assert not seen(ask(question), "是官方的")


def test_the_reason_that_something_is_official_is_told_once(desk: Desk) -> None:
    assert desk
    page = ask("95384")
    assert len(page.context["answer"].reasons) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [4001, 10_000, 100_000])
def test_a_paste_that_is_too_long_is_told_so_and_what_was_typed_is_not_lost(desk: Desk, size: int, lang: str) -> None:
    assert desk
    page = ask("微粒贷" * (size // 3) + "x" * (size % 3), lang)
    assert page.status_code == 422
    assert seen(page, {"zh": "内容太长了", "en": "too long"}[lang])
    assert page.content.decode().count("微粒贷") >= 1300


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u3000\u3000"])
def test_an_empty_box_asks_for_words_and_keeps_the_numbers_to_call(desk: Desk, blank: str, lang: str) -> None:
    assert desk
    page = ask(blank, lang)
    assert page.status_code == 422
    assert 'href="tel:96110"' in page.content.decode()


@pytest.mark.parametrize(
    "paste", ["“wei1idai-app.cn”。", "hxxp://wei1idai-app[.]cn", "wei1idai-app。cn", "wei1idai-app.cn能点吗"]
)
def test_a_report_keeps_the_thing_itself(desk: Desk, paste: str) -> None:
    assert desk
    assert seen(send(paste), "已收到，谢谢您")
    lead = Lead.objects.get()
    assert lead.kind in {"domain", "url"}
    assert lead.locator.removeprefix("http://") == "wei1idai-app.cn"


def test_one_thing_in_two_dresses_is_one_lead(desk: Desk) -> None:
    assert desk
    for paste in ("wei1idai-app.cn", "“wei1idai-app.cn”。", "wei1idai-app[.]cn", "WEI1IDAI-APP.CN是真的吗"):
        send(paste)
    assert (Lead.objects.count(), Report.objects.count()) == (1, 1)
    assert Report.objects.get().times == 4


@pytest.mark.parametrize("paste", UNCERTAIN.values(), ids=list(UNCERTAIN))
def test_anything_at_all_can_be_reported(desk: Desk, paste: str) -> None:
    assert desk
    page = send(paste)
    assert page.status_code == 200
    assert seen(page, "已收到，谢谢您", Report.objects.get().number)


@pytest.mark.parametrize("path", ["/check/", "/check/card/", "/check/report/", "/check/follow/"])
def test_bytes_that_are_no_text_are_answered(desk: Desk, path: str) -> None:
    assert desk
    kind = "application/x-www-form-urlencoded"
    for body in (b"q=%ff%fe%00&number=%ff", b"q=%E5%BE%AE%E7%B2", b"\x00\xff" * 50, b"q=" + b"%25" * 3000):
        page = Client(SERVER_NAME=HOST).post(path, body, content_type=kind)
        assert page.status_code in {200, 400, 422}, body[:20]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused_and_change_nothing(desk: Desk, method: str) -> None:
    assert desk
    for path in ("/check/", "/check/report/", "/check/follow/", "/check/card/"):
        assert getattr(Client(SERVER_NAME=HOST), method)(path).status_code == 405
    assert Lead.objects.count() == 0
