"""Values that both databases keep alike, whatever a hostile page put into them."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.verdict import Label
from zhengben.store.plain import DEEPEST, json_value, text


class Colour(Enum):
    RED = 1


@dataclass(frozen=True)
class Pair:
    left: object
    right: bytes = b""


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (True, True),
        (float("nan"), None),
        (float("inf"), None),
        (1.5, 1.5),
        (Colour.RED, 1),
        (Label.SCAM, "scam"),
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22, 8, tzinfo=UTC), "2026-11-22T08:00:00+00:00"),
        (b"\x00\x01", {"bytes": 2}),
        (bytearray(3), {"bytes": 3}),
        (Pair("a\x00", b"xy"), {"left": "a\ufffd", "right": {"bytes": 2}}),
        ({1: "\ud800"}, {"1": "\ufffd"}),
        (("a", ["b"]), ["a", ["b"]]),
        (frozenset({"a"}), ["a"]),
        (Pair, str(Pair)),
        (1 + 2j, "(1+2j)"),
    ],
)
def test_every_value_becomes_plain_json(value: object, kept: object) -> None:
    assert json_value(value) == kept


def test_what_is_nested_too_deep_is_left_out() -> None:
    nest: list[object] = []
    for _ in range(DEEPEST + 5):
        nest = [nest]
    assert json.dumps(json_value(nest)).count("[") == DEEPEST + 1
    assert "null" in json.dumps(json_value(nest))


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_no_text_is_too_odd_for_a_database(words: str) -> None:
    kept = text(words)
    assert "\x00" not in kept
    kept.encode("utf-8")
    assert text(kept) == kept
    assert text(words, 3) == kept[:3]
