"""How a slip of a name is weighed: rows with reasons, what speaks for and against, and what no evidence outweighs."""

# ruff: noqa: E501  # rows of sentences read best in one line each

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import HUABEI, WEBANK, WEILIDAI, brand
from zhengben.core.brand import Brand
from zhengben.names import tables
from zhengben.names.align import align, damaged, swapped
from zhengben.names.api import find_names, pack
from zhengben.names.finance import finance_begins, wallets
from zhengben.names.found import Found
from zhengben.names.rules import accept, ruled
from zhengben.names.said import runs_around
from zhengben.names.text_batch import find_in_lines
from zhengben.names.view import tokens
from zhengben.names.weights import (
    _APART,
    LEAST_SAID,
    LITTLE_SAID,
    MOST_SAID,
    ROWS,
    amounts,
    evidence,
    outweighs,
    thresholds,
    vetoed,
    weights,
)

BANK = brand("hechuan", "禾川银行", siblings=("禾川租赁",))
LOAN = brand("tanxi", "檀溪贷", keywords=("强开",))
INSURER = brand("junheng", "筠衡保险")
SHORT = brand("beidou", "贝兜", siblings=("贝兜优选",))
EVERY = (WEILIDAI, WEBANK, HUABEI, BANK, LOAN, INSURER, SHORT)
KNOWN = pack(EVERY)


def reading(text: str, name: str, of: Brand) -> Found:
    """Lay a brand's name over a text where `name` stands in it."""
    term = pack((of,)).terms[0]
    row = tokens(text)
    at = next(k for k, token in enumerate(row) if token.start == text.index(name))
    path = align(row, at, term) or swapped(row, at, term) or damaged(row, at, term)
    assert path is not None
    return Found(text, row, path, term)


def test_every_row_has_a_weight_and_a_reason_and_every_weight_a_row() -> None:
    table = tables.evidence()["row"]
    rows = [row["name"] for row in table]
    apart = {f"{group} {name}" for group, names in _APART.items() for name in names}
    assert len(rows) == len(set(rows))
    assert set(rows) <= ROWS.keys() | apart | {"across_unspoken"}
    assert all(len(row["why"]) > 10 for row in table)
    assert all(abs(row["weight"]) < 15 for row in table if row["name"] != "always")


def test_strict_asks_for_more_than_balanced_and_strict_for_more_than_even_odds() -> None:
    told = thresholds()
    assert told.keys() == {"strict", "balanced", "two strict", "two balanced"}
    assert told["strict"] > told["balanced"] >= 0
    assert told["two strict"] > told["two balanced"] >= 0


@pytest.mark.parametrize(
    ("speaks_for", "speaks_against"),
    [
        ("loans", "far_sound"),
        ("wallet", "across"),
        ("finance", "hardly_alike"),
        ("surprise_middle", "mixed"),
        ("dossier_word", "another_character"),
    ],
)
def test_weights_have_the_sign_that_reason_gives_them(speaks_for: str, speaks_against: str) -> None:
    assert weights()[speaks_for] > 0 > weights()[speaks_against]


def test_the_bits_of_a_hit_can_be_told_row_by_row_the_heaviest_first() -> None:
    found = reading("我的薇立贷账单还没还清", "薇", WEILIDAI)
    told = evidence(found)
    sizes = [abs(bits) for bits in told.values()]
    assert sizes == sorted(sizes, reverse=True)
    assert {"always", "loans", "finance_next", "several", "surprise_low"} <= told.keys()
    assert told["always"] == weights()["always"]


def amount_of(row: str, text: str, name: str, of: Brand) -> float:
    """Give the amount of one row in a reading."""
    return amounts(reading(text, name, of)).get(row, 0)


