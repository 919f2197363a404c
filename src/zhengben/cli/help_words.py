"""Help in the language of the terminal: what a command's module says in English, said in the words of the catalogue.

A module keeps its HELP, EPILOG and option help in English beside the options they explain. `locale/zh/help.toml` has
the same texts in Chinese under `help.<command>.<what>`, or under `help.shared.<option>` where several commands share
an option; `locale/en/help.toml` is written from the modules by `make docs`, so that a test can hold the two together.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping

from zhengben.cli.layout import Formatter
from zhengben.locale.words import LANGUAGES, catalogue

ABOUT, EPILOG, SHORT = "about", "epilog", "short"  # what a command has to say besides its options
_OURS = frozenset({"help", "lang"})  # options of the frame, under help.frame


def slug(command: str) -> str:
    """Give a command's part of a key: `screen hosts` is `screen_hosts`."""
    return command.replace(" ", "_")


def phrase(command: str, what: str, language: str, english: str) -> str:
    """Give one text of a command's help; the English of its module where the catalogue has none."""
    known = catalogue(language)
    return known.get(f"help.{slug(command)}.{what}") or known.get(f"help.shared.{what}") or english


def frame(what: str, language: str) -> str:
    """Give one of the words every help page has: `usage`, `options`."""
    return catalogue(language)[f"help.frame.{what}"]


class HelpFormatter(Formatter):
    """A formatter that begins with the word for usage in the language of the terminal."""

    language = LANGUAGES[0]

    def add_usage(self, usage: str | None, actions: object, groups: object, prefix: str | None = None) -> None:
        """Add the usage line; argparse would begin it in English."""
        told = prefix if prefix is not None else frame("usage", self.language)
        super().add_usage(usage, actions, groups, told)  # type: ignore[arg-type]  # as argparse hands them over


def formatter_of(language: str) -> type[HelpFormatter]:
    """Give the formatter that speaks a language; argparse makes one for itself and hands nothing over but the name."""
    return type("HelpFormatter", (HelpFormatter,), {"language": language})


def translate(parser: argparse.ArgumentParser, command: str, language: str) -> None:
    """Put a parser's texts into a language; English stays as the module wrote it."""
    # argparse has no public names for the two groups every parser is born with
    parser._positionals.title = frame("targets", language)  # noqa: SLF001
    parser._optionals.title = frame("options", language)  # noqa: SLF001
    for action in parser._actions:  # noqa: SLF001  nor for the options it knows
        if action.dest in _OURS:
            action.help = frame(f"option_{action.dest}", language)
        elif language != "en" and action.help:
            action.help = phrase(command, action.dest, language, action.help)
    if language != "en":
        parser.description = phrase(command, ABOUT, language, parser.description or "")
        parser.epilog = phrase(command, EPILOG, language, parser.epilog or "")


def texts(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Give every text of a command's help in English, with the name of its key."""
    yield ABOUT, parser.description or ""
    yield EPILOG, parser.epilog or ""
    for action in parser._actions:  # noqa: SLF001  argparse has no public list of options
        if action.dest not in _OURS:
            yield action.dest, action.help or ""


def english(parsers: Mapping[str, argparse.ArgumentParser], shorts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Give the English catalogue of help, by section: `shared` holds what two commands and more say alike."""
    told = {name: dict(texts(parser)) for name, parser in parsers.items()}
    often = Counter((what, text) for rows in told.values() for what, text in rows.items())
    twice = {pair for pair, times in often.items() if times > 1}
    found: dict[str, dict[str, str]] = {"shared": dict(sorted(twice))}
    for name, rows in told.items():
        own = {what: text for what, text in rows.items() if (what, text) not in twice}
        found[slug(name)] = {SHORT: shorts[name], **own}
    return found
