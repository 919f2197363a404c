"""Texts of the small internet: every slot is filled, facts win, and the same seed says the same."""

import random
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.range.grammar import DEPTH, Speaker, lists

Chance = random.Random  # the same world for the same seed; nothing is kept secret with it
CONTENT = resources.files("zhengben.range").joinpath("content")
FILES = sorted(path.name.removesuffix(".toml") for path in CONTENT.iterdir() if path.name.endswith(".toml"))
FACTS = dict.fromkeys(
    ("brand", "phone", "wechat", "qq", "url", "host", "owner", "app", "name", "price", "site", "file"), "X"
)


def test_there_are_texts_to_speak() -> None:
    assert "common" in FILES
    assert len(FILES) > 2


@pytest.mark.parametrize("file", FILES)
def test_a_file_has_no_empty_list_and_no_empty_text(file: str) -> None:
    for name, entries in lists(file).items():
        assert entries, name
        assert all(entry.strip() for entry in entries), name


@pytest.mark.parametrize("file", FILES)
def test_what_is_common_is_known_in_every_file(file: str) -> None:
    assert set(lists("common")) <= set(lists(file))


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("seed", range(3))
def test_the_same_seed_says_the_same(file: str, seed: int) -> None:
    one, two = Speaker(file, Chance(seed)), Speaker(file, Chance(seed))
    for name in sorted(lists("common")):
        assert one.say(name, FACTS) == two.say(name, FACTS)


def test_another_seed_says_something_else() -> None:
    said = {tuple(Speaker("common", Chance(seed)).say("city") for _ in range(5)) for seed in range(10)}
    assert len(said) > 1


def test_a_fact_wins_over_a_list_and_over_digits() -> None:
    speaker = Speaker("common", Chance(1))
    assert speaker.fill("{city} {d4}", {"city": "火星", "d4": "四"}) == "火星 四"


@pytest.mark.parametrize("size", range(1, 10))
def test_digits_are_as_many_as_asked_and_never_begin_with_nought(size: int) -> None:
    speaker = Speaker("common", Chance(size))
    for _ in range(50):
        number = speaker.fill(f"{{d{size}}}", {})
        assert len(number) == size
        assert number.isascii()
        assert number.isdigit()
        assert number[0] != "0" or size == 1


@pytest.mark.parametrize("slot", ["nobody_knows", "d0", "dd", "x1"])
def test_a_slot_that_nothing_fills_is_named(slot: str) -> None:
    with pytest.raises(KeyError, match=rf"nothing to put for \{{{slot}\}}"):
        Speaker("common", Chance(1)).fill(f"a {{{slot}}} b", {})


@pytest.mark.parametrize("text", ["", "{}", "{ city }", "{City}", "{d10}x", "{{", "}{", "{city", "100%", "\\g<0>"])
def test_what_is_no_slot_stays_as_it_is(text: str) -> None:
    assert Speaker("common", Chance(1)).fill(text, {}) == text


def test_a_fact_is_put_in_once_and_never_read_as_a_text_again() -> None:
    """What an impostor calls itself may hold braces; they are not slots of ours."""
    speaker = Speaker("common", Chance(1))
    assert speaker.fill("{brand}", {"brand": "{city}{brand}"}) == "{city}{brand}"


def test_a_text_that_names_itself_comes_to_an_end() -> None:
    speaker = Speaker("common", Chance(1))
    speaker.lists = {"round": ("-{round}",)}
    assert speaker.fill("{round}", {}) == "-" * DEPTH + "{round}"


@pytest.mark.parametrize("count", [0, 1, 3, 10_000])
def test_some_are_different_entries_and_no_more_than_there_are(count: int) -> None:
    speaker = Speaker("common", Chance(4))
    entries = lists("common")["city"]
    some = speaker.some("city", count)
    assert len(some) == min(count, len(entries))
    assert len(set(some)) == len(set(some) & set(entries)) == len(some)


def test_a_list_nobody_wrote_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Speaker("common", Chance(1)).say("no such list")


@given(st.text(alphabet=st.characters(exclude_characters="{}"), max_size=40), st.integers(0, 9))
def test_text_without_slots_costs_no_chance(text: str, seed: int) -> None:
    chance = Chance(seed)
    before = chance.getstate()
    assert Speaker("common", chance).fill(text, {}) == text
    assert chance.getstate() == before
