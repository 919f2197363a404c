"""What a hostname is taken for, what it is not, and where it differs."""

# ruff: noqa: E501  # tables of hostnames read best in long rows

import pytest

from names.kit import ALL, JIEBEI, WEILIDAI
from zhengben.names.api import match_host, pack

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
