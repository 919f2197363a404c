"""Advertisements and search results: the brand's own, those that inform, and those that lure under its name."""

import pytest

from fresh_items import brands
from zhengben.core.verdict import Label, Verdict
from zhengben.detect.title_words import informs
from zhengben.flow.look import look


def judged(line: str) -> Verdict:
    return look(line, brands(), kind="search_ad").verdict


@pytest.mark.parametrize("line", [
    "微众银行-官方网站 www.webank.com 存款贷款理财 安全便捷", "微众银行App下载-官方正版 webank.com",
    "微业贷官网-微众银行企业贷款 webank.com 在线申请 额度最高500万", "微众银行招聘 校园招聘 hr.webank.com",
])  # fmt: skip
def test_the_brands_own_advertisement_is_for_a_person_and_says_what_was_not_seen(line: str) -> None:
    verdict = judged(line)
    assert verdict.label in {Label.UNKNOWN, Label.LOOKALIKE}
    assert "search_ad.identifier" in verdict.coverage.missing


@pytest.mark.parametrize("line", [
    "微众银行-官方网站 www.webank.com 存款贷款理财 客服13800138000",
    "微众银行-官方网站 www.webank.com www.webank-dk.cn 存款贷款理财 极速放款",
    "微业贷官网 在线申请 秒到账 加微信 wyd88996",
])  # fmt: skip
def test_an_address_of_the_brands_does_not_launder_another_way_to_be_reached(line: str) -> None:
    assert judged(line).accuses


@pytest.mark.parametrize("line", [
    "贷款计算器 房贷 微粒贷 花呗 利率一键算 jisuan.example.com", "微粒贷 花呗 借呗 哪个好 对比 bijiao.example.com",
    "微粒贷是什么 2026最新利率解读 zhishi.example", "花呗和信用卡的区别 caijing.example",
])  # fmt: skip
def test_what_compares_counts_or_explains_is_not_accused(line: str) -> None:
    assert judged(line).label in {Label.MENTION, Label.UNRELATED}


@pytest.mark.parametrize("line", [
    "微粒贷 借呗 哪个好？立即测额 秒放款 dk.example.com", "微粒贷计算器-官方入口 极速申请 wld.example.com",
])  # fmt: skip
def test_a_comparison_that_takes_applications_is_an_advertisement(line: str) -> None:
    assert not informs(line)
    assert judged(line).label not in {Label.MENTION, Label.UNRELATED, Label.OFFICIAL}


@pytest.mark.parametrize("site", ["weixin.qq.com", "www.tmall.com", "m.jd.com", "alipay.com"])
def test_an_advertisement_that_shows_a_platforms_front_waits_for_somebody_to_click(site: str) -> None:
    found = judged(f"微粒贷官方入口 广告 {site}")
    assert not found.accuses
    assert found.coverage.missing == ("search_ad.identifier",)


@pytest.mark.parametrize(
    "line",
    ["微粒贷官方入口 广告 weixin.qq.com.evil.top", "微粒贷官方入口 广告 someshop.tmall.com",
     "微粒贷官方入口 400-800-1234 weixin.qq.com",
     "微粒贷官方入口 广告 wld-dk.top weixin.qq.com"],
)  # fmt: skip
def test_a_platforms_name_in_an_address_or_beside_another_way_clears_nothing(line: str) -> None:
    assert judged(line).accuses
