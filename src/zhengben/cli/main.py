"""`zhengben`: finds the command, loads only its module, and turns what went wrong into one line and an exit code."""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from types import ModuleType
from typing import NoReturn

from zhengben.cli import help_words
from zhengben.cli.common import EXITS, FINE, UNUSABLE, columns, complain, language, plain, words
from zhengben.locale.terminal import VARIABLE
from zhengben.locale.words import LANGUAGES

COMMANDS = {
    "up": ("up", "open console and portal on an embedded database, with workers"),
    "check": ("check", "is this real? judge links, numbers, texts and files"),
    "screen hosts": ("screen_hosts", "find brand look-alikes in lists of hostnames"),
    "screen text": ("screen_text", "find brand names, however disguised, in messages"),
    "screen apps": ("screen_apps", "judge whole folders of app files"),
    "brand new": ("brand_new", "begin a dossier of one's own"),
    "brand check": ("brand_check", "check a dossier and show the alerts to expect"),
    "evidence verify": ("evidence_verify", "verify sealed packages, offline"),
    "range run": ("range_run", "run the training range and print its summary"),
    "disclose": ("disclose", "the numbers of a period, each with what it counts"),
    "doctor": ("doctor", "what is installed, what is missing, what that turns off"),
}
_HELP = frozenset({"-h", "--help", "help"})


def usage() -> str:
    """Give the help of the whole program."""
    exits = help_words.phrase("frame", "exits", language(), EXITS)
    return words("help.frame.program", commands=_rows(COMMANDS), exits=exits) + "\n"


def _rows(names: Iterable[str]) -> str:
    """Give a line a command: its name and what it is for."""
    return columns((name, help_words.phrase(name, "short", language(), COMMANDS[name][1])) for name in names)


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line and says where help is."""

    def error(self, message: str) -> NoReturn:
        """Complain on one line and leave with code 2."""
        complain(f"{message}; see `{self.prog} --help`")
        sys.exit(UNUSABLE)


def in_language(argv: Sequence[str]) -> list[str]:
    """Take `--lang zh|en` out of the words, wherever it stands, and let this process and its children speak it.

    It is taken here and not by each command's parser, because the help and the complaints of a parser already need it.
    What follows `--` is never ours: there it may be a message somebody wants judged.
    """
    ours, end = list(argv), list(argv).index("--") if "--" in argv else len(argv)
    for at, word in enumerate(ours[:end]):
        name, joined, value = word.partition("=")
        if name != "--lang":
            continue
        taken = 1 if joined else 2
        value = value if joined else "".join(ours[at + 1 : min(at + 2, end)])
        if value not in LANGUAGES:
            raise ValueError(f"--lang takes {LANGUAGES[0]} or {LANGUAGES[1]}")
        os.environ[VARIABLE] = value
        return [*ours[:at], *in_language(ours[at + taken :])]
    return ours


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
        epilog=getattr(module, "EPILOG", EXITS),
        formatter_class=help_words.formatter_of(language()),
        allow_abbrev=False,  # a shortened option would change its meaning with the next option that begins like it
    )
    module.options(parser)
    parser.add_argument("--lang", choices=LANGUAGES, help=" ")  # taken out before; here so that help shows it
    help_words.translate(parser, name, language())
    return parser, module


def _answer_without_command(argv: Sequence[str]) -> int:
    if not argv or argv[0] in _HELP:
        sys.stdout.write(usage())
        return 0 if argv else UNUSABLE
    if argv[0] == "--version":
        sys.stdout.write(f"zhengben {version('zhengben')}\n")
        return 0
    return _no_command(argv)


def _no_command(argv: Sequence[str]) -> int:
    begun = [name for name in COMMANDS if name.split()[0] == argv[0]]
    if begun and argv[1:2] and argv[1] in _HELP:
        sys.stdout.write(words("help.frame.group", commands=_rows(begun)) + "\n")
        return FINE
    if begun and len(argv) == 1:
        complain(words("help.frame.which", name=argv[0], names=begun))
    else:
        complain(words("help.frame.no_command", name=" ".join(argv[:2] if begun else argv[:1])))
    return UNUSABLE


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code."""
    # a terminal that cannot show Chinese shows its escapes; it must never turn an answer into a traceback
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        told = in_language(sys.argv[1:] if argv is None else argv)
        return _run(told)
    except KeyboardInterrupt:
        complain(words("help.frame.stopped"))
        return 130
    except BrokenPipeError:
        # The reader (`| head`) has gone; without this Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OSError, ValueError) as error:
        complain(plain(error))
        return UNUSABLE


def _run(argv: list[str]) -> int:
    if argv[:1] == ["help"] and argv[1:]:  # `help check` as `check --help`
        argv = [*argv[1:], "--help"]
    found = find(argv)
    if found is None:
        return _answer_without_command(argv)
    name, rest = found
    allowed = os.environ.get("ZHENGBEN_ALLOW_HOSTS")
    if allowed:
        complain(words("help.frame.allowed", hosts=allowed))
    parser, module = build(name)
    code: int = module.run(parser.parse_args(rest))
    return code


if __name__ == "__main__":
    sys.exit(main())
