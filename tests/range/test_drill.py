"""Whole scenarios through the real command: what must never happen does not, on several seeds."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

pytestmark = [pytest.mark.sockets, pytest.mark.slow]
# one month takes some ten seconds: the tests that look at the same one run in the same process, where `_run` keeps it
MONTHS = [pytest.param(seed, marks=pytest.mark.xdist_group(f"month {seed}")) for seed in ("7", "8", "9")]
FIELDS = {
    "seed", "days", "planted", "found", "missed", "decoys", "accused_decoys", "notices_sent", "duplicate_notices",
    "verified_down", "false_down", "relapses_planted", "relapses_found", "unapproved_sends", "ledger_ok", "elapsed_s",
}  # fmt: skip


# whoever runs the tests in the background hands down that interrupts are ignored; a person at a terminal does not
HERE = """
import signal, sys
from pathlib import Path
from zhengben.cli import main, range_run
signal.signal(signal.SIGINT, signal.default_int_handler)
range_run.MEMORY = Path("/nowhere")
sys.exit(main.main(sys.argv[1:]))
"""


@cache
def _run(*words: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "zhengben.cli.main", "range", "run", *words, "--json"],
        capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("seed", MONTHS)
def test_a_month_on_the_range(seed: str) -> None:
    told = _run("small", "--seed", seed)
    assert set(told) >= FIELDS
    assert told["accused_decoys"] == []
    assert told["false_down"] == []
    assert told["duplicate_notices"] == 0
    assert told["unapproved_sends"] == 0
    assert told["ledger_ok"] is True
    assert told["relapses_found"] == told["relapses_planted"]


@pytest.mark.parametrize("seed", MONTHS)
def test_every_planted_impostor_is_found_or_told_as_missed(seed: str) -> None:
    told = _run("small", "--seed", seed)
    missed, decoys = told["missed"], told["decoys"]
    assert isinstance(missed, list)
    assert isinstance(decoys, int)
    found, planted = _counts(told["found"]), _counts(told["planted"])
    assert found + Counter(row["kind"] for row in missed) == planted
    assert planted.total() >= 30
    assert decoys >= 30
    assert found.total() >= 0.85 * planted.total()  # a floor: what the product finds today, less what chance may plant


def _counts(table: object) -> Counter[str]:
    assert isinstance(table, dict)
    return Counter(table)


@pytest.mark.xdist_group("month 7")
def test_the_loop_is_whole() -> None:
    """Something is found, complained about, verified down, and caught again."""
    told = _run("small", "--seed", "7")
    for figure in ("notices_sent", "verified_down", "relapses_found"):
        value = told[figure]
        assert isinstance(value, int)
        assert value > 0, figure


@pytest.mark.xdist_group("month 7")
def test_the_same_seed_gives_the_same_summary() -> None:
    again = subprocess.run(
        [sys.executable, "-m", "zhengben.cli.main", "range", "run", "--seed", "7", "--json"],
        capture_output=True, text=True, timeout=280, check=True, env={**os.environ, "PYTHONHASHSEED": "5"},
    )  # fmt: skip
    one, two = dict(_run("small", "--seed", "7")), json.loads(again.stdout)
    assert one.pop("elapsed_s")
    assert two.pop("elapsed_s")
    assert one == two


def test_record_and_evidence_can_be_kept(tmp_path: Path) -> None:
    small = tmp_path / "mine.toml"
    planted = "[impostors]\nsite_added = 2\napp = 1\n[decoys]\npress_release = 2\n"
    small.write_text(f"start = 2026-11-23T08:00:00+08:00\ndays = 4\n{planted}", "utf-8")
    told = _run(str(small), "--keep", str(tmp_path / "kept"))
    assert told["ledger_ok"] is True
    assert (tmp_path / "kept" / "zhengben.sqlite3").is_file()
    assert list((tmp_path / "kept" / "vault").iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [(("nowhere.toml",), "nowhere.toml: cannot be read"), (("small", "--keep", "/proc"), "/proc")],
)
def test_bad_use_is_one_line_and_code_two(words: tuple[str, ...], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zhengben.cli.main", "range", "run", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "ZHENGBEN_LANGUAGE": "en"},
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(("told", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_leaves_when_told_and_takes_its_folder_along(tmp_path: Path, told: signal.Signals, code: int) -> None:
    """Where memory has no room the folder is where the environment says."""
    process = subprocess.Popen(
        [sys.executable, "-c", HERE, "range", "run", "--seed", "3"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "TMPDIR": str(tmp_path), "LC_ALL": "en_GB.UTF-8"},
    )  # fmt: skip
    assert process.stderr
    assert "of 30 days" in process.stderr.readline()
    assert list(tmp_path.iterdir())
    process.send_signal(told)
    _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []
