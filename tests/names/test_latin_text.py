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


@pytest.mark.parametrize(
    ("text", "strictly"),
    [
        ("webannk借款", True),
        ("贷款找wbank", True),
        ("wbank客服", False),
        ("webamk 提额", True),
        ("webnak客户端要我刷脸", True),
    ],
)
def test_one_slip_counts_beside_a_word_of_finance_and_strictly_where_it_is_long_and_no_pinyin(
    text: str, *, strictly: bool
) -> None:
    assert [hit.brand for hit in found(text)] == ["webank"]
    assert [hit.brand for hit in found(text, "strict")] == ["webank"] * strictly


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


PARAGRAPH = "This is what happened to me last week when I was looking for some quick cash and found a page. " * 4


@pytest.mark.parametrize("where", [0, 3, 180, 250, 370])
def test_a_name_is_found_anywhere_in_a_long_english_text(where: int) -> None:
    at = PARAGRAPH.index(" ", where)
    text = PARAGRAPH[:at] + " webank " + PARAGRAPH[at:]
    assert [(h.start, h.matched, h.deliberate) for h in found(text, "strict")] == [(at + 1, "webank", False)]


@pytest.mark.parametrize("text", ["my wld loan was refused", "repay WLD now", "I owe WLD, a loan"])
def test_a_short_name_is_a_word_of_an_english_sentence(text: str) -> None:
    assert [h.matched.lower() for h in found(text, "strict")] == ["wld"]


@pytest.mark.parametrize("text", ["my world loan", "wl dloan", "an ebank account", "ebank贷款"])
def test_another_word_in_use_is_no_slip_even_beside_finance(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name", "deliberate"),
    [
        ("w3111d41", "weilidai", True), ("we1l1da1", "weilidai", True), ("weiIidai", "weilidai", True), ("W31L1D41", "weilidai", True), ("w3bank", "webank", True),
        ("we8@nk", "webank", True), ("webⓐnk", "webank", True),
    ],
)  # fmt: skip
def test_digits_and_signs_for_letters_are_a_disguise_in_any_mode(text: str, name: str, deliberate: object) -> None:
    for whole in (text, f"内部渠道办{text}，私聊", f"({text})"):
        hits = {(h.matched, h.expected, h.deliberate) for h in found(whole, "strict")}
        assert hits == {(text, name, deliberate)}


@pytest.mark.parametrize("text", ["weilidai", "WEILIDAI", "weiIidaixx", "xw3111d41", "a@b.cn", "$100", "@", "w@"])
def test_what_is_spelt_right_or_part_of_another_word_is_no_disguise(text: str) -> None:
    assert found(text, "strict") == []


@pytest.mark.parametrize(
    ("text", "original", "expected", "how"),
    [
        ("weilidia额度", ["d", "i", "a"], ["d", "a", "i"], ["exact", "transposition", "transposition"]),
        ("weildai额度", ["l", "", "d"], ["l", "i", "d"], ["exact", "omission", "exact"]),
        ("weillidai额度", ["ll", "i", "d"], ["l", "i", "d"], ["repetition", "exact", "exact"]),
        ("weilixdai额度", ["l", "ix", "d"], ["l", "i", "d"], ["exact", "insertion", "exact"]),
        ("weilidau额度", ["d", "a", "u"], ["d", "a", "i"], ["exact", "exact", "replacement"]),
        ("eilidai额度", ["", "e", "i"], ["w", "e", "i"], ["omission", "exact", "exact"]),
        ("xweilidai额度", ["xw", "e", "i"], ["w", "e", "i"], ["insertion", "exact", "exact"]),
        ("weilidaix额度", ["d", "a", "ix"], ["d", "a", "i"], ["exact", "exact", "insertion"]),
        ("weilida额度", ["d", "a", ""], ["d", "a", "i"], ["exact", "exact", "omission"]),
    ],
)
def test_a_slip_in_pinyin_is_told_letter_by_letter_at_its_place(
    text: str, original: list[str], expected: list[str], how: list[str]
) -> None:
    (hit,) = found(text, "strict")
    told = list(hit.characters)
    assert "".join(c.expected for c in told) == "weilidai"
    assert "".join(c.original for c in told) == hit.matched == text[hit.start : hit.end]
    assert all(text[c.index : c.index + len(c.original)] == c.original for c in told)
    rows = [(c.original, c.expected, c.how) for c in told]
    wanted = list(zip(original, expected, how, strict=True))
    assert any(rows[at : at + 3] == wanted for at in range(len(rows) - 2)), rows
    assert not hit.deliberate, "a slip of the hand"
    assert hit.score < 80
    assert all((c.cost > 0) == c.differs for c in told)


@pytest.mark.parametrize("text", ["weilidia", "weilidia好吃", "weilidaidai额度", "wlidia额度", "huabie额度"])
def test_pinyin_with_two_slips_or_no_loans_or_too_short_is_nothing(text: str) -> None:
    assert found(text, "strict") == []


def test_another_capital_than_i_is_another_letter() -> None:
    assert found("weLlidal", "strict") == []
    assert found("weiiidai", "strict") == []
