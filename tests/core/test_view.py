"""The view for reading: folded, with an index back to the original."""

from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.view import view


@given(st.text(max_size=100))
def test_every_character_of_a_view_stands_in_the_original(text: str) -> None:
    seen = view(text)
    assert len(seen.starts) == len(seen.text)
    assert list(seen.starts) == sorted(set(seen.starts))
    for at in range(len(seen.text)):
        start, end = seen.span(at, at + 1)
        assert 0 <= start < end <= len(text)


def test_spans_cover_what_was_hidden_inside() -> None:
    seen = view("微\u200b粒贷")
    assert seen.text == "微粒贷"
    assert seen.span(0, 2) == (0, 3)
    assert seen.span(1, 1) == (2, 2)
    assert seen.span(3, 3) == (4, 4)


def test_styled_letters_digits_and_traditional_words_are_folded() -> None:
    assert view("ＡＰＰ 𝐐𝐐 🅰 ①⑨ 貸開 аре").text == "app qq a 19 贷开 ape"
    assert view("a\tb\nc\u3000d").text == "a\tb\nc d"
    assert view("\ue000a").text == "a"


def test_more_kinds_of_characters_than_are_remembered_are_still_folded() -> None:
    everything = "".join(chr(code) for code in range(0x3400, 0x3400 + 40_000) if not 0xD800 <= code < 0xE000)
    assert "a" in view(everything + "Ａ").text
