"""The vectorised sieve before the host logic: which of millions of names could resemble a brand at all.

Three steps, each on the few places that the one before has left. At every second letter five letters are hashed into a
table of bits: does the window of some key begin here, or one letter earlier? A window is the six letters of a key that
are rarest in ordinary names, so about one place in fifty passes. Then the six letters are hashed: which keys' windows,
and how far into the key? Then the key itself is compared, and what stands on both sides of it. The cost hardly grows
with the number of brands, because a rare window is shared by most slips of a name.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import as_strided

from zhengben.names.keys import (
    ANYWHERE,
    ENDED,
    FOREIGN,
    LARGEST,
    OPEN,
    SHORT,
    SHORTER,
    SMALLEST,
    WORD,
    WORDS,
    Asks,
    Letters,
    Packed,
    compile_keys,
    lure_edges,
)
from zhengben.names.pack import Pack
from zhengben.names.sieve_tables import (
    FIRST_BITS,
    FURTHEST,
    GOLDEN,
    SECOND_BITS,
    THIRD_BITS,
    TRANSLATION,
    WHOLE_BITS,
    Compiled,
    Keys,
    Places,
    Tables,
    compile_tables,
    mask,
    mixed,
    size_bit,
    slot,
)

BLOCK = 1 << 18  # bytes scanned at once: its work arrays and the first table share the second-level cache
PAD = 32  # zero bytes before and behind the buffer, so that no look at a neighbour leaves it
BEFORE = 8  # letters kept before a place
NEWLINE = b"\n"
MOST_READY = 4  # packs compiled in memory

Flags = npt.NDArray[np.bool_]
Work = tuple[Packed, Letters, Letters]


class Places4(NamedTuple):
    """Places in the data, the 32 letters around each as four numbers, and the lengths of key that may stand there.

    The place's own letter is the ninth of the 32. Lengths are `size_bit`s.
    """

    at: Places
    around: Packed
    sizes: Letters

    @property
    def letters(self) -> Letters:
        """Give the letters as rows of 32 bytes."""
        return self.around.view(np.uint8).reshape(len(self.at), 4 * 8)

    def only(self, chosen: Flags | Places) -> "Places4":
        """Give some of the places."""
        return Places4(self.at[chosen], self.around[chosen], self.sizes[chosen])


class Line(NamedTuple):
    """One name that passed: where it starts and ends in the data, and the kinds of key it holds."""

    start: int
    end: int
    kinds: int


class Lines(NamedTuple):
    """The names that passed, as columns: an object a name would keep the garbage collector busy."""

    starts: list[int]
    ends: list[int]
    kinds: list[int]


@dataclass(frozen=True)
class Sieve:
    """The compiled sieve of one pack; `loose` lets a spelling pass in the middle of any word, as the wide mode asks."""

    pack: Pack
    loose: bool

    @cached_property
    def keys(self) -> dict[int, Keys]:
        """Give the keys by length."""
        found = _compiled(self.pack)[0]
        if not self.loose:
            return found
        free = np.uint16(ANYWHERE)
        return {
            size: Keys(values, np.where(asks & np.uint16(WORD), asks | free, asks))
            for size, (values, asks) in found.items()
        }

    @cached_property
    def tables(self) -> Tables:
        """Give the hashed tables."""
        return _compiled(self.pack)[1]

    @cached_property
    def edges(self) -> dict[int, tuple[Flags, Flags]]:
        """Give the tables of how lures end and begin, for slips and for words."""
        return {0: lure_edges(self.pack.hosts, 2), WORDS: lure_edges(self.pack.hosts, 1)}

    def lines(self, data: bytes) -> list[Line]:
        """Give the names of the data that hold a key, in order; see `columns`."""
        return [Line(*row) for row in zip(*self.columns(data), strict=True)]

    def columns(self, data: bytes) -> Lines:
        """Give the names of the data that hold a key, in order. `data` is names, each ended by one newline.

        Any case; a name with bytes beyond ASCII always passes as one in a foreign script.
        """
        at, kinds = self._places(data)
        if not data.isascii():
            beyond = np.flatnonzero(np.frombuffer(data, np.uint8) >= 128)
            at = np.concatenate([at, beyond])
            kinds = np.concatenate([kinds, np.full(len(beyond), FOREIGN, np.uint16)])
        if not len(at):
            return Lines([], [], [])
        order = np.argsort(at, kind="stable")
        at, kinds = at[order], kinds[order]
        new = np.flatnonzero(np.diff(at, prepend=-1))
        return _lines(data, at[new], np.bitwise_or.reduceat(kinds, new))

    def _places(self, data: bytes) -> tuple[Places, Asks]:
        """Give the places where a key stands whose surroundings are as it asks, and the kinds of it that hold."""
        half = BLOCK // 2 + 1
        work = np.empty(half, np.uint64), np.empty(half, np.uint8), np.empty(half, np.uint8)
        blocks = [self._scan(data, first, work) for first in range(0, len(data), BLOCK)]
        places = Places4(*(np.concatenate(arrays) for arrays in zip(*blocks, strict=True)))
        found = self._confirmed(data, places)
        at, kinds = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
        # a key that begins with a separator may begin at the newline before its name
        at += np.frombuffer(data, np.uint8)[np.maximum(at, 0)] == 10
        at += at < 0
        return at, kinds

    def _scan(self, data: bytes, first: int, work: Work) -> Places4:
        """Give the places of one block where a key may stand; those that begin in its PAD are told by it too."""
        last = min(len(data) + 2, first + BLOCK)
        letters = _padded(data, first, last)
        eights = as_strided(np.frombuffer(letters, "<u8", 1), (len(letters) - 7,), (1,))
        size = (last - first) // 2 + (last - first) % 2
        slots, told, shift = work[0][:size], work[1][:size], work[2][:size]
        np.left_shift(eights[PAD::2][:size], np.uint64(24), out=slots)
        np.multiply(slots, GOLDEN, out=slots)
        np.right_shift(slots, np.uint64(64 - FIRST_BITS), out=slots)
        np.bitwise_and(slots, np.uint64(6), out=shift, casting="unsafe")
        np.right_shift(slots, np.uint64(3), out=slots)
        self.tables.first.take(slots.view(np.int64), mode="clip", out=told)
        np.right_shift(told, shift, out=told)
        np.bitwise_and(told, np.uint8(1), out=shift)
        here = 2 * np.flatnonzero(shift.view(np.bool_))
        np.bitwise_and(np.right_shift(told, np.uint8(1), out=told), np.uint8(1), out=told)
        before = 2 * np.flatnonzero(told.view(np.bool_)) - 1
        return self._placed(eights, np.concatenate([here, before]) + PAD, first - PAD)

    def _placed(self, eights: Packed, windows: Places, base: int) -> Places4:
        """Give the places where the keys begin whose windows may stand there."""
        how_far = self.tables.second.take(slot(eights[windows], 2, SECOND_BITS), mode="clip")
        kept = np.flatnonzero(how_far.view(np.bool_))
        windows, how_far = windows[kept], how_far[kept]
        starts = np.concatenate(
            [windows[(how_far >> np.uint8(far) & np.uint8(1)).view(np.bool_)] - far for far in range(FURTHEST + 1)]
        )
        sizes = self.tables.third.take(slot(eights[starts], LARGEST - SMALLEST, THIRD_BITS), mode="clip")
        kept = np.flatnonzero(sizes.view(np.bool_))
        starts = starts[kept]
        around = np.stack([eights[starts + 8 * k - BEFORE] for k in range(4)], axis=1)
        return Places4(starts + base, around, sizes[kept])

    def _confirmed(self, data: bytes, places: Places4) -> list[tuple[Places, Asks]]:
        """Compare the keys themselves."""
        raw = np.frombuffer(data, np.uint8)
        head, tail = places.around[:, 1], places.around[:, 2]
        sure = []
        for size in self.keys:
            likely = np.flatnonzero(places.sizes & size_bit(size))
            if size <= LARGEST:
                values = head[likely] & mask(size)
            else:
                values = mixed(head[likely], tail[likely] & mask(size - LARGEST))
            slots = slot(values, 0, WHOLE_BITS)
            told = self.tables.whole.take(slots >> 3, mode="clip") >> (slots & 7).astype(np.uint8)
            known = np.flatnonzero((told & np.uint8(1)).view(np.bool_))
            sure.append(self._exact(raw, places.only(likely[known]), values[known], size))
        return sure

    def _exact(self, raw: Letters, places: Places4, values: Packed, size: int) -> tuple[Places, Asks]:
        """Give the places whose key is in the pack and whose surroundings are as it asks, with the kinds that hold."""
        known, asks = self.keys[size]
        nearest = np.minimum(np.searchsorted(known, values), len(known) - 1)
        same = np.flatnonzero(known[nearest] == values)
        kinds, where = asks[nearest[same]], places.only(same)
        for base in (0, WORDS):
            for way, shorter in ((ENDED, 0), (OPEN, 0), (SHORT, 1), (SHORTER, 2)):
                asked = np.flatnonzero(kinds & np.uint16(way << base))
                if len(asked):
                    end = None if way == OPEN else size - shorter
                    holds = self._bounded(raw, where.only(asked), end, base)
                    kinds[asked[~holds]] &= np.uint16(0xFFFF - (way << base))
        return where.at[kinds > 0], kinds[kinds > 0]

    def _bounded(self, raw: Letters, places: Places4, size: int | None, base: int) -> Flags:
        """Tell whether a spelling stands between separators, digits and lures; a slip has a lure on one side only."""
        ends, begins = self.edges[base]
        before = _loose(raw, places, -1)
        lured = ends[_three(places.letters, BEFORE - 3)]
        if size is None:
            return before | lured
        after, lures = _loose(raw, places, size), begins[_three(places.letters, BEFORE + size)]
        bounded: Flags = (before | lured) & (after | lures) if base else before & (after | lures) | lured & after
        return bounded


def _padded(data: bytes, first: int, last: int) -> bytes:
    """Give the letters from PAD before `first` to PAD behind `last`; zeros where the data end."""
    piece = data[max(0, first - PAD) : last + PAD].translate(TRANSLATION)
    return bytes(max(0, PAD - first)) + piece + bytes(max(0, last + PAD - len(data)))


def _loose(raw: Letters, places: Places4, step: int) -> Flags:
    """Tell whether a separator, a digit or a byte beyond ASCII stands there."""
    letters = places.letters[:, BEFORE + step]
    byte = raw[np.clip(places.at + step, 0, len(raw) - 1)]
    flags: Flags = (letters == 0) | (letters == 31) | ((byte >= 48) & (byte < 58))
    return flags


def _three(letters: Letters, at: int) -> npt.NDArray[np.intp]:
    one, two, three = (letters[:, at + k].astype(np.intp) for k in range(3))
    return one | two << 5 | three << 10


def _lines(data: bytes, at: Places, kinds: Asks) -> Lines:
    """Join places, in order, to the names they stand in."""
    starts: list[int] = []
    ends: list[int] = []
    joined: list[int] = []
    end = -1
    for place, kind in zip(at.tolist(), kinds.tolist(), strict=True):
        if place < end:
            joined[-1] |= kind
        else:
            starts.append(data.rfind(NEWLINE, 0, place) + 1)
            end = data.find(NEWLINE, place)
            ends.append(end)
            joined.append(kind)
    return Lines(starts, ends, joined)


_ready: dict[str, Compiled] = {}  # by digest of the pack


def _compiled(pack: Pack) -> Compiled:
    if pack.digest not in _ready:
        compiled_by(pack, compile_tables(compile_keys(pack.hosts)))
    return _ready[pack.digest]


def compiled_by(pack: Pack, found: Compiled) -> None:
    """Take the tables of a pack as they were compiled before; the last few packs are kept in memory."""
    while len(_ready) >= MOST_READY:
        del _ready[next(iter(_ready))]
    _ready[pack.digest] = found


@lru_cache(maxsize=4)
def sieve_of(pack: Pack, mode: str) -> Sieve:
    """Give the compiled sieve of a pack and mode, kept for as long as it is used."""
    return _sieve(pack, loose=mode == "wide")


@lru_cache(maxsize=4)
def _sieve(pack: Pack, *, loose: bool) -> Sieve:
    return Sieve(pack, loose)
