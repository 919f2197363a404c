"""Whole-text disguises: written downwards, backwards, or in escapes. Each gives another reading with a way back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from zhengben.names.hits import Character, NameHit
from zhengben.names.view import ESCAPE, unescape

REVERSERS = "\u202e\u202b\u2067"
MIRROR_ENDS = "\u202c\u2069"
# Latin letters upside down, as the converters of chat sites draw them; the letters left out are taken for themselves.
TURNED = dict(zip("ɐɔǝɟƃᵷɓɥıᴉɾʞןꞁɯɹʇʌʍʎ", "acefggghiijkllmrtvwy", strict=True))
BOTH_WAYS = dict(zip("bdnopqsuxzl", "qpuodbsnxzl", strict=True))
TURNED_VOWELS = "ɐǝıᴉ"  # one stands in every name turned over that has no o and no u alone
STRETCHED = tuple(letter * 3 for letter in "aeioungAEIOUNG")  # what pinyin syllables end in
_TURNED_RUN = re.compile(f"[{''.join((*TURNED, *BOTH_WAYS))}]{{4,60}}")
_STRETCHED_RUN = re.compile(r"([a-zA-Z])\1{2,}")
DOUBLE_V = ("vv", "VV", "\\/\\/")
_DOUBLE_V = re.compile("|".join(map(re.escape, DOUBLE_V)))
MOST_LINES, WIDEST_LINE = 200, 40
_ESCAPED = ("&", "%", "\\", "U+", "U-", "=")  # one of these stands in every escape


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading of a text: `spans[i]` is the stretch of the original that its character i came from."""

    text: str
    spans: tuple[tuple[int, int], ...]
    how: str

    def back(self, hit: NameHit, original: str) -> NameHit:
        """Put a hit in this reading back to the offsets of the original."""
        if not self.how:  # the same text with other offsets: nothing is disguised by it
            return self._moved(hit, original)
        start = min(self.spans[i][0] for i in range(hit.start, hit.end))
        end = max(self.spans[i][1] for i in range(hit.start, hit.end))
        told = tuple(self._character(c, original) for c in hit.characters)
        kind = self.how if hit.kind in {"exact", "zero_width", "separator"} else hit.kind
        score = max(1, hit.score - 5)
        return replace(
            hit,
            start=start,
            end=end,
            matched=original[start:end],
            characters=told,
            kind=kind,
            score=score,
            deliberate=True,
        )

    def _moved(self, hit: NameHit, original: str) -> NameHit:
        start, end = self.spans[hit.start][0], self.spans[hit.end - 1][1]
        told = []
        for char in hit.characters:
            first, last = self.spans[char.index][0], self.spans[char.index + max(1, len(char.original)) - 1][1]
            told.append(replace(char, index=first, original=original[first:last]))
        return replace(hit, start=start, end=end, matched=original[start:end], characters=tuple(told))

    def _character(self, char: Character, original: str) -> Character:
        spans = self.spans[char.index : char.index + max(1, len(char.original))]
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        how = char.how if char.differs else self.how
        return replace(char, index=start, original=original[start:end], how=how, cost=max(char.cost, 0.05))


def readings(text: str) -> Iterator[Reading]:
    """Give the other readings that the text asks for; none for ordinary text."""
    if any(sign in text for sign in _ESCAPED) and ESCAPE.search(text):
        tokens = unescape(text)
        yield Reading("".join(t.symbol for t in tokens), tuple((t.start, t.end) for t in tokens), "escape")
    if any(vowel in text for vowel in TURNED_VOWELS):
        yield from _turned(text)
    if any(run in text for run in STRETCHED):
        yield _redrawn(text, _STRETCHED_RUN, "", "repeated")
    if any(run in text for run in DOUBLE_V):
        yield _redrawn(text, _DOUBLE_V, "w", "confusable")
    if any(mark in text for mark in REVERSERS):
        yield _backwards(text)
    if text.count("\n") >= 1 or text.count("\r") >= 1:
        yield from _downwards(text)


def _turned(text: str) -> Iterator[Reading]:
    """Read letters upside down, from their end: ıɐpılıǝʍ."""
    drawn = TURNED | BOTH_WAYS
    order = list(range(len(text)))
    letters = list(text)
    found = False
    for match in _TURNED_RUN.finditer(text):
        first, last = match.span()
        if sum(char in TURNED for char in match.group()) > 1:
            order[first:last] = range(last - 1, first - 1, -1)
            letters[first:last] = [drawn[text[at]] for at in order[first:last]]
            found = True
    if found:
        yield Reading("".join(letters), tuple((at, at + 1) for at in order), "turned")


def _redrawn(text: str, pattern: re.Pattern[str], letter: str, how: str) -> Reading:
    """Read what a pattern finds as one letter: this one, or else the first of it."""
    chars: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        chars += [*text[at:start], letter or match.group()[0]]
        spans += [*((i, i + 1) for i in range(at, start)), (start, end)]
        at = end
    chars += text[at:]
    spans += [(i, i + 1) for i in range(at, len(text))]
    return Reading("".join(chars), tuple(spans), how)


def broken_lines(text: str) -> Reading:
    r"""Read every literal \\n of a message as the line break it stands for.

    >>> broken_lines(r"a\nb").text
    'a\nb'
    """
    chars: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        size = 2 if text.startswith("\\n", at) else 1
        chars.append("\n" if size == 2 else text[at])
        spans.append((at, at + size))
        at += size
    return Reading("".join(chars), tuple(spans), "")


def _backwards(text: str) -> Reading:
    order: list[int] = []
    run: list[int] = []
    inside = False
    for at, char in enumerate(text):
        if char in REVERSERS:
            inside = True
        elif char in MIRROR_ENDS or char == "\n":
            order += reversed(run)
            run, inside = [], False
        if inside:
            run.append(at)
        else:
            order.append(at)
    order += reversed(run)
    return Reading("".join(text[i] for i in order), tuple((i, i + 1) for i in order), "reversed")


def _downwards(text: str) -> Iterator[Reading]:
    """Read blocks of short lines column by column, from the left and, as classical writing goes, from the right."""
    lines: list[list[int]] = [[]]
    for at, char in enumerate(text[: MOST_LINES * WIDEST_LINE]):
        if char == "\n":
            lines.append([])
        elif not char.isspace() and char not in "|｜│丨":
            lines[-1].append(at)
    lines = [line for line in lines if line]
    if len(lines) < 2 or len(lines) > MOST_LINES or max(map(len, lines)) > WIDEST_LINE:
        return
    width = max(map(len, lines))
    for columns in (range(width), range(width - 1, -1, -1)):
        order: list[int] = []
        for column in columns:
            order += [line[column] for line in lines if column < len(line)]
        yield Reading("".join(text[i] for i in order), tuple((i, i + 1) for i in order), "vertical")
