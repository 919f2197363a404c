"""Hostnames by the million: a vectorised filter over one buffer, then the one host logic for the few that pass.

The filter tests, at every second letter of the joined names, whether one of the pack's keys may begin there or one
place before (one table look-up on a hash of five letters), then whether it does (the packed key itself). Its cost
hardly grows with the brands. What it lets through goes to `match_host`, so one name alone and a billion get the same
answer.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhengben.names.hits import HostHit
from zhengben.names.host_scene import Looks
from zhengben.names.hosts import match_host
from zhengben.names.keys import (
    ANYWHERE,
    ENDED,
    FARM,
    LARGEST,
    LONGEST,
    OPEN,
    SHORT,
    SHORTER,
    SLIP,
    SMALLEST,
    Packed,
    codes,
    compile_keys,
    lure_edges,
    mixed,
)
from zhengben.names.pack import Pack

BLOCK = 1 << 18  # bytes scanned at once: the work arrays stay in the second-level cache
FIRST_BITS, SECOND_BITS = 22, 22  # of the two hashed tables: 512 kB of bits for the second-level cache, and 4 MB
PAD = 32  # zero bytes before and behind the buffer, so that no look at a neighbour leaves it
HASH = np.uint32(2654435761)
SCHEMA = pa.schema(
    [
        ("name", pa.string()),
        ("brand", pa.string()),
        ("technique", pa.string()),
        ("score", pa.int32()),
        ("reasons", pa.string()),
    ]
)

_TRANSLATION = codes().tobytes()
Letters = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
Found = tuple[Places, npt.NDArray[np.uint8]]


def _hashed(five: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    return (five * HASH) >> np.uint32(32 - FIRST_BITS)


def _hashed64(key: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    return (key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - SECOND_BITS)


@dataclass(frozen=True)
class Filter:
    """The compiled filter of one pack. Not shared between threads while it works: its work arrays are its own."""

    pack: Pack

    @cached_property
    def keys(self) -> dict[int, tuple[Packed, npt.NDArray[np.uint8], Packed]]:
        """Give the keys by length; see `compile_keys`."""
        return compile_keys(self.pack.hosts)

    @cached_property
    def first(self) -> npt.NDArray[np.uint8]:
        """Give the bit table of hashed five-letter pieces: those from a key's first letter, and from its second."""
        bits = np.zeros(1 << FIRST_BITS, np.bool_)
        for _, _, head in self.keys.values():
            for shift in (0, 5):
                bits[_hashed((head >> np.uint64(shift) & np.uint64((1 << 25) - 1)).astype(np.uint32))] = True
        return np.packbits(bits, bitorder="little")

    @cached_property
    def second(self) -> npt.NDArray[np.uint8]:
        """Give the table of hashed first halves, one bit a length (the longer ones share one)."""
        table = np.zeros(1 << SECOND_BITS, np.uint8)
        for size, (_, _, head) in self.keys.items():
            slots = _hashed64(head)
            table[slots] |= np.uint8(1 << (min(size, LARGEST + 1) - SMALLEST))
        return table

    @cached_property
    def heads(self) -> Packed:
        """Give the first halves of the keys of more than eight letters, sorted, each once."""
        longer = [head for size, (_, _, head) in self.keys.items() if size > LARGEST]
        return np.unique(np.concatenate(longer)) if longer else np.zeros(1, np.uint64)

    @cached_property
    def edges(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Give the tables of how lures end and begin."""
        return lure_edges(self.pack.hosts)

    def rows(self, data: bytes, starts: npt.NDArray[np.int64]) -> tuple[Places, npt.NDArray[np.uint8]]:
        """Give the rows (indexes into starts, ascending) that hold a key, and the kinds of key each holds.

        `data` is names, each ended by one newline; `starts` are the offsets of the names in it. Any case; bytes
        beyond ASCII always pass.
        """
        letters = np.frombuffer(bytes(PAD) + data.translate(_TRANSLATION) + bytes(PAD + len(data) % 2), np.uint8)
        raw = np.frombuffer(bytes(PAD) + data + bytes(PAD), np.uint8)
        blocks = [
            self._block(letters, at, min(len(data) + PAD, at + BLOCK)) for at in range(PAD, len(data) + PAD, BLOCK)
        ]
        at, key = (np.concatenate(arrays) for arrays in zip(*blocks, strict=True))
        found = self._confirmed((letters, raw), at, key)
        if not data.isascii():
            beyond = np.flatnonzero(np.frombuffer(data, np.uint8) >= 128) + PAD
            found.append((beyond, np.full(len(beyond), ANYWHERE, np.uint8)))
        if not found:
            return np.zeros(0, np.int64), np.zeros(0, np.uint8)
        places, kinds = np.concatenate([p for p, _ in found]), np.concatenate([k for _, k in found])
        places += (
            letters[places] == 0
        ) - PAD  # a key that begins with a separator may begin at the end of the line before
        rows = np.searchsorted(starts, places, side="right") - 1
        order = np.argsort(rows, kind="stable")
        unique, first = np.unique(rows[order], return_index=True)
        return unique, np.bitwise_or.reduceat(kinds[order], first) if len(first) else kinds[:0]

    def _block(self, letters: Letters, first: int, last: int) -> tuple[Places, Packed]:
        """Give the places from `first` (even) to `last` where a key may stand, with the eight letters there."""
        two = letters[first : (last + PAD) // 2 * 2].view(np.uint16)
        pairs = (two & np.uint16(31)) | (two >> np.uint16(3) & np.uint16(31 << 5))
        wide = pairs.astype(np.uint32)
        five = wide[:-2] | wide[1:-1] << np.uint32(10) | (wide[2:] & np.uint32(31)) << np.uint32(20)
        slots = _hashed(five[: (last - first + 1) // 2])
        told = self.first.take(slots >> np.uint32(3), mode="clip") >> (slots & np.uint32(7)).astype(np.uint8)
        at = np.flatnonzero(told & np.uint8(1))
        key = wide[at].astype(np.uint64)
        for k in (1, 2, 3):
            key |= wide[at + k].astype(np.uint64) << np.uint64(10 * k)
        at = 2 * at + first
        shifted = (key << np.uint64(5) | letters[at - 1]) & np.uint64((1 << 40) - 1)
        places, keys = np.concatenate([at, at - 1]), np.concatenate([key, shifted])
        return places, keys

    def _confirmed(self, texts: tuple[Letters, Letters], places: Places, key: Packed) -> list[Found]:
        sure: list[Found] = []
        for size in range(SMALLEST, LARGEST + 1):
            part = key & np.uint64((1 << 5 * size) - 1)
            told = self.second.take(_hashed64(part), mode="clip")
            likely = np.flatnonzero(told & np.uint8(1 << (size - SMALLEST)))
            if len(likely) and size in self.keys:
                sure.append(self._exact(texts, places[likely], part[likely], size))
        longer = np.flatnonzero(told & np.uint8(1 << (LARGEST + 1 - SMALLEST)))
        if len(longer):
            sure += self._long(texts, places[longer], key[longer])
        return sure

    def _long(self, texts: tuple[Letters, Letters], places: Places, head: Packed) -> list[Found]:
        """Give the places where a key of nine letters and more stands."""
        sure: list[Found] = []
        slot = np.minimum(np.searchsorted(self.heads, head), len(self.heads) - 1)
        same = self.heads[slot] == head
        places, head = places[same], head[same]
        tail = np.zeros(len(places), np.uint64)
        for size in range(LARGEST + 1, LONGEST + 1):
            last = size - LARGEST - 1
            tail = tail | texts[0][places + size - 1].astype(np.uint64) << np.uint64(5 * last)
            if size in self.keys:
                sure.append(self._exact(texts, places, mixed(head, tail), size))
        return sure

    def _exact(self, texts: tuple[Letters, Letters], places: Places, part: Packed, size: int) -> Found:
        """Give the places whose key is in the pack and whose surroundings are as it asks, with the kinds that hold."""
        values, asks, _ = self.keys[size]
        slot = np.minimum(np.searchsorted(values, part), len(values) - 1)
        same = values[slot] == part
        kinds, where = asks[slot[same]], places[same]
        for slip, shorter in ((ENDED, 0), (OPEN, 0), (SHORT, 1), (SHORTER, 2)):
            asked = np.flatnonzero(kinds & np.uint8(slip))
            if len(asked):
                loose = self._bounded(texts, where[asked], size - shorter, opened=slip == OPEN)
                kinds[asked[~loose]] &= np.uint8(255 - slip)
        return where[kinds > 0], kinds[kinds > 0]

    def _bounded(
        self, texts: tuple[Letters, Letters], places: Places, size: int, *, opened: bool
    ) -> npt.NDArray[np.bool_]:
        """Tell whether a slip stands between separators or digits, or has a lure on one side of it."""
        ends, begins = self.edges
        before = _loose(texts, places - 1)
        lured = ends[_three(texts[0], places - 3)]
        if opened:
            return before | lured
        after = _loose(texts, places + size)
        return before & (after | begins[_three(texts[0], places + size)]) | lured & after


def _loose(texts: tuple[Letters, Letters], places: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Tell whether a separator, a digit or a byte beyond ASCII stands there."""
    letters, raw = texts[0][places], texts[1][places]
    flags: npt.NDArray[np.bool_] = (letters == 0) | (letters == 31) | ((raw >= 48) & (raw < 58))
    return flags


def _three(letters: Letters, places: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    one, two, three = (letters[places + k].astype(np.intp) for k in range(3))
    return one | two << 5 | three << 10


@lru_cache(maxsize=4)
def filter_of(pack: Pack) -> Filter:
    """Give the compiled filter of a pack, kept for as long as the pack is used."""
    return Filter(pack)


@cache
def _looks(kind: int) -> Looks:
    return Looks(exact=bool(kind & ANYWHERE), slips=bool(kind & SLIP), farms=bool(kind & FARM))


def screen_lines(data: bytes, pack: Pack, mode: str = "balanced") -> Iterator[tuple[int, HostHit]]:
    """Give (row, hit) for names joined by newlines; the last name may lack its newline. Bad UTF-8 is replaced."""
    if not data.endswith(b"\n"):
        data += b"\n"
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == 10)
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1] + 1])
    rows, kinds = filter_of(pack).rows(data, starts)
    for row, first, last, kind in zip(
        rows.tolist(), starts[rows].tolist(), ends[rows].tolist(), kinds.tolist(), strict=True
    ):
        name = data[first:last].decode("utf-8", "replace")
        for hit in match_host(name, pack, mode, _looks(kind)):
            yield row, hit


def screen_batch(batch: pa.RecordBatch, pack: Pack, mode: str = "balanced") -> pa.RecordBatch:
    """Give the hits of one batch: a pure function from names to `SCHEMA`; reasons are one JSON array a hit.

    The names are the column `name`, or else the first one. Nulls are no names.
    """
    at = max(0, batch.schema.get_field_index("name"))
    names = batch.column(at).cast(pa.string()).drop_null()
    if len(names) and pc.any(pc.match_substring(names, "\n")).as_py():
        names = pc.replace_substring(names, "\n", " ")
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(names)], pa.int32()), names), "\n")
    hits = [hit.row() for _, hit in screen_lines(joined[0].as_buffer().to_pybytes(), pack, mode)] if len(names) else []
    for row in hits:
        row["reasons"] = json.dumps(row["reasons"], ensure_ascii=False)
    return pa.RecordBatch.from_pylist(hits, schema=SCHEMA)
