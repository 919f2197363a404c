"""Domains in other scripts: the Chinese name however disguised, Latin names drawn with foreign letters, and the rest."""

# ruff: noqa: E501  # tables of hostnames read best in long rows

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, brand
from zhengben.locale.words import say
from zhengben.names.api import match_host, pack
from zhengben.names.firehose import screen_lines
from zhengben.names.host_idn import KIND_SCORE
from zhengben.names.labels import bare

LURES = ("官网", "下载", "官方", "额度", "客服", "极速", "企业", "我的", "提额")
KNOWN = pack((*ALL, brand("cmb", "招商银行", "cmbchina")))


def idn(label: str) -> str:
    """Give a label in its xn-- form."""
    return "xn--" + label.encode("punycode").decode()


@pytest.mark.parametrize(
    ("label", "brand", "technique"),
    [
        ("微粒贷", "weilidai", "idn"), ("微粒貸", "weilidai", "idn_traditional"), ("徽粒贷", "weilidai", "idn_shape"), ("薇粒贷", "weilidai", "idn_homophone"), ("微立贷", "weilidai", "idn_homophone"),
        ("微粒贷官网", "weilidai", "idn"), ("app微粒贷下载", "weilidai", "idn"), ("招商银衍", "cmb", "idn_shape"), ("招商銀行", "cmb", "idn_traditional"), ("微粒贷-app", "weilidai", "idn"),
        ("wеbаnk", "webank", "idn_homoglyph"), ("wеbаnk-login", "webank", "idn_homoglyph"), ("ｗebank", "webank", "idn_homoglyph"), ("wеilidai", "weilidai", "idn_homoglyph"),
        ("官方花呗", "huabei", "idn"), ("极速借呗", "jiebei", "idn"), ("下载花唄app", "huabei", "idn_traditional"), ("花坝官网", "huabei", "idn_shape"), ("花背客服", "huabei", "idn_homophone"), ("pay借呗", "jiebei", "idn"),
        ("微众银仃", "webank", "idn_keyboard"), ("官方微众银仃", "webank", "idn_keyboard"), ("招商很衍", "cmb", "idn_shape"),
        ("微众银行", "webank", "idn"), ("花呗", "huabei", "idn"), ("借呗提额", "jiebei", "idn"), ("w粒贷", "weilidai", "idn_initial"),
    ],
)  # fmt: skip
def test_it_is_taken_for(label: str, brand: str, technique: str) -> None:
    for host in (f"{idn(label)}.cn", f"www.{idn(label)}.com", f"{label}.top"):
        hits = match_host(host, KNOWN)
        assert [(h.brand, h.technique) for h in hits] == [(brand, technique)], host
        assert [h for _, h in screen_lines(host.encode(), KNOWN)] == list(hits)


@pytest.mark.parametrize(
    "label",
    [
        "手机",
        "münchen",
        "москва",
        "日本",
        "中国银行",
        "公司",
        "网络",
        "大众点评",
        "微博",
        "微业贷",
        "微车贷",
        "小微贷款",
        "世界杯",
        "عربي",
        "한국",
        "ελλάδα",
        "為你帶來好運",
        "粒子",
        "花儿",
        "花杯官网",
        "官方花店",
        "花儿额度",
        "下载中心",
        "客服电话",
        "官方网站",
        "平安银行官网",
        "招商银楼",
        "招商银幕",
        "工商银仃",
        "借书",
    ],
)
def test_it_is_nobody(label: str) -> None:
    assert match_host(f"{idn(label)}.cn", KNOWN) == ()
    assert match_host(f"{label}.cn", KNOWN) == ()


