"""What every command shares: one line to say, one JSON object a line to give, and one exit code at the end."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from zhengben.cli.layout import pad, width
from zhengben.cli.live_line import take_away
from zhengben.core.brand import Brand
from zhengben.flow.dossiers import load_brands
from zhengben.locale.errors import in_language
from zhengben.locale.terminal import language_of
from zhengben.locale.words import say

EXITS = """exit codes:
  0  ran, nothing accused
  1  ran, at least one impersonation or scam (verify: at least one not ok)
  2  bad usage or unreadable input
  3  ran, but something could not be examined"""

FINE, ACCUSED, UNUSABLE, NOT_EXAMINED = 0, 1, 2, 3
# The contract's order: what could not be read outweighs all, for a script must not take silence for peace.
_GRAVITY = (FINE, ACCUSED, NOT_EXAMINED, UNUSABLE)


def language() -> str:
    """Give the language of the person at the terminal, `zh` or `en`; `--lang` and the locale decide."""
    return language_of(os.environ)


def words(key: str, **facts: object) -> str:
    """Give a sentence of the catalogue in the language of the terminal; raise KeyError where no file has it."""
    return say(key, language(), facts)


class Outcome:
    """The exit code of a run: the gravest of what happened (2, then 3, then 1)."""

    def __init__(self) -> None:
        """Start with nothing to report."""
        self.code = FINE

    def note(self, code: int) -> None:
        """Take one more code in; a less grave one changes nothing."""
        if _GRAVITY.index(code) > _GRAVITY.index(self.code):
            self.code = code


def emit(row: object) -> None:
    """Print one JSON object on one line of standard output."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def complain(what: str) -> None:
    """Say one thing to the person, on one line of standard error, in their language where it has been translated."""
    take_away()
    # One line, whatever is in the error: a name with line feeds in it must not look like several messages.
    sys.stderr.write("zhengben: " + in_language(" ".join(what.split()), language()) + "\n")
    sys.stderr.flush()


def plain(error: Exception) -> str:
    """Give an error as one line: what, where, what to do."""
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"{error.filename}: no such file; check the path"
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}; check that it can be read and written"
    return str(error) or type(error).__name__


def json_option(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print one JSON object a line to standard output")


def brand_options(parser: argparse.ArgumentParser) -> None:
    """Add `--brand` and `--brands`."""
    parser.add_argument("--brand", action="append", default=[], metavar="ID", help="only this brand; repeatable")
    parser.add_argument("--brands", type=Path, metavar="DIR", help="folder of dossiers to use instead of those shipped")


def mode_option(parser: argparse.ArgumentParser, default: str = "balanced") -> None:
    """Add `--mode`."""
    parser.add_argument(
        "--mode", choices=("strict", "balanced", "wide"), default=default, help=f"how far a name may stray ({default})"
    )


def count(text: str) -> int:
    """Read a number of things from an option.

    >>> count("2")
    2
    """
    # int() also takes blanks, a sign, underscores and the digits of other scripts.
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of at least 0")
    return int(text)


def day(text: str) -> date:
    """Read a day from an option.

    >>> day("2026-01-31")
    datetime.date(2026, 1, 31)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2026-01-31") from None


def chosen_brands(args: argparse.Namespace) -> tuple[Brand, ...]:
    """Load the dossiers the options name; raise ValueError with one line where one is broken or unknown."""
    return load_brands(args.brands, tuple(args.brand))


def columns(rows: Iterable[tuple[str, str]], indent: str = "  ") -> str:
    """Lay out name and words in two columns for help and reports."""
    pairs = list(rows)
    widest = max((width(name) for name, _ in pairs), default=0)
    return "\n".join(f"{indent}{pad(name, widest)}  {words}" for name, words in pairs)
