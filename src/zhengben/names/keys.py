"""Every spelling the host logic can accept, as keys of six to sixteen letters for the sieve before it.

A key is a spelling, or the beginning of a longer one, in look-alike classes. Where no key stands in a name,
`match_host` finds nothing in it: the sieve may let too much through, never too little. A test holds that.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from zhengben.names import tables
from zhengben.names.host_model import KNOWN, SHORTEST_TYPO, Form, HostModel
from zhengben.names.host_words import SURE_LENGTH, cuts
from zhengben.names.latin import fold
from zhengben.names.lure_farm import ANCHOR, ENDINGS

LETTERS = "abcdefghjklmnopqrstuvwxyz"  # i is folded into l
EDGE = "-"  # stands for every separator and for the ends of a name
SMALLEST, LARGEST, LONGEST = 6, 8, 16  # letters of a key; of its first half; of the longest
# what a key asks of its surroundings. A slip, or a word, has bounds on both sides; it ends with the key, behind it, or
# one or two letters before the key does. A name in a foreign script is looked at by other means.
ANYWHERE, ENDED, OPEN, SHORT, SHORTER, FARM, FOREIGN = 1, 2, 4, 8, 16, 32, 64
SLIP = ENDED | OPEN | SHORT | SHORTER
WORDS = 8  # bits from the kinds of slip to those of word
WORD = SLIP << WORDS

Packed = npt.NDArray[np.uint64]
Letters = npt.NDArray[np.uint8]
Asks = npt.NDArray[np.uint16]


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


def _stands_anywhere(known: Form) -> bool:
    """Tell whether a spelling counts in the middle of an unknown word; in wide mode every one does.

    It must follow `host_words.score_of`: what that scores below the least of the balanced mode needs bounds here.
    """
    term = known.term
    return known.technique == "exact" and len(term.text) >= SURE_LENGTH and term.commonness < KNOWN


def _sure(model: HostModel) -> Iterator[str]:
    yield from (form for form, knowns in model.forms.items() if any(map(_stands_anywhere, knowns)))


def _bounded(model: HostModel) -> Iterator[str]:
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
    for text in dict.fromkeys(fold(term.text) for term in model.terms if len(term.text) >= SHORTEST_TYPO):
        yield from (piece for piece in edits(text) if len(piece) >= 4 and not tables.used_in_hosts(piece))


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


def lure_edges(model: HostModel, least: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Give two tables over three letters (first | second << 5 | third << 10): lures end so, lures begin so.

    Lures of fewer letters than `least` do not count.
    """
    table = codes()
    shape = (32, 32, 32)  # third, second and first letter
    ends, begins = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    every = slice(None)
    for lure in model.lures:
        if len(lure) >= least:
            letters = [int(table[ord(c)]) for c in lure]
            rest = [every] * (3 - len(letters))
            first: tuple[slice | int, ...] = (*rest, *letters[2::-1])
            last: tuple[slice | int, ...] = (*letters[:-4:-1], *rest)
            begins[first] = ends[last] = True
    return ends.reshape(-1), begins.reshape(-1)


def letters_of(spellings: list[str]) -> Letters:
    """Give spellings of one length as rows of sixteen classes, those behind the last letter 0.

    >>> letters_of(["we-bank"])[0, :8].tolist()
    [22, 5, 0, 2, 1, 13, 10, 0]
    """
    table = codes()
    table[ord("?")] = 31
    size = len(spellings[0])
    rows = np.zeros((len(spellings), LONGEST), np.uint8)
    rows[:, :size] = table[np.frombuffer("".join(spellings).encode("ascii"), np.uint8)].reshape(-1, size)
    return rows


def _slip(size: int) -> int:
    return OPEN if size > LONGEST else ENDED if size >= SMALLEST else SHORT if size == SMALLEST - 1 else SHORTER


def compile_keys(model: HostModel) -> dict[int, tuple[Letters, Asks]]:
    """Give, by length of spelling, the keys as rows of letters, and what each asks of its surroundings."""
    wanted: dict[int, dict[str, int]] = {size: {} for size in range(SMALLEST, LONGEST + 1)}
    sources = (
        (_foreign, FOREIGN),
        (_official, ANYWHERE),
        (_sure, ANYWHERE),
        (_bounded, WORD),
        (_typos, SLIP),
        (_shorts, ANYWHERE),
        (_farms, FARM),
    )
    for source, asks in sources:
        for spelling in source(model):
            way = _slip(len(spelling))
            cut = way if asks == SLIP else way << WORDS if asks == WORD else asks
            for key in _padded(spelling):
                known = wanted[len(key)]
                known[key] = known.get(key, 0) | cut
    return {
        size: (letters_of(list(keys)), np.fromiter(keys.values(), np.uint16, len(keys)))
        for size, keys in wanted.items()
        if keys
    }
