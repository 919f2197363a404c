"""The words of finance: each has a source, each is found where it stands, and none where it is part of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.names import tables
from zhengben.names.finance import finance_in, generic, loans_in, objects, particles, tails

TABLE = tables.finance()
GROUPS = [(group["strength"], word) for group in TABLE["words"] for word in group["list"]]


def test_every_group_says_where_its_words_are_from() -> None:
    for group in (*TABLE["words"], *TABLE["generic"], TABLE["tails"], TABLE["particles"]):
        assert len(group["source"]) > 10, group


def test_no_group_lists_a_word_twice_and_strengths_are_known() -> None:
    for group in TABLE["words"]:
        assert group["strength"] in {"loans", "finance", "english", "english loans"}
        assert len(set(group["list"])) >= len(group["list"]) - 1, "利息 stands in both scripts alike"
    assert all(word and word == word.strip() for _, word in GROUPS)


@pytest.mark.parametrize(("strength", "word"), GROUPS)
def test_each_word_counts_as_strongly_as_it_says(strength: str, word: str) -> None:
    text = f"这里{word}那里" if not word.isascii() else f"my {word} here"
    assert finance_in(text)
    if strength.endswith("loans"):
        assert loans_in(text)


@pytest.mark.parametrize(
    "text", ["今天天气好", "reloaned", "downloader", "happy", "billion", "coffee", "discredited", "", "\n", "apps4u"]
)
def test_ordinary_words_are_no_finance(text: str) -> None:
    assert not finance_in(text)
    assert not loans_in(text)


@pytest.mark.parametrize("text", ["MY LOAN", "Overdue!", "a loan.", "(repay)", "借钱loan快"])
def test_english_words_count_in_any_case_beside_any_sign(text: str) -> None:
    assert loans_in(text)


@pytest.mark.parametrize("text", ["打开手机", "银行排队", "扫码", "加微信", "download the app", "bank"])
def test_what_anybody_says_of_money_is_finance_and_no_loan(text: str) -> None:
    assert finance_in(text)
    assert not loans_in(text)


def test_words_of_the_brand_count_as_finance() -> None:
    assert finance_in("摇一摇", ("摇一摇",))
    assert not finance_in("摇一摇")
    assert not finance_in("摇一摇", ())


@given(st.text(max_size=50))
def test_loans_are_finance(text: str) -> None:
    assert not loans_in(text) or finance_in(text)


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from([w for s, w in GROUPS if s == "loans"]))
def test_a_chinese_word_is_seen_between_any_others(before: str, after: str, word: str) -> None:
    assert loans_in(before + word + after)


def test_names_anybody_may_use_are_no_words_of_one_character() -> None:
    assert {"微利贷", "网上银行"} <= generic()
    assert all(len(name) > 2 for name in generic())


def test_the_word_of_a_trade_is_cut_off_longest_first() -> None:
    sizes = [len(tail) for tail in tails()]
    assert sizes == sorted(sizes, reverse=True)
    assert "银行" in tails()


def test_particles_are_single_characters_and_take_no_part_in_the_list_of_objects() -> None:
    assert all(len(char) == 1 for char in particles() | objects())
    assert not particles() & objects()
