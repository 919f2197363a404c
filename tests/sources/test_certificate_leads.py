"""From log entries to leads: each name once a day, no flood, and no claim of a log that stops the source."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.sources import certificate_leads
from zhengben.sources.certificate_entries import (
    BROKEN,
    BadEntryError,
    Entry,
    certificate_names,
    data_tile_names,
    names_tile_names,
)
from zhengben.sources.certificate_leads import MOST_OF_ONE_DOMAIN, Sieve
from zhengben.sources.certificates_stream import Stream, read_message

NOON = round(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp() * 1000)
DAY = 86_400_000


def given_names(sieve: Sieve, *names: str, at: int = NOON) -> list[str]:
    """Give the names that become leads."""
    return [lead.locator for lead in sieve.leads([(1, Entry(at, names))], "log.example")]


def test_a_name_is_given_once_a_day_however_often_it_is_logged() -> None:
    sieve = Sieve("ct")
    assert given_names(sieve, "weilidai.cn", "WEILIDAI.CN.", "*.weilidai.cn", "www.weilidai.cn") == ["weilidai.cn"]
    assert given_names(sieve, "weilidai.cn") == []
    assert given_names(sieve, "weilidai.cn", at=NOON + DAY) == ["weilidai.cn"]


def test_one_domain_cannot_flood_the_record() -> None:
    sieve = Sieve("ct")
    flood = [f"a{number}.flood.cn" for number in range(MOST_OF_ONE_DOMAIN + 50)]
    assert len(given_names(sieve, *flood)) == MOST_OF_ONE_DOMAIN
    assert given_names(sieve, "weilidai.flood2.cn") == ["weilidai.flood2.cn"]


def test_what_is_remembered_is_bounded_and_forgetting_loses_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate_leads, "MOST_REMEMBERED", 10)
    sieve = Sieve("ct")
    names = [f"name{number}.cn" for number in range(35)]
    assert given_names(sieve, *names) == names
    assert len(sieve.seen) <= 10


@pytest.mark.parametrize("name", ["", ".", "localhost", "a b.cn", "x*.cn", "*.*.cn", "-", "..", "\x00.cn"])
def test_what_is_no_hostname_is_no_lead(name: str) -> None:
    assert given_names(Sieve("ct"), name) == []


def test_a_lead_says_where_in_which_log_it_stands() -> None:
    ((lead),) = Sieve("ct").leads([(77, Entry(NOON, ("weilidai.cn",)))], "log.example")
    assert (lead.kind, lead.source, lead.seen_at) == ("domain", "ct", datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert lead.detail == {"log": "log.example", "index": 77, "timestamp": NOON}


@given(st.integers(-(2**70), 2**70), st.text(max_size=40))
def test_no_time_and_no_name_of_a_log_stops_the_source(at: int, name: str) -> None:
    for lead in Sieve("ct").leads([(1, Entry(at, (name, "weilidai.cn")))], "log.example"):
        assert lead.seen_at.astimezone(UTC).year >= 1970


HOSTILE_MESSAGES = [
    "", "{broken", "[]", "3", "null", '"text"', "{}", '{"data": 3}', '{"data": "x"}', '{"data": {}}',
    '{"data": {"leaf_cert": []}}', '{"data": {"leaf_cert": {"all_domains": null}}}',
    '{"data": {"leaf_cert": {"all_domains": 7}, "seen": 1}}',
    '{"data": {"leaf_cert": {"all_domains": ["a.cn"]}, "seen": 1e999}}',
    '{"data": {"leaf_cert": {"all_domains": ["a.cn"]}, "seen": "x"}}',
    '{"message_type": "heartbeat", "timestamp": 1e999}', '{"message_type": "heartbeat", "timestamp": null}',
    '{"message_type": "dns_entries", "data": [null, 3, {"a": 1}, "weilidai.cn"]}', "[" * 100_000,
]  # fmt: skip


def test_a_hostile_message_is_set_aside_and_the_ones_around_it_are_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    def messages(_: Stream) -> Iterator[str]:
        yield '{"message_type": "dns_entries", "data": ["first-weilidai.cn"]}'
        yield from HOSTILE_MESSAGES
        yield '{"message_type": "dns_entries", "data": ["last-weilidai.cn"]}'

    monkeypatch.setattr(Stream, "_messages", messages)
    batches = list(Stream("ct", {"url": "wss://stream.example"}).read({}))
    names = [lead.locator for batch in batches for lead in batch.leads]
    assert {"first-weilidai.cn", "last-weilidai.cn"} <= set(names)
    assert batches[-1].cursor == {"heard": len(HOSTILE_MESSAGES) + 2}
    assert {one.reason for batch in batches for one in batch.aside} == {"bad_message"}


KEYS = st.sampled_from(["data", "message_type", "leaf_cert", "all_domains", "seen", "timestamp"])
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda more: st.lists(more, max_size=3) | st.dictionaries(KEYS, more, max_size=4),
    max_leaves=10,
)


@given(JSON)
def test_any_json_is_an_entry_or_one_of_the_known_faults(told: object) -> None:
    try:
        entry = read_message(json.dumps(told))
    except BROKEN:
        return
    assert all(isinstance(name, str) for name in entry.names)


@given(st.binary(max_size=300))
def test_any_bytes_in_place_of_a_certificate_give_names_or_none(der: bytes) -> None:
    assert all(isinstance(name, str) for name in certificate_names(der))
    assert isinstance(certificate_names(b"\x06\x03\x55\x1d\x11\x04" + der), tuple)
    assert isinstance(certificate_names(b"\x06\x03\x55\x04\x03" + der), tuple)


@given(st.binary(max_size=200))
def test_any_bytes_in_place_of_a_tile_are_entries_or_a_bad_entry(tile: bytes) -> None:
    for reader in (data_tile_names, names_tile_names):
        try:
            assert all(isinstance(entry, Entry) for entry in reader(tile))
        except BadEntryError as error:
            assert str(error)  # noqa: PT017 -- either way is right; what is wrong is any other exception


def test_a_common_name_that_is_a_persons_is_no_host() -> None:
    row = json.dumps({"Timestamp": 1, "Subject": {"CommonName": "Lin Wei"}, "DNS": ["a.cn"]}).encode()
    assert [entry.names for entry in names_tile_names(row)] == [("a.cn",)]
    row = json.dumps({"Timestamp": 1, "Subject": {"CommonName": "b.cn"}, "DNS": ["a.cn"]}).encode()
    assert [entry.names for entry in names_tile_names(row)] == [("a.cn", "b.cn")]


def der(kind: int, *parts: bytes) -> bytes:
    """Give a DER element."""
    body = b"".join(parts)
    size = len(body).to_bytes(2, "big")
    return bytes([kind]) + (bytes([len(body)]) if len(body) < 128 else b"\x82" + size) + body


def alternative(*found: str, critical: bool = False) -> bytes:
    """Give the extension that lists the names of a certificate."""
    listed = der(0x30, *(der(0x82, name.encode()) for name in found))
    return b"\x06\x03\x55\x1d\x11" + (b"\x01\x01\xff" if critical else b"") + der(0x04, listed)


@pytest.mark.parametrize("critical", [False, True])
def test_every_name_of_the_list_is_read(*, critical: bool) -> None:
    found = tuple(f"a{number}.example" for number in range(60))
    assert certificate_names(bytes(40) + alternative(*found, critical=critical) + bytes(9)) == found


LIST = b"\x06\x03\x55\x1d\x11"  # what every list of names begins with


@pytest.mark.parametrize(
    "key", [LIST, LIST * 9, LIST + b"\x04\xff\xff", LIST + b"\x01", alternative("innocent.example")]
)
def test_bytes_written_into_a_key_hide_no_name(key: bytes) -> None:
    assert "weilidai-app.cn" in certificate_names(bytes(30) + key + bytes(30) + alternative("weilidai-app.cn"))


def test_a_certificate_made_of_nothing_but_lists_takes_no_time() -> None:
    hostile = b"\x06\x03\x55\x1d\x11\x04\x84\xff\xff\xff\xff\x30\x84\xff\xff\xff\xff" * 60_000
    start = time.process_time()
    assert certificate_names(hostile) == ()
    assert time.process_time() - start < 0.5


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_around_a_list_are_survived(before: bytes, after: bytes) -> None:
    found = certificate_names(before + alternative("weilidai-app.cn") + after)
    assert all(isinstance(name, str) for name in found)
    if b"\x55\x1d\x11" not in after:
        assert "weilidai-app.cn" in found


@pytest.mark.parametrize(
    ("common", "found"),
    [("weilidai.cn", ("weilidai.cn",)), ("Wei Li Dai", ()), ("localhost", ()), ("*.weilidai.cn", ("*.weilidai.cn",))],
)
def test_a_common_name_counts_where_it_is_a_host(common: str, found: tuple[str, ...]) -> None:
    issuer, subject = (b"\x06\x03\x55\x04\x03" + der(0x0C, name.encode()) for name in ("ca.example", common))
    assert certificate_names(issuer + bytes(4) + subject + bytes(4)) == found
