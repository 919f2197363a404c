"""Where compiled packs are kept, and that nobody's hits depend on it."""

import io
from pathlib import Path

import pytest

from zhengben.cli import pack_cache
from zhengben.cli.main import main


@pytest.fixture(autouse=True)
def _forget() -> None:
    pack_cache.ready_pack.cache_clear()


def test_an_empty_setting_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGBEN_CACHE", "")
    assert pack_cache.cache_folder() is None


def test_a_folder_of_ones_own_comes_first_then_the_users_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    monkeypatch.setenv("ZHENGBEN_CACHE", str(tmp_path / "own"))
    assert pack_cache.cache_folder() == tmp_path / "own" / "packs"
    monkeypatch.delenv("ZHENGBEN_CACHE")
    assert pack_cache.cache_folder() == tmp_path / "x" / "zhengben" / "packs"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert pack_cache.cache_folder() == tmp_path / ".cache" / "zhengben" / "packs"


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(_: type[Path]) -> Path:
        raise RuntimeError

    monkeypatch.delenv("ZHENGBEN_CACHE", raising=False)
    monkeypatch.setattr(Path, "home", classmethod(homeless))
    assert pack_cache.cache_folder() is None


def test_the_command_leaves_one_pack_and_finds_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHENGBEN_CACHE", str(tmp_path))
    told = []
    for _ in range(2):
        pack_cache.ready_pack.cache_clear()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"webnak.com\n")))
        assert main(["screen", "hosts", "--json", "-"]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert "webnak.com" in told[0]
    assert len(list((tmp_path / "packs").iterdir())) == 1
