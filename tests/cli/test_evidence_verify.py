"""`zhengben evidence verify` as a person or a script meets it."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhengben.cli.main import main
from zhengben.evidence.exhibit import Attached, Exhibit, Operator
from zhengben.evidence.keys import fingerprint
from zhengben.evidence.log import Entry, Log
from zhengben.evidence.seal import number, seal

NOW = datetime(2026, 11, 22, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    exhibit = Exhibit(
        target="强开微粒贷", kind="text", operator=Operator(name="x"), files=(Attached("t.txt", "text/plain", b"t"),)
    )
    path = tmp_path / "good.zip"
    path.write_bytes(seal(exhibit, KEY, NOW))
    return path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, object]], str]:
    code = main(["evidence", "verify", "--json", *words])
    told = capsys.readouterr()
    return code, [json.loads(line) for line in told.out.splitlines()], told.err


def test_a_sealed_package_is_ok(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, (row,), err = run(capsys, str(package))
    assert (code, row["ok"], row["package"], err) == (0, True, str(package), "")
    checks = row["checks"]
    assert isinstance(checks, list)
    assert all(set(check) == {"name", "ok", "detail"} and check["ok"] for check in checks)


def test_a_judge_reads_every_check_in_chinese(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = package.with_name("bad.zip")
    body = bytearray(package.read_bytes())
    body[len(body) // 2] ^= 1
    bad.write_bytes(body)
    assert main(["--lang", "zh", "evidence", "verify", str(package), str(bad)]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert len(lines) >= 11
    assert [line for line in lines if not re.search("[\u4e00-\u9fff]", re.sub(r"^ +(?:ok|NO) +\S+", "", line))] == []


def test_junk_is_not_ok_and_stops_nothing(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    junk = tmp_path / "junk.zip"
    junk.write_bytes(b"PK\x05\x06" + bytes(18))
    code, rows, _ = run(capsys, str(junk), str(package))
    assert (code, [row["ok"] for row in rows]) == (1, [False, True])


def test_a_missing_file_is_one_line_and_the_rest_is_verified(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, rows, err = run(capsys, "missing.zip", str(package))
    assert code == 2
    assert [row["ok"] for row in rows] == [True]
    assert err.count("\n") == 1
    assert "missing.zip: cannot be read" in err


def test_what_the_reader_knows_must_match(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = ["--signer", fingerprint(KEY.public_key()), "--number", number(package.read_bytes())]
    assert run(capsys, *told, str(package))[0] == 0
    assert run(capsys, "--signer", "0" * 64, str(package))[0] == 1
    assert run(capsys, "--number", "0" * 64, str(package))[0] == 1
    log = Log(tmp_path / "log")
    assert run(capsys, "--log", str(log.path), str(package))[0] == 1
    log.append(Entry(NOW, "x", "seal", number(package.read_bytes())))
    assert run(capsys, "--log", str(log.path), str(package))[0] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--signer", "xyz"], "--signer: 'xyz' is no sha256"),
        (["--number", "0" * 64, "other.zip"], "--number belongs to one package"),
        (["--log", "nowhere"], "nowhere: cannot be read"),
        (["--tsa", __file__], "holds no certificate"),
    ],
)
def test_bad_usage_is_one_line(words: list[str], told: str, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, rows, err = run(capsys, *words, str(package))
    assert (code, rows) == (2, [])
    assert told in err
    assert err.count("\n") == 1


def test_people_read_words(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "verify", str(package)]) == 0
    assert "as it was sealed" in capsys.readouterr().out


def test_a_log_too_large_to_read_is_one_line(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log"
    with log.open("wb") as file:
        file.truncate((1 << 30) + 1)
    code, rows, err = run(capsys, "--log", str(log), str(package))
    assert (code, rows) == (2, [])
    assert "give the part of the log that covers the package" in err


def test_people_read_which_check_fails(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package.write_bytes(package.read_bytes()[:-1] + b"x")
    assert main(["evidence", "verify", str(package)]) == 1
    out = capsys.readouterr().out
    assert f"{package}: not as it was sealed" in out
    assert "NO  " in out
