"""Pages of the small internet: what is put into them stays text, and forms ask for what their labels say."""

import xml.dom.minidom

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from zhengben.examine.page import examine_page
from zhengben.range.grammar import DEPTH, Speaker
from zhengben.range.pages import anchor, comments, drawing, form, paragraphs, render, rows

NASTY = "<script>alert(1)</script>\"'&{{title}}"


def first(page: LexborHTMLParser, what: str) -> LexborNode:
    """Give the first element of a kind."""
    node = page.css_first(what)
    assert node is not None
    return node


def test_whatever_fills_a_slot_is_text_and_never_a_template() -> None:
    page = LexborHTMLParser(render("plain", {"title": NASTY, "body": NASTY}).decode())
    assert page.css("script") == []
    assert first(page, "title").text() == NASTY


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_gets_out_of_its_element(name: str, value: str) -> None:
    for made in (paragraphs([name, value]), rows([(name, value)]), comments([(name, value)]), anchor(name, value)):
        tags = {node.tag for node in LexborHTMLParser(f"<table>{made}</table>").css("*")}
        assert tags <= {"html", "head", "body", "table", "tbody", "tr", "td", "p", "div", "a"}


@pytest.mark.parametrize(
    ("label", "kind", "name"),
    [
        ("真实姓名", "text", "name"), ("身份证号", "text", "idno"), ("手持身份证照片", "file", "idno"),
        ("银行卡号", "text", "card"), ("预留手机号", "tel", "mobile"), ("短信验证码", "tel", "code"),
        ("支付密码", "password", "paypwd"), ("取款密码", "password", "atm"), ("登录密码", "password", "pwd"),
        ("借款金额", "text", "money"), ("所在城市", "text", "city"), ("备注", "text", "info"),
    ],
)  # fmt: skip
def test_a_field_is_of_the_kind_its_label_says(label: str, kind: str, name: str) -> None:
    for by_placeholder in (False, True):
        made = LexborHTMLParser(form("/go", [label], "提交", by_placeholder=by_placeholder))
        node = first(made, "input")
        assert (node.attributes["type"], node.attributes["name"]) == (kind, name)
        said = node.attributes.get("placeholder") if by_placeholder else first(made, "label").text()
        assert label in str(said)


def test_what_a_form_of_the_range_asks_for_is_what_the_product_reads() -> None:
    asked = form("/go", ["姓名", "身份证号", "银行卡号", "短信验证码"], "提交")
    facts = examine_page(render("form", {"title": "x", "form": asked}).decode(), "http://x.cn/")
    assert {"name", "id_card", "bank_card", "sms_code"} <= set(facts.asks)


@pytest.mark.parametrize("words", ["微粒贷", NASTY, ""])
def test_a_drawing_is_sound_xml_that_shows_the_words(words: str) -> None:
    drawn = xml.dom.minidom.parseString(drawing(words, "#1677ff"))  # noqa: S318 -- our own drawing
    (said,) = drawn.getElementsByTagName("text")
    assert "".join(str(getattr(node, "data", "")) for node in said.childNodes) == words


class Chance:
    """A generator that always takes the first entry."""

    def choice(self, entries: tuple[str, ...]) -> str:
        """Give the first."""
        return entries[0]

    def randrange(self, low: int, high: int) -> int:
        """Give the lowest of the range."""
        assert low < high
        return low


def speaker(**own: tuple[str, ...]) -> Speaker:
    """Give a speaker with lists of its own."""
    one = Speaker("common", Chance())  # type: ignore[arg-type]  # it needs no more of a generator
    one.lists = {**one.lists, **own}
    return one


def test_a_fact_wins_over_a_list_and_digits_have_their_length() -> None:
    one = speaker(who=("张三",), line=("{who} {d4} {who}",))
    assert one.say("line") == "张三 1000 张三"
    assert one.say("line", {"who": "{d1}"}) == "{d1} 1000 {d1}"  # a fact is never read as a template


def test_lists_that_name_each_other_come_to_an_end() -> None:
    said = speaker(one=("{two}!",), two=("{one}?",)).say("one")
    assert said.count("!") + said.count("?") == DEPTH + 1
    assert said.startswith("{")  # the slot that was one too deep stands there for whoever wrote the lists


def test_a_slot_that_nobody_knows_is_named() -> None:
    with pytest.raises(KeyError, match="nobody_knows"):
        speaker(line=("{nobody_knows}",)).say("line")
