"""The phrases of `phrases.toml`, compiled: data read once, no rule of its own."""

import re
import tomllib
from functools import cache
from importlib import resources

from zhengben.detect.masked import BRAND, REACH

_NAMED = re.compile(r"<([a-z_]+)>")


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    text = resources.files(__package__).joinpath("phrases.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _source(table: str, name: str) -> str:
    return _NAMED.sub(_named, "|".join(_tables()[table][name]))


def _named(match: re.Match[str]) -> str:
    marks = {"brand": BRAND, "reach": REACH}
    return marks.get(match.group(1)) or f"(?:{_source('words', match.group(1))})"


@cache
def phrases(table: str, name: str) -> re.Pattern[str]:
    """Give one pattern; raise KeyError for a name that is not in the file.

    >>> bool(phrases("stances", "warning").search("请大家提高警惕"))
    True
    """
    return re.compile(_source(table, name))


@cache
def names(table: str) -> tuple[str, ...]:
    """Give the names of a table, in the order of the file."""
    return tuple(_tables()[table])
