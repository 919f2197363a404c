"""What a hostname is taken for, what it is not, and where it differs."""

# ruff: noqa: E501  # tables of hostnames read best in long rows

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, JIEBEI, WEILIDAI, brand
from zhengben.core.brand import Brand
from zhengben.names.api import match_host, pack
from zhengben.names.firehose import screen_lines
from zhengben.names.latin import deletions

KNOWN = pack(ALL)


def idn(label: str) -> str:
    return "xn--" + label.encode("punycode").decode()


@pytest.mark.parametrize(
    ("host", "brand", "technique"),
    [
        ("weilidai-app.cn", "weilidai", "combosquat"),
        ("weilidai.top", "weilidai", "tld_swap"),
        ("xiazaiweilidai888.com", "weilidai", "combosquat"),
        ("we1lida1.net", "weilidai", "homoglyph"),
        ("webnak.com", "webank", "transposition"),
        ("webankk.com", "webank", "repetition"),
        ("we-bank.com", "webank", "hyphenation"),
        ("wei-li-dai.com", "weilidai", "hyphenation"),
        ("we.bank.cn", "webank", "dot_insertion"),
        ("weinidai.cn", "weilidai", "bitsquat"),
        ("webank.com.evil.cn", "webank", "level_squat"),
        ("wld-daikuan.cn", "weilidai", "short_combo"),
        ("wldxiazai.vip", "weilidai", "short_combo"),
        ("webаnk.com", "webank", "idn_homoglyph"),
        (idn("微粒贷") + ".cn", "weilidai", "idn"),
        (idn("微粒貸官网") + ".com", "weilidai", "idn_traditional"),
        (idn("徽粒贷") + ".com", "weilidai", "idn_shape"),
        (idn("薇粒贷") + ".com", "weilidai", "idn_homophone"),
        ("*.WEILIDAI.cc.", "weilidai", "tld_swap"),
        ("we-bank-app.com", "webank", "hyphenation"),
        ("weilidai.www.ck", "weilidai", "level_squat"),
        (idn("手机") + ".weilidai.cn", "weilidai", "tld_swap"),
        ("qianbao-app-xiazai.top", "", "lure_farm"),
        ("daikuanxiazaiguanwang.com", "", "lure_farm"),
    ],
)
def test_it_is_taken_for(host: str, brand: str, technique: str) -> None:
    assert [(h.brand, h.technique) for h in match_host(host, KNOWN)] == [(brand, technique)]


@pytest.mark.parametrize(
    "host",
    [
        "www.webank.com", "webank.com", "example.org", idn("手机") + ".cn", "shijiebei.cn", "shijiebei2026.com", "ebank.com", "debank.com",
        "world.com", "wld.com", "anquanxiazai.com", "app-vip-login.com", "weiyedai.com", "m.alipay.com", "xn--!!.cn", "xn--.cn", "a..b", "", ".", "x" * 300,
        ".".join("a" * 300), "\u202emoc.knabew", "xn--" + "9" * 200 + ".cn", "weixin.qq.com",
        "weiyedaiweilidai.cn", "jiebeijing.cn", "wei-nidai.com", "we-bank-zoo.com", "wei--li-dai.com", idn("为你带来好运") + ".cn",
    ],
)  # fmt: skip
def test_it_is_nobody(host: str) -> None:
    assert match_host(host, KNOWN) == ()


def test_the_differing_characters_are_places_in_the_name_as_given() -> None:
    hit = match_host("*.we1lidai.cn", KNOWN)[0]
    assert [hit.name[at] for at in hit.positions] == ["1"]
    assert hit.reasons[0].facts["pack"] == KNOWN.digest
    assert 25 <= hit.reasons[0].weight < 60


def test_official_for_one_brand_is_never_a_hit_for_another() -> None:
    assert match_host("huabei.alipay.com", KNOWN) == ()


def test_a_sibling_name_is_not_the_brand() -> None:
    assert match_host("weiyedai-app.cn", KNOWN) == ()


def test_stricter_modes_find_no_more() -> None:
    for host in ("weilidaixyz.cn", "xwebankx.cn", "weibank.cn", "huabei.cn", "webank.zendesk.com"):
        found = [len(match_host(host, KNOWN, mode)) for mode in ("strict", "balanced", "wide")]
        assert found == sorted(found)


