"""The certificate logs: what is proved is taken, what is not raises an alarm, and one bad part never stops the rest."""

from collections.abc import Iterator

import pytest

from sources import loglab
from zhengben.sources.base import Batch, open_reader
from zhengben.sources.certificate_tree import (
    BadProofError,
    Head,
    check_consistency,
    root_from_tiles,
    split_tile,
    subtree,
)
from zhengben.sources.certificates_rfc6962 import Rfc6962Log
from zhengben.sources.certificates_static import StaticLog

pytestmark = pytest.mark.sockets


@pytest.fixture
def log() -> loglab.Log:
    return loglab.Log()


@pytest.fixture
def address(log: loglab.Log) -> Iterator[str]:
    with loglab.serving(log) as url:
        yield url


def static(log: loglab.Log, address: str, **more: object) -> StaticLog:
    settings = {"url": address, "key": log.public, "origin": loglab.ORIGIN, "start": "begin", **more}
    reader = open_reader("certificates_static", "ct", settings)
    assert isinstance(reader, StaticLog)
    return reader


def old_style(log: loglab.Log, address: str, **more: object) -> Rfc6962Log:
    return Rfc6962Log("ct", {"url": address, "key": log.public, "start": "begin", **more})


def names(batches: list[Batch]) -> set[str]:
    return {lead.locator for batch in batches for lead in batch.leads}


def test_names_tiles_data_tiles_and_get_entries_give_the_same_names(log: loglab.Log, address: str) -> None:
    by_names = list(static(log, address).read({}))
    by_data = list(static(log, address, tiles="data").read({}))
    by_entries = list(old_style(log, address).read({}))
    assert len(names(by_names)) > 600
    assert names(by_names) == names(by_data) == names(by_entries)
    assert by_names[-1].cursor["next"] == by_data[-1].cursor["next"] == by_entries[-1].cursor["next"] == 1024
    assert not any("*" in name for name in names(by_names))
    first = by_names[0].leads[0]
    assert (first.kind, first.source, first.detail["log"], first.seen_at.utcoffset() is not None) == (
        "domain",
        "ct",
        loglab.ORIGIN,
        True,
    )


def test_it_resumes_where_the_cursor_stands_and_repeats_nothing(log: loglab.Log, address: str) -> None:
    log.size = 600
    first = list(static(log, address).read({}))
    log.size = 1024
    second = list(static(log, address).read(first[-1].cursor))
    assert second[0].cursor["next"] == 768
    assert sum(len(b.leads) for b in first) + sum(len(b.leads) for b in second) >= len(names(first) | names(second))
    again = list(static(log, address).read(second[-1].cursor))
    assert [len(b.leads) for b in again] == [0]


def test_a_start_at_now_reads_only_what_comes_later(log: loglab.Log, address: str) -> None:
    log.size = 1000
    begun = list(static(log, address, start="now").read({}))
    assert names(begun) == set()
    log.size = 1024
    assert 0 < len(names(list(static(log, address, start="now").read(begun[-1].cursor)))) < 60


def test_it_reads_at_most_what_it_is_told_so_that_a_backlog_comes_in_pieces(log: loglab.Log, address: str) -> None:
    batches = list(static(log, address, most=300).read({}))
    assert [b.cursor["next"] for b in batches] == [256, 300]


@pytest.mark.parametrize("make", [static, old_style])
def test_a_log_that_shrinks_raises_an_alarm_and_gives_nothing(log: loglab.Log, address: str, make: object) -> None:
    assert callable(make)
    cursor = list(make(log, address).read({}))[-1].cursor
    log.size = 700
    with pytest.raises(BadProofError, match="alarm: the log has shrunk from 1024 to 700"):
        list(make(log, address).read(cursor))


@pytest.mark.parametrize("make", [static, old_style])
def test_a_log_that_forks_raises_an_alarm(log: loglab.Log, address: str, make: object) -> None:
    assert callable(make)
    log.size = 700
    cursor = list(make(log, address).read({}))[-1].cursor
    log.size, log.leaves[3] = 1024, bytes(32)
    with pytest.raises(BadProofError, match=r"alarm: .*forked"):
        list(make(log, address).read(cursor))


