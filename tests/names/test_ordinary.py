"""How ordinary some characters are where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.names import tables
from zhengben.names.ordinary import RAREST, char_bits, is_han, share_of_sound, surprise, text_bits, word_bits

WORDS = sorted(tables.words())
word = st.sampled_from(WORDS)
han = st.text(st.sampled_from("微粒贷花呗借的我还被银行利力立代带"), max_size=12)


@given(word)
def test_a_word_costs_no_more_than_its_characters_and_is_cut_whole_where_it_is_cheaper(text: str) -> None:
    assert text_bits(text) <= min(word_bits(text), sum(map(char_bits, text)))


@given(han, han)
def test_two_texts_together_cost_no_more_than_each_alone(one: str, two: str) -> None:
    assert text_bits(one + two) <= text_bits(one) + text_bits(two) + 1e-9


@given(han, han, han)
def test_what_stands_anywhere_is_never_worth_more_than_its_characters(before: str, inside: str, after: str) -> None:
    found = surprise(before + inside + after, len(before), len(before) + len(inside))
    assert found <= sum(map(char_bits, inside)) + 1e-9


@pytest.mark.parametrize(
    ("ordinary", "strange"),
    [
        ("微利贷款利率", "微利贷怎么还"),
        ("花被子都湿了", "花呗还款都湿了"),
        ("为历代文人", "为立贷文人"),
        ("一代名人", "微力贷名人"),
    ],
)
def test_words_that_run_over_the_ends_make_characters_ordinary(ordinary: str, strange: str) -> None:
    size = 2 if ordinary.startswith("花") else 3
    assert surprise(ordinary, 0, size) < surprise(strange, 0, size)


def test_signs_and_blanks_end_what_a_word_may_run_over() -> None:
    assert surprise("微利贷，款", 0, 3) == surprise("微利贷", 0, 3)
    assert surprise("微 利", 0, 3) == surprise("微利", 0, 2)


def test_a_traditional_form_is_as_ordinary_as_the_simplified_one() -> None:
    assert surprise("貸款利率", 0, 2) == surprise("贷款利率", 0, 2)


@pytest.mark.parametrize("char", ["𠮷", "〇", "a", "1", "，"])
def test_what_the_sample_has_not_costs_the_most(char: str) -> None:
    assert char_bits(char) <= RAREST
    assert char_bits(char) >= char_bits("的")


def test_a_common_word_is_cheaper_than_a_rare_one_and_none_is_beyond_all() -> None:
    bits = [word_bits(text) for text in ("一个", "四海", "小辈")]
    assert bits == sorted(bits)
    assert word_bits("粒贷") == float("inf")


def test_of_all_that_sound_alike_the_usual_one_is_the_likelier_slip() -> None:
    assert share_of_sound("为") > share_of_sound("薇")
    assert -8 <= share_of_sound("薇") <= 0
    assert share_of_sound("x") == share_of_sound("") == 0


@pytest.mark.parametrize(
    ("char", "answer"), [("贷", True), ("㐀", True), ("x", False), ("。", False), ("", False), ("ㄅ", False)]
)
def test_characters_of_chinese_are_told(char: str, *, answer: bool) -> None:
    assert is_han(char) is answer


def test_an_empty_stretch_surprises_nobody() -> None:
    assert surprise("", 0, 0) == text_bits("") == 0
    assert surprise("微粒贷", 1, 1) == text_bits("微粒贷") - text_bits("微") - text_bits("粒贷")
