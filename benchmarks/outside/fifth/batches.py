"""One batch of the fifth set: its files read into the shapes that the third and the fourth set's runners count.

A file is lines under `# sort` headings. In slips, text and plain each line is the code of a brand and a sentence with
its span between 〔 and 〕; in hosts a code and a name, under `# benign ordinary` and `# benign hard` a name alone.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "fourth"))

import disguise
import hostnames
import sets

HERE = Path(__file__).resolve().parent
CODES = sets.CODES | {"jl": "junlingbank", "bd": "beidou", "tx": "tanxidai"}
BENIGN = "benign "


@dataclass(frozen=True)
class Batch:
    """The files of one batch: LETTER is its name, FOLDER where they lie."""

    letter: str
    folder: Path

    def lines(self, name: str) -> Iterator[tuple[str, str]]:
        """Heading and line, of every line of the file NAME."""
        kind = name
        for line in (self.folder / f"{self.letter}_{name}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                kind = line[2:]
            elif line:
                yield kind, line

    def slips(self, folder: str = "slips") -> Iterator[sets.Slip]:
        """Misspellings by sort; with FOLDER `plain`, honest messages that name a brand rightly."""
        for kind, line in self.lines(folder):
            code, sentence = line.split(" ", 1)
            yield sets.Slip(kind, CODES[code.rstrip("?")], *sets.spanned(sentence), not code.endswith("?"))

    def disguises(self) -> Iterator[disguise.Disguise]:
        """Disguises by kind, their notes expanded as in the fourth set."""
        for kind, line in self.lines("text"):
            code, sentence = line.split(" ", 1)
            yield disguise.Disguise(kind, CODES[code], *sets.spanned(disguise._written(sentence)))  # noqa: SLF001  # one notation

    def benign(self) -> list[tuple[str, str]]:
        """Kind and sentence."""
        return list(self.lines("benign"))

    def impostors(self) -> list[tuple[str, str, str]]:
        """Technique, brand and hostname as a feed has it."""
        parts = [(kind, *line.split(" ")) for kind, line in self.lines("hosts") if not kind.startswith(BENIGN)]
        return [(kind, CODES[code], hostnames._ace(name)) for kind, code, name in parts]  # noqa: SLF001  # one notation

    def names(self, kind: str) -> list[str]:
        """Benign hostnames of the KIND `ordinary` or `hard`."""
        return [hostnames._ace(line) for found, line in self.lines("hosts") if found == BENIGN + kind]  # noqa: SLF001  # as above


def installed(batch: Batch) -> None:
    """The fourth set's loaders give BATCH from now on, to whoever imports them by name."""
    sets.slips = batch.slips
    sets.benign = batch.benign
    disguise.disguises = batch.disguises
    hostnames.impostors = batch.impostors
    hostnames.ordinary = lambda: batch.names("ordinary")
    hostnames.hard = lambda: batch.names("hard")
    hostnames.official = list
