"""Compile the Chinese names of a brand to terms: a row of positions, each with every way to write its character."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod

from zhengben.core.brand import Brand
from zhengben.names import tables
from zhengben.names.finance import tails
from zhengben.names.glyphs import FAR, Alternative, alternatives
from zhengben.names.view import fold

FAR_KINDS = frozenset({"near_sound", "shape", "keyboard"})
SHORTEST_STEM = 2
SHORT_NAME = 3  # characters; one more, and a name is still told with one of them left out
MILLION = 1_000_000
STEM_SELDOM = 0.25  # times in a million characters that the characters of a stem may meet by accident
# Words of grammar and of size: at the end of a name, and before its trade, a sentence has one, whatever key was meant:
# 花给, 光的银行. The first three stand before any noun.
PARTICLES = frozenset("的地得")
GRAMMAR = frozenset("的了着过得地给把被到在是和与跟对从向比不没来去上下里又就也都大外多少")
LONGEST = 12  # a longer "name" is a sentence; its first characters decide


@dataclass(frozen=True)
class HanTerm:
    """One Chinese name: `positions[k]` maps each symbol to the way it stands for character k; `bit` is its place.

    `text` is in base forms, for the machine; `name` is what the dossier writes, character for character, for people.
    A term with a `tail` is the stem of a name, without the word of its trade: 微众 of 微众银行. `full` is the name
    that one with a character or a word left out stands for.
    """

    brand: str
    text: str
    positions: tuple[Mapping[str, Alternative], ...]
    bit: int
    siblings: frozenset[str]
    keywords: tuple[str, ...]
    name: str
    tail: str = ""
    full: str = ""

    @property
    def stem(self) -> bool:
        """Tell whether this is a name without the word of its trade."""
        return bool(self.tail)

    @cached_property
    def shorter(self) -> tuple["HanTerm", ...]:
        """Give the name with one character left out: of the own part, another must be left, and the trade be a word."""
        size, own = len(self.positions), len(self.text) - len(trade_of(self.text))
        least = 1 if size - own > 1 else SHORTEST_STEM
        lost = [k for k in range(size) if size > SHORT_NAME and (k >= own or own > least)]
        return tuple(self._without(k, k + 1) for k in lost)

    def _without(self, first: int, last: int) -> "HanTerm":
        """Give the name without some of its characters."""
        left = [k for k in range(len(self.positions)) if not first <= k < last]
        return replace(
            self,
            text="".join(self.text[k] for k in left),
            name="".join(self.name[k] for k in left),
            positions=tuple(self.positions[k] for k in left),
            full=self.name,
        )

    def without_inner_trade(self) -> "HanTerm | None":
        """Give a name of two trades without the first of them: 松涛金融 of 松涛消费金融; None for any other."""
        tail = trade_of(self.text)
        own = self.text.removesuffix(tail)
        inner = trade_of(own) if tail else ""
        if len(inner) < SHORTEST_STEM or len(own) - len(inner) < SHORTEST_STEM:
            return None
        return self._without(len(own) - len(inner), len(own))

    @cached_property
    def longest(self) -> tuple[int, ...]:
        """Give the length of the longest symbol of each position."""
        return tuple(max(map(len, position)) for position in self.positions)

    @cached_property
    def whole(self) -> int:
        """Give one bit for each position."""
        return (1 << len(self.positions)) - 1

    @cached_property
    def openings(self) -> frozenset[str]:
        """Give the characters the name may begin with."""
        return frozenset(symbol[0] for symbol in self.positions[0])

    @cached_property
    def exact(self) -> frozenset[str]:
        """Give the symbols that are one of the characters itself, in any form of writing."""
        return frozenset(s for position in self.positions for s, way in position.items() if way.cost <= 5)

    @cached_property
    def rare(self) -> tuple[bool, ...]:
        """Tell of each character whether it is rare enough in ordinary writing to speak for the name alone."""
        often = tables.frequency
        return tuple(often(char) < 400 for char in self.text)


def _position(char: str) -> Mapping[str, Alternative]:
    if not "\u3400" <= char <= "\u9fff":
        return {fold(char).symbol or char: Alternative("exact", 0)}
    known = dict(alternatives(char))
    for form in [s for s, a in known.items() if a.cost <= 5]:
        for reading in tables.readings(char)[:2]:
            known.setdefault(form + reading[:-1], Alternative("annotation", 10))
        known.setdefault(form * 2, Alternative("repeated", 15))
        known.setdefault(form * 3, Alternative("repeated", 20))
    return known


def _positions(text: str) -> tuple[Mapping[str, Alternative], ...]:
    """Give the ways to write each character, without words of grammar for a wrong key where one would stand."""
    own = len(text) - len(trade_of(text))
    ends = {len(text) - 1} if len(text) - own == 1 else {len(text) - 1, own - 1}
    return tuple(_apart(char, GRAMMAR if at in ends else PARTICLES) for at, char in enumerate(text))


def _apart(char: str, words: frozenset[str]) -> Mapping[str, Alternative]:
    """Give the ways to write one character; a wrong key makes none of some words of it."""
    return {s: way for s, way in _position(char).items() if s not in words or way.how != "keyboard"}


def han_terms(brands: tuple[Brand, ...]) -> tuple[HanTerm, ...]:
    """Compile every Chinese name of the brands; an alias that only differs in script is the same name."""
    terms: list[HanTerm] = []
    bit = 0
    for brand in brands:
        known: set[str] = set()
        for name in brand.names.chinese:
            text = "".join(c for c in name if fold(c).symbol)[:LONGEST]
            simple = "".join(tables.base(c) for c in text)
            if len(text) < 2 or simple in known or not any("\u3400" <= c <= "\u9fff" for c in text):
                continue
            known.add(simple)
            siblings = frozenset(brand.names.siblings) - {name}
            terms.append(HanTerm(brand.id, simple, _positions(simple), bit, siblings, brand.names.keywords, text))
            bit += len(text)
    return tuple(terms)


def trade_of(text: str) -> str:
    """Give the word of the trade that a name ends in, or nothing.

    >>> trade_of("微众银行"), trade_of("花呗")
    ('银行', '')
    """
    return next((tail for tail in tails() if text.endswith(tail) and text != tail), "")


def stems(terms: tuple[HanTerm, ...]) -> tuple[HanTerm, ...]:
    """Give, of each brand's names, what is left without the word of the trade, where that is no word of its own.

    Such a stem is only looked for as it is written, in any form of writing; it stands for the brand beside finance.
    """
    found: list[HanTerm] = []
    known = {(term.brand, term.text) for term in terms}
    bit = sum(len(term.positions) for term in terms)
    for term in terms:
        rest = term.without_inner_trade()
        if rest and (term.brand, rest.text) not in known:
            known.add((term.brand, rest.text))
            found.append(replace(rest, bit=bit))
            bit += len(rest.text)
        for text, tail in own_parts(term.text):
            if len(text) < SHORTEST_STEM or _everyday(text) or (term.brand, text) in known:
                continue
            known.add((term.brand, text))
            positions = tuple({s: a for s, a in p.items() if a.cost <= 5} for p in term.positions[: len(text)])
            found.append(HanTerm(term.brand, text, positions, bit, term.siblings, term.keywords, text, tail))
            bit += len(text)
    return tuple(found)


def own_parts(text: str) -> list[tuple[str, str]]:
    """Give a name without the word of its trade, and without the one before it, each with what follows it.

    >>> own_parts("松涛消费金融"), own_parts("花呗")
    ([('松涛消费', '金融'), ('松涛', '消费金融')], [])
    """
    found = []
    left = text
    while tail := trade_of(left):
        left = left.removesuffix(tail)
        found.append((left, text.removeprefix(left)))
    return found


def _everyday(text: str) -> bool:
    """Tell whether some characters are a word, or so common that they meet by accident."""
    met = prod(max(1, tables.frequency(char)) / MILLION for char in text) * MILLION
    return text in tables.words() or met > STEM_SELDOM


def far_off(term: HanTerm, way: Alternative) -> bool:
    """Tell whether a way to write a character is so far off in sound that all others of the name must be exact."""
    return way.how in FAR_KINDS and way.cost >= FAR and len(term.positions) > SHORTEST_STEM


def masks(terms: tuple[HanTerm, ...]) -> tuple[dict[str, int], ...]:
    """Give four bit masks a symbol: positions it may begin, may end, stands for exactly, and is far off for in sound.

    The first position of a name is left out of the first, the last of the second. Neighbours may belong to a name where
    `ends << 1 & begins` is not zero, or where one is far off and the other exact.
    """
    begins: dict[str, int] = {}
    ends: dict[str, int] = {}
    exact: dict[str, int] = {}
    far: dict[str, int] = {}
    for term in terms:
        for k, position in enumerate(term.positions):
            bit = 1 << (term.bit + k)
            for symbol, way in position.items():
                if far_off(term, way):
                    far[symbol] = far.get(symbol, 0) | bit
                    continue
                if k:
                    begins[symbol[0]] = begins.get(symbol[0], 0) | bit
                if k < len(term.positions) - 1:
                    ends[symbol[-1]] = ends.get(symbol[-1], 0) | bit
                if way.cost <= 5:
                    exact[symbol] = exact.get(symbol, 0) | bit
    return begins, ends, exact, far
