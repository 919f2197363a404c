"""Pages that keep the brand's name out of their text, and honest pages that show it the same way."""

from dataclasses import replace

import pytest

from zhengben.core.judge import judge
from zhengben.core.pagefacts import LogoMatch, PageFacts, ReadLine
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.detect.page_place import lists_lenders
from zhengben.detect.registry import detect_all
from zhengben.examine.indicators import find_contacts
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

BRANDS = load_brands(ids=("weilidai",))
ID_CARD = "<form><input placeholder=姓名><input placeholder=身份证号><input placeholder=银行卡号></form>"
ACCOUNT = (
    "<form action=//c.example/p><input placeholder=姓名><input placeholder=手机号><input placeholder=验证码></form>"
)
NEWS = "<p>近日，记者从多家银行获悉，个人信用贷款的利率继续走低。业内人士认为，竞争还会持续一段时间。</p>"


def judged(page: PageFacts) -> Verdict:
    words = "\n".join(dict.fromkeys(w for w in (page.title, page.description, page.text, *page.image_words) if w))
    sighting = Sighting(
        kind="url", target=page.url, title=page.title, text=words, page=page, host="a.example",
        contacts=find_contacts(words),
    )  # fmt: skip
    return judge("weilidai", detect_all(sighting, BRANDS)["weilidai"], Coverage(page.missing))


def verdict(body: str) -> Verdict:
    return judged(examine_page(body, "https://a.example/"))


def claim(seen: Verdict) -> Reason:
    return next(reason for reason in seen.reasons if reason.code == "page_presents_as")


@pytest.mark.parametrize(
    "shown",
    [
        "<img src=/1.jpg alt=微粒贷>",
        "<img src=/1.jpg alt='微粒贷 官方入口'>",
        "<a href=/ title=微粒贷官网><i></i></a>",
        "<div role=banner aria-label=微粒贷></div>",
        "<style>h1:before{content:'微粒贷'}</style><h1></h1>",
        "<style>h1:before{content:attr(data-t)}</style><h1 data-t=微粒贷></h1>",
        r"<canvas></canvas><script>c.fillText('\u5fae\u7c92\u8d37',1,1)</script>",
        "<img src=\"data:image/svg+xml,%3Csvg xmlns='x'%3E%3Ctext%3E微粒贷%3C/text%3E%3C/svg%3E\">",
        "<iframe srcdoc='<b>微粒贷</b>'></iframe>",
        "<x-a><template shadowrootmode=open><b>微粒贷</b></template></x-a>",
        "<noscript>微粒贷</noscript>",
        "<meta property=og:title content=微粒贷>",
        "<bdo dir=rtl>贷粒微</bdo>",
        "<b>微</b><!-- --><b>粒</b>&#x200b;<b>贷</b>",
        "&#24494;&#31890;&#36151;",
        "<p>微</p><p>粒</p><p>贷</p>",
        "<img src=/static/weilidai_logo.png>",
        "<img src=/static/%E5%BE%AE%E7%B2%92%E8%B4%B7logo.png>",
    ],
)
@pytest.mark.parametrize("title", ["在线办理", ""])
def test_a_name_kept_out_of_the_text_is_found_without_a_browser(shown: str, title: str) -> None:
    seen = verdict(f"<title>{title}</title><body>{shown}{ID_CARD}<p>最高二十万，三分钟办完</p>")
    assert seen.label is Label.IMPERSONATION, seen.reasons


def test_a_name_in_alt_texts_alone_is_found_on_a_page_that_asks_for_an_account() -> None:
    seen = verdict(f"<title>极速借钱</title><img src=/b.svg alt=微粒貸><img alt='微粒貸 三步拿钱 极速到账'>{ACCOUNT}")
    assert seen.label is Label.IMPERSONATION
    assert claim(seen).facts["where"] == ["told"]
    assert claim(seen).facts["name"] == "微粒貸"


