"""Slips in a Latin name: which are none, which need nothing beside them, and names in pinyin as they are misheard."""

# ruff: noqa: E501  # tables of messages read best in long rows

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import brand
from zhengben.names.api import find_names, pack
from zhengben.names.latin import near_pinyin, syllables
from zhengben.names.latin_slips import certain, heard_hit, in_a_sentence, is_slip, misheard
from zhengben.names.latin_text import _runs
from zhengben.names.text_batch import find_in_lines

ONE = pack(
    (
        brand("webank", "微众银行", "webank", "weizhongbank"),
        brand("lingfeng", "岭丰银行", "lingfengbank", "lingfengyinhang"),
    )
)


def brands(text: str, mode: str = "strict") -> list[str]:
    """Give the brands found in a message; many messages at once give the same."""
    hits = find_names(text, ONE, mode)
    assert [hit for _, hit in find_in_lines([text], ONE, mode)] == list(hits)
    assert all(text[hit.start : hit.end] == hit.matched for hit in hits)
    return [hit.brand for hit in hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lingfengbsnkapp闪退了好几次", ["lingfeng"]), ("lingfnegbank又崩了", ["lingfeng"]), ("webankapp打不开", ["webank"]), ("webankapple", []),
        ("weizhongyinhangapp登不上，换了手机", ["webank"]), ("weizhongyinhangapple", []), ("linfengyinghang网点几点关门", ["lingfeng"]), ("linfengyinghang在哪", []),
        ("we bank with a local credit union, no fees", []), ("下载we bank app", ["webank"]), ("debank shows my wallet", []), ("我想问we bank还款", ["webank"]),
        ("weizhong yinhang客服", ["webank"]), ("webamk还款", ["webank"]),
    ],
)  # fmt: skip
def test_latin_names_as_customers_type_them(text: str, found: list[str]) -> None:
    assert brands(text) == found


@given(st.data())
def test_two_letters_changed_over_anywhere_in_a_long_name_are_found_without_a_word_of_finance(
    data: st.DataObject,
) -> None:
    name = "lingfengbank"
    at = data.draw(st.integers(0, len(name) - 2))
    typed = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if typed != name and not syllables(typed):
        (hit,) = find_names(f"我的{typed}又登不上", ONE, "strict")
        assert (hit.brand, hit.start, hit.end) == ("lingfeng", 2, 2 + len(name))
        assert [c.index - 2 for c in hit.characters if c.differs] == [at, at + 1]


@given(st.sampled_from(["webank", "lingfengbank"]), st.sampled_from(string.ascii_lowercase))
def test_another_first_letter_is_a_slip_of_a_long_name_only(name: str, letter: str) -> None:
    typed = letter + name[1:]
    assert is_slip(name, typed) is (typed != name and len(name) >= 9)


def test_a_slip_is_certain_where_it_is_long_and_neither_pinyin_nor_drawn_alike() -> None:
    assert certain("lingfengbank", "lingfengbnak")
    assert not certain("weilidai", "weilidia")
    assert not certain("weilidai", "we1lidai")
    assert not certain("webank", "webnak")
    assert not certain("lingfengbank", "lingfengbank")


def test_misheard_spellings_are_of_long_names_and_no_words() -> None:
    found = misheard((("lingfengyinhang", "a"), ("huabei", "b")))
    assert set(found.values()) == {("lingfengyinhang", "a")}
    assert found.keys() <= near_pinyin("lingfengyinhang")
    assert misheard((("lingfengbank", "a"),)) == {}


def test_a_misheard_name_is_told_syllable_by_syllable() -> None:
    (hit,) = find_names("去linfengyinghang办卡", ONE, "strict")
    assert hit.kind == "near_sound"
    assert not hit.deliberate
    assert [(c.index, c.original, c.expected, c.how) for c in hit.characters] == [
        (1, "lin", "ling", "near_sound"), (4, "feng", "feng", "exact"), (8, "ying", "yin", "near_sound"), (12, "hang", "hang", "exact"),
    ]  # fmt: skip


def test_syllables_that_do_not_answer_give_no_hit() -> None:
    (run,) = _runs("lingfeng")
    assert heard_hit("lingfeng", run, "lingfengyinhang", "a") is None


def test_letters_with_blanks_go_on_as_words_or_stand_for_themselves() -> None:
    text = "we bank with"
    (run,) = _runs(text)
    assert in_a_sentence(text, run, 0, 6)
    assert not in_a_sentence("we bank", run[:6], 0, 6)
    assert not in_a_sentence("webankwith", run, 0, 6)
