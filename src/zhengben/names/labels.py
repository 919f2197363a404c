"""Which Chinese names the label of a domain could hold at all: one look at its characters, for all names at once.

A label is short and a name seldom fills it, so this leaves few of a thousand names to be laid over it. Every name is a
run of bits, one a character of it, as in `scan`.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from zhengben.names.rules import CHEAP, GUESS
from zhengben.names.scan import Table, suspects
from zhengben.names.terms import HanTerm
from zhengben.names.view import SKIPPABLE, fold

Marks = tuple[int, int]


class LabelTable:
    """Every way to write every character of the names, as bits: any way, and a way that is no guess."""

    def __init__(self, terms: Sequence[HanTerm], table: Table) -> None:
        """Take in the names, and the table that tells which neighbours may belong to one."""
        self.table = table
        self.marks: dict[str, Marks] = {}
        self.sizes: dict[str, tuple[int, ...]] = {}
        self.owned: dict[int, frozenset[str]] = {}
        self.terms = {term.bit: term for term in terms}
        self.firsts = [0] * (1 + max((len(term.positions) for term in terms), default=1))
        for term in terms:
            self.firsts[len(term.positions)] |= 1 << term.bit
            for k, position in enumerate(term.positions):
                for symbol, way in position.items():
                    self._mark(symbol, 1 << (term.bit + k), sure=way.how not in GUESS)

    def _mark(self, symbol: str, bit: int, *, sure: bool) -> None:
        every, some = self.marks.get(symbol, (0, 0))
        self.marks[symbol] = (every | bit, some | bit * sure)
        sizes = self.sizes.get(symbol[0], ())
        if len(symbol) not in sizes:
            self.sizes[symbol[0]] = (*sizes, len(symbol))

    def possible(self, label: str) -> int:
        """Give the positions of the names that could be accepted in a label.

        Every character of the name must be written in it in some way. Unless one of these is no guess, or all are
        cheap ones, the name counts only where it fills the label but for one character.
        """
        row = kept(label)
        sizes, marks = self.sizes, self.marks
        present = {row[at : at + size] for at, char in enumerate(row) for size in sizes.get(char, ())}
        found = [marks[symbol] for symbol in present if symbol in marks]
        if not found:
            return 0
        seen = sure = 0
        for every, some in found:
            seen, sure = seen | every, sure | some
        return sum(whole << k for size, whole in self._whole(seen, sure, label, present) for k in range(size))

    def _whole(self, seen: int, sure: int, label: str, present: set[str]) -> Iterator[tuple[int, int]]:
        """Give, by length, the first bits of the names that are possible."""
        every, some = seen, sure
        pairs = -1
        for size, firsts in enumerate(self.firsts[2:], 2):
            every &= seen >> (size - 1)
            if not every:
                return
            some |= sure >> (size - 1)
            whole = every & firsts
            if whole & ~some:
                pairs = _pairs(label, self.table) if pairs < 0 else pairs
                near = pairs
                for k in range(1, size):
                    near |= pairs >> k
                whole &= near
                doubtful = whole & ~some
                whole ^= doubtful ^ self._guessed(doubtful, kept(label), present)
            if whole:
                yield size, whole

    def _guessed(self, firsts: int, row: str, present: set[str]) -> int:
        """Keep, of some first bits, those of the names that fill the label but for one character, or cost little."""
        found = 0
        chars = frozenset(row)
        while firsts:
            low = firsts & -firsts
            firsts ^= low
            term = self.terms[low.bit_length() - 1]
            if len(chars - self._owned(term.bit)) <= 1 or _least(term, present) <= CHEAP * len(term.positions):
                found |= low
        return found

    def _owned(self, bit: int) -> frozenset[str]:
        """Give the characters that stand in any writing of the name with this first bit."""
        if bit not in self.owned:
            symbols = (symbol for position in self.terms[bit].positions for symbol in position)
            self.owned[bit] = frozenset("".join(symbols)) | SKIPPABLE
        return self.owned[bit]


def _pairs(label: str, table: Table) -> int:
    """Give the positions where neighbours in the label may belong to a name."""
    found = 0
    for _, bits in suspects(label, table):
        found |= bits
    return found


def _least(term: HanTerm, present: set[str]) -> int:
    """Give the least cost of a name whose every character is written by one of the symbols."""
    whole = 0
    for position in term.positions:
        whole += min([position[symbol].cost for symbol in present if symbol in position])
    return whole


@lru_cache(maxsize=4096)
def kept(label: str) -> str:
    """Give the symbols of a label without what only hides or separates, as a name is laid over them.

    >>> kept("微·粒Ｄ")
    '微粒d'
    """
    return "".join(fold(char).symbol for char in label)
