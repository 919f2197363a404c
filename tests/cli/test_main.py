"""The command line's frame: one line to say, the right exit code, help that teaches."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhengben.cli import brand_check
from zhengben.cli.common import ACCUSED, FINE, NOT_EXAMINED, UNUSABLE, Outcome
from zhengben.cli.main import COMMANDS, build, find, main, usage

DOSSIERS = Path(__file__).parents[2] / "src" / "zhengben" / "brands"


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_that_teaches(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*name.split(), "--help"])
    out = capsys.readouterr().out
    assert left.value.code == 0
    assert f"usage: zhengben {name}" in out
    assert "exit codes" in out
    assert build(name)[1].HELP in out.replace("\n", " ") or len(out) > 200


def test_usage_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert all(name in capsys.readouterr().out or name in usage() for name in COMMANDS)
    assert main([]) == UNUSABLE


def test_an_unknown_command_says_where_help_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frobnicate"]) == UNUSABLE
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "--help" in err
    assert find(["frobnicate"]) is None


def test_a_wrong_option_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["disclose", "--from", "yesterday", "--to", "2026-01-01"])
    err = capsys.readouterr().err
    assert left.value.code == UNUSABLE
    assert err.count("\n") == 1


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("zhengben ")


def test_the_gravest_code_wins() -> None:
    outcome = Outcome()
    for code, expected in ((FINE, 0), (ACCUSED, 1), (NOT_EXAMINED, 3), (ACCUSED, 3), (UNUSABLE, 2), (NOT_EXAMINED, 2)):
        outcome.note(code)
        assert outcome.code == expected


def test_allowed_hosts_are_always_printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGBEN_ALLOW_HOSTS", "127.0.0.1:8080")
    main(["brand", "check", str(DOSSIERS / "weilidai.toml"), "--json"])
    assert "127.0.0.1:8080" in capsys.readouterr().err


def test_brand_check_finds_every_shipped_dossier_sound(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(str(path) for path in DOSSIERS.glob("*.toml"))
    assert main(["brand", "check", "--json", *files]) == FINE
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == len(files) == 5
    assert all(row["ok"] and row["problems"] == [] for row in rows)
    assert all(row["unsourced"] == [] for row in rows)


def test_brand_check_goes_on_after_a_bad_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('id = "x"\nnoname = 1\n', "utf-8")
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'id = "\xff"\n')
    code = main(
        ["brand", "check", "--json", str(bad), str(latin), str(tmp_path / "none.toml"), str(DOSSIERS / "webank.toml")]
    )
    done = capsys.readouterr()
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert code == UNUSABLE
    assert [row["ok"] for row in rows] == [False, True]
    assert rows[0]["problems"][0]["line"] == 1
    assert len(done.err.splitlines()) == 2


def test_brand_check_speaks_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('id = "x"\nnoname = 1\n', "utf-8")
    assert main(["brand", "check", str(bad)]) == ACCUSED
    assert "line 2: unknown key 'noname'" in capsys.readouterr().out
    assert main(["brand", "check", str(DOSSIERS / "weilidai.toml")]) == FINE
    assert "sound (weilidai, 微粒贷)" in capsys.readouterr().out


def test_brand_check_tells_of_a_domain_that_can_never_be_official(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = 'id = "x"\nowner = "o"\nfinance = true\n[names]\nprimary = "青山贷"\n'
    for domain in ("com.cn", "qingshan.example"):
        told += f'[[channels]]\nkind = "domain"\nexists = "yes"\nsource = "s"\nvalue = "{domain}"\n'
    dossier = tmp_path / "x.toml"
    dossier.write_text(told, "utf-8")
    assert main(["brand", "check", "--json", str(dossier)]) == FINE
    assert json.loads(capsys.readouterr().out)["guards_nothing"] == ["com.cn"]
    main(["brand", "check", str(dossier)])
    shown = capsys.readouterr().out
    assert "anybody may register names under com.cn" in shown
    assert "qingshan.example" not in shown


def test_doctor_tells_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["doctor", "--json"])
    rows = {row["name"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert code in {FINE, NOT_EXAMINED}
    assert rows["python"]["ok"]
    assert all(row["ok"] or row["turns_off"] for row in rows.values())
    main(["doctor"])
    assert "python: 3." in capsys.readouterr().out


def test_it_runs_as_an_installed_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zhengben.cli.main", "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "screen hosts" in done.stdout


def test_a_person_who_stops_it_reads_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_path: Path) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(brand_check, "_read", stopped)
    assert main(["brand", "check", "x.toml"]) == 130
    assert capsys.readouterr().err == "zhengben: stopped; what was finished is kept\n"


def test_a_reader_who_has_seen_enough_ends_it_quietly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts = tmp_path / "hosts.txt"
    hosts.write_text("webnak.com\n" * 3)
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert main(["screen", "hosts", "--json", str(hosts)]) == 0
        monkeypatch.undo()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("text", ["", "id = ", "x = " + "[" * 100_000, "[[channels]]\n" * 3])
def test_brand_check_names_a_line_of_whatever_it_is_given(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(text, "utf-8")
    assert main(["brand", "check", str(bad)]) == ACCUSED
    out = capsys.readouterr().out
    assert "bad.toml: not sound" in out
    assert "  line 1: " in out


def test_brand_check_refuses_what_is_no_small_text_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    large = tmp_path / "large.toml"
    with large.open("wb") as file:
        file.truncate(2 << 20)
    assert main(["brand", "check", str(large), str(tmp_path)]) == UNUSABLE
    told = capsys.readouterr()
    assert told.out == ""
    first, second = told.err.splitlines()
    assert "large.toml: larger than 1048576 bytes; a dossier is a small text file" in first
    assert f"{tmp_path}: Is a directory; check that it can be read" in second
