"""The sieve before the host logic: it may let too much through, never too little, wherever a name stands."""

# ruff: noqa: E501  # a table of words reads best in long rows

import random
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, brand
from zhengben.names import keys as spellings
from zhengben.names import sieve as sieves
from zhengben.names import sieve_tables as compiled
from zhengben.names.api import match_host, pack
from zhengben.names.firehose import screen_lines
from zhengben.names.latin import fold
from zhengben.names.sieve import Sieve, sieve_of

MORE = (brand("short", "贝", "beib", short=("bb",)), brand("long", "上海浦东发展银行", "shanghaipudongbank"))
KNOWN = pack(ALL + MORE)
SIEVE = sieve_of(KNOWN, "balanced")
WORDS = [
    "weilidai", "webank", "huabei", "jiebei", "beib", "shanghaipudongbank", "wld", "bb", "app", "xiazai", "vip", "kefu", "daikuan", "888", "x", "zz",
    "qianbao", "guanwang", "weiyedai", "微粒贷", "微粒貸", "徽粒贷", "xn--5nqw34e", "ｗebank", "wеbank", "shanghaipudongyinhang", "ebank", "bank",
]  # fmt: skip
ALPHABET = "abdehijklnuwxz018.-_ 微粒贷花呗е\u200b"


def slow(names: list[str], mode: str) -> list[tuple[int, object]]:
    """Give what the host logic finds in each name alone."""
    return [(row, hit) for row, name in enumerate(names) for hit in match_host(name, KNOWN, mode)]


def fast(names: list[str], mode: str) -> list[tuple[int, object]]:
    """Give what the firehose finds in all together."""
    return list(screen_lines("\n".join(names).encode(), KNOWN, mode))


@pytest.mark.parametrize("mode", ["strict", "balanced", "wide"])
@given(st.lists(st.lists(st.sampled_from([*WORDS, ".", "-", ".", "cn", "com"]), max_size=6).map("".join), max_size=20))
def test_names_put_together_from_what_it_knows(mode: str, names: list[str]) -> None:
    assert fast(names, mode) == slow(names, mode)


@pytest.mark.parametrize("mode", ["balanced", "wide"])
@given(st.lists(st.text(ALPHABET, max_size=24), max_size=30))
def test_names_of_any_letters(mode: str, names: list[str]) -> None:
    assert fast(names, mode) == slow(names, mode)


@given(st.binary(max_size=400))
def test_any_bytes_give_rows_that_exist(data: bytes) -> None:
    rows = [row for row, _ in screen_lines(data, KNOWN, "wide")]
    assert rows == sorted(rows)
    assert all(0 <= row <= data.count(b"\n") for row in rows)


def slips(text: str) -> Iterator[str]:
    """Give the text with every single slip of one letter out of a few."""
    for at in range(len(text) + 1):
        head, tail = text[:at], text[at:]
        yield from (head + letter + tail for letter in "aqx")
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in "aq0")
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


@pytest.mark.parametrize("word", ["weilidai", "webank", "huabei", "beib", "shanghaipudongbank"])
@pytest.mark.parametrize(
    "form", ["{}.cn", "app{}.cn", "{}app.top", "{}-app.vip", "x.{}.com", "9{}9.cn", "xiazai-{}.cn"]
)
def test_every_slip_in_every_place_is_let_through(word: str, form: str) -> None:
    names = [form.format(slip) for slip in slips(word)]
    assert fast(names, "balanced") == slow(names, "balanced")


@pytest.mark.parametrize("before", range(12))
def test_a_name_is_found_at_every_place_of_the_data(before: int) -> None:
    data = b"x" * before + b"\nweilidai-app.cn"
    assert [(row, hit.name) for row, hit in screen_lines(data, KNOWN)] == [(1, "weilidai-app.cn")]


