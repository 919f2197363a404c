"""What is said around a stretch of text, and the bits by which it is said around the name of a credit."""

from collections.abc import Iterator

from zhengben.names import tables
from zhengben.names.found import AROUND
from zhengben.names.ordinary import is_han

LONGEST = 3  # characters of a run
BEFORE, BEHIND = "<", ">"  # marks of what stands close up before the place and behind it


def said_bits(text: str, start: int, end: int) -> float:
    """Give the bits of what is said on both sides of a place."""
    known = tables.said()
    return sum(known.get(run, 0.0) for run in runs_around(text, start, end))


def runs_around(text: str, start: int, end: int) -> set[str]:
    """Give the runs of one to three characters of Chinese near a place, and what stands close up to it, in base forms.

    >>> sorted(runs_around("欠花被呢", 1, 3))
    ['<欠', '>呢', '呢', '欠']
    """
    before = tables.plain(text[max(0, start - AROUND) : start])
    behind = tables.plain(text[end : end + AROUND])
    found = {run for side in (before, behind) for run in _runs(side)}
    found.update(BEFORE + before[-size:] for size in range(1, LONGEST + 1) if size <= len(before))
    found.update(BEHIND + behind[:size] for size in range(1, LONGEST + 1) if size <= len(behind))
    return found


def _runs(side: str) -> Iterator[str]:
    for size in range(1, LONGEST + 1):
        rows = (side[at : at + size] for at in range(len(side) - size + 1))
        yield from (row for row in rows if all(map(is_han, row)))
