"""Property lists of both forms read as they were written; hostile ones give an empty table and never an exception."""

import plistlib
import random
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.core.appfacts import AppFacts
from zhengben.examine.mobileconfig import examine_mobileconfig
from zhengben.examine.plist import read_plist, word

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=20)
SCALARS = st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXTS | st.binary(max_size=20)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=10
)
TABLES = st.dictionaries(TEXTS, VALUES, max_size=6)
FORMS = st.sampled_from([plistlib.FMT_XML, plistlib.FMT_BINARY])
CONFIG = (
    "PayloadIdentifier", "PayloadVersion", "PayloadDisplayName", "PayloadOrganization", "PayloadDescription",
    "PayloadType", "PayloadUUID",
)  # fmt: skip


@given(TABLES, FORMS)
@settings(max_examples=60)
def test_a_table_is_read_as_it_was_written(table: dict[str, object], form: plistlib.PlistFormat) -> None:
    assert read_plist(plistlib.dumps(table, fmt=form)) == table


@given(st.lists(SCALARS, max_size=3) | SCALARS, FORMS)
def test_what_is_no_table_is_an_empty_one(value: Any, form: plistlib.PlistFormat) -> None:
    assert read_plist(plistlib.dumps(value, fmt=form)) == {}


@given(TABLES, FORMS, st.integers(0, 2**32 - 1))
@settings(max_examples=120)
def test_spoilt_bytes_give_a_table(table: dict[str, object], form: plistlib.PlistFormat, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- a test must repeat
    data = bytearray(plistlib.dumps(table, fmt=form))
    for _ in range(6):
        data[chance.randrange(len(data))] = chance.randrange(256)
    assert isinstance(read_plist(bytes(data)), dict)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"bplist00", b"<plist>", b"<plist version='1.0'><dict>", b"\x00" * 64, b"bplist00" + b"\xff" * 40,
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><plist><dict><key>a</key><string>&a;</string></dict></plist>",
        b"<plist><dict><key>a</key><date>9999999-99-99T99:99:99Z</date></dict></plist>",
        b"<plist><dict><key>a</key><real>1e999999</real></dict></plist>",
        b"<plist><dict><key>a</key><integer>" + b"9" * 9000 + b"</integer></dict></plist>",
        b"<plist>" + b"<array>" * 20_000 + b"</plist>",
        b"<plist><dict><key>a</key><data>!!!</data></dict></plist>",
    ],
    ids=lambda body: f"{body[:16]!r} {len(body)}",
)  # fmt: skip
def test_hostile_lists_give_a_table_and_no_exception(body: bytes) -> None:
    assert isinstance(read_plist(body), dict)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("微粒贷", "微粒贷"), (7, "7"), (1.5, "1.5"), (True, "True"), (["a"], ""), ({"a": 1}, ""), (None, ""),
        (b"bytes", ""), (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02 00:00:00+00:00"), (16**5000, ""),
        (-(16**5000), ""),
    ],
    ids=lambda value: repr(value)[:20] if not isinstance(value, int) or abs(value) < 99 else "endless",
)  # fmt: skip
def test_only_plain_values_become_text(value: object, text: str) -> None:
    assert word(value) == text


@pytest.mark.parametrize("key", CONFIG)
def test_a_number_without_end_in_a_profile_hides_nothing_else(key: str) -> None:
    """Written in hex, a number may be longer than Python spells in decimal: one such key must not stop the look."""
    clip = "<dict><key>PayloadType</key><string>com.apple.webClip.managed</string><key>URL</key><string>https://x.cn/</string></dict>"
    body = (
        '<?xml version="1.0"?><plist version="1.0"><dict>'
        f"<key>{key}</key><integer>0x{'f' * 6000}</integer>"
        f"<key>PayloadContent</key><array>{clip}</array></dict></plist>"
    )
    facts = examine_mobileconfig(body.encode())
    assert isinstance(facts, AppFacts)
    assert facts.urls == ("https://x.cn/",)
