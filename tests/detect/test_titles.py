"""Titles of listings, accounts, places, companies, advertisements and numbers: whose name, and whose trade."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from zhengben.core.brand import Brand, Names
from zhengben.core.verdict import ACCUSING, Label, Verdict
from zhengben.detect.stretched import stretched
from zhengben.detect.title_words import is_premises, is_tool
from zhengben.examine.listing import examine_listing
from zhengben.examine.text import examine_text

if TYPE_CHECKING:
    from zhengben.core.sighting import Sighting

Judged = Callable[..., Verdict]
Codes = Callable[..., dict[str, int]]

ACCUSED = (
    ("app_listing", "微粒贷", "no_such_app"),
    ("app_listing", "微粒贷-借钱分期", "no_such_app"),
    ("app_listing", "微粒钱包贷", "no_such_app"),
    ("app_listing", "微粒借钱贷极速版", "no_such_app"),
    ("app_listing", "微粒贷额度提醒官方版", "no_such_app"),
    ("app_listing", "徽粒贷", "no_such_app"),
    ("app_listing", "weilidai", "no_such_app"),
    ("account", "微粒贷官方客服", "uses_name"),
    ("account", "微粒贷放款中心", "uses_name"),
    ("account", "微粒贷李经理", "uses_name"),
    ("account", "微粒贷代开", "sells_access"),
    ("poi", "微粒贷（福田服务点）", "no_such_channel"),
    ("poi", "微粒贷贷款中心", "no_such_channel"),
    ("poi", "微粒贷咨询处 电话 0755-22873391", "no_such_channel"),
    ("company", "海南微粒贷科技有限公司", "uses_name"),
    ("company", "微粒贷信息咨询（成都）有限公司", "uses_name"),
    ("search_ad", "微粒贷官网申请入口 最高30万 立即申请", "uses_name"),
    ("search_ad", "微粒贷怎么开通？点击测额，极速到账 dk-test.top", "uses_name"),
    ("search_ad", "微粒贷客服电话 400-661-2298", "false_number"),
    ("listing", "微粒贷 强开 白名单 自动发货 ￥68", "sells_access"),
    ("listing", "微粒贷 提额教程 网盘秒发", "sells_access"),
    ("post", "微粒贷官方放款群 入群领取邀请码 加QQ群 2831907756", "asks_contact"),
    ("phone", "微粒贷客服 171-6620-8893", "false_number"),
    ("phone", "微粒贷还款专线 16533820176", "false_number"),
    ("phone", "微粒贷 400-661-2298", "false_number"),
    ("phone", "400-661-2298（微粒贷人工）", "false_number"),
)
SPARED = (
    ("app_listing", "账单提醒：信用卡、花呗、微粒贷还款日"),
    ("app_listing", "记账本（支持微粒贷）"),
    ("app_listing", "微业贷"),
    ("app_listing", "微粒子计算器"),
    ("account", "律师讲微粒贷逾期"),
    ("account", "戒掉微粒贷的第30天"),
    ("account", "微粒贷避雷日记"),
    ("account", "反诈民警说微粒贷骗局"),
    ("poi", "微众银行大厦"),
    ("poi", "微粒贷大厦停车场"),
    ("company", "微粒子科技（苏州）有限公司"),
    ("company", "微粒贷花店"),
    ("company", "上海微粒贷餐饮管理有限公司"),
    ("search_ad", "微粒贷怎么开通？-知乎 342个回答"),
    ("search_ad", "微粒贷_百度百科"),
    ("search_ad", "微粒贷逾期后果 - 律师解答"),
    ("search_ad", "微粒贷诈骗案宣判 警方提醒市民谨防"),
    ("job", "风控建模工程师（微粒贷反欺诈方向）"),
    ("listing", "《微粒贷模式研究》图书 正版"),
    ("post", "【避雷】微粒贷代开都是假的，我交了800人没了"),
    ("phone", "微粒贷客服 95384"),
    ("phone", "冒充微粒贷客服的骗子 17166208893"),
    ("phone", "被标记为诈骗电话 微粒贷 17166208893"),
)


@pytest.mark.parametrize(("kind", "title", "code"), ACCUSED)
def test_a_title_that_takes_the_name_is_accused(judged: Judged, kind: str, title: str, code: str) -> None:
    verdict = judged(examine_listing(kind, title, {}))
    assert verdict.label in ACCUSING
    assert code in {reason.code for reason in verdict.reasons}


@pytest.mark.parametrize(("kind", "title"), SPARED)
def test_a_title_about_the_brand_or_of_another_trade_is_not(judged: Judged, kind: str, title: str) -> None:
    assert judged(examine_listing(kind, title, {})).label not in ACCUSING


@pytest.mark.parametrize("title", ["微众银行（滨江支行）", "微众银行科技支行", "微众银行营业部"])
def test_a_branch_of_a_bank_that_listed_none_is_for_a_person_to_see(
    judged: Judged, with_app: Brand, title: str
) -> None:
    bank = Brand(id="bank", owner="某银行", finance=True, names=Names(primary="微众银行"), channels=())
    assert judged(examine_listing("poi", title, {}), bank).label is Label.LOOKALIKE
    listed = Brand(id="bank", owner="某银行", finance=True, names=Names(primary="微众银行"), channels=with_app.channels)
    assert judged(examine_listing("poi", title, {}), listed).label is Label.IMPERSONATION


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("微粒钱包贷", "微粒钱包贷"), ("我的微粒借款贷app", "微粒借款贷"), ("微粒贷", ""), ("微粒货架", ""),
        ("微粒钱包 借贷", ""), ("微业钱包贷", ""), ("微业贷与微粒钱包贷", ""), ("", ""), ("微" * 5000, ""),
    ],
)  # fmt: skip
def test_a_word_inside_the_name(brand: Brand, title: str, found: str) -> None:
    assert stretched(title, brand) == found


def test_names_of_two_characters_and_latin_ones_are_never_stretched() -> None:
    two = Brand(id="b", owner="o", finance=True, names=Names(primary="花呗", aliases=("huabei",)))
    assert stretched("花钱包呗", two) == ""
    assert stretched("hua钱包bei", two) == ""


@pytest.mark.parametrize(
    ("title", "tool"),
    [
        ("花呗还款提醒", True),
        ("贷款计算器", True),
        ("微粒贷借钱", False),
        ("微粒贷", False),
        ("账单管家：极速借款", False),
    ],
)
def test_what_keeps_accounts_lends_nothing(title: str, tool: bool) -> None:  # noqa: FBT001 -- a table's column
    assert is_tool(title) is tool


def test_premises_with_a_lender_inside_are_no_premises() -> None:
    assert is_premises("微粒贷大厦(东门)")
    assert not is_premises("微粒贷大厦贷款中心")


@pytest.mark.parametrize("locator", ["abc", "微粒贷客服", "   -  ", "电话"])
def test_a_phone_listing_without_a_number_says_so(judged: Judged, locator: str) -> None:
    verdict = judged(examine_listing("phone", locator, {}))
    assert verdict.coverage.missing == ("phone.number",)
    assert verdict.label is Label.UNKNOWN


def test_a_bare_number_nobody_knows_is_unknown_and_never_safe(judged: Judged) -> None:
    verdict = judged(examine_listing("phone", "0755-22873391", {}))
    assert (verdict.label, verdict.coverage.missing) == (Label.UNKNOWN, ("phone.owner",))


@pytest.mark.parametrize(
    ("text", "label", "weight"),
    [
        ("下载微粒贷App http://wl8.top/a.apk", Label.IMPERSONATION, 45),
        ("微粒贷企业版APP下载，扫描二维码安装", Label.LOOKALIKE, 30),
        ("下载微粒贷App：https://apps.apple.com/cn/app/id1", Label.MENTION, None),
        ("下载微粒贷App：https://appgallery.huawei.com/app/C1", Label.MENTION, None),
        ("微粒贷App在哪里下载？", Label.MENTION, None),
        ("谨防假冒的微粒贷App下载链接，扫码前请核对", Label.MENTION, None),
        ("请勿下载来路不明的微粒贷App http://wl8.top/a.apk", Label.MENTION, None),
        ("微粒贷App更新了，界面更好看", Label.MENTION, None),
    ],
)
def test_an_app_from_nowhere_of_a_brand_that_has_one(
    judged: Judged, codes: Codes, with_app: Brand, text: str, label: Label, weight: int | None
) -> None:
    found = {reason.code: reason.weight for reason in judged(examine_text(text), with_app).reasons}
    assert found.get("offers_app") == weight
    assert judged(examine_text(text), with_app).label is label
    assert "offers_app" not in codes("text", text)  # of a brand without any app more is known


def test_the_owner_speaks_under_its_own_name(judged: Judged, brand: Brand) -> None:
    seen: Sighting = examine_listing("job", "微粒贷客服主管", {"developer": brand.owner})
    assert judged(seen).label not in ACCUSING


def test_a_tool_named_after_a_brand_with_an_app_is_for_a_person_to_see(codes: Codes, with_app: Brand) -> None:
    assert codes("app_listing", "微粒贷账单提醒", of=with_app)["uses_name"] == 30
    assert codes("app_listing", "微粒贷账单管理中心", of=with_app)["uses_name"] == 30
    assert codes("app_listing", "微粒贷借钱提醒", of=with_app)["uses_name"] == 65


def test_the_number_of_a_shop_that_takes_the_brand_is_the_shops(codes: Codes) -> None:
    assert "false_number" not in codes("text", "租房：押一付三，可微粒贷，电话13912340087")
    assert "false_number" in codes("text", "租房贷款找微粒贷，电话13912340087")
