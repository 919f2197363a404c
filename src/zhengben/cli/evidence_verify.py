"""`zhengben evidence verify PACKAGE...`: is a sealed package exactly what was sealed? Offline, one answer a package."""

import argparse
import sys
from pathlib import Path

from zhengben.cli.common import ACCUSED, FINE, UNUSABLE, Outcome, columns, complain, emit, json_option, language, words
from zhengben.evidence.canon import is_hex
from zhengben.evidence.chain import read_pem
from zhengben.evidence.verify import Expected, Report, verify_package
from zhengben.locale.errors import in_language

HELP = "Verify sealed packages, offline. Every check has a name; one bad package never stops the rest."
EPILOG = """exit codes:
  0  every package is as it was sealed
  1  at least one is not
  2  a file could not be read

examples:
  zhengben evidence verify 5f1c....zip
  zhengben evidence verify --number 5f1c... --signer 9a0b... --tsa authority.pem package.zip"""

_LOG_BYTES = 1 << 30


def options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("packages", nargs="+", type=Path, metavar="PACKAGE", help="a sealed package (.zip)")
    parser.add_argument("--number", default="", metavar="SHA256", help="the evidence number it must have (one package)")
    parser.add_argument("--signer", default="", metavar="SHA256", help="fingerprint of the key it must be signed with")
    parser.add_argument("--log", type=Path, metavar="FILE", help="the evidence log it must be entered in")
    parser.add_argument("--tsa", type=Path, metavar="PEM", help="certificates of trusted time-stamping authorities")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Verify every package; the gravest outcome is the exit code."""
    try:
        expected = _expected(args)
    except (OSError, ValueError) as error:
        complain(_told(error))
        return UNUSABLE
    outcome = Outcome()
    for path in args.packages:
        outcome.note(_one(path, expected, as_json=args.json))
    return outcome.code


def _expected(args: argparse.Namespace) -> Expected:
    for name in ("number", "signer"):
        given = getattr(args, name)
        if given and not is_hex(given, 64):
            raise ValueError(f"--{name}: {given!r} is no sha256; give 64 characters 0-9 and a-f")
    if args.number and len(args.packages) != 1:
        raise ValueError("--number belongs to one package; give one, or leave the number out")
    log = None if args.log is None else _bytes(args.log)
    trusted = () if args.tsa is None else tuple(_certificates(args.tsa))
    return Expected(number=args.number, signer=args.signer, log=log, trusted=trusted)


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > _LOG_BYTES:
        raise ValueError(f"{path}: larger than {_LOG_BYTES} bytes; give the part of the log that covers the package")
    return path.read_bytes()


def _certificates(path: Path) -> list[bytes]:
    try:
        return read_pem(_bytes(path))
    except ValueError as error:
        raise ValueError(f"{path}: holds no certificate in PEM; give the authority's certificates") from error


def _one(path: Path, expected: Expected, *, as_json: bool) -> int:
    try:
        report = verify_package(path, expected)
    except OSError as error:
        complain(_told(error))
        return UNUSABLE
    if as_json:
        emit(_row(path, report))
    else:
        sys.stdout.write(_words(path, report))
    return FINE if report.ok else ACCUSED


def _told(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: cannot be read ({error.strerror}); give the path of a sealed package"
    return str(error)


def _row(path: Path, report: Report) -> dict[str, object]:
    checks = [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in report.checks]
    return {"package": str(path), "ok": report.ok, "checks": checks}


def _words(path: Path, report: Report) -> str:
    rows = columns(
        (f"{'ok ' if check.ok else 'NO '} {words(f'evidence.check.{check.name}')}", _detail(check.detail))
        for check in report.checks
    )
    return f"{path}: {words('evidence.report.ok' if report.ok else 'evidence.report.not_ok')}\n{rows}\n"


def _detail(detail: str) -> str:
    return in_language(detail, language())
