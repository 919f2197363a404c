"""Finding the line of a key in a TOML text, which `tomllib` does not tell."""

import re

_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_PATH = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEAD = re.compile(rf"^\s*\[(\[?)\s*({_PATH})\s*\]")
_KEY = re.compile(rf"^\s*({_PATH})\s*=")
_PART = re.compile(_NAME)


class Lines:
    """Where each key of a dossier stands: by table, by how many times that table came before, by key."""

    def __init__(self, text: str) -> None:
        """Read the text once, line by line as TOML counts lines: at line feeds alone.

        `str.splitlines` would also break at U+2028 and U+0085, which may stand inside a quoted text, and every line
        told after one would be off.
        """
        self._at: dict[tuple[str, int, str], int] = {}
        self._table, self._seen, self._quote = "", {"": 0}, ""
        for number, line in enumerate(text.split("\n"), 1):
            if not self._quote:
                self._take(number, line)
            self._follow_quotes(line)

    def find(self, key: str, table: str = "", index: int = 0) -> int:
        r"""Give the line of a key, of its table where the key is not found, or 1.

        >>> Lines('id = "x"\n[names]\nprimary = "y"').find("primary", "names")
        3
        """
        # the key; its table; the table written as a value (`rights = [{…}]`); a table that is itself the key
        for place in ((table, index, key), (table, index, ""), ("", 0, table), (key, 0, "")):
            if place in self._at:
                return self._at[place]
        return 1

    def _take(self, number: int, line: str) -> None:
        if head := _HEAD.match(line):
            first, *more = _parts(head.group(2))
            if more:  # a table inside a table: to the dossier it is a key of the table around it
                self._note(first, more[0], number)
                self._table = ".".join([first, *more])
            else:
                self._table = first
                self._seen[first] = self._seen.get(first, -1) + 1
            self._note(self._table, "", number)
        elif key := _KEY.match(line):
            first, *more = _parts(key.group(1))
            self._note(self._table, first, number)
            if more and not self._table:  # `names.primary = "x"` is [names] in one line
                self._note(first, more[0], number)

    def _note(self, table: str, key: str, number: int) -> None:
        self._at.setdefault((table, self._seen.setdefault(table, 0), key), number)

    def _follow_quotes(self, line: str) -> None:
        """Know whether the next line stands inside a text over several lines, where `a = b` is no key."""
        for quote in re.findall(r'"""|\'\'\'', line):
            if not self._quote:
                self._quote = quote
            elif self._quote == quote:
                self._quote = ""


def _parts(path: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(path)]
