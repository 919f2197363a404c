"""What stands before and behind a name: a credit is asked for, any thing, or nothing; and persons, and wallets."""

# ruff: noqa: E501  # rows of sentences read best in one line each

import pytest

from names.kit import HUABEI, JIEBEI, WEILIDAI, brand
from zhengben.names import tables
from zhengben.names.api import find_names, pack
from zhengben.names.frames import CREDIT, THING, framed_before, framed_behind, in_a_wallet, of_a_person

BANK = brand("qinyue", "沁月银行")
PAYS = brand("tangli", "棠付", aliases=("棠付钱包",))
LOAN = brand("luqi", "鹿栖贷")
KNOWN = pack((HUABEI, JIEBEI, WEILIDAI, BANK, PAYS, LOAN))


@pytest.mark.parametrize(
    ("before", "degree"),
    [
        ("上个月欠了", CREDIT), ("把钱都刷", CREDIT), ("我妈想关掉那个", CREDIT), ("支付宝里的", CREDIT), ("这家店只收", CREDIT),
        ("我听说", THING), ("这个", THING), ("院子里开满了黄", 0), ("", 0),
    ],
)  # fmt: skip
def test_what_stands_before_asks_for_a_credit_or_for_any_thing(before: str, degree: int) -> None:
    assert framed_before(before + "甲乙", len(before)) == degree


@pytest.mark.parametrize(
    ("behind", "degree"),
    [
        ("怎么提前还", CREDIT), ("这个月要还八百", CREDIT), ("能不能延期", CREDIT), ("分二十四期", CREDIT), ("一直催我", CREDIT),
        ("的额度没了", CREDIT), ("是什么", THING), ("到底靠谱吗", THING), ("丛生的山坡", 0), ("", 0),
    ],
)  # fmt: skip
def test_what_stands_behind_is_said_of_a_credit_or_of_any_thing(behind: str, degree: int) -> None:
    assert framed_behind("甲乙" + behind, 2) == degree


def test_every_list_of_the_table_has_a_source_and_no_word_twice() -> None:
    table = tables.frames()
    assert all(group["source"] for group in table.values())
    lists = [words for group in table.values() for words in group.values() if isinstance(words, list)]
    assert all(len(words) == len(set(words)) for words in lists)


def test_a_credit_is_in_a_wallet_only_where_that_is_said() -> None:
    assert in_a_wallet("微信里面的微利贷", 5)
    assert not in_a_wallet("加微信微利贷", 3)


def test_a_generic_name_is_a_slip_where_it_is_said_to_be_in_a_wallet() -> None:
    assert [hit.matched for hit in find_names("微信支付里的微利贷还不上了会怎样", KNOWN, "strict")] == ["微利贷"]
    assert not find_names("合作社帮社员申请微利贷还不上会怎样", KNOWN, "strict")


@pytest.mark.parametrize(("text", "person"), [("花蓓老师", True), ("歌手花蓓", True), ("花蓓还款", False)])
def test_persons_are_told_by_forms_of_address(text: str, person: bool) -> None:  # noqa: FBT001  # a table
    start = text.index("花")
    assert of_a_person(text, start, start + 2) is person


@pytest.mark.parametrize(
    "text",
    [
        "药店刷花背能分期吗", "我上个月花钡欠了两千", "用花贝买的耳机能退吗", "关掉花倍以后还能再开吗", "接贝逾期三天了，上征信吗",
        "为啥别人的花背能分二十四期",
    ],
)  # fmt: skip
def test_slips_of_short_names_are_found_where_a_credit_is_spoken_of(text: str) -> None:
    assert len(find_names(text, KNOWN, "strict")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "园子里的花背着风开", "花贝多少钱一斤", "六月银行对账单寄来了", "喷漆用的微粒袋要防潮", "买完甜海棠付了钱就走", "鹿栖带着幼崽过河",
        "Jie Bei同学拿了奖", "未立贷款合同前不交钱", "我家花背上有三道纹", "姐贝壳捡了不少",
    ],
)  # fmt: skip
def test_what_reads_as_words_or_persons_is_no_slip(text: str) -> None:
    assert not find_names(text, KNOWN, "strict")


def test_a_word_of_grammar_for_the_trade_needs_loans_beside_it() -> None:
    assert not find_names("小微粒的检测要申请客户账号", KNOWN, "strict")
    assert find_names("我在微粒大借的钱到底什么时候扣", KNOWN, "strict")


def test_part_of_a_character_stands_for_it_where_all_around_is_sure() -> None:
    assert [
        hit.expected for hit in find_names("沁丘银行三年定期多少利", pack((brand("q", "沁岳银行"),)), "strict")
    ] == ["沁岳银行"]
    assert not find_names("沁水银行三年定期多少利", pack((brand("q", "沁岳银行"),)), "strict")
