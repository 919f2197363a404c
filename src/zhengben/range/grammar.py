"""Texts from lists: `{name}` is replaced by one entry of the list of that name, the same for the same seed.

The lists lie as TOML under `content/`. A fact given by the caller (the impostor's own telephone number, say) wins over
a list. `{d4}` stands for four digits.
"""

import random
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

_SLOT = re.compile(r"\{([a-z_]+\d?)\}")
_DIGITS = re.compile(r"d([1-9])$")
DEPTH = 6


@cache
def lists(file: str) -> Mapping[str, tuple[str, ...]]:
    """Give the lists of one content file, with the common ones beneath."""
    table = _read(file)
    return table if file == "common" else {**_read("common"), **table}


def _read(file: str) -> dict[str, tuple[str, ...]]:
    text = resources.files(__package__).joinpath("content", f"{file}.toml").read_text("utf-8")
    return {name: tuple(_plain(entry) for entry in entries) for name, entries in tomllib.loads(text).items()}


def _plain(entry: object) -> str:
    return "|".join(map(str, entry)) if isinstance(entry, list) else str(entry)


class Speaker:
    """Speaks from one content file with one generator of chance."""

    def __init__(self, file: str, chance: random.Random) -> None:
        """Take a file under `content/` (without `.toml`) and the generator that decides."""
        self.lists, self.chance = lists(file), chance

    def say(self, name: str, facts: Mapping[str, str] | None = None) -> str:
        """Give one entry of a list with every slot filled.

        >>> Speaker("common", random.Random(1)).say("city") in lists("common")["city"]
        True
        """
        return self.fill(self.chance.choice(self.lists[name]), facts or {})

    def some(self, name: str, count: int, facts: Mapping[str, str] | None = None) -> list[str]:
        """Give up to `count` different entries of a list, filled."""
        entries = self.lists[name]
        return [self.fill(e, facts or {}) for e in self.chance.sample(entries, min(count, len(entries)))]

    def fill(self, text: str, facts: Mapping[str, str], depth: int = DEPTH) -> str:
        """Fill the slots of a text; raise KeyError naming a slot that neither facts nor lists know."""
        if depth == 0:
            return text
        return _SLOT.sub(lambda m: self._slot(m.group(1), facts, depth), text)

    def _slot(self, name: str, facts: Mapping[str, str], depth: int) -> str:
        if name in facts:
            return facts[name]
        if digits := _DIGITS.fullmatch(name):
            size = int(digits.group(1))
            return str(self.chance.randrange(10 ** (size - 1), 10**size))
        if name not in self.lists:
            raise KeyError(f"nothing to put for {{{name}}} in a text of the range")
        return self.fill(self.chance.choice(self.lists[name]), facts, depth - 1)
