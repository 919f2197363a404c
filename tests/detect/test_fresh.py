"""The fresh items: no honest one is accused, and nearly every impostor is; those left to a person are named here.

Written by the one who wrote the rules; the other half of the first lot was counted before it was read.
"""

import pytest

from fresh_items import Item, accused, brands, items, seen
from zhengben.core.verdict import Label

# what a person must look at: doubtful by its words alone, or named in a way that the names room does not read
LEFT = frozenset({
    "微众银行极速贷 com.webank.wemoney 开发者：深圳市飞腾网络科技有限公司",
    "微业贷申请入口_企业贷款_免抵押",
    "微业贷企业版安装包，扫码下载，客户经理一对一",
    "微众银行贷款-额度最高50万-立即测额",
    "清屿商业银行个人信用贷-最快5分钟放款-立即申请",
    "9.9元测一测你能不能开通花呗，测完人工指导开通",
    "花呗提前还款有返现，扫这个码登录就能领",
    "您借呗有笔逾期已转法院，不想被列入失信请联系书记员 17188992233 协商",
    "wechat bank微众银行：恭喜您被评为A级客户，下载“微众优贷”客户端领取20万",
    "微众银行理财新客专享，年化12%，保本保息，群内老师带单",
    "微众银行安全控件 com.wz.safe 请先卸载杀毒软件再安装",
    "企业贷 com.qyd.loan 微业贷官方APP，法人专用",
    "小红书笔记｜花呗被关怎么恢复？我花了299找的这位老师，当天就好了！评论区置顶有她",
    "Jiebei official: complete your loan by paying the insurance fee of 1,500 first. Agent line +63 917 555 0199",
})  # fmt: skip
LOTS = ("", "_more", "_third", "_fourth")
HONEST = [item for lot in LOTS for item in items(f"honest{lot}")]
IMPOSTORS = [item for lot in LOTS for item in items(f"impostors{lot}")]


@pytest.mark.parametrize("item", HONEST, ids=lambda item: f"{item.kind}-{item.text[:24]}")
def test_an_honest_thing_is_not_accused(item: Item) -> None:
    assert not accused(item), [(r.code, r.weight) for r in seen(item).verdict.reasons]


@pytest.mark.parametrize(
    "item", [i for i in IMPOSTORS if i.text not in LEFT], ids=lambda item: f"{item.kind}-{item.text[:24]}"
)
def test_an_impostor_is_accused_in_its_brands_name(item: Item) -> None:
    look = seen(item)
    assert item.brand in {verdict.brand for verdict in (look.verdict, *look.verdicts) if verdict.accuses}


def test_what_is_left_to_a_person_is_written_among_the_items() -> None:
    assert {item.text for item in IMPOSTORS} >= LEFT


@pytest.mark.parametrize("item", [i for i in IMPOSTORS if i.text in LEFT], ids=lambda item: item.text[:24])
def test_what_is_not_accused_is_never_called_official(item: Item) -> None:
    assert seen(item).verdict.label in {Label.LOOKALIKE, Label.MENTION, Label.UNRELATED}


def test_both_halves_hold_enough_to_count() -> None:
    for name in ("honest", "impostors"):
        held = [item.held for item in items(name)]
        assert len(held) >= 150
        assert 0.4 < sum(held) / len(held) < 0.6


def test_every_item_is_of_a_brand_that_is_loaded() -> None:
    assert {item.brand for item in (*HONEST, *IMPOSTORS)} <= {*(brand.id for brand in brands()), "-"}
