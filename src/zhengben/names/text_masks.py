"""Masks of the names' characters as numbers of 64 bits, for many places at once: one bit a character of a name.

A name has a row of neighbouring bits. More names than fit share bits, and a test may only pass too often.
"""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from zhengben.names.glyphs import FAR, NEAR, Alternative
from zhengben.names.pack import Pack
from zhengben.names.scan import ROUND, rolled
from zhengben.names.terms import HanTerm, far_off

Words = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Columns = Callable[[int, int], Words]  # one kind of mask of the characters so many places away
SINGLE_BEGINS, SINGLE_ENDS, SHORT_BEGINS, SHORT_ENDS, SHORT_EXACT, EXACT = range(6)
LONG_BEGINS, LONG_SECOND, LONG_ENDS, LONG_BEFORE = range(6, 10)  # first two and last two characters of longer symbols
FAR_OFF, BEGINS, ENDS = 10, 11, 12  # far in sound, so that all around must be exact
NO_MASKS = (0,) * 11
SAME_COST = 5
BY_PARTS = frozenset({"repeated", "annotation"})


def symbol_masks(pack: Pack, *, loose: bool) -> dict[str, tuple[int, ...]]:
    """Give, for each character, its masks, in the order of the column names."""
    found: dict[str, list[int]] = {}
    for term in pack.written:
        for k, position in enumerate(term.positions):
            bit = rolled(1 << (term.bit + k))
            for symbol, way in position.items():
                for char, column in _columns(
                    term, k, symbol, Alternative(way.how, NEAR) if loose and way.cost >= FAR else way
                ):
                    found.setdefault(char, [0] * len(NO_MASKS))[column] |= bit
    return {symbol: tuple(row) for symbol, row in found.items()}


def _columns(term: HanTerm, k: int, symbol: str, way: Alternative) -> Iterator[tuple[str, int]]:
    """Give the columns that a way to write position k is entered in, with the character it is entered for.

    A doubled character and one with its pinyin are seen by the character itself and by the pinyin (see `found_at`).
    """
    if way.how in BY_PARTS:
        return
    if len(symbol) > 1:
        yield symbol[0], LONG_BEGINS
        yield symbol[1], LONG_SECOND
        yield symbol[-1], LONG_ENDS
        yield symbol[-2], LONG_BEFORE
        return
    last = len(term.positions) - 1
    if far_off(term, way):
        yield symbol, FAR_OFF
        return
    begins, ends, exact = (SHORT_BEGINS, SHORT_ENDS, SHORT_EXACT) if last == 1 else (SINGLE_BEGINS, SINGLE_ENDS, EXACT)
    if k:
        yield symbol, begins
    if k < last:
        yield symbol, ends
    if way.cost <= SAME_COST:
        yield symbol, exact


def found_at(column: Columns, *, loose: bool) -> tuple[Words, Words]:
    """Look closer at pairs of neighbours: chains of three, short names, longer symbols, swapped characters.

    Gives the bits of the names that may stand there, and those of which nothing is exact: such a name counts beside
    loans only.
    """
    begin = column(SINGLE_BEGINS, 0)
    pair = after(column(SINGLE_ENDS, -1)) & begin
    chains = _chains(column, pair)
    guessed = chains[0] | chains[1] | _pair_of_two(column)
    good = guessed  # in wide mode no character need be exact
    if not loose:
        good = _sure(column, chains[0], 0) | _sure(column, before(chains[1]), -1) | _short(column)
    good = good | _turned(column) | _far(column) | _lost(column) | _repeated(column, pair)
    good |= after(column(SHORT_EXACT, 0)) & column(SHORT_EXACT, -1)
    right = column(LONG_BEGINS, 0) & column(LONG_SECOND, 1)
    left = column(LONG_ENDS, -1) & column(LONG_BEFORE, -2)
    single = column(SINGLE_ENDS, -1) | column(SHORT_ENDS, -1)
    good |= after(single | left) & right
    good |= after(left) & (begin | column(SHORT_BEGINS, 0))
    return good, guessed


