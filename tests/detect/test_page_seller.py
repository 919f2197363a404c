"""A page that sells in its own title or headline: what stands around the offer unsays nothing of it."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.core.verdict import Label, Verdict
from zhengben.detect.page_role import is_payee
from zhengben.detect.page_seller import headed_sale, sells_in_head
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look_at_file
from zhengben.names.api import Pack, pack

FOOT = "<p>关于我们 | 广告服务</p><p>违法和不良信息举报电话：010-5877 6655</p><p>© 2012-2026 蓝桥信息网 版权所有</p>"
TALK = "<p>网友评论：</p><p>路人甲：这个真的假的？</p><p>管理员：广告已处理</p>"


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai",)))


def _names() -> tuple[Brand, Pack]:
    return brands()[0], pack(brands())


def verdict(body: str) -> Verdict:
    return look_at_file("page.html", f"<html>{body}</html>".encode(), brands()).verdict


def sold(title: str, *headings: str) -> str:
    return sells_in_head(PageFacts(url="", final_url="", title=title, headings=headings), *_names())


@pytest.mark.parametrize(
    "title",
    ["专业代开微粒贷 强开技术", "微粒贷强开", "微粒贷吧 - 微粒贷强开交流", "微粒贷额度变现", "微粒贷怎么强开？找我",
     "微粒贷停催 征信修复"],
)  # fmt: skip
def test_a_headline_that_names_the_trade_sells(title: str) -> None:
    assert sold(title) == title
    assert sold("首页", title) == title


@pytest.mark.parametrize(
    "title",
    ["警惕！微粒贷强开骗局", "微粒贷怎么强开？", "“代办微粒贷”的代价", "微粒贷提额交流",
     "今天才知道微粒贷可以开结清证明", "开通微粒贷即可分期",
     "求代开微粒贷", "诚聘信贷专员 - 微粒贷同业优先", "强开是什么", ""],
)  # fmt: skip
def test_a_headline_that_asks_warns_seeks_or_only_talks_does_not(title: str) -> None:
    assert sold(title) == ""


@pytest.mark.parametrize("around", ["", FOOT, TALK, TALK + FOOT])
def test_neither_a_foot_nor_a_box_of_comments_unsays_what_the_page_is_headed_with(around: str) -> None:
    said = (
        "<title>专业代开微粒贷 强开技术</title><h1>代开微粒贷，不成功不收费</h1><p>收费15个点，加微信：kaitong8866</p>"
    )
    found = verdict(said + around)
    assert found.label is Label.SCAM
    assert found.brand == "weilidai"


def test_without_any_way_to_reach_the_seller_a_headline_is_for_a_person() -> None:
    assert (
        verdict("<title>专业代开微粒贷 强开技术</title><h1>首页</h1><p>楼主 发表于 3月2日</p>" + TALK).label
        is Label.LOOKALIKE
    )


def test_an_article_headed_so_and_words_the_text_lacks_are_no_offer() -> None:
    page = PageFacts(url="", final_url="", published=True)
    assert headed_sale(page, "微粒贷强开", "微粒贷强开", reached=True) == []
    assert headed_sale(PageFacts(url="", final_url=""), "别的", "微粒贷强开", reached=True) == []


def test_the_line_of_a_payee_names_no_owner() -> None:
    body = (
        "<title>微粒贷提现异常</title><h1>微粒贷提现异常</h1><p>您在微粒贷申请的20000元因卡号错误被冻结，"
        "请缴纳认证金2000元至指定账户解冻</p><p>收款人 王某某 农业银行 6228480000000000000</p>"
        "<form><input type=file><button>上传凭证</button></form>"
    )
    assert verdict(body).label is Label.IMPERSONATION
    assert is_payee("开户行：江州农商银行")


def test_a_branch_s_sign_is_one_whatever_the_site_around_it_says_of_itself() -> None:
    sign = "<title>微粒贷江州线下服务点</title><h1>微粒贷江州服务点</h1><p>王经理 18080001122</p>"
    assert verdict(sign + "<p>贷款当天放款</p><p>首页新闻财经健康生活服务</p><p>违法和不良信息举报</p>").accuses
    entry = "<title>微粒贷江州线下服务点 - 银行网点</title><h1>微粒贷江州服务点</h1><p>王经理 18080001122</p>"
    assert not verdict(entry + FOOT).accuses


def test_a_shop_named_after_the_brand_that_asks_for_both_cards_is_the_brand_s_by_its_own_account() -> None:
    body = (
        "<title>微粒贷商城分期</title><h1>微粒贷商城</h1><p>微粒贷用户专享 手机 0首付</p>"
        '<form><input placeholder="姓名"><input placeholder="身份证号"><input placeholder="银行卡号"></form>'
        "<p>某某网络科技有限公司</p>"
    )
    assert verdict(body).label is Label.IMPERSONATION