@pytest.mark.parametrize("make", [static, old_style])
def test_a_checkpoint_signed_by_another_key_is_refused(address: str, make: object) -> None:
    assert callable(make)
    with pytest.raises(BadProofError, match=r"does not verify|no signature"):
        list(make(loglab.Log(), address).read({}))


def test_a_data_tile_that_does_not_match_its_hashes_raises_an_alarm(log: loglab.Log, address: str) -> None:
    tile = bytearray((loglab.FIXTURE / "data/001").read_bytes())
    tile[200] ^= 1
    log.replaced["tile/data/001"] = bytes(tile)
    with pytest.raises(BadProofError, match="alarm: data tile 1 does not match"):
        list(static(log, address, tiles="data").read({}))


def test_hash_tiles_that_do_not_give_the_root_raise_an_alarm(log: loglab.Log, address: str) -> None:
    log.replaced["tile/1/000.p/4"] = bytes(128)
    with pytest.raises(BadProofError, match="do not give the root"):
        list(static(log, address).read({}))


def test_without_names_tiles_the_data_tiles_serve(log: loglab.Log, address: str) -> None:
    log.missing.update(f"tile/names/{n:03d}" for n in range(4))
    assert len(names(list(static(log, address).read({})))) > 600


def test_a_broken_names_tile_is_set_aside_and_the_rest_goes_on(log: loglab.Log, address: str) -> None:
    log.replaced["tile/names/001"] = b'{"Timestamp":1,"DNS":["half.example'
    batches = list(static(log, address).read({}))
    assert [len(b.aside) for b in batches] == [0, 1, 0, 0]
    assert "names tile" in batches[1].aside[0].reason + batches[1].aside[0].text
    assert batches[-1].cursor["next"] == 1024
    log.replaced.clear()
    assert names(batches) == names(list(static(log, address).read({})))  # the data tile had the same names


@pytest.mark.parametrize(
    "tile",
    [
        b"", b"\n" * 256, b"[]\n" * 256, b"5\n" * 256, b'{"Timestamp":1e999,"DNS":["a.example"]}\n' * 256, b"\xff" * 90,
        b"[" * 90_000, b'{"Timestamp":1,"DNS":{"a":1}}\n' * 256, b'{"Timestamp":NaN}\n' * 256,
    ],
)  # fmt: skip
def test_a_names_tile_of_any_shape_loses_no_name(tile: bytes, log: loglab.Log, address: str) -> None:
    whole = names(list(static(log, address).read({})))
    log.replaced["tile/names/002"] = tile
    batches = list(static(log, address).read({}))
    assert names(batches) == whole
    assert [a.reason for b in batches for a in b.aside] == ["bad_entry"]


def test_names_and_data_tile_both_broken_cost_one_tile_and_no_more(log: loglab.Log, address: str) -> None:
    log.replaced["tile/names/001"] = log.replaced["tile/data/001"] = b"\x00\x01"
    batches = list(static(log, address).read({}))
    assert [len(b.aside) for b in batches] == [0, 2, 0, 0]
    assert [bool(b.leads) for b in batches] == [True, False, True, True]
    assert all("\n" not in a.text for b in batches for a in b.aside)


def test_a_broken_entry_is_set_aside_and_the_rest_goes_on(log: loglab.Log, address: str) -> None:
    log.replaced["entry/5"] = b"\x00\x00\x00"
    batches = list(old_style(log, address, step=100).read({}))
    assert [(a.line, a.reason) for b in batches for a in b.aside] == [(5, "bad_entry")]
    assert batches[-1].cursor["next"] == 1024


def test_a_log_that_lies_about_its_size_says_so_in_one_line(log: loglab.Log, address: str) -> None:
    log.leaves = [*log.leaves, bytes(32)]
    log.size = 1025
    with pytest.raises(OSError, match=r"no such resource|promised") as caught:
        list(static(log, address).read({}))
    assert "\n" not in str(caught.value)


def test_a_log_that_resets_or_is_slow_ends_in_one_line(log: loglab.Log, address: str) -> None:
    log.cut = True
    with pytest.raises(OSError, match="try again later") as caught:
        list(static(log, address).read({}))
    assert "\n" not in str(caught.value)
    log.cut, log.slow = False, 0.02
    with pytest.raises(OSError, match="too slow"):
        static(log, address, tiles="data", slowest=0.3).proved(0, 256)


