"""Texts are decoded, capped, and their signature and contacts found."""

import pytest

from zhengben.examine.text import MAX_TEXT, decode, examine_text, signature


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_bytes_become_text(encoding: str) -> None:
    assert decode("微粒贷，您好".encode(encoding)) == "微粒贷，您好"


def test_bytes_that_are_no_text_become_something_and_never_raise() -> None:
    assert isinstance(decode(bytes(range(256))), str)
    assert isinstance(decode(b"\xff\xfe\x00"), str)


def test_the_tail_of_a_very_long_text_is_named_as_not_seen() -> None:
    assert examine_text("好" * MAX_TEXT).missing == ()
    seen = examine_text("好" * (MAX_TEXT + 1))
    assert seen.missing == ("text.tail",)
    assert len(seen.text) == MAX_TEXT


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("【微粒贷】您好", "微粒贷"),
        ("您好【微粒贷】", "微粒贷"),
        ("[微粒贷]您好", "微粒贷"),
        ("您好", ""),
        ("看【这里】再说", ""),
    ],
)
def test_the_sender_in_brackets_is_the_speaker(text: str, who: str) -> None:
    assert signature(text) == who
    assert examine_text(text).speaker == who
