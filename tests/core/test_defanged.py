"""Addresses made harmless by hand are read as what they were; nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.defanged import armed


@pytest.mark.parametrize(
    ("written", "meant"),
    [("hxxp://wei1idai-app.cn/x", "http://wei1idai-app.cn/x"), ("hXXps://a.cn", "https://a.cn"),
     ("HXXP://A.CN", "http://A.CN"), ("meow://a.cn", "http://a.cn"), ("h**ps://a.cn", "https://a.cn"),
     ("http[:]//a.cn", "http://a.cn"), ("hxxp[://]a[.]cn", "http://a.cn"), ("https://a[.]b[.]cn/p", "https://a.b.cn/p"),
     ("a(.)cn", "a.cn"), ("a{.}cn", "a.cn"), ("a[dot]cn", "a.cn"), ("a(DOT)cn", "a.cn"), ("a[点]cn", "a.cn"),
     ("a[ . ]cn", "a.cn"), ("kefu[@]a[.]cn", "kefu@a.cn"), ("a[[.]]cn", "a.cn"),
     ("a[ [.] ]cn", "a.cn"), ("http[:]//a([dot])cn", "http://a.cn")],
)  # fmt: skip
def test_the_ways_people_write_them(written: str, meant: str) -> None:
    assert armed(written) == meant


@pytest.mark.parametrize(
    "plain",
    ["https://a.cn/x?y=[1]", "http://[2001:db8::1]/", "http://[::1]:8080/", "a.cn", "www.hxxp.example", "微粒贷",
     "见附件[1]", "函数f(x)", "", "hxxp", "https://a.cn/hxxp://b.cn"],
)  # fmt: skip
def test_what_is_not_defanged_stays_as_it_is(plain: str) -> None:
    assert armed(plain) == plain


@given(st.from_regex(r"https?://[a-z0-9\-]{1,12}(\.[a-z]{2,8}){1,3}/[a-z0-9/?=&.\-]{0,20}", fullmatch=True))
def test_defanging_an_address_loses_nothing(address: str) -> None:
    assert armed(address) == address
    assert armed("hxx" + address.removeprefix("htt").replace(".", "[.]", 2)) == address


@given(st.text(st.sampled_from("[](){}.: @/ahxpo点t")) | st.text(max_size=40))
def test_what_was_armed_once_is_its_own_form(text: str) -> None:
    once = armed(text)
    assert len(once) <= len(text) + 1
    assert armed(once) == once


def test_signs_nested_deeper_than_people_do_are_read_to_a_depth() -> None:
    assert armed("a" + "[" * 9 + "." + "]" * 9 + "cn") == "a[.]cn"
