"""From log entries to leads: each name once a day, no flood, and no claim of a log that stops the source."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.sources import certificate_leads
from zhengben.sources.certificate_entries import (
    BadEntryError,
    Entry,
    certificate_names,
    data_tile_names,
    names_tile_names,
)
from zhengben.sources.certificate_leads import MOST_OF_ONE_DOMAIN, Sieve
from zhengben.sources.certificates_stream import BROKEN, Stream, read_message

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
