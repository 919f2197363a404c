"""The vectorised filter before the text logic: which places of millions of characters could belong to a name at all.

A place passes where neighbours could belong to a name (masks, as in `scan`, but for all characters at once) and signs
of all its other characters stand near; or where letters could begin or end a Latin name.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from zhengben.names import text_masks as masks
from zhengben.names.latin import fold as fold_latin
from zhengben.names.latin_hits import LIKE
from zhengben.names.pack import Pack
from zhengben.names.scan import EVERY, WITHIN, rolled
from zhengben.names.terms import SHORT_NAME
from zhengben.names.text_masks import Flags, Words
from zhengben.names.text_signs import Known, Marks, Points, Rows, marks
from zhengben.names.view import SKIPPABLE, fold

UNSEEN, DROPPED, PLAIN = 0, 1, 2  # classes of code points; others index the masks
BLOCK = 1 << 16  # code points looked at once
OVERLAP, REACH = 64, 4  # code points of the block before that are looked at again; characters around a pair
Kinds = npt.NDArray[np.intp]
Seen = tuple[Rows, Words]  # places in a block and the bits of the names


class Places(NamedTuple):
    """Places in order, each with the bits of the names that may stand there and the stretch that would hold them."""

    at: Rows
    bits: Words
    first: Rows
    last: Rows

    def only(self, chosen: Rows) -> "Places":
        """Give some of them."""
        return Places(self.at[chosen], self.bits[chosen], self.first[chosen], self.last[chosen])

    def moved(self, by: int) -> "Places":
        """Give them further on."""
        return Places(self.at + by, self.bits, self.first + by, self.last + by)


class Suspects(NamedTuple):
    """The places that pass for a Chinese name, for one of guesses only, and for a Latin one."""

    han: Places
    guessed: Places
    latin: Rows

    def moved(self, by: int) -> "Suspects":
        """Give them further on."""
        return Suspects(self.han.moved(by), self.guessed.moved(by), self.latin + by)


class TextFilter:
    """The compiled filter of one pack and mode; classes are worked out as code points come."""

    def __init__(self, pack: Pack, mode: str) -> None:
        """Compile the masks of the pack's names."""
        self.loose = mode == "wide"
        self.classes = np.zeros(0x110000, np.uint16)
        self.classes[10] = PLAIN
        self.signs = np.zeros(0, np.bool_)  # by class: a sign for a character that may also be a mere separator
        self.rows: list[tuple[int, ...]] = [(*masks.NO_MASKS, 0, 0)] * 3
        self.known: dict[tuple[int, ...], int] = {}
        self.symbols = masks.symbol_masks(pack, loose=self.loose)
        self.grams = _grams(pack)
        lengths = {len(term.positions) for term in pack.written}
        self.firsts = [  # the bits of the first characters of the names so long
            (size, np.uint64(rolled(sum(1 << t.bit for t in pack.written if len(t.positions) == size))))
            for size in sorted(lengths)
        ]
        self.widest = max((sum(term.longest) for term in pack.written), default=0) + REACH
        self.arrays: list[Words] = []
        self.strong = np.zeros(0, np.uint8)  # by class, a bit each: exact, and the four parts of longer signs
        self.seen: tuple[Words, ...] = ()  # by class: any sign of a character, one not far off, an exact one
        self.letters = np.zeros(0, np.uint16)
        self._learn(np.zeros(0, np.uint32))  # so that a text of nothing but line breaks can be looked at

    def places(self, points: Points) -> Suspects:
        """Give the places that could belong to a name; `points` are the code points of lines, each with its newline."""
        found = []
        for first in range(0, len(points), BLOCK):
            start = max(0, first - OVERLAP)
            found.append(self._suspects(points[start : first + BLOCK]).moved(start))
        han, guessed, latin = zip(*found, strict=True)
        return Suspects(_merged(han), _merged(guessed), np.unique(np.concatenate(latin)))

    def marks(self, points: Points) -> Marks:
        """Give the places that ask for a reading of what is put into a name: see `text_signs`."""
        exact = self.arrays[masks.EXACT] | self.arrays[masks.SHORT_EXACT]
        return marks(points, Known(self.classes, exact, self.arrays[masks.SHORT_EXACT], self.seen[1]))

    def _suspects(self, piece: Points) -> Suspects:
        """Look at one block."""
        kinds = self.classes[piece]
        if (kinds == UNSEEN).any():
            self._learn(np.unique(piece[kinds == UNSEEN]))
            kinds = self.classes[piece]
        kept = np.flatnonzero(kinds != DROPPED)
        row = np.zeros(len(kept) + 2 * self.widest, np.intp)  # beyond its ends all is unseen
        inner = row[self.widest : -self.widest]
        inner[:] = kinds[kept]
        ends, begins = self.arrays[masks.ENDS].take(inner), self.arrays[masks.BEGINS].take(inner)
        pairs = 1 + np.flatnonzero(masks.after(ends[:-1]) & begins[1:])
        good, guesses = self._detailed(row, pairs)
        if self.signs.any():
            signs = np.flatnonzero(self.signs.take(inner))
            signs = signs[row[signs + self.widest - 1] > PLAIN]
            every = np.full(len(signs), EVERY, np.uint64)
            good = np.concatenate([good[0], signs]), np.concatenate([good[1], every])
        letters = self._letters(self.letters.take(inner)) if self.grams.any() else pairs[:0]
        return Suspects(self._stretches(row, kept, *good), self._stretches(row, kept, *guesses), kept[letters])

    def _stretches(self, row: Kinds, kept: Rows, at: Rows, bits: Words) -> Places:
        """Give places in the block with the stretches around them that would hold a whole name."""
        places = kept[at]
        open_ended = self.signs | (np.arange(len(self.signs)) == UNSEEN)  # separators may make a name any length
        wide = open_ended.take(row[at[:, None] + np.arange(2 * self.widest + 1)]).any(axis=1)
        first = kept[np.maximum(at - self.widest, 0)]
        last = kept[np.minimum(at + self.widest, len(kept) - 1)] + 1
        farthest = places - WITHIN, places + WITHIN
        first = np.where(wide, farthest[0], np.maximum(first, farthest[0]))
        return Places(places, bits, first, np.where(wide, farthest[1], np.minimum(last, farthest[1])))

    def _detailed(self, row: Kinds, at: Rows) -> tuple[Seen, Seen]:
        """Look closer at pairs (at - 1, at): their neighbours first, then whether the whole name may stand there."""
        near, before, here, next_to = (self.strong.take(row.take(at + self.widest + shift)) for shift in (-2, -1, 0, 1))
        strong = ((before | here) & 1 | here >> 1 & next_to >> 2 & 1 | before >> 3 & near >> 4 & 1).astype(np.bool_)
        weak = at[~strong]  # most pairs: nothing about them is exact, so that only a row of signs tells
        chained = weak[masks.guessed_at(self._columns(row, weak)) != 0]
        at = np.concatenate([at[strong], chained])
        good, guessed = masks.found_at(self._columns(row, at), loose=self.loose)
        doubtful = np.flatnonzero((guessed != 0) & (good == 0))
        sure = np.flatnonzero(good)
        return self._whole(row, at[sure], good[sure]), self._whole(row, at[doubtful], guessed[doubtful])

    def _columns(self, row: Kinds, at: Rows) -> masks.Columns:
        """Give the masks around some pairs, each worked out once when it is asked for."""
        places = at + self.widest

        @cache
        def column(which: int, shift: int) -> Words:
            """Give one kind of mask at the place `shift` characters away."""
            return self.arrays[which].take(kinds(shift))

        @cache
        def kinds(shift: int) -> Kinds:
            """Give the classes of the characters there."""
            return row.take(places + shift)

        return column

    def _whole(self, row: Kinds, at: Rows, bits: Words) -> Seen:
        """Keep what belongs to names of which every character has a sign nearby; the same test as `Table.possible`."""
        around = row[at[:, None] + np.arange(1, 2 * self.widest)]
        every, near, exact = (np.bitwise_or.reduce(table.take(around), axis=1) for table in self.seen)
        possible = np.zeros_like(bits)
        for size, firsts in self.firsts:
            whole = _runs(every, near, exact, size) & firsts
            for _ in range(size):
                possible |= whole
                whole = masks.after(whole)
        bits = bits & possible
        kept = np.flatnonzero(bits)
        return at[kept], bits[kept]

    def _letters(self, letters: npt.NDArray[np.uint16]) -> Rows:
        """Give the places of three letters in a row that a Latin name begins or ends with."""
        five, ten = np.uint16(5), np.uint16(10)
        three = letters[:-2] | letters[1:-1] << five | letters[2:] << ten
        return np.flatnonzero(self.grams.take(three, mode="clip"))

    def _learn(self, points: Points) -> None:
        """Work out the classes of code points that were not seen before."""
        for point in points.tolist():
            symbol = fold(chr(point)).symbol
            if not symbol:
                self.classes[point] = DROPPED
                continue
            first, last = self.symbols.get(symbol[0], masks.NO_MASKS), self.symbols.get(symbol[-1], masks.NO_MASKS)
            letter = fold_latin(LIKE.get(symbol, symbol)) if len(symbol) == 1 and symbol.isascii() else ""
            signs = [a | b for a, b in zip(first, last, strict=True)]
            if len(symbol) > 1 and any(signs):  # one sign that is several, so its neighbours are within it
                signs[masks.LONG_SECOND] = signs[masks.LONG_BEFORE] = EVERY
            signs.append(ord(letter) & 31 if letter.isalpha() else 0)
            if any(signs):
                self.classes[point] = self._class((*signs, int(symbol in SKIPPABLE)))
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
        rows = [np.ascontiguousarray(column) for column in table]
        exact = rows[masks.EXACT] | rows[masks.SHORT_EXACT]
        begins = rows[masks.SINGLE_BEGINS] | rows[masks.SHORT_BEGINS] | rows[masks.LONG_BEGINS]
        ends = rows[masks.SINGLE_ENDS] | rows[masks.SHORT_ENDS] | rows[masks.LONG_ENDS]
        far = rows[masks.FAR_OFF]
        # in a swapped pair position k + 1 stands before k: as an end it gives k + 2, which the exact one sets for k
        turned = masks.after(masks.after(exact))
        self.arrays = [*rows[:-2], begins | far | turned, ends | far | exact]
        self.letters, self.signs = rows[-2].astype(np.uint16), rows[-1] > 0
        # what can make a pair a name though no row of signs goes on from it
        flags = (exact, *(rows[which] for which in range(masks.LONG_BEGINS, masks.LONG_BEFORE + 1)))
        self.strong = sum((flag != 0).astype(np.uint8) << np.uint8(k) for k, flag in enumerate(flags))
        # what stands beyond a block, and a sign that may be a separator, hides nothing
        unknown = np.where(self.signs, np.uint64(EVERY), np.uint64(0))
        unknown[UNSEEN] = EVERY
        near = begins | ends | exact | unknown
        self.seen = (near | far, near, exact | rows[masks.LONG_BEGINS] | unknown)


def _runs(every: Words, near: Words, exact: Words, size: int) -> Words:
    """Give the first positions of names so long of which a sign of each character is there.

    One that is far off counts where all others are exact; of a longer name one may lack, where all others are exact.
    """
    runs, close, most, whole = every, near, np.full_like(every, EVERY), exact
    for _ in range(1, size):
        every, near, exact = masks.before(every), masks.before(near), masks.before(exact)
        most = most & exact | whole
        runs, close, whole = runs & every, close & near, whole & exact
    return close | runs & most | (most if size > SHORT_NAME else np.zeros_like(most))


def _merged(found: Sequence[Places]) -> Places:
    """Give places in order, each once, with all bits that were seen there and the longest stretch."""
    whole = Places(*(np.concatenate(columns) for columns in zip(*found, strict=True)))
    if not len(whole.at):
        return whole
    at, bits, first, last = whole.only(np.argsort(whole.at, kind="stable"))
    new = np.flatnonzero(np.diff(at, prepend=-1))
    joined = np.bitwise_or.reduceat(bits, new)
    return Places(at[new], joined, np.minimum.reduceat(first, new), np.maximum.reduceat(last, new))


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
