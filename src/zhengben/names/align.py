"""Lay a name over a row of tokens at least cost, and keep how each character was written."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhengben.names.glyphs import Alternative
from zhengben.names.terms import HanTerm
from zhengben.names.view import SKIPPABLE, Token

WIDEST_GAP = 8  # dropped characters between two of a name; more is another sentence
LETTERS = frozenset({"pinyin"})  # what deceives in ⓦⓔⓘ is the circles
WRITING = {"width": 3, "circled": 5, "compatibility": 3, "confusable": 10, "escape": 3}


@dataclass(frozen=True, slots=True)
class Step:
    """One character of the name: the tokens `first` to `last` (half open) and the way they stand for it."""

    first: int
    last: int
    way: Alternative


@dataclass(frozen=True, slots=True)
class Path:
    """A whole name laid over tokens."""

    steps: tuple[Step, ...]
    cost: int


def align(tokens: Sequence[Token], at: int, term: HanTerm, gap: int = WIDEST_GAP) -> Path | None:
    """Give the cheapest way to read the name from token `at` on, or None where it does not stand there."""
    memo: dict[tuple[int, int], tuple[int, tuple[Step, ...]] | None] = {}
    found = _best(tokens, at, 0, term, (memo, gap))
    return Path(found[1], found[0]) if found else None


_Memo = tuple[dict[tuple[int, int], tuple[int, tuple[Step, ...]] | None], int]


def _best(tokens: Sequence[Token], j: int, k: int, term: HanTerm, memo: _Memo) -> tuple[int, tuple[Step, ...]] | None:
    if k == len(term.positions):
        return 0, ()
    known, gap = memo
    if (k, j) in known:
        return known[k, j]
    best: tuple[int, tuple[Step, ...]] | None = None
    symbol = ""
    position = term.positions[k]
    for last in range(j, min(j + term.longest[k], len(tokens))):
        if last and (last > j or k) and tokens[last].start - tokens[last - 1].end > gap:
            break
        symbol += tokens[last].symbol
        way = position.get(symbol)
        rest = _best(tokens, last + 1, k + 1, term, memo) if way else None
        if way and rest:
            written = _written(way, tokens[j : last + 1])
            if best is None or written.cost + rest[0] < best[0]:
                best = written.cost + rest[0], (Step(j, last + 1, written), *rest[1])
    if best is None and k and j + 1 < len(tokens) and _separates(tokens, j, gap):
        best = _best(tokens, j + 1, k, term, memo)
    known[k, j] = best
    return best


def _separates(tokens: Sequence[Token], j: int, gap: int) -> bool:
    """Tell whether a token may be a mere separator: a picture or a stroke that ends no long row of them."""
    return tokens[j].symbol in SKIPPABLE and (j < gap or any(t.symbol not in SKIPPABLE for t in tokens[j - gap : j]))


def _written(way: Alternative, used: Sequence[Token]) -> Alternative:
    """Add what the tokens themselves were: full width, circled, escaped, another script's letter."""
    extra, how = max((WRITING.get(token.how, 0), token.how) for token in used)
    if not extra:
        return way
    return Alternative(how if way.cost <= 5 or way.how in LETTERS else way.how, way.cost + extra)


def swapped(tokens: Sequence[Token], at: int, term: HanTerm) -> Path | None:
    """Read a name with its characters in another order, each one exact.

    One pair may be swapped, of neighbours or with one character between them, or the whole name be written backwards.
    """
    size = len(term.positions)
    row = tokens[at : at + size]
    if len(row) < size or row[0].symbol not in term.exact or row[1].symbol not in term.exact:
        return None
    order = [_exact_position(token.symbol, term) for token in row]
    if sorted(order) != list(range(size)) or order == list(range(size)):
        return None
    moved = sum(1 for k, place in enumerate(order) if k != place)
    near = moved <= 2 and max(abs(place - k) for k, place in enumerate(order)) <= 2
    if not near and order != list(range(size - 1, -1, -1)):
        return None
    places = sorted(range(size), key=lambda k: order[k])
    steps = tuple(
        Step(at + k, at + k + 1, Alternative("transposition", 15) if order[k] != k else Alternative("exact", 0))
        for k in places
    )
    return Path(steps, 15 * moved)


def _exact_position(symbol: str, term: HanTerm) -> int:
    for k, position in enumerate(term.positions):
        way = position.get(symbol)
        if way and way.cost <= 5:
            return k
    return -1
