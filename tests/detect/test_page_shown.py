"""What a page shows outside its text: the name drawn, told or filed, and where it only decorates."""

from dataclasses import replace
from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts, ReadLine
from zhengben.detect.page_shown import pictured
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

PAPERS = "<form><input placeholder=身份证号></form>"
CARDS = "<form><input placeholder=银行卡号><input placeholder=支付密码></form>"
LONG = f"<p>{'本市今日多云转晴，气温回升。' * 40}</p>"


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai", "huabei")))


def shown(body: str, *lines: ReadLine) -> list[tuple[str, str]]:
    """Give where the name is shown outside the text, and in which words."""
    brand = next(one for one in brands() if one.id == "weilidai")
    page: PageFacts = replace(examine_page(body, "https://a.example/"), read=lines)
    return [(place.where, place.words) for place in pictured(page, brand, pack(brands()))]


def line(text: str, doubted: str = "", *readings: str) -> ReadLine:
    return ReadLine(
        text=text, score=0.97, box=(0, 0, 9, 9), source_sha256="a", model="m", doubted=doubted, readings=readings
    )


def test_a_drawn_name_is_shown_once_however_often_it_is_drawn() -> None:
    assert shown("<p>短</p>", line("微粒贷"), line("微粒贷")) == [("picture", "微粒贷")]


@pytest.mark.parametrize(("body", "seen"), [(LONG, False), (LONG + PAPERS, True), ("<p>短</p>", True)])
def test_pictures_of_a_page_full_of_words_count_where_it_asks_for_secrets(body: str, *, seen: bool) -> None:
    assert bool(shown(body, line("微粒贷"))) == seen


def test_a_picture_on_a_page_that_warns_illustrates() -> None:
    warned = "<p>警方提醒：谨防假冒微粒贷诈骗，请勿相信，切勿转账，谨防上当。</p>"
    assert shown(warned, line("微粒贷")) == []
    assert shown(warned + PAPERS, line("微粒贷")) == [("picture", "微粒贷")]


def test_a_doubtful_line_is_the_name_only_where_every_reading_is() -> None:
    assert shown("<p>短</p>", line("微粒贷", "微粒□", "微粒贷", "微粒貸")) == [("picture", "微粒□")]
    assert shown("<p>短</p>", line("微粒贷", "微粒□", "微粒贷", "微粒货")) == []


def test_a_row_of_partners_pictures_names_nobody() -> None:
    one = "<img src=a.png alt=微粒贷>"
    assert shown(one) == [("told", "微粒贷")]
    assert shown(f"{one}<img src=b.png alt=江湾农商行><img src=c.png alt=海州汽贸>") == []


def test_what_a_visitor_does_not_see_counts_where_the_page_asks_for_secrets() -> None:
    hidden = "<noscript>微粒贷官网</noscript>"
    assert shown(f"<p>短</p>{hidden}") == []
    assert shown(f"<p>短</p>{hidden}{PAPERS}") == [("told", "微粒贷官网")]


def test_a_description_counts_where_what_opens_an_account_is_asked() -> None:
    head = "<meta name=description content=微粒贷>"
    assert ("told", "微粒贷") in shown(head + CARDS)


@pytest.mark.parametrize(
    ("source", "seen"),
    [("/img/weilidai-logo.png", True), ("/img/weilidai.png", False), ("data:image/png;base64,weilidai-logo", False)],
)
def test_a_logo_s_file_name_counts_on_a_page_that_asks_for_secrets(source: str, *, seen: bool) -> None:
    body = f"<img src='{source}'>"
    assert (("file", "weilidai-logo.png") in shown(body + PAPERS)) == seen
    assert shown(body) == []
