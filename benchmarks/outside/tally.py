"""Shares with their intervals, counted by kind, and the one door through which the product is asked."""

import contextlib
import io
import json
import math
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhengben.cli.main import main

SHIPPED = Path(__file__).resolve().parents[2] / "brands"
Z = 1.96  # of a normal distribution, 95 % lie within so many deviations


def ask(*arguments: str) -> list[dict[str, Any]]:
    """The JSON lines a public command prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main(list(arguments))
    return [json.loads(line) for line in out.getvalue().splitlines() if line.startswith("{")]


def interval(hits: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson interval of HITS in TOTAL, as shares; TOTAL is at least one."""
    share, square = hits / total, Z * Z / total
    middle = share + square / 2
    reach = Z * math.sqrt(share * (1 - share) / total + square / (4 * total))
    return max(0.0, (middle - reach) / (1 + square)), min(1.0, (middle + reach) / (1 + square))


def share(hits: int, total: int) -> str:
    """HITS of TOTAL in per cent, with the interval and both figures."""
    if not total:
        return "     -"
    low, high = interval(hits, total)
    return f"{100 * hits / total:6.1f} % [{100 * low:.1f}-{100 * high:.1f}] {hits}/{total}"


@dataclass
class Tally:
    """Counts by kind; GOOD says whether a hit is what one hopes for, so that the other sort can be shown."""

    title: str
    good: bool = True
    hits: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, kind: str, about: str, *, hit: bool) -> None:
        """Count one item and keep ABOUT if it went wrong."""
        self.total[kind] += 1
        self.hits[kind] += hit
        if hit is not self.good:
            self.wrong.append(f"    {kind:20} {about}")

    def whole(self) -> str:
        """All kinds together, as a share."""
        return share(self.hits.total(), self.total.total())

    def lines(self, *, show: bool) -> Iterator[str]:
        """One line a kind, the sum, the mean of kinds, and what went wrong if SHOW."""
        yield self.title
        for kind, total in self.total.items():
            yield f"  {kind:24} {share(self.hits[kind], total)}"
        yield f"  {'ALL':24} {self.whole()}"
        if self.total:
            mean = sum(self.hits[kind] / total for kind, total in self.total.items()) / len(self.total)
            yield f"  {'mean of kinds':24} {100 * mean:6.1f} %"
        if show:
            yield from self.wrong


def dossiers(folder: Path, of_the_set: Path) -> Path:
    """A new folder `brands` in FOLDER, with the dossiers that are shipped and those OF_THE_SET."""
    brands = folder / "brands"
    brands.mkdir()
    for path in [*SHIPPED.glob("*.toml"), *of_the_set.glob("*.toml")]:
        shutil.copy(path, brands / path.name)
    return brands


def count_hosts(
    tables: tuple[Tally, Tally], bad: Sequence[tuple[str, str, str]], good: Sequence[tuple[str, str]], brands: Path
) -> list[Tally]:
    """`screen hosts` over BAD (technique, brand, name) and GOOD (kind, name), counted in the two TABLES."""
    path = brands.parent / "hosts.txt"
    path.write_text("\n".join([*(name for _, _, name in bad), *(name for _, name in good)]) + "\n", encoding="utf-8")
    found: dict[str, set[str]] = defaultdict(set)
    for hit in ask("screen", "hosts", "--json", "--quiet", "--brands", str(brands), str(path)):
        found[hit["name"]].add(hit["brand"])
    recall, wrong = tables
    for technique, brand, name in bad:
        recall.add(technique, f"{brand} {name} {sorted(found[name])}", hit=brand in found[name])
    for kind, name in good:
        wrong.add(kind, f"{name} {sorted(found[name])}", hit=bool(found[name]))
    return [recall, wrong]
