"""`zhengben disclose --from D --to D`: the numbers of a period, each with what it counts."""

import argparse
import sys
from pathlib import Path

from django.db import DatabaseError

from zhengben import wiring
from zhengben.cli.common import FINE, NOT_EXAMINED, columns, complain, day, emit, json_option, words
from zhengben.core.disclosure import Disclosure, Figure, check_period
from zhengben.locale.words import say

HELP = "Print the disclosure of a period: every figure with its definition and the ids it counts."
EPILOG = """exit codes:
  0  printed
  2  bad usage, or the database cannot be read
  3  printed, but --verify found that the record is not what its ledger says

example:
  zhengben disclose --from 2026-01-01 --to 2026-03-31 --json"""


def options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--from", dest="start", type=day, required=True, help="first day, 2026-01-01")
    parser.add_argument("--to", dest="end", type=day, required=True, help="last day, included")
    parser.add_argument(
        "--csv", type=Path, metavar="DIR",
        help="also write every figure and what it is computed from into this new folder, for others to compute again",
    )  # fmt: skip
    parser.add_argument(
        "--ledger", action="store_true", help="with --csv: also the whole ledger, which names the people who signed"
    )
    parser.add_argument(
        "--verify", action="store_true", help="first hold the whole record against its ledger, column by column"
    )
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Compute and print the disclosure."""
    # Before the record is opened: whoever mistyped a date has done nothing to any database.
    check_period(args.start, args.end)
    if args.ledger and args.csv is None:
        raise ValueError("--ledger writes beside the tables; name their folder with --csv DIR")
    try:
        disclosure = _disclosure(args)
    except FileExistsError as error:
        raise ValueError(f"{args.csv}: is there already; name a new folder for --csv") from error
    except DatabaseError as error:
        raise OSError(
            f"the record in {wiring.home()} cannot be read ({error}); `zhengben up` makes one, or name its home in "
            "ZHENGBEN_HOME or its address in ZHENGBEN_DATABASE"
        ) from error
    code = _verified() if args.verify else FINE
    if args.json:
        emit(as_row(disclosure))
    else:
        rows = [(_value(figure), words(f"figure.{figure.code}")) for figure in disclosure.figures]
        head = words("open_figures.period", start=disclosure.start, end=disclosure.end)
        sys.stdout.write(f"{head}\n{columns(rows)}\n")
    return code


def _verified() -> int:
    """Say in what the record is not as its ledger tells: its numbers are printed, and not to be trusted."""
    problems = wiring.ledger_problems()
    for problem in problems:
        complain(words("open_figures.problem", what=problem))
    return NOT_EXAMINED if problems else FINE


def _disclosure(args: argparse.Namespace) -> Disclosure:
    if args.csv is None:
        return wiring.disclosure(args.start, args.end)
    return wiring.disclosure_opened(args.start, args.end, args.csv, ledger=args.ledger)


def _value(figure: Figure) -> str:
    return f"{'-' if figure.value is None else figure.value} {words(f'unit.{figure.unit}')}"


def as_row(disclosure: Disclosure) -> dict[str, object]:
    """Give a disclosure as one JSON object, each figure with its definition in both languages and its ids."""
    return {
        "from": disclosure.start.isoformat(),
        "to": disclosure.end.isoformat(),
        "figures": [
            {
                "code": figure.code,
                "value": figure.value,
                "unit": figure.unit,
                "definition": {language: say(f"figure.{figure.code}", language) for language in ("zh", "en")},
                "ids": list(figure.ids),
            }
            for figure in disclosure.figures
        ],
    }
