"""Reading: what mutes an act, what counts as reaching for the reader, and that hostile texts are read to a limit."""

from collections.abc import Callable

import pytest

from zhengben.core.brand import Brand
from zhengben.core.verdict import Label
from zhengben.detect.lexicon import names, phrases
from zhengben.detect.mention import MOST, PIECE, mentions
from zhengben.detect.reading import leading, read, reading_of
from zhengben.detect.scope import Scopes
from zhengben.examine.text import examine_text
from zhengben.names.api import pack

TextLabel = Callable[[str], Label]


@pytest.mark.parametrize(
    ("text", "act", "why"),
    [
        ("请勿下载微粒贷APP", "app_offer", "negated"),
        ("微粒贷官方从未推出过微粒贷APP", "app_offer", "negated"),
        ("凡是假冒的微粒贷APP", "app_offer", "fake"),
        ("微粒贷APP都是骗人的", "app_offer", "fake"),
        ("骗子自称我是微粒贷客服。被骗的人很多", "introduces", "reported"),
        ("“我是微粒贷客服”，听到这句就挂断，是诈骗", "introduces", "quoted"),
        ("常见骗术：1、下载微粒贷APP；2、交保证金。都是诈骗", "app_offer", "listed"),
        ("代开微粒贷 千万别信", "trade", "warned"),
        ("微粒贷APP能下载吗？", "app_offer", "asked"),
        ("下载微粒贷APP", "app_offer", ""),
    ],
)
def test_an_act_is_muted_where_it_stands(brand: Brand, text: str, act: str, why: str) -> None:
    found = read(examine_text(text), brand, pack((brand,))).acts[act]
    assert [one.muted for one in found][:1] == [why]


def test_a_quotation_mark_that_never_closes_quotes_nothing() -> None:
    assert Scopes("“下载").quotes == ()
    assert Scopes("“" + "长" * 700 + "”").quotes == ()
    assert Scopes("他说“好”和「行」").quotes == ((3, 4), (7, 8))


def test_overlong_sentences_are_cut_around_the_act() -> None:
    start, end = Scopes("字" * 2000).sentence(1000)
    assert 0 < end - start <= 500


def test_the_brands_own_contact_is_no_bait(brand: Brand, text_label: TextLabel) -> None:
    reading = read(
        examine_text("您的微粒贷本月应还500元，请登录 https://www.webank.com 或致电95384"), brand, pack((brand,))
    )
    assert reading.only_public
    assert not reading.reaches()
    assert text_label("【微粒贷】您的微粒贷本月应还500元，请登录 https://www.webank.com 或致电95384") not in {
        Label.IMPERSONATION,
        Label.SCAM,
    }


def test_a_contact_far_from_the_act_counts_less_in_a_text_that_warns(text_label: TextLabel) -> None:
    warning = "警方提醒：谨防假冒微粒贷，切勿转账。" * 3
    assert text_label(warning + "字" * 200 + "投稿微信 wl88996") is Label.MENTION


def test_a_long_article_with_a_contact_is_for_a_person_and_a_short_offer_is_not(text_label: TextLabel) -> None:
    assert text_label("微粒贷额度办理 wl88996") is Label.SCAM
    assert text_label("微粒贷" + "和生活中的小事，今天慢慢说来，" * 20 + "微信 wl88996") is Label.LOOKALIKE


def test_words_that_lead_on_without_a_contact_are_doubtful(text_label: TextLabel) -> None:
    assert text_label("微信扫一扫，微粒贷在线申请，5分钟极速到账") is Label.LOOKALIKE


def test_names_are_found_across_pieces_and_no_further_than_the_limit(brand: Brand) -> None:
    text = "字" * (PIECE - 1) + "微\u200b粒贷" + "字" * PIECE + "微粒贷"
    found = mentions(text, brand, pack((brand,)))
    assert [text[hit.start : hit.end] for hit in found] == ["微\u200b粒贷", "微粒贷"]
    assert text[found[1].characters[0].index] == "微"
    many = mentions("微粒贷" * (PIECE * 2), brand, pack((brand,)))
    assert MOST <= len(many) < PIECE * 2


def test_an_empty_text_names_nothing(brand: Brand) -> None:
    assert mentions("", brand, pack((brand,))) == ()
    assert leading(reading_of("比较一下，对比\ue000", ((6, 7, "\ue000"),))) in {"", "comparison"}


def test_decoration_is_read_through_and_punctuation_is_kept() -> None:
    assert reading_of("强💥开，代-开.a-b", ()).masked.text == "强开，代开.a-b"


@pytest.mark.parametrize("table", ["acts", "stances", "scopes"])
def test_no_phrase_finds_itself_in_nothing(table: str) -> None:
    """An act is words: a pattern that matches the empty string would find forty acts in any text."""
    assert [name for name in names(table) if phrases(table, name).search("")] == []
