"""The Latin side of hostnames: brand spellings among words, lures and labels, and what their surroundings say."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from zhengben.names import tables
from zhengben.names.host_model import COMMON, KNOWN, SHORTEST, Form, HostModel, LatinTerm
from zhengben.names.host_scene import (
    EVERYTHING,
    Find,
    Looks,
    Scene,
    beside,
    explained,
    readable,
    surroundings,
)
from zhengben.names.host_slips import slip_finds
from zhengben.names.hostname import Hostname, Word
from zhengben.names.latin import fold, syllables

LONGEST_SHORT = 30  # letters of a word that may hold a short name
SURE_LENGTH = 7  # letters from which a spelling in the middle of an unknown word still speaks
ISSUED = frozenset(["gov", "edu", "ac", "mil"])  # endings that are issued to offices and schools
ISSUED_SCORE = 30  # of the bare name below one of them: whose it is was looked into
TLDS = frozenset(["com", "cn", "net", "org", "cc", "vip", "top", "xyz", "app", "hk", "tw", "info", "io", "co", "www"])


class Reading(NamedTuple):
    """One spelling in a word as far as the word alone tells: its place, what it changes, and the lures around it there.

    `lures` are those in the same word, None where something in it stays unexplained; `changed` counts from the word.
    """

    term: LatinTerm
    technique: str
    start: int
    written: str
    changed: tuple[int, ...]
    lures: tuple[str, ...] | None
    alone: bool


def word_finds(name: Hostname, words: Sequence[Word], model: HostModel, looks: Looks = EVERYTHING) -> list[Find]:
    """Give every reading of the words of a name."""
    finds: list[Find] = []
    for at, word in enumerate(words):
        if looks.exact:
            finds += _as_they_stand(name, words, at, model)
        if looks.slips and len(word.text) >= SHORTEST:
            finds += slip_finds(name, words, at, word, model)
    if looks.exact and len(words) > 2:
        finds += _hyphens(name, words, model)
        finds += _dots(name, words, model)
    return finds


def _as_they_stand(name: Hostname, words: Sequence[Word], at: int, model: HostModel) -> list[Find]:
    word = words[at]
    finds: list[Find] = []
    readings = _readings(word.text, model) if len(word.text) >= SHORTEST else ()
    if readings:
        others = beside(words, at, model)
        finds = [_spelt(name, word, reading, others) for reading in readings]
    if at + 1 < len(words) and fold(word.text + words[at + 1].text) in model.forms:
        finds += _across(name, words, at, model)
    if model.shorts and len(word.text) < LONGEST_SHORT:
        finds += _shorts(name, words, at, model)
    return finds


def _readings(word: str, model: HostModel) -> tuple[Reading, ...]:
    """Give the spellings that stand in a word: worked out once, because words repeat."""
    known = model.memo.get(word)
    if known is None:
        found = (
            _reading(word, place, place + len(form), spelling, model)
            for place, form in model.standing(fold(word))
            for spelling in model.forms[form]
        )
        known = tuple([reading for reading in found if reading])
        model.keep(word, known)
    return known


def _reading(word: str, start: int, end: int, spelling: Form, model: HostModel) -> Reading | None:
    term, technique = spelling
    written = word[start:end]
    if technique == "exact" and written != term.text:
        technique = "homoglyph"
    left, right = word[:start], word[end:]
    if (
        not readable(written)
        or _inside_a_word(word, (left, right), term, model)
        or (technique == "homoglyph" and _in_use(word, written))
    ):
        return None
    changed = () if technique == "exact" else _changed(term.text, written, start)
    before, after = explained(left, model), explained(right, model)
    lures = None if before is None or after is None else before + after
    return Reading(term, technique, start, written, changed, lures, alone=word == written)


def _spelt(name: Hostname, word: Word, reading: Reading, others: tuple[str, ...] | None) -> Find:
    term, technique, start, written, changed, lures, _ = reading
    lures = None if lures is None or others is None else lures + others
    score, way = _worth(name, word, reading, lures)
    if technique != "exact":
        score, way = score + _less(technique, plain=lures is not None), technique
    base = word.start
    start += base
    if changed:
        changed = tuple([base + at for at in changed])
    end = start + len(written)
    return Find(term.brand, way, min(99, score), written, term.text, start, end, changed, "", lures or ())


def _less(technique: str, *, plain: bool) -> int:
    """Give what a spelling that is not the name's own adds to a score or takes from it."""
    if technique == "near_pinyin":
        return -14 if plain else -30
    return 3 if plain else -10


