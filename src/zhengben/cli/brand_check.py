"""`zhengben brand check FILE.toml`: is this dossier sound, and how much will it cry?"""

import argparse
import importlib
import sys
from pathlib import Path

from zhengben.cli.common import ACCUSED, FINE, UNUSABLE, Outcome, columns, complain, emit, json_option, plain
from zhengben.core.brand import Brand
from zhengben.core.dossier import Problem, check_dossier, read_dossier

HELP = "Check dossiers. Every problem names its line and the cure; a sound one shows the alerts to expect."
EPILOG = """exit codes:
  0  every dossier is sound
  1  at least one is not
  2  a file could not be read

example:
  zhengben brand check brands/weilidai.toml"""

LIMIT = 1 << 20


def options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.toml", help="a dossier")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Check every file; one bad file never stops the rest."""
    outcome = Outcome()
    for path in args.files:
        outcome.note(_one(path, as_json=args.json))
    return outcome.code


def _one(path: Path, *, as_json: bool) -> int:
    try:
        text = _read(path)
    except (OSError, ValueError) as error:
        complain(plain(error))
        return UNUSABLE
    problems = check_dossier(text)
    brand = None if problems else read_dossier(text)
    alerts = [] if brand is None else expected_alerts(brand)
    if as_json:
        emit(_row(path, brand, problems, alerts))
    else:
        sys.stdout.write(_words(path, brand, problems, alerts))
    return FINE if not problems else ACCUSED


def _read(path: Path) -> str:
    if path.stat().st_size > LIMIT:
        raise ValueError(f"{path}: larger than {LIMIT} bytes; a dossier is a small text file")
    return path.read_text("utf-8")


def expected_alerts(brand: Brand) -> list[dict[str, object]]:
    """Give how often each name of a brand would cry on ordinary traffic.

    The calibration needs the heavy engine of `names`, so it is loaded only here.
    """
    calibration = importlib.import_module("zhengben.names.calibration")
    rows: list[dict[str, object]] = calibration.expected_alerts(brand)
    return rows


def _row(
    path: Path, brand: Brand | None, problems: tuple[Problem, ...], alerts: list[dict[str, object]]
) -> dict[str, object]:
    return {
        "brand": brand.id if brand else path.stem,
        "ok": not problems,
        "problems": [{"line": p.line, "what": p.what, "cure": p.cure} for p in problems],
        "unsourced": _unsourced(brand) if brand else [],
        "alerts": alerts,
    }


def _unsourced(brand: Brand) -> list[str]:
    return [
        *(f"right {right.number}" for right in brand.rights if not right.source),
        *(f"{channel.kind} {channel.value or channel.exists}" for channel in brand.channels if not channel.source),
    ]


def _words(path: Path, brand: Brand | None, problems: tuple[Problem, ...], alerts: list[dict[str, object]]) -> str:
    if brand is None:
        lines = "".join(f"  line {p.line}: {p.what}; {p.cure}\n" for p in problems)
        return f"{path}: not sound, {len(problems)} problem(s)\n{lines}"
    words = f"{path}: sound ({brand.id}, {brand.names.primary})\n"
    words += "".join(f"  without a source: {fact}\n" for fact in _unsourced(brand))
    table = [(str(row.get("term", "")), " ".join(f"{k}={v}" for k, v in row.items() if k != "term")) for row in alerts]
    return words + (f"  expected alerts:\n{columns(table, '    ')}\n" if table else "")
