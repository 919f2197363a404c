"""A brand's spelling among the words of a hostname: where it stands and what stands beside it decide what it is worth."""

# ruff: noqa: E501  # tables of hostnames read best in long rows

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, brand
from names.test_firehose import mutated
from zhengben.names import host_words
from zhengben.names.api import match_host, pack
from zhengben.names.firehose import screen_lines
from zhengben.names.host_model import MOST_KEPT
from zhengben.names.host_scene import beside, explained, readable
from zhengben.names.hostname import Word, read

KNOWN = pack(ALL)
CLOUD = pack((brand("cloud", "云", "cloud"),))
LURES = sorted(KNOWN.hosts.strong)[:12]


def found(host: str, mode: str = "balanced") -> list[tuple[str, str]]:
    return [(hit.technique, hit.matched) for hit in match_host(host, KNOWN, mode)]


@pytest.mark.parametrize(
    ("host", "technique", "matched"),
    [
        ("weilidai.cn", "tld_swap", "weilidai"), ("www.weilidai.cn", "tld_swap", "weilidai"), ("weilidai.com.cn", "tld_swap", "weilidai"), ("_webank.com", "tld_swap", "webank"),
        ("weilidai.example.com", "level_squat", "weilidai"), ("weilidai.com.example.com", "level_squat", "weilidai"), ("a.b.weilidai.cn.evil.top", "level_squat", "weilidai"),
        ("weilidai88.cn", "combosquat", "weilidai"), ("weilidai-88.cn", "combosquat", "weilidai"), ("88weilidai.cn", "combosquat", "weilidai"), ("webank_app.cn", "combosquat", "webank"),
        ("huabeidaikuan.cn", "combosquat", "huabei"), ("daikuanhuabei.cn", "combosquat", "huabei"), ("xiazai-huabei-app.cn", "combosquat", "huabei"), ("xiazaihuabeiapp.cn", "combosquat", "huabei"),
        ("webank-com.cn", "combosquat", "webank"), ("webankcom.cn", "combosquat", "webank"), ("weilidai-app.example.com", "combosquat", "weilidai"),
        ("weilidai-zzz.cn", "token", "weilidai"), ("xxweilidaixx.cn", "substring", "weilidai"),
        ("we1lidai.cn", "homoglyph", "we1lidai"), ("vvebank.com", "homoglyph", "vvebank"), ("web4nk.com", "homoglyph", "web4nk"), ("w3bank-app.com", "homoglyph", "w3bank"),
        ("we-bank.com", "hyphenation", "we-bank"), ("wei-lidai.cn", "hyphenation", "wei-lidai"), ("w-eilidai.cn", "hyphenation", "w-eilidai"), ("app.we-bank.com", "hyphenation", "we-bank"),
        ("w-e-b-a-n-k.com", "hyphenation", "w-e-b-a-n-k"), ("wei-li-dai-app.cn", "hyphenation", "wei-li-dai"), ("we.bank.com", "dot_insertion", "we.bank"),
        ("wei.li.dai.com", "dot_insertion", "wei.li.dai"), ("www.wei.li.dai.com.cn", "dot_insertion", "wei.li.dai"), ("wei.zhong.yin.hang.top", "dot_insertion", "wei.zhong.yin.hang"),
        ("w.e.b.a.n.k.com", "dot_insertion", "w.e.b.a.n.k"), ("weizonyinhang.cn", "near_pinyin", "weizonyinhang"),
    ],
)  # fmt: skip
def test_what_a_spelling_is_called_and_which_letters_it_is(host: str, technique: str, matched: str) -> None:
    assert found(host) == [(technique, matched)]


@pytest.mark.parametrize(
    "host",
    ["xxweilidaixx.example.com", "webankzz.com", "zzwebank-app.com", "xhuabeix.cn", "nanhuabei.cn", "webankwebank.com"],
)
def test_in_the_middle_of_an_unknown_word_it_counts_only_for_who_looks_at_everything(host: str) -> None:
    assert found(host) == []
    assert [technique for technique, _ in found(host, "wide")] == ["substring"]


@pytest.mark.parametrize("host", ["we-b-ank.com", "we--bank.com", "huabeijing.cn", "weiyedai.cn", "weiyedai-app.cn", "wei.li.dai.example.com", "w.ei.li.dai.com", "wei.li-x.dai.com", "wld.cn", "wld888.cn", "wld-zzz.cn", "webank..com"])  # fmt: skip
def test_these_are_nobodys_in_any_mode(host: str) -> None:
    assert found(host, "wide") == []


