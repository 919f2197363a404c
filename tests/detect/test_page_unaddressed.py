"""Saved pages without an address: what may be the brand's own accuses nobody; what leads elsewhere is a copy."""

import dataclasses
from functools import cache

import pytest

from zhengben.cli.check_words import code_of, told
from zhengben.core.brand import Brand, Channel
from zhengben.core.judge import ACCUSE_AT
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Label, Verdict
from zhengben.detect import page_unaddressed
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import Look, look_at_file
from zhengben.names.api import pack

SAVED = "<!-- saved from url=(0023)https://www.webank.com/ -->"
FULL = "https://www.webank.com/login"
HEAD = "<title>微众银行个人网银 - 登录</title><h1>微众银行</h1>"
LOG_IN = "<input placeholder=手机号><input type=password placeholder=登录密码><input placeholder=短信验证码>"
PAPERS = "<input placeholder=姓名><input placeholder=身份证号><input placeholder=银行卡号>"
OWNER = "<footer>© 2026 深圳前海微众银行股份有限公司 版权所有</footer>"


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("webank", "weilidai", "huabei")))


def webank() -> Brand:
    return next(brand for brand in brands() if brand.id == "webank")


def seen(body: str) -> Look:
    return look_at_file("page.html", body.encode(), brands())


def verdict(body: str) -> Verdict:
    return seen(body).verdict


def page(*, kept: str = SAVED, form: str = LOG_IN, action: str = "/login", more: str = "") -> str:
    top = f"<!DOCTYPE html>{kept}<html><head>{HEAD}</head>"
    return f"{top}<body><form action='{action}'>{form}</form>{more}{OWNER}</body>"


@pytest.mark.parametrize(
    "body",
    [
        page(), page(form=PAPERS), page(kept="", action=FULL), page(kept="", form=PAPERS, action=FULL),
        page(kept="<link rel=canonical href=https://www.webank.com/login>"),
        page(kept="<meta property=og:url content=https://m.webank.com/>"),
        page(kept="<base href='https://www.webank.com/'>"),
        page(kept="<!-- Mirrored from www.webank.com/login by HTTrack Website Copier/3.x -->"),
        page(kept="", more="<p>客服热线 95384</p>"),
        page(more="<p>客服热线 95384，总行 0755-86013388，广州 020-85510927</p>"),
        page(more="<p>官方微博 https://weibo.com/webank 　App Store：https://apps.apple.com/cn/app/id1</p>"),
        page(more="<p>谨防假冒，如遇诈骗请拨打 96110 或 110</p><a href=http://www.gov.cn/>监管公示</a>"),
    ],
)  # fmt: skip
def test_a_page_that_leads_only_to_the_brand_cannot_be_decided_without_its_address(body: str) -> None:
    told_of = verdict(body)
    assert told_of.label is Label.UNKNOWN
    assert told_of.brand == "webank"
    assert told_of.score < ACCUSE_AT
    assert "page.address" in told_of.coverage.missing
    assert "page_address_unknown" in {reason.code for reason in told_of.reasons}
    assert code_of(told_of) == 3  # not examined: never taken for safe


@pytest.mark.parametrize(
    "more",
    [
        "<p>在线客服 QQ：28817233</p>", "<p>加微信 wz-kefu88 办理</p>", "<p>客户经理 13800138000</p>",
        "<p>热线 400-820-1234</p>", "<a href='https://t.me/wzkefu'>客服</a>",
        "<a href='mqqwpa://im/chat?uin=28817233&version=1'>联系客服</a>", "<a href='tel:13912345678'>来电</a>",
        "<a href='https://dl.wz-app.top/wz.apk'>下载</a>",
        "<p>登录前请先缴纳保证金3000元，到账后退还</p>",
        "<p>登录 www.wz-app.top 办理</p>", "<form action='https://weibo.com/p'><input placeholder=银行卡号></form>",
        "<form action='https://collect.wz-app.top/p'><input placeholder=银行卡号></form>",
    ],
)  # fmt: skip
def test_a_copy_that_leads_to_somebody_else_stays_accused(more: str) -> None:
    assert verdict(page(more=more)).label is Label.IMPERSONATION


@pytest.mark.parametrize(
    "kept",
    [
        "<!-- saved from url=(0022)https://wz-login.top/a -->",
        f"{SAVED}<link rel=canonical href=https://wz-login.top/>",  # two places: one of them is not the brand's
        "<!-- Mirrored from wz-login.top/index by HTTrack Website Copier/3.x -->",
    ],
)
def test_a_page_that_says_it_stands_elsewhere_is_not_the_brands(kept: str) -> None:
    assert verdict(page(kept=kept)).label is Label.IMPERSONATION


@pytest.mark.parametrize("action", ["login_do.php", "p.php", "/submit", ""])
def test_a_page_that_hotlinks_the_brand_and_keeps_what_is_typed_is_a_copy(action: str) -> None:
    linked = "<link rel=icon href=https://www.webank.com/favicon.ico><img src=https://www.webank.com/logo.png>"
    assert verdict(page(kept=linked, action=action, more="<p>客服热线 95384</p>")).label is Label.IMPERSONATION


