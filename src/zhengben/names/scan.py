"""Scan one text for neighbours that may belong to a name, and judge each; the light path, a character at a time."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from zhengben.names import tables
from zhengben.names.asides import pairs_of
from zhengben.names.hits import NameHit
from zhengben.names.terms import SHORT_NAME, HanTerm, far_off, masks
from zhengben.names.texts import Tokens, judge_at
from zhengben.names.view import SKIPPABLE, fold

PAIR = 2  # characters of the shortest name
WITHIN = 120  # code points from a sign of a name to the farthest end of it
SAME = 5  # cost of a character itself, in any form of writing
ROUND = 64  # bits of a folded mask
EVERY = (1 << ROUND) - 1  # of a folded mask: any name
Span = tuple[int, int, int]  # where a stretch begins and ends, and the folded bits of the names looked for in it
Entry = tuple[int, int, int]
Masks = tuple[int, int, int, int]
NOTHING: Entry = (0, 0, 0)
PLAIN: Masks = (0, 0, 0, 0)


def rolled(mask: int) -> int:
    """Fold a mask of any width into 64 bits; neighbours stay neighbours, and a test may only pass too often.

    >>> rolled(0b11 << 63) == (1 << 63) | 1
    True
    """
    while mask >> ROUND:
        mask = mask & EVERY | mask >> ROUND
    return mask


class Signs(dict[str, Entry]):
    """Character to the positions it has a sign of: in any way, in one that is not far off, exactly.

    Filled as characters come.
    """

    def __init__(self, terms: tuple[HanTerm, ...]) -> None:
        """Enter every symbol of the terms by its characters."""
        super().__init__()
        self.bits: dict[str, Entry] = {}
        known: dict[Entry, Entry] = {NOTHING: NOTHING}  # most characters are signs of the same: one object for each
        for term in terms:
            for k, position in enumerate(term.positions):
                bit = 1 << (term.bit + k)
                for symbol, way in position.items():
                    entry = (bit, bit * (not far_off(term, way)), bit * (way.cost <= SAME))
                    for char in symbol:
                        both = _either(self.bits.get(char, NOTHING), entry)
                        self.bits[char] = known.setdefault(both, both)

    def __missing__(self, char: str) -> Entry:
        """Work out a character that was not seen before."""
        found = NOTHING
        for symbol in fold(char).symbol:
            found = _either(found, self.bits.get(symbol, NOTHING))
        self[char] = found
        return found


def _either(one: Entry, two: Entry) -> Entry:
    return one[0] | two[0], one[1] | two[1], one[2] | two[2]


def _shared(bits: dict[str, int]) -> dict[str, int]:
    """Give a mask for each symbol, equal ones as one object: of ten thousand numbers a few hundred differ."""
    known: dict[int, int] = {}
    return {symbol: known.setdefault(mask, mask) for symbol, mask in bits.items()}


def _itself(term: HanTerm, k: int) -> list[str]:
    """Give the single signs that are one character of a name itself, in any form of writing."""
    return [sign for sign, way in term.positions[k].items() if len(sign) == 1 and way.cost <= SAME]


class Table(dict[str, "Masks | None"]):
    """Character to masks (begins, ends, exact, far off); None for what only hides or separates. Filled as they come."""

    def __init__(self, terms: tuple[HanTerm, ...]) -> None:
        """Compile the masks of the terms."""
        super().__init__()
        self.begins, self.ends, self.exact, self.far = map(_shared, masks(terms))
        self.signs = Signs(terms)
        self.by_bit = {term.bit + k: term for term in terms for k in range(len(term.positions))}
        self.whole = (1 << len(self.by_bit)) - 1
        self.of_brand: dict[str, int] = {}
        for term in terms:
            self.of_brand[term.brand] = self.of_brand.get(term.brand, 0) | term.whole << term.bit
        self.rounds = sum(1 << at for at in range(0, len(self.by_bit) + 1, ROUND))  # times a folded mask: unfolded

    def __missing__(self, char: str) -> Masks | None:
        """Work out a character that was not seen before."""
        symbol = fold(char).symbol
        entry: Masks | None = None
        if symbol:
            begins, ends = self.begins.get(symbol[0], 0), self.ends.get(symbol[-1], 0)
            entry = (begins, ends, self.exact.get(symbol, 0), self.far.get(symbol, 0))
            entry = entry if any(entry) else None if symbol in SKIPPABLE else PLAIN
        self[char] = entry
        return entry

    def seen(self, text: str) -> Entry:
        """Give the positions of which a text has a sign anywhere: any, one not far off, an exact one."""
        every = near = exact = 0
        signs = self.signs
        for char in set(text):
            one, two, three = signs[char]
            every, near, exact = every | one, near | two, exact | three
        return every, near, exact

    @cached_property
    def pairs(self) -> re.Pattern[str] | None:
        """Find the names of two characters with one letter or digit between them."""
        two = {term.bit: term for term in self.by_bit.values() if len(term.positions) == PAIR}
        return pairs_of((_itself(term, 0), _itself(term, 1)) for _, term in sorted(two.items()))

    @cached_property
    def words(self) -> dict[str, tuple[tuple[str, int, int], ...]]:
        """Give, by word of English or sign, the Chinese of the names it may stand for, with its first and last bit."""
        found: dict[str, set[tuple[str, int, int]]] = {}
        for at, term in self.by_bit.items():
            char = term.text[at - term.bit]
            sounds = [word for said in tables.readings(char)[:1] for word in tables.heard().get(said[:-1], ())]
            for word in (*tables.english(char), *sounds):
                found.setdefault(word, set()).add((char, 1 << at, 1 << at))
            for word, meant in tables.trades().items():
                if term.text.startswith(meant, at - term.bit):
                    found.setdefault(word, set()).add((meant, 1 << at, 1 << at + len(meant) - 1))
        return {word: tuple(sorted(entries)) for word, entries in found.items()}

    @cached_property
    def syllables(self) -> frozenset[str]:
        """Give the syllables of the names, without tones; those of one letter tell nothing."""
        chars = {char for term in self.by_bit.values() for char in term.text}
        return frozenset(said[:-1] for char in chars for said in tables.readings(char)[:1] if len(said) > PAIR)

    @cached_property
    def holes(self) -> dict[tuple[str, str], tuple[tuple[str, str, str], ...]]:
        """Give, by its neighbours, each character of a longer name that the others tell: it, what is before and behind.

        One of the others is rare, and they are no word together: 分期 is not 好分期 without its head.
        """
        found: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
        for at, term in self.by_bit.items():
            k = at - term.bit
            head, tail = term.text[:k], term.text[k + 1 :]
            rest = [rare for place, rare in enumerate(term.rare) if place != k]
            if len(term.text) > PAIR and not term.stem and any(rest) and head + tail not in tables.words():
                found.setdefault((head[-1:], tail[:1]), set()).add((term.text[k], head, tail))
        return {key: tuple(sorted(entries)) for key, entries in found.items()}

    @cached_property
    def firsts(self) -> tuple[int, ...]:
        """Give, by length from 0 on, the bits of the first positions of the names so long."""
        lengths = [0] * (1 + max((len(term.positions) for term in self.by_bit.values()), default=1))
        for term in self.by_bit.values():
            lengths[len(term.positions)] |= 1 << term.bit
        return tuple(lengths)

    def possible(self, text: str, *, far: bool = True) -> int:
        """Give the positions of the names that a text has a sign of every character of.

        A sign that is far off counts where all others are exact (or `far` is set); and of a longer name all but one
        character may be enough, where these are exact.
        """
        seen, near, exact = self.seen(text)
        near = seen if far else near
        every, row, most, all_exact = seen, near, -1, exact
        found = 0
        for size, firsts in enumerate(self.firsts[2:], 2):
            k = size - 1
            most = (most if k > 1 else -1) & (exact >> k) | all_exact
            every, row, all_exact = every & seen >> k, row & near >> k, all_exact & exact >> k
            whole = (row | every & most | (most if size > SHORT_NAME else 0)) & firsts
            if whole:
                for k in range(size):
                    found |= whole << k
        return found

    def named(self, bits: int) -> int:
        """Give all positions of the names of the brands that own any of some folded bits.

        Of a brand all names: a stem that is seen may be the better half of a name written the wrong way round.
        """
        brands = {term.brand for term in self.terms_of(self.whole & bits * self.rounds)}
        return sum(self.of_brand[brand] for brand in brands)

    def terms_of(self, bits: int) -> list[HanTerm]:
        """Give the terms that own any of these bits, each once, in order."""
        found: dict[int, HanTerm] = {}
        while bits:
            low = bits & -bits
            term = self.by_bit[low.bit_length() - 1]
            found[term.bit] = term
            bits ^= low
        return list(found.values())


def joined(text: str, spans: Sequence[Span] | None) -> list[Span]:
    """Give the stretches of a text to read, in order and apart, of those a filter has seen names in; None is all.

    >>> joined("." * 900, [(0, 70, 1), (60, 129, 4), (380, 620, 8)]), joined("..", None) == [(0, 2, EVERY)]
    ([(0, 129, 5), (380, 620, 8)], True)
    """
    if spans is None:
        return [(0, len(text), EVERY)]
    found: list[Span] = []
    for first, last, bits in sorted(spans):
        if found and first <= found[-1][1]:
            begin, end, known = found.pop()
            found.append((begin, max(end, last), known | bits))
        else:
            found.append((first, last, bits))
    return found


def suspects(
    text: str, table: Table, first: int = 0, last: int | None = None, *, loose: bool = False
) -> Iterator[tuple[int, int]]:
    """Give (index, bits) wherever two kept neighbours may belong to a name, in order or swapped.

    A character that is far off in sound counts beside an exact one, or with `loose` beside any.
    """
    ends = exact = far = 0
    for at, char in enumerate(text[first:last], first):
        entry = table[char]
        if entry is None:
            continue
        if entry is PLAIN:
            ends = exact = far = 0
            continue
        begins_here, ends_here, exact_here, far_here = entry
        if loose:
            begins_here, ends_here = begins_here | far_here, ends_here | far_here
        bits = (ends << 1) & begins_here | (exact_here << 1) & exact | (exact << 1) & far_here | (far << 1) & exact_here
        if bits:
            yield at, bits
        if char in SKIPPABLE:  # it may also be a mere separator
            ends_here, exact_here, far_here = ends_here | ends, exact_here | exact, far_here | far
        ends, exact, far = ends_here, exact_here, far_here


def find_han(
    text: str, table: Table, mode: str, possible: int = -1, spans: Sequence[Span] | None = None
) -> Iterator[NameHit]:
    """Give every accepted reading, the best of those that overlap.

    `possible` has the positions of the names that could stand in the text; it is worked out when it is not given.
    `spans` are the stretches to read, each of which holds the whole of the names in it; all when they are not given.
    """
    tried: dict[int, int] = {}
    cut = Tokens(text)
    for first, last, bits_seen in joined(text, spans):
        could = possible if bits_seen == EVERY else table.named(bits_seen)
        cut.within = (0, 0) if bits_seen == EVERY else (first, last)
        for at, bits in suspects(text, table, first, last, loose=mode == "wide"):
            could = table.possible(text[first:last], far=mode == "wide") if could < 0 else could
            for term in table.terms_of(bits & could):
                since = tried.get(term.bit, -1)
                if since < at:
                    hit = judge_at(cut, at, term, mode, since)
                    tried[term.bit] = hit.end - 1 if hit else at
                    if hit:
                        yield hit


def best_of(hits: list[NameHit]) -> tuple[NameHit, ...]:
    """Keep, of hits of one brand that overlap, the surest; order by place.

    A longer name of the same brand that covers a shorter one wins when it scores as well.
    """
    kept: list[NameHit] = []
    taken: dict[str, list[tuple[int, int]]] = {}  # by brand the stretches kept, in order; none overlaps another
    for hit in sorted(hits, key=lambda h: (-h.score, h.start - h.end, h.start, h.brand)):
        row = taken.setdefault(hit.brand, [])
        at = bisect_left(row, (hit.start, hit.end))
        if (at and row[at - 1][1] > hit.start) or (at < len(row) and row[at][0] < hit.end):
            continue
        row.insert(at, (hit.start, hit.end))
        kept.append(hit)
    return tuple(sorted(kept, key=lambda h: (h.start, h.end, h.brand)))
