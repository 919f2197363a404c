"""Contacts are found however they are disguised, at their place in the original, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.examine.indicators import MAX_CONTACTS, contact_kinds, find_contacts

DISGUISED = [
    ("phone", "13728190034", "电话13728190034"),
    ("phone", "13728190034", "请拨１３７２８１９００３４"),
    ("phone", "13728190034", "137-2819-0034 随时"),
    ("phone", "13728190034", "137 2819 0034"),
    ("phone", "13728190034", "一三七二八一九零零三四"),
    ("phone", "13728190034", "壹叁柒贰捌壹玖零零叁肆"),
    ("phone", "13728190034", "①③⑦②⑧①⑨⓪⓪③④"),
    ("phone", "13728190034", "❶❸❼❷❽❶❾⓿⓿❸❹"),
    ("phone", "13728190034", "1️⃣3️⃣7️⃣2️⃣8️⃣1️⃣9️⃣0️⃣0️⃣3️⃣4️⃣"),
    ("phone", "13728190034", "137❤2819❤0034"),
    ("phone", "13728190034", "1372819OO34"),
    ("phone", "13728190034", "13l2819OO34".replace("l", "7")),
    ("phone", "13728190034", "+86 137 2819 0034"),
    ("phone", "13728190034", "1\u200b3\u200b7\u200b2\u200b8\u200b1\u200b9\u200b0\u200b0\u200b3\u200b4"),
    ("phone", "075586013388", "总机0755-86013388"),
    ("phone", "4006612298", "400-661-2298"),
    ("phone", "95384", "客服95384"),
    ("phone", "+85261234567", "致电 +852 6123 4567"),
    ("qq", "2831907756", "QQ:2831907756"),
    ("qq", "2831907756", "扣扣2831907756"),
    ("qq", "2831907756", "企鹅号：2831907756"),
    ("qq", "2831907756", "加Q 283 190 7756"),
    ("qq", "2831907756", "秋秋：二八三一九零七七五六"),
    ("qq", "2831907756", "🐧2831907756"),
    ("qq", "2831907756", "2831907756@qq.com"),
    ("qq", "38291045", "在线客服 38291045"),
    ("wechat", "wl88996", "微信wl88996"),
    ("wechat", "wl88996", "薇信：wl88996"),
    ("wechat", "wl88996", "加V：wl88996"),
    ("wechat", "wl88996", "V❤ wl88996"),
    ("wechat", "wl88996", "威芯 wl88996"),
    ("wechat", "wl88996", "卫星wl88996"),
    ("wechat", "wl88996", "ｖｘ：ｗｌ８８９９６"),
    ("wechat", "wl88996", "➕微 wl88996"),
    ("wechat", "wl88996", "w x : w l 8 8 9 9 6"),
    ("wechat", "wl88996", "加我 wl88996"),
    ("wechat", "13728190034", "微信同号13728190034".replace("同号", "：")),
    ("wechat", "13728190034", "13728190034（微信同号）"),
    ("telegram", "wld_vip8", "飞机 @wld_vip8"),
    ("telegram", "open_17bot", "发给机器人 @open_17bot，十分钟"),
    ("qq", "1570263984", "群号：1570263984 成员 2.4万"),
    ("telegram", "wld_vip8", "t.me/wld_vip8"),
    ("telegram", "wld_vip8", "TG：wld_vip8"),
    ("domain", "wldapp.vip", "登录wldapp.vip即可"),
    ("domain", "wldapp.vip", "wldapp点vip"),
    ("domain", "wldapp.vip", "wldapp。vip"),
    ("domain", "wldapp.vip", "w l d a p p . v i p"),
    ("domain", "wldapp.vip", "wldapp[.]vip"),
    ("domain", "xn--g5t065dinl.com", "访问微粒贷.com"),
    ("url", "http://wl-dk.top/a", "点 http://wl-dk.top/a 领取"),
    ("url", "https://t.cn/A6xYz12", "https://t.cn/A6xYz12。"),
    ("url", "http://dwz.cn/kq8Zt", "dwz.cn/kq8Zt"),
    ("url", "http://wl-dk.top/a", "hxxp://wl-dk.top/a"),
    ("card", "6222021001122334458", "收款卡号 6222 0210 0112 2334 458"),
]  # fmt: skip

GENUINE = [
    "QQ上有很多人问这个问题", "订单号123456789012345678已发货", "2026年11月22日上午10:30开会",
    "价格13800元，限时优惠", "身份证号440301199001011234仅供登记", "服务器地址192.168.100.111", "版本v2.0.1已发布",
    "用Node.js写的后端", "ASP.NET 核心", "今天3.14，明天4.20", "微信公众号搜索微众银行", "我在微信里给你发了文件",
    "企鹅是南极的动物", "下午3点cc小王一下", "人口1400000000", "截至2025年12月31日，余额5000.25万元",
    "第13届全国运动会2023", "请见附件报告.pdf和readme.md", "论文编号10.1000/182", "GB 18030-2022标准",
    "比分3:2，上座率98.5%", "坐标113.264385,23.129112", "ISBN 978-7-302-51190-7", "快递单号SF1234567890123",
    "卫星发射成功", "飞机晚点两个小时", "他的微信头像换了", "球球你别说了", "V型反转行情", "加微波炉里热一下",
    "一二三四五六七八九十", "二〇二六年十一月二十二日", "三百六十五天", "会议室301、302和303", "邮编518000",
    "车牌粤B12345", "股票代码600036", "电影时长138分钟", "一共13个人28个包", "温度零下十三度", "a.b", "e.g. this",
    "ok. so what",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "text"), DISGUISED)
def test_a_disguised_contact_is_found(kind: str, value: str, text: str) -> None:
    found = [(c.kind, c.value) for c in find_contacts(text)]
    assert (kind, value) in found


@pytest.mark.parametrize("text", GENUINE)
def test_ordinary_text_has_no_contact(text: str) -> None:
    assert find_contacts(text) == ()


@given(st.text(max_size=200))
def test_spans_point_into_the_original(text: str) -> None:
    for contact in find_contacts(text):
        assert text[contact.start : contact.end] == contact.raw
        assert 0 <= contact.start < contact.end <= len(text)


@given(st.text("一三0138 oO-加微信QQq:.@点comvip贷\u200b①", max_size=80))
def test_look_alike_text_never_breaks_a_finder(text: str) -> None:
    for contact in find_contacts(text):
        assert text[contact.start : contact.end] == contact.raw


def test_the_number_of_contacts_is_capped() -> None:
    text = " ".join(f"138{n:08d}" for n in range(MAX_CONTACTS + 200))
    assert len(find_contacts(text)) == MAX_CONTACTS


def test_the_case_of_a_path_is_kept_and_the_host_is_lowered() -> None:
    (found,) = find_contacts("HTTPS://T.CN/A6xYz")
    assert found.value == "https://t.cn/A6xYz"


def test_one_place_gives_one_contact() -> None:
    assert contact_kinds(find_contacts("微信wl88996")) == {"wechat"}
    assert contact_kinds(find_contacts("QQ 2831907756")) == {"qq"}


def test_a_mobile_number_under_a_wechat_word_is_both() -> None:
    assert contact_kinds(find_contacts("微信：13728190034")) == {"wechat", "phone"}


def test_a_wrong_check_digit_is_no_card() -> None:
    assert find_contacts("收款卡号 6222 0210 0112 2334 459") == ()
