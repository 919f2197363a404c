"""Finding the line of a key in a TOML text, which `tomllib` does not tell."""

import re

_HEAD = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]\]?")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")


class Lines:
    """Where each key of a dossier stands: by table, by how many times that table came before, by key."""

    def __init__(self, text: str) -> None:
        """Read the text once; strings over several lines may look like keys, which only moves a message."""
        self._at: dict[tuple[str, int, str], int] = {}
        table, seen = "", {"": 0}
        for number, line in enumerate(text.splitlines(), 1):
            if head := _HEAD.match(line):
                table = head.group(1)
                seen[table] = seen.get(table, -1) + 1
                self._at.setdefault((table, seen[table], ""), number)
            elif key := _KEY.match(line):
                self._at.setdefault((table, seen[table], key.group(1)), number)

    def find(self, key: str, table: str = "", index: int = 0) -> int:
        r"""Give the line of a key, of its table where the key is not found, or 1.

        >>> Lines('id = "x"\n[names]\nprimary = "y"').find("primary", "names")
        3
        """
        for place in ((table, index, key), (table, index, ""), (key, 0, "")):
            if place in self._at:
                return self._at[place]
        return 1
