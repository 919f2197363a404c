"""No private person is named in a letter, and no stranger's text can break a line of ours."""

import re

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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+8613800138000", "+86138****8000"),
        ("8613800138000", "86138****8000"),
        ("86-138-0013-8000", "86-138****8000"),
        ("0086 13800138000", "0086 138****8000"),
        ("１３８００１３８０００", "１３８****８０００"),
        ("138.0013.8000", "138****8000"),
        ("138·0013·8000", "138****8000"),
        ("138\u200b0013\u200b8000", "138****8000"),
        ("1\u200b3\u200b8\u200b00138000。", "1\u200b3\u200b8****8000。"),
        ("138\u30000013\u30008000", "138****8000"),
        ("６２２２０２１２３４５６７８９０", "６２２２********７８９０"),
        ("6222·0212·3456·7890", "6222********7890"),
        ("110105 19491231 002X", "110***************"),
        ("１１０１０５１９４９１２３１００２Ｘ", "１１０***************"),
        ("身份证号：130503670401001", "身份证号：130************"),
        ("加Q 123456789", "加Q 12****"),
        ("QQ号是123456789", "QQ号是12****"),
        ("ＱＱ：１２３４５６７８９", "ＱＱ：１２****"),
        ("V：wld8866", "V：wl****"),
        ("企鹅号：123456789", "企鹅号：12****"),
        ("kefu.zhang＠mail.example", "k***@mail.example"),
    ],
)
def test_a_person_is_covered_however_the_number_was_written(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.parametrize(
    "text",
    ["139.196.123.45", "服务器 139.196.123.45:8080", "a.cn/1380", "2026-11-22 13:08:00", "（全角）＋－，。！", "",
     "V 2.0", "微信支付", "QQ钱包", "订单20261122123456", "8.8.8.8", "11.22.33.44", "a\u200bb", "Ｗｅｂａｎｋ"],
)  # fmt: skip
def test_what_is_nobodys_number_stays_to_the_letter(text: str) -> None:
    assert redact(text) == text


DRESSES = st.sampled_from(["", " ", "-", ".", "·", "\u200b", "\u3000", "\u2013"])


@given(
    st.integers(13_000_000_000, 19_999_999_999), DRESSES, st.sampled_from([0, 0xFEE0]),
    st.sampled_from(["", "+86", "86 ", "0086-"]),
)  # fmt: skip
def test_no_mobile_number_stands_whole(number: int, gap: str, width: int, before: str) -> None:
    digits = str(number).translate({n: n + width for n in range(0x30, 0x3A)})
    shown = redact(f"致电{before}{gap.join((digits[:3], digits[3:7], digits[7:]))}找他")
    assert "****" in shown
    assert len(re.findall(r"\d", shown.removeprefix(f"致电{before}"))) == 7
    assert shown.startswith("致电")
    assert shown.endswith("找他")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_covering_twice_is_covering_once_and_words_without_digits_or_addresses_stay(text: str) -> None:
    shown = redact(text)
    assert redact(shown) == shown
    if text.isalpha() and not text.isascii() and "@" not in text and not any(c.isascii() for c in text):
        assert shown == text or any(sign in text for sign in ("微信", "扣扣", "企鹅"))


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