def test_the_same_brands_give_the_same_digest_and_other_names_another() -> None:
    assert pack(ALL).digest == KNOWN.digest
    assert len({pack(ALL).digest, pack((WEILIDAI,)).digest, pack((JIEBEI,)).digest}) == 3


@given(st.permutations(ALL))
def test_the_order_of_brands_changes_neither_digest_nor_hit(order: list[Brand]) -> None:
    shuffled = pack(tuple(order))
    assert shuffled.digest == KNOWN.digest
    for host in (
        "weilidai-app.cn",
        "webnak.com",
        "huabei-jiebei.cn",
        "webank.com.evil.cn",
        "xn--!!.cn",
        idn("徽粒贷") + ".com",
    ):
        assert match_host(host, shuffled) == match_host(host, KNOWN)


def test_one_name_more_or_one_domain_less_is_another_digest() -> None:
    digests = {pack((one,)).digest for one in (WEILIDAI, replace(WEILIDAI, channels=()), replace(WEILIDAI, id="x"))}
    names = replace(WEILIDAI.names, keywords=(*WEILIDAI.names.keywords, "新词"))
    assert len(digests | {pack((replace(WEILIDAI, names=names),)).digest}) == 4


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("webank.com.yubo366.xyz", "webank.com"),
        ("www.webank.com.cdn.evil.cn", "webank.com"),
        ("weilidai.webank.com.evil.cn", "webank.com"),
        ("webank.com.github.io", "webank.com"),
        ("webank.com-login.cn", ""),
        ("webank.com.cn", ""),
        ("a.webank.com", ""),
        (".".join(["webank", "com"] * 60), ""),
    ],
)
def test_a_domain_of_the_dossier_below_another_is_a_level_squat(host: str, found: str) -> None:
    known = pack((WEILIDAI,))
    hits = match_host(host, known)
    assert [(h.brand, h.technique, h.matched) for h in hits] == ([("weilidai", "level_squat", found)] if found else [])
    assert [hit for _, hit in screen_lines(host.encode(), known)] == list(hits)


def test_a_name_that_is_spelt_says_more_than_the_domain_it_stands_in() -> None:
    assert [h.brand for h in match_host("webank.com.yubo366.xyz", KNOWN)] == ["webank"]


@pytest.mark.parametrize("listed", ["微粒贷.cn", idn("微粒贷") + ".cn"])
def test_a_brands_own_chinese_domain_is_its_own_in_either_form(listed: str) -> None:
    known = pack((brand("weilidai", "微粒贷", "weilidai", domain=(listed,)),))
    for host in ("微粒贷.cn", idn("微粒贷") + ".cn", "app." + idn("微粒贷") + ".cn"):
        assert match_host(host, known) == ()
        assert list(screen_lines(host.encode(), known)) == []
    squat = idn("微粒贷") + ".cn.evil.top"
    assert [h.brand for h in match_host(squat, known)] == ["weilidai"]
    assert [h.name for _, h in screen_lines(squat.encode(), known)] == [squat]


def test_names_too_short_for_a_slip_or_a_sign_match_only_as_they_stand() -> None:
    known = pack((brand("beib", "贝", "beib", short=("度",)),))
    assert [h.technique for h in match_host("beib.top", known)] == ["tld_swap"]
    assert match_host("beiq.top", known) == ()


def test_equal_readings_are_tried_in_one_order_in_every_process() -> None:
    assert deletions("aab") == ("aab", "ab", "aa")
    known = pack((brand("huanbei", "还呗", "huanbei"),))
    assert [h.expected for h in match_host("huaibei.top", known, "wide")] == ["haibei"]


def test_a_public_suffix_in_a_dossier_does_not_silence_what_lies_below_it() -> None:
    known = pack((brand("x", "微粒贷", domain=("com.cn",)),))
    assert [hit.brand for hit in match_host("weilidai-app.com.cn", known)] == ["x"]
    owned = pack((brand("x", "微粒贷", domain=("weilidai-own.com.cn",)),))
    assert match_host("weilidai.weilidai-own.com.cn", owned) == ()
