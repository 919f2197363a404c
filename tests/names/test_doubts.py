"""What speaks for and against a reading of a name: what stands around it, what is between, what words explain it."""

# ruff: noqa: E501  # rows of sentences read best in one line each

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import brand
from zhengben.names import tables
from zhengben.names.align import align, damaged
from zhengben.names.api import find_names, pack
from zhengben.names.doubts import (
    alone,
    another_firm,
    before_trade,
    headed,
    heard,
    held_together,
    lends,
    lends_generic,
    own_is_a_word,
    own_part,
    put_in_a_word,
    said,
    verbal,
    worded,
)
from zhengben.names.finance import generic
from zhengben.names.found import Found
from zhengben.names.text_batch import find_in_lines
from zhengben.names.view import tokens

NAMES = ("微粒贷", "微众银行", "岭丰银行", "筑辰消费金融", "良佑保险", "惠帆贷", "知禾贷", "麦朵借钱")
BRANDS = tuple(brand(f"b{at}", name) for at, name in enumerate((*NAMES, "花呗", "借呗")))
ALL = pack(BRANDS)
TERMS = {term.name: term for term in ALL.terms}
LONG = [name for name in NAMES if len(name) > 3]
BESIDE = " 利息多少，逾期了怎么还"
# characters that stand in no word beside any of the names' and link nothing
PLAIN = "瑀玥昶祎骐"


def reading(text: str, name: str, *, at: int = -1) -> Found:
    """Lay a name over a text from where its first token that fits stands."""
    row = list(tokens(text))
    term = TERMS[name]
    for place in range(len(row)) if at < 0 else (at,):
        path = align(row, place, term) or damaged(row, place, term)
        if path:
            return Found(text, row, path, term)
    raise AssertionError(text)


@pytest.mark.parametrize(
    ("text", "name", "asked", "answer"),
    [
        ("岭丰银行", "岭丰银行", headed, True), ("秦岭丰银行", "岭丰银行", headed, False), ("用岭丰银行", "岭丰银行", headed, True),
        ("，岭丰银行", "岭丰银行", headed, True), ("微粒袋", "微粒贷", alone, True), ("微粒袋装的", "微粒贷", alone, False),
        ("查微粒袋", "微粒贷", alone, False), ("微立贷怎么还", "微粒贷", lends, True), ("微立贷款", "微粒贷", lends, False),
        ("微立贷方", "微粒贷", lends, False), ("微立代怎么还", "微粒贷", lends, False), ("岭丰银行", "岭丰银行", lends, False),
        ("知和贷不贷款", "知禾贷", verbal, True), ("知和贷款", "知禾贷", verbal, False), ("他知和贷了", "知禾贷", verbal, True),
        ("知和贷了", "知禾贷", verbal, False), ("知和贷", "知禾贷", verbal, False),
        ("花备传媒", "花呗", another_firm, True), ("花备还款", "花呗", another_firm, False),
        ("小微业贷", "微粒贷", None, None),
    ],
)  # fmt: skip
def test_what_stands_around_a_name(text: str, name: str, asked: object, answer: object) -> None:
    if callable(asked):
        assert asked(reading(text, name)) is answer
    else:
        with pytest.raises(AssertionError):
            reading(text, name)


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [("微众，银行", "微众银行", True), ("微，众银行", "微众银行", False), ("微众银，行", "微众银行", False), ("微众银行", "微众银行", False), ("微粒，贷", "微粒贷", False), ("筑辰消费。金融", "筑辰消费金融", True)],
)  # fmt: skip
def test_a_mark_before_the_word_of_the_trade_leaves_the_own_part_whole(text: str, name: str, *, whole: bool) -> None:
    assert before_trade(reading(text, name)) is whole


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("好分 期还款日是几号", ["好分期"]), ("好，分期还款日是几号", []), ("服务好 分期还款", []), ("京 东白条利息高不高", ["京东白条"]), ("京，东白条利息高不高", ["京东白条"]),
        ("好分小期怎么提前还", ["好分期"]), ("好分小期是什么", []), ("拍贷拍的客服", ["拍拍贷"]), ("拍贷拍得很清楚", []), ("人人 贷款利息", []),
    ],
)  # fmt: skip
def test_what_cuts_a_word_in_two_is_a_slip_even_in_a_name_of_common_characters(text: str, found: list[str]) -> None:
    known = pack(tuple(brand(f"c{at}", name) for at, name in enumerate(("好分期", "京东白条", "拍拍贷", "人人贷"))))
    assert [hit.expected for hit in find_names(text, known, "strict")] == found
    assert [hit.expected for _, hit in find_in_lines([text], known, "strict")] == found


