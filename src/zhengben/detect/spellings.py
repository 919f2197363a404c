"""One spelling for what is spelled in several ways: traditional characters that phrases use, and written Cantonese.

Length never changes, so that every place found can be shown in the original.
"""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files(__package__).joinpath("spellings.toml").read_text("utf-8"))


@cache
def _traditional() -> dict[int, str]:
    table = _tables()["traditional"]
    return dict(zip(map(ord, "".join(table["written"])), "".join(table["read"]), strict=True))


@cache
def _cantonese() -> tuple[re.Pattern[str], re.Pattern[str], dict[int, str]]:
    table = _tables()["cantonese"]
    letters = dict(zip(map(ord, table["written"]), table["read"], strict=True))
    return re.compile(f"(?<!关)[{table['marks']}]"), re.compile("|".join(map(re.escape, table["words"]))), letters


def one_spelling(text: str) -> str:
    """Give a folded text in the spelling phrases are written in, character for character.

    >>> one_spelling("你讀返畀我听"), one_spelling("怎么办呢")
    ('你读返给我听', '怎么办呢')
    """
    text = text.translate(_traditional())
    marks, words, letters = _cantonese()
    if not marks.search(text):
        return text
    return words.sub(lambda match: _tables()["cantonese"]["words"][match.group()], text).translate(letters)