def test_what_differs_is_told_character_by_character_and_the_label_as_it_is_written() -> None:
    host = f"www.{idn('徽粒贷')}.cn"
    (hit,) = match_host(host, KNOWN)
    facts = hit.reasons[0].facts
    assert facts["unicode"] == "徽粒贷"
    assert facts["characters"] == [
        {"index": 0, "original": "徽", "expected": "微", "how": "shape"},
        {"index": 1, "original": "粒", "expected": "粒", "how": "exact"},
        {"index": 2, "original": "贷", "expected": "贷", "how": "exact"},
    ]
    assert [host[at] for at in hit.positions] == list(idn("徽粒贷"))  # in the ASCII form the whole label deceives
    (plain,) = match_host("www.徽粒贷.cn", KNOWN)
    assert [plain.name[at] for at in plain.positions] == ["徽"]


def test_foreign_letters_are_told_with_their_places() -> None:
    (hit,) = match_host(f"{idn('wеbаnk')}.com", KNOWN)
    assert hit.reasons[0].facts["characters"] == [{"index": 1, "original": "е"}, {"index": 3, "original": "а"}]


@pytest.mark.parametrize(
    "host", ["xn--.cn", "xn--!!!.cn", "xn--99999999999.cn", "xn--" + "a" * 59 + ".cn", "xn--\u4e00.cn", "xn--a-\x7f.cn"]
)
def test_broken_punycode_is_nobody_and_breaks_nothing(host: str) -> None:
    assert match_host(host, KNOWN) == ()


def test_a_brand_in_another_label_is_still_seen() -> None:
    assert [h.brand for h in match_host(f"weilidai-app.{idn('手机')}.cn", KNOWN)] == ["weilidai"]
    assert [h.brand for h in match_host(f"{idn('微粒贷')}.example.com", KNOWN)] == ["weilidai"]


@pytest.mark.parametrize("kind", sorted(KIND_SCORE))
def test_every_kind_has_words_in_both_languages(kind: str) -> None:
    name = "technique.idn" if kind == "exact" else f"technique.idn_{kind}"
    assert say(name, "zh") != say(name, "en")


@given(st.text(st.sampled_from("微粒贷貸徽薇立花呗webankеаwld-·1官网下载\u200b"), min_size=1, max_size=12))
def test_each_technique_that_can_come_out_has_words(label: str) -> None:
    for hit in match_host(f"{label}.cn", KNOWN, "wide"):
        assert say(f"technique.{hit.technique}", "zh")
        assert 0 < hit.score <= 100
        assert all(0 <= at < len(hit.name) for at in hit.positions)


@given(st.sampled_from([*LURES, "888", "app", "-"]), st.sampled_from(["花呗", "借呗", "微粒贷", "招商银行", "花唄"]))
def test_any_lure_before_or_behind_a_name_leaves_it_the_name(lure: str, name: str) -> None:
    for label in (lure + name, name + lure, f"{lure}{name}{lure}"):
        host = f"{idn(label)}.com"
        hits = match_host(host, KNOWN)
        assert hits, label
        assert [h for _, h in screen_lines(host.encode(), KNOWN)] == list(hits)


@pytest.mark.parametrize("label", ["官方花坝", "下载-化呗", "申请888微众银仃"])
def test_behind_lures_the_places_told_are_those_of_the_label(label: str) -> None:
    (hit,) = match_host(f"{label}.com", KNOWN)
    (reason,) = hit.reasons
    told = reason.facts["characters"]
    assert isinstance(told, list)
    assert [label[c["index"]] for c in told] == [c["original"] for c in told]
    assert [label[at] for at in hit.positions] == [c["original"] for c in told if c["original"] != c["expected"]]


@pytest.mark.parametrize("size", [50, 2000])
def test_a_label_of_nothing_but_lures_is_nobody_and_costs_nothing(size: int) -> None:
    assert bare("官方" * size) is None
    assert bare("官" * size) is None
    assert match_host(f"{idn('官方' * 12)}.com", KNOWN) == ()


def test_lures_of_money_are_told_from_those_that_any_shop_has() -> None:
    assert bare("花呗") is None
    assert bare("花呗官网") == ("花呗", 0, False)
    assert bare("额度-花呗-88app") == ("花呗", 3, True)
    assert bare("pay借呗") == ("借呗", 3, False)
    assert bare("papay借呗") is None  # no word of its own