@pytest.mark.parametrize("block", [64, 66, 130, 1 << 12])
def test_blocks_of_any_size_give_the_same(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(block)  # noqa: S311  # it must repeat, not be secret
    names = ["".join(dice.choices([*WORDS, ".", "-", "cn"], k=4)) for _ in range(300)]
    whole = fast(names, "balanced")
    monkeypatch.setattr(sieves, "BLOCK", block)
    assert fast(names, "balanced") == whole
    assert whole


def test_names_in_foreign_scripts_are_looked_at_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["微粒贷.cn", "münchen.de", "wеbank.com", "例子.中国", "xn--mnchen-3ya.de", "微粒貸app.top"] * 3
    monkeypatch.setattr("zhengben.names.firehose.LOOKED_AT_ONCE", 2)
    found = fast(names, "balanced")
    assert found == slow(names, "balanced")
    assert len(found) == 9


def test_every_key_is_in_every_table() -> None:
    found = spellings.compile_keys(KNOWN.hosts)
    known, tables = compiled.compile_tables(found)
    windows, far = compiled._windows(found)
    assert len(windows) == sum(len(rows) for rows, _ in found.values())
    assert ((tables.second[compiled.slot(windows, 2, compiled.SECOND_BITS)] >> far.astype(np.uint8)) & 1).all()
    bits = np.unpackbits(tables.first, bitorder="little")
    assert bits[compiled.slot(windows, 3, compiled.FIRST_BITS) & ~1].all()
    assert bits[compiled.slot(windows >> np.uint64(8), 3, compiled.FIRST_BITS) | 1].all()
    for size, (values, asks) in known.items():
        assert (values[1:] >= values[:-1]).all()
        assert (asks > 0).all()
        whole = np.unpackbits(tables.whole, bitorder="little")
        assert whole[compiled.slot(values, 0, compiled.WHOLE_BITS)].all(), size


def test_a_window_lies_inside_its_key_and_prefers_what_is_rare() -> None:
    rows = spellings.letters_of(["wwwwebankzq", "onlineshopx"])
    windows, far = compiled._windows({11: (rows, np.ones(2, np.uint16))})
    cut = [bytes(row[start : start + 6]) for row, start in zip(rows, far, strict=True)]
    assert [int.from_bytes(piece, "little") for piece in cut] == windows.tolist()
    assert (far <= 5).all()
    assert far[0] > 0  # not www, which half of all names begin with


def test_letters_are_packed_the_first_one_lowest() -> None:
    rows = spellings.letters_of(["abc---"])
    assert compiled.packed(rows[:, :8]).tolist() == [1 | 2 << 8 | 3 << 16]
    assert compiled.mask(2) == 0xFFFF


@pytest.mark.parametrize(
    ("size", "bit"), [(6, 1), (7, 2), (8, 4), (9, 8), (11, 32), (12, 64), (13, 64), (14, 128), (16, 128)]
)
def test_lengths_have_bits_and_the_longest_share_two(size: int, bit: int) -> None:
    assert compiled.size_bit(size) == bit


def test_long_keys_differ_by_either_half() -> None:
    one, two = np.array([5, 6], np.uint64), np.array([9, 9], np.uint64)
    assert len(set(compiled.mixed(one, two).tolist())) == 2
    assert compiled.mixed(one, two)[0] != compiled.mixed(two, one)[0]


def test_the_same_pack_has_one_sieve_and_strict_shares_it_with_balanced() -> None:
    assert sieve_of(KNOWN, "strict") is sieve_of(KNOWN, "balanced")
    assert sieve_of(KNOWN, "wide") is not sieve_of(KNOWN, "balanced")
    assert sieve_of(KNOWN, "wide").tables is SIEVE.tables


@pytest.mark.parametrize("name", ["xxweilidaixx.cn", "zwebankz.cn"])
def test_the_middle_of_a_word_passes_where_it_can_count(name: str) -> None:
    loose = [line.kinds for line in Sieve(KNOWN, loose=True).lines(name.encode() + b"\n")]
    assert loose
    assert bool(SIEVE.lines(name.encode() + b"\n")) == bool(match_host(name, KNOWN)) or "weilidai" in name


def test_names_that_hold_no_sign_do_not_pass() -> None:
    data = b"example.org\nwikipedia.org\nwww.python.org\nnews.bbc.co.uk\n"
    assert SIEVE.lines(data) == []


def test_each_line_is_told_once_with_where_it_stands() -> None:
    data = b"example.org\nweilidai-weilidai-webank.cn\n\nhuabei.top\n"
    lines = SIEVE.lines(data)
    assert [data[line.start : line.end] for line in lines] == [b"weilidai-weilidai-webank.cn", b"huabei.top"]


def test_edges_of_lures_are_known_by_three_letters() -> None:
    ends, begins = spellings.lure_edges(KNOWN.hosts, 2)
    table = spellings.codes()

    def place(three: str) -> int:
        one, two, last = (int(table[ord(c)]) for c in three)
        return one | two << 5 | last << 10

    assert begins[place("xla")]  # xiazai in look-alike classes
    assert ends[place("zal")]
    assert begins[place("gwx")]
    assert begins[place("gwq")]  # two letters and whatever follows
    assert not begins[place("qqq")]
    single = spellings.lure_edges(KNOWN.hosts, 1)
    assert single[0][place("qqm")]
    assert not ends[place("qqm")]


@pytest.mark.parametrize("text", ["webank", "aa", "abcdef"])
def test_edits_are_all_spellings_one_change_away(text: str) -> None:
    found = set(spellings.edits(fold(text)))
    assert {text[1:], text[:-1], "x" + text, text + "x", text[1] + text[0] + text[2:]} <= {*found, text}
    assert all(abs(len(piece) - len(text)) <= 1 for piece in found)


def test_codes_put_look_alikes_together_and_everything_foreign_apart() -> None:
    table = spellings.codes()
    assert table[ord("i")] == table[ord("l")] == table[ord("1")] == table[ord("L")]
    assert table[ord("o")] == table[ord("0")]
    assert table[ord(".")] == table[ord("-")] == table[10] == 0
    assert set(table[128:].tolist()) == {31}
