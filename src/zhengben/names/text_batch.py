"""Messages by the million: one vectorised pass over their code points, then `find_names` for the few lines that pass.

A line passes where neighbours could belong to a name (masks, as in `scan`, but for all characters at once), where
letters could begin or end a Latin name, or where it asks for another reading (escapes, reversal, line breaks).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from zhengben.names.api import find_names, find_some
from zhengben.names.disguises import REVERSERS, broken_lines
from zhengben.names.finance import loans_in
from zhengben.names.glyphs import FAR, NEAR, Alternative
from zhengben.names.hits import NameHit
from zhengben.names.latin import fold as fold_latin
from zhengben.names.latin_text import LIKE
from zhengben.names.pack import Pack
from zhengben.names.terms import HanTerm, far_off
from zhengben.names.view import SKIPPABLE, fold

UNSEEN, DROPPED, PLAIN = 0, 1, 2  # classes of code points; others index the masks
BLOCK = 1 << 16  # code points looked at once
OTHER_READINGS = tuple(
    map(
        re.compile,
        (
            r"&(?:#[xX0-9]|[a-z]{2,6};)",
            r"</?[A-Za-z]",
            r"\\[un]",
            r"%[0-9a-fA-Fu]",
            r"U\+[0-9a-fA-F]{4}",
            r"=[0-9A-F]{2}=",
            *REVERSERS,
        ),
    )
)  # each with a literal head: fast
Words = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Points = npt.NDArray[np.uint32]
Rows = npt.NDArray[np.int64]
DE = ord("的")
FIRST_HAN, LAST_HAN = 0x3400, 0x9FFF
LONGEST_WORD = 4  # before 的, in an explanation of one of its characters
ROUND = 64
OVERLAP, REACH, SAME_COST = 64, 4, 5
SINGLE_BEGINS, SINGLE_ENDS, SHORT_BEGINS, SHORT_ENDS, SHORT_EXACT, EXACT = range(6)
LONG_BEGINS, LONG_SECOND, LONG_ENDS, LONG_BEFORE = range(6, 10)  # first two and last two characters of longer symbols
FAR_OFF, BEGINS, ENDS = 10, 11, 12  # far in sound, so that all around must be exact
NO_MASKS = (0,) * 11
ALL = (1 << 64) - 1
BY_PARTS = frozenset({"repeated", "annotation"})


def _rolled(mask: int) -> int:
    """Fold a mask of any width into 64 bits; neighbours stay neighbours, and a test may only pass too often."""
    while mask >> ROUND:
        mask = mask & ((1 << ROUND) - 1) | mask >> ROUND
    return mask


class TextFilter:
    """The compiled filter of one pack and mode; classes are worked out as code points come."""

    def __init__(self, pack: Pack, mode: str) -> None:
        """Compile the masks of the pack's names."""
        self.mode = mode
        self.classes = np.zeros(0x110000, np.uint16)
        self.classes[10] = PLAIN
        self.signs = np.zeros(0, np.bool_)  # by class: a sign for a character that may also be a mere separator
        self.rows: list[tuple[int, ...]] = [(*NO_MASKS, 0, 0)] * 3
        self.known: dict[tuple[int, ...], int] = {}
        self.symbols = _symbol_masks(pack, loose=mode == "wide")
        self.grams = _grams(pack)
        self.arrays: list[Words] = []
        self.letters = np.zeros(0, np.uint16)
        self._learn(np.zeros(0, np.uint32))  # so that a text of nothing but line breaks can be looked at

    def places(self, points: Points) -> tuple[Rows, Rows, Rows]:
        """Give the places that pass for a Chinese name, for a Latin one, and for one of guesses only, in order.

        `points` are the code points of the lines, each ended by a newline.
        """
        found: tuple[list[Rows], ...] = tuple([np.zeros(0, np.int64)] for _ in range(3))
        for first in range(0, len(points), BLOCK):
            piece = points[max(0, first - OVERLAP) : first + BLOCK]
            for places, kept in zip(self._suspects(piece), found, strict=True):
                kept.append(places + max(0, first - OVERLAP))
        han, latin, guessed = (np.unique(np.concatenate(rows)) for rows in found)
        return han, latin, guessed

    def asides(self, points: Points) -> list[int]:
        """Give the places where a character of a name stands between two fillers, or is explained: see `asides`."""
        of_name = self.arrays[EXACT] | self.arrays[SHORT_EXACT] != 0
        letter = (points >= ord("0")) & (points <= ord("z"))
        at = 1 + np.flatnonzero((letter[1:-3] & letter[3:-1]) | ((points[1:-3] == DE) & (points[3:-1] == DE)))
        for shift in (1, -1, 3):  # the characters between the fillers, and those around them
            there = points[at + shift]
            at = at[(there >= FIRST_HAN) & of_name[self.classes[there]]]
        filled = at
        at = np.flatnonzero(points[:-1] == DE)
        after = points[at + 1]
        at, after = (array[of_name[self.classes[after]]] for array in (at, after))
        back = at[:, None] - np.arange(1, LONGEST_WORD + 1)
        explained = at[((back >= 0) & (points[np.maximum(back, 0)] == after[:, None])).any(axis=1)]
        return [*filled.tolist(), *explained.tolist(), *self._pairs(points).tolist()]

    def _pairs(self, points: Points) -> npt.NDArray[np.int64]:
        """Give the places where the two characters of a name stand on both sides of a letter or digit."""
        between = points[1:-1]
        at = np.flatnonzero((between >= ord("0")) & (between <= ord("z")))
        short = self.arrays[SHORT_EXACT]
        one, two = short[self.classes[points[at]]], short[self.classes[points[at + 2]]]
        found: npt.NDArray[np.int64] = at[_any(_next(one) & two)]
        return found

    def _suspects(self, piece: Points) -> tuple[Rows, Rows, Rows]:
        """Give the places where neighbours could belong to a Chinese name, letters to a Latin one, guesses to one."""
        kinds = self.classes[piece]
        if (kinds == UNSEEN).any():
            self._learn(np.unique(piece[kinds == UNSEEN]))
            kinds = self.classes[piece]
        kept = np.flatnonzero(kinds != DROPPED)
        row = np.full(len(kept) + 2 * REACH, PLAIN, np.intp)
        row[REACH:-REACH] = kinds[kept]
        ends, begins = self.arrays[ENDS].take(row), self.arrays[BEGINS].take(row)
        pairs = _next(ends[REACH - 1 : -REACH - 1]) & begins[REACH:-REACH] != 0
        good = np.flatnonzero(pairs)
        chosen, doubtful = self._detailed(row, good + REACH)
        good, guessed = good[chosen], good[doubtful]
        if self.signs.any():
            signs = np.flatnonzero(self.signs.take(row[REACH:-REACH]))
            good = np.concatenate([good, signs[row[signs + REACH - 1] > PLAIN]])
        letters = self._letters(self.letters.take(row[REACH:-REACH])) if self.grams.any() else good[:0]
        return kept[good], kept[letters], kept[guessed]

    def _detailed(self, row: npt.NDArray[np.intp], at: Rows) -> tuple[Flags, Flags]:
        """Look closer at pairs (at - 1, at): chains of three, short names, longer symbols, swapped characters.

        The second answer is for names of which nothing is exact: such a name counts beside loans only.
        """

        @cache
        def column(which: int, shift: int) -> Words:
            """Give one kind of word sign at the place `shift` characters away."""
            return self.arrays[which].take(kinds(shift))

        @cache
        def kinds(shift: int) -> npt.NDArray[np.intp]:
            """Give the classes of the characters there."""
            return row.take(at + shift)

        begin = column(SINGLE_BEGINS, 0)
        pair = _next(column(SINGLE_ENDS, -1)) & begin
        after = _next(column(SINGLE_ENDS, 0)) & column(SINGLE_BEGINS, 1)
        before = _next(column(SINGLE_ENDS, -2)) & column(SINGLE_BEGINS, -1)
        chains = pair & _back(after), pair & _next(before)
        guessed = _any(chains[0] | chains[1] | _next(column(SHORT_ENDS, -1)) & column(SHORT_BEGINS, 0))
        good = self._likely(column, chains[0], 0) | self._likely(column, chains[1], -1)
        good |= self._short(column)
        good |= _turned(column)
        good |= _far(column) | _lost(column)
        good |= _any(_next(column(EXACT, -1)) & begin) & (row[at - 1] == row[at - 2])
        good |= _any(pair & column(EXACT, 0)) & (row[at] == row[at + 1])
        good |= _any(_next(column(SHORT_EXACT, 0)) & column(SHORT_EXACT, -1))
        right = column(LONG_BEGINS, 0) & column(LONG_SECOND, 1)
        left = column(LONG_ENDS, -1) & column(LONG_BEFORE, -2)
        single = column(SINGLE_ENDS, -1) | column(SHORT_ENDS, -1)
        good |= _any(_next(single | left) & right)
        good |= _any(_next(left) & (begin | column(SHORT_BEGINS, 0)))
        return good, guessed & ~good

    def _likely(self, column: Callable[[int, int], Words], chain: Words, at: int) -> Flags:
        """Tell of three in a row whether one is exact; in wide mode always.

        `chain` has the bit of the middle position (`at` 0) or of the last one (`at` -1, the middle is one before).
        """
        if self.mode == "wide":
            return _any(chain)
        chain = chain if at == 0 else _back(chain)
        left, right = _next(column(EXACT, at - 1)), _back(column(EXACT, at + 1))
        return _any(chain & (left | column(EXACT, at) | right))

    def _short(self, column: Callable[[int, int], Words]) -> Flags:
        """Two in a row of a name of two: one of them exact, unless the mode is wide."""
        begins, ends = column(SHORT_BEGINS, 0), _next(column(SHORT_ENDS, -1))
        if self.mode == "wide":
            return _any(begins & ends)
        sure = _next(column(SHORT_EXACT, -1)) & begins | ends & column(SHORT_EXACT, 0) & begins
        return _any(sure)

    def _letters(self, letters: npt.NDArray[np.uint16]) -> npt.NDArray[np.int64]:
        """Give the places of three letters in a row that a Latin name begins or ends with."""
        five, ten = np.uint16(5), np.uint16(10)
        three = letters[:-2] | letters[1:-1] << five | letters[2:] << ten
        return np.flatnonzero(self.grams.take(three, mode="clip"))

    def _learn(self, points: npt.NDArray[np.uint32]) -> None:
        """Work out the classes of code points that were not seen before."""
        for point in points.tolist():
            symbol = fold(chr(point)).symbol
            if not symbol:
                self.classes[point] = DROPPED
                continue
            first, last = self.symbols.get(symbol[0], NO_MASKS), self.symbols.get(symbol[-1], NO_MASKS)
            letter = fold_latin(LIKE.get(symbol, symbol)) if len(symbol) == 1 and symbol.isascii() else ""
            masks = [a | b for a, b in zip(first, last, strict=True)]
            if len(symbol) > 1 and any(masks):  # one sign that is several, so its neighbours are within it
                masks[LONG_SECOND] = masks[LONG_BEFORE] = ALL
            masks.append(ord(letter) & 31 if letter.isalpha() else 0)
            if any(masks):
                self.classes[point] = self._class((*masks, int(symbol in SKIPPABLE)))
            else:
                self.classes[point] = DROPPED if symbol in SKIPPABLE else PLAIN
        self._lay_out()

    def _class(self, row: tuple[int, ...]) -> int:
        """Give the class of code points with these masks, a new one where none had them before."""
        if row not in self.known:
            self.known[row] = len(self.rows)
            self.rows.append(row)
        return self.known[row]

    def _lay_out(self) -> None:
        """Lay the masks of all classes out as arrays."""
        table = np.array(self.rows, np.uint64).T.copy()
        masks = [np.ascontiguousarray(column) for column in table]
        begins = masks[SINGLE_BEGINS] | masks[SHORT_BEGINS] | masks[LONG_BEGINS] | masks[FAR_OFF]
        swaps = masks[EXACT] | masks[SHORT_EXACT]
        self.arrays = [
            *masks[:-2],
            begins | _before(swaps),
            masks[SINGLE_ENDS] | masks[SHORT_ENDS] | masks[LONG_ENDS] | masks[FAR_OFF] | swaps,
        ]
        self.letters, self.signs = masks[-2].astype(np.uint16), masks[-1] > 0


