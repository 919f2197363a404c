"""One text for one value, and nothing else is read."""

import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.verdict import Label
from zhengben.evidence.canon import NotCanonicalError, beijing, dump, is_hex, load, plain, utc

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(alphabet=st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(alphabet=st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
def test_what_is_written_is_read_back(value: object) -> None:
    assert load(dump(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":1}', b'{"b":1,"a":2}', b' {"a":1}', b'{"a":1}\n', b'{"a":1.0}', b'{"a":1e0}', b'{"a":NaN}',
        b'"\\u0061"', b"[" * 5000 + b"]" * 5000, b"\xff", b"", b"{", '{"a":１}'.encode(),
    ],
)  # fmt: skip
def test_every_other_spelling_is_refused(text: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        load(text)


def test_a_record_of_gigabytes_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengben.evidence.canon.BYTES", 10)
    assert load(b'"12345678"') == "12345678"
    with pytest.raises(NotCanonicalError, match="more than 10 bytes"):
        load(b'"123456789"')


def test_facts_become_plain() -> None:
    told = plain({
        "label": Label.SCAM, "day": date(2026, 1, 2), "at": datetime(2026, 1, 2, tzinfo=UTC), "raw": b"\x01",
        "set": {"b", "a"}, "many": (1, 2.5, math.nan, 2**70, True, None), "broken": "a\ud800b",
    })  # fmt: skip
    assert told == {
        "label": "scam", "day": "2026-01-02", "at": "2026-01-02T00:00:00.000Z", "raw": "01", "set": ["a", "b"],
        "many": [1, 2.5, "nan", str(2**70), True, None], "broken": "a?b",
    }  # fmt: skip
    dump(told)


def test_a_bottomless_fact_is_cut() -> None:
    deep: list[object] = []
    for _ in range(1000):
        deep = [deep]
    assert b"\xe2\x80\xa6" in dump(plain(deep))


def test_moments_need_a_zone() -> None:
    moment = datetime(2026, 11, 22, 20, 0, 0, 1500, tzinfo=UTC)
    assert utc(moment) == "2026-11-22T20:00:00.001Z"
    assert beijing(moment) == "2026-11-23T04:00:00.001+08:00"
    with pytest.raises(ValueError, match="time zone"):
        utc(datetime(2026, 11, 22))  # noqa: DTZ001  the missing zone is the point


@pytest.mark.parametrize("wrong", ["0g", "0G", "AB", "ab ", " ab", "a", "abc", "０１", 12, None])
def test_only_lower_case_hex_of_the_right_length_is_hex(wrong: object) -> None:
    assert is_hex("ab", 2)
    assert not is_hex(wrong, 2)
