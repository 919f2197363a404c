"""No private person is named in a letter, and no stranger's text can break a line of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.takedown.redact import exact, one_line, redact


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("客服 138 0013 8000 张三", "客服 138****8000 张三"),
        ("13800138000", "138****8000"),
        ("身份证11010519491231002X已核验", "身份证110***************已核验"),
        ("卡号6222021234567890123", "卡号6222********123"),
        ("6222 0212 3456 7890", "6222********7890"),
        ("邮箱 zhang.san@mail.example 联系", "邮箱 z***@mail.example 联系"),
        ("加微信：qiangkai888", "加微信：qi****"),
        ("QQ群 123456789", "QQ群 12****"),
        ("订单 20261122 金额 300000", "订单 20261122 金额 300000"),
        ("第16577525号商标", "第16577525号商标"),
        ("400-888-8888", "400-888-8888"),
    ],
)
def test_people_are_covered_and_other_numbers_are_not(text: str, shown: str) -> None:
    assert redact(text) == shown


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text, 50)
    assert len(line) <= 50
    assert len(line.splitlines()) <= 1
    line.encode()


@given(st.text())
def test_an_exact_address_has_no_blank_or_break(text: str) -> None:
    shown = exact(text)
    assert len(shown.split()) <= 1
    shown.encode()


def test_a_plain_address_is_left_alone() -> None:
    url = "https://微粒贷.example/a%20b?x=1&y=下载#z"
    assert exact(url) == url
