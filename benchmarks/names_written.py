"""Sentences written to learn what is said around the name of a credit, and what only sounds like one.

`names_training/*_credit.txt` has one message a line, `{b}` where the name stands; `*_benign.txt` has messages without
any name, many of them with its very sounds. No outside set was read for them, and no figure is reported on them. The
name is filled in misspelt, as some author of a set has misspelt it.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent / "names_training"
SLOT = "{b}"
LEAST = 5  # spellings that a brand must have in the sets
Item = tuple[str, str, str, int, int]  # sort, brand, text, span


def written(items: Mapping[str, Sequence[Item]], short: Mapping[str, Sequence[str]]) -> Iterator[Item]:
    """Give every message twice, for a name of the sets and for one of two characters, and the ones without a name.

    The first counts as written, the other as moved; `short` has the spellings of names of two characters.
    """
    spelt = spellings(items)
    longer = sorted(brand for brand, words in spelt.items() if len(words) >= LEAST and brand not in short)
    for path in sorted(HERE.glob("*.txt")):
        dice = random.Random(path.stem)
        for line in path.read_text("utf-8").splitlines():
            if SLOT not in line:
                yield "benign", "", line, 0, 0
                continue
            for sort, brands, words in (("written", longer, spelt), ("moved", sorted(short), short)):
                brand = dice.choice(brands)
                yield _filled(sort, brand, line, dice.choice(sorted(words[brand])))


def _filled(sort: str, brand: str, line: str, word: str) -> Item:
    at = line.index(SLOT)
    return sort, brand, line.replace(SLOT, word), at, at + len(word)


def spellings(items: Mapping[str, Sequence[Item]]) -> dict[str, set[str]]:
    """Give how the slips of the sets are spelt, brand by brand."""
    found: dict[str, set[str]] = defaultdict(set)
    for rows in items.values():
        for sort, brand, text, start, end in rows:
            if sort == "slips":
                found[brand].add(text[start:end])
    return found
