"""What others put on a page: side boxes, tables of numbers and shops' notes are no word of the brand's."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.core.verdict import Verdict
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look_at_file


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai", "huabei")))


def verdict(body: str) -> Verdict:
    return look_at_file("page.html", f"<html>{body}</html>".encode(), brands()).verdict


GUIDE = "<title>微粒贷利率调整的通知</title><h1>微粒贷利率调整</h1><p>自三月起执行新的利率。</p><p>来源：本市资讯</p>"
BOX = "<p>办事指南</p><p>天气预报</p><p>代办加急 QQ 1122334455</p>"


def test_a_tout_s_box_at_the_side_of_a_page_about_the_brand_is_not_the_page_s_offer() -> None:
    assert not verdict(GUIDE + BOX).accuses


@pytest.mark.parametrize(
    "offer", ["<p>微粒贷代办加急 QQ 1122334455</p>", "<h1>微粒贷没有入口的看这里</h1><p>强开 加QQ 1122334455</p>"]
)
def test_the_same_words_beside_the_name_are(offer: str) -> None:
    assert verdict("<title>本地生活</title><h1>便民信息</h1>" + offer).accuses


def test_a_number_in_a_table_of_contacts_is_for_a_person() -> None:
    table = "<title>园区融资对接表</title><p>建设银行 0769-22831100</p><p>微粒贷咨询电话：0769-22831101</p>"
    assert not verdict(table).accuses


@pytest.mark.parametrize("note", ["您的花呗额度不足，请更换支付方式", "您使用花呗支付的订单已发货"])
def test_a_shop_that_tells_its_buyer_how_to_pay_does_not_speak_as_the_brand(note: str) -> None:
    form = "<form><input placeholder=姓名><input placeholder=银行卡号><input placeholder=短信验证码></form>"
    assert not verdict(f"<title>确认订单</title><h1>确认订单</h1><p>{note}</p>{form}").accuses
