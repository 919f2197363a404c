"""`zhengben`: finds the command, loads only its module, and turns what went wrong into one line and an exit code."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from types import ModuleType
from typing import NoReturn

from zhengben.cli.common import UNUSABLE, columns, complain, plain

COMMANDS = {
    "up": ("up", "open console and portal on an embedded database, with workers"),
    "check": ("check", "is this real? judge links, numbers, texts and files"),
    "screen hosts": ("screen_hosts", "find brand look-alikes in lists of hostnames"),
    "screen text": ("screen_text", "find brand names, however disguised, in messages"),
    "screen apps": ("screen_apps", "judge whole folders of app files"),
    "brand check": ("brand_check", "check a dossier and show the alerts to expect"),
    "evidence verify": ("evidence_verify", "verify sealed packages, offline"),
    "range run": ("range_run", "run the training range and print its summary"),
    "disclose": ("disclose", "the numbers of a period, each with what it counts"),
    "doctor": ("doctor", "what is installed, what is missing, what that turns off"),
}

_EXITS = """exit codes:
  0  ran, nothing accused
  1  ran, at least one impersonation or scam (verify: at least one not ok)
  2  bad usage or unreadable input
  3  ran, but something could not be examined"""


def usage() -> str:
    """Give the help of the whole program."""
    rows = columns((name, words) for name, (_, words) in COMMANDS.items())
    return (
        "usage: zhengben COMMAND [OPTION ...]\n\n正本: guard a brand against impostors, from the first lead to the "
        f"published number.\n\ncommands:\n{rows}\n\n`zhengben COMMAND --help` tells how to use one.\n\n{_EXITS}\n"
    )


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line and says where help is."""

    def error(self, message: str) -> NoReturn:
        """Complain on one line and leave with code 2."""
        complain(f"{message}; see `{self.prog} --help`")
        sys.exit(UNUSABLE)


def find(words: Sequence[str]) -> tuple[str, list[str]] | None:
    """Split the words into the command they begin with and the rest; None where no command fits.

    >>> find(["brand", "check", "x.toml"])
    ('brand check', ['x.toml'])
    """
    for length in (2, 1):
        name = " ".join(words[:length])
        if len(words) >= length and name in COMMANDS:
            return name, list(words[length:])
    return None


def build(name: str) -> tuple[argparse.ArgumentParser, ModuleType]:
    """Give the parser of a command and its module."""
    module = importlib.import_module(f"zhengben.cli.{COMMANDS[name][0]}")
    parser = Parser(
        prog=f"zhengben {name}",
        description=module.HELP,
        epilog=getattr(module, "EPILOG", _EXITS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.options(parser)
    return parser, module


def _answer_without_command(words: Sequence[str]) -> int:
    if not words or words[0] in {"-h", "--help", "help"}:
        sys.stdout.write(usage())
        return 0 if words else UNUSABLE
    if words[0] == "--version":
        sys.stdout.write(f"zhengben {version('zhengben')}\n")
        return 0
    complain(f"there is no command {words[0]!r}; `zhengben --help` lists them")
    return UNUSABLE


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code."""
    words = list(sys.argv[1:] if words is None else words)
    found = find(words)
    if found is None:
        return _answer_without_command(words)
    name, rest = found
    allowed = os.environ.get("ZHENGBEN_ALLOW_HOSTS")
    if allowed:
        complain(f"ZHENGBEN_ALLOW_HOSTS lets the egress guard reach {allowed}")
    try:
        parser, module = build(name)
        code: int = module.run(parser.parse_args(rest))
    except KeyboardInterrupt:
        complain("stopped; what was finished is kept")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OSError, ValueError) as error:
        complain(plain(error))
        return UNUSABLE
    return code


if __name__ == "__main__":
    sys.exit(main())
