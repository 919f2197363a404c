"""Shares with their intervals, and the one door through which the product is asked."""

import contextlib
import io
import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from zhengben.cli.main import main as zhengben


def ask(*arguments: str) -> list[dict[str, Any]]:
    """The JSON lines a public command prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        zhengben(list(arguments))
    return [json.loads(line) for line in out.getvalue().splitlines() if line.startswith("{")]


def wilson(hits: int, total: int) -> str:
    """HITS of TOTAL as a share with its 95 % Wilson interval, in per cent."""
    z, share = 1.96, hits / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    reach = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    low, high = 100 * max(0.0, centre - reach), 100 * min(1.0, centre + reach)
    return f"{100 * share:6.1f} % [{low:.1f}-{high:.1f}] {hits}/{total}"


@dataclass
class Tally:
    """Counts by kind; GOOD says whether a hit is what one hopes for, so that the other sort can be shown."""

    title: str
    good: bool = True
    hits: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    total: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[str] = field(default_factory=list)

    def add(self, kind: str, about: str, *, hit: bool) -> None:
        """Count one item and keep ABOUT if it went wrong."""
        self.total[kind] += 1
        self.hits[kind] += hit
        if hit != self.good:
            self.wrong.append(f"    {kind:18} {about}")

    def lines(self, *, show: bool) -> Iterable[str]:
        """One line a kind, the sum, the mean of kinds, and what went wrong if SHOW."""
        yield self.title
        for kind, total in self.total.items():
            yield f"  {kind:24} {wilson(self.hits[kind], total)}"
        if self.total:
            yield f"  {'ALL':24} {wilson(sum(self.hits.values()), sum(self.total.values()))}"
            shares = [self.hits[kind] / total for kind, total in self.total.items()]
            yield f"  {'mean of kinds':24} {100 * sum(shares) / len(shares):6.1f} %"
        if show:
            yield from self.wrong
