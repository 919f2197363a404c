"""Counts by kind, as shares with Wilson intervals."""

import math
from collections import defaultdict
from collections.abc import Iterator


def wilson(hits: int, total: int) -> str:
    """HITS of TOTAL as a share with its 95 % Wilson interval, in per cent."""
    if not total:
        return "-"
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    width = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    low, high = 100 * max(0.0, middle - width), 100 * min(1.0, middle + width)
    return f"{100 * share:6.1f} % [{low:.1f}-{high:.1f}] {hits}/{total}"


class Tally:
    """One measure; WRONG says whether a hit or a miss is the thing gone wrong."""

    def __init__(self, title: str, *, wrong: bool) -> None:
        """TITLE heads the table."""
        self.title, self.wrong = title, wrong
        self.hits: dict[str, int] = defaultdict(int)
        self.total: dict[str, int] = defaultdict(int)
        self.gone_wrong: list[str] = []

    def add(self, kind: str, about: str, *, hit: bool) -> None:
        """Counts one item and keeps it where it went wrong."""
        self.total[kind] += 1
        self.hits[kind] += hit
        if hit is self.wrong:
            self.gone_wrong.append(f"    {kind:20} {about}")

    def lines(self, *, show: bool) -> Iterator[str]:
        """The table, and the items that went wrong where SHOW."""
        if not self.total:
            return
        yield self.title
        for kind in sorted(self.total):
            yield f"  {kind:22} {wilson(self.hits[kind], self.total[kind])}"
        yield f"  {'ALL':22} {wilson(sum(self.hits.values()), sum(self.total.values()))}"
        if show:
            yield from self.gone_wrong