@pytest.mark.parametrize(
    ("row", "text", "name", "of", "amount"),
    [
        ("same_tone", "薇粒贷", "薇", WEILIDAI, 1), ("same_sound", "未粒贷", "未", WEILIDAI, 1), ("near_sound", "军粒贷", "军", brand("q", "晋粒贷"), 0),
        ("sure_characters", "薇粒贷", "薇", WEILIDAI, 2), ("several", "薇立贷", "薇", WEILIDAI, 1), ("several", "薇粒贷", "薇", WEILIDAI, 0),
        ("two", "花贝", "花", HUABEI, 1), ("two", "薇粒贷", "薇", WEILIDAI, 0), ("long", "禾穿银行", "禾", BANK, 1), ("long", "薇粒贷", "薇", WEILIDAI, 0),
        ("all", "薇立代", "薇", WEILIDAI, 1), ("all", "薇粒代", "薇", WEILIDAI, 0), ("wallet", "支付宝花贝", "花", HUABEI, 1), ("wallet", "花贝", "花", HUABEI, 0),
        ("sister", "贝斗和贝兜优选", "贝", SHORT, 1), ("sister", "贝斗", "贝", SHORT, 0), ("dossier_word", "谭溪贷强开", "谭", LOAN, 1), ("dossier_word", "谭溪贷", "谭", LOAN, 0),
        ("head", "薇粒贷好", "薇", WEILIDAI, 1), ("head", "好薇粒贷", "薇", WEILIDAI, 0), ("tail", "好薇粒贷", "薇", WEILIDAI, 1), ("tail", "薇粒贷好", "薇", WEILIDAI, 0),
        ("object", "用薇粒贷", "薇", WEILIDAI, 1), ("object", "好薇粒贷", "薇", WEILIDAI, 0), ("object", "薇粒贷", "薇", WEILIDAI, 0), ("goes_on", "薇粒贷的", "薇", WEILIDAI, 1), ("goes_on", "薇粒贷", "薇", WEILIDAI, 0),
        ("finance_next", "薇粒贷账单", "薇", WEILIDAI, 1), ("finance_next", "薇粒贷好账单", "薇", WEILIDAI, 0), ("words_of_finance", "薇粒贷账单利息密码客服余额", "薇", WEILIDAI, 4), ("words_of_loans", "薇粒贷账单利息逾期征信额度", "薇", WEILIDAI, 3),
        ("across", "薇粒带给", "薇", WEILIDAI, 1), ("across", "薇粒贷", "薇", WEILIDAI, 0), ("turned", "众微银行", "众", WEBANK, 2),
    ],
)  # fmt: skip
def test_what_each_row_counts(row: str, text: str, name: str, of: Brand, amount: float) -> None:
    assert amount_of(row, text, name, of) == amount


def test_what_is_said_around_a_name_tells_a_credit_from_a_shell_within_bounds() -> None:
    credit, shell = "花贝逾期三天了想协商分期还款，额度还能恢复吗", "海鲜市场的花贝多少钱一斤，好不好吃"
    assert amount_of("said", credit, "花", HUABEI) > LITTLE_SAID > 0 > amount_of("said", shell, "花", HUABEI)
    assert amount_of("said", shell, "花", HUABEI) >= LEAST_SAID
    assert amount_of("said", credit * 9, "花", HUABEI) <= MOST_SAID
    assert amount_of("said_little", credit, "花", HUABEI) == LITTLE_SAID


def test_what_is_said_are_runs_of_chinese_characters_and_what_stands_close_up() -> None:
    assert runs_around("还 清了a花贝吗", 5, 7) == {"还", "清", "了", "清了", "吗", "<a", "<了a", "<清了a", ">吗"}
    assert runs_around("花貝", 0, 2) == set()
    assert all(len(run.lstrip("<>")) <= 3 and abs(bits) < 10 for run, bits in tables.said().items())


@pytest.mark.parametrize(
    ("text", "name", "of"),
    [
        ("微利贷的利息", "微", WEILIDAI), ("花被子的账单支付宝付款", "花", HUABEI), ("花贝好看", "花", HUABEI), ("华贝好看手机", "华", HUABEI), ("威利代好看", "威", WEILIDAI), ("微粒贷额度", "微", WEILIDAI),
        ("微·立贷额度", "微", WEILIDAI), ("筠衡保险丝", "筠", INSURER), ("华北的额度利息", "华", HUABEI), ("花贝传媒的账单", "花", HUABEI), ("众微银行的额度", "众", WEBANK),
        ("还被催收逾期", "还", brand("hb", "还呗")),
    ],
)  # fmt: skip
def test_what_no_evidence_outweighs(text: str, name: str, of: Brand) -> None:
    found = reading(text, name, of)
    assert vetoed(found)
    assert not outweighs(found, "strict")
    assert not outweighs(found, "wide")


@pytest.mark.parametrize(
    ("text", "name", "of"),
    [
        ("贝豆付款老是失败，客服说审核", "贝豆", SHORT),
        ("用花被交的电费，账单下个月再还，支付宝能分期吗", "花被", HUABEI),
    ],
)
def test_a_slip_counts_by_what_speaks_for_it_where_no_rule_knows_it(text: str, name: str, of: Brand) -> None:
    found = reading(text, name, of)
    assert not ruled(found, "strict")
    assert outweighs(found, "strict")
    assert accept(found, "strict")


def test_a_common_word_is_the_name_only_where_its_house_or_a_credit_is_told_of_beside_loans() -> None:
    texts = [
        "百合花被两轮，旁边贴着本期账单",
        "花被两轮，账单下个月再还，支付宝能分期吗",
        "用花被交的电费，账单下个月再还",
    ]
    assert [vetoed(reading(text, "花被", HUABEI)) for text in texts] == [True, False, False]


