"""Help and tables on a terminal, where a Chinese character is two columns wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.cli.common import columns
from zhengben.cli.layout import pad, width, wrap


@pytest.mark.parametrize(
    ("text", "expected"), [("", 0), ("abc", 3), ("微粒贷", 6), ("ａ", 2), ("e\u0301", 1), ("微a，", 5), ("…", 1)]
)
def test_width_counts_columns(text: str, expected: int) -> None:
    assert width(text) == expected


def test_columns_line_up_in_both_scripts() -> None:
    lines = columns([("微粒贷", "甲"), ("wld", "乙")]).splitlines()
    assert [width(line[: line.index(c)]) for line, c in zip(lines, "甲乙", strict=True)] == [10, 10]


def test_a_name_that_is_too_long_is_not_cut() -> None:
    assert pad("微粒贷微粒贷", 4) == "微粒贷微粒贷"


@given(st.text(alphabet="ab 微粒贷，。 c", max_size=120), st.integers(min_value=8, max_value=40))
def test_wrapping_loses_nothing_and_stays_inside(text: str, wide: int) -> None:
    lines = wrap(text, wide)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        # a word longer than the window, and marks that may not begin a line, are the only things that stick out
        assert width(line) <= wide or " " not in line or line[-1] in "，。"


def test_no_line_begins_with_a_mark() -> None:
    assert all(line[0] not in "，。；" for line in wrap("微粒贷，微粒贷。微粒贷；微粒贷，", 6))


def test_nothing_is_no_line() -> None:
    assert wrap("  \n ", 20) == []
