"""Saved pages that place themselves at an address: taken at their word against themselves, never in their favour."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Label, Verdict
from zhengben.detect import said_host
from zhengben.detect.said_host import standing
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look_at_file
from zhengben.names.api import pack

LOG_IN = "<form><input placeholder=手机号><input placeholder=短信验证码><button>登录</button></form>"


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("webank", "weilidai", "huabei")))


def kept(host: str, body: str) -> bytes:
    return f"<!DOCTYPE html><!-- saved from url=(0030)https://{host}/a/ -->{body}".encode()


def verdict(host: str, body: str) -> Verdict:
    return look_at_file("page.html", kept(host, body), brands()).verdict


def codes(one: Verdict) -> set[str]:
    return {reason.code for reason in one.reasons}


@pytest.mark.parametrize("host", ["weilidai-app.top", "www.webank.com.login-x.cn", "wei1idai.com", "webank-kefu.vip"])
def test_a_host_like_the_brands_that_a_saved_page_names_is_a_likeness(host: str) -> None:
    told = verdict(host, f"<title>额度激活</title>{LOG_IN}<p>请完成验证</p>")
    assert "page_says_host" in codes(told)
    assert told.label is Label.LOOKALIKE


def test_with_the_name_and_a_demand_it_presents_itself_as_the_brand() -> None:
    body = f"<title>微粒贷额度激活</title><h1>微粒贷</h1>{LOG_IN}<p>添加微信 wld-kefu8 人工激活</p>"
    assert verdict("weilidai-app.top", body).label is Label.IMPERSONATION


@pytest.mark.parametrize("host", ["www.webank.com", "m.webank.com", "news.example.cn", "www.zhihu.com"])
def test_an_unlike_host_or_the_brands_own_says_nothing(host: str) -> None:
    assert "page_says_host" not in codes(verdict(host, f"<title>说明</title>{LOG_IN}"))


def test_what_a_page_says_of_itself_proves_nothing_in_its_favour() -> None:
    body = "<title>微粒贷官方APP</title><h1>微粒贷</h1><a href=/wld.apk>下载微粒贷APP</a><p>加微信 wld-kefu8</p>"
    told = verdict("www.webank.com", body)
    assert told.label is Label.IMPERSONATION
    assert "official_channel" not in codes(told)


def test_a_page_with_an_address_is_judged_by_that() -> None:
    source = kept("weilidai-app.top", LOG_IN).decode()
    page = examine_page(source, "https://plain.example/")
    seen = Sighting(kind="url", target=page.url, host="plain.example", page=page)
    assert standing(seen) == "plain.example"
    assert said_host.detect(seen, brands()[-1], pack(brands())) == []


def test_what_names_no_place_stands_nowhere() -> None:
    assert standing(Sighting(kind="url", target="x", page=examine_page("<p>a", ""))) == ""
    assert standing(Sighting(kind="text", target="x")) == ""
