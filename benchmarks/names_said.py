"""Learn what is said around the name of a credit: pairs of characters, each with its bits, for `data/said.tsv.gz`.

    python benchmarks/names_said.py [--rivals DIR] [--write]

Sentences of the open outside sets that name a brand, rightly or not, against their benign ones and places of genuine
Chinese. A pair counts that two authors have; those of the trades' own characters only where they speak for a name.
Printed: how well a table that has not seen an author tells the sentences of that author apart.
"""

import argparse
import gzip
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from names import Rivals
from zhengben.names import tables
from zhengben.names.found import AROUND
from zhengben.names.weights import pairs_in

COUNTS = {
    "slips": 1.0,
    "plain": 1.0,
    "written": 1.0,
    "text": 0.4,
    "benign": 2.0,
    "genuine": 1.0,
}  # what one sentence counts
PLACES = 25_000  # of genuine Chinese
LEAST, AUTHORS = 4, 2  # sentences that have a pair, authors of sets among them
RIDGE, ROUNDS, STEP = 2.0, 150, 0.15
WORTH = 0.4  # bits below which a pair is left out
TRADES = frozenset("贷银行险金呗融")
LOG2 = float(np.log(2))
Items = dict[str, list[tuple[str, str, str, int, int]]]


class Sentence(NamedTuple):
    """One sentence: whose it is (0 is nobody's), of which sort, and the pairs around the name."""

    author: int
    sort: str
    pairs: frozenset[str]


def around(text: str, start: int, end: int) -> frozenset[str]:
    """Give the pairs around a place, as `weights` reads them."""
    return frozenset(pairs_in(tables.plain(text[max(0, start - AROUND) : start] + "\n" + text[end : end + AROUND])))


def sentences(items: Items, authors: dict[str, int], genuine: list[str]) -> Iterator[Sentence]:
    """Give the sentences of the sets, and places of genuine Chinese; of a benign one its first forty characters."""
    for which, rows in items.items():
        for sort, _, text, start, end in rows:
            if sort in COUNTS:
                place = (AROUND, AROUND) if sort == "benign" else (start, end)
                yield Sentence(authors[which], sort, around(text, *place))
    dice = random.Random(1)
    for line in dice.choices([line for line in genuine if len(line) > 2 * LEAST], k=PLACES):
        at = dice.randrange(len(line))
        yield Sentence(0, "genuine", around(line, at, at))


def learnt(rows: list[Sentence]) -> dict[str, float]:
    """Give the bits of each pair: logistic regression, the bits held small, by steps along each of them."""
    names = _columns(rows)
    column = {pair: at for at, pair in enumerate(names)}
    places = [(row, column[pair]) for row, one in enumerate(rows) for pair in sorted(one.pairs & column.keys())]
    at, of = np.array(places, np.int64).T
    true = np.array([one.sort not in {"benign", "genuine"} for one in rows], float)
    weight = np.array([COUNTS[one.sort] for one in rows])
    found, base = np.zeros(len(names)), 0.0
    for _ in range(ROUNDS):
        odds = 1 / (1 + np.exp(-np.bincount(at, found[of], len(rows)) - base))
        slope, bend = weight * (odds - true), weight * odds * (1 - odds) + 1e-4
        found -= (
            STEP
            * (np.bincount(of, slope[at], len(names)) + RIDGE * found)
            / (np.bincount(of, bend[at], len(names)) + RIDGE)
        )
        base -= 0.5 * slope.sum() / bend.sum()
    bits = {pair: round(float(value / LOG2), 1) for pair, value in zip(names, found, strict=True)}
    return {pair: bit for pair, bit in bits.items() if abs(bit) >= WORTH and (bit > 0 or not TRADES & set(pair))}


def _columns(rows: list[Sentence]) -> list[str]:
    often = Counter(pair for one in rows for pair in one.pairs)
    by: defaultdict[str, set[int]] = defaultdict(set)
    for one in rows:
        for pair in one.pairs if one.author else ():
            by[pair].add(one.author)
    return sorted(pair for pair, count in often.items() if count >= LEAST and len(by.get(pair, "..")) >= AUTHORS)


def by_author(rows: list[Sentence]) -> dict[int, dict[str, float]]:
    """Give, for each author, the table that has not seen that author; for nobody's sentences the whole one."""
    authors = sorted({one.author for one in rows})
    return {author: learnt([one for one in rows if one.author != author or not author]) for author in authors}


def told(rows: list[Sentence], known: Callable[[int], dict[str, float]]) -> Iterator[str]:
    """Give, author by author, how often a sentence that names a brand has more bits than a benign one."""
    for author in sorted({one.author for one in rows} - {0}):
        bits = known(author)
        both = [
            np.array([sum(bits.get(pair, 0) for pair in one.pairs) for one in rows if (one.author, one.sort) in those])
            for those in ({(author, "slips"), (author, "plain"), (author, "written")}, {(author, "benign")})
        ]
        yield f"author {author} left out: {100 * float((both[0][:, None] > both[1][None]).mean()):.1f} % told apart"


def write(bits: dict[str, float]) -> None:
    """Put the table into the data of the package."""
    lines = "".join(f"{pair}\t{round(10 * bit)}\n" for pair, bit in sorted(bits.items()))
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
    print(f"{len(rows)} sentences, {len(tables_by[0])} pairs")
    print("\n".join(told(rows, tables_by.__getitem__)))
    if options.write:
        write(tables_by[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
