"""Syllables that a slip of the finger makes of another, and the names they end up in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.brand import Brand, Names
from zhengben.names import tables
from zhengben.names.api import find_names, pack
from zhengben.names.glyphs import FAR, alternatives
from zhengben.names.keyboards import mistyped, neighbours

SYLLABLES = sorted(tables.sounding())
BANK = pack((Brand(id="b", owner="b", finance=True, names=Names(primary="钧陵银行")),))
LENDER = pack((Brand(id="l", owner="l", finance=True, names=Names(primary="微粒贷")),))
WALLET = pack((Brand(id="w", owner="w", finance=True, names=Names(primary="花呗")),))


@pytest.mark.parametrize(
    ("meant", "typed"),
    [
        ("bei", "nei"),  # the key to the right
        ("dai", "sai"),
        ("li", "le"),  # another vowel
        ("zhong", "hong"),  # a letter lost
        ("hang", "huang"),  # a letter too many, beside the one meant
        ("jie", "lie"),  # the same key of a telephone
        ("hua", "gua"),
        ("zhong", "zhou"),  # offered for zho
        ("tian", "tiao"),
    ],
)
def test_one_wrong_key_makes_a_syllable_of_another(meant: str, typed: str) -> None:
    assert typed in mistyped(meant)


@pytest.mark.parametrize(("meant", "typed"), [("bei", "dou"), ("zhong", "cha"), ("hua", "bei"), ("li", "xun")])
def test_what_no_single_key_explains_is_left_out(meant: str, typed: str) -> None:
    assert typed not in mistyped(meant)


@given(st.sampled_from(SYLLABLES))
def test_every_syllable_given_is_one_of_mandarin_and_another(syllable: str) -> None:
    found = mistyped(syllable)
    assert syllable not in found
    assert set(found) <= set(SYLLABLES)
    assert len(set(found)) == len(found)


@given(st.sampled_from("qwertyuiopasdfghjklzxcvbnm"), st.sampled_from("qwertyuiopasdfghjklzxcvbnm"))
def test_keys_are_neighbours_both_ways(one: str, two: str) -> None:
    assert neighbours(one, two) == neighbours(two, one)


def test_a_wrong_key_costs_as_much_as_a_sound_far_off() -> None:
    known = alternatives("众")
    assert (known["周"].how, known["周"].cost) == ("keyboard", FAR)
    assert known["重"].how == "homophone"  # a way that costs less explains it already


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("钧林银行的存折丢了怎么挂失", "钧林银行"),
        ("在钧零银行开的户", "钧零银行"),
        ("钧平银行的网银登录不上", "钧平银行"),
    ],
)
def test_a_bank_is_found_with_one_syllable_off(text: str, matched: str) -> None:
    assert [hit.matched for hit in find_names(text, BANK)] == [matched]


def test_a_lender_typed_with_a_wrong_vowel_is_found_beside_its_trade() -> None:
    hits = find_names("微了贷的还款日改成几号了", LENDER)
    assert [(hit.matched, hit.characters[1].how, hit.deliberate) for hit in hits] == [("微了贷", "keyboard", False)]


@pytest.mark.parametrize(
    "text",
    [
        "有钱花给了张免息券，支付宝也有",  # a word of grammar at the end
        "钧的银行卡丢了",  # and before the trade
        "微的贷款利率下调",
        "列车晚点，花名册交给会计",
        "银行卡红了一片",
    ],
)
def test_words_of_grammar_are_no_wrong_keys(text: str) -> None:
    assert not [hit for known in (BANK, LENDER, WALLET) for hit in find_names(text, known)]


def test_a_reading_in_use_beside_the_first_counts_and_costs_more() -> None:
    lender = pack((Brand(id="t", owner="t", finance=True, names=Names(primary="檀溪贷")),))
    hits = find_names("弹溪贷这期还款晚一天会怎样", lender)
    assert [(hit.matched, hit.characters[0].how) for hit in hits] == [("弹溪贷", "homophone")]
    assert alternatives("檀")["弹"].cost > alternatives("檀")["谭"].cost


def test_a_reading_that_hardly_anybody_uses_does_not_count() -> None:
    assert "大" not in tables.also_sounding().get("dai", ())
    assert alternatives("贷")["大"].cost == FAR


@pytest.mark.parametrize("text", ["微仌银行我卡丢了要怎么挂失", "徽仌银行流水代打", "微从银行的存单"])
def test_a_character_with_one_of_its_like_parts_fewer_is_taken_for_it(text: str) -> None:
    bank = pack((Brand(id="b", owner="b", finance=True, names=Names(primary="微众银行")),))
    assert [hit.kind for hit in find_names(text, bank)] == ["shape"]
