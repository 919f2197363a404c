"""Whose a page is by its own account: what stands on the page of an owner is his, and the brand is spoken of."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.core.verdict import Label, Verdict
from zhengben.detect.page_owner import disclaims, owner
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look_at_file
from zhengben.names.api import Pack, pack


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai",)))


def _names() -> tuple[Brand, Pack]:
    return brands()[0], pack(brands())


def owned(title: str = "", text: str = "", **more: object) -> str:
    """Give the owner that a page with these words names."""
    return owner(PageFacts(url="", final_url="", title=title, text=text, **more), *_names())  # type: ignore[arg-type]  # fields by name


def verdict(body: str) -> Verdict:
    return look_at_file("page.html", f"<html>{body}</html>".encode(), brands()).verdict


@pytest.mark.parametrize(
    "name",
    ["讯桥软件", "守望保险经纪有限公司", "柳溪市总工会", "安州市第二人民医院", "洛川市图书馆", "青禾律师事务所",
     "江州农商银行", "启明消费金融", "奶酪借钱", "江岸晚报", "山海商城", "Blue Harbour Hotel",
     "江州市打击治理电信网络诈骗办公室"],
)  # fmt: skip
def test_an_owner_is_known_by_the_end_of_his_name(name: str) -> None:
    assert owned(f"业务办理 - {name}")
    assert owned(text=f"{name}\n业务办理\n请填写资料\n微粒贷")


@pytest.mark.parametrize(
    "line",
    ["请下载共享会议软件，会议号 663", "购买信用保险1,999元", "深圳前海微众银行股份有限公司", "微粒贷官网",
     "在线客服中心", "国家反诈中心联合监制", "中国人民银行征信中心", "我的钱包", "在线贷款", "通过手机银行办理", ""],
)  # fmt: skip
def test_a_sentence_a_service_a_cover_and_the_brand_itself_are_no_owner(line: str) -> None:
    assert owned(line, line) == ""


def test_a_page_that_says_it_has_nothing_to_do_with_the_brand_disclaims_it() -> None:
    told = [
        disclaims(PageFacts(url="", final_url="", text=text), *_names())
        for text in ("本工具与微粒贷无关", "本站跟微粒贷官方没有任何关系", "非微粒贷官方网站",
                     "not affiliated with 微粒贷", "微粒贷与利率无关的三个误解", "微粒贷官方网站")
    ]  # fmt: skip
    assert told == [True, True, True, True, False, False]


def test_a_tool_that_disclaims_the_brand_is_left_to_a_person() -> None:
    tool = "<title>微粒贷</title><h1>微粒贷</h1><p>利息试算 借款 {}</p><p>联系 微信 abc_12345 电话 13812345678</p>"
    assert verdict(tool.format("")).label is Label.IMPERSONATION
    assert verdict(tool.format("本工具与微粒贷无关")).label is Label.LOOKALIKE


FOOT = "<p>{}　客服电话 0755-2661 3890　京ICP备09051873号</p>"


@pytest.mark.parametrize(
    "page",
    ["<title>门诊缴费</title><form><input placeholder=身份证号></form><p>支付方式：○微信支付 ○微粒贷</p>",
     "<title>帮扶申请</title><form>身份证号<input>会员卡（微粒贷或工行发卡均可）卡号<input></form>",
     "<title>成功案例</title><p>客户：微粒贷　顺丰　蒙牛</p><form>试用申请：公司<input>手机<input>验证码<input></form>",
     "<title>便民服务中心搬迁公告</title><p>办理社保、医保、身份证代办等。微粒贷自助机同时迁移。</p>"],
)  # fmt: skip
def test_what_an_owner_does_for_his_own_is_no_trade_on_the_brand(page: str) -> None:
    found = verdict(page + FOOT.format("安州市第二人民医院"))
    assert not found.accuses
    assert "sells_access" not in {reason.code for reason in found.reasons}


def test_an_agent_who_names_his_firm_sells_all_the_same() -> None:
    page = "<title>鑫融助贷</title><h1>鑫融助贷</h1><p>微粒贷强开，黑户可做，包过，加微信 xinrong_8890</p>"
    assert verdict(page + FOOT.format("江州鑫融信息咨询有限公司")).accuses


def test_an_agent_on_a_page_without_an_owner_sells_whatever_line_his_number_stands_in() -> None:
    assert verdict(
        "<title>微粒贷秒开</title><h1>微粒贷换现金</h1><p>内部渠道，出额度再收费</p><p>微信：kx-1382291</p>"
    ).accuses


@pytest.mark.parametrize(
    "words",
    ["凡说“交服务费就能停息挂账”的，请警惕。", "微粒贷申请不收费、无中介。", "不得参与代办、套现微粒贷。",
     "他先交了26800定金，对方就失联了。", "任何微粒贷代办收费都要警惕。"],
)  # fmt: skip
def test_what_is_denounced_denied_forbidden_or_told_is_not_offered(words: str) -> None:
    assert not verdict(f"<title>聊聊微粒贷</title><h1>聊聊微粒贷</h1><p>{words}</p><p>电话 0755-2661 3890</p>").accuses


@pytest.mark.parametrize("site", ["蓝鲸搜索", "知汇百科", "江州图书馆馆藏", "极速应用商店", "某某知识库"])
def test_the_name_heads_a_page_of_a_catalogue_because_it_is_looked_up(site: str) -> None:
    body = f"<title>微粒贷 - {site}</title><h1>微粒贷</h1><h3>微粒贷官网</h3><p>电话 0755-2661 3890 借款 额度</p>"
    assert verdict(body).label is Label.MENTION


LOGIN = "<form><input placeholder=用户名><input type=password placeholder=登录密码></form>"


@pytest.mark.parametrize("head", ["微粒贷网上银行", "微粒贷 登录", "微粒贷会员中心"])
def test_a_log_in_below_the_brands_own_name_is_one_to_the_brand(head: str) -> None:
    assert verdict(f"<title>登录</title><h1>{head}</h1>{LOGIN}").label is Label.IMPERSONATION


@pytest.mark.parametrize("title", ["微粒贷吐槽 - 江边论坛", "微粒贷是什么？", "山海商城"])
def test_a_forums_own_log_in_is_none(title: str) -> None:
    assert not verdict(f"<title>{title}</title><h1>{title}</h1><p>微粒贷利率多少合适</p>{LOGIN}").accuses


def test_a_notice_of_rights_without_a_name_is_no_owner() -> None:
    assert owned(copyright="© 2026 All rights reserved", text="微粒贷") == ""
    assert owned(copyright="© 2026 山那边数码", text="微粒贷")


@pytest.mark.parametrize(
    "demand",
    ["需缴纳解冻金12000元，请联系客服。", "账户被锁定，请缴纳保证金 5000 元解锁", "流水异常，需充值验证 3000 元"],
)
def test_a_lenders_own_page_that_wants_money_first_is_false(demand: str) -> None:
    assert verdict(f"<title>提现进度</title><h1>微粒贷</h1><p>{demand}</p>").label is Label.IMPERSONATION


def test_a_dealer_who_boasts_of_the_brand_and_asks_for_papers_is_for_a_person() -> None:
    page = "<title>二手车贷款申请</title><h1>二手车贷款</h1><p>我们与微粒贷合作，最快当天放款</p>"
    form = "<form><input placeholder=姓名><input placeholder=身份证号></form><p>联系电话 13800138000 王经理</p>"
    assert verdict(page + form).label is Label.LOOKALIKE
