"""The marks that ask for another reading of a message: none is missed that the slow path would use."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL
from zhengben.names.api import find_names, pack
from zhengben.names.text_batch import find_in_lines
from zhengben.names.text_filter import text_filter
from zhengben.names.text_signs import BLOCK, Marks, kinds

KNOWN = pack(ALL)
PIECES = [
    *(
        "微",
        "粒",
        "贷",
        "众",
        "银行",
        "花",
        "呗",
        "借",
        "天",
        "的",
        "，",
        "\n",
        "x",
        "xx",
        "01",
        "666",
        "w3i",
        "8ei",
        "vv",
        "iii",
    ),
    *(
        "1\ufe0f\u20e3",
        "①",
        "loan",
        "Bank",
        "micro",
        "ローン",
        "🏦",
        "🎈",
        "哈哈哈",
        "；；",
        "（打码）",
        "口字旁",
        "众的众",
    ),
]


def marks(text: str) -> Marks:
    """Give the marks of one message."""
    known = text_filter(KNOWN, "balanced")
    points = np.array([ord(char) for char in text + "\n"], np.uint32)
    known.places(points)
    return known.marks(points)


MARKED = {
    "今天天气不错，我们去公园": "",
    "微x粒": "aside words",
    "微loan": "words",
    "loan粒": "words",
    "loan 粒": "",
    "微🏦": "words",
    "微🎈": "aside",
    "去🎈玩": "",
    "花8ei": "mixed",
    "vvei": "drawn",
    "wǝı": "drawn",
    "微（小）": "brackets",
    "去（小）": "",
    "hello": "",
    "helllo": "",
    "heeeello": "drawn",
    "hEEEllo": "drawn",
    "微哈粒哈贷": "aside",
    "微哈哈哈贷": "aside",
    "大众的众": "aside",
    "微天，粒天，贷天": "aside",
    "": "",
}


@pytest.mark.parametrize(("text", "left"), MARKED.items())
def test_each_sign_leaves_its_mark(text: str, left: str) -> None:
    assert [kind for kind, places in marks(text)._asdict().items() if places.size] == left.split()


def test_every_code_point_has_one_kind() -> None:
    assert set(np.unique(kinds()).tolist()) == {0, 1, 2, 4, 8, 16, 32, 64, 128}


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_message_among_others_is_read_as_alone(text: str) -> None:
    alone = find_names(text, KNOWN, "balanced")
    assert [hit for at, hit in find_in_lines(["今天", text, "，"], KNOWN, "balanced") if at == 1] == [*alone]
    for hit in alone:
        assert text[hit.start : hit.end] == hit.matched
        assert all(text[c.index : c.index + len(c.original)] == c.original for c in hit.characters)


@given(
    st.permutations(ALL),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
)
def test_the_order_of_the_brands_does_not_matter(brands: list[object], text: str) -> None:
    assert find_names(text, pack(tuple(brands)), "balanced") == find_names(text, KNOWN, "balanced")


def test_marks_at_the_border_of_a_block_are_seen() -> None:
    for shift in range(6):
        text = "好" * (BLOCK - shift) + "微x粒x贷"
        assert marks(text).aside.size