def _turned(column: Callable[[int, int], Words]) -> Flags:
    """Tell where two characters of a name stand in the wrong order, with a third of it on either side of them."""
    pair = _next(column(EXACT, 0)) & column(EXACT, -1)
    back = _back(_back(pair))
    return _any((column(EXACT, 1) | column(EXACT, -2)) & (_next(pair) | _next(_next(pair)) | back | _back(back)))


def _lost(column: Callable[[int, int], Words]) -> Flags:
    """Tell where two characters of a name stand together and a third near them, one lost or another between."""
    pair = _next(column(EXACT, -1)) & column(EXACT, 0)
    after, before = column(EXACT, 1) | column(EXACT, 2), column(EXACT, -2) | column(EXACT, -3)
    moved = _back(column(EXACT, 2)) | _next(_next(column(EXACT, -3)))
    return _any(pair & (_back(_back(after)) | _next(_next(_next(before))) | moved))


def _far(column: Callable[[int, int], Words]) -> Flags:
    """Tell where one character is far off in sound and the two beside it in the name are exact."""
    here, before, after = column(FAR_OFF, 0), _next(column(EXACT, -1)), _back(column(EXACT, 1))
    first = _next(column(FAR_OFF, -1)) & column(EXACT, 0) & after
    return _any(here & before & (after | _next(_next(column(EXACT, -2)))) | first)


