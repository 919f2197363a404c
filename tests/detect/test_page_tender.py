"""A brand that a page only takes in payment, beside pages that turn its line into money or open it for others."""

import pytest

from judged import judged_page, known
from zhengben.core.pagefacts import PageFacts
from zhengben.core.verdict import Verdict
from zhengben.detect.page_tender import only_paid_with, pays_for_goods
from zhengben.examine.page import examine_page

CALL_ME = "<form><input placeholder=姓名><input placeholder=手机号></form>"
CARDS = "<form><input placeholder=身份证号><input placeholder=银行卡号></form>"


def verdict(body: str) -> Verdict:
    return judged_page(body, "huabei")


def facts(title: str, text: str) -> PageFacts:
    return PageFacts(url="", final_url="", title=title, text=text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("签证代办 298元", "专业代办，拒签全退，可用花呗付款，上门收资料。微信 visa_jp"),
        ("家教", "一对一，提分快\n开通花呗即可分期\n微信 jiajiao_q"),
        ("商家如何开通花呗收款", "需要代办？我们免费协助开通花呗收款，联系 025-88991100 张工"),
        ("人像写真", "免费试拍，不看征信\n支持花呗分期，3期免息\n电话 15811223344"),
    ],
)
def test_what_a_page_sells_that_only_takes_the_brand_in_payment_is_its_own(title: str, text: str) -> None:
    assert only_paid_with(facts(title, text), *known("huabei"))
    assert not verdict(f"<title>{title}</title><p>{text.replace(chr(10), '<p>')}").accuses


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("花呗取现", "支持花呗付款，套现秒回，手续费5%，微信 tx556677"),
        ("数码商城", "可用花呗付款，付款后扣点直接打款给你，回款92折 QQ 2299001188"),
        ("好友邀请你使用花呗", "邀请你开通花呗，双方各得88元，经理微信 yezi_daihuan"),
        ("代开花呗", "专业代开，秒开，微信 kaitong8899"),
        ("数码商城", "电话 020-85510927"),
    ],
)
def test_pages_that_empty_open_or_never_name_the_brand_do_not_take_it_in_payment(title: str, text: str) -> None:
    assert not only_paid_with(facts(title, text), *known("huabei"))


@pytest.mark.parametrize(
    "title",
    [
        "华源口腔 - 0首付，花呗分期", "双眼皮 花呗分期 0首付变美", "学费分期 - 花呗", "公益捐款 花呗",
        "电脑装机 花呗 12期", "摄影器材 微信、支付宝、花呗、刷卡均可", "失物借用登记 花呗",
    ],
)  # fmt: skip
def test_a_title_of_goods_and_a_way_to_pay_for_them_is_no_name_of_the_page(title: str) -> None:
    assert pays_for_goods(facts(title, ""), *known("huabei"))
    text = "<h1>花呗分期</h1><p>支持花呗分期，价目见店内。微信 meili0208 电话 0755-22338811</p>"
    body = f"<title>{title}</title>{text}{CALL_ME}"
    assert not verdict(body).accuses


@pytest.mark.parametrize("title", ["花呗 - 极速借款", "花呗官方客服", "花呗分期 官方入口", "花呗医院", "山那边 花呗"])
def test_a_title_without_goods_beside_the_name_names_none(title: str) -> None:
    assert not pays_for_goods(facts(title, ""), *known("huabei"))


def test_a_shops_title_frees_no_page_that_asks_for_cards() -> None:
    page = examine_page(f"<title>数码商城 花呗分期</title><h1>花呗分期</h1>{CARDS}", "https://a.example/")
    assert not pays_for_goods(page, *known("huabei"))
    assert verdict(f"<title>数码商城 花呗分期</title><h1>花呗分期</h1><p>花呗用户专享 0首付</p>{CARDS}").accuses


def test_a_shops_title_frees_no_page_that_turns_the_line_into_money() -> None:
    text = "付款后扣点直接打款给你，花呗套现秒回，回款92折"
    assert not pays_for_goods(facts("数码商城 花呗分期", text), *known("huabei"))
    seen = verdict(f"<title>数码商城 花呗分期</title><p>{text} QQ 2299001188</p>")
    assert "page_presents_as" in {reason.code for reason in seen.reasons}
