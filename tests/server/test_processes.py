"""The product's processes, each run here as a function: what it says, whom it serves, and that it leaves when told."""

import ctypes
import importlib
import os
import signal
import smtplib
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import pytest
import waitress
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import Client, RequestFactory

from databases import Record
from desk import seen
from zhengben import wiring
from zhengben.flow.work import Worker
from zhengben.server import child, errors, prepare, settings, stage, supervisor, training, worker
from zhengben.server.clock import CLOCK_FILE, time_of, wall_clock, write_clock
from zhengben.store.models import Case, Heartbeat, Lead

SCENARIO = "start = 2026-11-23T08:00:00+08:00\ndays = 1\n[impostors]\nsite_added = 1\n"


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put signal handlers back, and keep Django, which is set up already, from setting up logging anew."""
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    monkeypatch.setattr(django, "setup", lambda **_: None)
    monkeypatch.delenv("ZHENGBEN_RANGE", raising=False)
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.fixture
def home(record: Record, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the home of an installation on a fresh database."""
    monkeypatch.setenv("ZHENGBEN_HOME", str(record.home))
    wiring.adapters.cache_clear()
    wiring._known_brands.cache_clear()
    yield record.home
    wiring.adapters.cache_clear()
    wiring._known_brands.cache_clear()


sqlite = pytest.mark.parametrize("record", ["sqlite"], indirect=True)


# --- a child ends with its parent -------------------------------------------------------------------------------------


def test_a_child_asks_to_end_with_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    kernel = type("Kernel", (), {"prctl": lambda _self, *words: asked.append(words)})
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: kernel())
    child.end_with_parent(os.getppid())
    assert asked == [(child.PR_SET_PDEATHSIG, signal.SIGTERM)]
    with pytest.raises(SystemExit) as left:  # the parent is gone already: it would never be told
        child.end_with_parent(1 << 22)
    assert left.value.code == 0


def test_where_the_kernel_cannot_it_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", None)
    child.end_with_parent(1 << 22)


