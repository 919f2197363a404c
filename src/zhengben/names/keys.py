"""Every spelling the host logic can accept, as keys of six to sixteen letters for the firehose filter.

A key is a spelling, or the beginning of a longer one, in look-alike classes, packed five bits a letter. Where no key
stands in a name, `match_host` finds nothing in it: the filter may let too much through, never too little. A test
holds that.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from zhengben.names import tables
from zhengben.names.host_model import SHORTEST_TYPO, HostModel
from zhengben.names.host_words import cuts
from zhengben.names.latin import fold
from zhengben.names.lure_farm import ANCHOR, ENDINGS

LETTERS = "abcdefghjklmnopqrstuvwxyz"  # i is folded into l
EDGE = "-"  # stands for every separator and for the ends of a name
SMALLEST, LARGEST, LONGEST = 6, 8, 16  # letters of a key; of its first half; of the longest
# what found a key, and for a slip how it ends: with the key, behind it, or one or two letters before the key does
ANYWHERE, ENDED, OPEN, SHORT, SHORTER, FARM = 1, 2, 4, 8, 16, 32
SLIP = ENDED | OPEN | SHORT | SHORTER

Packed = npt.NDArray[np.uint64]


def codes() -> npt.NDArray[np.uint8]:
    """Give the five-bit class of every byte: 0 for separators and ends, 1 to 25 for letters, 31 beyond ASCII."""
    table = np.zeros(256, np.uint8)
    for at, letter in enumerate(LETTERS, 1):
        table[ord(letter)] = table[ord(letter.upper())] = at
    for byte in b"0123456789iI":
        table[byte] = table[ord(fold(chr(byte).lower()))]
    table[128:] = 31
    return table


def edits(text: str) -> Iterator[str]:
    """Give every folded spelling one change away."""
    for at in range(len(text) + 1):
        head, tail = text[:at], text[at:]
        yield from (head + letter + tail for letter in LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _exact(model: HostModel) -> Iterator[str]:
    for form, knowns in model.forms.items():
        yield form
        for known in knowns:
            if known.technique == "exact":
                yield from (EDGE.join((form[:at], form[at:])) for at in range(1, len(form)))
                for cut in cuts(known.term.text):
                    yield _joined(form, cut)


def _joined(form: str, cut: tuple[int, ...]) -> str:
    at, parts = 0, []
    for size in cut:
        parts.append(form[at : at + size])
        at += size
    return EDGE.join(parts)


def _typos(model: HostModel) -> Iterator[str]:
    used = tables.host_folds()
    for text in dict.fromkeys(fold(term.text) for term in model.terms if len(term.text) >= SHORTEST_TYPO):
        yield from (piece for piece in edits(text) if len(piece) >= 4 and piece not in used)


def _shorts(model: HostModel) -> Iterator[str]:
    lures = [fold(lure) for lure in model.lures]
    digits = {fold(digit) for digit in "0123456789"}
    for short in map(fold, model.shorts):
        yield EDGE + short + EDGE
        yield from (EDGE + short + digit for digit in digits)
        yield from (digit + short + EDGE for digit in digits)
        for lure in lures:
            yield EDGE + short + lure
            yield lure[-4:] + short + EDGE


def _farms(model: HostModel) -> Iterator[str]:
    strong = [fold(lure) for lure in model.strong if len(lure) >= ANCHOR]
    every = [fold(lure) for lure in model.lures if len(lure) > 1]
    ends = {fold(lure) for lure in ENDINGS}
    for one in strong:
        for two in every:
            yield one[-5:] + two[:5]
            yield two[-5:] + one[:5]
            yield two[-4:] + EDGE + one[:5]
            if two not in ends:
                yield one[-5:] + EDGE + two[:4]


def _official(model: HostModel) -> Iterator[str]:
    for domain in model.official:
        if domain.isascii():
            yield EDGE + fold(domain).replace(".", EDGE) + EDGE


def _foreign(_: HostModel) -> Iterator[str]:
    yield EDGE + "xn" + EDGE + EDGE


def _padded(spelling: str) -> Iterator[str]:
    """Give a spelling of at least six letters: a shorter one with everything that may follow."""
    if len(spelling) >= SMALLEST:
        yield spelling[:LONGEST]
        return
    for following in EDGE + LETTERS + "?":
        yield from _padded(spelling + following)


def lure_edges(model: HostModel) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Give two tables over three letters (first | second << 5 | third << 10): lures end so, lures begin so."""
    table = codes()
    ends, begins = np.zeros(1 << 15, np.bool_), np.zeros(1 << 15, np.bool_)
    for lure in model.lures:
        letters = [int(table[ord(c)]) for c in lure]
        if len(letters) > 2:
            begins[letters[0] | letters[1] << 5 | letters[2] << 10] = True
            ends[letters[-3] | letters[-2] << 5 | letters[-1] << 10] = True
        elif len(letters) == 2:
            begins[(letters[0] | letters[1] << 5) + (np.arange(32) << 10)] = True
            ends[np.arange(32) + (letters[0] << 5 | letters[1] << 10)] = True
    return ends, begins


def pack_keys(spellings: list[str]) -> tuple[Packed, Packed]:
    """Pack spellings of one length, five bits a letter, the first one lowest: eight letters, and the rest."""
    table = codes()
    table[ord("?")] = 31
    size = len(spellings[0])
    rows = table[np.frombuffer("".join(spellings).encode("ascii"), np.uint8)].reshape(-1, size).astype(np.uint64)
    shifts = 5 * (np.arange(size, dtype=np.uint64) % np.uint64(LARGEST))
    packed = rows << shifts
    return packed[:, :LARGEST].sum(axis=1, dtype=np.uint64), packed[:, LARGEST:].sum(axis=1, dtype=np.uint64)


def mixed(head: Packed, tail: Packed) -> Packed:
    """Mix the two halves of a long spelling into one key."""
    return head ^ (tail * np.uint64(0x9E3779B97F4A7C15))


def _slip(size: int) -> int:
    return OPEN if size > LONGEST else ENDED if size >= SMALLEST else SHORT if size == SMALLEST - 1 else SHORTER


def compile_keys(model: HostModel) -> dict[int, tuple[Packed, npt.NDArray[np.uint8], Packed]]:
    """Give, by length of spelling, the sorted keys, what each asks of its surroundings, and all first halves.

    What it asks is bits (ANYWHERE to FARM); a key of more than eight letters is `mixed` of its halves.
    """
    wanted: dict[int, dict[str, int]] = {size: {} for size in range(SMALLEST, LONGEST + 1)}
    sources = (
        (_foreign, ANYWHERE),
        (_official, ANYWHERE),
        (_exact, ANYWHERE),
        (_typos, ENDED),
        (_shorts, ANYWHERE),
        (_farms, FARM),
    )
    for source, asks in sources:
        for spelling in source(model):
            cut = _slip(len(spelling)) if asks == ENDED else asks
            for key in _padded(spelling):
                known = wanted[len(key)]
                known[key] = known.get(key, 0) | cut
    packed = {}
    for size, keys in wanted.items():
        if keys:
            head, tail = pack_keys(list(keys))
            values = mixed(head, tail) if size > LARGEST else head
            order = np.argsort(values, kind="stable")
            packed[size] = values[order], np.fromiter(keys.values(), np.uint8, len(keys))[order], head
    return packed
