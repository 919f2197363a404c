"""Learn what is said around the name of a credit: runs of characters, each with its bits, for `data/said.tsv.gz`.

    python benchmarks/names_said.py [--rivals DIR] [--write]

Sentences of the open outside sets that name a brand, rightly or not, against their benign ones and places of genuine
Chinese. A run counts that two authors have; those of the trades' own characters only where they speak for a name. Needs
scikit-learn (see docs/dependencies.md). Printed: how well a table that has not seen an author tells the sentences of
that author from places in benign ones.
"""

import argparse
import gzip
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from names import Rivals
from zhengben.names import tables
from zhengben.names.said import runs_around

COUNTS = {
    "slips": 1.0,
    "plain": 1.0,
    "written": 1.0,
    "text": 0.4,
    "benign": 1.0,
    "trap": 1.0,
    "genuine": 1.0,
}  # what one sentence counts
PLACES = 25_000  # of genuine Chinese
SLOTS = 2  # places of a benign sentence, each as long as a short name
LEAST, AUTHORS = 4, 2  # sentences that have a run, authors of sets among them
HELD = 0.3  # the inverse of how small the bits are held
WORTH = 0.3  # bits below which a run is left out
TRADES = frozenset("贷银行险金呗融")
TELLING, ADDED = 0.5, 0.3  # the power of a logarithm, and so much of a sentence added to each side
LOG2 = float(np.log(2))
Items = dict[str, list[tuple[str, str, str, int, int]]]


class Sentence(NamedTuple):
    """One sentence: whose it is (0 is nobody's), of which sort, and the runs around the name or some place."""

    author: int
    sort: str
    runs: frozenset[str]


def sentences(items: Items, authors: dict[str, int], genuine: list[str]) -> Iterator[Sentence]:
    """Give the sentences of the sets, some places of the benign ones, and places of genuine Chinese."""
    dice = random.Random(1)
    for which, rows in items.items():
        for sort, _, text, start, end in rows:
            if sort == "benign":
                places = [dice.randrange(max(1, len(text) - 1)) for _ in range(SLOTS)]
                yield from (Sentence(authors[which], sort, runs(text, at, at + 2)) for at in places)
            elif sort in COUNTS:
                yield Sentence(authors[which], sort, runs(text, start, end))
    for line in dice.choices([line for line in genuine if len(line) > 2 * LEAST], k=PLACES):
        at = dice.randrange(len(line) - 1)
        yield Sentence(0, "genuine", runs(line, at, at + 2))


def runs(text: str, start: int, end: int) -> frozenset[str]:
    """Give the runs around a place, as the model reads them."""
    return frozenset(runs_around(text, start, end))


def learnt(rows: list[Sentence]) -> dict[str, float]:
    """Give the bits of each run, by logistic regression."""
    from scipy.sparse import csr_matrix, diags  # noqa: PLC0415  # only who learns needs it
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    names = _columns(rows)
    column = {run: at for at, run in enumerate(names)}
    said = [sorted(column[run] for run in one.runs & column.keys()) for one in rows]
    ends = np.cumsum([0, *map(len, said)])
    matrix = csr_matrix(
        (np.ones(ends[-1]), np.array([at for row in said for at in row], int), ends), (len(rows), len(names))
    )
    true = np.array([one.sort not in {"benign", "trap", "genuine"} for one in rows])
    weight = np.array([COUNTS[one.sort] for one in rows])
    telling = _telling(matrix, true, weight)
    fit = LogisticRegression(C=HELD, solver="liblinear", max_iter=1000, random_state=0)
    fit.fit(matrix @ diags(telling), true, sample_weight=weight)
    bits = {run: round(float(value / LOG2), 1) for run, value in zip(names, fit.coef_[0] * telling, strict=True)}
    return {run: bit for run, bit in bits.items() if abs(bit) >= WORTH and (bit > 0 or not TRADES & set(run))}


def _telling(matrix: Any, true: Any, weight: Any) -> Any:
    """Give how much oftener one side says each run than the other: such a run is held less (Wang and Manning, 2012)."""
    sides = [np.asarray((weight * side) @ matrix).ravel() + ADDED for side in (true, ~true)]
    shares = [side / side.sum() for side in sides]
    return np.abs(np.log(shares[0] / shares[1])) ** TELLING


def _columns(rows: list[Sentence]) -> list[str]:
    often = Counter(run for one in rows for run in one.runs)
    by: defaultdict[str, set[int]] = defaultdict(set)
    for one in rows:
        for run in one.runs if one.author else ():
            by[run].add(one.author)
    return sorted(run for run, count in often.items() if count >= LEAST and len(by.get(run, "..")) >= AUTHORS)


def by_author(rows: list[Sentence]) -> dict[int, dict[str, float]]:
    """Give, for each author, the table that has not seen that author; for nobody's sentences the whole one."""
    authors = sorted({one.author for one in rows})
    return {author: learnt([one for one in rows if one.author != author or not author]) for author in authors}


def told(rows: list[Sentence], known: Callable[[int], dict[str, float]]) -> Iterator[str]:
    """Give, author by author, how often a sentence that names a brand has more bits than a benign one."""
    for author in sorted({one.author for one in rows} - {0}):
        bits = known(author)
        both = [
            np.array([sum(bits.get(run, 0) for run in one.runs) for one in rows if (one.author, one.sort) in those])
            for those in (
                {(author, "slips"), (author, "plain"), (author, "written")},
                {(author, "benign"), (author, "trap")},
            )
        ]
        yield f"author {author} left out: {100 * float((both[0][:, None] > both[1][None]).mean()):.1f} % told apart"


def write(bits: dict[str, float]) -> None:
    """Put the table into the data of the package."""
    lines = "".join(f"{run}\t{round(10 * bit)}\n" for run, bit in sorted(bits.items()))
    Path(str(tables.DATA.joinpath("said.tsv.gz"))).write_bytes(gzip.compress(lines.encode(), mtime=0))


def main() -> int:
    """Learn, judge, and write if asked to."""
    import names_weights  # noqa: PLC0415  # which imports this

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rivals", type=Path, default=Path("build/names-rivals"))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = list(sentences(names_weights.every_item(), names_weights.EVERY, Rivals(options.rivals).genuine()))
    tables_by = by_author(rows)
    print(f"{len(rows)} sentences, {len(tables_by[0])} runs")
    print("\n".join(told(rows, tables_by.__getitem__)))
    if options.write:
        write(tables_by[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
