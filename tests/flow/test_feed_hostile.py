"""A monitor's file is a stranger's: whatever stands in one of its lines, the lines around it arrive."""

import json
from pathlib import Path
from typing import Any

import pytest

from worlds import NOW
from zhengben.flow.feed import add_source, feed
from zhengben.store.events import ledger_problems
from zhengben.store.models import Lead, Source
from zhengben.store.queries_sources import set_aside

GOOD = {"v": "lead.v1", "kind": "url", "source": {"name": "m"}, "seen_at": "2026-11-22T08:00:00+08:00"}
HOSTILE: dict[str, dict[str, Any]] = {
    "half a character": {"locator": "https://a\ud800.example/", "title": "\udfff"},
    "half a character as a phone": {"kind": "phone", "locator": "\ud800 13800138000"},
    "half a character as a text": {"kind": "text", "locator": "微粒贷\udc80"},
    "NUL": {"locator": "https://a.example/\u0000", "title": "a\u0000b", "text": "\u0000"},
    "NUL in a path": {"locator": "https://b.example/", "raw": "a\u0000b", "icon": "\u0000"},
    "a name no file system takes": {"locator": "https://c.example/", "raw": "x" * 5000},
    "numbers beyond any column": {
        "locator": "https://d.example/",
        "rank": 10**400,
        "price": 1e400,
        "downloads": -(2**70),
    },
    "the first day": {"locator": "https://e.example/", "seen_at": "0001-01-01T00:00:00+00:00"},
    "before the first day": {"locator": "https://f.example/", "seen_at": "0001-01-01T00:00:00+23:59"},
    "after the last day": {"locator": "https://g.example/", "seen_at": "9999-12-31T23:59:59-23:59"},
    "a host of no form": {"kind": "domain", "locator": "xn--" + "a" * 300 + "." * 90},
    "an address of no form": {"locator": "http://[::1:99999/%%%"},
    "a port beyond all ports": {"locator": "http://a.example:999999999999999999999/"},
    "lists for texts": {"locator": "https://h.example/", "title": ["a"], "text": {"a": [None]}, "developer": 3},
    "a very long locator": {"locator": "https://i.example/" + "a" * 200_000},
    "depth": {"locator": "https://j.example/", "developer": [[[[[[[[[[[[[[[["deep"]]]]]]]]]]]]]]]]},
    "keys of no form": {"locator": "https://k.example/", "\ud800": 1, "\u0000": 2, "": 3, "a" * 5000: 4},
    "digits of other scripts": {"kind": "phone", "locator": "１３９٠٠१३८०००"},
    "right to left": {"locator": "https://\u202emoc.elgoog/\u2066"},
    "a name of the source of no form": {"locator": "https://l.example/", "source": {"name": "\ud800\u0000"}},
}


def drop(folder: Path, rows: list[dict[str, Any]]) -> None:
    """Write rows as a monitor would, with escapes where UTF-8 has no form."""
    folder.mkdir(exist_ok=True)
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "ascii")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("name", HOSTILE)
def test_one_hostile_line_never_stops_its_neighbours(tmp_path: Path, name: str) -> None:
    rows = [
        {**GOOD, "locator": "https://first.example/"},
        {**GOOD, **HOSTILE[name]},
        {**GOOD, "locator": "https://last.example/"},
    ]
    drop(tmp_path / "in", rows)
    source = add_source("monitor", "watched_folder", {"path": str(tmp_path / "in")}, by="one", now=NOW)
    feed(source, NOW)
    row = Source.objects.get()
    kept = set(Lead.objects.values_list("locator", flat=True))
    assert row.trouble == ""
    assert {"https://first.example/", "https://last.example/"} <= kept
    assert len(kept) + len(list(set_aside("monitor"))) == len(rows)
    assert ledger_problems() == []


@pytest.mark.usefixtures("record")
def test_all_of_them_together_are_taken_or_set_aside(tmp_path: Path) -> None:
    rows = [{**GOOD, **hostile} for hostile in HOSTILE.values()]
    drop(tmp_path / "in", rows)
    source = add_source("monitor", "watched_folder", {"path": str(tmp_path / "in")}, by="one", now=NOW)
    feed(source, NOW)
    assert Source.objects.get().trouble == ""
    assert Lead.objects.count() + len(list(set_aside("monitor"))) == len(rows)


@pytest.mark.usefixtures("record")
def test_hostnames_of_no_form_never_stop_their_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "hosts.txt"
    path.write_bytes(b"weilidai-first.cn\n\xff\xfe\x00\n" + b"a" * 400 + b".cn\n..\n-\n\xc2\x85\nweilidai-last.cn\n")
    source = add_source("zone", "hostname_file", {"path": str(path)}, by="one", now=NOW)
    feed(source, NOW)
    assert Source.objects.get().trouble == ""
    assert set(Lead.objects.values_list("locator", flat=True)) == {"weilidai-first.cn", "weilidai-last.cn"}