@pytest.mark.parametrize(
    "settings", [{"url": "gopher://x", "key": "AAAA"}, {"url": "https://x.example", "key": "no key"}, {"key": "AAAA"}]
)
def test_wrong_settings_are_told_in_one_line(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        open_reader("certificates_static", "ct", settings)


def test_roots_and_consistency_hold_for_every_size_up_to_a_hundred() -> None:
    leaves = loglab.leaf_hashes()[:100]
    heads = range(1, 101)
    for old in (1, 2, 3, 31, 32, 33, 64, 99):
        for new in heads:
            if new > old:
                one, two = head(leaves, old), head(leaves, new)
                check_consistency(one, two, loglab.consistency(leaves, old, new))
                with pytest.raises(BadProofError):
                    check_consistency(head(leaves[1:], old), two, loglab.consistency(leaves, old, new))


def head(leaves: list[bytes], size: int) -> Head:
    return Head(size, subtree(leaves[:size]), 0)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 511, 512, 700, 1023, 1024])
def test_the_root_from_tiles_is_the_root_from_leaves(size: int) -> None:
    leaves = loglab.leaf_hashes()
    log = loglab.Log(size=1024)

    def tile(level: int, number: int, width: int) -> list[bytes]:
        full = min(256, (1024 >> 8 * level) - number * 256)
        found = log.tile(f"tile/{level}/{number:03d}" + (f".p/{full}" if full < 256 else ""))
        assert found is not None
        return split_tile(found)[:width]

    assert root_from_tiles(size, tile) == subtree(leaves[:size])


@pytest.mark.parametrize("make", [static, old_style])
def test_a_log_that_repeats_its_entries_gives_each_name_once_a_day(log: loglab.Log, address: str, make: object) -> None:
    assert callable(make)
    reader = make(log, address)
    first = [lead.locator for batch in reader.read({}) for lead in batch.leads]
    again = [lead.locator for batch in reader.read({}) for lead in batch.leads]
    assert len(first) == len(set(first))
    assert again == []


def test_a_log_that_gives_more_entries_than_were_asked_is_cut(log: loglab.Log, address: str) -> None:
    real = log.answer

    def generous(path: str) -> bytes | None:
        return real(path.replace("end=9", "end=1023")) if "get-entries" in path else real(path)

    log.answer = generous  # type: ignore[method-assign]  # the log lies in this test
    batches = list(old_style(log, address, step=10, most=10).read({}))
    assert batches[-1].cursor["next"] == 10


def test_a_log_that_gives_fewer_entries_than_asked_is_asked_on(log: loglab.Log, address: str) -> None:
    real = log.answer

    def mean(path: str) -> bytes | None:
        if "get-entries" not in path:
            return real(path)
        start = path.split("start=")[1].split("&", maxsplit=1)[0]
        return real(f"/ct/v1/get-entries?start={start}&end={int(start) + 6}")

    log.answer = mean  # type: ignore[method-assign]  # the log lies in this test
    batches = list(old_style(log, address, step=100, most=100).read({}))
    assert [b.cursor["next"] for b in batches][-1] == 100
    assert len(batches) == 15


def test_a_log_that_promises_entries_and_gives_none_is_one_line(log: loglab.Log, address: str) -> None:
    real = log.answer
    log.answer = lambda path: b'{"entries":[]}' if "get-entries" in path else real(path)  # type: ignore[method-assign]  # it lies
    with pytest.raises(OSError, match="no entries from 0 on, though the log says it has them"):
        list(old_style(log, address).read({}))


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'{"entries": 5}', b"\xff\xfe", b'{"entries": {"a": 1}}'])
def test_an_answer_that_is_no_answer_is_one_line(body: bytes, log: loglab.Log, address: str) -> None:
    real = log.answer
    log.answer = lambda path: body if "get-entries" in path else real(path)  # type: ignore[method-assign]  # it lies
    with pytest.raises(OSError, match="try again later") as caught:
        list(old_style(log, address).read({}))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "entry", [b"", b"\x00", b"\x00\x01" + bytes(20), b"\x00\x00" + bytes(8) + b"\x00\x09", b"\x00\x00" + b"\xff" * 40]
)
def test_an_entry_of_any_shape_is_set_aside_alone(entry: bytes, log: loglab.Log, address: str) -> None:
    log.replaced["entry/7"] = entry
    batches = list(old_style(log, address, most=20).read({}))
    assert [(a.line, a.reason) for b in batches for a in b.aside] == [(7, "bad_entry")]
    assert batches[-1].cursor["next"] == 20


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 1023])
def test_a_log_of_any_size_is_read_to_its_end(size: int, log: loglab.Log, address: str) -> None:
    log.size = size
    assert list(old_style(log, address).read({}))[-1].cursor["next"] == size
    if size % 256 == 0:  # the fixture has whole tiles only
        assert list(static(log, address).read({}))[-1].cursor["next"] == size


