"""Whom a page leads to by its buttons, and that a footer link is nobody's kin."""

import pytest

from zhengben.examine.page import examine_page
from zhengben.examine.page_contacts import contacts_of_link, page_contacts

HERE = "https://shop.example.com/a"


def found(html: str, *, text: str = "", all_links: bool = False) -> set[tuple[str, str]]:
    page = examine_page(html, HERE, HERE, "mobile", 200)
    return {(c.kind, c.value) for c in page_contacts(page, text or page.text, all_links=all_links)}


@pytest.mark.parametrize(
    ("address", "kind", "value"),
    [
        ("tel:400-800-1234", "phone", "4008001234"),
        ("tel:%2B86%20138%200013%208000", "phone", "13800138000"),
        ("sms:13800138000?body=TD", "phone", "13800138000"),
        ("mqqwpa://im/chat?chat_type=wpa&uin=28817233&version=1", "qq", "28817233"),
        ("tencent://message/?uin=123456789&Site=qq", "qq", "123456789"),
        ("https://wpa.qq.com/msgrd?v=3&uin=123456789&site=qq&menu=yes", "qq", "123456789"),
        ("https://t.me/wldkf", "telegram", "wldkf"),
        ("http://evil.top/wld.apk", "url", "http://evil.top/wld.apk"),
        (
            "itms-services://?action=download-manifest&url=https://evil.top/m.plist",
            "url",
            "https://evil.top/m.plist",
        ),
    ],
)
def test_what_pressing_leads_to(address: str, kind: str, value: str) -> None:
    (contact,) = contacts_of_link(address)
    assert (contact.kind, contact.value, contact.raw) == (kind, value, address)
    assert (contact.start, contact.end) == (-1, -1), "it stands nowhere in the words"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:void(0)",
        "data:text/html,13800138000",
        "#top",
        "mailto:a@b.cn",
        "tel:",
        "tel:abc",
        "tencent://message/?uin=abc",
        "https://wpa.qq.com/",
        "http://[::1",
        "itms-services://?action=x",
        "weixin://dl/business",
    ],
)
def test_what_leads_to_nobody(address: str) -> None:
    assert contacts_of_link(address) == ()


def test_buttons_forms_and_redirects_count_and_the_footer_does_not() -> None:
    html = """
    <form action="https://collector.example.net/p"><input name="idcard" placeholder="身份证号"></form>
    <form action="/search"><input name="q"></form>
    <a href="mqqwpa://im/chat?uin=28817233">客服</a> <a href="/d/wld.apk">下载</a>
    <a href="https://beian.miit.gov.cn">备案</a> <meta http-equiv="refresh" content="3;url=https://next.example.org/x">
    """
    assert found(html) == {
        ("url", "https://collector.example.net/p"),
        ("qq", "28817233"),
        ("url", "https://shop.example.com/d/wld.apk"),
        ("url", "https://next.example.org/x"),
    }


def test_in_a_message_every_link_counts() -> None:
    html = '<a href="http://weilidai-unlock.top/login">https://www.webank.com</a>'
    assert ("url", "http://weilidai-unlock.top/login") not in found(html)
    assert ("url", "http://weilidai-unlock.top/login") in found(html, all_links=True)


def test_what_the_words_say_keeps_its_place_and_is_said_once() -> None:
    page = examine_page('<p>电话 13800138000</p><a href="tel:13800138000">打</a>', HERE, HERE, "mobile", 200)
    (contact,) = page_contacts(page, page.text)
    assert page.text[contact.start : contact.end] == "13800138000"


def test_a_page_of_ten_thousand_buttons_is_capped() -> None:
    html = "".join(f'<a href="tel:138{n:08d}">a</a>' for n in range(10_000))
    page = examine_page(html, HERE, HERE, "mobile", 200)
    assert 0 < len(page_contacts(page, "")) <= 500
