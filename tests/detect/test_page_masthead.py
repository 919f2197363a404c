"""A name at the head of a page whose title is nobody's, and who runs a page that is called otherwise."""

from dataclasses import replace

import pytest

from judged import judged_page, known
from zhengben.core.pagefacts import PageFacts
from zhengben.detect.page_masthead import masthead
from zhengben.detect.page_owner import another, is_operator, owner
from zhengben.examine.page import examine_page

LOG_IN = "<form action=/p><input placeholder=手机号><input type=password placeholder=登录密码></form>"
BY_CODE = "<form action=/p><input placeholder=姓名><input placeholder=手机号><input placeholder=短信验证码></form>"
ID_CARD = "<form><input placeholder=姓名><input placeholder=身份证号><input placeholder=银行卡号></form>"
OPERATOR = "本平台由江州云仓信息科技有限公司运营 闽ICP备20240000000号"


def headed(title: str, text: str, form: str = LOG_IN, *, published: bool = False) -> tuple[str, str]:
    page = examine_page(f"<title>{title}</title><p>{text.replace(chr(10), '<p>')}{form}", "https://a.example/")
    return masthead(replace(page, published=published), *known("weilidai"))


@pytest.mark.parametrize("title", ["用户登录", "提现异常处理", "放款进度查询", "", "系统维护通知"])
@pytest.mark.parametrize("head", ["微粒贷", "微★粒★贷", "微粒貸 官方"])
def test_the_first_line_is_the_name_of_a_page_titled_with_a_state(title: str, head: str) -> None:
    assert headed(title, f"{head}\n借款人\n王**")[0] == head


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("江州日报", "微粒贷\n借款人"),
        ("订单查询", "微粒贷怎么还\n登录后查看"),
        ("用户登录", "山那边数码\n微粒贷"),
        ("支付方式", "微粒贷\n信用卡、储蓄卡\n支付"),
        ("用户登录", "微粒贷\n借呗\n省呗"),
        ("微粒贷", "微粒贷\n借款人"),
    ],
)
def test_the_first_line_of_other_pages_is_no_name_of_theirs(title: str, text: str) -> None:
    assert headed(title, text) == ("", "")


def test_a_page_that_asks_nothing_or_is_an_article_has_no_such_head() -> None:
    assert headed("用户登录", "微粒贷\n借款人", "") == ("", "")
    assert headed("用户登录", "微粒贷\n借款人", published=True) == ("", "")


def test_a_page_told_elsewhere_to_speak_about_the_name_has_no_such_head() -> None:
    body = f"<title>登录</title><meta property=og:title content=微粒贷怎么还><b>微粒贷</b>{BY_CODE}"
    assert not judged_page(body).accuses


@pytest.mark.parametrize("form", [LOG_IN, BY_CODE, ID_CARD])
def test_a_loan_that_cannot_be_paid_out_is_accused_whoever_is_said_to_run_the_page(form: str) -> None:
    body = (
        f"<title>提现异常处理</title><header>微粒贷</header><p>合同编号 965465604</p><p>提现失败</p>"
        f"<p>流水不足，需转账1500元验证本人账户，完成后自动到账</p>{form}<footer>{OPERATOR}</footer>"
    )
    assert judged_page(body).accuses


@pytest.mark.parametrize(
    "line",
    [
        OPERATOR, "该网站由江州某某网络有限公司负责运营", "本系统由某某科技提供技术支持", "技术支持：江州某某工作室",
        "此小程序由江州某某科技有限公司开发",
    ],
)  # fmt: skip
def test_who_runs_or_built_a_page_gives_it_no_name(line: str) -> None:
    assert is_operator(line)
    page = PageFacts(url="", final_url="", title="微粒贷", text=f"微粒贷\n{line}", copyright=line)
    assert another(page, *known("weilidai")) == ""
    assert owner(page, *known("weilidai")) == ""