def _any(mask: Words) -> Flags:
    """Tell of each mask whether any bit is set."""
    flags: Flags = mask != 0
    return flags


def _next(mask: Words) -> Words:
    """Move every bit to the next position, around the end."""
    return mask << np.uint64(1) | mask >> np.uint64(63)


def _back(mask: Words) -> Words:
    """Move every bit to the position before, around the end."""
    return mask >> np.uint64(1) | mask << np.uint64(63)


def _before(mask: Words) -> Words:
    """Move every bit two positions on, so that a swapped pair passes the test for neighbours in order.

    In a swapped pair position k + 1 stands before k: as an end it gives k + 2, which this sets for k.
    """
    return _next(_next(mask))


def _symbol_masks(pack: Pack, *, loose: bool) -> dict[str, tuple[int, ...]]:
    """Give, for each character, its masks, in the order of the column names."""
    found: dict[str, list[int]] = {}
    for term in pack.written:
        for k, position in enumerate(term.positions):
            bit = _rolled(1 << (term.bit + k))
            for symbol, way in position.items():
                for char, column in _columns(
                    term, k, symbol, Alternative(way.how, NEAR) if loose and way.cost >= FAR else way
                ):
                    found.setdefault(char, [0] * len(NO_MASKS))[column] |= bit
    return {symbol: tuple(row) for symbol, row in found.items()}


