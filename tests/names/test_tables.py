"""The shipped tables keep their own promises: forms, sounds, shapes and pictures."""

# ruff: noqa: E501  # tables of characters read best in long rows

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.locale.words import catalogue
from zhengben.names import tables
from zhengben.names.glyphs import BOTH, FAR, NEAR, alternatives, fuzzy_sounds, near_sounds

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
SYLLABLES = st.sampled_from(sorted(tables.sounding()))


@pytest.mark.parametrize(
    ("form", "base"),
    [("機", "机"), ("还", "还"), ("還", "还"), ("网", "网"), ("網", "网"), ("寶", "宝"), ("這", "这"), ("衆", "众"), ("眾", "众"), ("銀", "银"), ("貸", "贷"), ("發", "发")],
)  # fmt: skip
def test_a_character_in_use_is_its_own_base_and_its_forms_lead_to_it(form: str, base: str) -> None:
    assert tables.base(form) == base
    assert tables.base(base) == base
    assert form == base or form in tables.variants()[base]


@pytest.mark.parametrize("char", "烟只她寡沈亏豫辨肆嘿氯砌姥愉巍彬澈毓黏壹")
def test_a_character_in_use_is_no_form_of_another_whatever_an_old_dictionary_calls_it(char: str) -> None:
    assert tables.base(char) == char


@pytest.mark.parametrize(("form", "base"), [("煙", "烟"), ("菸", "烟"), ("隻", "只"), ("瀋", "沈"), ("祐", "佑"), ("喆", "哲"), ("鉄", "铁")])  # fmt: skip
def test_a_form_leads_to_the_character_in_use_and_not_past_it(form: str, base: str) -> None:
    assert tables.base(form) == base


def test_most_characters_in_use_that_have_a_base_share_a_sound_with_it() -> None:
    """What a traditional form shares with nothing is a fault of a source: 烟 (yan) was once a form of 完 (wan)."""
    for char, base in tables._characters()[1].items():
        if tables.frequency(char) > 12 and char != "幺":  # simplified to 么, which is read otherwise
            sounds = [{reading[:-1] for reading in tables.readings(one)} for one in (char, base)]
            assert not sounds[1] or sounds[0] & sounds[1], char


def test_no_common_character_leads_to_a_rarer_one() -> None:
    wrong = [
        c for c, b in tables._characters()[1].items() if tables.frequency(c) > 200 > tables.frequency(b)
    ]  # the whole table
    assert wrong == []


@given(HAN)
def test_readings_end_in_a_tone(char: str) -> None:
    assert all(reading[-1] in "12345" and reading[:-1].isalpha() for reading in tables.readings(char))


@given(SYLLABLES)
def test_sounds_are_mixed_up_both_ways_at_the_same_cost(syllable: str) -> None:
    for other, cost in fuzzy_sounds(syllable).items():
        assert cost in {NEAR, BOTH, FAR}
        assert other != syllable
        assert other in tables.sounding()
        assert fuzzy_sounds(other).get(syllable) == cost
    assert all(syllable in near_sounds(other) for other in near_sounds(syllable))


@given(HAN)
def test_every_way_to_write_a_character_has_words_in_both_languages(char: str) -> None:
    for how in {way.how for way in alternatives(char).values()}:
        assert all(f"how.{how}" in catalogue(language) for language in ("zh", "en")), how


@given(HAN)
def test_shapes_are_characters_with_two_digits_of_likeness(char: str) -> None:
    listed = tables.shapes().get(char, "")
    assert len(listed) % 3 == 0
    for at in range(0, len(listed), 3):
        assert 50 <= int(listed[at + 1 : at + 3]) <= 99
        assert listed[at] != char


def test_splits_have_two_to_five_parts_and_the_parts_build_the_character() -> None:
    for char, ways in tables.splits().items():
        assert all(2 <= len(way) <= 5 for way in ways), char
    assert "贷" in tables.built()["代贝"]


@pytest.mark.parametrize(
    ("char", "symbol", "how"),
    [
        ("业", "🍃", "emoji"), ("贷", "👜", "emoji"), ("众", "人从", "split"), ("绿", "lu", "pinyin"), ("微", "wei1", "pinyin"), ("花", "发", "near_sound"),
        ("屿", "以", "near_sound"), ("业", "日", "near_sound"), ("呗", "坝", "shape"), ("借", "藉", "traditional"), ("一", "1", "homophone"),
    ],
)  # fmt: skip
def test_ways_people_write_a_character(char: str, symbol: str, how: str) -> None:
    assert alternatives(char)[symbol].how == how


def test_pictures_are_signs_and_no_letters() -> None:
    for char, drawn in tables.pictures().items():
        assert len(char) == 1
        assert drawn
        assert not any(sign.isalnum() and sign.isascii() for sign in drawn)
        assert not set(drawn) & {"\u200d", "\ufe0f"}
