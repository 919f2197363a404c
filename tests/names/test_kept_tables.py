"""Compiled packs on disk: the same hits from them, never another brand's, and damage only costs time."""

import os
from pathlib import Path

import pytest

from names.kit import ALL, JIEBEI, WEILIDAI
from zhengben.names import kept_tables, sieve
from zhengben.names.firehose import screen_lines
from zhengben.names.pack import Pack, pack

NAMES = b"weilidai-app.cn\nwebnak.com\nexample.org\njiebeiapp.top\nwldxiazai.vip\n"


@pytest.fixture(autouse=True)
def _forget() -> None:
    """Let every test begin like a new process."""
    sieve._ready.clear()
    sieve._sieve.cache_clear()
    sieve.sieve_of.cache_clear()


def again(known: Pack, folder: Path) -> tuple[bool, list[str]]:
    """Screen as the next process would."""
    sieve._ready.clear()
    sieve._sieve.cache_clear()
    sieve.sieve_of.cache_clear()
    found = kept_tables.use(known, folder)
    return found, [hit.name for _, hit in screen_lines(NAMES, known)]


def test_the_next_process_finds_the_tables_and_the_same_hits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = pack(ALL)
    first, hits = again(known, tmp_path / "deep" / "packs")
    assert (first, len(hits)) == (False, 4)
    monkeypatch.setattr(sieve, "compile_keys", lambda _: pytest.fail("compiled again"))
    assert again(known, tmp_path / "deep" / "packs") == (True, hits)


@pytest.mark.parametrize("mode", ["strict", "balanced", "wide"])
def test_every_mode_gives_from_disk_what_it_gives_fresh(mode: str, tmp_path: Path) -> None:
    known = pack(ALL)
    fresh = list(screen_lines(NAMES + b"xxweilidaixx.cn\n", known, mode))
    again(known, tmp_path)
    assert again(known, tmp_path)[0]
    assert list(screen_lines(NAMES + b"xxweilidaixx.cn\n", known, mode)) == fresh


def test_other_brands_have_another_file(tmp_path: Path) -> None:
    again(pack((WEILIDAI,)), tmp_path)
    found, hits = again(pack((JIEBEI,)), tmp_path)
    assert not found
    assert hits == ["jiebeiapp.top"]
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_other_code_has_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = kept_tables.path_of(pack(ALL), tmp_path)
    monkeypatch.setattr(kept_tables, "_code", lambda: b"other rules")
    assert kept_tables.path_of(pack(ALL), tmp_path) != one


@pytest.mark.parametrize("damage", ["empty", "cut", "noise", "folder", "object"])
def test_damage_costs_time_and_no_hit(damage: str, tmp_path: Path) -> None:
    known = pack(ALL)
    _, hits = again(known, tmp_path)
    file = kept_tables.path_of(known, tmp_path)
    whole = file.read_bytes()
    file.unlink()
    if damage == "folder":
        file.mkdir()
    else:
        file.write_bytes(
            {"empty": b"", "cut": whole[: len(whole) // 2], "noise": b"PK" + bytes(500)}.get(damage, b"\x80\x04N.")
        )
    assert again(known, tmp_path) == (False, hits)
    assert not list(tmp_path.glob("*.part"))


def test_a_path_through_a_file_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert again(pack(ALL), tmp_path / "file" / "packs") == (False, again(pack(ALL), tmp_path)[1])


def test_only_the_last_packs_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_tables, "MOST_FILES", 1)
    again(pack((WEILIDAI,)), tmp_path)
    os.utime(kept_tables.path_of(pack((WEILIDAI,)), tmp_path), (1, 1))
    again(pack((JIEBEI,)), tmp_path)
    assert list(tmp_path.iterdir()) == [kept_tables.path_of(pack((JIEBEI,)), tmp_path)]


def test_only_a_few_packs_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "MOST_READY", 1)
    for brands in ((WEILIDAI,), (JIEBEI,)):
        list(screen_lines(NAMES, pack(brands)))
        sieve._sieve.cache_clear()
        sieve.sieve_of.cache_clear()
    assert list(sieve._ready) == [pack((JIEBEI,)).digest]
