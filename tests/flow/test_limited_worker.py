"""The worker's side of a limited call, in this process: what it is asked, what it answers, and which limits it sets.

The limits themselves are recorded here, not set: they would hold for the tests too. `test_limited.py` shows them hold.
"""

import os
import pickle
import resource
import signal
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from worlds import NOW
from zhengben.core.judge import judge
from zhengben.flow import limited, limited_drills, limited_worker
from zhengben.flow.limited import ExaminationKilled, FileBytes, Pool

HERE = "zhengben.flow.limited_drills"
LENGTH = struct.Struct("<Q")
Limits = list[tuple[int, Any]]


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Limits:
    """Write down which limits are asked of the kernel."""
    asked: Limits = []
    monkeypatch.setattr(resource, "setrlimit", lambda what, to: asked.append((what, to)))
    monkeypatch.setattr(signal, "setitimer", lambda what, to: asked.append((what, to)))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    return asked


@pytest.fixture
def pipes() -> Iterator[tuple[int, int, int, int]]:
    """Give two pipes: what the worker reads and its other end, what the worker writes and its other end."""
    requests, ask = os.pipe()
    answers, out = os.pipe()
    yield requests, ask, answers, out
    for end in (requests, ask, answers, out):
        if end not in _CLOSED:
            os.close(end)
    _CLOSED.clear()


_CLOSED: set[int] = set()


def close(end: int) -> None:
    os.close(end)
    _CLOSED.add(end)


def request(function: str, *args: object, cpu_s: float = 2.0, memory_mb: int = 64) -> bytes:
    """Write a request as the pool writes it."""
    given = [("file", arg.path) if isinstance(arg, FileBytes) else ("plain", arg) for arg in args]
    return pickle.dumps((f"{HERE}:{function}", given, cpu_s, memory_mb))


def answered(body: bytes) -> tuple[str, Any]:
    """Read an answer as the pool reads it."""
    return limited._loads(body)


def test_requests_are_answered_in_order_until_the_caller_leaves(
    limits: Limits, pipes: tuple[int, int, int, int]
) -> None:
    requests, ask, answers, out = pipes
    for number in (1, 2):
        body = request("double", number)
        os.write(ask, LENGTH.pack(len(body)) + body)
    close(ask)
    assert limited_worker.main(requests, out) == 0
    close(out)
    said = b"".join(iter(lambda: os.read(answers, 1 << 16), b""))
    size = LENGTH.unpack(said[:8])[0]
    assert answered(said[8 : 8 + size]) == ("result", 2)
    assert answered(said[16 + size :]) == ("result", 4)
    assert (resource.RLIMIT_FSIZE, (0, 0)) in limits
    assert (resource.RLIMIT_CORE, (0, 0)) in limits


