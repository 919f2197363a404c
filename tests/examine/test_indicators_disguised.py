"""Contacts as they are written past a filter, and ordinary words and figures that look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.examine.indicators import MAX_CONTACTS, find_contacts

FOUND = (
    ("phone", "13912340087", "电话 幺三九 幺二三四 洞洞八拐"),
    ("phone", "13912340087", "139_1234_0087 加我"),
    ("phone", "13912340087", "手机139丶1234丶0087"),
    ("phone", "4000218890", "客服 400-021-8890"),
    ("phone", "4000218890", "客服：4 0 0 - 0 2 1 - 8 8 9 0"),
    ("phone", "075583321906", "（0755）83321906"),
    ("qq", "2917736041", "q_q 2917736041"),
    ("qq", "2917736041", "扣：2917736041"),
    ("qq", "2917736041", "扣2917736041"),
    ("qq", "2917736041", "Q-Q号 29 17 73 60 41"),
    ("wechat", "dk-zs888", "企微 dk-zs888"),
    ("wechat", "wldk2026", "微亻言：wldk2026"),
    ("wechat", "wldk2026", "维信 wldk2026"),
    ("wechat", "wldk2026", "WeChat ID: wldk2026"),
    ("wechat", "wldk2026", "有需要的 v wldk2026"),
    ("wechat", "wldk2026", "Ⓥ：wldk2026"),
    ("telegram", "fastloan88", "电报 @fastloan88"),
    ("domain", "wld-dk.top", "wld-dk丶top"),
    ("domain", "wld-dk.top", "ｗｌｄ－ｄｋ．ｔｏｐ"),
    ("domain", "xn--0kwr83e.cn", "直接访问 贷款.cn"),
    ("url", "http://wld-dk.top/a", "hxxp://wld-dk[.]top/a"),
)
NONE = (
    "扣子掉了三颗", "扣除2000元个税", "山洞里拐了三个弯，勾住了绳子", "版本 v 3.2.1", "企微群通知：明天开会",
    "维信纳公司招聘", "v 领毛衣", "他扣了2分", "第 400 期，共 0218 页", "2026_11_22 日报", "丶字的写法",
    "电报大楼 1958 年建成", "飞机晚点 2 小时", "加微信好友送雨伞", "微亻言旁的字有哪些", "洞洞鞋打八折", "拐杖糖七元",
)  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "text"), FOUND)
def test_a_disguised_contact_is_found_and_points_at_itself(kind: str, value: str, text: str) -> None:
    found = [c for c in find_contacts(text) if (c.kind, c.value) == (kind, value)]
    assert len(found) == 1
    assert text[found[0].start : found[0].end] == found[0].raw


@pytest.mark.parametrize("text", NONE)
def test_ordinary_words_and_figures_hold_none(text: str) -> None:
    assert find_contacts(text) == ()


@given(st.text(alphabet="微信扣v洞拐幺139丶_.。: \n贷款a0点", max_size=60))
def test_whatever_is_written_spans_are_in_order_and_point_at_what_they_say(text: str) -> None:
    found = find_contacts(text)
    assert len(found) <= MAX_CONTACTS
    assert [c.start for c in found] == sorted(c.start for c in found)
    assert all(text[c.start : c.end] == c.raw for c in found)
