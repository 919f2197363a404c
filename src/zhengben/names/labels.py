"""Which Chinese names the label of a domain could hold at all: one look at its characters, for all names at once.

A label is short and a name seldom fills it, so this leaves few of a thousand names to be laid over it. Every name is a
run of bits, one a character of it, as in `scan`.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from zhengben.names import tables
from zhengben.names.align import akin
from zhengben.names.rules import CHEAP, GUESS
from zhengben.names.scan import Table, suspects
from zhengben.names.terms import LONGEST, HanTerm, trade_of
from zhengben.names.view import SKIPPABLE, fold

Marks = tuple[int, int, int]
SHORTEST_OWN = 2  # characters of a name that are its own, before the word of its trade


class LabelTable:
    """Every way to write every character of the names, as bits: any way, one that is no guess, and a cheap one."""

    def __init__(self, terms: Sequence[HanTerm], table: Table) -> None:
        """Take in the names, and the table that tells which neighbours may belong to one."""
        self.table = table
        self.marks: dict[str, Marks] = {}
        self.sizes: dict[str, tuple[int, ...]] = {}
        self.terms = {term.bit: term for term in terms}
        self.firsts = [0] * (1 + max((len(term.positions) for term in terms), default=1))
        self.trades: dict[str, HanTerm] = {}
        for term in terms:
            self.firsts[len(term.positions)] |= 1 << term.bit
            for k in range(len(term.text) - len(trade_of(term.text)), len(term.text)):
                self.trades.setdefault(_but_one(term.text, k), term)
            for k, position in enumerate(term.positions):
                for symbol, way in position.items():
                    self._mark(symbol, 1 << (term.bit + k), sure=way.how not in GUESS, cheap=way.cost <= CHEAP)

    def _mark(self, symbol: str, bit: int, *, sure: bool, cheap: bool) -> None:
        every, some, few = self.marks.get(symbol, (0, 0, 0))
        self.marks[symbol] = (every | bit, some | bit * sure, few | bit * cheap)
        sizes = self.sizes.get(symbol[0], ())
        if len(symbol) not in sizes:
            self.sizes[symbol[0]] = (*sizes, len(symbol))

    def possible(self, label: str) -> int:
        """Give the positions of the names that could be accepted in a label.

        Every character of the name must be written in it in some way. Unless one of these is no guess, or all are
        cheap ones, the name counts only where it fills the label but for one character.
        """
        bared = bare(label)
        if nearly := self.nearly(bared.text if bared else label):
            return nearly[0].whole << nearly[0].bit | self._possible(label)
        return self._possible(label) | (self._possible(bared.text) if bared else 0)

    def nearly(self, label: str) -> tuple[HanTerm, int] | None:
        """Give the name that a label is but for one character of the word of its trade, and where: 微众银仃.

        The other character must have a part or an end of the sound in common, and make no word with its neighbours:
        微众银楼 sells jewels.
        """
        for k in range(SHORTEST_OWN, len(label) if len(label) <= LONGEST else 0):
            term = self.trades.get(_but_one(label, k))
            if term and label != term.text and _taken_for(label, k, term.text[k]):
                return term, k
        return None

    def _possible(self, label: str) -> int:
        row = kept(label)
        sizes, marks = self.sizes, self.marks
        present = {row[at : at + size] for at, char in enumerate(row) for size in sizes.get(char, ())}
        present &= marks.keys()
        seen = sure = cheap = 0
        for symbol in present:
            every, some, few = marks[symbol]
            seen, sure, cheap = seen | every, sure | some, cheap | few
        whole = self._whole((seen, sure, cheap), label, present)
        return sum(firsts << k for size, firsts in whole for k in range(size))

    def _whole(self, marks: Marks, label: str, present: set[str]) -> Iterator[tuple[int, int]]:
        """Give, by length, the first bits of the names that are possible."""
        seen, sure, cheap = every, some, few = marks
        row = kept(label)
        pairs = -1
        for size, firsts in enumerate(self.firsts[2:], 2):
            every &= seen >> (size - 1)
            if not every:
                return
            some |= sure >> (size - 1)
            few |= cheap >> (size - 1)
            whole = every & firsts
            if not whole or len(row) < size:
                continue
            pairs = _pairs(label, self.table) if pairs < 0 else pairs
            whole &= _of_any(pairs, size)
            doubtful = whole & ~some
            if doubtful:
                filled = self._filled(doubtful, size, row, present)
                whole ^= doubtful ^ (filled | self._afforded(doubtful & few, present))
            if whole:
                yield size, whole

    def _filled(self, firsts: int, size: int, row: str, present: set[str]) -> int:
        """Keep, of some first bits, those of the names that fill the label but for one character."""
        owners: dict[str, int] = {}
        for symbol in present:
            for char in symbol:
                owners[char] = owners.get(char, 0) | self.marks[symbol][0]
        once = 0
        for char in set(row) - SKIPPABLE:
            owned = owners.get(char, 0)
            missing = firsts & ~_of_any(owned, size)
            firsts &= ~(once & missing)
            once |= missing
            if not firsts:
                break
        return firsts

    def _afforded(self, firsts: int, present: set[str]) -> int:
        """Keep, of some first bits, those of the names whose characters are all written at little cost.

        Only names of which one character is cheap need be asked for.
        """
        found = 0
        while firsts:
            low = firsts & -firsts
            firsts ^= low
            term = self.terms[low.bit_length() - 1]
            if _least(term, present) <= CHEAP * len(term.positions):
                found |= low
        return found


def _of_any(bits: int, size: int) -> int:
    """Give the first bits of names so long of which any position is among these bits; and other bits."""
    found = bits
    for k in range(1, size if bits else 1):
        found |= bits >> k
    return found


def _pairs(label: str, table: Table) -> int:
    """Give the positions where neighbours in the label may belong to a name."""
    found = 0
    for _, bits in suspects(label, table, loose=True):
        found |= bits
    return found


def _least(term: HanTerm, present: set[str]) -> int:
    """Give the least cost of a name whose every character is written by one of the symbols."""
    return sum(min([position[symbol].cost for symbol in position.keys() & present]) for position in term.positions)


def _taken_for(label: str, k: int, meant: str) -> bool:
    ends = [reading.lstrip("bcdfghjklmnpqrstuwxyz")[:-1] for reading in tables.readings(meant)[:2]]
    heard = [reading[:-1] for reading in tables.readings(label[k])[:1]]
    near = akin(meant, label[k]) or any(end and sound.endswith(end) for end in ends for sound in heard)
    return near and tables.words().isdisjoint((label[k - 1 : k + 1], label[k : k + 2]))


def _but_one(text: str, k: int) -> str:
    return f"{text[:k]}?{text[k + 1 :]}"


class Bare(NamedTuple):
    """What is left of a label without the lures at its ends, where it began, and whether one of them is of money."""

    text: str
    start: int
    money: bool


@cache
def _lures() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    """Give the lures of money, and patterns of what may stand before and behind a name: lures, digits, hyphens."""
    raw = tomllib.loads(tables.DATA.joinpath("lures.toml").read_text("utf-8"))
    words = sorted({*raw["money"], *raw["chinese"]}, key=len, reverse=True)
    latin = sorted((word for word in (*raw["strong"], *raw["weak"]) if len(word) > 1), key=len, reverse=True)
    each = "|".join(map(re.escape, words))
    letters = rf"(?<![a-z])(?:{'|'.join(latin)})(?![a-z])"
    row = rf"(?:{each}|{letters}|[0-9-])"
    return frozenset(raw["money"]), re.compile(rf"{row}+"), re.compile(rf"{row}+$")


@lru_cache(maxsize=4096)
def bare(label: str) -> Bare | None:
    """Take the lures off the ends of a label; None where there are none, or less than a name is left.

    >>> bare("官方花呗"), bare("花呗额度app"), bare("花呗"), bare("官方下载")
    (Bare(text='花呗', start=2, money=False), Bare(text='花呗', start=0, money=True), None, None)
    """
    money, before, behind = _lures()
    head = before.match(label)
    start = head.end() if head else 0
    tail = behind.search(label, start)
    end = tail.start() if tail else len(label)
    if end - start < 2 or end - start == len(label):
        return None
    beside = label[:start] + "\n" + label[end:]
    return Bare(label[start:end], start, any(word in beside for word in money))


@lru_cache(maxsize=4096)
def kept(label: str) -> str:
    """Give the symbols of a label without what only hides or separates, as a name is laid over them.

    >>> kept("微·粒Ｄ")
    '微粒d'
    """
    return "".join(fold(char).symbol for char in label)
