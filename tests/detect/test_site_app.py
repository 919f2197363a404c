"""Whose app a page hands out: its site's own, a store's, or one in the name of the brand."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.core.verdict import Label, Verdict
from zhengben.detect.lexicon import listed
from zhengben.detect.site_app import is_store, without_own_app
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look_at_file
from zhengben.names.api import pack

FOOT = "<footer>© 2012-2026 江湾信息网 版权所有</footer>"


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai", "webank", "huabei")))


def of(name: str) -> Brand:
    return next(brand for brand in brands() if brand.id == name)


def verdict(body: str) -> Verdict:
    return look_at_file("page.html", f"<!DOCTYPE html><html>{body}</html>".encode(), brands()).verdict


def codes(body: str) -> set[str]:
    return {reason.code for reason in verdict(body).reasons}


def handed(body: str, brand: str = "weilidai") -> bool:
    page = without_own_app(examine_page(body, ""), of(brand), pack(brands()))
    return any(link.hands_out for link in page.links)


@pytest.mark.parametrize(
    "words", ["安卓客户端", "下载手机客户端", "APP下载", "打开APP，看更多", "手机版", "Android 客户端"]
)
def test_the_app_of_a_site_with_an_owner_is_the_sites(words: str) -> None:
    link = f"<a href=/download/news.apk>{words}</a>"
    assert not handed(f"<title>微粒贷利率调整</title>{link}{FOOT}")
    assert handed(f"<title>微粒贷利率调整</title>{link}")


@pytest.mark.parametrize("words", ["打开江湾晚报客户端 看更多", "江湾晚报APP内阅读全文", "打开江湾日报App"])
def test_an_app_that_the_link_calls_by_another_name_is_that_ones(words: str) -> None:
    assert not handed(f"<title>微粒贷利率调整</title><a href=/j.apk>{words}</a>")


@pytest.mark.parametrize(
    "link",
    [
        "<a href=/d.apk>微粒贷客户端</a>", "<a href=/weilidai.apk>安卓客户端</a>", "<a href=/d.apk>点击领取额度</a>",
        "<a href=/d.apk>立即下载</a>", "<a href=/d.apk></a>",
    ],
)  # fmt: skip
def test_an_app_in_the_brands_name_or_in_no_words_of_a_site_stays(link: str) -> None:
    assert handed(f"<title>微粒贷</title>{link}{FOOT}")


def test_links_that_hand_out_nothing_are_kept_whatever_they_say() -> None:
    page = examine_page(f"<title>a</title><a href=/app>安卓客户端</a><a href=/j.apk>安卓客户端</a>{FOOT}", "")
    kept = without_own_app(page, of("weilidai"), pack(brands()))
    assert [link.url for link in kept.links] == ["/app"]


def test_a_page_that_hands_out_nothing_is_the_same_page() -> None:
    page = examine_page("<title>微粒贷</title>", "")
    assert without_own_app(page, of("weilidai"), pack(brands())) is page


@pytest.mark.parametrize(
    "body",
    [
        "<title>微业贷_江湾百科词条</title><h1>微粒贷</h1><p>中文名 微粒贷　参考资料 2条</p>",
        "<title>微粒贷 - 搜索结果 - 短视频</title><h1>微粒贷</h1><ul><li>微粒贷怎么还 @阿丽</li></ul>",
        "<title>微粒贷下调利率 - 江湾信息网</title><h1>微粒贷下调利率</h1><p>记者获悉，微粒贷近日下调利率。</p>",
    ],
)
def test_a_sites_own_app_beside_what_it_writes_about_accuses_nobody(body: str) -> None:
    assert not verdict(f"{body}<a href=/download/news.apk>安卓客户端</a>{FOOT}").accuses


def test_an_impostor_without_an_owner_is_caught_by_the_same_link() -> None:
    body = "<title>微粒贷</title><h1>微粒贷</h1><p>凭身份证借款</p><a href=/download/1.apk>安卓客户端</a>"
    assert verdict(body).label is Label.IMPERSONATION
    assert "no_such_app" in codes(body)


@pytest.mark.parametrize(
    ("title", "store"),
    [
        ("微众银行app下载-微众银行官方版v7.3安卓版-绿茶软件园", True), ("支付宝_安卓软件_快乐下载站", True),
        ("微众银行 - 应用宝手游网", True), ("WeBank APK - APKPure", True), ("软件园", False), ("微粒贷官网下载", False),
        ("微粒贷APP下载 - 微粒贷官网", False), ("", False),
    ],
)  # fmt: skip
def test_stores_are_told_by_the_name_of_their_site(title: str, *, store: bool) -> None:
    assert is_store(examine_page(f"<title>{title}</title>", "")) == store


def test_a_store_that_lists_an_app_the_brand_has_is_for_a_person() -> None:
    head = "<title>微众银行app下载-微众银行官方版v7.3安卓版-绿茶软件园</title><h1>微众银行app v7.3</h1>"
    link = "<a href=https://down.a.example/wb/webank_7.3.apk>安卓下载</a>"
    assert verdict(f"{head}<p>厂商：深圳前海微众银行股份有限公司</p>{link}").label is Label.LOOKALIKE


def test_a_store_that_lists_an_app_the_brand_has_not_is_accused() -> None:
    head = "<title>微粒贷app下载-微粒贷官方版v2.1安卓版-绿茶软件园</title><h1>微粒贷app v2.1</h1>"
    assert verdict(f"{head}<a href=https://down.a.example/wld.apk>安卓下载</a>").label is Label.IMPERSONATION


def test_a_stores_page_of_another_app_that_speaks_of_the_brand_offers_none_of_it() -> None:
    head = "<title>支付宝下载安装2026最新版 支持花呗_安卓软件_快乐下载站</title><h1>支付宝2026最新版</h1>"
    body = f"{head}<a href=http://dl.a.example/alipay_10.6.8.apk>立即下载</a><p>内含花呗、余额宝。</p>"
    assert "no_such_app" not in codes(body)
    assert not verdict(body).accuses


@pytest.mark.parametrize("words", ["下载游戏 45MB", "模拟器下载", "下载主题壁纸"])
def test_a_game_called_after_a_brand_is_none_of_its_apps(words: str) -> None:
    body = f"<title>花呗模拟器 游戏下载</title><h1>花呗模拟器</h1><a href=/g/huabeisim.apk>{words}</a>"
    assert "no_such_app" not in codes(body)


@pytest.mark.parametrize(
    "words",
    [
        "花呗主题壁纸 安卓版", "Huabei 小游戏 v1.2.0", "花呗手游下载 45MB", "花呗模拟器破解版", "表情包下载",
        "遊戲盒子APP", "皮肤大全", "铃声 立即下载",
    ],
)  # fmt: skip
def test_what_is_called_a_game_to_the_last_word_is_handed_out_as_one(words: str) -> None:
    assert not handed(f"<title>花呗模拟器</title><a href=/g/a.apk>{words}</a>", "huabei")


@pytest.mark.parametrize(
    "words",
    [
        "玩游戏领额度 下载花呗APP", "下载花呗APP，游戏玩家专享", "花呗 游戏分期客户端入口",
        "花呗借款游戏版下载", "花呗额度手游下载", "主题活动：安装花呗客户端", "花呗 loan 游戏 apk",
    ],
)  # fmt: skip
def test_a_game_that_is_only_spoken_of_excuses_no_app_in_the_brands_name(words: str) -> None:
    assert handed(f"<title>花呗</title><a href=/g/a.apk>{words}</a>", "huabei")


@pytest.mark.parametrize("label", ["身份证号", "银行卡号", "支付密码"])
def test_a_page_that_takes_secrets_hands_out_no_game(label: str) -> None:
    body = f"<title>花呗</title><form><input placeholder={label}></form><a href=/g/a.apk>游戏下载</a>"
    assert handed(body, "huabei")
    assert not handed(body.replace(label, "昵称"), "huabei")


@pytest.mark.parametrize("tail", ["1.", "v1", "版本地", " 1m", "下载"])
def test_a_long_name_of_a_game_is_read_to_its_end(tail: str) -> None:
    assert listed("plaything").search(f"花呗游戏{tail * 40}")
    assert not listed("plaything").search(f"花呗游戏{tail * 40}领")