@pytest.mark.parametrize("line", ["© 2026 江州某某网络有限公司", "江州某某信息科技有限公司", "本活动由江州银行主办"])
def test_a_firm_that_signs_a_page_is_its_owner(line: str) -> None:
    assert not is_operator(line)
    page = PageFacts(url="", final_url="", title="客服", text=f"微粒贷\n{line}", copyright=line)
    assert owner(page, *known("weilidai"))


def test_a_name_in_the_title_stays_the_pages_own_where_a_firm_is_said_to_run_it() -> None:
    body = f"<title>微粒贷极速版_最高可借30万</title>{BY_CODE}<footer>客服QQ：4919776653<br>{OPERATOR}</footer>"
    assert judged_page(body).accuses


def test_a_page_of_the_firm_itself_that_names_the_brand_is_not_accused() -> None:
    body = (
        "<title>江州某某信息科技有限公司 - 代发工资登记</title><p>工资发放到您的微粒贷还款账户所在的银行。</p>"
        f"{BY_CODE}<footer>© 2026 江州某某信息科技有限公司</footer>"
    )
    assert not judged_page(body).accuses


@pytest.mark.parametrize("line", ["签订电子合同", "电子账单查询", "领取电子发票", "电子协议"])
def test_electronic_papers_are_no_trade_of_an_owner(line: str) -> None:
    assert owner(PageFacts(url="", final_url="", title="借款", text=f"微粒贷\n{line}"), *known("weilidai")) == ""


@pytest.mark.parametrize("title", ["江州电子厂", "宏达电子", "电子元件批发"])
def test_electronics_are_a_trade_of_an_owner(title: str) -> None:
    assert owner(PageFacts(url="", final_url="", title=title, text="微粒贷"), *known("weilidai"))


def test_a_firm_whose_name_begins_as_a_call_to_press_is_an_owner() -> None:
    line = "点石金融信息服务有限公司 清算组"
    assert owner(PageFacts(url="", final_url="", title="出借人登记", text=f"登记\n{line}"), *known("weilidai")) == line
    for call in ("点击领取公司", "点此进入集团"):
        assert owner(PageFacts(url="", final_url="", title="登记", text=call), *known("weilidai")) == ""


@pytest.mark.parametrize("paper", ["诉前告知函", "律师函", "冻结通知书", "开庭传票"])
def test_a_notice_of_a_desk_of_the_brand_is_accused_where_money_is_wanted_on_an_account(paper: str) -> None:
    body = (
        f"<title>微粒贷法务部-{paper}</title><h2>{paper}</h2><p>今日18:00前结清可撤案：<br>收款账户 "
        "6228481200000000000 户名 王丽</p><p>微粒贷法务部 王主任 13812340000</p>"
    )
    assert judged_page(body).accuses


def test_a_report_about_such_notices_is_not_accused() -> None:
    body = (
        "<title>收到“微粒贷法务部”律师函？警方：假的 - 江州日报</title><h1>警方提醒：假冒微粒贷法务部</h1>"
        "<p>近日，民警接到报警，市民收到假函，要求把钱转入户名为王某的账户。警方提醒：切勿转账，及时拨打110。</p>"
    )
    assert not judged_page(body).accuses


def test_a_code_to_repay_with_on_a_page_named_after_the_brand_is_accused() -> None:
    body = (
        "<title>微粒贷 还款码</title><h2>微粒贷专用还款码</h2><p>扫码还款 5000 元，请备注订单号。</p>"
        "<p>收款方：*丽（结算专员）</p><p>上传付款截图 <input type=file></p>"
    )
    assert judged_page(body).accuses
    shop = (
        "<title>山那边数码 收银台</title><h2>扫码付款</h2><p>可用微粒贷还款日后的余额。收款方：山那边数码</p>"
        "<p>上传付款截图 <input type=file></p>"
    )
    assert not judged_page(shop).accuses