def test_a_checkpoint_that_says_more_than_it_signed_is_refused(log: loglab.Log, address: str) -> None:
    real = log.answer
    told = (real("/checkpoint") or b"").replace(b"\n1024\n", b"\n9999\n")
    log.answer = lambda path: told if "checkpoint" in path else real(path)  # type: ignore[method-assign]  # it lies
    with pytest.raises(BadProofError, match="does not verify"):
        list(static(log, address).read({}))


@pytest.mark.parametrize(
    "body", [b"", b"\n\n\n", b"x" * 70_000, b"a\nb\nc\n\n\xe2\x80\x94 a b\n", b"log.example\n-5\nAAAA\n\n"]
)
def test_a_checkpoint_that_is_none_is_one_line(body: bytes, log: loglab.Log, address: str) -> None:
    real = log.answer
    log.answer = lambda path: body if "checkpoint" in path else real(path)  # type: ignore[method-assign]  # it lies
    with pytest.raises((OSError, ValueError)) as caught:
        list(static(log, address).read({}))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("size", [2**64, 10**40, -1])
def test_a_size_that_no_log_can_have_is_one_line(size: int, log: loglab.Log, address: str) -> None:
    real = log.answer

    def boasts(path: str) -> bytes | None:
        told = real(path)
        if "checkpoint" in path and told:
            return told.replace(b"\n1024\n", f"\n{size}\n".encode())
        if "get-sth" in path and told:
            return told.replace(b'"tree_size": 1024', f'"tree_size": {size}'.encode())
        return told

    log.answer = boasts  # type: ignore[method-assign]  # the log lies in this test
    for make in (static, old_style):
        with pytest.raises(BadProofError) as caught:
            list(make(log, address).read({}))
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("steps", [b"[]", b'["!!!"]', b"[5, null]", b'{"a": 1}', b'["AAAA", "AAAA"]'])
def test_a_proof_of_consistency_that_is_none_raises_an_alarm(steps: bytes, log: loglab.Log, address: str) -> None:
    log.size = 700
    cursor = list(old_style(log, address).read({}))[-1].cursor
    log.size, real = 1024, log.answer
    told = b'{"consistency": ' + steps + b"}"
    log.answer = lambda path: told if "consistency" in path else real(path)  # type: ignore[method-assign]  # it lies
    with pytest.raises(BadProofError, match="alarm: the log's present does not follow from its past"):
        list(old_style(log, address).read(cursor))


def test_brackets_without_end_are_one_line(log: loglab.Log, address: str) -> None:
    real = log.answer
    log.answer = lambda path: b"[" * 200_000 if "get-entries" in path else real(path)  # type: ignore[method-assign]  # it lies
    with pytest.raises(OSError, match="is no JSON; try again later"):
        list(old_style(log, address).read({}))


def test_leads_and_cursor_come_in_one_batch_so_that_a_crash_between_batches_loses_nothing(
    log: loglab.Log, address: str
) -> None:
    whole = [lead.locator for batch in static(log, address).read({}) for lead in batch.leads]
    pieces: list[str] = []
    cursor: dict[str, object] = {}
    for _ in range(4):  # each reading is cut off after its first batch, as by a crash, and begins in a new process
        batch = next(iter(static(log, address).read(cursor)))
        pieces += [lead.locator for lead in batch.leads]
        cursor = dict(batch.cursor)
    assert cursor["next"] == 1024
    assert set(pieces) >= set(whole)  # what was remembered of the day is forgotten: a name told twice, never one lost


def test_back_pressure_asks_for_no_tile_before_the_last_one_was_taken(log: loglab.Log, address: str) -> None:
    reading = static(log, address).read({})
    next(reading)
    asked = [path for path in log.asked if "names" in path]
    assert len(asked) == 1
    next(reading)
    assert len([path for path in log.asked if "names" in path]) == 2
