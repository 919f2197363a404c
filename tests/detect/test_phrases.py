"""The phrases as data: each compiles, reads what its name says, and is quick on whatever a hostile text repeats."""

import time

import pytest

from zhengben.detect.lexicon import names, phrases
from zhengben.detect.masked import BRAND, OPEN, PUBLIC, REACH, mask
from zhengben.detect.open_sites import of_others

TABLES = ("acts", "scopes", "stances")
REPEATED = ("1", " ", "\n", "您的", "转1 ", "微", f"{BRAND}客服", "费", "—", "your fee ")
LONG = 20_000
QUICK = 1.0  # seconds of CPU; one walk of such a text takes milliseconds, a walk from each of its characters a minute

READS = (
    ("acts", "fee", "请先缴纳手续费", "不收手续费"),
    ("acts", "fee", "需支付5%的认证金", "支付水电费"),
    ("acts", "fee", "补交流水6000元证明还款能力", "流水线"),
    ("acts", "fee", "please pay the release fee of 900", "free of charge"),
    ("acts", "secret", "把验证码念给我", "收到验证码短信"),
    ("acts", "secret", "打开屏幕共享", "共享单车"),
    ("acts", "secret", "please share the otp", "share this article"),
    ("acts", "transfer", "把钱转到安全账户", "转发给朋友"),
    ("acts", "transfer", "还款账户已变更为新卡", "账户余额"),
    ("acts", "cancel", "注销您的校园贷账户", "校园招聘"),
    ("acts", "cancel", "误开通了会员服务，我帮您关闭", "开通成功"),
    ("acts", "lends", f"用{BRAND}垫付货款", f"用{BRAND}还房贷"),
    ("acts", "trade", f"代开{BRAND}", "贷款利率"),
    ("acts", "introduces", f"我是{BRAND}客服小李", f"我用{BRAND}"),
    ("acts", "introduces", f"this is {BRAND} customer service", f"i use {BRAND}"[:5]),
    ("acts", "signature", f"【{BRAND}放款中心】", f"【{BRAND}骗局】"),
    ("acts", "opens", f"{BRAND}审核员，您好", f"欠{BRAND}审核"),
    ("scopes", "denies_inside", "不会要求您转账", "请转账"),
    ("scopes", "told_inside", "让我先付699", "先付699"),
    ("stances", "news", "本报记者调查", "今天下雨"),
    ("stances", "question", "几点上班", "上班了"),
)


@pytest.mark.parametrize(("table", "name", "found", "passed"), READS)
def test_a_phrase_reads_what_its_name_says_and_no_more(table: str, name: str, found: str, passed: str) -> None:
    assert phrases(table, name).search(found)
    assert not phrases(table, name).search(passed)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("unit", REPEATED)
def test_no_phrase_walks_a_hostile_text_from_each_of_its_characters(table: str, unit: str) -> None:
    text = unit * (LONG // len(unit))
    for name in names(table):
        began = time.process_time()
        for count, _ in enumerate(phrases(table, name).finditer(text)):
            if count >= 40:
                break
        assert time.process_time() - began < QUICK, name


def test_a_phrase_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        phrases("acts", "nothing_of_the_kind")


def test_the_four_marks_are_four() -> None:
    assert len({BRAND, REACH, PUBLIC, OPEN}) == 4


@pytest.mark.parametrize(
    ("original", "read"),
    [
        ("官 方 通 道 客 服", "官方通道客服"),
        ("官方 通道", "官方 通道"),
        ("a b c d e f g", "a b c d e f g"),
        ("强.开-额*度", "强开额度"),
        ("3.5%的利率", "3.5%的利率"),
        ("💰强💥开", "强开"),
    ],
)
def test_what_decorates_is_passed_over(original: str, read: str) -> None:
    assert mask(original, ()).text == read


def test_every_character_read_points_back_at_its_place() -> None:
    original = "微 粒 贷 官 方 ，强.开"
    masked = mask(original, ((0, 5, BRAND),))
    for at in range(len(masked.text)):
        start, end = masked.span(at, at + 1)
        assert 0 <= start < end <= len(original)
    assert list(masked.starts) == sorted(masked.starts)


@pytest.mark.parametrize("host", ["www.zhihu.com", "mp.weixin.qq.com", "apps.apple.com", "ZHIHU.com"])
def test_a_site_of_others_is_open(host: str) -> None:
    assert of_others(host)


@pytest.mark.parametrize("host", ["zhihu.com.evil.top", "notzhihu.com", "docs.qq.com", "qm.qq.com", ""])
def test_an_imitation_or_a_place_for_forms_is_not(host: str) -> None:
    assert not of_others(host)
