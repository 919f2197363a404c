"""Texts made to break a reader: floods, overrides, lone surrogates, nested tags; survived, in time that grows as they do."""

# ruff: noqa: E501  # a table of floods reads best in long rows

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL
from zhengben.names.api import LONGEST_TEXT, find_names, pack
from zhengben.names.text_batch import find_in_lines

KNOWN = pack(ALL)
FLOODS = {
    "one letter": "a", "a pinyin name": "weilidai", "spaced letters": "w e ", "one character": "微", "two of three": "微粒", "overrides": "\u202e微",
    "marks": "微\u0336\u0301", "hidden": "微\u200b\u200b", "tags": "<b>", "nested tags": "<b><i>微", "entities": "&#24494;", "broken entities": "&#", "octets": "%E5",
    "escapes": "\\u5fae", "的": "微的", "fillers": "微x粒y", "explained": "微小的微", "sides": "口字旁", "lines": "微\n粒\n", "surrogates": "\ud800", "pictures": "🌸",
    "literal breaks": "\\n", "digits": "w3111d41 ", "bopomofo": "ㄨㄟ", "circles": "ⓦⓔ", "signs": "$@", "kept apart": "借x", "brackets": "【微】", "nul": "\x00",
    "private": "\ue000", "beyond": "\U000e0041", "isolates": "\u2067呗\u2069", "joined": "👩\u200d", "ligature": "㏎㋿",
}  # fmt: skip


@pytest.mark.parametrize("flood", FLOODS)
@pytest.mark.parametrize("mode", ["strict", "wide"])
def test_a_flood_is_survived_and_a_name_behind_it_is_found(flood: str, mode: str) -> None:
    text = FLOODS[flood] * 100 + "。。我的微粒贷逾期了"
    hits = find_names(text, KNOWN, mode)
    assert "微粒贷" in {hit.matched for hit in hits} or "\u202e" in text or "\u2067" in text
    for hit in hits:
        assert text[hit.start : hit.end] == hit.matched
    assert (
        tuple(hit for _, hit in find_in_lines([text.replace("\n", " ")], KNOWN, mode))
        == find_names(text.replace("\n", " "), KNOWN, mode)
        or "\\n" in text
    )


@pytest.mark.parametrize("flood", FLOODS)
def test_four_times_the_flood_takes_no_more_than_about_four_times_as_long(flood: str) -> None:
    def cost(times: int) -> float:
        start = process_time()
        find_names(FLOODS[flood] * times, KNOWN, "balanced")
        return process_time() - start

    cost(50)
    assert cost(800) < 10 * cost(200) + 0.05


@pytest.mark.slow
def test_what_stands_beyond_two_million_characters_is_not_read_and_nothing_breaks() -> None:
    text = "好" * LONGEST_TEXT + "微粒贷"
    assert find_names(text, KNOWN) == ()
    assert list(find_in_lines([text], KNOWN)) == []


@pytest.mark.slow
def test_ten_million_characters_on_one_line_are_survived() -> None:
    text = "微粒贷" + "a好 " * 3_400_000
    assert [hit.matched for _, hit in find_in_lines([text], KNOWN)] == ["微粒贷"]


@given(st.lists(st.sampled_from(sorted(FLOODS.values())), max_size=30).map("".join))
def test_floods_may_come_together(text: str) -> None:
    for hit in find_names(text, KNOWN, "wide"):
        assert text[hit.start : hit.end] == hit.matched
        assert all(text[c.index : c.index + len(c.original)] == c.original for c in hit.characters)


@pytest.mark.parametrize("lone", range(0xD800, 0xE000, 0x155))
def test_a_lone_surrogate_is_a_sign_like_any_other(lone: int) -> None:
    hits = find_names(f"{chr(lone)}微粒贷{chr(lone)}", KNOWN)
    assert [hit.expected for hit in hits][:1] == ["微粒贷"]
    assert [hit for _, hit in find_in_lines([f"{chr(lone)}微粒贷{chr(lone)}"], KNOWN, "strict")] == list(hits)


@pytest.mark.parametrize("marks", ["\u0301" * 5, "\u0336\u0337\u0338", "\u20dd", "\u200b\u200c\u200d\u2060\ufeff"])
def test_marks_heaped_on_each_character_hide_nothing(marks: str) -> None:
    (hit,) = find_names(marks.join("微粒贷") + marks, KNOWN)
    assert hit.deliberate
    assert hit.kind == "zero_width"
