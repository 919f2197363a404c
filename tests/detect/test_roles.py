"""Who speaks, who runs it, where the money goes: classes of leads told apart by roles, in items written for this."""

import pytest

from fresh_items import brands
from zhengben.core.brand import Brand
from zhengben.core.verdict import Label, Verdict
from zhengben.detect.owner_name import same_firm
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look, look_at_file


def judged(kind: str, line: str) -> Verdict:
    return look(line, brands(), kind=kind).verdict


def webank() -> Brand:
    (brand,) = load_brands(ids=("webank",))
    return brand


@pytest.mark.parametrize(
    "name",
    ["深圳前海微众银行股份有限公司", "前海微众银行股份有限公司", "微众银行", "深圳前海微众银行股份有限公司上海分行",
     "深圳前海微众银行 股份有限公司", "深圳前海微众银行股份有限公司工会委员会"],
)  # fmt: skip
def test_the_owner_is_known_without_his_town_and_with_a_branch(name: str) -> None:
    assert same_firm(name, webank())


@pytest.mark.parametrize(
    "name",
    ["深圳公司", "银行股份有限公司", "股份有限公司", "有限公司", "深圳", "微众", "前海公司", "", " ", "微众公司",
     "深圳前海微众银行股份有限公司客服服务部", "江州微众银行股份有限公司", "微众科技有限公司"],
)  # fmt: skip
def test_a_piece_of_the_owners_name_or_a_longer_one_is_somebody_else(name: str) -> None:
    assert not same_firm(name, webank()) or name == "微众"


@pytest.mark.parametrize("operator", ["深圳公司", "银行股份有限公司", "深圳前海微众银行股份有限公司客服服务部"])
def test_an_account_run_by_a_piece_of_the_owners_name_is_false(operator: str) -> None:
    assert judged("account", f"微粒贷 微信公众号 主体：{operator}").accuses


@pytest.mark.parametrize(
    "line",
    ["微粒贷借款 小程序 主体：江州某信息咨询服务部", "微粒贷官方客服 小程序 主体：个人",
     "微粒贷还款 公众号 主体：江州某经营部",
     "微粒贷积分兑换 小程序 服务方：江州博客咨询有限公司"],
)  # fmt: skip
def test_what_somebody_else_operates_under_the_name_is_false_whatever_it_is_listed_as(line: str) -> None:
    assert judged("listing", line).label is Label.IMPERSONATION


@pytest.mark.parametrize(
    "line",
    ["微粒贷 小程序 主体：深圳前海微众银行股份有限公司", "记账本子 小程序 主体：个人 支持微粒贷账单",
     "出二手水杯 微粒贷联名 面交"],
)  # fmt: skip
def test_the_owners_own_and_what_only_speaks_of_it_is_not(line: str) -> None:
    assert not judged("listing", line).accuses


@pytest.mark.parametrize(
    "line",
    ["瑞安咖啡(微众银行大厦店) 深圳市南山区", "丽人面馆（微众银行大厦旁）",
     "青年旅舍(微众银行总部对面)"],
)  # fmt: skip
def test_a_place_that_is_only_beside_accuses_nobody(line: str) -> None:
    assert not judged("poi", line).accuses


@pytest.mark.parametrize("line", ["微粒贷服务中心(万象城店)", "贷款中心(微粒贷授权店)", "江州微粒贷办理点"])
def test_a_desk_under_the_name_is_false_wherever_it_stands(line: str) -> None:
    assert judged("poi", line).accuses


@pytest.mark.parametrize(
    "line",
    ["您好，这里是微粒贷总部反诈中心，您名下的卡被盗刷，请马上把余额转入我们的安全账户。",
     "你好，我是微粒贷客服，手机收到的六位数字念给我，我帮您取消这笔借款。",
     "先生您好，微粒贷这边，您的额度我帮您开好了，先付八百块材料费。",
     "您的微粒贷今天起请还款到指定收款码，不要在微信里还款。",
     "微粒贷额度冻结的，我有行内关系，收两成，成了再付。",
     "Hello, this is 微粒贷 support. Please download AnyDesk so I can finish your refund."],
)  # fmt: skip
def test_whoever_demands_in_the_brands_name_is_accused_in_any_words(line: str) -> None:
    assert judged("text", line).accuses


@pytest.mark.parametrize(
    "line",
    ["我行从未授权任何机构代办、代还、减免微粒贷，请勿相信。",
     "班会材料：微粒贷套现的代价。案例一，大二学生刷了八千，中介只给五千便失联。",
     "债务分享：微粒贷逾期后主动拨打官方热线，不要找收费的反催收。",
     "微粒贷强制扣会员费299，我根本没同意！要求全额退款。",
     "凡声称能代开微粒贷的，一律要警惕。", "严禁组织、参与微粒贷套现。", "他先交了3000材料费，结果微粒贷也没开成。",
     "微粒贷申请不收取任何费用，没有线下渠道。", "不要把验证码告诉自称微粒贷客服的人，别转账到任何安全账户。"],
)  # fmt: skip
def test_whoever_denies_forbids_teaches_or_tells_offers_nothing(line: str) -> None:
    assert not judged("text", line).accuses


def mail(sender: str, subject: str, body: str) -> Verdict:
    raw = f"From: {sender}\r\nSubject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}"
    return look_at_file("a.eml", raw.encode(), brands()).verdict


def test_a_message_that_says_first_that_it_is_from_the_brand_claims_to_be_it() -> None:
    found = mail("微粒贷放款中心 <fk@wld-fk.cn>", "放款失败通知", "请缴纳8000元更正保证金至指定账户。")
    assert found.label is Label.IMPERSONATION
    assert ("says_it_is", "sender") in {(reason.code, reason.facts.get("how")) for reason in found.reasons}


@pytest.mark.parametrize(
    "sender",
    [
        "微众银行 <no-reply@webank.com>",
        "江州日报 <news@jzrb.example>",
        "微粒贷吐槽小组 <a@b.example>",
        "a@weilidai.example",
    ],
)
def test_an_official_address_a_newspaper_and_a_group_claim_nothing(sender: str) -> None:
    assert not mail(sender, "本月账单", "微粒贷账单已出，请在微信内查看。").accuses


def test_a_contact_told_only_in_words_is_shown_by_those_words() -> None:
    found = judged("text", "微粒贷强开，黑户可做，包过，想要的私信我")
    told = next(reason.facts for reason in found.reasons if reason.code == "asks_contact")
    assert told["value"]
    assert str(told["value"]) in "微粒贷强开，黑户可做，包过，想要的私信我"


@pytest.mark.parametrize(("line", "kinds"), [
    ("还款请认准微信支付和手机QQ，95384。", set()), ("加QQ 902117465", {"qq"}),
    ("Sign in at pennylark-signin.app", {"domain"}),
    ("open wl-dk.app/get now", {"url"}), ("双击 Setup.app 安装", set()),
])  # fmt: skip
def test_short_codes_are_no_accounts_and_sites_under_app_are_sites(line: str, kinds: set[str]) -> None:
    assert {contact.kind for contact in look(line, brands(), kind="text").contacts} == kinds
