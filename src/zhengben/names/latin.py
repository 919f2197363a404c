"""Latin names and pinyin: folding, syllables, near forms, and the one edit between two spellings."""

from functools import cache, lru_cache

from zhengben.names import tables
from zhengben.names.glyphs import NEAR, NEAR_INITIALS, fuzzy_sounds, initial, near_sounds
from zhengben.names.keyboards import neighbours

PAIRS = (
    ("m", "rn"),
    ("m", "nn"),
    ("w", "vv"),
    ("d", "cl"),
    ("w", "uu"),
    ("h", "ln"),
    ("u", "v"),
    ("q", "g"),
    ("b", "lb"),
    ("d", "dl"),
    ("h", "lh"),
    ("k", "lc"),
)
VOWELS = frozenset("aeiou")
LONG = 8  # letters of a name that a syllable far off leaves enough of


def fold(text: str) -> str:
    """Fold lower-case ASCII to look-alike classes.

    >>> fold("we1lida1") == fold("weilidai")
    True
    """
    return text.translate(tables.FOLD)


@cache
def syllables(text: str) -> tuple[str, ...]:
    """Cut a word into pinyin syllables, the longest that works first; empty where it is not pinyin.

    >>> syllables("weilidai"), syllables("webank"), syllables("xian")
    (('wei', 'li', 'dai'), (), ('xian',))
    """
    if not text:
        return ()
    for size in range(min(6, len(text)), 0, -1):
        if text[:size] in tables.sounding():
            rest = syllables(text[size:])
            if rest or size == len(text):
                return (text[:size], *rest)
    return ()


def near_pinyin(text: str) -> frozenset[str]:
    """Give the spellings of a pinyin name with up to two syllables as they are confused by ear.

    A syllable of a longer name may be farther off, as in some dialect or with both its sounds mixed up: that is two.

    >>> "yingnian" in near_pinyin("yinlian"), "weizonyinhang" in near_pinyin("weizhongyinhang"), near_pinyin("webank")
    (True, True, frozenset())
    """
    parts = syllables(text)
    found = {parts: 0}
    for at, part in enumerate(parts):
        others = [*((other, 1) for other in _heard(part)), *((other, 2) for other in _far(part) if len(text) >= LONG)]
        for row, changes in list(found.items()):
            for other, more in others:
                if changes + more <= 2:
                    found.setdefault((*row[:at], other, *row[at + 1 :]), changes + more)
    return frozenset("".join(row) for row, changes in found.items() if changes)


@cache
def _far(syllable: str) -> tuple[str, ...]:
    """Give how a syllable is spelt by who mixes up both its sounds (zon for zhong), or as in some dialect."""
    first = initial(syllable)
    rest = syllable[len(first) :]
    other_end = rest[:-1] if rest.endswith("ng") else rest + "g" if rest.endswith("n") else ""
    begins = [b if first == a else a for a, b in NEAR_INITIALS if first in {a, b}]
    twice = (other + other_end for other in begins if other_end)
    far = (other for other, cost in fuzzy_sounds(syllable).items() if cost > NEAR)
    # One that is only cut short is a slip of one letter, which is judged as such.
    return tuple(dict.fromkeys(other for other in (*twice, *far) if not syllable.startswith(other)))


@cache
def _heard(syllable: str) -> tuple[str, ...]:
    """Give how a syllable is spelt by who mixes sounds up (fa for hua), or writes it as in Taiwan (chien for qian)."""
    mixed = (other for other, cost in fuzzy_sounds(syllable).items() if cost == NEAR)
    first, rest = syllable[:1], syllable[1:]
    row = {"q": "ch", "x": "hs", "j": "ch"}.get(first)
    older = (row + ("ien" if rest == "ian" else rest),) if row else ()
    return tuple(dict.fromkeys((*near_sounds(syllable), *mixed, *older)))


def paired(text: str) -> frozenset[str]:
    """Give the spellings with letters drawn by two others: rn for m, vv for w; one at a time and all at once."""
    found: set[str] = set()
    for one, two in PAIRS:
        for old, new in ((one, two), (two, one)):
            at = text.find(old)
            while at >= 0:
                found.add(text[:at] + new + text[at + len(old) :])
                at = text.find(old, at + 1)
            found.add(text.replace(old, new))
    found.discard(text)
    return frozenset(found)


@lru_cache(maxsize=4096)
def deletions(text: str) -> tuple[str, ...]:
    """Give a word and every way to leave one of its letters out, each once and always in the same order."""
    return tuple(dict.fromkeys([text, *(text[:i] + text[i + 1 :] for i in range(len(text)))]))


def one_edit(meant: str, written: str) -> tuple[str, int] | None:
    """Name the one change between two spellings and where it stands in what was written; None for none or more.

    >>> one_edit("webank", "webnak"), one_edit("webank", "webannk"), one_edit("webank", "wbank")
    (('transposition', 3), ('repetition', 5), ('omission', 1))
    """
    if meant == written or abs(len(meant) - len(written)) > 1:
        return None
    at = next(
        (i for i, (a, b) in enumerate(zip(meant, written, strict=False)) if a != b), min(len(meant), len(written))
    )
    if len(meant) == len(written):
        if meant[at + 1 :] == written[at + 1 :]:
            return _replaced(meant[at], written[at]), at
        crossed = meant[at : at + 2] == written[at : at + 2][::-1] and meant[at + 2 :] == written[at + 2 :]
        return ("transposition", at) if crossed else None
    if len(written) > len(meant):
        if meant[at:] != written[at + 1 :]:
            return None
        return ("repetition" if at and written[at] == written[at - 1] else "insertion"), at
    return ("omission", at) if meant[at + 1 :] == written[at:] else None


def _replaced(meant: str, written: str) -> str:
    if {meant, written} <= VOWELS:
        return "vowel_swap"
    if (ord(meant) ^ ord(written)).bit_count() == 1:
        return "bitsquat"
    return "keyboard" if neighbours(meant, written) else "replacement"