def test_a_child_runs_its_module_with_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "told_child.py").write_text(
        "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(' '.join([__name__, *sys.argv[2:]]))"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(child, "end_with_parent", lambda _parent: None)
    monkeypatch.setattr(sys, "argv", ["child", "1", "told_child", str(tmp_path / "out"), "--port", "8"])
    child.main()
    assert (tmp_path / "out").read_text() == "__main__ --port 8"


# --- before anything listens ------------------------------------------------------------------------------------------


def prepared(monkeypatch: pytest.MonkeyPatch, language: str = "zh") -> int:
    """Prepare the installation as the supervisor would have it done."""
    words = ["prepare", "--address", "http://127.0.0.1:8321", "--language", language]
    monkeypatch.setattr(sys, "argv", words)
    return prepare.main()


@sqlite
def test_the_first_person_is_shown_the_way_in_until_somebody_has_a_password(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert home.exists()
    assert prepared(monkeypatch) == 0
    said = capsys.readouterr().out
    link = next(word for word in said.split() if "/welcome/" in word)
    page = Client(SERVER_NAME="127.0.0.1").get(link.removeprefix("http://127.0.0.1:8321"))
    assert page.status_code == 200
    assert "http://127.0.0.1:8321/check/" in said
    assert prepared(monkeypatch) == 0
    assert "/welcome/" in capsys.readouterr().out
    assert get_user_model().objects.count() == 1
    get_user_model().objects.create_superuser("陈思", password="a long enough password")
    assert prepared(monkeypatch) == 0
    assert "/welcome/" not in capsys.readouterr().out


@sqlite
def test_the_range_says_that_it_is_one(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert home.exists()
    monkeypatch.setenv("ZHENGBEN_RANGE", "1")
    assert prepared(monkeypatch) == 0
    assert "靶场" in capsys.readouterr().out


def test_a_database_that_cannot_be_used_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("unable to open database file\nand more")

    monkeypatch.setattr(prepare, "call_command", away)
    assert prepared(monkeypatch, "en") == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "unable to open database file" in said


# --- the web process --------------------------------------------------------------------------------------------------


def test_the_web_process_serves_where_it_is_told_and_leaves_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    served: dict[str, Any] = {}
    monkeypatch.setattr(waitress, "serve", lambda application, **told: served.update(told, application=application))
    monkeypatch.setattr(sys, "argv", ["web", "--host", "127.0.0.1", "--port", "9"])
    web = importlib.import_module("zhengben.server.web")
    web.main()
    assert (served["host"], served["port"]) == ("127.0.0.1", 9)
    assert served["max_request_body_size"] == settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    with pytest.raises(SystemExit) as left:
        signal.raise_signal(signal.SIGTERM)
    assert left.value.code == 0


def test_what_a_person_may_not_do_is_said_and_what_to_do() -> None:
    page = errors.forbidden(RequestFactory().get("/"), PermissionDenied())
    assert page.status_code == 403
    assert seen(page, "您不能做这件事", "请用有权限的账号登录")
    machine = errors.forbidden(RequestFactory().get("/api/v1/x"))
    assert (machine.status_code, machine.headers["Content-Type"]) == (403, "application/json")


@pytest.mark.parametrize("kept", ["from the home\n", ""])
def test_the_secret_of_sessions_is_the_homes(kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHENGBEN_SECRET", raising=False)
    made = settings._secret(tmp_path)
    assert len(made) > 40  # none is kept: one for this process only
    (tmp_path / "secret").write_text(kept)
    assert (settings._secret(tmp_path) == kept.strip()) is bool(kept)
    monkeypatch.setenv("ZHENGBEN_SECRET", "from the environment")
    assert settings._secret(tmp_path) == "from the environment"


# --- the worker -------------------------------------------------------------------------------------------------------


def at_work(monkeypatch: pytest.MonkeyPatch, during: Callable[[], object] = lambda: None) -> None:
    """Let a worker do one turn, with something happening meanwhile, and then be told to stop."""
    turn = Worker.turn

    def last(self: Worker) -> int:
        during()
        signal.raise_signal(signal.SIGTERM)
        return turn(self)

    monkeypatch.setattr(Worker, "turn", last)


@sqlite
@pytest.mark.sockets
def test_a_worker_takes_replies_while_it_works_and_only_then(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (home / "zhengben.toml").write_text(f'[mail]\ninbox = "127.0.0.1:{port}"\n', "utf-8")
    heard: list[int] = []

    def knock() -> None:
        with smtplib.SMTP("127.0.0.1", port) as link:
            link.ehlo("host.example")
            heard.append(link.docmd("MAIL FROM:<a@host.example>")[0])
            heard.append(link.docmd("RCPT TO:<somebody@else.example>")[0])

    at_work(monkeypatch, knock)
    assert worker.main(["--name", "w9"]) == 0
    assert heard == [250, 550]
    assert Heartbeat.objects.get().worker == "w9"
    with pytest.raises(OSError, match=r"."):
        socket.create_connection(("127.0.0.1", port), timeout=2).close()


@sqlite
@pytest.mark.sockets
def test_of_two_workers_one_has_the_door_and_the_other_works_without(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at_work(monkeypatch)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        (home / "zhengben.toml").write_text(f'[mail]\ninbox = "127.0.0.1:{taken.getsockname()[1]}"\n', "utf-8")
        assert worker.main(["--name", "w2"]) == 0
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "another worker may have it" in said
    assert Heartbeat.objects.filter(worker="w2").exists()


@sqlite
def test_a_worker_without_a_mailbox_works_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.exists()
    at_work(monkeypatch)
    assert worker.main(["--name", "w1"]) == 0
    assert Heartbeat.objects.get().done == 0


# --- the range beside the console -------------------------------------------------------------------------------------


@sqlite
@pytest.mark.sockets
def test_the_stage_plays_a_world_and_leaves_its_clock_standing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengben.collect.browser.chromium", lambda: "")
    monkeypatch.setenv("ZHENGBEN_RANGE_SECONDS_AN_HOUR", "0.001")
    (home / "mine.toml").write_text(SCENARIO, "utf-8")
    stage.play(str(home / "mine.toml"), home, threading.Event())
    assert Heartbeat.objects.get().worker == stage.NAME
    first, later = (time_of(home, wall_clock(), in_range=True) for _ in range(2))
    assert first == later
    assert Lead.objects.exists()
    assert Case.objects.filter(state="sealed").exists()


def trained(monkeypatch: pytest.MonkeyPatch, home: Path, play: Callable[..., None]) -> list[str]:
    """Run the range's process with such a play; it is told to stop at its second sign of life. Gives the signs."""
    signs: list[str] = []

    def alive() -> None:
        signs.append("alive")
        if len(signs) == 2:
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setenv("ZHENGBEN_HOME", str(home))
    monkeypatch.setattr(training, "BEAT_SECONDS", 0.001)
    monkeypatch.setattr(stage, "alive", alive)
    monkeypatch.setattr(stage, "play", play)
    assert training.main() == 0
    return signs


def test_the_range_rests_when_its_world_has_ended_and_is_not_played_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`stage.play` itself knows; the process only asks it, and then shows that it is alive."""
    played: list[str] = []

    def play(scenario: str, home: Path, stop: threading.Event) -> None:
        played.append(scenario)
        write_clock(home, wall_clock(), wall_clock(), 0.0)
        real(scenario, home, stop)

    real = stage.play
    monkeypatch.setattr(sys, "argv", ["training"])
    assert len(trained(monkeypatch, tmp_path, play)) == 2
    assert len(trained(monkeypatch, tmp_path, play)) == 2
    assert played == ["small", "small"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [CLOCK_FILE]  # nothing was planted


def test_a_scenario_that_is_missing_is_one_line_and_the_console_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["training", str(tmp_path / "nowhere.toml")])
    monkeypatch.setenv("ZHENGBEN_LANGUAGE", "en")
    assert len(trained(monkeypatch, tmp_path, stage.play)) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "nowhere.toml" in said


# --- the supervisor ---------------------------------------------------------------------------------------------------


def test_an_installation_has_a_worker_and_the_range_its_own_world() -> None:
    def names(**told: object) -> list[tuple[str, ...]]:
        args = type("Args", (), {"host": "127.0.0.1", "port": 1, "in_range": False, "scenario": "", **told})()
        return [one.command for one in supervisor.children(args)]

    web = ("zhengben.server.web", "--host", "127.0.0.1", "--port", "1")
    assert names() == [web, ("zhengben.server.worker",)]
    assert names(in_range=True) == [web, ("zhengben.server.training",)]
    assert names(in_range=True, scenario="year")[1] == ("zhengben.server.training", "year")


PATIENT = "import time, signal; signal.signal(signal.SIGTERM, lambda *_: exit(0)); time.sleep(60)"


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Let `up` start one harmless child, and write down the surroundings its preparation was given."""
    given: list[dict[str, str]] = []

    def prepare_it(_args: object, environment: dict[str, str]) -> tuple[int, str]:
        given.append(environment)
        return 0, ""

    (tmp_path / "patient_child.py").write_text(PATIENT)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(supervisor, "prepare", prepare_it)
    monkeypatch.setattr(supervisor, "children", lambda _args: (supervisor.Child("patient", ("patient_child",)),))
    return given


@pytest.mark.sockets
@pytest.mark.parametrize("words", [(), ("--range",)])
def test_up_runs_until_it_is_told_and_leaves_nobody_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starts: list[dict[str, str]], words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(supervisor, "TICK", 0.01)
    look, pids = supervisor.Supervisor.look, list[int]()

    def watched(self: supervisor.Supervisor, now: float) -> None:
        look(self, now)
        process = self.children[0].process
        assert process
        pids.append(process.pid)
        if len(pids) == 3:
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(supervisor.Supervisor, "look", watched)
    monkeypatch.setenv("ZHENGBEN_RANGE", "1")
    assert supervisor.main(["--port", "0", "--home", str(tmp_path / "home"), *words]) == 0
    assert starts[0].get("ZHENGBEN_RANGE", "0") == ("1" if words else "0")
    assert Path(starts[0]["ZHENGBEN_HOME"]).name == ("range" if words else "home")
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


@pytest.mark.sockets
def test_up_does_not_start_what_could_not_be_prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> object:
        asked.append(command)
        return type("Done", (), {"returncode": 2, "stdout": b""})()

    monkeypatch.setattr("zhengben.server.supervisor.subprocess.run", run)
    assert supervisor.main(["--host", "0.0.0.0", "--port", "0", "--home", str(tmp_path)]) == 2  # noqa: S104 -- bound for a moment
    assert "http://127.0.0.1:0" in asked[0]  # what people are shown is an address they can open


def test_a_hangup_is_handed_on_and_an_interrupt_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[int] = []
    monkeypatch.setattr(supervisor.Supervisor, "forward", lambda _self, number: handed.append(number))
    boss = supervisor.Supervisor([], {}, "zh", lambda _line: None)
    supervisor._listen(boss)
    signal.raise_signal(signal.SIGHUP)
    assert (handed, boss.stop.is_set()) == ([signal.SIGHUP], False)
    signal.raise_signal(signal.SIGINT)
    assert boss.stop.is_set()
