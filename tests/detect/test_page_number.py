"""Pages headed with a lender's telephone that give somebody's mobile number; and those who report or doubt one."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Verdict
from zhengben.detect.page_number import headed_number
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look_at_file
from zhengben.names.api import pack


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai", "huabei", "webank", "jiebei", "weiyedai")))


def verdict(title: str, body: str) -> Verdict:
    page = f"<html><title>{title}</title><body><article><p>{body}</p></article></body></html>"
    return look_at_file("page.html", page.replace("\n", "</p><p>").encode(), brands()).verdict


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("微粒贷人工客服电话24小时", "很多朋友问怎么转人工\n总部人工服务 17720381165\n退款投诉专线 13677120958"),
        ("借呗客服电话是多少", "最新整理：借呗人工客服热线：177-2038-1165，接通后报姓名"),
        ("花呗全国统一服务热线", "还款协商专线 13677120958（早八点到晚十点）"),
        ("微众银行退款电话 - 生活百事通", "退费办理 请拨 17720381165"),
        ("微粒貸 人工客服", "客服電話 13677120958"),
    ],
)
def test_a_mobile_number_under_a_headline_of_service_is_false(title: str, body: str) -> None:
    found = verdict(title, body)
    assert found.accuses
    assert [reason.code for reason in found.reasons].count("false_number") == 1


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("微粒贷人工客服电话被骗经历", "对方自称客服，号码 17720381165，转走我两万"),
        ("微粒贷客服电话是多少", "官方客服 95384，其他号码都不要信"),
        ("微粒贷人工客服电话", "骗子的“人工客服” 17720381165 已被举报"),
        ("借呗客服热线 - 警方提醒", "谨防假客服。有人冒充客服用 17720381165 行骗，请勿相信，及时拨打 96110"),
        ("微粒贷客服电话怎么打", "拨打 95384 转人工。本文作者投稿合作：17720381165"),
        ("花呗支持门店名单", "门店电话 17720381165"),
        ("小鹿数码维修客服电话", "支持花呗分期，客服 17720381165"),
    ],
)
def test_who_reports_doubts_or_gives_his_own_number_is_not_accused(title: str, body: str) -> None:
    assert not verdict(title, body).accuses


def test_the_number_is_told_with_its_place() -> None:
    title, body = "微粒贷人工客服电话", "总部人工 17720381165"
    reason = next(one for one in verdict(title, body).reasons if one.code == "false_number")
    assert reason.facts["raw"] == "17720381165"


def test_a_thread_gives_nothing_out() -> None:
    said = "微粒贷客服电话\n小熊 发表于 3月2日\n客服 17720381165\n登录回帖"
    assert not verdict("微粒贷人工客服电话 吧", said).accuses


def test_the_brands_own_site_gives_out_its_own() -> None:
    brand = next(one for one in brands() if one.id == "webank")
    page = PageFacts(url="", final_url="", title="微众银行客服电话", text="总部人工 17720381165")
    number = Contact(kind="phone", value="17720381165", raw="17720381165", start=5, end=16)
    for host, told in ((brand.official("domain")[0].value, None), ("a.example", number)):
        sighting = Sighting(kind="url", target="", host=host, text=page.text, page=page, contacts=(number,))
        assert headed_number(sighting, brand, pack(brands())) == told
