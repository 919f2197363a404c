"""The loaders for public page sets, on tiny invented sets in their shapes."""

import importlib
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from zhengben.flow.dossiers import load_brands

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FALSE = "<title>微粒贷官网</title><h1>微粒贷</h1><form><input placeholder=身份证号><input placeholder=银行卡号></form>"
SHOP = "<title>鲜花店</title><p>" + "新到玫瑰与百合，满二百元送货上门，欢迎选购。" * 8


@pytest.fixture
def sets(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("pages_datasets")


def shot() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (390, 844), "white").save(out, "PNG")
    return out.getvalue()


def put(folder: Path, info: str, html: str = "", picture: bytes = b"") -> None:
    folder.mkdir(parents=True)
    (folder / "info.txt").write_text(info, "utf-8")
    if html:
        (folder / "html.txt").write_text(html, "utf-8")
    if picture:
        (folder / "shot.png").write_bytes(picture)


def test_folders_are_read_whichever_way_their_info_is_written(sets: Any, tmp_path: Path) -> None:
    put(tmp_path / "Weilidai+2026-01-02", "{'url': 'http://a.example/x', 'time': 3}", FALSE, shot())
    put(tmp_path / "b.example", "http://b.example/\n", SHOP)
    put(tmp_path / "deep" / "c", json.dumps({"url": "c.example", "brand": "Adobe"}), SHOP)
    one, two, three = sorted(sets.folders(tmp_path, phishing=True), key=lambda page: page.url)
    assert (one.url, one.target, one.html, one.screenshot) == ("http://a.example/x", "Weilidai", FALSE, shot())
    assert (two.url, two.target, two.screenshot) == ("http://b.example/", "", b"")
    assert (three.url, three.target) == ("http://c.example/", "Adobe")


@pytest.mark.parametrize(
    ("info", "html", "why"),
    [
        ("", SHOP, "no address"),
        ("not an address", SHOP, "no address"),
        ("{'url': __import__('os').getcwd()}", SHOP, "info.txt is no table"),
        ("{" * 5000 + "'", SHOP, "info.txt is no table"),
        ("{'brand': 'x'}", SHOP, "no address"),
        ("x" * 70_000, SHOP, "info.txt is larger"),
        ("http://a.example/", "", "neither html.txt nor shot.png"),
    ],
)
def test_a_broken_entry_is_counted_with_its_reason_and_the_rest_is_judged(
    sets: Any, tmp_path: Path, info: str, html: str, why: str
) -> None:
    put(tmp_path / "a", info, html)
    put(tmp_path / "b", "http://b.example/", SHOP)
    figures = sets.judged(sets.folders(tmp_path, phishing=False), load_brands(ids=("weilidai",)))
    ((reason, count),) = figures["not_judged"].items()
    assert why in reason
    assert (count, figures["pages"]["benign"]) == (1, 1)


def test_what_is_counted_is_what_a_reader_would_count(sets: Any, tmp_path: Path) -> None:
    brands = load_brands(ids=("weilidai",))
    put(tmp_path / "bad" / "weilidai+1", "http://a.example/", FALSE)
    put(tmp_path / "bad" / "微粒贷+2", "http://b.example/", SHOP)
    put(tmp_path / "bad" / "Adobe+3", "http://c.example/", FALSE)
    figures = sets.judged(sets.folders(tmp_path / "bad", phishing=True), brands)
    assert figures["pages"] == {
        "phishing": 3,
        "after a brand of ours": 2,
        "of these accused in its name": 1,
        "accused in the name of another brand": 1,
    }
    assert figures["wrong_brands"] == {"weilidai": 1}


@pytest.mark.parametrize("kind", ["parquet", "jsonl"])
def test_rows_are_read_from_both_kinds_of_file(sets: Any, tmp_path: Path, kind: str) -> None:
    table = [
        {"sha256": "0", "url": "http://a.example/", "label": "phish", "target": "微粒贷", "html": FALSE},
        {"sha256": "1", "url": "http://b.example/", "label": "benign", "target": None, "html": SHOP},
        {"sha256": "2", "url": "http://c.example/", "label": "perhaps", "target": None, "html": SHOP},
        {"sha256": "3", "url": "http://d.example/", "label": "benign", "target": None, "html": ""},
    ]
    path = tmp_path / f"set.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(table), path)
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in table) + "no row\n", "utf-8")
    pages = [page for page in sets.rows(path) if isinstance(page, sets.Page)]
    assert [(page.url, page.phishing, page.target) for page in pages] == [
        ("http://a.example/", True, "微粒贷"),
        ("http://b.example/", False, ""),
    ]
    figures = sets.judged(sets.rows(path), load_brands(ids=("weilidai",)))
    assert figures["pages"]["of these accused in its name"] == 1
    assert figures["not_judged"] == {"no label that is known": 1, "no html": 1} | (
        {"a line that is no JSON object": 1} if kind == "jsonl" else {}
    )


def test_a_picture_of_the_set_is_read_where_the_page_has_no_words(sets: Any, tmp_path: Path) -> None:
    put(tmp_path / "a", "http://a.example/", "", shot())
    figures = sets.judged(sets.folders(tmp_path, phishing=False), load_brands(ids=("weilidai",)))
    assert figures["pages"]["benign"] == 1
    assert figures["not_judged"] == {}
