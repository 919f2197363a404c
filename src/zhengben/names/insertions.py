"""What is put between the characters of a name, or in the place of some, and means nothing by itself.

Brackets with a remark (微【此处打码】粒贷), one sign over and over (微哈众哈银哈行).
Each gives another reading with a way back; only a name that the inserted part touches is believed.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from zhengben.names.disguises import Reading
from zhengben.names.hits import NameHit

BRACKETS = dict(zip("（(【[「", "）)】]」", strict=True))
REMARK = 10  # characters of a remark between brackets
SHORT = 2  # characters of a name that needs more


def insertions(text: str, exact: Mapping[str, int]) -> Iterator[Reading]:
    """Give the readings without remarks, and without a sign that repeats.

    `exact` has the characters of the names, in any form, with the bits of their positions.

    >>> exact = {"微": 1, "粒": 2, "贷": 4}
    >>> [reading.text for reading in insertions("微（小）粒贷，微a粒哈贷", exact)]
    ['微粒贷，微a粒哈贷']
    """
    if cuts := list(remarks(text, exact)):
        yield _without(text, cuts, "annotation")
    if cuts := list(_repeated(text, exact)):
        yield _without(text, cuts, "separator")


def touched(hit: NameHit, reading: Reading) -> bool:
    """Tell whether what was read away or translated stands inside a hit, and the name bears it.

    Two characters with a remark between them are chance, unless the remark names one of them: 花（花钱）呗.
    """
    spans = reading.spans[hit.start : hit.end]
    gaps = [(one[1], two[0]) for one, two in pairwise(spans) if one[1] < two[0]]
    wide = any(end - start > 1 for start, end in spans)
    return (bool(gaps) and len(hit.expected) > SHORT) or wide


def remarks(text: str, exact: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Give the stretches in brackets between neighbours of a name."""
    for opens in BRACKETS:
        at = text.find(opens, 1)
        while at > 0:
            if end := remark_at(text, at, exact):
                yield at, end
            at = text.find(opens, at + 1)


def remark_at(text: str, at: int, exact: Mapping[str, int]) -> int:
    """Give the end of a remark between neighbours of a name whose bracket opens at a place, or 0."""
    end = text.find(BRACKETS[text[at]], at + 1, at + REMARK + 2) + 1
    return end if end > at + 2 and exact.get(text[at - 1], 0) and _goes_on(text, at, end, exact) else 0


def _goes_on(text: str, at: int, end: int, exact: Mapping[str, int]) -> bool:
    """Tell whether the name goes on behind a remark, or ends with the character before it."""
    one, two = exact[text[at - 1]], exact.get(text[end : end + 1], 0)
    return bool(one << 1 & two)


def _repeated(text: str, exact: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Give the places of a sign that stands again two places on, with neighbours of a name around both."""
    found: set[int] = set()
    for at, (one, two) in enumerate(zip(text[1:], text[3:], strict=False), 1):
        if one == two:
            first, second, third = (exact.get(char, 0) for char in (text[at - 1], text[at + 1], text[at + 3 : at + 4]))
            if first << 2 & second << 1 & third:
                found |= {at, at + 2}
    yield from ((at, at + 1) for at in sorted(found))


def _without(text: str, cuts: list[tuple[int, int]], how: str) -> Reading:
    kept: list[int] = []
    at = 0
    for start, end in sorted(cuts):
        kept += range(at, start)
        at = max(at, end)
    kept += range(at, len(text))
    return Reading("".join(text[i] for i in kept), tuple((i, i + 1) for i in kept), how)
