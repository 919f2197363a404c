"""What people paste: one address or number in any dress is that thing; words stay words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.flow.typed import asked_about, guess_kind, meant


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("95384", "95384"),
        ("９５３８４", "95384"),
        ("tel:95384", "95384"),
        ("TEL://+86-95384", "+86-95384"),
        ("0755－8946 2525", "0755-8946 2525"),
        ("（0755）8946 2525", "(0755)8946 2525"),
        ("0755–89462525", "0755-89462525"),
        ("0755—89462525", "0755-89462525"),
        ("＋86 138 0013 8000", "+86 138 0013 8000"),
        ("“95384”", "95384"),
        ("95384。", "95384"),
        ("「400 999 8877」", "400 999 8877"),
        (" 95384\n", "95384"),
        ("95384？", "95384"),
    ],
)
def test_a_number_in_any_dress_is_a_number(typed: str, number: str) -> None:
    assert meant(typed) == ("phone", number)


@pytest.mark.parametrize(
    ("typed", "kind", "thing"),
    [
        ("webank.com。", "domain", "webank.com"),
        ("www。webank。com", "domain", "www.webank.com"),
        ("www．webank．com", "domain", "www.webank.com"),
        ("a｡cn", "domain", "a.cn"),
        ("“https://a.cn/x”", "url", "https://a.cn/x"),
        ("<https://a.cn/x>", "url", "https://a.cn/x"),
        ("《a.cn》", "domain", "a.cn"),
        ("hxxp://wei1idai-app[.]cn/x", "url", "http://wei1idai-app.cn/x"),
        ("wei1idai-app[.]cn", "domain", "wei1idai-app.cn"),
        ("a.cn/x！", "url", "a.cn/x"),
        ("'a.cn'", "domain", "a.cn"),
        ("https://a.cn/x?y=1", "url", "https://a.cn/x?y=1"),
        ("http://[::1]/", "url", "http://[::1]/"),
        ("微粒贷.cn", "domain", "微粒贷.cn"),
        ("http://www。webank。com/x", "url", "http://www.webank.com/x"),
    ],
)
def test_an_address_in_any_dress_is_that_address(typed: str, kind: str, thing: str) -> None:
    assert meant(typed) == (kind, thing)


@pytest.mark.parametrize(
    "words",
    [
        "微粒贷",
        "明天开会。",
        "“微粒贷”",
        "好。Ok",
        "见a.cn和b.cn",
        "1234",
        "12345678901234567",
        "",
        "“”",
        "。。。",
        "''",
        "电话：95384，网址：webank.com",
        "tel:",
        "readme.apk",
        "【微众银行】您的额度已到账，点 a.cn 领取",
        "9" * 3000,
        "a.cn " * 600,
    ],
)
def test_words_stay_exactly_as_they_were_typed(words: str) -> None:
    assert meant(words) == ("text", words)


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("95384是真的吗", "95384"),
        ("95384是真的吗？", "95384"),
        ("来电显示95384", "95384"),
        ("电话95384", "95384"),
        ("请问95384是官方的电话吗", "95384"),
        ("刚才有个95384打来的，是不是骗子", "95384"),
        ("0755-89462525 安全吗", "0755-89462525"),
        ("webank.com是真的吗", "webank.com"),
        ("请问这个网址 https://www.webank.com/ 是官方的吗？", "https://www.webank.com/"),
        ("收到短信，webank.com 能点吗", "webank.com"),
        ("网址：webank.com", "webank.com"),
        ("is webank.com real?", "webank.com"),
        ("Is this number 95384 genuine?", "95384"),
        ("wei1idai-app.cn 靠谱吗", "wei1idai-app.cn"),
    ],
)
def test_a_question_about_one_thing_is_about_that_thing(question: str, thing: str) -> None:
    assert asked_about(question) == thing


@pytest.mark.parametrize(
    "question",
    [
        "微粒贷是真的吗",
        "95384说我的额度异常",
        "他让我加QQ 123456789，是真的吗",
        "点 a.cn 领取50000元",
        "95384和95188哪个是真的",
        "",
        "是真的吗",
        "这个电话",
        "【微众银行】95384",
        "字" * 4000,
        "微粒贷客服电话95384是真的吗",
    ],
)
def test_a_question_about_anything_more_is_looked_at_whole(question: str) -> None:
    assert asked_about(question) == question


def test_a_whole_book_is_words() -> None:
    book = "a.cn" + " " * 70_000
    assert meant(book) == ("text", book)


@pytest.mark.parametrize("word", ["是不是", "是", "真的", "不可以", "this ", "is it ", "打来的", "的"])
def test_words_of_asking_without_end_take_no_time(word: str) -> None:
    assert asked_about(word * 160) == word * 160
    assert asked_about(word * 60 + "x") == word * 60 + "x"


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    kind, thing = meant(text)
    assert kind in {"url", "domain", "phone", "text"}
    assert thing == text or kind != "text"
    assert guess_kind(asked_about(text)) in {"url", "domain", "phone", "text"}


@given(st.sampled_from(["https://a.example/x?y=1", "a.cn", "95384", "0755-89462525"]), st.text("  \n\t", max_size=4))
def test_what_is_meant_is_meant_again(thing: str, blank: str) -> None:
    assert meant(f"{blank}“{thing}”。{blank}") == meant(thing)
    assert meant(meant(thing)[1]) == meant(thing)
