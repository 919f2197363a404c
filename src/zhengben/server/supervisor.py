"""One process that starts the others, starts again what died, and ends every one it started.

It imports nothing of the product that is heavy: migrations and the sign-in link are made by a child that ends.
"""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from zhengben.locale.errors import in_language
from zhengben.locale.terminal import VARIABLE, language_of
from zhengben.locale.words import LANGUAGES, say
from zhengben.server.doors import BusyPortError, claim_port
from zhengben.server.homes import RANGE, HomeError, fresh_range, hold, open_home

# A second, then twice as long up to a minute: a database that is gone is not hammered while it comes back.
FIRST_PAUSE, LONGEST_PAUSE, CALM = 1.0, 60.0, 60.0
PATIENCE = 10.0  # seconds between asking a child to end and ending it
TICK = 0.25
LONGEST_SILENCE = 20.0  # seconds; a slow machine's person is told the link all the same
PORT, HIGHEST_PORT = 8321, 65_535


@dataclass(slots=True)
class Child:
    """One program of the product and how often it had to be started again. Times are monotonic seconds."""

    name: str
    command: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    again_at: float = 0.0

    def start(self, environment: dict[str, str], now: float) -> None:
        """Start the program."""
        launch = [sys.executable, "-m", "zhengben.server.child", str(os.getpid()), *self.command]
        self.process = subprocess.Popen(launch, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603 our own modules
        self.started = now

    def died(self, now: float) -> int | None:
        """Give the exit code of a program that has just ended, and set the time of its next start."""
        code = self.process.poll() if self.process else None
        if code is None:
            return None
        self.process = None
        # Calm for a minute, it is forgiven: one death a week never adds up to a minute's wait.
        self.pause = FIRST_PAUSE if now - self.started > CALM else min(self.pause * 2, LONGEST_PAUSE)
        self.again_at = now + self.pause
        return code


@dataclass(slots=True)
class Supervisor:
    """The children, and the event that ends them. `tell` receives one line for people at a time."""

    children: Sequence[Child]
    environment: dict[str, str]
    language: str
    tell: Callable[[str], None]
    stop: Event = field(default_factory=Event)
    greeting: str = ""  # said once, when `listens` or after a while: a link that is clicked at once must open
    listens: Callable[[], bool] = field(default=lambda: True)

    def run(self) -> None:
        """Keep every child running until asked to stop; then end them all, the patient way first."""
        try:
            began = time.monotonic()
            for child in self.children:
                child.start(self.environment, began)
            while not self.stop.wait(TICK):
                self.look(time.monotonic())
                self.greet(time.monotonic() - began)
        finally:
            self.end()

    def look(self, now: float) -> None:
        """Start again what is due, and note what has died since the last look."""
        for child in self.children:
            if child.process is None:
                if now >= child.again_at:
                    child.start(self.environment, now)
                continue
            code = child.died(now)
            if code is not None:
                facts = {"name": child.name, "code": code, "seconds": f"{child.pause:g}"}
                self.tell(say("up.child_died", self.language, facts))

    def greet(self, waited: float) -> None:
        """Say the greeting once; `waited` is how many seconds the children have had to come up."""
        if self.greeting and (waited > LONGEST_SILENCE or self.listens()):
            self.tell(self.greeting)
            self.greeting = ""

    def forward(self, number: int) -> None:
        """Hand a signal on to every child."""
        for child in self.children:
            if child.process and child.process.poll() is None:
                child.process.send_signal(number)

    def end(self) -> None:
        """End every child: ask, wait, and kill only what does not listen."""
        self.forward(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()


def options(parser: argparse.ArgumentParser) -> None:
    """Add what `zhengben up` takes."""
    parser.add_argument("--range", action="store_true", dest="in_range")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--language", choices=LANGUAGES, default=language_of(os.environ))
    parser.add_argument("--scenario", default="")
    parser.add_argument("--new-link", default="")


def children(args: argparse.Namespace) -> tuple[Child, ...]:
    """Give the programs of one installation: web and worker, and in the range its small internet."""
    web = Child("web", ("zhengben.server.web", "--host", args.host, "--port", str(args.port)))
    if args.in_range:
        return (web, Child("range", ("zhengben.server.training", *([args.scenario] if args.scenario else []))))
    return (web, Child("worker", ("zhengben.server.worker",)))


def prepare(args: argparse.Namespace, environment: dict[str, str]) -> tuple[int, str]:
    """Run the child that migrates the database; give its exit code, and the way in for whoever waits for it."""
    command = [sys.executable, "-m", "zhengben.server.prepare", "--language", args.language]
    command += ["--address", f"http://{_shown(args.host)}:{args.port}"]
    command += ["--new-link", args.new_link] if args.new_link else []
    done = subprocess.run(command, env=environment, check=False, stdout=subprocess.PIPE)  # noqa: S603 our own module
    return done.returncode, done.stdout.decode("utf-8", "replace").rstrip("\n")


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((_shown(host), port), 1).close()
    except OSError:
        return False
    return True


def main(argv: Sequence[str] | None = None) -> int:
    """Bring the whole product up and keep it up; give the exit code of the contract."""
    parser = argparse.ArgumentParser(prog="zhengben up")
    options(parser)
    args = parser.parse_args(argv)
    try:
        home = _home(args)
    except BusyPortError as error:
        return _refuse("up.busy_port", args.language, _another_port(args) | {"why": _why(error, args)})
    except HomeError as error:
        return _refuse("up.no_home", args.language, {"why": _why(error, args)})
    environment = surroundings(args, home)
    code, greeting = prepare(args, environment)
    if code or args.new_link:
        return code
    supervisor = Supervisor(
        children(args), environment, args.language, _tell, greeting=greeting,
        listens=lambda: _listens(args.host, args.port),
    )  # fmt: skip
    _listen(supervisor)
    supervisor.run()
    return 0


def _home(args: argparse.Namespace) -> Path:
    """Claim the port and give the home to work in."""
    if not args.new_link:  # a link for somebody is made beside an installation that runs
        claim_port(args.host, args.port)
    home = open_home(args.home or Path(os.environ.get("ZHENGBEN_HOME") or "var"))
    if args.in_range:
        return open_home(home / RANGE) if args.new_link else _range_of(home)
    return home


def _another_port(args: argparse.Namespace) -> dict[str, object]:
    """Give the port that is taken and the options to try instead."""
    other = args.port + 1 if 0 < args.port < HIGHEST_PORT else PORT
    return {"port": args.port, "other": f"{'--range ' if args.in_range else ''}--port {other}"}


def _range_of(home: Path) -> Path:
    """Give an empty home for the range, taken for this process until it ends."""
    hold(home)
    return fresh_range(home)


def surroundings(args: argparse.Namespace, home: Path) -> dict[str, str]:
    """Give the environment of the children: where they live, and whether they are in the range.

    The range never touches the database an installation names for its real work.
    """
    # Unbuffered: the line that explains a death must reach the screen before the death.
    environment = dict(os.environ) | {"ZHENGBEN_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    environment["ZHENGBEN_PORT"] = str(args.port)
    environment[VARIABLE] = args.language
    environment["MALLOC_ARENA_MAX"] = "2"  # threads of a small machine need no arena each
    if args.in_range:
        # The invented letters of a drill must never stand in the ledger of real cases.
        environment.pop("ZHENGBEN_DATABASE", None)
        environment["ZHENGBEN_RANGE"] = "1"
    else:
        environment.pop("ZHENGBEN_RANGE", None)
    return environment


def _listen(supervisor: Supervisor) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: supervisor.stop.set())
    with contextlib.suppress(AttributeError):  # a platform without SIGHUP
        signal.signal(signal.SIGHUP, lambda number, _frame: supervisor.forward(number))


def _shown(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 compared, not bound


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _why(error: OSError, args: argparse.Namespace) -> str:
    return in_language(str(error.strerror or error), args.language)


def _refuse(key: str, language: str, facts: dict[str, object]) -> int:
    _tell(say(key, language, facts))
    return 2


if __name__ == "__main__":
    sys.exit(main())
