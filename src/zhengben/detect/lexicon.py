"""The phrases of `phrases.toml` and the words of `words.toml`, compiled: data read once, no rule of its own."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

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
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


@cache
def listed(table: str) -> re.Pattern[str]:
    """Give one table of `words.toml` as a pattern; raise KeyError for a name that is not in the file.

    >>> bool(listed("premises").search("微众银行大厦(地铁站)"))
    True
    """
    kept = _words()[table]
    return re.compile("|".join(kept["words"]), re.IGNORECASE if kept.get("ignore_case") else 0)


@cache
def names(table: str) -> tuple[str, ...]:
    """Give the names of a table, in the order of the file."""
    return tuple(_tables()[table])
