"""The tables of the sieve: every key as a number, and the hashed tables that tell where one may stand."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from zhengben.names import tables
from zhengben.names.keys import LARGEST, LONGEST, SMALLEST, Asks, Letters, Packed, codes

FIRST_BITS = 22  # 512 kB of bits, two for five letters: they share the second-level cache with the work arrays
SECOND_BITS = THIRD_BITS = 20  # a byte each, 1 MB
WHOLE_BITS = 23  # 1 MB of bits; a binary search of the keys costs twenty times as much
SHARE_BITS = 20  # in which windows are counted; two that share a place by chance do little harm
FURTHEST = 7  # how far into its key a window may begin: one bit of a byte each
GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # multiplied by it, neighbours come to lie far from each other
TRANSLATION = codes().tobytes()
Places = npt.NDArray[np.int64]


def slot(key: Packed, drop: int, bits: int) -> npt.NDArray[np.int64]:
    """Hash the letters that are left when the last `drop` of eight are shifted out."""
    return ((key << np.uint64(8 * drop)) * GOLDEN >> np.uint64(64 - bits)).view(np.int64)


def packed(rows: Letters) -> Packed:
    """Give rows of up to eight letters as numbers, the first letter lowest."""
    wide = np.zeros((len(rows), LARGEST), np.uint8)
    wide[:, : rows.shape[1]] = rows
    return wide.view("<u8").reshape(-1).astype(np.uint64)


def mask(size: int) -> np.uint64:
    """Give the bits of the first letters of a number."""
    return np.uint64((1 << 8 * size) - 1)


def size_bit(size: int) -> np.uint8:
    """Give the bit of a length of key: the longest ones share two."""
    return np.uint8(1 << min(size - SMALLEST, 6 if size < LONGEST - 2 else 7))


def mixed(head: Packed, tail: Packed) -> Packed:
    """Mix the two halves of a long key into one number."""
    return head ^ (tail * GOLDEN)


@lru_cache(maxsize=1)
def _commonness() -> npt.NDArray[np.float64]:
    """Give how likely three letters stand at a place of an ordinary name, by first | second << 5 | third << 10."""
    sample = np.frombuffer(tables.hostnames().translate(TRANSLATION), np.uint8).astype(np.intp)
    three = sample[:-2] | sample[1:-1] << 5 | sample[2:] << 10
    counts = np.bincount(three, minlength=1 << 15).reshape(32, 32, 32).astype(np.float64) + 0.1
    likely: npt.NDArray[np.float64] = counts / counts.sum()
    return likely


def _likely(rows: Letters) -> npt.NDArray[np.float64]:
    """Give how likely six letters are met at their first or second place, from the threes they are made of."""
    three = _commonness()
    two = three.sum(axis=0)  # by second and first letter
    a, b, c, d, e, f = (rows[:, at].astype(np.intp) for at in range(6))
    head = three[c, b, a] * three[d, c, b] / two[c, b] * three[e, d, c] / two[d, c]
    tail = three[d, c, b] * three[e, d, c] / two[d, c] * three[f, e, d] / two[e, d]
    likely: npt.NDArray[np.float64] = head + tail
    return likely


class Keys(NamedTuple):
    """The keys of one length: sorted, as one number each, and what each asks of its surroundings."""

    values: Packed
    asks: Asks


class Tables(NamedTuple):
    """The hashed tables: what five letters begin, how far into a key six stand, how long keys with a head are, keys.

    `first` has two bits for five letters: a window begins with them, or one letter before them.
    """

    first: Letters
    second: Letters
    third: Letters
    whole: Letters


Compiled = tuple[dict[int, Keys], Tables]


def compile_tables(keys: dict[int, tuple[Letters, Asks]]) -> Compiled:
    """Sort the keys, choose the window of each, and fill the hashed tables."""
    sorted_keys: dict[int, Keys] = {}
    third, whole = np.zeros(1 << THIRD_BITS, np.uint8), np.zeros(1 << WHOLE_BITS, np.bool_)
    for size, (rows, asks) in keys.items():
        head, tail = packed(rows[:, :LARGEST]), packed(rows[:, LARGEST:])
        values = head if size <= LARGEST else mixed(head, tail)
        order = np.argsort(values, kind="stable")
        sorted_keys[size] = Keys(values[order], asks[order])
        whole[slot(values, 0, WHOLE_BITS)] = True
        third[slot(head, LARGEST - SMALLEST, THIRD_BITS)] |= size_bit(size)
    windows, far = _windows(keys)
    second = np.zeros(1 << SECOND_BITS, np.uint8)
    np.bitwise_or.at(second, slot(windows, 2, SECOND_BITS), np.uint8(1) << far.astype(np.uint8))
    first = np.zeros(1 << FIRST_BITS, np.bool_)
    first[slot(windows, 3, FIRST_BITS) & ~1] = True
    first[slot(windows >> np.uint64(8), 3, FIRST_BITS) | 1] = True
    bits = [np.packbits(table, bitorder="little") for table in (first, whole)]
    return sorted_keys, Tables(bits[0], second, third, bits[1])


def _windows(keys: dict[int, tuple[Letters, Asks]]) -> tuple[Packed, Places]:
    """Choose for every key the six letters it is looked for by: rare ones, and such as many keys share.

    Give the windows, and how far into its key each begins.
    """
    offered = {
        (size, far): packed(rows[:, far : far + SMALLEST])
        for size, (rows, _) in keys.items()
        for far in range(min(size - SMALLEST, FURTHEST) + 1)
    }
    shares = np.bincount(slot(np.concatenate([*offered.values()]), 2, SHARE_BITS), minlength=1 << SHARE_BITS)
    chosen, begins = [], []
    for size, (rows, _) in keys.items():
        costs = []
        for far in range(min(size - SMALLEST, FURTHEST) + 1):
            # every window costs a little by filling the table: what is rare is as dear as what is hashed to its bit
            cost = _likely(rows[:, far : far + SMALLEST]) + 2.0**-FIRST_BITS
            costs.append(cost / shares[slot(offered[size, far], 2, SHARE_BITS)])
        best = np.argmin(np.stack(costs), axis=0)
        begins.append(best)
        every = np.stack([offered[size, far] for far in range(len(costs))])
        chosen.append(every[best, np.arange(len(rows))])
    return np.concatenate(chosen), np.concatenate(begins)
