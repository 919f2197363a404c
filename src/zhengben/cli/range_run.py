"""`zhengben range run`: play a scenario of the training range in virtual time and print its summary."""

import argparse
import importlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

from zhengben.cli.common import FINE, columns, complain, emit, json_option, words
from zhengben.range.scenario import SHIPPED, Scenario, read_scenario

HELP = "Play a scenario of the training range in virtual time, on loopback only, and print its summary."
EPILOG = f"""scenarios shipped: {", ".join(SHIPPED)}; or give a TOML file.
The same seed gives the same summary but for elapsed_s.

exit codes:
  0  played; what was missed or wrongly accused stands in the summary
  2  bad usage, an unreadable scenario, or loopback cannot be used

example:
  zhengben range run small --seed 7 --json"""
MEMORY = Path("/dev/shm")  # noqa: S108  the record of a drill is thrown away: where there is memory, no disk is worn
A_THING, A_CAPTURE = 300 << 10, 8 << 20  # bytes there must be room for; containers often give little


def options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("scenario", nargs="?", default="small", help="small (default), quarter, year, or a TOML file")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="plants another world (1)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep record and evidence in this new folder")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Play it and print the summary."""
    scenario = read_scenario(args.scenario)
    signal.signal(signal.SIGTERM, _leave)  # whoever ends us wants the room back, too
    with tempfile.TemporaryDirectory(dir=_room(scenario)) as folder:
        home = _home(args.keep) if args.keep else Path(folder)
        _open_record(home)
        told = _play(scenario, args.seed, home)
    if args.json:
        emit(told)
    else:
        sys.stdout.write(columns((words(f"range.{key}"), _shown(value)) for key, value in told.items()) + "\n")
        for key in ("missed", "accused_decoys"):
            for row in told[key]:
                sys.stdout.write(f"  {words(f'range.{key}')}: {'  '.join(row.values())}\n")
    return FINE


def _leave(number: int, _frame: object) -> NoReturn:
    sys.exit(128 + number)


def _room(scenario: Scenario) -> Path | None:
    """Give the folder in memory where there is room in it, or None for the usual one."""
    things = sum(scenario.impostors.values()) + sum(scenario.decoys.values())
    needed = things * A_THING + scenario.browser_sample * A_CAPTURE
    return MEMORY if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= needed else None


def _play(scenario: Scenario, seed: int, home: Path) -> dict[str, Any]:
    database = importlib.import_module("django.db")
    drill = importlib.import_module("zhengben.flow.drill")  # needs the record to be open
    try:
        told: dict[str, Any] = drill.play(scenario, seed, home, complain)
    except database.DatabaseError as error:
        raise OSError(
            f"{home}: the record of the drill cannot be kept there ({error}); make room or use --keep"
        ) from error
    finally:
        database.connections.close_all()
    return told


def _home(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise ValueError(f"{folder}: is not empty; name a new folder for --keep")
    return folder.resolve()


def _open_record(home: Path) -> None:
    """Make an empty record for this drill alone, whatever database the environment names."""
    os.environ.pop("ZHENGBEN_DATABASE", None)
    os.environ.update(ZHENGBEN_HOME=str(home), ZHENGBEN_RANGE="1", DJANGO_SETTINGS_MODULE="zhengben.server.settings")
    importlib.import_module("django").setup()
    importlib.import_module("django.core.management").call_command("migrate", verbosity=0)
    with importlib.import_module("django.db").connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")  # an invented record need not survive a power cut


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in value.items())
    if isinstance(value, list):
        plain = [row for row in value if isinstance(row, str)]
        return f"{len(value)} {', '.join(plain)}".strip()
    return words(f"range.{'yes' if value else 'no'}") if isinstance(value, bool) else str(value)
