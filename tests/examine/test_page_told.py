"""Words a page shows outside its text, and characters it writes down in another order than they are seen."""

import base64
import html as escaping
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.pagefacts import PageFacts
from zhengben.examine.page import examine_page
from zhengben.examine.page_fields import asks_for
from zhengben.examine.page_order import as_seen, plain_label
from zhengben.examine.page_told import LONGEST, MOST, drawn_words

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text x="1" y="2">微粒贷</text></svg>'


def read(body: str) -> PageFacts:
    return examine_page(body, "http://a.example/")


def told(body: str) -> set[tuple[str, str]]:
    return {(one.where, one.words) for one in read(body).told}


@pytest.mark.parametrize(
    ("body", "where", "words"),
    [
        ("<img alt=微粒贷>", "alt", "微粒贷"),
        ("<img title=微粒贷>", "alt", "微粒贷"),
        ("<div role=img aria-label=微粒贷></div>", "label", "微粒贷"),
        ("<a href=/ title='微粒贷 官网'>x</a>", "label", "微粒贷 官网"),
        ("<input placeholder=登录微粒贷>", "label", "登录微粒贷"),
        ("<select><optgroup label=微粒贷></select>", "label", "微粒贷"),
        ("<style>.a::before{content:'微粒贷'}</style>", "style", "微粒贷"),
        (r'<style>.a:after{content:"\5fae\7c92\8d37"}</style>', "style", "微粒贷"),
        (r'<style>.a:after{content:"\005fae \007c92 \008d37"}</style>', "style", "微粒贷"),
        ("<style>:root{--t:'微粒贷'} .a:before{content:var(--t)}</style>", "style", "微粒贷"),
        ("<style>.a:before{content:'微' '粒' \"贷\"}</style>", "style", "微粒贷"),
        ("<style>.a:before{content:attr(data-x)}</style><p class=a data-x=微粒贷></p>", "style", "微粒贷"),
        ("<p data-x=微粒贷></p><style>p:before{content: attr( data-x )}</style>", "style", "微粒贷"),
        ("<script>c.fillText('微粒贷',1,2)</script>", "script", "微粒贷"),
        (r'<script>c.strokeText("\u5fae\u7c92\u8d37",1,2)</script>', "script", "微粒贷"),
        (r'<script>c.fillText("\u{5fae}\u{7c92}\x20\u8d37",1,2)</script>', "script", "微粒 贷"),
        ("<script>document.title = `微粒贷`</script>", "script", "微粒贷"),
        ("<script>document.write('<h1 class=a>微粒贷</h1>')</script>", "script", "微粒贷"),
        ("<script>e.innerHTML='<b>微</b>粒贷'</script>", "script", "微 粒贷"),
        ("<script>e.insertAdjacentHTML('beforeend', '<i>微粒贷</i>')</script>", "script", "微粒贷"),
        ("<meta property=og:title content=微粒贷>", "meta", "微粒贷"),
        ("<meta name=keywords content='微粒贷,借钱'>", "meta", "微粒贷,借钱"),
        ("<meta name=twitter:image:alt content=微粒贷>", "meta", "微粒贷"),
        ("<body><p>x</p><noscript>微粒贷</noscript>", "spare", "微粒贷"),
        ("<body><template><b>微粒贷</b></template>", "spare", "微粒贷"),
        ("<object data=/a.pdf>微粒贷</object>", "spare", "微粒贷"),
        (f"<img src='data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}'>", "drawing", "微粒贷"),
        (f"<img src='data:image/svg+xml;utf8,{escaping.escape(SVG)}'>", "drawing", "微粒贷"),
    ],
)  # fmt: skip
def test_words_outside_the_text_are_told_and_where(body: str, where: str, words: str) -> None:
    assert (where, words) in told(body)
    assert words in read(body).image_words


@pytest.mark.parametrize(
    "body",
    [
        "<script>var a='微粒贷'</script>",  # nobody is shown a variable
        "<style>.微粒贷{color:red}</style>",
        "<p data-x=微粒贷>x</p>",  # no style sheet shows it
        "<!-- 微粒贷 -->",
        "<div hidden aria-label=微粒贷></div>",
        "<div style='display:none'><i title=微粒贷></i></div>",
        "<meta name=robots content=微粒贷>",
        "<style>.a{content:'english'}</style>",
    ],
)
def test_what_nobody_is_shown_is_not_told(body: str) -> None:
    assert told(body) == set()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<bdo dir=rtl>贷粒微</bdo>", "微粒贷"),
        ("<p>请用<bdo dir=RTL>贷<b>粒</b>微</bdo>借钱</p>", "请用微粒贷借钱"),
        ("<span style='unicode-bidi:bidi-override;direction:rtl'>贷粒微</span>", "微粒贷"),
        ("<span dir=rtl style='unicode-bidi: isolate-override'>贷粒微</span>", "微粒贷"),
        ("<div dir=rtl>贷粒微</div>", "贷粒微"),  # right-aligned only: Chinese keeps its order
        ("<bdo dir=ltr>贷粒微</bdo>", "贷粒微"),
        ("\u202e贷粒微\u202c你好", "微粒贷你好"),
        ("\u202e贷粒微", "微粒贷"),
        ("<bdo dir=rtl>二一<bdo dir=rtl>三</bdo></bdo>四", "三一二四"),
        ("<div>微</div><div>粒</div><div>贷</div><p>立即申请</p>", "微粒贷\n立即申请"),
        ("微<br>粒<br>贷", "微粒贷"),
        ("是<br>否", "是\n否"),  # two single characters are a choice, not a column
        ("<ruby>微<rt>wēi</rt>粒<rp>(</rp><rt>lì</rt><rp>)</rp>贷<rt>dài</rt></ruby>", "微粒贷"),
        ("<x-a><template shadowrootmode=open><h1>微粒贷</h1></template></x-a>", "微粒贷"),
        ("<iframe srcdoc='<h1>微粒贷</h1>'></iframe>", "微粒贷"),
        ("<iframe srcdoc='<iframe srcdoc=&quot;<p>微粒贷</p>&quot;></iframe>'></iframe>", "微粒贷"),
        ("<form><input type=submit value=微粒贷申请></form>", "微粒贷申请"),
        ("<input type=button value=' 下一步 '>", "下一步"),
        ("<input type=hidden value=微粒贷>", ""),
        ("<div hidden><input type=submit value=微粒贷></div>", ""),
    ],
)  # fmt: skip
def test_text_stands_in_the_order_in_which_it_is_seen(body: str, text: str) -> None:
    assert read(body).text == text


