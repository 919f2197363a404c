"""Messages by the million: one vectorised pass over their code points, then `find_names` for the few lines that pass.

A line passes where the filter (`text_filter`) sees a sign of a name, or where it asks for another reading (escapes,
reversal, line breaks).
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from zhengben.names import tables
from zhengben.names.api import Seen, find_names, find_some
from zhengben.names.disguises import REVERSERS, broken_lines, readings
from zhengben.names.fillers import drawn_at
from zhengben.names.finance import finance_in, loans_in
from zhengben.names.found import AROUND
from zhengben.names.hits import NameHit
from zhengben.names.insertions import remark_at
from zhengben.names.pack import Pack
from zhengben.names.scan import Span, rolled
from zhengben.names.terms import SHORTEST_STEM
from zhengben.names.text_filter import Places, TextFilter, text_filter
from zhengben.names.text_signs import Rows
from zhengben.names.translations import translated_at

OTHER_READINGS = tuple(
    map(
        re.compile,
        (
            r"&(?:#[xX0-9]|[a-z]{2,6};)",
            r"<[/!A-Za-z]",
            r"\\[unxU0-9a-fA-F/]",
            r"%[0-9a-fA-Fu]",
            r"U[+-][0-9a-fA-F]{4}",
            r"=[0-9A-F]{2}=",
            *REVERSERS,
        ),
    )
)  # each with a literal head: fast

_AS_IT_IS = re.compile(r"<[/!A-Za-z]|\\n|\n")  # what the reading of the line itself sees through, not the filter


def find_in_lines(lines: Sequence[str], pack: Pack, mode: str = "balanced") -> Iterator[tuple[int, NameHit]]:
    """Give (index of the line, hit), in order. A literal backslash-n in a message is a line break of the message."""
    text = "\n".join(lines) + "\n"
    sizes = np.fromiter(map(len, lines), np.int64, len(lines)) + 1
    starts = np.cumsum(sizes) - sizes
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    known = text_filter(pack, mode)
    found = known.places(points)
    near = _by_line(found.han, starts, sizes)
    witness = _Witness(pack)
    for at, spans in _by_line(found.guessed, starts, sizes).items():
        if spoken := [span for span in spans if witness.speaks(lines[at], span)]:
            near[at] = [*near.get(at, ()), *spoken]
    latin = set(_lines_of(found.latin, starts))
    marks = [match.start() for marker in OTHER_READINGS for match in marker.finditer(text)]
    other = set(_lines_of(np.array(marks, np.int64), starts))
    if text.count("\n") > len(lines):  # a message of several lines may be written downwards
        other |= {at for at, line in enumerate(lines) if "\n" in line}
    other = set(_worth_reading(sorted(other), lines, known))
    signs = known.marks(points)
    other |= set(_lines_of(signs.drawn, starts))
    aside = signs.aside.tolist() + [at for at in signs.brackets.tolist() if remark_at(text, at, pack.table.exact)]
    aside += [at for at in signs.words.tolist() if translated_at(text, at, pack.table)]
    aside += [at for at in signs.mixed.tolist() if drawn_at(text, at, pack.table.syllables)]
    set_aside = set(_lines_of(np.array(aside, np.int64), starts))
    for at in sorted(near.keys() | latin | other | set_aside):
        if at in other:
            hits = find_message(lines[at], pack, mode)
        else:
            seen = Seen(near.get(at, ()), latin=at in latin, readings=False, asides=at in set_aside)
            hits = find_some(lines[at], pack, mode, seen)
        for hit in hits:
            yield at, hit


def _worth_reading(chosen: Sequence[int], lines: Sequence[str], known: TextFilter) -> Iterator[int]:
    """Leave out the lines whose other readings show the filter nothing: most escapes (&#183;) hide no name.

    A line without another reading, with a tag or with a line break is read whole as it is.
    """
    others = {at: [] if _AS_IT_IS.search(lines[at]) else [one.text for one in readings(lines[at])] for at in chosen}
    yield from (at for at, texts in others.items() if not texts)
    read = [(at, text.replace("\n", " ")) for at, texts in others.items() for text in texts]
    if not read:
        return
    sizes = np.fromiter((len(text) + 1 for _, text in read), np.int64, len(read))
    joined = "".join(f"{text}\n" for _, text in read)
    found = known.places(np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32))
    for places in (found.han.at, found.guessed.at, found.latin):
        yield from (read[row][0] for row in _lines_of(places, np.cumsum(sizes) - sizes))


class _Witness:
    """Tells whether something is said around a stretch that a name of guesses only needs beside it; see `rules`."""

    def __init__(self, pack: Pack) -> None:
        self.words = frozenset(word for term in pack.written for word in term.keywords)
        longer = [term for term in pack.written if len(term.positions) > SHORTEST_STEM]
        self.longer = rolled(sum(term.whole << term.bit for term in longer))

    def speaks(self, line: str, span: Span) -> bool:
        """Look for finance beside a longer name, and for loans beside one of two characters."""
        first, last, bits = span
        around = tables.plain(line[max(0, first - AROUND) : last + AROUND])
        return finance_in(around, self.words) if bits & self.longer else loans_in(around)


def _lines_of(places: Rows, starts: Rows) -> list[int]:
    """Give the line of each place."""
    found: list[int] = (np.searchsorted(starts, places, side="right") - 1).tolist()
    return found


def _by_line(places: Places, starts: Rows, sizes: Rows) -> dict[int, list[Span]]:
    """Give, by line, the stretches of it that would hold a name, counted from its beginning, with their bits."""
    found: dict[int, list[Span]] = {}
    lines = np.searchsorted(starts, places.at, side="right") - 1
    first = np.maximum(places.first - starts[lines], 0)
    last = np.minimum(places.last - starts[lines], sizes[lines] - 1)
    columns = first.tolist(), last.tolist(), places.bits.tolist()
    for line, span in zip(lines.tolist(), zip(*columns, strict=True), strict=True):
        found.setdefault(line, []).append(span)
    return found


def find_message(line: str, pack: Pack, mode: str) -> tuple[NameHit, ...]:
    """Give the hits of one message, in whose text a literal backslash-n is a line break."""
    if "\\n" not in line:
        return find_names(line, pack, mode)
    reading = broken_lines(line)
    return tuple(reading.back(hit, line) for hit in find_names(reading.text, pack, mode))
