"""English, or one sign, for a character or a word of a name; and the same words in ordinary writing."""

import pytest

from names.kit import ALL, brand
from zhengben.locale.words import say
from zhengben.names import tables
from zhengben.names.api import find_names, pack
from zhengben.names.text_batch import find_in_lines
from zhengben.names.translations import pictured, translated_at, translations

KNOWN = pack((*ALL, brand("cmb", "招商银行", "cmbchina"), brand("qh", "晴河贷", "qinghedai")))
TRANSLATED = {
    "微粒loan": "weilidai",
    "微grain贷": "weilidai",
    "micro粒贷": "weilidai",
    "微众bank": "webank",
    "微众🏦": "webank",
    "微crowd银行": "webank",
    "flower呗": "huabei",
    "花pay": "huabei",
    "Borrow呗": "jiebei",
    "晴river贷": "qh",
    "晴河ローン": "qh",
    "晴河대출": "qh",
    "招商БАНК": "cmb",
    "薇众bank": "webank",
}


@pytest.mark.parametrize(("written", "meant"), TRANSLATED.items())
@pytest.mark.parametrize("around", ["{}", "代开{}，秒下款", "APP里说的{}额度"])
def test_a_word_beside_a_character_of_the_name_is_the_character(written: str, meant: str, around: str) -> None:
    text = around.format(written)
    (hit,) = find_names(text, KNOWN, "balanced")
    assert (hit.brand, hit.deliberate) == (meant, True)
    assert text[hit.start : hit.end] == hit.matched == written
    assert all(text[c.index : c.index + len(c.original)] == c.original for c in hit.characters)
    assert [(0, hit)] == list(find_in_lines([text], KNOWN, "balanced"))


@pytest.mark.parametrize(
    "text",
    [
        "我们wait一下loan",
        "商业bank和保险",
        "花了一天在river边",
        "微信pay真方便",
        "flower 好看",
        "crowd funding",
        "🏦在哪",
        "他花cash，我刷卡",
        "微笑bank",
        "loan贷",
        "借book给我",
    ],
)
def test_english_in_ordinary_chinese_is_let_be(text: str) -> None:
    assert find_names(text, KNOWN, "balanced") == ()
    assert list(find_in_lines([text], KNOWN, "balanced")) == []


def test_a_word_elsewhere_stays_as_it_is() -> None:
    (reading,) = translations("bank says 微粒loan", KNOWN.table)
    assert reading.text == "bank says 微粒贷"
    assert reading.spans[-1] == (12, 16)


def test_a_word_in_a_longer_word_is_none() -> None:
    assert list(translations("微粒loanshark", KNOWN.table)) == []
    assert not translated_at("xloan粒", 1, KNOWN.table)
    assert translated_at("loan粒贷", 0, pack((brand("a", "贷粒贷"),)).table)


def test_a_word_that_may_be_several_characters_gives_each_reading() -> None:
    two = pack((brand("one", "云河贷"), brand("two", "云江贷")))
    assert {reading.text for reading in translations("云river贷", two.table)} == {"云河贷", "云江贷"}
    assert {hit.brand for hit in find_names("云river贷", two)} == {"one", "two"}


def test_a_text_without_letters_has_no_reading() -> None:
    assert list(translations("微粒贷", KNOWN.table)) == []
    assert list(translations("", KNOWN.table)) == []


def test_every_word_of_the_table_is_one_word_of_small_letters() -> None:
    translated = {char: words for char in map(chr, range(0x4E00, 0x9FA6)) if (words := tables.english(char))}
    assert len(translated) > 8000
    for char, words in translated.items():
        assert all(word.isascii() and word.isalpha() and word.islower() and len(word) > 1 for word in words), char
    assert all(word == word.lower() for word in (*tables.trades(), *sum(tables.heard().values(), ())))


def test_the_kind_has_words_in_both_languages() -> None:
    for kind in ("translated", "acrostic"):
        assert all(say(f"how.{kind}", language) for language in ("en", "zh"))


@pytest.mark.parametrize("written", ["微\u2ed1x粒贷", "⻉"])
def test_a_part_with_a_code_of_its_own_is_no_letter(written: str) -> None:
    assert list(translations(written, KNOWN.table)) == []


PICTURED = {"微🏢贷": "weilidai", "晴🏞\ufe0f贷": "qh", "微众🛸行": "webank", "🎈粒贷": "weilidai"}


@pytest.mark.parametrize(("written", "meant"), PICTURED.items())
@pytest.mark.parametrize("around", ["{}", "代开{}，秒下款"])
def test_any_picture_is_the_one_character_that_a_name_lacks(written: str, meant: str, around: str) -> None:
    text = around.format(written)
    (hit,) = find_names(text, KNOWN)
    assert (hit.brand, hit.kind, hit.deliberate) == (meant, "emoji", True)
    assert text[hit.start : hit.end] == hit.matched == written
    assert [(0, hit)] == list(find_in_lines([text], KNOWN, "strict"))


@pytest.mark.parametrize("text", ["花🎈", "🎈银行", "微粒🎈", "晴🎈", "贷🎈款", "🎈🎈贷", "微🎈🎈贷", "好🎈期"])
def test_a_picture_beside_less_is_a_picture(text: str) -> None:
    assert find_names(text, pack((*ALL, brand("hf", "好分期"), brand("qh", "晴河贷")))) == ()


def test_a_picture_that_is_known_is_told_as_that_character_only() -> None:
    two = pack((brand("ant", "小蚁贷"), brand("elephant", "小象贷")))
    assert {hit.brand for hit in find_names("小🐜贷下款", two)} == {"ant"}
    assert {hit.brand for hit in find_names("小🛸贷下款", two)} == {"ant", "elephant"}
    assert list(pictured("小🐜贷", two.table)) == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("👨\u200d👩\u200d👧银行", "众银行"),
        ("👤👤👤银行", "众银行"),
        ("🌲🌲贷款", "林贷款"),
        ("⾦陵银⾏", "金陵银行"),
        ("借⼝⻉", "借呗"),
        ("㣲粒贷", "微粒贷"),
    ],
)
def test_families_rows_of_parts_and_old_forms_are_the_character(written: str, name: str) -> None:
    full = {"众银行": "微众银行", "林贷款": "云林贷款"}.get(name, name)
    text = f"办{full.removesuffix(name)}{written}，秒下款"
    (hit,) = find_names(text, pack((brand("one", full),)), "balanced")
    assert hit.matched == full.removesuffix(name) + written
    assert any(char.differs for char in hit.characters)
