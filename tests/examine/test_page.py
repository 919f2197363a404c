"""Pages as a reader sees them, and pages written to break the reader."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.handed_out import handed_out
from zhengben.core.pagefacts import PageFacts
from zhengben.examine.page import examine_page
from zhengben.examine.page_fields import asks_for, field_asks
from zhengben.examine.page_stream import pieces, repaired

URL = "https://a.example/x/"


def read(body: str, head: str = "") -> PageFacts:
    return examine_page(f"<html><head>{head}</head><body>{body}</body></html>", URL)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>微<b>粒</b>贷</p>", "微粒贷"),
        ("微<span style='display:none'>x</span>粒贷", "微粒贷"),
        ("微<i hidden>广告</i>粒贷", "微粒贷"),
        ("微<font style='font-size:0'>abc</font>粒贷", "微粒贷"),
        ("<div>一</div><div>二</div>三四", "一\n二\n三四"),
        ("一<br>二", "一\n二"),
        ("<script>微粒贷</script><style>微粒贷</style><noscript>微粒贷</noscript>有", "有"),
        ("a<!-- 微粒贷 -->b", "ab"),
        ("&#24494;&#31890;&#36151;", "微粒贷"),
        ("<a title='x>y'>链接</a>", "链接"),
        ("<p>  多   空\n格 </p>", "多 空 格"),
        ("<textarea>写<b>在</textarea>", "写<b>在"),
        ("<svg><title>图</title></svg>词", "词"),
    ],
)
def test_text_is_what_a_reader_sees(body: str, text: str) -> None:
    assert read(body).text == text


def test_a_class_that_hides_letters_inside_a_name_is_believed() -> None:
    page = read("微<span class=q>z</span>粒贷<div class=q>弹窗里的话</div>", "<style>.q{ display : none }</style>")
    assert page.text.startswith("微粒贷")
    assert "弹窗里的话" in page.text


@pytest.mark.parametrize(
    ("inputs", "asks"),
    [
        ("<label>身份证号</label><input>", "id_card"),
        ("<input placeholder='请输入银行卡号'>", "bank_card"),
        ("<div>短信验证码</div><input name=a>", "sms_code"),
        ("<input placeholder='图形验证码'>", ""),
        ("<input type=password placeholder='六位支付密码'>", "pay_password"),
        ("<input type=password>", "password"),
        ("<input placeholder='銀行卡預留手機'>", "phone"),
        ("<input placeholder='真实姓名'>", "name"),
        ("<p>手持身份证照片</p><input type=file>", "id_photo"),
        ("<input placeholder='紧急联系人电话'>", "phone"),
        ("<input placeholder='通讯录授权'>", "contacts"),
        ("<input name=idcard>", "id_card"),
        ("<input aria-label='Card number'>", "bank_card"),
        ("<input placeholder='One-time code'>", "sms_code"),
        ("<input placeholder='搜索'>", ""),
        ("<input placeholder='金额'>", ""),
    ],
)
def test_what_an_input_asks(inputs: str, asks: str) -> None:
    fields = read(f"<form>{inputs}</form>").forms[0].fields
    assert [field.asks for field in fields] == [asks]


def test_forms_keep_where_they_send_and_loose_inputs_are_one_more_form() -> None:
    page = read(
        "<form action='https://evil.example/p'><input placeholder=姓名><input type=hidden name=idcard></form>"
        "<form><input placeholder=手机号></form><input placeholder=身份证号>"
    )
    assert [(form.action, [f.asks for f in form.fields]) for form in page.forms] == [
        ("https://evil.example/p", ["name"]), ("", ["phone"]), ("", ["id_card"]),
    ]  # fmt: skip
    assert page.asks == ("name", "phone", "id_card")


def test_links_and_what_they_hand_out() -> None:
    page = read(
        "<a href=/d/wld.apk?v=2><img alt=下载></a><a href='app' download='w.apk'>装</a>"
        "<a href='itms-services://?action=download-manifest&url=https://b/x.plist'>iOS</a><a href='http://[bad'>x</a>"
        "<button onclick=\"location.href='/get/c.mobileconfig'\">描述文件</button><script>var u='/z.apk';</script>"
    )
    assert [(link.hands_out, link.text) for link in page.links if link.hands_out] == [
        ("apk", "下载"), ("apk", "装"), ("itms", "iOS"), ("mobileconfig", ""), ("apk", ""),
    ]  # fmt: skip
    assert page.links[0].url == "https://a.example/d/wld.apk?v=2"


def test_pages_that_move_on_by_themselves() -> None:
    page = read(
        "<script>setTimeout(()=>{window.location.href='//b.example/'},9)</script>",
        "<meta http-equiv=refresh content='0; URL=/next'>",
    )
    assert page.moves_to == ("https://a.example/next", "https://b.example/")
    assert "page.scripted" in page.missing


def test_identity() -> None:
    page = read(
        "<img src=/l.png class=site-logo alt=微众银行><h1>微粒贷<br>申请</h1>"
        "<p>© 2026 深圳前海微众银行股份有限公司 版权所有</p>",
        "<title> 微粒贷\n官网 </title><meta property='og:site_name' content='微粒贷'>"
        "<link rel='shortcut icon' href=f.ico>",
    )
    assert (page.title, page.site_name, page.logo_words) == ("微粒贷 官网", "微粒贷", ("微众银行",))
    assert page.copyright == "© 2026 深圳前海微众银行股份有限公司 版权所有"
    assert page.icons == ("https://a.example/x/f.ico",)


PROSE = (
    "近日，微众银行发布声明称，微粒贷没有独立的手机应用，仅在微信支付与手机QQ钱包内向受邀用户开放，"
    "请广大用户提高警惕，谨防上当受骗，保护好自己的个人信息。"
)


@pytest.mark.parametrize(
    ("body", "head", "published"),
    [
        (f"<article><p>2020-04-21 10:00</p><p>{PROSE}</p></article>", "", True),
        (f"<p>来源：新华网 2020年4月21日</p><p>{PROSE}</p>", "", True),
        (f"<p>{PROSE}</p>", "<meta property=og:type content=article>", True),
        (f"<p>{PROSE}</p>", '<script type="application/ld+json">{"@type":"NewsArticle"}</script>', True),
        (f"<p>{PROSE}</p>", "", False),
        ("<article>2020-01-01 来源：x <p>短</p></article>", "<meta property=og:type content=article>", False),
    ],
)
def test_the_shape_of_an_article(body: str, head: str, *, published: bool) -> None:
    assert read(body, head).published is published


@pytest.mark.parametrize(
    ("url", "what"),
    [("https://a/x.APK", "apk"), ("https://a/x.apk?y#z", "apk"), ("https://a/apk", ""), ("itms-apps://x", "itms"),
     ("https://a/x.ipa/", "ipa"), ("http://[", ""), ("https://a/?f=x.apk", "")],
)  # fmt: skip
def test_what_an_address_hands_out(url: str, what: str) -> None:
    assert handed_out(url) == what


BOMBS = {
    "deep": "<div>" * 300_000, "lists": "<ul><li>" * 100_000, "links": "<a><b>" * 100_000,
    "tables": "<table><tr><td>" * 60_000,
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">", "quotes": '<a href="' * 300_000,
    "brackets": "<" * 2_000_000, "entities": "&amp" * 600_000,
    "comments": "<!--" * 500_000,
    "styles": "<style>" + ".a{" * 500_000,
    "forms": "<form><input>" * 100_000, "headings": "<h1>" * 100_000, "spaces": "<p>" + "\u2003" * 1_000_000,
    "line": "x" * 2_000_000, "scripts": "<script>location" + " " * 190_000 + "</script>" * 2, "dots": "." * 1_000_000,
    "images": "<img src=data:image/png;base64," + "A" * 1_000_000 + ">", "jsonld":
    "<script type=application/ld+json>" + '"publisher":{' * 20_000 + "</script>",
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_page_made_to_exhaust_us_costs_little(name: str) -> None:
    started = time.process_time()
    page = examine_page(BOMBS[name], URL)
    assert time.process_time() - started < 4
    assert len(page.text) <= 200_000


def test_what_was_cut_says_so() -> None:
    assert "page.cut" in examine_page("<div>" * 100_000, URL).missing
    assert "page.cut" in examine_page("x" * 4_000_000, URL).missing
    assert examine_page("<p>" * 4000 + "x" * 100, URL).missing == ()


@given(st.text(alphabet=st.sampled_from("<>/=\"'&; \n\x00a微pdivscriptylehref!-[]()"), max_size=300))
def test_no_text_breaks_the_reader(source: str) -> None:
    page = examine_page(source, URL)
    assert "\x00" not in page.text


@given(st.text(max_size=80))
def test_plain_words_come_back_whole(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    shown = "".join(read(f"<p>{escaped}</p>").text.split())
    kept = "".join(words.replace("\x00", "").split())
    assert shown == kept or any(c in words for c in "\r\x0c\x00\x85\x1c\x1d\x1e\x1f")


def test_the_stream_is_well_formed() -> None:
    source, whole = repaired("<p>a<p>b<b>c")
    opens = [p.name for p in pieces(source) if p.kind == "open"]
    closes = [p.name for p in pieces(source) if p.kind == "close"]
    assert (sorted(opens), whole) == (sorted(closes), True)


def test_words_decide_in_order() -> None:
    assert field_asks("text", "", "银行卡", "phone") == "bank_card"
    assert field_asks("password", "手机号", "", "") == "password"
    assert asks_for("随便") is None


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("<!-- saved from url=(0023)https://www.webank.com/ --><p>a", ("https://www.webank.com/",)),
        ("<!-- Mirrored from a.cn/x.html by HTTrack Website Copier/3.x [XR&CO'2014] -->", ("https://a.cn/x.html",)),
        ("<link rel=Canonical href=https://a.cn/1><link rel=canonical href=https://b.cn/2>", ("https://a.cn/1",)),
        ("<meta property=og:url content=https://a.cn/><base href=https://a.cn/>", ("https://a.cn/",)),
        ("<link rel=canonical href=/x><base href=/y><meta property=og:url content=javascript:1>", ()),
        ("<p>saved from url=(1)</p>", ()), ("", ()),
        (" " * 3000 + "<!-- saved from url=(0016)https://late.cn/ -->", ()),
    ],
)  # fmt: skip
def test_where_a_page_says_it_stands(source: str, told: tuple[str, ...]) -> None:
    assert examine_page(source, "").stands_at == told
