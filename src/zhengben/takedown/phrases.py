"""Lists of phrases kept as data beside this file, and how they are met in a text."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def phrases(file: str) -> Mapping[str, re.Pattern[str]]:
    """Give the phrases of a TOML file as one pattern a key; in a phrase `…` stands for a few characters."""
    table = tomllib.loads(resources.files(__package__).joinpath(f"{file}.toml").read_text("utf-8"))
    return {name: re.compile("|".join(map(_pattern, rows)), re.IGNORECASE) for name, rows in table.items()}


def _pattern(phrase: str) -> str:
    escaped = r"\s*".join(map(re.escape, phrase.split()))
    if phrase.replace("…", "").isascii():
        end = r"\b" if phrase[-1].isalnum() else ""
        return rf"\b{escaped.replace(r's*', r's+')}{end}".replace("…", ".{0,40}?")
    return escaped.replace("…", ".{0,12}?")