def test_headlines_and_links_written_backwards_are_turned_too() -> None:
    seen = read("<h1><bdo dir=rtl>贷粒微</bdo></h1><a href=/x><bdo dir=rtl>载下</bdo></a>")
    assert seen.headings == ("微粒贷",)
    assert [link.text for link in seen.links] == ["下载"]


def test_a_frame_with_a_document_of_its_own_is_part_of_the_page() -> None:
    seen = read(
        "<title>外</title><iframe srcdoc='<title>内</title><form action=//e.example/p><input placeholder=身份证号>"
        "<a href=/w.apk>下载</a></form>'></iframe>"
    )
    assert seen.title == "外"
    assert seen.asks == ("id_card",)
    assert [form.action for form in seen.forms] == ["http://e.example/p"]
    assert [link.hands_out for link in seen.links] == ["apk"]


def test_frames_elsewhere_are_named_and_an_empty_page_of_them_was_not_seen() -> None:
    framed = "<iframe src=//b.example/x></iframe><embed src=/y><object data=/z></object>"
    seen = read(framed + "<iframe src=about:blank></iframe>")
    assert seen.frames == ("http://b.example/x", "http://a.example/y", "http://a.example/z")
    assert seen.missing == ("page.framed",)
    assert read("<iframe src=//b.example/x></iframe>" + "词" * 60).missing == ()


def test_documents_in_documents_end_somewhere_and_say_so() -> None:
    source = "<p>底</p>"
    for _ in range(12):
        source = f'<iframe srcdoc="{escaping.escape(source)}"></iframe>'
    assert "page.cut" in read(source).missing


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("身\u200b份\u2060证\u00ad号", "id_card"),
        ("身 份 证 号", "id_card"),
        ("银·行·卡", "bank_card"),
        ("验-证-码", "sms_code"),
        ("支_付_密_码", "pay_password"),
        ("id card", "id_card"),
        ("card no", "bank_card"),
        ("手.持", "id_photo"),
    ],
)
def test_a_split_label_asks_what_it_says(words: str, asked: str) -> None:
    assert asks_for(words) == asked


def test_a_logo_inside_an_article_illustrates_it() -> None:
    assert read("<article><img class=logo alt=微粒贷></article>").logo_words == ()
    assert read("<article><p>x</p></article><img class=logo alt=微粒贷>").logo_words == ("微粒贷",)


@pytest.mark.parametrize(
    ("svg", "words"),
    [
        ("<svg><text>微<tspan>粒</tspan>贷</text><text>借钱</text></svg>", ["微粒贷", "借钱"]),
        ("<svg><title>微粒贷</title></svg>", ["微粒贷"]),
        ("<svg><text>&#24494;&#x7c92;贷</text></svg>", ["微粒贷"]),
        ("<svg><foreignObject><p>微粒贷</p></foreignObject></svg>", ["微粒贷"]),
        ("<svg><path d='M0'/></svg>", []),
        ("<svg><text>&#99999999999;</text></svg>", ["&#99999999999;"]),
        ("<svg><text>&#xd800;贷</text></svg>", [" 贷"]),
    ],
)
def test_words_of_a_drawing(svg: str, words: list[str]) -> None:
    assert list(drawn_words(svg)) == words


def test_a_hostile_page_of_sayings_is_cut_and_quick() -> None:
    many = "".join(f"<i title='词{n}{'长' * 500}'></i>" for n in range(3000))
    styles = "<style>" + "a{content:'词" * 20000 + "</style>"
    scripts = "<script>" + "x.innerHTML='" * 20000 + "</script>"
    began = time.process_time()
    seen = read(many + styles + scripts + "<svg>" + "<text>" * 5000)
    assert len(seen.told) == MOST
    assert max(len(one.words) for one in seen.told) == LONGEST
    assert time.process_time() - began < 5


@given(st.text(max_size=60))
def test_what_is_not_turned_stays_as_it_is(text: str) -> None:
    plain = "".join(c for c in text if c not in "\u202e\u202c\n")
    assert as_seen(plain) == plain


@given(st.text(max_size=60))
def test_a_label_cleaned_twice_is_cleaned_once(words: str) -> None:
    once = plain_label(words)
    assert plain_label(once) == plain_label(plain_label(once))


@given(st.text(alphabet=st.sampled_from("<>/=\"' 微粒贷abdo\u202e&;#x5fae{}:()contetyl\n"), max_size=400))
def test_no_page_makes_the_reader_fail(body: str) -> None:
    shapes = (
        "<style>{}</style>",
        "<script>{}</script>",
        "<iframe srcdoc='{}'>",
        "<bdo dir=rtl>{}",
        "<svg><text>{}",
        "{}",
    )
    for shape in shapes:
        assert isinstance(read(shape.replace("{}", body)), PageFacts)
