"""What a person would see of a stranger's HTML."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.takedown.visible import HTML_CHARS, TEXT_CHARS, decode, visible

PAGE = """<html><head><title> 微粒贷
 官方 </title><meta http-equiv="Refresh" content="0;url=/x"><style>a{}</style></head><body><noscript>no</noscript>
<p>立即<b>申请</b></p><!-- hidden --><script>var x='下载'</script>
<form><input name=a placeholder=姓名><input type=hidden><input type=submit>
</form><a href="/wld.apk">下载</a><a name=x>y</a></body></html>"""


def test_a_page_shows_its_words_links_and_inputs() -> None:
    shown = visible(PAGE)
    assert shown.title == "微粒贷 官方"
    assert shown.text == "立即 申请 下载 y"
    assert shown.links == ("/wld.apk",)
    assert (len(shown.prompts), shown.scripts, shown.refresh) == (1, 1, "0;url=/x")


def test_plain_text_stays_as_it_is() -> None:
    assert visible("只是文字 1 < 2").text == "只是文字 1 < 2"
    assert visible("").text == ""


@pytest.mark.parametrize(
    "heavy",
    [
        "<div>" * 200_000,
        "<a href=x>" * 100_000,
        "x" * 3_000_000,
        "<!--" * 200_000,
        "&amp;" * 300_000,
        "<b>" * 200_000,
        "<i " + "a=1 " * 150_000 + ">",
        "<b><p>" * 100_000,
        "<table><td>" * 50_000,
        "<svg><a>" * 70_000,
    ],
)
def test_heavy_pages_stay_cheap(heavy: str) -> None:
    began = time.process_time()
    shown = visible(heavy)
    assert time.process_time() - began < 3
    assert len(shown.text) <= TEXT_CHARS


@given(st.text())
def test_nothing_makes_it_stumble(html: str) -> None:
    visible(html).text.encode("utf-8", "replace")


@pytest.mark.parametrize(
    ("body", "header"),
    [
        ("微粒贷".encode("gbk"), "text/html; charset=GBK"),
        ('<meta charset="gb2312">微粒贷'.encode("gbk"), "text/html"),
        ("微粒贷".encode(), "text/html; charset=x-unknown"),
        ("微粒贷".encode(), ""),
    ],
)
def test_charsets(body: bytes, header: str) -> None:
    assert "微粒贷" in decode(body, header)


def test_a_huge_body_is_cut_before_it_is_read() -> None:
    assert len(decode(b"a" * 10_000_000)) == HTML_CHARS


def test_a_long_script_hides_nothing_behind_it() -> None:
    assert visible(f"<p>before</p><script>{'a=b;' * 9000}</script><p>after</p>").text == "before after"