def test_a_worker_nobody_asks_ends_by_itself(
    limits: Limits, pipes: tuple[int, int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited_worker, "IDLE_S", 0.01)
    assert limited_worker.main(pipes[0], pipes[3]) == 0
    assert limits


def test_a_call_has_its_limits_and_leaves_none_behind(limits: Limits, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(3 << 20))
    body = request("length", FileBytes(tmp_path / "file"), cpu_s=1.5, memory_mb=64)
    assert answered(limited_worker._serve(body)) == ("result", 3 << 20)
    given = next(value[0] for kind, value in limits if kind == resource.RLIMIT_AS)
    held = limited_worker._held()
    assert abs(given - held - (64 << 20)) < 16 << 20, "64 MB beyond what the process holds, the file included"
    assert (signal.ITIMER_PROF, 1.5) in limits
    free = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    left = [(signal.ITIMER_PROF, 0), (resource.RLIMIT_CPU, free), (resource.RLIMIT_AS, free)]
    assert limits[-3:] == left, "what the next function imports is not paid from this call's time"


@pytest.mark.usefixtures("limits")
def test_an_empty_file_is_no_bytes(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert answered(limited_worker._serve(request("length", FileBytes(tmp_path / "empty")))) == ("result", 0)


@pytest.mark.usefixtures("limits")
def test_what_goes_wrong_is_an_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert answered(limited_worker._serve(request("fail"))) == ("error", "ValueError: on purpose")
    gone = answered(limited_worker._serve(request("length", FileBytes(tmp_path / "gone"))))
    assert gone[0] == "error"
    assert "FileNotFoundError" in gone[1]

    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setitem(limited_worker._KNOWN, f"{HERE}:hoard", full)
    assert answered(limited_worker._serve(request("hoard"))) == ("memory", "")


def test_the_drills_do_no_harm_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stops them in the other tests is the limit, and nothing in the drill."""
    assert (limited_drills.double(2), limited_drills.length(b"abc"), limited_drills.pid()) == (4, 3, os.getpid())
    assert "PATH" in limited_drills.environment()
    limited_drills.spin_in_c(1)
    limited_drills.sleep(0)
    limited_drills.write_file()
    assert limited_drills.hoard(5) == 5
    assert limited_drills.answer_with_code() is os.system
    with pytest.raises(ValueError, match="on purpose"):
        limited_drills.fail()
    left: list[int] = []
    monkeypatch.setattr(os, "_exit", left.append)
    limited_drills.die()
    assert left == [3]


def test_a_spin_ends_by_a_signal_only() -> None:
    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.05)
    try:
        with pytest.raises(TimeoutError):
            limited_drills.spin()
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


# --- the caller's side, where a worker misbehaves --------------------------------------------------------------------


@pytest.fixture
def pool() -> Iterator[Pool]:
    """Give a pool of one worker."""
    made = Pool(1)
    yield made
    made.close()


def test_a_worker_that_stops_reading_is_given_up(pool: Pool) -> None:
    """A stopped worker takes what fits into the pipe, and no more."""
    worker = limited._Worker()
    os.kill(worker.process.pid, signal.SIGSTOP)
    pool.idle.put(worker)
    with pytest.raises(ExaminationKilled) as raised:
        pool.run(f"{HERE}:length", bytes(4 << 20), wall_s=0.3)
    assert raised.value.why == "wall"
    assert pool.run(f"{HERE}:double", 2) == 4


def test_a_worker_that_ended_just_now_is_replaced_once(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise BrokenPipeError

    with monkeypatch.context() as patch:
        write, gone_before = limited._Worker._write, [True]

        def gone_once(*words: Any) -> None:
            if gone_before and gone_before.pop():
                raise ConnectionResetError
            write(*words)

        patch.setattr(limited._Worker, "_write", gone_once)
        assert pool.run(f"{HERE}:double", 3) == 6
    with monkeypatch.context() as patch:
        patch.setattr(limited._Worker, "_write", gone)
        with pytest.raises(ExaminationKilled, match="zhengben doctor") as raised:
            pool.run(f"{HERE}:double", 3)
    assert raised.value.why == "crashed"


def test_a_worker_that_died_while_idle_is_not_asked(pool: Pool) -> None:
    worker = limited._Worker()
    worker.process.kill()
    worker.process.wait()
    pool.idle.put(worker)
    assert pool.run(f"{HERE}:double", 5) == 10


def test_an_answer_that_is_too_big_is_not_read(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "MAX_RESULT", 3)
    with pytest.raises(ExaminationKilled, match="too big"):
        pool.run(f"{HERE}:double", 1)


def test_a_worker_that_closes_its_answers_and_stays_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = limited._Worker()

    def never(timeout: float) -> int:
        raise subprocess.TimeoutExpired("worker", timeout)

    with monkeypatch.context() as patch:
        patch.setattr(worker.process, "wait", never)
        assert worker._epitaph() == ("crashed", "no answer")
    worker.kill()


def test_after_a_fork_the_parents_workers_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "_POOL", limited._POOL)  # put back afterwards
    parents = limited._POOL
    limited._start_over()
    assert limited._POOL is not parents
    assert limited._POOL.idle.empty()


@pytest.mark.parametrize("sent", [limited.ExaminationKilled, os.system, judge])
def test_code_and_names_of_other_rooms_are_not_read(sent: object) -> None:
    with pytest.raises(ExaminationKilled, match="may not come from a worker"):
        limited._loads(pickle.dumps(("result", sent)))


def test_plain_data_is_read_and_garbage_is_an_error() -> None:
    with pytest.raises(ExaminationKilled, match="cannot be read"):
        limited._loads(b"garbage")
    assert limited._loads(pickle.dumps(("result", ({1, 2}, NOW)))) == ("result", ({1, 2}, NOW))
