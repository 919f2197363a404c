"""Lay a name over a row of tokens at least cost, and keep how each character was written."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhengben.names import tables
from zhengben.names.glyphs import Alternative, initial
from zhengben.names.terms import HanTerm, trade_of
from zhengben.names.view import SKIPPABLE, Token

WIDEST_GAP = 8  # dropped characters between two of a name; more is another sentence
IN_A_ROW = 3  # exact characters that make up for one that is none of the name's
MOVED = 2  # places one character may have been put off
OTHER = 60  # cost of a character that is like none of the name's
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


def annotated(tokens: Sequence[Token], path: Path | None, term: HanTerm) -> Path | None:
    """Take the pinyin behind the last character in where the others have theirs: the cheapest reading leaves it out."""
    if path is None or "annotation" not in {step.way.how for step in path.steps}:
        return path
    last = path.steps[-1]
    symbol = "".join(token.symbol for token in tokens[last.first : last.last])
    for end in range(last.last, min(last.first + term.longest[-1], len(tokens))):
        symbol += tokens[end].symbol
        way = term.positions[-1].get(symbol)
        if way and way.how == "annotation":
            step = Step(last.first, end + 1, way)
            return Path((*path.steps[:-1], step), path.cost - last.way.cost + way.cost)
    return path


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
    order = _order_of(row, term)
    if sorted(order) != list(range(size)) or order == list(range(size)):
        return None
    moved = sum(1 for k, place in enumerate(order) if k != place)
    near = size == IN_A_ROW or (moved <= 2 and max(abs(place - k) for k, place in enumerate(order)) <= 2)
    moves = size > IN_A_ROW and (_one_moved(order) or _trade_first(order, term))
    if not near and not moves and order != list(range(size - 1, -1, -1)):
        return None
    places = sorted(range(size), key=lambda k: order[k])
    steps = tuple(
        Step(at + k, at + k + 1, Alternative("transposition", 15) if order[k] != k else Alternative("exact", 0))
        for k in places
    )
    return Path(steps, 15 * moved)


def _trade_first(order: Sequence[int], term: HanTerm) -> bool:
    """Tell whether the word of the trade stands before the rest, each in its own order: 银行微众."""
    own = len(term.text) - len(trade_of(term.text))
    return 0 < own < len(order) and list(order) == [*range(own, len(order)), *range(own)]


def _one_moved(order: Sequence[int]) -> bool:
    """Tell whether one character, taken out and put two places on or back, gives the order.

    >>> _one_moved([0, 2, 3, 1]), _one_moved([3, 0, 1, 2]), _one_moved([1, 0, 3, 2])
    (True, False, False)
    """
    rest = [[place for k, place in enumerate(order) if k != left] for left in range(len(order))]
    return any(row == sorted(row) and abs(order[k] - k) == MOVED for k, row in enumerate(rest))


def damaged(tokens: Sequence[Token], at: int, term: HanTerm) -> Path | None:
    """Read a longer name with one other character in the place of one of its own, or put in between: 青岛屿银行.

    All others are exact and close up, the first and the last among them. One in the place of another has a part or a
    final with the one meant, or three others stand in a row. A name of three characters only has one put in: 微粒子贷.
    """
    size = len(term.positions)
    if size < IN_A_ROW:
        return None
    right = _exact_run(tokens, range(at, at + size), term, range(size))
    if not 0 < right < size:
        return None
    for extra in (1, 0) if size > IN_A_ROW else (1,):
        last = at + size - 1 + extra
        left = _exact_run(tokens, range(last, last - size, -1), term, range(size - 1, -1, -1))
        whole = left and right + left == size - 1 + extra
        if not whole:
            continue
        near = max(right, left) >= IN_A_ROW or extra or akin(term.text[right], tokens[at + right].symbol)
        if near and _close_up(tokens[at : last + 1]):
            return _around_one(at, right, size, extra)
    return None


def omitted(tokens: Sequence[Token], at: int, term: HanTerm) -> tuple[Path, HanTerm] | None:
    """Read a longer name with one character left out, all others exact and close up: give the name so shortened too."""
    if not all(token.symbol in term.exact for token in tokens[at + 1 : at + IN_A_ROW]):
        return None
    for short in term.shorter:
        size = len(short.positions)
        row = tokens[at : at + size]
        if _exact_run(tokens, range(at, at + size), short, range(size)) == size and _close_up(row):
            exact = Alternative("exact", 0)
            return Path(tuple(Step(at + k, at + k + 1, exact) for k in range(size)), 0), short
    return None


def akin(meant: str, written: str) -> bool:
    """Tell whether two characters have a part or a final in common, or one is in the other: enough where all is sure.

    >>> akin("朵", "杀"), akin("贷", "太"), akin("岳", "丘"), akin("贷", "与")
    (True, True, True, False)
    """
    ways = [[way for way in tables.splits().get(char, ()) if len(way) == 2] for char in (meant, written)]
    parts = [{char, *"".join(row)} for char, row in zip((meant, written), ways, strict=True)]
    ends = [{_final(reading) for reading in tables.readings(char)[:1]} for char in (meant, written)]
    return bool(parts[0] & parts[1] or ends[0] & ends[1])


def _final(reading: str) -> str:
    syllable = reading[:-1]
    return syllable[len(initial(syllable)) :]


def _exact_run(tokens: Sequence[Token], places: range, term: HanTerm, order: range) -> int:
    """Count how many characters of the name stand one after the other at these places, each exact."""
    pairs = zip(places, order, strict=True)
    return next((n for n, (at, k) in enumerate(pairs) if not _is(tokens, at, term, k)), len(order))


def _is(tokens: Sequence[Token], at: int, term: HanTerm, k: int) -> bool:
    way = term.positions[k].get(tokens[at].symbol) if at < len(tokens) else None
    return way is not None and way.cost <= 5


def _close_up(row: Sequence[Token]) -> bool:
    """Tell whether tokens are whole characters of Chinese with nothing between them."""
    together = all(one.end == two.start for one, two in pairwise(row))
    return together and all("\u3400" <= token.symbol <= "\u9fff" for token in row)


def _around_one(at: int, wrong: int, size: int, extra: int) -> Path:
    exact, other = Alternative("exact", 0), Alternative("replacement", OTHER)
    places = [at + k + extra * (k >= wrong) for k in range(size)]
    steps = [Step(place, place + 1, other if k == wrong and not extra else exact) for k, place in enumerate(places)]
    return Path(tuple(steps), sum(step.way.cost for step in steps))


def _order_of(row: Sequence[Token], term: HanTerm) -> list[int]:
    """Give the position of the name that each token stands for exactly, each once; -1 for none that is left."""
    order: list[int] = []
    for token in row:
        ways = [(k, position.get(token.symbol)) for k, position in enumerate(term.positions) if k not in order]
        order.append(next((k for k, way in ways if way and way.cost <= 5), -1))
    return order