@pytest.mark.parametrize(
    "page",
    [
        f"<meta property=og:site_name content=早报><img alt=微粒贷><article>{NEWS}</article>{ACCOUNT}",
        f"<title>信贷观察</title><img class=pic alt=微粒贷>{NEWS * 4}{ACCOUNT}",
        f"<title>找产品</title><img alt=微粒贷><img alt=借呗><img alt=京东金条>{ACCOUNT}",
        f"<title>找产品</title><p>招联好期贷</p><p>某某银行</p><img alt=微粒贷>{ID_CARD}",
        "<title>图库</title><img alt=微粒贷标志><img alt=支付宝标志>",
        "<title>图</title><img alt=微粒贷>",
        f"<title>提醒</title><img alt=微粒贷><p>警惕假冒页面，谨防上当受骗，请勿填写。</p>{ACCOUNT}",
        f"<title>登录</title><meta property=og:title content=微粒贷怎么还><noscript>微粒贷</noscript>{ACCOUNT}",
    ],
)  # fmt: skip
def test_an_honest_page_that_shows_the_name_is_not_accused(page: str) -> None:
    assert not verdict(page).accuses, verdict(page).reasons


@pytest.mark.parametrize(
    "line",
    [
        "微粒贷账户异常",
        "微粒贷提现失败",
        "微粒贷 | 安心借",
        "微粒贷·借款进度",
        "您的微粒贷资料待补充",
        "微粒贷名额已保留",
        "【微粒贷】实名核验",
    ],
)  # fmt: skip
def test_what_a_lender_tells_its_customer_is_a_claim_where_secrets_are_asked(line: str) -> None:
    page = f"<title>个人中心</title><div>{line}</div>{ID_CARD}"
    assert verdict(page).label is Label.IMPERSONATION, verdict(page).reasons
    assert not verdict(page.replace(ID_CARD, "")).accuses


@pytest.mark.parametrize(
    "page",
    [
        "<title>投诉</title><p>投诉微粒贷合作催收骚扰</p><p>我被骗了，求助，要求退钱</p>",
        "<title>申请</title><meta property=og:site_name content=好运小贷><p>微粒贷用户优先</p>",
        "<title>申请</title><p>微粒贷</p><p>借呗</p><p>招联好期贷</p><p>选择您要对比的产品</p>",
        "<title>问卷</title><p>您用过微粒贷吗</p>",
        "<title>选择机构</title><p>丰收银行</p><p>江岸银行</p><p>微粒贷借款进度</p>",
    ],
)
def test_a_line_with_the_name_is_no_claim_on_another_s_page(page: str) -> None:
    assert not verdict(page + ID_CARD).accuses, verdict(page + ID_CARD).reasons


def test_an_office_that_gives_several_ways_to_write_is_held_against_a_page() -> None:
    page = "<title>服务</title><h1>微粒贷客户关怀部</h1><p>退费请联系工号0927，微信：wl_kefu88，QQ：2933847561</p>"
    seen = verdict(page)
    assert seen.label is Label.IMPERSONATION
    contact = next(reason for reason in seen.reasons if reason.code == "page_asks_contact")
    assert (contact.weight, contact.facts["kinds"]) == (35, ["qq", "wechat"])
    assert verdict(page.replace("，QQ：2933847561", "")).label is Label.LOOKALIKE


def test_words_read_in_a_picture_carry_what_is_needed_to_read_them_again() -> None:
    lines = tuple(
        ReadLine(text=t, score=0.987, box=(1, 2, 30, 40), source_sha256="a" * 64, model="m.onnx:" + "b" * 64)
        for t in ("微粒贷", "立即申请")
    )
    page = replace(examine_page(ID_CARD, "https://a.example/"), read=lines, image_words=("微粒贷", "立即申请"))
    facts = claim(judged(page)).facts
    assert facts["where"] == ["picture"]
    assert facts["read"] == [
        {
            "text": "微粒贷",
            "score": 0.987,
            "box": [1, 2, 30, 40],
            "source_sha256": "a" * 64,
            "model": "m.onnx:" + "b" * 64,
        }
    ]


