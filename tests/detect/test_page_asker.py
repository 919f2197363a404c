"""In whose name a page asks for secrets: the brand's where nobody else is named, and nobody's where somebody is."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.core.verdict import Label, Verdict
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look_at_file

CARD = "<form><input placeholder=身份证号><input placeholder=银行卡号><input placeholder=短信验证码></form>"
PAPERS = "<form><input placeholder=姓名><input placeholder=身份证号><input placeholder=手机号></form>"


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai", "huabei", "webank")))


def verdict(body: str) -> Verdict:
    return look_at_file("page.html", f"<html>{body}</html>".encode(), brands()).verdict


def codes(body: str) -> set[str]:
    return {reason.code for reason in verdict(body).reasons}


@pytest.mark.parametrize(
    "words",
    ["本服务由微粒贷提供", "资金由微粒贷发放，实时到账", "您的微粒贷需要重新验证", "微粒贷用户专享通道",
     "本页面由 微 粒 贷 运营", "版权所有 微粒貸"],
)  # fmt: skip
def test_a_page_that_names_nobody_but_the_brand_asks_in_its_name(words: str) -> None:
    page = f"<title>在线申请</title><h1>资料填写</h1>{CARD}<footer>{words}</footer>"
    assert verdict(page).label is Label.IMPERSONATION
    assert verdict(page).brand == "weilidai"


@pytest.mark.parametrize(
    "title", ["微粒贷积分兑换商城", "微粒贷 春节回馈季", "“微粒贷”年终评估", "【微粒贷】信息补录窗口"]
)
def test_words_nobody_thought_of_behind_the_name_change_nothing(title: str) -> None:
    assert verdict(f"<title>{title}</title><h1>{title}</h1>{CARD}").label is Label.IMPERSONATION


@pytest.mark.parametrize(
    "sign",
    ["云岭家电商城", "江州市人力资源和社会保障局", "青禾律师事务所", "江州大学", "半山书店", "奶酪借钱",
     "启明人才网", "远山旅行社", "Blue Harbour Hotel", "汇通农业"],
)  # fmt: skip
def test_who_says_who_he_is_asks_in_his_own_name(sign: str) -> None:
    page = f"<title>在线办理 - {sign}</title><h1>资料填写</h1>{CARD}<p>您的微粒贷可用于付款</p>"
    assert not verdict(page).accuses
    assert "page_asks_in_name" not in codes(page)


@pytest.mark.parametrize("place", ["<footer>© 2026 {}</footer>", "<img class=logo alt={}>", "<h2>{}</h2>",
                                   "<meta property=og:site_name content={}>"])  # fmt: skip
def test_an_owner_counts_wherever_a_page_names_him(place: str) -> None:
    page = f"<title>在线申请</title>{place.format('江州消费金融有限公司')}{CARD}<p>您在微粒贷的额度不影响申请</p>"
    assert "page_asks_in_name" not in codes(page)


@pytest.mark.parametrize(
    "cover", ["国家反诈中心", "公安部网警", "中国人民银行征信中心", "银保监会", "国家金融监管总局"]
)
def test_an_authority_whose_name_is_borrowed_is_no_owner(cover: str) -> None:
    page = f"<title>账户安全核查</title><h1>资料填写</h1><p>{cover}联合监制</p>{CARD}<p>您的微粒贷存在风险</p>"
    assert verdict(page).accuses


@pytest.mark.parametrize(
    "spoken_of",
    ["<select><option>微粒贷<option>借呗</select>", "<p>支付方式：花呗</p>", "<p>支持花呗分期付款</p>",
     "<label><input type=radio name=pay>花呗</label>",
     "<p>合作机构：</p><p>微粒贷</p>", "<p>例：微粒贷、借呗、白条</p>",
     "<p>最新答复：关于微粒贷催收问题的回复</p>", "<p>被冒充微粒贷的人骗了怎么办</p>",
     "<blockquote>您的微粒贷已逾期</blockquote>"],
)  # fmt: skip
def test_what_is_only_spoken_of_asks_for_nothing(spoken_of: str) -> None:
    page = f"<title>资料填写</title><h1>在线申请</h1>{spoken_of}{PAPERS}<p>收款卡号 <input></p>"
    assert not verdict(page).accuses


def test_a_form_for_complaints_that_offers_the_brand_as_a_choice_accuses_nobody() -> None:
    choice = "<p>涉及机构 <select><option>微粒贷</select></p><p>对方卡号 <input></p>"
    page = f"<title>江州市信访网上受理</title><h1>我要写信</h1>{choice}"
    assert not verdict(page + PAPERS).accuses


def test_an_identity_card_alone_below_a_title_that_begins_with_the_name_is_for_a_person() -> None:
    body = f"<title>微粒贷春节回馈季</title><h1>填写资料</h1>{PAPERS}"
    assert verdict(body).label is Label.LOOKALIKE
    assert "page_asks_in_name" in codes(body)


@pytest.mark.parametrize("title", ["傲粒贷", "微粒资", "微业贷"])
def test_a_name_that_only_resembles_the_brand_is_its_own(title: str) -> None:
    assert "page_asks_in_name" not in codes(f"<title>{title}</title><h1>{title}</h1>{CARD}")


def test_a_page_that_asks_for_nothing_secret_asks_in_nobodys_name() -> None:
    assert "page_asks_in_name" not in codes("<title>微粒贷春节回馈季</title><form><input placeholder=手机号></form>")


def test_the_reason_tells_the_line_and_what_is_asked() -> None:
    found = verdict(f"<title>在线申请</title>{CARD}<p>本服务由微粒贷提供</p>").reasons
    facts = next(reason.facts for reason in found if reason.code == "page_asks_in_name")
    assert (facts["name"], facts["shown"]) == ("微粒贷", "本服务由微粒贷提供")
    assert facts["asks"] == ["id_card", "bank_card", "sms_code"]


def test_a_page_that_lists_several_lenders_asks_in_nobodys_name() -> None:
    page = f"<title>在线申请</title><p>与借呗、度小满、招联对比更低</p><p>您的微粒贷可一并评估</p>{CARD}"
    assert "page_asks_in_name" not in codes(page)


@pytest.mark.parametrize("title", ["微粒贷展台 - 金融展", "微粒贷开放日 预约", "微粒贷乐队 2026 巡演"])
def test_a_noun_that_only_begins_with_the_name_is_for_a_person_even_with_a_telephone(title: str) -> None:
    body = f"<title>{title}</title><h1>{title}</h1>{PAPERS}<p>咨询电话 021-62889900</p>"
    assert verdict(body).label is Label.LOOKALIKE


def test_a_name_that_goes_on_with_words_of_a_service_asks_in_the_brand_s() -> None:
    assert "page_asks_in_name" in codes(f"<title>资料填写</title><h1>微粒贷认证须知</h1>{PAPERS}")