@pytest.mark.parametrize("lure", LURES)
@pytest.mark.parametrize("form", ["{0}{1}", "{1}{0}", "{0}-{1}", "{1}-{0}", "{0}{1}888", "{1}-{0}-{1}"])
def test_every_lure_may_stand_on_either_side(form: str, lure: str) -> None:
    (hit,) = match_host(form.format("webank", lure) + ".top", KNOWN)
    assert (hit.technique, hit.expected) == ("combosquat", "webank")
    assert lure in hit.find.lures


@pytest.mark.parametrize(
    ("worth_more", "worth_less"),
    [
        ("weilidai.cn", "weilidai-app.cn"), ("weilidai-app.cn", "weilidai88.cn"), ("weilidai88.cn", "weilidai-zzz.cn"), ("weilidai-zzz.cn", "xxweilidaixx.cn"),
        ("weilidai-app.cn", "weilidai-app.example.com"), ("weilidai.com.example.cn", "weilidai.example.cn"), ("we-bank.com", "we.bank.com"), ("we1lidai.cn", "weilidai-app.cn"),
    ],
)  # fmt: skip
def test_what_is_plainer_is_worth_more(worth_more: str, worth_less: str) -> None:
    assert match_host(worth_more, KNOWN)[0].score > match_host(worth_less, KNOWN)[0].score


@pytest.mark.parametrize(
    ("host", "score"),
    [("cloud.com", 62), ("cloud-app.com", 78), ("clouddaikuan.cn", 78), ("cloud9.com", 60), ("mycloud.com", 70)],
)
def test_an_everyday_word_is_worth_less_and_least_beside_what_says_nothing(host: str, score: int) -> None:
    assert match_host(host, CLOUD)[0].score == score
    assert match_host(host.replace("cloud", "weilidai"), KNOWN)[0].score > score


@pytest.mark.parametrize("host", ["cloud.example.com", "cloud-zzz.com", "xxcloudxx.com", "c1oudxx.com"])
def test_an_everyday_word_alone_says_nothing_where_it_is_not_the_registered_name(host: str) -> None:
    assert match_host(host, CLOUD) == ()


def test_two_brands_in_one_name_are_two_hits_in_the_order_of_their_keys() -> None:
    hits = match_host("weilidai-webank.cn", KNOWN)
    assert [(hit.brand, hit.matched) for hit in hits] == [("webank", "webank"), ("weilidai", "weilidai")]


def test_the_surest_of_several_readings_is_told() -> None:
    (hit,) = match_host("webank-zzz.webank.cn", KNOWN)
    assert (hit.technique, hit.score) == ("tld_swap", 85)


@given(st.lists(st.sampled_from(["weilidai", "webank", "huabei", "we1lidai", "app", "daikuan", "zzz", "8", "jiebei", "weiyedai", "shi"]), min_size=1, max_size=3), st.sampled_from([".cn", ".com.cn", ".evil.top"]), st.sampled_from(["-", "", "."]))  # fmt: skip
def test_the_places_told_are_those_of_the_letters_told(parts: list[str], ending: str, between: str) -> None:
    host = between.join(parts) + ending
    for hit in match_host(host, KNOWN, "wide"):
        assert host[hit.find.start : hit.find.end] == hit.matched
        assert all(hit.find.start <= at < hit.find.end for at in hit.positions)


@given(st.randoms())
def test_what_was_asked_before_changes_no_answer(dice: random.Random) -> None:
    names = [mutated(dice, dice.choice(["weilidai", "webank", "huabei", "wld"])) for _ in range(12)]
    fresh = []
    for name in names:
        KNOWN.hosts.memo.clear()
        KNOWN.hosts.cuts.clear()
        fresh.append(match_host(name, KNOWN, "wide"))
    dice.shuffle(order := list(range(12)))
    again = {at: match_host(names[at], KNOWN, "wide") for at in order}
    assert [again[at] for at in range(12)] == fresh


def test_readings_of_a_word_are_worked_out_once_and_forgotten_when_they_are_many() -> None:
    model = pack((brand("x", "微立贷", "weilidai"),)).hosts
    assert host_words._readings("xweilidaix", model) is host_words._readings("xweilidaix", model)
    for number in range(MOST_KEPT + 1):
        model.keep(f"w{number}", ())
    assert "xweilidaix" not in model.memo
    model.memo.clear()


