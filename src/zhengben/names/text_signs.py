"""Signs, in millions of characters at once, that a message asks for one of the readings of what is put into a name.

Each function gives places; a line that has one is read again. They may pass too often, never too seldom.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from zhengben.names.disguises import STRETCHED, TURNED_VOWELS
from zhengben.names.fillers import DRAWN, ENDS, LONGEST, MARKS, NUMBERED
from zhengben.names.insertions import BRACKETS
from zhengben.names.latin_hits import INNER
from zhengben.names.text_masks import Flags, Words, after
from zhengben.names.translations import FOREIGN

Points = npt.NDArray[np.uint32]
Rows = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
LETTER, DIGIT, DE, END, SIGN, PICTURE, OPEN, TURNED = 1, 2, 4, 8, 16, 32, 64, 128  # kinds of code points
FIRST_HAN = 0x3400
BLOCK, OVERLAP = 1 << 16, 4096  # code points looked at once, and those of the block before: three clauses of it
ENDINGS = sorted({ord(run[0].lower()) for run in STRETCHED})
LONGEST_WORD = 4  # before 的, in an explanation of one of its characters


class Known(NamedTuple):
    """What a filter knows of code points: the class of each; by class, its bits where it is exact, and any bits."""

    classes: npt.NDArray[np.uint16]
    exact: Words
    short: Words
    near: Words

    def bits(self, which: Words, points: Points) -> Words:
        """Give the bits of some code points."""
        found: Words = which[self.classes[points]]
        return found


class Marks(NamedTuple):
    """Places where something is put into a name, where a word is translated or drawn, and letters drawn otherwise."""

    aside: Rows
    brackets: Rows
    words: Rows
    mixed: Rows
    drawn: Rows


@cache
def kinds() -> Bytes:
    """Give the kind of every code point."""
    table = np.zeros(0x110000, np.uint8)
    for first, last, kind in (("a", "z", LETTER), ("A", "Z", LETTER), ("0", "9", DIGIT)):
        table[ord(first) : ord(last) + 1] = kind
    table[0x1D400:0x1D6A4] = LETTER  # letters of a mathematical style
    table[0x2600:0x27C0] = table[0x1F300:0x1FB00] = PICTURE
    for first, last in zip(NUMBERED[::3], NUMBERED[2::3], strict=True):
        table[ord(first) : ord(last) + 1] = DIGIT
    signs = "".join(word[0] + word[0].upper() for word in FOREIGN)
    for chars, kind in ((DRAWN, DIGIT), (MARKS, DIGIT), ("的", DE), (ENDS, END), (signs, SIGN), (BRACKETS, OPEN)):
        table[[ord(char) for char in chars]] = kind
    table[[ord(char) for char in TURNED_VOWELS]] = TURNED
    return table


def marks(points: Points, known: Known) -> Marks:
    """Give the marks of a text; `points` are the code points of lines, each with its newline."""
    found = []
    for first in range(0, len(points), BLOCK):
        start = max(0, first - OVERLAP)
        found.append([start + places for places in _marks(points[start : first + BLOCK], known)])
    return Marks(*(np.concatenate(places) for places in zip(*found, strict=True)))


def _marks(points: Points, known: Known) -> Marks:
    kind = kinds().take(points)
    at = np.flatnonzero(kind != 0)  # of truth values twice as fast as of numbers
    there = kind[at]
    letters, de = at[there == LETTER], at[there == DE]
    both = at[there <= DIGIT]
    runs = _runs(both, len(points))
    aside = [
        _filled(points, both[kind[np.minimum(both + 2, len(kind) - 1)] - LETTER < DIGIT], known),
        _filled(points, de[:-1][np.diff(de) == 2], known),
        _between(points, *runs, known),
        _explained(points, de, known),
        _again(points, known),
        _pictures(points, at[there == PICTURE], known),
        _heads(points, at[there == END], kind, known),
    ]
    words = np.concatenate([_beside(points, *_runs(letters, len(points)), known), at[there == SIGN]])
    opens = at[(there == OPEN) & (at > 0)]
    brackets = opens[known.bits(known.exact, points[opens - 1]) != 0]
    mixed = _mixed(points, (letters, kind), runs, known)
    drawn = np.concatenate([_twice(points, letters), at[there == TURNED], _signs_within(points, kind)])
    return Marks(np.concatenate(aside), brackets, words, mixed, drawn)


def _runs(places: Rows, size: int) -> tuple[Rows, Rows]:
    """Give where runs of places begin and end; one that goes on at the end of a block is whole in another one."""
    first = np.flatnonzero(np.diff(places, prepend=-2) != 1)
    starts = places[first]
    ends = places[np.append(first[1:], len(places)) - 1] + 1 if len(places) else starts
    inner = ends < size
    return starts[inner], ends[inner]


def _filled(points: Points, twice: Rows, known: Known) -> Rows:
    """Give the fillers between neighbours of a name; `twice` are those with another filler two places away."""
    twice = twice[twice < len(points) - 2]
    twice = twice[points[twice + 1] >= FIRST_HAN]
    at = np.concatenate([twice, twice + 2])
    return _inside(points, at, at + 1, known.exact, known)


def _between(points: Points, starts: Rows, ends: Rows, known: Known) -> Rows:
    """Give the short runs of letters and digits between neighbours of a name."""
    short = ends - starts <= LONGEST
    return _inside(points, starts[short], ends[short], known.exact, known)


def _inside(points: Points, starts: Rows, ends: Rows, which: Words, known: Known) -> Rows:
    """Give the stretches between neighbours of a name."""
    inner = (starts > 0) & (ends < len(points))
    starts, ends = starts[inner], ends[inner]
    found: Rows = starts[after(known.bits(which, points[starts - 1])) & known.bits(which, points[ends]) != 0]
    return found


def _explained(points: Points, at: Rows, known: Known) -> Rows:
    """Give each 的 behind which a character of a name stands that is in the word before it."""
    at = at[at + 1 < len(points)]
    follows = points[at + 1]
    at, follows = (array[known.bits(known.exact, follows) != 0] for array in (at, follows))
    back = at[:, None] - np.arange(1, LONGEST_WORD + 1)
    found: Rows = at[((back >= 0) & (points[np.maximum(back, 0)] == follows[:, None])).any(axis=1)]
    return found


def _again(points: Points, known: Known) -> Rows:
    """Give where a sign stands again two places on, with neighbours of a name around both; or thrice in a row."""
    at = 1 + np.flatnonzero(points[1:-3] == points[3:-1])
    one, two, three = (known.bits(known.exact, points[at + k]) for k in (-1, 1, 3))
    spread = after(after(one) & two) & three != 0
    row = (points[at] == points[at + 1]) & (points[at] != points[at - 1]) & (points[at] >= FIRST_HAN) & (one != 0)
    found: Rows = at[spread | row]
    return found


def _pictures(points: Points, at: Rows, known: Known) -> Rows:
    """Give the pictures beside a character of a name; a mark may stand behind one."""
    last = len(points) - 1
    near = [known.bits(known.exact, points[np.clip(at + k, 0, last)]) for k in (-1, 1, 2)]
    found: Rows = at[np.bitwise_or.reduce(near, axis=0) != 0]
    return found


def _heads(points: Points, ends: Rows, kind: Bytes, known: Known) -> Rows:
    """Give where three clauses in a row begin, or end, with neighbours of a name."""
    found = []
    for places in (np.append(0, ends[ends < len(points) - 1] + 1), ends[ends > 0] - 1):
        kept = places[kind[places] != END]
        bits = known.bits(known.exact, points[kept])
        row = np.flatnonzero(after(after(bits[:-2]) & bits[1:-1]) & bits[2:])
        found.append(kept[row])
    return np.concatenate(found)


def _mixed(points: Points, drawn: tuple[Rows, Bytes], runs: tuple[Rows, Rows], known: Known) -> Rows:
    """Give the runs of letters with a digit or sign beside one, that touch a character of a name."""
    (letters, kind), (starts, ends) = drawn, runs
    edges = letters[(kind[letters - 1] == DIGIT) | (kind[np.minimum(letters + 1, len(kind) - 1)] == DIGIT)]
    which = np.unique(np.searchsorted(starts, edges, side="right") - 1)
    starts, ends = starts[which[which >= 0]], ends[which[which >= 0]]
    found: Rows = starts[_touches(points, starts, ends, known.exact, known)]
    return found


def _beside(points: Points, starts: Rows, ends: Rows, known: Known) -> Rows:
    """Give the words in letters beside a character that may be one of a name, in some way."""
    return starts[_touches(points, starts, ends, known.near, known)]


def _touches(points: Points, starts: Rows, ends: Rows, which: Words, known: Known) -> Flags:
    touched: Flags = (known.bits(which, points[starts - 1]) | known.bits(which, points[ends])) != 0
    return touched


def _signs_within(points: Points, kind: Bytes) -> Rows:
    """Give the signs between two letters that may stand for a third."""
    found: Rows = 1 + np.flatnonzero(_inner().take(points[1:-1]))
    within: Rows = found[(kind[found - 1] == LETTER) & (kind[found + 1] == LETTER)]
    return within


@cache
def _inner() -> Flags:
    """Tell of every code point whether it may stand for a letter between two."""
    table = np.zeros(0x110000, np.bool_)
    table[[ord(char) for char in INNER]] = True
    return table


def _twice(points: Points, letters: Rows) -> Rows:
    """Give letters written twice: v, and those a syllable ends in that stand a third time."""
    at = letters[letters < len(points) - 2]
    at = at[points[at] == points[at + 1]]
    first = points[at] | np.uint32(32)  # a small letter
    found: Rows = at[((points[at] == points[at + 2]) & np.isin(first, ENDINGS)) | (first == ord("v"))]
    return found
