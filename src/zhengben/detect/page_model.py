"""The model of words: how much each run of characters on a page speaks for a false one, and how much against it.

A logistic regression over `page_grams`. Its table, `page_model.csv`, is learnt by `benchmarks/pages_model.py`
from pages whose authors knew no rule of ours; nothing is learnt where the product runs. The table has one row a run
and its weight in natural logarithms of odds; words are divided by the root of how many are known, facts are not.
"""

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import sqrt

FILE = "page_model.csv"
BASE = "always"  # the row of what every page begins with
FACT = "="


@dataclass(frozen=True, slots=True)
class Read:
    """What the model makes of one page: `odds` is the natural logarithm of the odds that it is a false one.

    `known` counts the runs of words it knows; `parts` are those runs and what each adds to the odds.
    """

    odds: float
    known: int
    parts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """A table of weights and the hash it is told by."""

    weights: Mapping[str, float]
    sha256: str = ""

    def read(self, grams: Iterable[str]) -> Read:
        """Weigh what a page says.

        >>> Model({"always": -1.0, "验证码": 2.0, "=asks:bank_card": 1.5}).read({"验证码", "=asks:bank_card"}).odds
        2.5
        """
        known = {gram: self.weights[gram] for gram in grams if gram in self.weights}
        words = {gram: weight for gram, weight in known.items() if not gram.startswith(FACT)}
        root = sqrt(len(words)) or 1.0
        parts = {gram: weight / root for gram, weight in words.items()}
        facts = sum(weight for gram, weight in known.items() if gram.startswith(FACT))
        return Read(self.weights[BASE] + facts + sum(parts.values()), len(words), parts)


@cache
def model() -> Model:
    """Give the model of this version, read once."""
    body = resources.files(__package__).joinpath(FILE).read_bytes()
    rows = csv.reader(line for line in body.decode().splitlines() if not line.startswith("# "))
    return Model({gram: float(weight) for gram, weight in rows}, hashlib.sha256(body).hexdigest())
