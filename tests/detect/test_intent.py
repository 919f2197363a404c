"""The intent of a text in one word, with and without the contacts a finder gave."""

import pytest

from zhengben.core.brand import Brand
from zhengben.detect.intent import INTENTS, intent
from zhengben.detect.reading import leading, reading_of
from zhengben.examine.indicators import find_contacts
from zhengben.names.api import find_names, pack

CASES = [
    ("下载微粒贷APP http://wl8.top/a", "impersonation"),
    ("您的微粒贷额度即将失效，请点击 http://wl8.top/a", "impersonation"),
    ("微粒贷活动，最高30万秒到账，详情 http://wl8.top/a", "impersonation"),
    ("代开微粒贷，加微信 wl88996", "scam"),
    ("微粒贷开通 88元一次 私聊", "scam"),
    ("谨防假冒微粒贷客服，不要转账，那是诈骗", "warning"),
    ("据记者了解，微众银行发布公告，微粒贷年报数据增长", "news"),
    ("投诉微粒贷，客服态度差，还我钱", "complaint"),
    ("微粒贷怎么还款？", "question"),
    ("微粒贷额度由系统综合评估，受邀开通", "promotion"),
    ("微粒贷与借呗对比，各有优缺点", "unclear"),
    ("昨天还了微粒贷", "unclear"),
    ("明天开会", "unclear"),
]


@pytest.mark.parametrize(("text", "word"), CASES)
@pytest.mark.parametrize("given", [True, False])
def test_the_word(brand: Brand, text: str, word: str, given: bool) -> None:  # noqa: FBT001 - a parameter of the table
    contacts = find_contacts(text) if given else ()
    assert word in INTENTS
    assert intent(text, find_names(text, pack((brand,)), "balanced"), contacts) == word


def test_a_public_number_is_nobodys_bait(brand: Brand) -> None:
    text = "您的微粒贷账户异常，请致电 110"
    assert intent(text, find_names(text, pack((brand,)), "balanced"), find_contacts(text)) != "impersonation"


def test_a_text_that_takes_no_stance_has_none() -> None:
    assert leading(reading_of("微粒贷", ())) == ""


def test_what_repeats_without_end_is_read_to_a_limit() -> None:
    reading = reading_of("下载" * 500, tuple((i * 2, i * 2 + 2, "\ue000") for i in range(1, 400, 2)))
    assert len(reading.acts["app_offer"]) <= 40
