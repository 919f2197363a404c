"""Counting with intervals, and the door to the product: its command line, in this very process."""

import contextlib
import io
import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zhengben.cli.main import main

Z = 1.96


def asked(*arguments: str) -> list[dict[str, Any]]:
    """What a command prints with --json, line by line."""
    caught = io.StringIO()
    with contextlib.redirect_stdout(caught):
        main([*arguments, "--json"])
    return [json.loads(line) for line in caught.getvalue().splitlines() if line.startswith("{")]


def interval(hits: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson interval of HITS in TOTAL, as shares."""
    share, square = hits / total, Z * Z / total
    middle, reach = share + square / 2, Z * math.sqrt(share * (1 - share) / total + square / (4 * total))
    return max(0.0, (middle - reach) / (1 + square)), min(1.0, (middle + reach) / (1 + square))


def told(hits: int, total: int) -> str:
    """A share, its interval and its figures."""
    low, high = interval(hits, total)
    return f"{100 * hits / total:5.1f} % [{100 * low:.1f}-{100 * high:.1f}] ({hits}/{total})"


@dataclass
class Tally:
    """Hits by sort; WANTED says whether a hit is the hope or the fear."""

    title: str
    wanted: bool = True
    hits: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    astray: list[str] = field(default_factory=list)

    def add(self, sort: str, about: str, *, hit: bool) -> None:
        """Count one item; ABOUT is kept when it went the other way."""
        self.totals[sort] += 1
        self.hits[sort] += hit
        if hit is not self.wanted:
            self.astray.append(f"    {sort}: {about}")

    def lines(self, *, show: bool) -> Iterator[str]:
        """The table, worst sort first for what is wanted."""
        yield self.title
        if not self.totals:
            return
        shares = {sort: self.hits[sort] / total for sort, total in self.totals.items()}
        for sort in sorted(shares, key=lambda sort: (shares[sort] if self.wanted else -shares[sort], sort)):
            yield f"  {sort:28} {told(self.hits[sort], self.totals[sort])}"
        yield f"  {'ALL':28} {told(self.hits.total(), self.totals.total())}"
        yield f"  {'mean of sorts':28} {100 * sum(shares.values()) / len(shares):5.1f} %"
        if show:
            yield from self.astray
