"""Find a brand's Chinese names in text: scan with masks, align, and decide by mode. Light: no array library.

`zhengben.names.text_batch` scans many messages at once and hands its candidates to the same `judge_at`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from zhengben.names.align import Path, align, annotated, damaged, omitted, swapped
from zhengben.names.found import Found
from zhengben.names.hits import Character, NameHit
from zhengben.names.latin_slips import WITH_APP
from zhengben.names.rules import accept
from zhengben.names.terms import HanTerm
from zhengben.names.view import Token, tokens

BACK, AHEAD = 60, 120  # code points of overlap: more than any name with its disguises takes
MARKS = frozenset("\u0336\u0335\u0334\u0337\u0338\u20e0\u20e3\ufe0f")  # drawn over the sign before them
OPENS = dict(zip("【(（[「『《<{〔〖〈", "】)）]」』》>}〕〗〉", strict=True))
STRETCH = 128  # code points cut into tokens at once
MARGIN = 24  # code points around a stretch that holds whole names: what stands before one may tell what it is


class Tokens:
    """The tokens of a text, cut a stretch at a time as candidates come; stretches overlap.

    `within` is a stretch that holds the whole of every name looked for in it, so that it is cut by itself.
    """

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self.text = text
        self.first = self.last = 0
        self.within = (0, 0)
        self.row: list[Token] = []
        self.starts: list[int] = []

    def around(self, at: int) -> tuple[list[Token], int]:
        """Give a row of tokens and the index in it of the first token at or behind `at`."""
        if not self.first <= at < self.last:
            self._cut(at)
        return self.row, bisect_left(self.starts, at)

    def _cut(self, at: int) -> None:
        self.first, self.last = self.within
        back = ahead = MARGIN
        if not self.first <= at < self.last <= self.first + STRETCH:
            self.first = at // STRETCH * STRETCH
            self.last, back, ahead = self.first + STRETCH, BACK, AHEAD
        self.row = list(tokens(self.text, max(0, self.first - back), self.last + ahead))
        self.starts = [token.start for token in self.row]


def judge_at(cut: Tokens, at: int, term: HanTerm, mode: str, since: int) -> NameHit | None:
    """Give the best hit of a term whose neighbours `at` (an index into the text) made suspicious.

    Only beginnings behind `since` are tried: what was tried for an earlier neighbour gives the same again.
    """
    row, near = cut.around(at)
    reach = max(0, near - sum(term.longest[:-1]), bisect_right(cut.starts, since))
    return _judge_term(cut.text, row, range(reach, min(near + 1, len(row))), term, mode)


def _judge_term(text: str, row: Sequence[Token], starts: range, term: HanTerm, mode: str) -> NameHit | None:
    best: tuple[int, Found] | None = None
    short: Found | None = None
    for at in starts:
        symbol = row[at].symbol
        exact = symbol in term.exact and _mostly_exact(row[at : at + len(term.positions) + 1], term)
        paths = [annotated(row, align(row, at, term), term)] if symbol in term.openings else []
        paths += [swapped(row, at, term), damaged(row, at, term)] if exact else []
        for path in paths:
            if path and (best is None or path.cost < best[0]) and _whole_words(text, row, path):
                found = Found(text, row, path, term)
                if accept(found, mode):
                    best = path.cost, found
        if not best and exact and (left := omitted(row, at, term)):
            lost = Found(text, row, *left)
            short = lost if accept(lost, mode) else short
    chosen = best[1] if best else short
    return hit_of(chosen) if chosen else None


def _mostly_exact(row: Sequence[Token], term: HanTerm) -> bool:
    """Tell whether all signs but one are characters of the name itself: else it is neither turned, torn nor lacking."""
    return sum(token.symbol in term.exact for token in row) >= len(term.positions) - 1


def _whole_words(text: str, row: Sequence[Token], path: Path) -> bool:
    """Refuse a name cut out of a longer Latin word: `wei` is not in `weight`."""
    first = row[min(s.first for s in path.steps)]
    last = row[max(s.last for s in path.steps) - 1]
    before = text[first.start - 1 : first.start]
    after = text[last.end : last.end + 1]
    if first.symbol.isascii() and before.isascii() and before.isalnum():
        return False
    return not (last.symbol.isascii() and after.isascii() and after.isalpha()) or bool(WITH_APP.match(text, last.end))


def hit_of(found: Found) -> NameHit:
    """Turn an accepted reading into a hit with every character told."""
    row, steps = found.row, found.path.steps
    start, end = _whole(found.text, *found.span)
    told = tuple(
        Character(
            index=row[s.first].start,
            original=found.text[row[s.first].start : row[s.last - 1].end],
            expected=expected,
            how=s.way.how,
            cost=s.way.cost / 100,
        )
        for s, expected in zip(steps, found.term.name, strict=True)
    )
    return NameHit(
        start=start, end=end, matched=found.text[start:end], brand=found.term.brand,
        expected=found.term.full or found.term.name,
        kind=found.kind, score=found.score, characters=told, deliberate=found.deliberate,
    )  # fmt: skip


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in what belongs to the last sign, and the brackets that are opened or closed inside: 【微】【粒】【贷】."""
    while text[end : end + 1] in MARKS:
        end += 1
    inside = [char for char in text[start:end] if char in OPENS or char in OPENS.values()]
    if inside and text[end : end + 1] == OPENS.get(inside[-1], "."):
        end += 1
    if inside and inside[0] in OPENS.values() and OPENS.get(text[max(0, start - 1) : start]) == inside[0]:
        start -= 1
    return start, end
