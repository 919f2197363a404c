"""`zhengben brand check FILE.toml`: is this dossier sound, and how much will it cry?"""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from zhengben.cli.common import (
    ACCUSED,
    FINE,
    UNUSABLE,
    Outcome,
    columns,
    complain,
    emit,
    json_option,
    language,
    plain,
    words,
)  # fmt: skip
from zhengben.core.brand import Brand
from zhengben.core.dossier import Problem, check_dossier, read_dossier
from zhengben.detect.official_domain import is_everybodys
from zhengben.flow.dossier_files import unusable_files
from zhengben.flow.expected import expected_alerts, in_words
from zhengben.locale.errors import in_language

HELP = "Check dossiers. Every problem names its line and the cure; a sound one shows the alerts to expect."
EPILOG = """exit codes:
  0  every dossier is sound
  1  at least one is not
  2  a file could not be read

examples:
  zhengben brand check brands/weilidai.toml
  zhengben brand check --json brands/*.toml"""

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
    alerts = () if brand is None else expected_alerts(brand)
    unusable = () if brand is None else unusable_files(brand, path.parent)
    if as_json:
        emit(_row(path, brand, problems, alerts) | {"unusable_files": _files(unusable)})
    else:
        sys.stdout.write(_words(path, brand, problems, alerts))
        for name, why in unusable:
            print(words(f"brand_check.file_{why}", file=name))
    return FINE if not problems else ACCUSED


def _files(unusable: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"file": name, "why": why} for name, why in unusable]


def _read(path: Path) -> str:
    if path.stat().st_size > LIMIT:
        raise ValueError(f"{path}: larger than {LIMIT} bytes; a dossier is a small text file")
    return path.read_text("utf-8")


def _row(
    path: Path, brand: Brand | None, problems: tuple[Problem, ...], alerts: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    return {
        "brand": brand.id if brand else path.stem,
        "ok": not problems,
        "problems": [{"line": p.line, "what": p.what, "cure": p.cure} for p in problems],
        "unsourced": _unsourced(brand) if brand else [],
        "guards_nothing": _guards_nothing(brand) if brand else [],
        "alerts": list(alerts),
    }


def _unsourced(brand: Brand) -> list[str]:
    return [
        *(f"right {right.number}" for right in brand.rights if not right.source),
        *(f"{channel.kind} {channel.value or channel.exists}" for channel in brand.channels if not channel.source),
    ]


def _guards_nothing(brand: Brand) -> list[str]:
    """Give the domains under which anybody may register, so that no page there is ever official."""
    return [channel.value for channel in brand.official("domain") if is_everybodys(channel.value)]


def _words(
    path: Path, brand: Brand | None, problems: tuple[Problem, ...], alerts: Sequence[Mapping[str, object]]
) -> str:
    spoken = language()
    if brand is None:
        told = [words("brand_check.unsound", file=path, n=len(problems))]
        for p in problems:
            what, cure = in_language(p.what, spoken), in_language(p.cure, spoken)
            told.append(words("brand_check.problem", line=p.line, what=what, cure=cure))
    else:
        told = [words("brand_check.sound", file=path, id=brand.id, name=brand.names.primary)]
        told += [words("brand_check.unsourced", fact=fact) for fact in _unsourced(brand)]
        told += [words("brand_check.guards_nothing", domain=domain) for domain in _guards_nothing(brand)]
        told += (
            [words("brand_check.alerts"), columns([in_words(row, spoken) for row in alerts], "    ")] if alerts else []
        )
    return "\n".join(told) + "\n"
