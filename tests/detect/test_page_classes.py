"""Classes of pages that outsiders' sets showed: each false page beside an honest one that uses the same words."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.core.judge import judge
from zhengben.core.pagefacts import PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Verdict
from zhengben.detect.page_owner import is_lender, owner
from zhengben.detect.registry import detect_all
from zhengben.examine.indicators import find_contacts
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

ID_AND_LOG_IN = "<form><input placeholder=法人身份证><input type=password placeholder=税务登录密码></form>"
CALL_ME = "<form><input placeholder=姓名><input placeholder=手机号></form>"


@cache
def brand(name: str) -> Brand:
    return load_brands(ids=(name,))[0]


def verdict(body: str, name: str = "weilidai") -> Verdict:
    page = examine_page(body, "https://a.example/")
    words = "\n".join(dict.fromkeys(w for w in (page.title, page.description, page.text, *page.image_words) if w))
    sighting = Sighting(
        kind="url", target=page.url, title=page.title, text=words, page=page, host="a.example",
        contacts=find_contacts(words),
    )  # fmt: skip
    return judge(name, detect_all(sighting, (brand(name),))[name], Coverage(page.missing))


def owned(title: str, text: str) -> str:
    return owner(PageFacts(url="", final_url="", title=title, text=text), brand("weilidai"), pack((brand("weilidai"),)))


@pytest.mark.parametrize(
    "title",
    [
        "微粒贷 - 典型案例 - 法律服务", "微粒贷 - 标签 - 科技评论", "微粒贷 - 搜索结果 - 短视频", "金融超市 微粒贷",
        "客户故事 | 微粒贷", "微粒贷客服电话 - 号码百事通", "微粒贷 - 品牌设计 - 作品集",
    ],
)  # fmt: skip
def test_a_title_that_files_the_name_under_a_heading_is_no_name_of_the_page(title: str) -> None:
    body = f"<title>{title}</title><h1>微粒贷</h1><p>额度与利率说明</p><p>电话 020-85510927 微信 studio_moyu</p>"
    assert not verdict(body).accuses


@pytest.mark.parametrize("title", ["微粒贷 - 官方首页", "微粒贷 - 极速借款", "微粒贷客服电话 - 人工服务"])
def test_a_title_of_the_name_and_words_of_service_stays_the_pages_name(title: str) -> None:
    body = f"<title>{title}</title><h1>微粒贷</h1><p>额度与利率说明</p><p>电话 020-85510927 微信 kefu_moyu</p>"
    assert verdict(body).accuses


def test_a_heading_in_the_title_frees_no_page_that_asks_for_cards() -> None:
    form = "<form><input placeholder=银行卡号><input placeholder=短信验证码></form>"
    assert verdict(f"<title>微粒贷 - 典型案例</title><h1>微粒贷</h1>{form}").accuses


@pytest.mark.parametrize(
    "line", ["微信支付", "支付宝支付", "立即支付", "纳税即可贷", "微粒贷海宁分公司", "快递丢件理赔"]
)
def test_buttons_promises_branches_and_claims_name_no_owner(line: str) -> None:
    assert owned("额度", f"微粒贷\n{line}") == ""


@pytest.mark.parametrize("line", ["江州支付", "江州商业银行", "海宁某某分公司", "顺风快递"])
def test_firms_that_pay_lend_or_carry_are_owners(line: str) -> None:
    assert owned("额度", f"微粒贷\n{line}") == line


def test_a_promise_is_no_lenders_name() -> None:
    known = brand("weilidai"), pack((brand("weilidai"),))
    assert not is_lender("纳税即可贷", *known)
    assert is_lender("山溪易贷", *known)


@pytest.mark.parametrize(
    "words",
    [
        "您的微粒贷额度 ¥26800 待激活。激活须购买履约保证保险一份（¥368），放款成功后自动退还。",
        "您的微粒贷借款已批准，须先存入借款总额的20%作为还款能力验证，验证款汇入专员提供的账户。",
        "微粒贷审核员提示：您名下流水不足，请向指定验资账户转入20万元，停留30分钟后退回。微信 xindai0668m",
    ],
)
def test_fees_in_other_words_above_a_button_to_pay_are_accused(words: str) -> None:
    assert verdict(f"<title>激活额度</title><p>{words}</p><button>微信支付</button>").accuses


@pytest.mark.parametrize(
    "words",
    [
        "警方提醒：称您的微粒贷额度待激活、须先存入借款总额20%作为验证的，都是诈骗，切勿转账。",
        "微粒贷借款不收取任何审核费、担保费，不会要求您向任何账户转入验证款。",
        "充1000送300，余额随时可退。用微粒贷充值的，退款退回原处，不退现金。店长 孟某 18219960347",
    ],
)
def test_warnings_denials_and_a_shops_terms_of_prepaid_cards_are_not(words: str) -> None:
    assert not verdict(f"<title>说明</title><p>{words}</p>").accuses


def test_a_branch_with_a_managers_mobile_number_is_accused() -> None:
    body = (
        "<title>微粒贷海宁分公司</title><p>微粒贷海宁营业部，线下面签，当天批复，额度最高30万。</p>"
        f"<p>信贷经理：孟经理 15027743816 微信同号</p>{CALL_ME}<p>Copyright © 2026 All Rights Reserved</p>"
    )
    assert verdict(body).accuses


def test_a_loan_for_firms_that_asks_for_the_tax_log_in_is_accused() -> None:
    body = "<title>微粒贷企业信用贷 纳税即可贷</title><p>微粒贷绿色通道：开票、纳税、流水三选一，最高500万。</p>"
    assert verdict(f"{body}{ID_AND_LOG_IN}").accuses
    theirs = "<title>江州商业银行 企业信用贷 纳税即可贷</title><p>与微粒贷的区别：面向企业。</p>"
    assert not verdict(f"{theirs}{ID_AND_LOG_IN}<p>© 2026 江州商业银行</p>").accuses


def test_the_name_in_the_description_alone_above_a_form_for_a_payment_password_is_accused() -> None:
    form = "<form><input placeholder=手机号><input type=password placeholder=支付密码></form>"
    head = "<title>服务</title><meta name=description content={}>"
    assert verdict(head.format("微粒贷官方服务入口") + form).accuses
    assert not verdict(head.format("微粒贷怎么还") + "<p>登录后查看</p>").accuses


@pytest.mark.parametrize("title", ["微粒贷强制提额脚本 永久版 - 技术交流吧", "微粒贷提额课程（内部资料） – 提额研究所"])
def test_scripts_and_courses_that_raise_the_limit_are_sold_whoever_carries_them(title: str) -> None:
    head = title.partition(" – ")[0].partition(" - ")[0]
    assert verdict(f"<title>{title}</title><h1>{head}</h1><p>价格198，先试后付，扣扣1650932284</p>").accuses


@pytest.mark.parametrize("title", ["“微粒贷提额脚本”被查：卖家获刑 - 江州日报", "微粒贷提额教程可信吗 - 问答"])
def test_reports_and_doubts_about_such_scripts_are_not_accused(title: str) -> None:
    body = (
        f"<title>{title}</title><h1>{title}</h1><p>近日，警方通报，脚本为诈骗，切勿购买。</p><p>热线 020-85510927</p>"
    )
    assert not verdict(body).accuses


def test_a_file_of_no_name_is_the_brands_where_the_words_send_for_it() -> None:
    told = "<title>人脸认证</title><p>请下载“微粒贷安全助手”APP完成采集，并开启录屏权限。</p>"
    assert verdict(f"{told}<a href=/anquan.apk>下载安装</a>").accuses
    warned = "<title>提醒</title><p>警惕！不要下载“微粒贷安全助手”APP，这是诈骗，请立即报警。</p>"
    assert not verdict(f"{warned}<a href=/news.apk>下载客户端</a>").accuses
    owners = "<title>江州日报</title><p>下载“微粒贷安全助手”APP的读者来信。</p><p>© 2026 江州日报社</p>"
    assert not verdict(f"{owners}<a href=/news.apk>下载客户端</a>").accuses


def test_a_file_of_another_name_is_the_brands_where_the_title_offers_its_app() -> None:
    assert verdict("<title>扫码下载微粒贷APP就送礼</title><a href=/a.apk>送礼客户端</a>").accuses
    warned = "<title>警惕“下载微粒贷APP就送礼”骗局</title><p>警方提醒：都是诈骗。</p><a href=/a.apk>读报客户端</a>"
    assert not verdict(warned).accuses


def test_being_paid_with_the_brand_is_no_opening_of_a_loan() -> None:
    help_page = (
        "<title>商家如何开通花呗收款？</title><p>1. 登录商家后台 → 支付设置 → 花呗；2. 提交营业执照，费率0.6%。</p>"
        "<p>若有人联系您“代开通”并收费，请勿相信。客服：028-8412 3369</p>"
    )
    assert not verdict(help_page, "huabei").accuses
    assert verdict("<title>代开花呗 强开技术</title><p>专业代开花呗，秒开，微信 kaitong8899</p>", "huabei").accuses


@pytest.mark.parametrize("words", ["商标代办、工商注册，协助企业申请微业贷", "IP白名单：接入微业贷接口前提交出口地址"])
def test_papers_and_allow_lists_are_another_trade(words: str) -> None:
    assert not verdict(f"<title>服务</title><p>{words}。电话 13622880017</p>", "weiyedai").accuses


def test_a_limit_emptied_by_somebodys_husband_is_told_and_not_offered() -> None:
    told = "<p>张女士丈夫套现微粒贷赌博，法院认定为个人债务。</p><p>咨询 王律师 13900001122</p>"
    assert not verdict(f"<title>夫妻债务</title>{told}").accuses
    assert verdict("<title>微粒贷套现</title><p>专业微粒贷套现，秒到账。</p><p>微信 tx556677</p>").accuses


def test_a_letter_to_the_brands_debtor_speaks_in_its_name() -> None:
    letter = (
        "<title>法务通知书</title><p>致微粒贷借款人：您已构成拖欠，一次性结清可减免30%，请添加法务微信jrzx07qa。</p>"
    )
    assert "page_presents_as" in {reason.code for reason in verdict(letter).reasons}
    lawyer = "<title>收到“致微粒贷借款人”的信怎么办？</title><p>律师提醒：这是诈骗，切勿添加微信，可以报警。</p>"
    assert not verdict(lawyer).accuses


@pytest.mark.parametrize(
    "body",
    [
        "<title>我的微粒贷</title>审批通过，综合评分不足，开通微粒贷VIP会员可立即放款，放款后退回。<p>客服QQ：87654321",
        "<title>微粒贷延期</title>微粒贷用户您好，延期需预付当期利息399元至专户，支付后延长。<p>客户关怀部 13800138000",
        "<title>微粒贷还款</title>您已逾期，通过以下账户还款：<p>户名：宏信公司 账号：6230582100477713<p>QQ：87654321",
    ],
    ids=["membership", "interest in advance", "a firm's account"],
)
def test_money_wanted_in_the_brands_name_before_anything_is_given_is_accused(body: str) -> None:
    assert verdict(body).accuses


@pytest.mark.parametrize(
    "body",
    [
        "<title>微粒贷怎么还款</title>还款要在微信支付的服务页里操作，不要转账到任何人的账户，转账后追不回来。",
        "<title>谨防开通会员才放款的骗局</title>骗子冒充微粒贷，称开通会员可立即放款，请勿相信，及时拨打96110。",
        "<title>江州商贸学校 缴费</title>请汇入以下账户缴费：户名：江州商贸学校 账号：6230582100477713。不收微粒贷。",
    ],
    ids=["how to repay", "a warning", "a school"],
)
def test_those_who_tell_how_to_pay_or_warn_are_not(body: str) -> None:
    assert not verdict(body).accuses