def guessed_at(column: Columns) -> Words:
    """Give the bits of the names of which signs stand in a row, exact or not: all that a pair without any exact tells.

    The same as the second that `found_at` gives, at a quarter of the cost.
    """
    chains = _chains(column, after(column(SINGLE_ENDS, -1)) & column(SINGLE_BEGINS, 0))
    return chains[0] | chains[1] | _pair_of_two(column)


def _chains(column: Columns, pair: Words) -> tuple[Words, Words]:
    """Give the bits of three signs in a row: those of a pair with the next one, and with the one before."""
    follows = after(column(SINGLE_ENDS, 0)) & column(SINGLE_BEGINS, 1)
    precedes = after(column(SINGLE_ENDS, -2)) & column(SINGLE_BEGINS, -1)
    return pair & before(follows), pair & after(precedes)


def _pair_of_two(column: Columns) -> Words:
    """Give the bits of two signs of a name of two."""
    found: Words = after(column(SHORT_ENDS, -1)) & column(SHORT_BEGINS, 0)
    return found


def _sure(column: Columns, chain: Words, at: int) -> Words:
    """Give the bits of the chains of three, told by the middle character at `at`, of which one is exact."""
    left, right = after(column(EXACT, at - 1)), before(column(EXACT, at + 1))
    return chain & (left | column(EXACT, at) | right)


def _short(column: Columns) -> Words:
    """Two in a row of a name of two: one of them exact."""
    begins, ends = column(SHORT_BEGINS, 0), after(column(SHORT_ENDS, -1))
    return after(column(SHORT_EXACT, -1)) & begins | ends & column(SHORT_EXACT, 0) & begins


def _repeated(column: Columns, pair: Words) -> Words:
    """Tell where a character of a name, itself, stands beside another of the name and is written twice."""
    doubled = column(EXACT, -1) & column(EXACT, -2), column(EXACT, 0) & column(EXACT, 1)
    return after(doubled[0]) & column(SINGLE_BEGINS, 0) | pair & doubled[1]


def _turned(column: Columns) -> Words:
    """Tell where two characters of a name stand in the wrong order, with a third of it on either side of them."""
    pair = after(column(EXACT, 0)) & column(EXACT, -1)
    back = before(before(pair))
    return (column(EXACT, 1) | column(EXACT, -2)) & (after(pair) | after(after(pair)) | back | before(back))


def _lost(column: Columns) -> Words:
    """Tell where two characters of a name stand together and a third near them, one lost or another between."""
    pair = after(column(EXACT, -1)) & column(EXACT, 0)
    behind, ahead = column(EXACT, 1) | column(EXACT, 2), column(EXACT, -2) | column(EXACT, -3)
    moved = before(column(EXACT, 2)) | after(after(column(EXACT, -3)))
    moved |= after(after(column(EXACT, 1))) | before(column(EXACT, -2))  # of three, one from an end to the other
    return pair & (before(before(behind)) | after(after(after(ahead))) | moved)


def _far(column: Columns) -> Words:
    """Tell where one character is far off in sound and the two beside it in the name are exact."""
    here, ahead, behind = column(FAR_OFF, 0), after(column(EXACT, -1)), before(column(EXACT, 1))
    first = after(column(FAR_OFF, -1)) & column(EXACT, 0) & behind
    both: Words = here & ahead & (behind | after(after(column(EXACT, -2))))
    return both | first


def after(mask: Words) -> Words:
    """Move every bit to the next position, around the end."""
    moved: Words = mask << np.uint64(1) | mask >> np.uint64(ROUND - 1)
    return moved


def before(mask: Words) -> Words:
    """Move every bit to the position before, around the end."""
    moved: Words = mask >> np.uint64(1) | mask << np.uint64(ROUND - 1)
    return moved
