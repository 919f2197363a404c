"""The keys of the sieve: every spelling the host logic could accept is one, with what it asks of its surroundings."""

# ruff: noqa: E501  # tables of spellings read best in long rows

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, brand
from zhengben.names import keys
from zhengben.names.api import match_host, pack
from zhengben.names.firehose import screen_lines
from zhengben.names.host_words import cuts
from zhengben.names.keys import ANYWHERE, FARM, FOREIGN, LARGEST, LONGEST, SLIP, SMALLEST, WORD, compile_keys
from zhengben.names.latin import fold, near_pinyin, paired
from zhengben.names.pack import Pack
from zhengben.names.sieve import sieve_of

KNOWN = pack((*ALL, brand("beib", "贝", "beib", short=("bb",)), brand("long", "上海浦东发展银行", "shanghaipudongbank"), brand("dots", "点", "jiedian", domain=("jie-dian.com.cn",))))  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"
AROUND = ["{}.com", "{}-app.cn", "app{}.cn", "{}888.top", "8{}.cn", "www.{}.com.cn", "a.{}.evil.top", "daikuan-{}.vip"]


def same(names: list[str], known: Pack = KNOWN, mode: str = "balanced") -> int:
    """Hold the sieve against the host logic, and give the hits there are."""
    slow = [(row, hit) for row, name in enumerate(names) for hit in match_host(name, known, mode)]
    assert list(screen_lines("\n".join(names).encode(), known, mode)) == slow
    return len(slow)


@pytest.mark.parametrize("word", ["weilidai", "webank", "huabei", "beib", "shanghaipudongbank"])
@pytest.mark.parametrize("around", AROUND)
def test_every_slip_of_every_letter_passes_the_sieve_wherever_it_is_accepted(around: str, word: str) -> None:
    written = {word[:at] + letter + word[at + cut :] for at in range(len(word) + 1) for letter in ("", *"aeilnoquwxz01-") for cut in (0, 1)}  # fmt: skip
    written |= {word[:at] + word[at : at + 2][::-1] + word[at + 2 :] for at in range(len(word) - 1)}
    assert same([around.format(one) for one in sorted(written)]) >= 1


@pytest.mark.parametrize("word", ["weilidai", "huabei", "webank"])
def test_every_way_to_draw_or_to_say_a_name_passes_the_sieve(word: str) -> None:
    written = sorted({word, *paired(word), *near_pinyin(word)})
    digits = [word.translate(str.maketrans("".join(a for a, _ in chosen), "".join(b for _, b in chosen))) for chosen in itertools.combinations([("l", "1"), ("i", "1"), ("e", "3"), ("a", "4"), ("b", "8")], 2)]  # fmt: skip
    assert same([around.format(one) for one in (*written, *digits) for around in AROUND]) > 60


@pytest.mark.parametrize("word", ["weilidai", "shanghaipudongbank", "huabei"])
def test_every_way_to_cut_a_name_passes_the_sieve(word: str) -> None:
    cut_up = []
    for sizes in sorted(cuts(word)) + [(at, len(word) - at) for at in range(1, len(word))]:
        places = [0, *itertools.accumulate(sizes)]
        cut_up.append("-".join(word[a:b] for a, b in itertools.pairwise(places)))
    assert same([around.format(one) for one in cut_up for around in AROUND]) > len(cut_up)


@pytest.mark.parametrize("mode", ["strict", "balanced", "wide"])
def test_capitals_wildcards_and_root_dots_change_nothing(mode: str) -> None:
    plain = ["weilidai-app.cn", "we1lidai.cn", "webnak.com", "huabei.top", "shanghaipudongbank.cn", "wei-li-dai.cn"]
    for change in (str.upper, str.title, "*.{}".format, "{}.".format, "www.{}".format, " {}\t".format):
        assert same([change(name) for name in plain], mode=mode) == len(plain)


@pytest.mark.parametrize("domain", ["webank.com", "jie-dian.com.cn", "alipay.com", "official.example"])
def test_a_domain_of_a_brands_own_below_another_is_a_key(domain: str) -> None:
    assert same([f"{domain}.evil.top", f"www.{domain}.evil.top", f"x{domain}.evil.top", domain, f"a.{domain}"]) >= 2


@pytest.mark.parametrize("short", ["bb", "wld"])
def test_a_short_name_beside_any_lure_is_a_key(short: str) -> None:
    lures = sorted(KNOWN.hosts.lures)
    names = [form.format(short, lure) + ".cn" for lure in lures for form in ("{0}{1}", "{1}{0}", "{0}-{1}", "{1}-{0}")]
    assert same(names) > len(lures)