def test_a_name_with_one_character_twice_is_read_in_another_order() -> None:
    known = pack((brand("c", "蜻蜻蜓贷"), brand("d", "粒粒贷")))
    (hit,) = find_names("蜻蜓蜻贷还款", known, "strict")
    assert (hit.expected, [c.index for c in hit.characters]) == ("蜻蜻蜓贷", [0, 2, 1, 3])
    assert [h.expected for h in find_names("粒贷粒还款日", known, "strict")] == ["粒粒贷"]
    assert find_names("粒贷粒是什么", known, "strict") == ()


def test_the_own_part_is_what_is_left_without_the_trade() -> None:
    assert [own_part(reading(name, name)) for name in ("微众银行", "微粒贷", "花呗", "筑辰消费金融")] == [2, 2, 2, 4]
    assert own_is_a_word(reading("粮油保险", "良佑保险"))
    assert not own_is_a_word(reading("岭丰银行", "岭丰银行"))


def test_who_writes_by_ear_mixes_up_one_sound_at_most() -> None:
    assert heard(reading("为重银行", "微众银行"))
    assert not heard(reading("微粒货", "微粒贷"))
    assert not heard(reading("林奋银行", "岭丰银行"))


def test_words_explain_a_match_only_where_they_cover_all_that_is_guessed() -> None:
    assert worded(reading("威力贷", "微粒贷"))
    assert not worded(reading("威力带", "微粒贷"))


def test_what_is_said_nearby_is_counted_once_a_word() -> None:
    assert said(reading("微粒贷客服，客服，密码", "微粒贷")) == 2
    assert said(reading("微粒贷", "微粒贷")) == 0


def test_a_character_put_in_is_seen_and_whether_it_makes_a_word() -> None:
    together, apart = reading("微众银瑀行", "微众银行"), reading("微众瑀银行", "微众银行")
    assert held_together(together)
    assert not held_together(apart)
    assert put_in_a_word(reading("微粒子贷", "微粒贷"))
    assert not put_in_a_word(reading("微粒瑀贷", "微粒贷"))
    assert lends_generic(reading("微粒子贷、企业贷", "微粒贷")) is False


@given(st.sampled_from(NAMES), st.data())
def test_every_name_with_a_character_put_in_is_found_beside_loans(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(name) - 1))
    put = data.draw(st.sampled_from(PLAIN))
    text = name[:at] + put + name[at:] + BESIDE
    (hit,) = find_names(text, ALL, "strict")
    assert (hit.expected, hit.kind, hit.start, hit.end) == (name, "insertion", 0, len(name) + 1)
    assert [c.index for c in hit.characters] == [k + (k >= at) for k in range(len(name))]
    assert not hit.deliberate


