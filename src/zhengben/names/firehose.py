"""Hostnames by the million: a vectorised filter over one buffer, then the one host logic for the few that pass.

The filter tests, at every second letter of the joined names, whether one of the pack's keys may begin there or one
place before (one table look-up on a hash of five letters), then whether it does (the packed key itself). Its cost hardly
grows with the brands. What it lets through goes to `match_host`, so one name alone and a billion get the same answer.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhengben.names.hits import HostHit
from zhengben.names.hosts import match_host
from zhengben.names.keys import ANYWHERE, LARGEST, SMALLEST, codes, compile_keys
from zhengben.names.pack import Pack

BLOCK = 1 << 18  # bytes scanned at once: the work arrays stay in the second-level cache
TABLE_BITS = 20
PAD = 16  # zero bytes behind the buffer, so that a key never reads past its end
HASH = np.uint32(2654435761)
SCHEMA = pa.schema(
    [("name", pa.string()), ("brand", pa.string()), ("technique", pa.string()), ("score", pa.int32()), ("reasons", pa.string())]
)

_TRANSLATION = codes().tobytes()
_LOOSE = np.zeros(32, np.bool_)
_LOOSE[[0, 31, *{_TRANSLATION[byte] for byte in b"0123456789"}]] = True


def _hashed(five: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    return (five * HASH) >> np.uint32(32 - TABLE_BITS)


def _hashed64(key: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    return (key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - TABLE_BITS)


@dataclass(frozen=True)
class Filter:
    """The compiled filter of one pack. Not shared between threads while it works: its work arrays are its own."""

    pack: Pack

    @cached_property
    def keys(self) -> dict[int, tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint8]]]:
        """Give the keys by length."""
        return compile_keys(self.pack.hosts)

    @cached_property
    def first(self) -> npt.NDArray[np.bool_]:
        """Give the table of hashed five-letter pieces: those a key begins with, and those from its second letter on."""
        table = np.zeros(1 << TABLE_BITS, np.bool_)
        for values, _ in self.keys.values():
            for shift in (0, 5):
                table[_hashed((values >> np.uint64(shift) & np.uint64((1 << 25) - 1)).astype(np.uint32))] = True
        return table

    @cached_property
    def second(self) -> npt.NDArray[np.uint8]:
        """Give the table of hashed whole keys, one bit a key length, to spare most exact look-ups."""
        table = np.zeros(1 << TABLE_BITS, np.uint8)
        for size, (values, _) in self.keys.items():
            np.bitwise_or.at(table, _hashed64(values), np.uint8(1 << (size - SMALLEST)))
        return table

    def rows(self, data: bytes, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Give the rows (indexes into starts, ascending) that hold a key; `data` is names, each ended by one newline.

        `starts` are the offsets of the names in data. Names in any case; bytes beyond ASCII always pass.
        """
        letters = np.frombuffer(data.translate(_TRANSLATION) + bytes(PAD + len(data) % 2), np.uint8)
        found = [self._block(letters, at, min(len(data), at + BLOCK)) for at in range(0, len(data), BLOCK)]
        if not data.isascii():
            found.append(np.flatnonzero(np.frombuffer(data, np.uint8) >= 128))
        places = np.concatenate(found) if found else np.zeros(0, np.int64)
        return np.unique(np.searchsorted(starts, places, side="right") - 1)

    def _block(self, letters: npt.NDArray[np.uint8], first: int, last: int) -> npt.NDArray[np.int64]:
        """Give the places from `first` (even) to `last` where a key stands."""
        two = letters[first : (last + PAD) // 2 * 2].view(np.uint16)
        pairs = (two & np.uint16(31)) | (two >> np.uint16(3))
        wide = pairs.astype(np.uint32)
        five = wide[:-2] | wide[1:-1] << np.uint32(10) | (wide[2:] & np.uint32(31)) << np.uint32(20)
        at = np.flatnonzero(self.first.take(_hashed(five[: (last - first + 1) // 2]), mode="clip"))
        if not len(at):
            return at
        key = wide[at].astype(np.uint64)
        for k in (1, 2, 3):
            key |= wide[at + k].astype(np.uint64) << np.uint64(10 * k)
        at = 2 * at + first
        before = letters[at - 1] * (at > 0)
        shifted = (key << np.uint64(5) | before) & np.uint64((1 << 40) - 1)
        return np.concatenate([self._confirmed(letters, at, key), self._confirmed(letters, at - 1, shifted)])

    def _confirmed(
        self, letters: npt.NDArray[np.uint8], places: npt.NDArray[np.int64], key: npt.NDArray[np.uint64]
    ) -> npt.NDArray[np.int64]:
        sure: list[npt.NDArray[np.int64]] = []
        for size, (values, asks) in self.keys.items():
            part = key & np.uint64((1 << 5 * size) - 1)
            likely = np.flatnonzero(self.second.take(_hashed64(part), mode="clip") & np.uint8(1 << (size - SMALLEST)))
            if not len(likely):
                continue
            part, where = part[likely], places[likely]
            slot = np.minimum(np.searchsorted(values, part), len(values) - 1)
            kept = (values[slot] == part) & (where >= 0)
            kept &= (asks[slot] & ANYWHERE > 0) | _bounded(letters, where, size)
            sure.append(where[kept])
        return np.concatenate(sure) if sure else np.zeros(0, np.int64)


def _bounded(letters: npt.NDArray[np.uint8], places: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.bool_]:
    """Tell whether a separator or a digit's class stands before, or the key may reach the end of its word."""
    if size == LARGEST:
        return np.ones(len(places), np.bool_)
    return _LOOSE[letters[places - 1] * (places > 0)] | _LOOSE[letters[places + size]]


@lru_cache(maxsize=4)
def filter_of(pack: Pack) -> Filter:
    """Give the compiled filter of a pack, kept for as long as the pack is used."""
    return Filter(pack)


def screen_lines(data: bytes, pack: Pack, mode: str = "balanced") -> Iterator[tuple[int, HostHit]]:
    """Give (row, hit) for names joined by newlines; the last name may lack its newline. Bad UTF-8 is replaced."""
    if not data.endswith(b"\n"):
        data += b"\n"
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == 10)
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1] + 1])
    for row in filter_of(pack).rows(data, starts).tolist():
        name = data[starts[row] : ends[row]].decode("utf-8", "replace")
        for hit in match_host(name, pack, mode):
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