def _changed(meant: str, written: str, base: int) -> tuple[int, ...]:
    return tuple(base + i for i, (a, b) in enumerate(zip(meant, written, strict=False)) if a != b)


def _in_use(word: str, written: str) -> bool:
    """Tell whether a spelling is a word that stands in names anyway, so that it is no disguise."""
    common = tables.host_words()
    return common.get(word, 0) >= KNOWN or common.get(written, 0) >= KNOWN or written in tables.said_words()


def _worth(name: Hostname, word: Word, reading: Reading, lures: tuple[str, ...] | None) -> tuple[int, str]:
    own = word.label == name.own
    common = reading.term.commonness >= COMMON
    if lures == () and reading.alone:
        if own:
            return (ISSUED_SCORE if _issued(name) else 62 if common else 85), "tld_swap"
        return _below(name, word, common=common)
    if lures is not None:
        score = _lured(lures, common=common)
        return (score if own else score - 6), "combosquat"
    if reading.alone:
        return (44 if common else 64 if own else 52), "token"
    if len(reading.term.text) >= SURE_LENGTH and reading.term.commonness < KNOWN:
        return (62 if own else 50), "substring"
    return 40, "substring"


def _issued(name: Hostname) -> bool:
    """Tell whether a name stands below an ending that is issued to offices and schools, and to nobody else."""
    return not ISSUED.isdisjoint(name.labels[name.own + 1 :])


def _lured(lures: tuple[str, ...], *, common: bool) -> int:
    """Judge a brand beside lures: digits alone say less, and beside an everyday word so do two letters."""
    longest = 0
    for lure in lures:
        if len(lure) > longest and not lure.isdigit():
            longest = len(lure)
    score = 82 if longest else 72
    return score - (0 if not common else 4 if longest >= 3 else 12)


def _below(name: Hostname, word: Word, *, common: bool) -> tuple[int, str]:
    """Judge a brand that is a whole label below the registrable one: brand.com.evil.cn."""
    after = name.labels[word.label + 1 : name.own + 1]
    if after and after[0] in TLDS:
        return 90, "level_squat"
    return (45 if common else 62), "level_squat"


def _inside_a_word(word: str, around: tuple[str, str], term: LatinTerm, model: HostModel) -> bool:
    """Tell whether the spelling is cut out of other words: shijiebei holds jiebei, a sibling holds a name."""
    before, after = around
    if model.denied and any(name in word for name in model.denied if term.text not in name):
        return True
    if not (term.pinyin and (before or after)):
        return False
    parts = syllables(term.text)
    return _word_before(before, parts[0], model) or _word_after(parts[-1], after, model)


def _word_before(before: str, first: str, model: HostModel) -> bool:
    """Tell whether what stands before a name makes a word with its first syllable."""
    left = syllables(before[-12:])
    return bool(left) and not explained(before, model) and left[-1] + first in tables.word_sounds()


def _word_after(last: str, after: str, model: HostModel) -> bool:
    """Tell whether what stands behind a name makes a word, or a longer syllable, with its last one."""
    if not after or explained(after, model):
        return False
    right = syllables(after[:12])
    return last + right[0] in tables.word_sounds() if right else _longer_syllable(last, after)


def _longer_syllable(last: str, right: str) -> bool:
    return last + right[0] in tables.sounding()


def _across(name: Hostname, words: Sequence[Word], at: int, model: HostModel) -> Iterator[Find]:
    """Read a name with one hyphen or dot put into it: we-bank, we.bank."""
    one, two = words[at], words[at + 1]
    if two.start != one.start + len(one.text) + 1:
        return
    for known in model.forms.get(fold(one.text + two.text), ()):
        term = known.term
        if known.technique != "exact":
            continue
        rest = [w.text for i, w in enumerate(words) if w.label in {one.label, two.label} and i not in {at, at + 1}]
        if any(explained(text, model) is None for text in rest):
            continue
        dot = one.label != two.label
        if dot and two.label != name.own:
            continue
        yield Find(
            brand=term.brand, technique="dot_insertion" if dot else "hyphenation",
            score=(66 if dot else 76) - (6 if term.commonness >= COMMON else 0),
            matched=name.name[one.start : two.start + len(two.text)], expected=term.text, start=one.start,
            end=two.start + len(two.text), positions=tuple(range(one.start + len(one.text), two.start)),
        )  # fmt: skip


