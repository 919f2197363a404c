"""Whose name stands where: every sort of place once, nothing where the page belongs to somebody else."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.detect.page_words import own_places
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

PAPERS = "<form><input placeholder=身份证号><input placeholder=姓名></form>"


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai", "huabei")))


def places(body: str, brand: str = "weilidai") -> list[str]:
    """Give the sorts of places where a page carries the brand's name as its own."""
    one = next(known for known in brands() if known.id == brand)
    return [place.where for place in own_places(examine_page(body, "https://a.example/"), one, pack(brands()))]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("<title>微粒贷官网</title>", "title"), ("<h1>微粒贷客服中心</h1>", "headline"),
        ("<meta property=og:site_name content=微粒贷>", "site_name"),
        ("<img class=logo src=l.png alt=微粒贷>", "logo"), ("<footer>© 2026 微粒贷 版权所有</footer>", "copyright"),
        ("<p>欢迎使用微粒贷，请填写资料</p>", "words"),
    ],
)  # fmt: skip
def test_each_sort_of_place_is_found(body: str, where: str) -> None:
    assert where in places(body)


def test_a_sort_of_place_is_told_once() -> None:
    found = places("<title>微粒贷官网 - 微粒贷客服</title><h1>微粒贷</h1><h2>微粒贷</h2>")
    assert len(found) == len(set(found))
    assert {"title", "headline"} <= set(found)


@pytest.mark.parametrize(
    "body",
    [
        "<title>微粒贷靠谱吗</title>", "<title>微粒贷投诉列表</title>",
        "<title>天气</title><p>微粒贷</p>" + "<p>晴</p>" * 9,
        "<title>微粒贷下调利率 - 江湾晚报</title><div>江湾晚报</div><p>记者获悉，微粒贷下调利率。</p>",
        "<select><option>微粒贷</option><option>花呗</option></select>", "",
    ],
)  # fmt: skip
def test_what_only_speaks_about_the_brand_is_no_name_of_the_page(body: str) -> None:
    assert places(body) == []


def test_another_brands_name_is_none_of_this_ones() -> None:
    assert places("<title>花呗官网</title>") == []
    assert "title" in places("<title>花呗官网</title>", "huabei")


def test_a_sites_own_app_makes_no_article_a_page_that_reaches_for_people() -> None:
    news = "<title>微粒贷 - 搜索结果</title><h1>微粒贷</h1><a href=/n.apk>安卓客户端</a>"
    assert places(f"{news}<footer>© 江湾信息网 版权所有</footer>") == []


def test_the_same_page_is_judged_the_same_twice() -> None:
    body = f"<title>微粒贷</title><h1>微粒贷</h1>{PAPERS}"
    assert places(body) == places(body) != []
