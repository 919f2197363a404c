"""The evidence log: nothing can be changed, taken out or put in, and a crash loses nothing that was acknowledged."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from zhengben.evidence.exhibit import Head
from zhengben.evidence.log import START, BrokenLogError, Entry, Log, entries

PAYLOAD = "ab" * 32


@pytest.fixture
def log(tmp_path: Path, now: datetime) -> Log:
    log = Log(tmp_path / "evidence.log")
    for number in range(5):
        log.append(Entry(now, "worker", "seal", f"package-{number}", PAYLOAD))
    return log


def test_entries_follow_each_other(log: Log) -> None:
    told = list(entries(log.path.read_bytes()))
    assert [head.seq for head, _ in told] == [1, 2, 3, 4, 5]
    assert [entry["object"] for _, entry in told] == [f"package-{n}" for n in range(5)]
    assert log.verify() == log.head() == told[-1][0]


def test_an_empty_log_starts_at_nought(tmp_path: Path) -> None:
    log = Log(tmp_path / "new" / "evidence.log")
    assert log.head() == log.verify() == START == Head(0, "0" * 64)


def test_every_changed_bit_is_seen(log: Log) -> None:
    """Of the last line only its own hash, which the next entry or a package holds, can tell."""
    body = log.path.read_bytes()
    head = log.head()
    for at in range(len(body) * 8):
        changed = bytearray(body)
        changed[at // 8] ^= 1 << (at % 8)
        try:
            ends = [place for place, _ in entries(bytes(changed))]
        except BrokenLogError:
            continue
        assert ends[-1] != head, f"bit {at}"


def test_taking_out_swapping_and_cutting_is_seen(log: Log) -> None:
    lines = log.path.read_bytes().splitlines(keepends=True)
    for changed in (lines[1:], lines[:2] + lines[3:], [lines[1], lines[0], *lines[2:]], [*lines, lines[-1]]):
        with pytest.raises(BrokenLogError, match="line"):
            list(entries(b"".join(changed)))
    with pytest.raises(BrokenLogError):
        list(entries(b"".join(lines)[:-1]))


def test_a_line_cut_by_a_crash_is_taken_off(log: Log, now: datetime) -> None:
    head = log.head()
    with log.path.open("ab") as file:
        file.write(b'{"seq":6,"half')
    assert log.head() == head
    assert log.append(Entry(now, "worker", "seal", "after")).seq == 6
    assert log.verify().seq == 6


def test_two_writers_do_not_tear_it(log: Log) -> None:
    code = (
        "import sys\nfrom datetime import UTC, datetime\nfrom zhengben.evidence.log import Entry, Log\n"
        "day = datetime(2026, 1, 1, tzinfo=UTC)\n"
        "for n in range(40): Log(sys.argv[1]).append(Entry(day, sys.argv[2], 'seal', str(n)))"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(log.path), name]) for name in ("a", "b")]
    assert [one.wait() for one in both] == [0, 0]
    assert log.verify().seq == 85


def test_unfit_entries_are_refused(log: Log, now: datetime) -> None:
    with pytest.raises(ValueError, match="sha256"):
        log.append(Entry(now, "worker", "seal", "x", "ABC"))
    with pytest.raises(ValueError, match="4096 bytes"):
        log.append(Entry(now, "worker", "seal", "x" * 5000))
    assert log.verify().seq == 5