def test_a_word_hardly_anybody_says_may_stand_for_the_own_part_before_a_trade() -> None:
    assert not vetoed(reading("禾穿银行的卡丢了怎么挂失", "禾", BANK))
    assert vetoed(reading("河床银行的卡丢了怎么挂失", "河", BANK))


def test_what_words_of_loans_say_behind_a_pair_of_guesses_is_not_said_twice() -> None:
    assert vetoed(reading("华备逾期", "华备", HUABEI))
    assert not vetoed(reading("能刷华备吗，分期要利息不", "华备", HUABEI))


def test_another_product_of_the_house_is_a_witness() -> None:
    assert not vetoed(reading("界呗和花呗能一起吗", "界呗", brand("jiebei", "借呗", siblings=("花呗",))))
    assert vetoed(reading("界呗和白菜能一起吗", "界呗", brand("jiebei", "借呗", siblings=("花呗",))))


def test_what_is_said_of_credits_is_as_good_a_witness_as_a_word_of_finance() -> None:
    assert not vetoed(reading("画贝被关了，什么时候能开，账单怎么看", "画贝", HUABEI))
    assert not vetoed(reading("花备被关了还能再开吗", "花备", HUABEI))
    assert vetoed(reading("画贝什么时候去海边", "画贝", HUABEI))
    assert find_names("被关了的花备还能再开吗", KNOWN, "strict")
    assert not find_names("海边捡的花备还能再要吗", KNOWN, "strict")


def test_a_person_is_told_from_a_name() -> None:
    assert amount_of("given_name", "花蓓账单", "花蓓", HUABEI) == 1
    assert amount_of("given_name", "花被账单", "花被", HUABEI) == 0
    assert amount_of("person", "花蓓同学交了报告", "花蓓", HUABEI) == 1
    assert amount_of("person", "花蓓账单", "花蓓", HUABEI) == 0


@pytest.mark.parametrize(
    "text",
    [
        "谭西代的利息比银行高，逾期三天就打电话催收", "支付宝里的花背账单怎么又多了", "我在威立代借了五千还没还清，征信会不会花", "贝豆钱包的余额提现不了，客服说审核中",
        "禾串银行的信用卡账单几号出", "薇利贷提前还款收手续费吗", "坛溪贷的客服电话打不通，额度也冻结了",
    ],
)  # fmt: skip
def test_customers_slips_are_found_in_strict_mode(text: str) -> None:
    hits = find_names(text, KNOWN, "strict")
    assert hits
    assert [hit for _, hit in find_in_lines([text], KNOWN, "strict")] == list(hits)


@pytest.mark.parametrize(
    "text",
    [
        "花被子晒在院子里，账单夹在书里", "河川银杏黄了，行人都在拍照", "弹性工作制下的借款合同", "他为立代表大会的规矩花了三年", "北斗导航的手机客户端升级了",
        "叹息带着雨声，银行早已关门", "微粒带电以后会偏转，实验报告周五交", "背兜里装着两斤土豆去赶集", "围里带孩子的老人都认识她", "画贝壳的小朋友得了第一名，学费三千",
        "均衡保险起见再买一份意外险", "我还被银行催着填表", "小微企业贷的利率下调了", "快递里的被子花色不对，申请退款", "唯利是图，代价是征信全毁",
    ],
)  # fmt: skip
@pytest.mark.parametrize("mode", ["strict", "balanced"])
def test_what_other_people_write_is_no_slip(text: str, mode: str) -> None:
    assert find_names(text, KNOWN, mode) == ()


@given(
    st.sampled_from(["薇", "为", "未", "威"]),
    st.sampled_from(["力", "利", "立", "里"]),
    st.sampled_from(["贷", "代", "袋"]),
)
def test_what_strict_mode_takes_balanced_takes_too(one: str, two: str, three: str) -> None:
    found = reading(f"我的{one}{two}{three}账单逾期了", one, WEILIDAI)
    assert not outweighs(found, "strict") or outweighs(found, "balanced")
    assert outweighs(found, "balanced") is outweighs(found, "wide")


@given(st.sampled_from(["额度", "逾期", "征信", "利息"]))
def test_one_more_word_of_loans_never_speaks_against_a_name(word: str) -> None:
    bare, spoken = (
        sum(evidence(reading(text, "薇", WEILIDAI)).values())
        for text in ("我的薇立贷呢账单", f"我的薇立贷呢账单{word}")
    )
    assert spoken >= bare


def test_wallets_are_named_with_their_source_and_a_word_of_money_begins_where_it_begins() -> None:
    assert "支付宝" in wallets()
    assert all(len(name) > 1 for name in wallets())
    assert finance_begins("花被额度", 2)
    assert not finance_begins("花被额度", 1)
    assert not finance_begins("花被", 2)
