"""Lead files of outside monitors: every good line once, every bad line set aside with its number and reason."""

import gzip
import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.lead import KINDS
from zhengben.sources.base import Batch, kinds, open_reader
from zhengben.sources.hostname_file import HostnameFile
from zhengben.sources.lead_v1 import BadLineError, parse
from zhengben.sources.lines import LONGEST
from zhengben.sources.portal_report import report_lead
from zhengben.sources.watched_folder import WatchedFolder


def line(**other: Any) -> str:
    """Write one good line."""
    row = {
        "v": "lead.v1", "kind": "app_listing", "source": {"name": "some-store", "query": "微粒贷", "rank": 3},
        "seen_at": "2026-11-22T08:00:00+08:00", "locator": "https://store.example/1", "title": "微粒贷极速版",
    }  # fmt: skip
    return json.dumps({**row, **other}, ensure_ascii=False)


def everything(batches: list[Batch]) -> tuple[list[str], list[tuple[int, str]]]:
    """Give the locators and the set-aside lines of several batches."""
    leads = [lead.locator for batch in batches for lead in batch.leads]
    return leads, [(aside.line, aside.reason) for batch in batches for aside in batch.aside]


BAD = {
    "not_json": b"{oops",
    "not_an_object": b"[1, 2]",
    "not_utf8": b'{"v": "\xff\xfe"}',
    "too_deep": b"[" * 50_000 + b"]" * 50_000,
    "missing v": b"{}",
    "version lead.v9": line(v="lead.v9").encode(),
    "kind spaceship": line(kind="spaceship").encode(),
    "missing source.name": line(source={"query": "x"}).encode(),
    "missing source": line(source="").encode(),
    "seen_at yesterday": line(seen_at="yesterday").encode(),
    "seen_at without zone": line(seen_at="2026-11-22T08:00:00").encode(),
    "missing locator": line(locator="   ").encode(),
}


@pytest.mark.parametrize("reason", BAD)
def test_every_kind_of_garbage_has_its_reason(reason: str) -> None:
    with pytest.raises(BadLineError, match=f"^{reason}$"):
        parse(BAD[reason], Path())


def test_bad_lines_are_set_aside_and_the_rest_is_taken(tmp_path: Path) -> None:
    rows = [line(locator="https://a.example/1").encode(), *BAD.values(), line(locator="https://a.example/2").encode()]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(rows) + b"\n")
    leads, aside = everything(list(WatchedFolder("w", tmp_path).read({})))
    assert leads == ["https://a.example/1", "https://a.example/2"]
    assert aside == [(number, reason) for number, reason in enumerate(BAD, start=2)]


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_bad_line(body: bytes) -> None:
    with suppress(BadLineError):
        assert parse(body, Path()).kind in KINDS


def test_a_path_that_leaves_the_folder_is_not_kept(tmp_path: Path) -> None:
    body = line(raw="../../etc/passwd", download="/etc/passwd", icon="pictures/icon.png").encode()
    detail = parse(body, tmp_path).detail
    assert (detail["raw"], detail["download"]) == ("", "")
    assert detail["icon"] == str((tmp_path / "pictures" / "icon.png").resolve())
    assert (
        parse(line(download="https://a.example/x.apk").encode(), tmp_path).detail["download"]
        == "https://a.example/x.apk"
    )


def test_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    source = WatchedFolder("w", tmp_path)
    file.write_text(line(locator="https://a.example/1") + "\n" + line(locator="https://a.exa")[:-9])
    first = list(source.read({}))
    assert everything(first)[0] == ["https://a.example/1"]
    with file.open("w") as growing:
        growing.write(line(locator="https://a.example/1") + "\n" + line(locator="https://a.example/2") + "\n")
    (tmp_path / "b.ndjson").write_text(line(locator="https://b.example/1") + "\n")
    second = list(source.read(first[-1].cursor))
    assert everything(second)[0] == ["https://a.example/2", "https://b.example/1"]
    assert everything(list(source.read(second[-1].cursor))) == ([], [])


def test_every_cursor_on_the_way_resumes_without_loss_or_repetition(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(line(locator=f"https://a.example/{n}") + "\n" for n in range(2500)))
    (tmp_path / "b.jsonl").write_text("".join(line(locator=f"https://b.example/{n}") + "\n" for n in range(30)))
    source = WatchedFolder("w", tmp_path)
    whole = list(source.read({}))
    assert len(whole) >= 3
    for stop in range(1, len(whole)):
        before = everything(whole[:stop])[0]
        after = everything(list(source.read(whole[stop - 1].cursor)))[0]
        assert before + after == everything(whole)[0]


def test_a_last_line_without_its_end_is_taken_once_the_file_rests(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line())
    source = WatchedFolder("w", tmp_path)
    first = list(source.read({}))
    assert everything(first)[0] == []
    second = list(source.read(first[-1].cursor))
    assert everything(second)[0] == ["https://store.example/1"]
    assert everything(list(source.read(second[-1].cursor)))[0] == []


def test_a_replaced_file_is_read_from_its_beginning(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("".join(line(locator=f"https://old.example/{n}") + "\n" for n in range(20)))
    source = WatchedFolder("w", tmp_path)
    cursor = list(source.read({}))[-1].cursor
    file.write_text("".join(line(locator=f"https://new.example/{n}") + "\n" for n in range(30)))
    assert len(everything(list(source.read(cursor)))[0]) == 30


def test_an_endless_line_and_a_link_are_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    secret = tmp_path / "secret.jsonl"
    secret.write_text(line() + "\n")
    (folder / "link.jsonl").symlink_to(secret)
    (folder / "a.jsonl").write_bytes(b'{"v":"' + b"x" * (3 * LONGEST) + b'"}\n' + line().encode() + b"\n")
    leads, aside = everything(list(WatchedFolder("w", folder).read({})))
    assert (leads, aside) == (["https://store.example/1"], [(1, "too_long")])


@pytest.mark.parametrize("packed", [False, True])
def test_hostnames_are_read_and_what_is_none_is_set_aside(tmp_path: Path, *, packed: bool) -> None:
    body = b"\xef\xbb\xbf# comment\nWeiLiDai-app.cn\n\n*.example.org,2026-11-22\nnot a host\n\xff\xfe.bad\nhttp://x.cn/\nxn--kput3i.cn\n"
    path = tmp_path / ("hosts.txt.gz" if packed else "hosts.csv")
    path.write_bytes(gzip.compress(body) if packed else body)
    source = HostnameFile("h", path)
    batches = list(source.read({}))
    leads, aside = everything(batches)
    assert leads == ["weilidai-app.cn", "example.org", "xn--kput3i.cn"]
    assert aside == [(5, "no_hostname"), (6, "no_hostname"), (7, "no_hostname")]
    assert everything(list(source.read(batches[-1].cursor))) == ([], [])
    if not packed:
        with path.open("ab") as growing:
            growing.write(b"new.example\n")
        assert everything(list(source.read(batches[-1].cursor)))[0] == ["new.example"]


def test_wrong_settings_are_said_in_one_line() -> None:
    assert {"hostname_file", "watched_folder"} <= set(kinds())
    with pytest.raises(ValueError, match="unknown kind 'lines'; use one of"):
        open_reader("lines", "n", {})
    with pytest.raises(ValueError, match="source n: the setting 'path' is missing"):
        open_reader("watched_folder", "n", {})


def test_a_public_report_needs_something_to_look_at() -> None:
    with pytest.raises(ValueError, match="to look at"):
        report_lead("url", "  ", "", datetime(2026, 1, 1, tzinfo=UTC))
