"""The supervisor: starts its children, starts again what dies, ends every one; and one line for what stops it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from zhengben.server.doors import BusyPortError, claim_port
from zhengben.server.supervisor import Child, Supervisor, _listens, main, surroundings

PATIENT = "import time, signal; signal.signal(signal.SIGTERM, lambda *_: exit(0)); time.sleep(60)"


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder whose modules a child can run."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "patient_child.py").write_text(PATIENT)
    (tmp_path / "short_child.py").write_text("import sys; sys.exit(3)")
    (tmp_path / "deaf_child.py").write_text(PATIENT.replace("lambda *_: exit(0)", "signal.SIG_IGN"))
    return tmp_path


def supervisor(*names: str) -> tuple[Supervisor, list[str]]:
    """Give a supervisor of such children, and what it tells."""
    told: list[str] = []
    return Supervisor([Child(n, (n,)) for n in names], dict(os.environ), "zh", told.append), told


def alive(pid: int) -> bool:
    """Tell whether a process runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except OSError:
        return False


def test_what_dies_is_started_again_later_each_time(modules: Path) -> None:
    assert modules
    boss, told = supervisor("short_child")
    child = boss.children[0]
    child.start(boss.environment, 0.0)
    pauses: list[float] = []
    early: list[bool] = []
    for now in (10.0, 100.0, 200.0):
        assert child.process
        child.process.wait(10)
        boss.look(now)
        pauses.append(child.pause)
        boss.look(now + 0.5)
        early.append(child.process is not None)
        boss.look(now + child.pause)
        child.started = now + child.pause
    assert pauses[1] < pauses[2] or pauses[1] == 1.0
    assert early == [False] * 3
    assert len(told) == 3
    assert "short_child 意外退出（代码 3）" in told[0]
    boss.end()


def test_every_child_is_ended_even_one_that_does_not_listen(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert modules
    monkeypatch.setattr("zhengben.server.supervisor.PATIENCE", 1.0)
    boss, _ = supervisor("patient_child", "deaf_child")
    for child in boss.children:
        child.start(boss.environment, 0.0)
    time.sleep(0.6)
    pids = [child.process.pid for child in boss.children if child.process]
    boss.end()
    assert len(pids) == 2
    assert not any(alive(pid) for pid in pids)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel ends orphans on Linux only")
def test_children_of_a_killed_supervisor_end_too(modules: Path) -> None:
    assert modules
    code = (
        "import os, time; from zhengben.server.supervisor import Child\n"
        "c = Child('patient_child', ('patient_child',)); c.start(dict(os.environ), 0.0)\n"
        "print(c.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    time.sleep(0.8)
    assert alive(pid)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 5
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(pid)


def test_a_signal_is_handed_on(modules: Path) -> None:
    assert modules
    boss, _ = supervisor("patient_child")
    child = boss.children[0]
    child.start(boss.environment, 0.0)
    time.sleep(0.6)
    boss.forward(signal.SIGTERM)
    assert child.process
    assert child.process.wait(5) == 0


@pytest.mark.sockets
def test_a_busy_port_is_one_clear_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--port", str(port), "--home", str(tmp_path)]) == 2
        with pytest.raises(BusyPortError):
            claim_port("127.0.0.1", port)
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert f"端口 {port} 不可用" in err
    assert f"--port {port + 1}" in err


@pytest.mark.sockets
def test_a_home_that_cannot_be_written_is_one_clear_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert main(["--port", "0", "--home", str(tmp_path / "file"), "--language", "en"]) == 2
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert "data folder cannot be used" in err


def test_the_range_never_touches_the_real_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGBEN_DATABASE", "postgresql:///real")
    args = type("Args", (), {"in_range": True, "port": 1, "language": "zh"})()
    assert "ZHENGBEN_DATABASE" not in surroundings(args, tmp_path)
    args.in_range = False
    assert surroundings(args, tmp_path)["ZHENGBEN_DATABASE"] == "postgresql:///real"


def test_the_way_in_is_told_once_and_not_before_somebody_listens_there() -> None:
    boss, told = supervisor()
    boss.greeting = "http://127.0.0.1:1/welcome/"
    answers = [False, False, True, True]
    boss.listens = lambda: answers.pop(0)
    for waited in (0.25, 0.5, 0.75, 1.0):
        boss.greet(waited)
        assert told == ([] if waited < 0.75 else ["http://127.0.0.1:1/welcome/"])
    assert answers == [True], "once told, nobody knocks any more"


def test_a_machine_too_slow_to_listen_still_tells_the_way_in() -> None:
    boss, told = supervisor()
    boss.greeting, boss.listens = "the way in", lambda: False
    boss.greet(19.0)
    assert told == []
    boss.greet(21.0)
    assert told == ["the way in"]


@pytest.mark.sockets
def test_an_open_door_is_known_from_a_closed_one() -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
        assert not _listens("127.0.0.1", port)
        door.listen()
        assert _listens("127.0.0.1", port)
        assert _listens("0.0.0.0", port)  # noqa: S104  what was bound to every address is asked on this machine's own
