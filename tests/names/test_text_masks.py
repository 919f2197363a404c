"""Masks of 64 bits stand for rows of characters: moved, folded and joined, they never lose a name."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, brand
from zhengben.names.api import pack
from zhengben.names.scan import EVERY, ROUND, rolled
from zhengben.names.text_masks import (
    EXACT,
    FAR_OFF,
    LONG_BEGINS,
    LONG_ENDS,
    NO_MASKS,
    SHORT_BEGINS,
    SHORT_ENDS,
    SHORT_EXACT,
    SINGLE_BEGINS,
    SINGLE_ENDS,
    after,
    before,
    symbol_masks,
)

KNOWN = pack(ALL)
NARROW = symbol_masks(KNOWN, loose=False)
LOOSE = symbol_masks(KNOWN, loose=True)
numbers = st.integers(0, EVERY)


def _bit(name: str, k: int) -> int:
    term = next(term for term in KNOWN.written if term.text == name)
    return rolled(1 << (term.bit + k))


@given(numbers)
def test_there_and_back_is_where_one_was(number: int) -> None:
    mask = np.array([number], np.uint64)
    assert before(after(mask)).tolist() == after(before(mask)).tolist() == [number]


@given(st.integers(0, 1 << 300), st.integers(0, 1 << 300))
def test_folding_keeps_every_bit_somewhere_and_joins_like_the_whole(one: int, two: int) -> None:
    assert rolled(one | two) == rolled(one) | rolled(two)
    assert bool(rolled(one)) == bool(one)


@given(st.integers(0, 400))
def test_neighbours_stay_neighbours_when_folded(at: int) -> None:
    here = np.array([rolled(1 << at)], np.uint64)
    assert after(here).tolist() == [rolled(1 << (at + 1))]


@pytest.mark.parametrize(
    ("char", "name", "k", "columns"),
    [
        ("微", "微粒贷", 0, {SINGLE_ENDS, EXACT}),
        ("粒", "微粒贷", 1, {SINGLE_BEGINS, SINGLE_ENDS, EXACT}),
        ("贷", "微粒贷", 2, {SINGLE_BEGINS, EXACT}),
        ("貸", "微粒贷", 2, {SINGLE_BEGINS, EXACT}),
        ("徽", "微粒贷", 0, {SINGLE_ENDS}),
        ("花", "花呗", 0, {SHORT_ENDS, SHORT_EXACT}),
        ("呗", "花呗", 1, {SHORT_BEGINS, SHORT_EXACT}),
        ("华", "花呗", 0, {SHORT_ENDS}),
    ],
)
def test_a_character_is_entered_where_it_may_begin_end_or_be_exact(
    char: str, name: str, k: int, columns: set[int]
) -> None:
    row, bit = NARROW[char], _bit(name, k)
    assert {column for column in (*range(6), FAR_OFF) if row[column] & bit} == columns


@pytest.mark.parametrize(("char", "column"), [("w", LONG_BEGINS), ("i", LONG_ENDS)])
def test_letters_of_pinyin_are_entered_as_parts_of_a_longer_sign(char: str, column: int) -> None:
    assert NARROW[char][column] & _bit("微粒贷", 0)


def test_what_is_far_off_counts_like_any_other_only_in_wide_mode() -> None:
    far = [char for char, row in NARROW.items() if row[FAR_OFF]]
    assert far
    assert not any(row[FAR_OFF] for row in LOOSE.values())
    for char in far:
        assert LOOSE[char][SINGLE_BEGINS] | LOOSE[char][SINGLE_ENDS] | LOOSE[char][SHORT_BEGINS]


def test_every_row_is_as_wide_as_the_columns_and_fits_a_machine_word() -> None:
    many = pack(tuple(brand(f"b{i}", f"{chr(0x4E10 + 40 * i)}{chr(0x5E10 + 30 * i)}宝") for i in range(40)))
    for table in (NARROW, symbol_masks(many, loose=False)):
        assert all(len(row) == len(NO_MASKS) and max(row) >> ROUND == 0 for row in table.values())


def test_a_pack_of_nothing_has_no_masks() -> None:
    assert symbol_masks(pack(()), loose=False) == {}