@pytest.mark.parametrize("piece", ["13631", "1111111", "0000", "88"])
def test_a_number_is_no_word_whatever_its_digits_look_like(piece: str) -> None:
    assert not readable(piece)
    assert match_host(f"{piece}.com", pack((brand("l", "丽丽", "lili"),))) == ()


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", ()), ("app", ("app",)), ("appxiazai", ("app", "xiazai")), ("appxiazai888", ("app", "xiazai", "888")), ("888", ("888",)), ("8app8", ("8", "app", "8")),
        ("zzz", None), ("appzzz", None), ("zzzapp", None), ("app-vip", None), ("x" * 41, None), ("8" * 41, None),
    ],
)  # fmt: skip
def test_what_stands_beside_a_brand_is_cut_into_lures_and_numbers(text: str, cut: tuple[str, ...] | None) -> None:
    assert explained(text, KNOWN.hosts) == cut


def test_only_words_of_the_same_label_stand_beside() -> None:
    words = [Word("webank", 0, 0), Word("app", 7, 0), Word("zzz", 11, 1)]
    assert beside(words, 0, KNOWN.hosts) == ("app",)
    assert beside(words, 2, KNOWN.hosts) == ()
    assert beside([*words, Word("qq", 20, 0)], 0, KNOWN.hosts) is None
    assert beside(words[:1], 0, KNOWN.hosts) == ()


HOSTILE = [
    "a-" * 125 + "cn", "-".join(["webank"] * 36), ".".join(["webank"] * 36), "weilidai" * 31, "app" * 84, "1" * 253, "we-" * 84, "-" * 253, ".".join("w" * 126), "xn--" * 63,
    "webank-" + "app" * 60 + ".cn", "app" * 40 + "zzz-webank.cn", "l1" * 120 + ".cn", "rn" * 126, "weilidaiweilidaj" * 15, ".".join(["xn--9999999"] * 22), "xn--" + "a" * 55 + ".cn",
    "qianbao" * 36, "w.e.b.a.n.k." * 20 + "cn", "_" * 253, "wei-li-dai-" * 23, "xn--" + "微粒贷".encode("punycode").decode() + "-" * 40 + ".cn",
]  # fmt: skip


@pytest.mark.parametrize("host", HOSTILE)
def test_a_name_made_to_be_slow_or_to_break_is_neither(host: str) -> None:
    for mode in ("strict", "balanced", "wide"):
        hits = match_host(host, KNOWN, mode)
        assert [hit for _, hit in screen_lines(host.encode(), KNOWN, mode)] == list(hits)
        assert all(0 <= hit.find.start < hit.find.end <= len(host) for hit in hits)


def test_hostile_names_cost_little_more_than_others() -> None:
    assert all(read(host) for host in HOSTILE if len(host) <= 253 and ".." not in host and not host.startswith("."))
    data = "\n".join(host.replace("webank", f"webank{n}") for n in range(30) for host in HOSTILE).encode()
    assert len(list(screen_lines(data, KNOWN, "wide"))) < 4 * data.count(b"\n")


@pytest.mark.parametrize("known", [("weilidai", "weilida"), ("weilida", "weilidai")])
def test_a_name_within_a_name_of_another_brand_is_both_whatever_their_order(known: tuple[str, str]) -> None:
    both = pack(tuple(brand(word, f"某{word}", word) for word in known))
    for host in ("weilidai-app.cn", "weilida-app.cn", "weilidaii.cn"):
        assert [hit for _, hit in screen_lines(host.encode(), both)] == list(match_host(host, both))
        assert {hit.brand for hit in match_host(host, both)} >= {"weilidai"}


@pytest.mark.parametrize("host", ["qi-yue-bank.com", "qi.yue.bank.cn", "qi-yue-bank-login.cn"])
def test_a_name_cut_between_its_syllables_and_its_trade_is_read(host: str) -> None:
    known = pack((brand("qiyue", "祁岳银行", "qiyuebank"),))
    assert [hit.brand for hit in match_host(host, known)] == ["qiyue"]


@pytest.mark.parametrize(("host", "found"), [("qiyuebank.edu.hk", False), ("qiyuebank.com.hk", True)])
def test_the_bare_name_below_an_ending_issued_to_schools_is_a_school_s(host: str, *, found: bool) -> None:
    known = pack((brand("qiyue", "祁岳银行", "qiyuebank"),))
    assert bool(match_host(host, known)) is found
