"""What scripts write into a page while it loads: read as text, never run, and bounded."""

import time

import pytest

from zhengben.examine.page import examine_page
from zhengben.examine.page_written import LONGEST, MOST, written


@pytest.mark.parametrize(
    ("script", "html"),
    [
        ("document.write('<b>微粒贷</b>')", "<b>微粒贷</b>"),
        ('var n="微粒贷";document.write("<h1>"+n+"官方通道</h1>")', "<h1>微粒贷官方通道</h1>"),
        ("let a = '<p>'; const b = `微`; document.writeln(a + b + '粒贷</p>');", "<p>微粒贷</p>"),
        (r"document.write('<b>\u5fae\u{7c92}\x41</b>')", "<b>微粒A</b>"),
        ("document.write(unescape('%3Cb%3E%u5fae%u7c92%3C/b%3E'))", "<b>微粒</b>"),
        ("document.write(decodeURIComponent('%3Cb%3E%E5%BE%AE%3C/b%3E'))", "<b>微</b>"),
        (r"document.write('<a href=\'x\'>y</a>')", "<a href='x'>y</a>"),
        ("document.write('<p>' + Date.now() + '</p>')", "<p>"),
    ],
)
def test_what_stands_there_as_text_is_put_together(script: str, html: str) -> None:
    assert written(script) == [html]


@pytest.mark.parametrize(
    "script",
    ["document.write(x)", "document.write(f('<b>'))", "document.write('words only')", "e.innerHTML='<b>x</b>'", "",
     "document.write('<b>", "document.write(", "// document write('<b>')"],
)  # fmt: skip
def test_what_must_be_run_to_be_known_is_not_guessed(script: str) -> None:
    assert written(script) == []


def test_a_form_written_by_a_script_is_a_form_of_the_page() -> None:
    source = (
        '<script>var n="微粒贷";document.title=n;</script><body><script>document.write("<h1>"+n+"官方通道</h1>'
        '<form action=/t><input placeholder=身份证号><input placeholder=银行卡号></form>")</script></body>'
    )
    page = examine_page(source, "http://a.example/")
    assert page.asks == ("id_card", "bank_card")
    assert page.headings == ("微粒贷官方通道",)


def test_a_script_that_writes_without_end_costs_little() -> None:
    began = time.process_time()
    many = "document.write('<p>x</p>');" * 20_000
    assert len(written(many)) == MOST
    assert written("document.write('" + "<" * 50_000 + "')") == []
    assert len(written("document.write('" + "<" * 19_000 + "'+'" + "<" * 19_000 + "')")[0]) == LONGEST
    assert len(written("document.write(" + "'<'+" * 5000 + "'<')")[0]) == MOST * 8
    assert written("var a='" * 20_000) == []
    assert time.process_time() - began < 2