def _columns(term: HanTerm, k: int, symbol: str, way: Alternative) -> Iterator[tuple[str, int]]:
    """Give the columns that a way to write position k is entered in, with the character it is entered for.

    A doubled character and one with its pinyin are seen by the character itself and by the pinyin (see `_detailed`).
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


def _grams(pack: Pack) -> Flags:
    """Give the table of three letters of which a text with a Latin name has some; a short name has any third."""
    table = np.zeros(1 << 15, np.bool_)
    letters = "@abcdefghijklmnopqrstuvwxyz"
    for piece in pack.latin.pieces:
        for whole in [piece] if len(piece) > 2 else [piece + other for other in letters]:
            one, two, three = (ord(c) & 31 for c in whole)
            table[one | two << 5 | three << 10] = True
    return table


@lru_cache(maxsize=8)
def text_filter(pack: Pack, mode: str) -> TextFilter:
    """Give the compiled filter of a pack and mode, kept for as long as it is used."""
    return TextFilter(pack, mode)


def find_in_lines(lines: Sequence[str], pack: Pack, mode: str = "balanced") -> Iterator[tuple[int, NameHit]]:
    """Give (index of the line, hit), in order. A literal backslash-n in a message is a line break of the message."""
    text = "\n".join(lines) + "\n"
    sizes = np.fromiter(map(len, lines), np.int64, len(lines)) + 1
    starts = np.cumsum(sizes) - sizes
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    known = text_filter(pack, mode)
    han, letters, guessed = known.places(points)
    near = _by_line(han, starts)
    for at, places in _by_line(guessed, starts).items():
        if loans_in(lines[at]):
            near[at] = sorted({*near.get(at, ()), *places})
    latin = set(_lines_of(letters, starts))
    marks = [match.start() for marker in OTHER_READINGS for match in marker.finditer(text)]
    other = set(_lines_of(np.array(marks, np.int64), starts))
    set_aside = set(_lines_of(np.array(known.asides(points), np.int64), starts))
    for at in sorted(near.keys() | latin | other | set_aside):
        if at in other:
            hits = find_message(lines[at], pack, mode)
        else:
            hits = find_some(lines[at], pack, mode, near.get(at, ()), latin=at in latin)
        for hit in hits:
            yield at, hit


def _lines_of(places: Rows, starts: Rows) -> list[int]:
    """Give the line of each place."""
    found: list[int] = (np.searchsorted(starts, places, side="right") - 1).tolist()
    return found


def _by_line(places: Rows, starts: Rows) -> dict[int, list[int]]:
    """Give, by line, the places in it, counted from its beginning."""
    found: dict[int, list[int]] = {}
    lines = np.searchsorted(starts, places, side="right") - 1
    for line, place in zip(lines.tolist(), (places - starts[lines]).tolist(), strict=True):
        found.setdefault(line, []).append(place)
    return found


def find_message(line: str, pack: Pack, mode: str) -> tuple[NameHit, ...]:
    """Give the hits of one message, in whose text a literal backslash-n is a line break."""
    if "\\n" not in line:
        return find_names(line, pack, mode)
    reading = broken_lines(line)
    return tuple(reading.back(hit, line) for hit in find_names(reading.text, pack, mode))
