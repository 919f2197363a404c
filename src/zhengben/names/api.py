"""The confusion model in three calls, light enough for any process: no array library, no conversion tables of others.

pack(brands)                     compile brands, once
match_host(host, pack)           which brands a hostname resembles, and how
find_names(text, pack, mode)     where a text has a brand's name, however disguised
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from zhengben.names.asides import FILLED, asides
from zhengben.names.disguises import Reading, readings
from zhengben.names.fillers import acrostics, borne, fillers
from zhengben.names.hits import NameHit
from zhengben.names.hosts import match_host
from zhengben.names.insertions import insertions, touched
from zhengben.names.latin_text import find_latin
from zhengben.names.pack import Pack, pack
from zhengben.names.scan import Span, best_of, find_han
from zhengben.names.translations import pictured, translations

__all__ = ["Pack", "find_names", "match_host", "pack"]

SURE = 0.05  # cost of a traditional form
LONGEST_TEXT = 2_000_000  # code points; callers cut longer texts and say so


class Seen(NamedTuple):
    """What a filter has seen signs of in a text; where it has seen none, nothing is looked for.

    `spans` are the stretches that hold whole Chinese names, each with their folded bits; None is the text.
    """

    spans: Sequence[Span] | None = None
    latin: bool = True
    readings: bool = True
    asides: bool = True


def find_names(text: str, pack: Pack, mode: str = "strict") -> tuple[NameHit, ...]:
    """Give the names of the pack's brands in a text, in order, with offsets in code points of the original.

    `mode` is strict (nothing by chance), balanced (also with a word of finance near), or wide (all that could be
    meant). Only the first two million code points are read.
    """
    return find_some(text, pack, mode, Seen())


def find_some(text: str, pack: Pack, mode: str, seen: Seen) -> tuple[NameHit, ...]:
    """Give the names of a text of which a filter has seen signs: Chinese ones, Latin ones, or both."""
    text = text[:LONGEST_TEXT]
    hits = [*find_han(text, pack.table, mode, spans=seen.spans)]
    hits += find_latin(text, pack.latin, mode) if seen.latin else []
    for reading in readings(text) if seen.readings else ():
        found = [*find_han(reading.text, pack.table, mode), *find_latin(reading.text, pack.latin, mode)]
        hits += [reading.back(hit, text) for hit in found]
    for reading in asides(text, pack.table.pairs) if seen.asides else ():
        hits += [
            reading.back(hit, text)
            for hit in find_han(reading.text, pack.table, mode)
            if reading.how != FILLED or _sure(hit)
        ]
    guessed: list[NameHit] = []
    for reading in _readings(text, pack) if seen.asides else ():
        seen_there = find_han(reading.text, pack.table, mode)
        told = [reading.back(hit, text) for hit in seen_there if _told(hit, reading, text)]
        farthest = _farthest(hits)
        (guessed if reading.how == "emoji" else hits).extend(hit for hit in told if not _covered(hit, farthest))
    return best_of([*hits, *shared(guessed)])


def _readings(text: str, pack: Pack) -> Iterator[Reading]:
    """Give the readings without what is put into a name, or with what stands for a part of it read as that."""
    yield from insertions(text, pack.table.exact)
    yield from translations(text, pack.table)
    yield from pictured(text, pack.table)
    yield from fillers(text, pack.table.exact, pack.table.syllables)
    yield from acrostics(text)


def _told(hit: NameHit, reading: Reading, text: str) -> bool:
    """Tell whether a hit in a reading is one by what that reading changed."""
    if reading.how in {"translated", "confusable"}:
        return borne(hit, reading, text)
    if reading.how == "acrostic":
        return _sure(hit) and borne(hit, reading, text)
    return _sure(hit) and (touched(hit, reading) or borne(hit, reading, text))


def shared(hits: Sequence[NameHit]) -> list[NameHit]:
    """Give hits of which a picture stands for any one character: brands that it would name alike share its score."""
    brands: dict[tuple[int, int], set[str]] = {}
    for hit in hits:
        brands.setdefault((hit.start, hit.end), set()).add(hit.brand)
    return [replace(hit, score=max(1, hit.score // len(brands[hit.start, hit.end]))) for hit in hits]


def _farthest(hits: list[NameHit]) -> dict[str, tuple[list[int], list[int]]]:
    """Give, by brand, where its hits begin in order, and how far those up to there reach: one look-up tells a cover."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for hit in sorted(hits, key=lambda hit: hit.start):
        starts, ends = found.setdefault(hit.brand, ([], []))
        starts.append(hit.start)
        ends.append(max(hit.end, ends[-1] if ends else 0))
    return found


def _covered(hit: NameHit, farthest: dict[str, tuple[list[int], list[int]]]) -> bool:
    """Tell whether the same brand was found there already, and told more closely: 微(wei)粒(li)贷(dai)."""
    starts, ends = farthest.get(hit.brand, ([], []))
    at = bisect_right(starts, hit.start) - 1
    return at >= 0 and ends[at] >= hit.end


def _sure(hit: NameHit) -> bool:
    """Tell whether every character is itself: leaving out fillers and guessing too would read names into anything."""
    return all(char.cost <= SURE for char in hit.characters)
