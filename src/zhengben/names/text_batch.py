"""Messages by the million: one vectorised pass over their code points, then `find_names` for the few lines that pass.

A line passes where the filter (`text_filter`) sees a sign of a name, or where it asks for another reading (escapes,
reversal, line breaks).
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from zhengben.names.api import Seen, find_names, find_some
from zhengben.names.disguises import REVERSERS, broken_lines
from zhengben.names.finance import loans_in
from zhengben.names.hits import NameHit
from zhengben.names.pack import Pack
from zhengben.names.text_filter import Places, Rows, text_filter

OTHER_READINGS = tuple(
    map(
        re.compile,
        (
            r"&(?:#[xX0-9]|[a-z]{2,6};)",
            r"</?[A-Za-z]",
            r"\\[un]",
            r"%[0-9a-fA-Fu]",
            r"U\+[0-9a-fA-F]{4}",
            r"=[0-9A-F]{2}=",
            *REVERSERS,
        ),
    )
)  # each with a literal head: fast


def find_in_lines(lines: Sequence[str], pack: Pack, mode: str = "balanced") -> Iterator[tuple[int, NameHit]]:
    """Give (index of the line, hit), in order. A literal backslash-n in a message is a line break of the message."""
    text = "\n".join(lines) + "\n"
    sizes = np.fromiter(map(len, lines), np.int64, len(lines)) + 1
    starts = np.cumsum(sizes) - sizes
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    known = text_filter(pack, mode)
    found = known.places(points)
    near = _by_line(found.han, starts)
    for at, places in _by_line(found.guessed, starts).items():
        if loans_in(lines[at]):
            near[at] = sorted([*near.get(at, ()), *places])
    latin = set(_lines_of(found.latin, starts))
    marks = [match.start() for marker in OTHER_READINGS for match in marker.finditer(text)]
    other = set(_lines_of(np.array(marks, np.int64), starts))
    if text.count("\n") > len(lines):  # a message of several lines may be written downwards
        other |= {at for at, line in enumerate(lines) if "\n" in line}
    set_aside = set(_lines_of(np.array(known.asides(points), np.int64), starts))
    for at in sorted(near.keys() | latin | other | set_aside):
        if at in other:
            hits = find_message(lines[at], pack, mode)
        else:
            seen = Seen(near.get(at, ()), latin=at in latin, readings=False, asides=at in set_aside)
            hits = find_some(lines[at], pack, mode, seen)
        for hit in hits:
            yield at, hit


def _lines_of(places: Rows, starts: Rows) -> list[int]:
    """Give the line of each place."""
    found: list[int] = (np.searchsorted(starts, places, side="right") - 1).tolist()
    return found


def _by_line(places: Places, starts: Rows) -> dict[int, list[tuple[int, int]]]:
    """Give, by line, the places in it, counted from its beginning, with their bits."""
    found: dict[int, list[tuple[int, int]]] = {}
    lines = np.searchsorted(starts, places.at, side="right") - 1
    columns = lines.tolist(), (places.at - starts[lines]).tolist(), places.bits.tolist()
    for line, place, bits in zip(*columns, strict=True):
        found.setdefault(line, []).append((place, bits))
    return found


def find_message(line: str, pack: Pack, mode: str) -> tuple[NameHit, ...]:
    """Give the hits of one message, in whose text a literal backslash-n is a line break."""
    if "\\n" not in line:
        return find_names(line, pack, mode)
    reading = broken_lines(line)
    return tuple(reading.back(hit, line) for hit in find_names(reading.text, pack, mode))
