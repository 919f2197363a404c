"""One hostname read: labels, public suffix, words, other scripts; nothing that is typed or sent breaks it."""

# ruff: noqa: E501  # tables of hostnames read best in long rows

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PublicSuffixList

from zhengben.names import hostname
from zhengben.names.hostname import Word, in_ascii, in_unicode, problem, read, skeleton, unicode_label
from zhengben.names.tables import hostnames

SUFFIXES = PublicSuffixList()
RULES = sorted(rule.lstrip("!*.") for rule in hostname._rules() if rule.isascii())


def theirs(name: str) -> str:
    """Give the registrable domain as another library reads the same list."""
    return SUFFIXES.privatesuffix(name) or ""


@pytest.mark.parametrize("seed", range(4))
def test_the_registrable_domain_is_what_another_reader_of_the_list_says(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # it must repeat, not be secret
    names = dice.sample(hostnames().decode().split("\n")[:-1], 500)
    names += [f"{dice.choice('abc')}.{rule}" for rule in dice.sample(RULES, 500)]
    names += [f"a.b.{rule}" for rule in dice.sample(RULES, 500)]
    for name in names:
        known = read(name)
        assert known is not None
        if theirs(name):
            assert known.registrable == theirs(name), name


@pytest.mark.parametrize(
    ("name", "registrable"),
    [
        ("webank.com", "webank.com"), ("a.b.webank.com.cn", "webank.com.cn"), ("x.github.io", "x.github.io"), ("www.ck", "www.ck"), ("a.www.ck", "www.ck"),
        ("a.b.ck", "a.b.ck"), ("x.y.city.kawasaki.jp", "city.kawasaki.jp"), ("localhost", "localhost"), ("a.unknowntld", "a.unknowntld"), ("com", "com"), ("com.cn", "com.cn"),
        ("微粒贷.公司.cn", "微粒贷.公司.cn"), ("*.Webank.COM.", "webank.com"), ("a.xn--55qx5d.cn", "a.xn--55qx5d.cn"),
    ],
)  # fmt: skip
def test_what_somebody_can_register(name: str, registrable: str) -> None:
    known = read(name)
    assert known is not None
    assert known.registrable == registrable


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("we-bank.com", [("we", 0, 0), ("bank", 3, 0)]),
        ("-we--bank-.com", [("we", 1, 0), ("bank", 5, 0)]),
        ("_dmarc.webank.com", [("dmarc", 1, 0), ("webank", 7, 1)]),
        ("a.b-c.com.cn", [("a", 0, 0), ("b", 2, 1), ("c", 4, 1)]),
        ("xn--kput3i.webank.cn", [("webank", 11, 1)]),
        ("wеbank.com", [("w", 0, 0), ("bank", 2, 0)]),
        ("微粒贷wld.cn", [("wld", 3, 0)]),
        ("com", [("com", 0, 0)]),
    ],
)
def test_words_stand_where_they_are_said_to(name: str, words: list[tuple[str, int, int]]) -> None:
    known = read(name)
    assert known is not None
    assert known.words() == [Word(*word) for word in words]


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader_and_words_lie_in_the_name(text: str) -> None:
    known = read(text)
    if known:
        assert all(known.name[w.start : w.start + len(w.text)] == w.text for w in known.words())
        assert known.name == ".".join(known.labels)
        assert 0 <= known.own < len(known.labels)


@given(st.text("abz019-._ .", max_size=40))
def test_plain_names_and_others_are_cut_into_the_same_words(text: str) -> None:
    known = read(text)
    if known:
        assert known.words() == known._replace(plain=False).words()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "empty_label"), (".", "empty_label"), ("..", "empty_label"), ("a..b", "empty_label"), (".a", "empty_label"), ("a" * 254, "too_long"), ("a b.cn", "not_a_hostname"),
        ("a/b", "not_a_hostname"), ("http://a.cn", "not_a_hostname"), ("a@b.cn", "not_a_hostname"), ("a:1", "not_a_hostname"), ("a\x00.cn", "not_a_hostname"), ("\ufffd.cn", "not_a_hostname"),
    ],
)  # fmt: skip
def test_what_is_no_hostname_has_a_reason(name: str, why: str) -> None:
    assert problem(name) == why
    assert read(name) is None or name == "."


def test_a_name_of_253_letters_is_one_and_of_254_is_none() -> None:
    label = "a" * 49
    assert read(".".join([label] * 5) + ".cn") is not None
    assert read(".".join([label] * 5) + ".cnn") is not None
    assert read(".".join([label] * 5) + ".cnnn") is None


@pytest.mark.parametrize("dot", ["。", "．"])
def test_chinese_full_stops_are_dots(dot: str) -> None:
    known = read(f"www{dot}webank{dot}com")
    assert known is not None
    assert known.registrable == "webank.com"


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("xn--5nqw34e", ""),
        ("xn--kput3i", "手机"),
        ("xn--", ""),
        ("xn--!", ""),
        ("xn--999999999", ""),
        ("plain", ""),
        ("微", "微"),
        ("xn--a", "a\x80"[:0]),
    ],
)
def test_broken_punycode_shows_nothing(label: str, shown: str) -> None:
    if label == "xn--5nqw34e":
        assert unicode_label(label) != label
    else:
        assert unicode_label(label)[: len(shown)] == shown


@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), min_size=1, max_size=10))
def test_chinese_names_go_to_ascii_and_back(label: str) -> None:
    assert in_unicode(in_ascii(f"{label}.cn")) == f"{label}.cn"


@pytest.mark.parametrize(
    ("label", "looks"),
    [
        ("wеbаnk", "webank"),
        ("ｗｅｂａｎｋ", "webank"),
        ("微粒贷", ""),
        ("we微", ""),
        ("", ""),
        ("webank", "webank"),
        ("wèbank", "webank"),
    ],
)
def test_what_a_label_is_taken_for(label: str, looks: str) -> None:
    assert skeleton(label) in (looks, "") if label == "wèbank" else skeleton(label) == looks