def _hyphens(name: Hostname, words: Sequence[Word], model: HostModel) -> Iterator[Find]:
    """Read a label with its hyphens taken out, for names cut into three or more."""
    for label in {w.label for w in words}:
        row = [w for w in words if w.label == label]
        for first in range(len(row) - 2):
            yield from _cut_from(name, row[first:], model)


def _dots(name: Hostname, words: Sequence[Word], model: HostModel) -> Iterator[Find]:
    """Read the last labels without the dots between them, where each is a syllable or more: wei.li.dai.com."""
    row = [word for word in words if word.text == name.labels[word.label]]
    if len(row) < 3 or row[-1].label != name.own:
        return
    joined = ""
    for first in range(len(row) - 1, -1, -1):
        joined = fold(row[first].text) + joined
        if len(row) - first >= 3 and joined in model.forms:
            found = _cut_up(name, row[first:], model.forms[joined])
            yield from (find._replace(technique="dot_insertion") for find in found)


def _cut_from(name: Hostname, row: Sequence[Word], model: HostModel) -> Iterator[Find]:
    joined = ""
    for last, word in enumerate(row, 1):
        joined += fold(word.text)
        if last >= 3 and joined in model.forms:
            yield from _cut_up(name, row[:last], model.forms[joined])


def _cut_up(name: Hostname, row: Sequence[Word], forms: tuple[Form, ...]) -> Iterator[Find]:
    start, end = row[0].start, row[-1].start + len(row[-1].text)
    if end - start != sum(len(w.text) + 1 for w in row) - 1:
        return
    matched = name.name[start:end]
    places = tuple(start + i for i, c in enumerate(matched) if not c.isalnum())
    cut = tuple(len(w.text) for w in row)
    for known in forms:
        if known.technique != "exact" or cut not in cuts(known.term.text):
            continue
        yield Find(
            brand=known.term.brand, technique="hyphenation", score=74, matched=matched, expected=known.term.text,
            start=start, end=end, positions=places,
        )  # fmt: skip


@lru_cache(maxsize=4096)
def cuts(text: str) -> frozenset[tuple[int, ...]]:
    """Give the ways a name is cut into three or more: between syllables, or every letter by itself.

    An English word of the trade behind the syllables (qi-yue-bank) is one part.

    >>> sorted(cuts("weilidai"))
    [(1, 1, 1, 1, 1, 1, 1, 1), (3, 2, 3)]
    >>> sorted(cuts("qiyuebank"))
    [(1, 1, 1, 1, 1, 1, 1, 1, 1), (2, 3, 4)]
    """
    parts = [len(part) for part in syllables(text) or _with_trade(text)][:8]
    found = {(1,) * len(text)}
    for chosen in range(1 << max(0, len(parts) - 1)):
        row = parts[:1]
        for at, size in enumerate(parts[1:]):
            if chosen >> at & 1:
                row.append(size)
            else:
                row[-1] += size
        if len(row) >= 3:
            found.add(tuple(row))
    return frozenset(found)


def _with_trade(text: str) -> tuple[str, ...]:
    """Give the syllables of a name and the English word of its trade, or nothing."""
    for word in tables.trades():
        if text.endswith(word) and (said := syllables(text.removesuffix(word))):
            return (*said, word)
    return ()


def _shorts(name: Hostname, words: Sequence[Word], at: int, model: HostModel) -> Iterator[Find]:
    """Read a short name only beside lures: wld-app, wlddaikuan."""
    word = words[at]
    for left, piece, right in [("", word.text, ""), *_glued(word.text, model)]:
        for term in model.shorts.get(piece, ()):
            lures = surroundings(Scene(name, words, at, left, right), model)
            telling = [w for w in lures or () if len(w) >= 3 and not w.isdigit() and w not in TLDS]
            if not telling:
                continue
            score = 64 if word.label == name.own else 56
            score += 6 if any(w in model.strong for w in telling) else 0
            start = word.start + len(left)
            yield Find(
                brand=term.brand, technique="short_combo", score=score, matched=piece, expected=term.text,
                start=start, end=start + len(piece), lures=lures or (),
            )  # fmt: skip


def _glued(word: str, model: HostModel) -> Iterator[tuple[str, str, str]]:
    for size in model.short_sizes:
        if word[:size] in model.shorts or word[-size:] in model.shorts:
            break
    else:
        return
    for short in model.shorts:
        if word != short and word.startswith(short):
            yield "", short, word[len(short) :]
        elif word != short and word.endswith(short):
            yield word[: -len(short)], short, ""