@pytest.mark.parametrize("link", ["https://www.webank.com/download", "https://www.webank.com/"])
def test_a_log_in_that_links_to_another_of_the_brands_hosts_may_be_its_own(link: str) -> None:
    linked = f"<p>首次使用？<a href={link}>下载微众银行手机银行</a></p>"
    assert verdict(page(kept="", action="/login", more=linked)).label is Label.UNKNOWN


@pytest.mark.parametrize(
    ("more", "label"),
    [
        ("<p>客服热线 95384</p>", Label.UNKNOWN),  # what the brand's own form for papers looks like as a file
        ("<p>客服热线 95384</p><p>放款前先缴验证金 300 元</p>", Label.IMPERSONATION),
        ("<p>客服热线 95384，专员微信 vip-fuwu381</p>", Label.IMPERSONATION),
        ("", Label.IMPERSONATION),
    ],
)
def test_a_form_for_papers_that_leads_to_the_brand_alone_may_be_its_own(more: str, label: Label) -> None:
    assert verdict(page(kept="", form=PAPERS, more=more)).label is label


def test_nothing_of_the_brands_own_vouches_for_nothing() -> None:
    assert verdict(page(kept="")).label is Label.IMPERSONATION


def test_an_app_that_the_dossier_denies_is_false_wherever_the_page_stands() -> None:
    body = f"{SAVED}<title>微粒贷官方APP下载</title><h1>微粒贷</h1><a href='/wld.apk'>立即下载微粒贷APP</a>"
    assert verdict(body).label is Label.IMPERSONATION


@pytest.mark.parametrize(
    ("more", "accuses"),
    [("<p>客服热线 95384</p><p>下载微众银行App</p>", False), ("<p>下载微众银行App，加微信 wz-kefu88</p>", True)],
)
def test_a_home_page_without_a_form_is_told_by_what_it_leads_to(more: str, *, accuses: bool) -> None:
    front = (
        f"{SAVED}<title>微众银行</title><h1>微众银行</h1><p>个人贷款 企业服务</p><img alt='扫码下载微众银行App' src=/q>"
    )
    told_of = verdict(f"{front}{more}{OWNER}")
    assert told_of.accuses == accuses
    assert ("page.address" in told_of.coverage.missing) == (not accuses)


@pytest.mark.parametrize(
    "body",
    [
        f"{SAVED}<title>微众银行收费标准说明</title><p>花呗用户也可以使用，详询95384</p>",
        f"{SAVED}<title>天气预报</title><p>明天晴</p>",
    ],
)
def test_a_page_that_claims_nothing_is_not_asked_for_its_address(body: str) -> None:
    assert "page.address" not in verdict(body).coverage.missing


def test_with_an_address_nothing_changes() -> None:
    names = pack(brands())
    for host in ("wz-login.top", "www.webank.com"):
        known = examine_page(page(), f"https://{host}/login")
        one = Sighting(kind="url", target=known.url, host=host, page=known, text=known.text)
        assert page_unaddressed.detect(one, webank(), names) == []


def test_a_picture_is_no_page() -> None:
    kept = examine_page(page(), "")
    for kind in ("image", "url"):
        one = Sighting(kind=kind, target="x", page=kept, text=kept.text)
        assert bool(page_unaddressed.detect(one, webank(), pack(brands()))) == (kind == "url")


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "不知道：这份网页文件的网址"), ("en", "not known: the address")]
)
def test_people_are_told_what_to_do(language: str, words: str) -> None:
    said = told("page.html", seen(page()), language)
    assert words in said
    assert "zhengben check" in said
    assert "https://www.webank.com/" in said


@pytest.mark.parametrize("bound", ["<a href='https://www.webank.com/about'>关于我们</a>", "<p>客服热线 95384</p>"])
def test_a_page_that_asks_nothing_is_bound_by_a_full_link_or_the_listed_number(bound: str) -> None:
    body = f"<!DOCTYPE html><title>微众银行</title><h1>微众银行</h1><p>下载微众银行App</p>{bound}{OWNER}"
    assert "page.address" in verdict(body).coverage.missing
    assert "page.address" not in verdict(body.replace(bound, "")).coverage.missing


def test_an_account_that_the_dossier_lists_is_no_bait_and_another_is() -> None:
    known = next(iter(load_brands(ids=("webank",))))
    listed = Channel(kind="account", exists="yes", value="webank_service", platform="wechat", source="a test")
    with_account = dataclasses.replace(known, channels=(*known.channels, listed))
    for chat, unsure in (("webank_service", True), ("webank_servlce", False)):
        told_of = look_at_file("p.html", page(more=f"<p>客服微信：{chat}</p>").encode(), (with_account,)).verdict
        assert ("page.address" in told_of.coverage.missing) == unsure
        assert told_of.accuses != unsure


@pytest.mark.parametrize(("number", "label"), [("95384", Label.UNKNOWN), ("95384-1", Label.IMPERSONATION)])
def test_a_page_that_asks_for_no_papers_and_gives_the_brands_number_may_be_its_own(number: str, label: Label) -> None:
    words = "<title>Activate your card | 微众银行</title><h1>微众银行</h1><input type=password>"
    foot = "<footer>© 2026 深圳前海微众银行股份有限公司 版权所有</footer>"
    assert verdict(f"<!DOCTYPE html><html>{words}<p>Questions {number}</p>{foot}</html>").label is label
