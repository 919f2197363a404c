"""One batch of the fifth set of pages, in the notation and by the filler of the fourth set.

A batch is a folder with `honest/*.txt`, `impostors/*.txt` and, if it has any, `shells.html` of its own beside the ones
of the set. Two marks are new: `«=x»` stands in the whole page and in `text`, `«~x»` in `trace` only.
"""

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "fourth_pages"))

import worlds  # noqa: E402  # its folder is named above

_SHELL = re.compile(r"^@@ (\w+)\n", flags=re.MULTILINE)
_WORLD = re.compile(r"^@@ (.*)\n", flags=re.MULTILINE)


class Filler(worlds.Filler):
    """The fourth set's, with marks for `text` and `trace` apart."""

    def __init__(self, brand: str, bare: str, rng: random.Random) -> None:
        """As the fourth set's: slots of BRAND, the edition BARE, draws from RNG."""
        super().__init__(brand, bare, rng)
        self.edition = bare

    def _one(self, inner: str) -> str:
        if inner[:1] == "=":
            return "" if self.edition == "trace" else inner[1:]
        if inner[:1] == "~":
            return inner[1:] if self.edition == "trace" else ""
        return super()._one(inner)


@dataclass(frozen=True)
class Batch:
    """The worlds of one batch: LETTER is its name, FOLDER where they lie."""

    letter: str
    folder: Path

    def every(self, sort: str) -> Iterator[tuple[list[str], str]]:
        """The head and the text of every world of the SORT `honest` or `impostors`."""
        for path in sorted((self.folder / sort).glob("*.txt")):
            parts = _WORLD.split(path.read_text(encoding="utf-8"))
            for line, text in zip(parts[1::2], parts[2::2], strict=True):
                yield worlds._HEAD.split(line), text.strip()  # noqa: SLF001  # one notation

    def shells(self) -> dict[str, str]:
        """The shells of the set and of the batch by name."""
        found: dict[str, str] = {}
        for path in (HERE / "shells.html", self.folder / "shells.html"):
            if path.exists():
                parts = _SHELL.split(path.read_text(encoding="utf-8"))
                found |= dict(zip(parts[1::2], parts[2::2], strict=True))
        return found


def installed(batch: Batch) -> None:
    """The fourth set's loader gives the pages of BATCH from now on, to whoever imports it by name."""
    shells = batch.shells()
    worlds.HERE = HERE
    worlds.Filler = Filler  # type: ignore[misc]  # the very purpose: our marks in its notation
    worlds.every = batch.every
    worlds._shells = lambda: shells  # type: ignore[assignment]  # noqa: SLF001  # it was a cached function
    worlds.half = lambda _: batch.letter