@pytest.mark.parametrize(
    ("body", "many"),
    [
        ("<img alt=借呗><img alt=京东金条>", True),
        ("<img alt=借呗>", False),
        ("<img alt=微众银行><img alt=深圳前海微众银行股份有限公司>", False),
        ("<p>招联好期贷</p><p>京东金条</p>", True),
        ("<p>我想比较招联好期贷和京东金条哪个更划算</p>", False),
    ],
)
def test_a_list_of_lenders(body: str, many: bool) -> None:  # noqa: FBT001  # a row of a table, not a switch
    page = examine_page(body, "https://a.example/")
    assert lists_lenders(page, BRANDS[0], pack(BRANDS)) is many


SITE = "<meta property=og:site_name content={}>"


@pytest.mark.parametrize(
    "page",
    [
        # an office for complaints asks who complains
        "<title>微粒贷：已还清仍显示逾期</title>" + SITE.format("啄木鸟投诉")
        + "<p>投诉对象：微粒贷。投诉诉求：更正并道歉。处理进度：已转商家。我要投诉，请维权。</p>",
        # a bank asks what its customers owe to others
        "<title>个人贷款预约</title><p>如您已有微粒贷等其他借款，请填写。</p><p>青峰银行股份有限公司 版权所有</p>",
        # a lender asks which of several loans one has
        "<title>借款申请</title><p>您目前有以下哪些贷款？微粒贷 借呗 花呗 信用卡</p>",
        # how to close it, with a form of the site's own
        "<title>怎么关闭</title><p>打开微信，我，服务，微粒贷，设置，关闭微粒贷。</p>",
        # a lawyer who takes on all of them
        "<title>网贷纠纷</title><p>代理过微粒贷、借呗、有钱花等多起纠纷，办理和解，先谈后付费，电话 0731-88651234</p>",
    ],
)  # fmt: skip
def test_who_asks_for_an_identity_card_for_reasons_of_his_own_is_not_the_brand(page: str) -> None:
    assert not verdict(page + ID_CARD).accuses, verdict(page + ID_CARD).reasons


def test_a_colon_in_the_title_is_a_name_where_the_page_belongs_to_nobody_else() -> None:
    page = "<title>微粒贷：最高可借三十万</title>"
    assert "title" in claim(verdict(page + ID_CARD)).facts["where"]  # type: ignore[operator]  # a list of places
    theirs = verdict(page + SITE.format("南方财经") + ID_CARD)
    assert not any(reason.code == "page_presents_as" for reason in theirs.reasons)


def test_words_of_service_weigh_little_on_a_page_and_nothing_beside_other_lenders() -> None:
    def sold(page: str) -> list[int]:
        return [reason.weight for reason in verdict(page).reasons if reason.code == "sells_access"]

    offer = "<title>办理</title><p>微粒贷开通办理，先办理后付费，不成功不收费{}</p>" + ACCOUNT
    assert all(weight <= 60 for weight in sold(offer.format("")))
    assert sold(offer.format("，借呗、有钱花同理")) == [] or max(sold(offer.format("，借呗、有钱花同理"))) >= 40


def test_a_service_point_of_a_town_in_the_headline_with_a_private_number_is_a_branch() -> None:
    page = "<title>江州生活</title><h1>微粒贷江州服务点</h1><p>贷款当天放款 王经理 18080001122</p>"
    places = [reason.facts.get("where") for reason in verdict(page).reasons if reason.code == "page_presents_as"]
    assert places == [["branch"]]


@pytest.mark.parametrize(("title", "accused"), [("微粒贷与十二家银行续签合作协议", False), ("登录", True)])
def test_a_picture_below_news_of_the_brand_makes_no_log_in_the_brands(title: str, accused: object) -> None:
    log_in = "<form><input placeholder=手机号><input type=password placeholder=密码></form>"
    assert verdict(f"<title>{title}</title><img src=1.png alt=微粒贷>{log_in}").accuses is accused


