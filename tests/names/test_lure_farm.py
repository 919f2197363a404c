"""Names of lure words alone, without any brand: what makes one, and the many ordinary names that are none."""

# ruff: noqa: E501  # tables of hostnames read best in long rows

import pytest

from names.kit import ALL
from zhengben.names.api import match_host, pack
from zhengben.names.firehose import screen_lines
from zhengben.names.host_model import host_model
from zhengben.names.hostname import read
from zhengben.names.lure_farm import LEAST_LURES, farm_find

KNOWN = pack(ALL)


def techniques(host: str) -> list[tuple[str, str]]:
    return [(h.brand, h.technique) for h in match_host(host, KNOWN)]


@pytest.mark.parametrize(
    "host",
    [
        "qianbaoappxiazai.cn", "qianbao-app-xiazai.top", "daikuanxiazaiguanwang.com", "appxiazai-guanwang8.top", "www.kefu.qianbaoappxiazai.cn", "jiekuanappxiazai888.vip",
        "guanfangdaikuanapp.xyz", "zhifuanquanzhongxin.cn", "xinyongkashenqingguanwang.com", "QIANBAO-XIAZAI-GUANWANG.CN",
    ],
)  # fmt: skip
def test_three_lures_in_a_row_are_a_farm(host: str) -> None:
    assert techniques(host) == [("", "lure_farm")]
    assert [hit.technique for _, hit in screen_lines(host.encode(), KNOWN)] == ["lure_farm"]


@pytest.mark.parametrize(
    "host",
    [
        "anquan.com", "fuwuzhongxin.cn", "8888.com", "mymymyapp.com", "login-account-secure.com", "weixin.com", "e-i-m.cn",
    ],
)  # fmt: skip
def test_fewer_or_others_are_none(host: str) -> None:
    assert techniques(host) == []


def test_a_brand_in_it_says_more_than_the_farm() -> None:
    assert techniques("weilidaiappxiazaiguanwang.cn") == [("weilidai", "combosquat")]


def test_more_lures_score_more_up_to_a_bound() -> None:
    hosts = ["qianbaoappxiazai.cn", "qianbaoappxiazaiguanwang.cn", "qianbaoappxiazaiguanwangdenglu.cn"]
    scores = [match_host(host, KNOWN)[0].score for host in hosts]
    assert scores == sorted(set(scores))
    assert max(scores) <= 80


def test_the_lures_are_told() -> None:
    (hit,) = match_host("qianbao-app-xiazai8.top", KNOWN)
    assert hit.reasons[0].code == "host_lures"
    assert hit.reasons[0].facts["lures"] == ["qianbao", "app", "xiazai"]
    assert hit.matched == "qianbao-app-xiazai"


def test_it_needs_no_brand_at_all() -> None:
    name = read("qianbaoappxiazai.cn")
    assert name is not None
    find = farm_find(name, host_model((), "x"))
    assert find is not None
    assert len(find.lures) >= LEAST_LURES
    assert [hit.technique for _, hit in screen_lines(b"qianbaoappxiazai.cn", pack(()))] == ["lure_farm"]
