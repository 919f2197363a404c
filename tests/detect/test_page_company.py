"""Pages on which the brand stands among others, or where others speak: a list of partners, a thread with a seller."""

import pytest

from zhengben.core.judge import judge
from zhengben.core.pagefacts import PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Verdict
from zhengben.detect.page_role import is_thread
from zhengben.detect.registry import detect_all
from zhengben.examine.indicators import find_contacts
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands

LOAN = next(brand for brand in load_brands() if brand.id == "weilidai")
URL = "https://www.site.example/"
FORM = (
    "<form><input placeholder=手机号><input placeholder=验证码><input placeholder=身份证号>"
    "<input placeholder=收款银行卡><button>看看能借多少</button></form>"
)


def verdict(html: str) -> Verdict:
    page = examine_page(html, URL, URL)
    said = f"{page.title}\n{page.text}"
    seen = Sighting(
        kind="url", target=URL, title=page.title, text=said, host="www.site.example", page=page,
        contacts=find_contacts(said),
    )  # fmt: skip
    return judge(LOAN.id, detect_all(seen, (LOAN,))[LOAN.id], Coverage(page.missing))


def lender(below: str, title: str = "恒易花") -> str:
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><strong>最高20万</strong>{FORM}{below}"
        "<p>本平台由某某恒远小额贷款有限公司运营 年化利率 9%-24%</p></body></html>"
    )


@pytest.mark.parametrize("label", ["合作机构：", "合作机构", "资金方：", "持牌合作机构:", "合作银行", "友情链接"])
def test_a_partner_of_another_lender_is_not_what_its_page_calls_itself(label: str) -> None:
    page = lender(f"<ul><li>{label}</li><li>微粒贷</li><li>南京银行</li></ul>")
    assert verdict(page).label in {Label.MENTION, Label.UNRELATED, Label.LOOKALIKE}


def test_the_name_above_the_form_is_no_partner() -> None:
    assert verdict(lender("<ul><li>合作机构：</li><li>南京银行</li></ul>", title="微粒贷")).accuses


def test_a_list_ends_where_a_long_line_stands() -> None:
    below = "<p>合作机构：</p><p>南京银行</p><p>以上机构排名不分先后，具体以放款机构为准</p><p>微粒贷</p>"
    assert verdict(lender(below)).label not in {Label.MENTION, Label.UNRELATED}


def test_what_one_writer_sells_in_a_thread_is_not_the_page() -> None:
    page = (
        "<html><head><title>吐槽 微粒贷突然没额度了 第1页</title></head><body><dl><dt>阿泽 发表于 3月2日</dt>"
        "<dd>用了五年微粒贷，今天登录一看傻眼了。</dd><dt>专业办理</dt><dd>可以加我，有渠道提额</dd><dt>管理员</dt><dd>广告已处理</dd></dl>"
        "<form><input placeholder=账号><input type=password placeholder=密码><button>登录回帖</button></form></body>"
    )
    assert not verdict(page).accuses


def test_a_seller_with_a_page_of_his_own_is_no_thread() -> None:
    said = "专业代开微粒贷，内部渠道，开通后付500元，加微信 wld88996"
    assert verdict(f"<html><head><title>微粒贷强开</title></head><body><p>{said}</p></body></html>").accuses


@pytest.mark.parametrize(
    ("title", "text", "thread"),
    [
        ("吐槽 借呗", "小熊 发表于 3月2日", True), ("老板圈子", "赞 82 评论 41", True), ("讨论", "", False),
        ("", "赞 82 赞 17 赞 3", False), ("", "2楼 3楼", False), ("討論", "樓主", True), ("微粒贷", "立即申请", False),
    ],
)  # fmt: skip
def test_two_different_marks_make_a_conversation(title: str, text: str, thread: object) -> None:
    assert is_thread(PageFacts(url=URL, final_url=URL, title=title, text=text)) is thread


def test_a_page_that_takes_a_card_and_its_password_is_no_thread() -> None:
    html = (
        "<title>讨论</title><p>楼主 发表于 3月</p><form><input placeholder=银行卡号><input placeholder=支付密码></form>"
    )
    assert not is_thread(examine_page(html, URL, URL))