@pytest.mark.parametrize("word", ["微粒资", "微粒贺", "傲粒贷"])
def test_a_word_that_only_resembles_the_name_is_nobody_s_own_name(word: str) -> None:
    assert not verdict(f"<title>{word}</title><h1>{word}</h1><img alt={word}>{ID_CARD}").accuses


@pytest.mark.parametrize("word", ["徽粒贷", "微粒货", "薇粒贷", "微粒貸", "微-粒-贷", "微粒贷®"])
def test_a_name_changed_to_deceive_is(word: str) -> None:
    assert verdict(f"<title>办理</title><img alt={word}>{ID_CARD}").accuses


def test_a_longer_name_of_the_same_brand_is_the_name() -> None:
    brands = load_brands(ids=("jiebei",))
    page = examine_page(f"<title>螞蟻借唄</title>{ID_CARD}", "https://a.example/")
    sighting = Sighting(kind="url", target=page.url, title=page.title, text=page.text, page=page, host="a.example")
    assert judge("jiebei", detect_all(sighting, brands)["jiebei"], Coverage()).accuses


def match_of(**more: object) -> LogoMatch:
    plain: dict[str, object] = {
        "brand": "weilidai", "reference": "weilidai/a.png", "reference_sha256": "0" * 64, "source": "l.png",
        "source_sha256": "1" * 64, "box": (1, 2, 30, 40), "distance": 30, "correlation": 0.95, "method": "m/1",
        "right": "16577525", "needed": 0.92, "crop_sha256": "2" * 64,
    }  # fmt: skip
    return LogoMatch(**(plain | more))  # type: ignore[arg-type]  # a table of plain values


def test_every_match_of_a_picture_is_told_with_all_that_measures_it_again() -> None:
    page = examine_page(ID_CARD, "https://a.example/")
    matches = (match_of(), match_of(reference="weilidai/b.png", distance=10), match_of(brand="another"))
    seen = judged(replace(page, logos=matches))
    facts = next(reason for reason in seen.reasons if reason.code == "page_shows_mark").facts
    assert {k: v for k, v in facts.items() if k != "more"} == {
        "reference": "weilidai/b.png", "reference_sha256": "0" * 64, "right": "16577525", "source": "l.png",
        "source_sha256": "1" * 64, "box": [1, 2, 30, 40], "crop_sha256": "2" * 64, "distance": 10, "correlation": 0.95,
        "needed": 0.92, "method": "m/1",
    }  # fmt: skip
    assert [more["reference"] for more in facts["more"]] == ["weilidai/a.png"]  # type: ignore[attr-defined]  # a list


def test_marks_of_another_brand_and_no_marks_say_nothing() -> None:
    page = examine_page(ID_CARD, "https://a.example/")
    for logos in ((), (match_of(brand="another"),)):
        assert not any("picture" in r.code or "mark" in r.code for r in judged(replace(page, logos=logos)).reasons)


def test_a_page_in_earnest_warning_holds_no_line_against_itself() -> None:
    warned = "<p>谨防假冒！警惕诈骗，切勿轻信，防范骗局，民警提醒。</p>"
    page = f"<title>核对</title><div>微粒贷账户异常</div>{warned}{ID_CARD}"
    assert "line" not in str([r.facts.get("where") for r in verdict(page).reasons])


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("微粒贷官网", True), ("微粒贷服务号", True), ("微粒贷退费处", True), ("微粒贷V", True), ("微粒贷法务部", True),
        ("她的微粒贷", False), ("微粒贷吧", False), ("“微粒贷”", False), ("微粒贷骗局", False), ("微粒贷和我", False),
    ],
)  # fmt: skip
def test_a_title_is_a_name_where_nothing_but_service_stands_beside_it(title: str, own: bool) -> None:  # noqa: FBT001  # a row of a table
    seen = verdict(f"<title>{title}</title>")
    assert any(reason.code == "page_presents_as" for reason in seen.reasons) is own, seen.reasons
