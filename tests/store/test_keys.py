"""Keys of targets: the same thing meets itself, and no hostile address is too odd to have a key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.lead import KINDS
from zhengben.store.keys import LONGEST, case_key, host_of, target_key

ODD = (
    "http://[::1",
    "http://[",
    "http://a:b:c/",
    "http://",
    "http://x:99999999/",
    "//",
    "https://\x00/",
    "http://[v1]/",
)


@given(st.sampled_from(sorted(KINDS)), st.one_of(st.text(max_size=60), st.sampled_from(ODD)), st.booleans())
def test_every_text_has_keys(kind: str, locator: str, accused: bool) -> None:  # noqa: FBT001 -- hypothesis fills it
    assert target_key(kind, locator) == target_key(kind, locator)
    assert len(case_key(kind, locator, host_accused=accused)) <= LONGEST + 20
    assert host_of(kind, locator) == host_of(kind, locator).strip()


def test_addresses_without_a_host_are_not_one_impostor() -> None:
    assert len({case_key("url", odd, host_accused=True) for odd in ODD}) == len(ODD)
    assert case_key("url", "http://[::1", host_accused=False) == "url:http://[::1"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://Wei1idai.cn:443/app#top", "https://wei1idai.cn/app"),
        ("http://微粒贷.cn:8080?a=1", "http://xn--g5t065dinl.cn:8080/?a=1"),
        ("http://[::1", "http://[::1"),
        ("weixin://dl/chat", "weixin://dl/chat"),
    ],
)
def test_an_address_is_remembered_in_one_form(url: str, key: str) -> None:
    assert target_key("url", url) == key


def test_one_site_is_one_impostor_where_its_name_deceives() -> None:
    pages = ("https://wei1idai.cn/a", "http://wei1idai.cn/b?x=1", "https://WEI1IDAI.cn/")
    assert {case_key("url", page, host_accused=True) for page in pages} == {"web:wei1idai.cn"}
    assert [case_key("url", page, host_accused=False) for page in pages] == [
        "web:wei1idai.cn/a",
        "web:wei1idai.cn/b",
        "web:wei1idai.cn",
    ]
    assert case_key("domain", "WEI1IDAI.cn.", host_accused=False) == "web:wei1idai.cn"


def test_numbers_are_one_however_they_are_written() -> None:
    written = ("13800138000", "+86 138-0013-8000", "0086 13800138000", "138 0013 8000", "１３８００１３８０００")
    assert {target_key("phone", number) for number in written} == {"13800138000"}
    assert target_key("phone", "86-95384") == "8695384"
    assert target_key("phone", "客服") == "客服"


def test_a_long_locator_is_cut_and_stays_its_own() -> None:
    long = "https://a.example/" + "x" * 5000
    assert len(target_key("url", long)) <= LONGEST
    assert target_key("url", long) != target_key("url", long + "y")


def test_a_host_that_is_no_name_is_kept_as_it_is() -> None:
    bad = "a" * 80 + "微.cn"  # a label longer than the encoding allows
    assert target_key("domain", bad) == bad
    assert host_of("text", "weilidai.cn") == ""
    assert host_of("url", "https://Wei1idai.CN./x") == "wei1idai.cn"
