"""Hostnames by the million: a vectorised sieve over one buffer, then the one host logic for the few that pass.

What the sieve lets through goes to `match_host`, so one name alone and a billion get the same answer. Names in a
foreign script (xn-- or beyond ASCII, one in five hundred) have sieves of their own: one for the Chinese they may hold,
and the same as all others for the Latin letters they are drawn like.
"""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from zhengben.names.hits import HostHit
from zhengben.names.host_scene import Looks
from zhengben.names.hostname import skeleton, unicode_label
from zhengben.names.hosts import match_host
from zhengben.names.keys import ANYWHERE, FARM, FOREIGN, SLIP, WORD
from zhengben.names.pack import Pack
from zhengben.names.sieve import Lines, Sieve, sieve_of

NEWLINE, FAR = 10, 1000  # bytes from which an array counts faster than a string
ALL = ANYWHERE | WORD | SLIP | FARM | FOREIGN
LOOKED_AT_ONCE = 4096  # names in a foreign script


@cache
def _looks(kinds: int) -> Looks:
    """Tell what the keys found in a name ask for."""
    return Looks(
        exact=bool(kinds & (ANYWHERE | WORD)), slips=bool(kinds & SLIP), farms=bool(kinds & FARM),
        foreign=bool(kinds & FOREIGN),
    )  # fmt: skip


def screen_lines(data: bytes, pack: Pack, mode: str = "balanced") -> Iterator[tuple[int, HostHit]]:
    """Give (row, hit) for names joined by newlines; the last name may lack its newline. Bad UTF-8 is replaced."""
    if not data.endswith(b"\n"):
        data += b"\n"
    sieve = sieve_of(pack, mode)
    raw = np.frombuffer(data, np.uint8)
    row = counted = 0
    lines = sieve.columns(data)
    for start, end, kinds in zip(lines.starts, lines.ends, _without_strangers(data, lines, sieve), strict=True):
        if not kinds:
            continue
        hits = match_host(data[start:end].decode("utf-8", "replace"), pack, mode, _looks(kinds))
        if hits:
            # rows are counted only up to what was hit: a search for every newline costs a fifth of the sieve
            if start - counted > FAR:
                row += int(np.count_nonzero(raw[counted:start] == NEWLINE))
            else:
                row += data.count(b"\n", counted, start)
            counted = start
            for hit in hits:
                yield row, hit


def _without_strangers(data: bytes, lines: Lines, sieve: Sieve) -> list[int]:
    """Give what to look for in each name: of one in a foreign script nothing where it neither reads nor looks like one.

    A name that does is looked at for everything.
    """
    kinds = lines.kinds.copy()
    foreign = [at for at, kind in enumerate(kinds) if kind & FOREIGN]
    for first in range(0, len(foreign), LOOKED_AT_ONCE):
        some = foreign[first : first + LOOKED_AT_ONCE]
        near = _near([data[lines.starts[at] : lines.ends[at]].decode("utf-8", "replace") for at in some], sieve)
        for place, at in enumerate(some):
            kinds[at] = ALL if place in near else kinds[at] & ~FOREIGN
    return kinds


def _near(names: Sequence[str], sieve: Sieve) -> set[int]:
    """Give the indexes of the names whose labels may hold a Chinese name, or are drawn like a Latin one."""
    han: list[tuple[int, str]] = []
    latin: list[tuple[int, str]] = []
    for at, name in enumerate(names):
        labels = name.lower().replace("。", ".").replace("．", ".").split(".")
        shown = [unicode_label(label) for label in labels]
        han += [(at, label) for label in shown if label]
        drawn = [skeleton(label) if label else plain for label, plain in zip(shown, labels, strict=True)]
        latin.append((at, ".".join(drawn)))
        if not name.isascii():  # letters of another script also stand between the letters of a name, like hyphens
            latin.append((at, "".join(c if c.isascii() else "-" for c in name)))
    return {at for at, label in han if sieve.pack.labels.possible(label)} | _latin(latin, sieve)


def _latin(drawn: Sequence[tuple[int, str]], sieve: Sieve) -> set[int]:
    data = "".join(line + "\n" for _, line in drawn).encode("ascii", "replace")
    ends = np.cumsum([len(line) + 1 for _, line in drawn], dtype=np.int64)
    lines = sieve.columns(data)
    starts = [start for start, kinds in zip(lines.starts, lines.kinds, strict=True) if kinds & ~FOREIGN]
    return {drawn[row][0] for row in np.searchsorted(ends, starts, side="right").tolist()}
