"""Latin and short names in messages: whole words, look-alike letters, one slip beside finance."""

# ruff: noqa: E501  # tables of messages read best in long rows

import pytest

from names.kit import WEBANK, WEILIDAI, brand
from zhengben.names.hits import NameHit
from zhengben.names.latin_text import LONGEST_RUN, find_latin, latin_text

KNOWN = latin_text((WEBANK, WEILIDAI, brand("ant", "蚁群", "ant-group", "AntGroup")))


def found(text: str, mode: str = "balanced") -> list[NameHit]:
    return list(find_latin(text, KNOWN, mode))


@pytest.mark.parametrize(
    ("text", "matched", "kind"),
    [
        ("我在webank存钱", "webank", "exact"), ("WeBank转账", "WeBank", "exact"), ("w e b a n k", "w e b a n k", "separator"), ("we-bank", "we-bank", "separator"), ("ｗｅｂａｎｋ", "ｗｅｂａｎｋ", "width"),
        ("we8ank", "we8ank", "confusable"), ("wеbаnk", "wеbаnk", "confusable"), ("we\u200bbank", "we\u200bbank", "separator"), ("webank123", "webank", "exact"), ("(webank)", "webank", "exact"),
    ],
)  # fmt: skip
def test_a_name_however_its_letters_are_drawn(text: str, matched: str, kind: str) -> None:
    hits = found(text, "strict")
    assert {(hit.matched, hit.kind) for hit in hits} == {(matched, kind)}
    assert text[hits[0].start : hits[0].end] == matched


@pytest.mark.parametrize(
    "text", ["xwebanky", "webanking", "mywebank是", "weban", "we bark", "webunk", "", "微众", "w", "web and kind"]
)
def test_parts_of_other_words_are_no_name(text: str) -> None:
    assert found(text, "strict") == []


@pytest.mark.parametrize("text", ["webannk借款", "贷款找wbank", "webamk 提额"])
def test_one_slip_counts_beside_a_word_of_finance_and_not_strictly(text: str) -> None:
    assert [hit.brand for hit in found(text)] == ["webank"]
    assert found(text, "strict") == []


@pytest.mark.parametrize("text", ["webannk真好吃", "今天webamk下雨"])
def test_one_slip_alone_is_another_word(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "modes"),
    [
        ("wld提额", ["strict", "balanced"]),
        ("WLD借款", ["strict", "balanced"]),
        ("w l d 提额", ["strict", "balanced"]),
        ("wld客服", ["balanced"]),
        ("wld上涨", []),
        ("wlds提额", []),
        ("awld提额", []),
    ],
)
def test_a_short_name_counts_beside_loans_or_in_a_looser_mode_any_finance(text: str, modes: list[str]) -> None:
    assert [mode for mode in ("strict", "balanced") if found(text, mode)] == modes
    assert all(hit.score <= 70 for hit in found(text)), "three letters mean many things"


def test_a_run_of_letters_without_end_is_no_name_and_no_work() -> None:
    assert found("webank" * 40) == []
    assert found("x" * (LONGEST_RUN + 1) + "webank") == []
    assert found("x" * 50 + " 借款 webank") != []


def test_each_character_says_what_was_meant() -> None:
    (hit,) = found("we8ank")
    assert [(c.index, c.original, c.expected) for c in hit.characters][2] == (2, "8", "b")
    assert hit.deliberate
    assert hit.score < 100


def test_the_pinyin_of_a_chinese_name_is_found_with_its_characters_not_here() -> None:
    assert ("weilidai", "weilidai") not in KNOWN.names
    assert ("wld", "weilidai") in KNOWN.shorts


def test_no_names_find_nothing() -> None:
    assert list(find_latin("webank借款", latin_text(()), "wide")) == []