@given(st.sampled_from(LONG), st.data())
def test_every_longer_name_that_lost_a_character_is_found_beside_loans(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    text = name[:at] + name[at + 1 :] + BESIDE
    found = find_names(text, ALL, "strict")
    if name[:at] + name[at + 1 :] in generic():
        assert found == ()
        return
    assert {hit.brand for hit in found} == {BRANDS[NAMES.index(name)].id}
    assert all(text[hit.start : hit.end] == hit.matched for hit in found)


@given(st.sampled_from(NAMES), st.data())
def test_every_name_with_a_character_written_two_or_three_times_is_found(name: str, data: st.DataObject) -> None:
    at, times = data.draw(st.integers(0, len(name) - 1)), data.draw(st.integers(2, 3))
    text = "我的" + name[:at] + name[at] * times + name[at + 1 :] + BESIDE
    found = find_names(text, ALL, "strict")
    assert [hit.expected for hit in found] == [name]
    assert found[0].matched in text


@given(st.sampled_from(["微粒贷", "惠帆贷", "知禾贷"]), st.permutations([0, 1, 2]))
def test_a_name_of_three_in_any_order_is_found_beside_loans(name: str, order: list[int]) -> None:
    text = "".join(name[k] for k in order) + BESIDE
    (hit,) = find_names(text, ALL, "strict")
    assert hit.expected == name
    assert [text[c.index] for c in hit.characters] == list(name)
    assert {c.how for c in hit.characters if text.index(c.expected) != name.index(c.expected)} <= {"transposition"}


@given(
    st.sampled_from([name for name in LONG if len(TERMS[name].text) > 3 and name != "麦朵借钱"]),
    st.sampled_from("，、。, .|"),
)
def test_a_mark_before_the_trade_cuts_no_name(name: str, mark: str) -> None:
    own = own_part(reading(name, name))
    text = name[:own] + mark + name[own:] + "的客服"
    assert [hit.expected for hit in find_names(text, ALL, "strict")][:1] == [name]


@given(st.sampled_from(["微众银行", "岭丰银行", "良佑保险"]), st.data())
def test_a_whole_name_heard_wrong_is_found_beside_loans(name: str, data: st.DataObject) -> None:
    """Every character another of the same syllable: such as stand in no word, for words would explain the match."""
    in_words = frozenset("".join(tables.words()))
    chars = []
    for k in range(len(name)):
        ways = TERMS[name].positions[k].items()
        same = [sign for sign, way in ways if way.how == "homophone" and way.cost <= 35 and sign not in in_words]
        chars.append(data.draw(st.sampled_from([sign for sign in same if "\u4e00" <= sign <= "\u9fff"])))
    text = "".join(chars) + BESIDE
    assert [(hit.expected, hit.start) for hit in find_names(text, ALL, "strict")] == [(name, 0)]


def test_a_name_anybody_may_use_is_no_name_with_a_character_put_in() -> None:
    known = pack((brand("y", "微业贷"),))
    assert find_names("我想咨询一下小微企业贷的利率", known, "strict") == ()
    assert [hit.kind for hit in find_names("我想咨询一下微业瑀贷的利率", known, "strict")] == ["insertion"]


@pytest.mark.parametrize(
    "text",
    [
        "海水里的微粒带着盐分", "仓库里还剩三箱花蓓蕾", "花蓓老师今天请假", "同事的小孩叫花蓓", "微众传媒在银行贷款", "花备教育的老板在还款", "花，备还款的钱", "微，立贷还款", "凉油保险丝熔断了换一根", "微粒子贷款的利息怎么算", "两有保险起见，先打个电话问利息", "秦岭银行支行", "本地农商行的小微企业贷怎么申请",
        "他要借呗你就给他", "她爱怎么花呗怎么花", "知和贷不贷款没关系", "微易贷下款快吗", "手机上的微银行怎么登录", "花贝美甲的发票寄错地址了", "招商局银行办事处",
    ],
)  # fmt: skip
def test_people_things_and_other_firms_are_no_slip(text: str) -> None:
    assert find_names(text, ALL, "strict") == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("微粒子贷这个月账单一千二", "微粒贷"), ("打成微粒信贷了，问怎么关闭", "微粒贷"), ("知小禾贷一直让我补资料", "知禾贷"), ("岭银行少打一个丰字，房贷利率多少", "岭丰银行"),
        ("良佑险续费提醒短信是真的吗", "良佑保险"), ("筑辰消费给我打了十个电话", "筑辰消费金融"), ("筑辰消融征信显示逾期一次", "筑辰消费金融"), ("贷微粒还款日哪天", "微粒贷"),
        ("微众bank存款有保障吗", "微众银行"), ("惠帅贷首次借款", "惠帆贷"), ("岭三银行转账要验证码", "岭丰银行"), ("恳佑保险等待期是九十天吧", "良佑保险"),
        ("为重银行的卡可以绑吗", "微众银行"), ("未众引航的客服电话，我要还款", "微众银行"), ("威力带是不是不能一次还清，利息都算好了的", "微粒贷"), ("接杯额度三万，利息高不高", "借呗"),
        ("微粒货", "微粒贷"), ("微众，银行卡号忘了", "微众银行"), ("铸成消费金融扣款日遇到节假日顺延吗", "筑辰消费金融"), ("铸臣 消费金融上门收费", "筑辰消费金融"), ("JieBei很久没用了", "借呗"),
    ],
)  # fmt: skip
def test_what_customers_write_is_found_strictly_in_one_message_and_in_many(text: str, name: str) -> None:
    hits = find_names(text, ALL, "strict")
    assert name in {hit.expected for hit in hits} | {BRANDS[int(hit.brand[1:])].names.primary for hit in hits}
    assert [hit for _, hit in find_in_lines([text], ALL, "strict")] == list(hits)