def test_any_three_lures_with_a_long_one_among_them_are_a_key() -> None:
    strong = [lure for lure in sorted(KNOWN.hosts.strong) if len(lure) >= 4][:9]
    names = [between.join(three) + ".com" for three in itertools.permutations(strong, 3) for between in ("", "-")]
    assert same(names) > len(names) // 2


def test_kinds_tell_what_to_look_for() -> None:
    kinds = {}
    for name in (b"weilidai.cn", b"weilidei.cn", b"qianbaoxiazaiapp.cn", b"xn--kput3i.cn", "微.cn".encode()):
        for line in sieve_of(KNOWN, "balanced").lines(name + b"\n"):
            kinds[name] = line.kinds
    assert kinds[b"weilidai.cn"] & (ANYWHERE | WORD)
    assert kinds[b"weilidei.cn"] & SLIP
    assert kinds[b"qianbaoxiazaiapp.cn"] & FARM
    assert kinds[b"xn--kput3i.cn"] & FOREIGN
    assert kinds["微.cn".encode()] & FOREIGN


def test_keys_are_of_six_to_sixteen_letters_each_once_and_ask_for_something() -> None:
    found = compile_keys(KNOWN.hosts)
    assert set(found) <= set(range(SMALLEST, LONGEST + 1))
    for size, (rows, asks) in found.items():
        assert rows.shape == (len(asks), LONGEST)
        assert (asks > 0).all()
        assert len({row.tobytes() for row in rows}) == len(rows)
        assert (rows[:, size:] == 0).all()


def test_a_short_spelling_becomes_a_key_with_everything_that_may_follow() -> None:
    padded = list(keys._padded("webx"))
    assert len(padded) == len(set(padded)) == 27**2
    assert all(key.startswith("webx") and len(key) == SMALLEST for key in padded)
    assert list(keys._padded("weilidai")) == ["weilidai"]
    assert list(keys._padded("a" * 20)) == ["a" * LONGEST]


def test_more_brands_have_more_keys_and_the_order_of_brands_says_nothing() -> None:
    one, many = compile_keys(pack(ALL[:1]).hosts), compile_keys(pack(ALL).hosts)
    turned = compile_keys(pack(ALL[::-1]).hosts)
    assert sum(len(asks) for _, asks in one.values()) < sum(len(asks) for _, asks in many.values())
    for size, (rows, asks) in many.items():
        told = {row.tobytes(): ask for row, ask in zip(rows, asks.tolist(), strict=True)}
        assert told == {row.tobytes(): ask for row, ask in zip(turned[size][0], turned[size][1].tolist(), strict=True)}


@given(st.text(LETTERS, min_size=SMALLEST, max_size=LARGEST))
def test_letters_go_into_numbers_and_back(word: str) -> None:
    row = keys.letters_of([fold(word)])
    assert row[0, : len(word)].tolist() == [int(keys.codes()[ord(letter)]) for letter in word]
    assert not row[0, len(word) :].any()


def test_no_two_letters_share_a_class_but_look_alikes() -> None:
    table = keys.codes()
    classes = {letter: int(table[ord(letter)]) for letter in LETTERS}
    assert len(set(classes.values())) == 25
    assert classes["i"] == classes["l"]
    assert 0 not in classes.values()
    assert all(table[ord(c)] == 0 for c in ".-_\n\t :/")


@given(st.text(LETTERS, min_size=3, max_size=9))
def test_edits_are_what_one_change_makes_and_nothing_else(text: str) -> None:
    written = set(keys.edits(text))
    for piece in list(written)[:60]:
        assert abs(len(piece) - len(text)) <= 1
        if len(piece) == len(text) and sorted(piece) != sorted(text):
            assert sum(a != b for a, b in zip(piece, text, strict=True)) <= 1
    assert {text[:at] + text[at + 1 :] for at in range(len(text))} <= written


def test_a_pack_without_brands_finds_farms_only() -> None:
    assert same(["weilidai.cn", "example.org"], pack(())) == 0
    assert same(["qianbaoappxiazai.cn"], pack(())) == 1


def test_lure_edges_of_one_letter_count_only_where_they_are_asked_for() -> None:
    ends, begins = keys.lure_edges(KNOWN.hosts, 2)
    assert ends.shape == begins.shape == (1 << 15,)
    wide = keys.lure_edges(KNOWN.hosts, 1)
    assert np.count_nonzero(wide[0]) >= np.count_nonzero(ends)
    assert np.count_nonzero(wide[1]) >= np.count_nonzero(begins)
