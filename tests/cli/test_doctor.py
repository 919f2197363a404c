"""`zhengben doctor` on machines where something is missing: what, and what that turns off."""

import json
import sqlite3
from pathlib import Path

import pytest

from zhengben.cli import doctor
from zhengben.cli.main import main


def _rows(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    return {row["name"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}


def test_a_machine_without_programs_still_runs_and_is_told_what_is_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "MISSING  chromium: not found; install Debian's chromium; turns off page captures" in out
    assert "MISSING  network namespaces: not allowed here" in out


def test_a_program_tells_its_own_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, says in (("chromium", "Chromium 99.0"), ("unshare", "")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho '{says}'\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    main(["doctor", "--json"])
    rows = _rows(capsys)
    assert (rows["chromium"]["ok"], rows["chromium"]["detail"]) == (True, "Chromium 99.0")
    assert rows["network namespaces"]["detail"] == "available"


def test_a_home_without_room_is_grave(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ZHENGBEN_HOME", "/proc/nowhere/here")
    assert main(["doctor"]) == 3
    assert "MISSING  home: /proc/nowhere/here: 0 MB free; turns off keeping evidence" in capsys.readouterr().out


def test_a_broken_dossier_is_grave_and_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ValueError("weilidai.toml: line 3: unknown key 'colour'")

    monkeypatch.setattr(doctor, "load_brands", broken)
    assert main(["doctor", "--json"]) == 3
    row = _rows(capsys)["dossiers"]
    assert (row["ok"], row["turns_off"]) == (False, "every judgement")
    assert "line 3" in str(row["detail"])


def test_a_database_without_search_is_grave(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class WithoutSearch(sqlite3.Connection):
        """An SQLite built without its full-text module."""

        def execute(self, *_words: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("no such module: fts5")

    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda name: real(name, factory=WithoutSearch))
    assert main(["doctor", "--json"]) == 3
    row = _rows(capsys)["sqlite"]
    assert (row["ok"], row["turns_off"]) == (False, "search")


def test_a_module_that_came_without_its_package_is_there_but_of_no_known_version(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "OPTIONAL", (("json", "no-such-package", "x"), ("no_such_module", "none-such", "y")))
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "ok       no-such-package: version not known" in out
    assert "MISSING  none-such: not installed (optional); turns off y" in out


def test_what_the_installation_is_told_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHENGBEN_HOME", str(tmp_path))
    main(["doctor"])
    assert "second vantage: none named" in capsys.readouterr().out
    told = '[mail]\nhost = "mail.example"\n[[vantages]]\nname = "far"\nproxy = "127.0.0.1:3128"\n'
    (tmp_path / "zhengben.toml").write_text(told, "utf-8")
    main(["doctor"])
    assert "ok       second vantage: far" in capsys.readouterr().out
    (tmp_path / "zhengben.toml").write_text("[mial]\n", "utf-8")
    assert main(["doctor"]) == 3
    assert "MISSING  settings" in capsys.readouterr().out
