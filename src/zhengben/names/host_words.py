"""The Latin side of hostnames: brand spellings among words, lures and labels, and what their surroundings say."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from zhengben.names import tables
from zhengben.names.host_model import COMMON, KNOWN, SHORTEST, Form, HostModel, LatinTerm
from zhengben.names.host_scene import EVERYTHING, Find, Looks, Scene, explained, readable, surroundings
from zhengben.names.host_slips import slip_finds
from zhengben.names.hostname import Hostname, Word
from zhengben.names.latin import fold, syllables

LONGEST_SHORT = 30  # letters of a word that may hold a short name
SURE_LENGTH = 7  # letters from which a spelling in the middle of an unknown word still speaks
TLDS = frozenset(["com", "cn", "net", "org", "cc", "vip", "top", "xyz", "app", "hk", "tw", "info", "io", "co", "www"])


def word_finds(name: Hostname, words: Sequence[Word], model: HostModel, looks: Looks = EVERYTHING) -> list[Find]:
    """Give every reading of the words of a name."""
    finds: list[Find] = []
    forms = model.forms
    for at, word in enumerate(words):
        written = word.text
        if looks.exact:
            if len(written) >= SHORTEST:
                finds += _as_they_stand(name, words, at, model)
            if at + 1 < len(words) and fold(written + words[at + 1].text) in forms:
                finds += _across(name, words, at, model)
            if model.shorts and len(written) < LONGEST_SHORT:
                finds += _shorts(name, words, at, model)
        if looks.slips and len(written) >= SHORTEST:
            finds += slip_finds(name, words, at, word, model)
    if looks.exact and len(words) > 2:
        finds += _hyphens(name, words, model)
    return finds


def _as_they_stand(name: Hostname, words: Sequence[Word], at: int, model: HostModel) -> Sequence[Find]:
    written = words[at].text
    standing = model.standing(fold(written))
    if not standing:
        return ()
    finds = []
    for place, form in standing:
        end = place + len(form)
        scene = Scene(name, words, at, written[:place], written[end:])
        finds += [_spelt(scene, known, written[place:end], model) for known in model.forms[form]]
    return [find for find in finds if find]


def _spelt(scene: Scene, known: Form, written: str, model: HostModel) -> Find | None:
    term, technique = known
    if technique == "exact" and written != term.text:
        technique = "homoglyph"
    if (
        not readable(written)
        or _inside_a_word(scene, term, model)
        or (technique == "homoglyph" and _in_use(scene, written))
    ):
        return None
    lures = surroundings(scene, model)
    score, way = _worth(scene, term, lures)
    if technique != "exact":
        score, way = score + _less(technique, plain=lures is not None), technique
    base = scene.words[scene.at].start + len(scene.left)
    changed = () if technique == "exact" else _changed(term.text, written, base)
    return Find(
        term.brand, way, min(99, score), written, term.text, base, base + len(written), changed, lures=lures or ()
    )


def _less(technique: str, *, plain: bool) -> int:
    """Give what a spelling that is not the name's own adds to a score or takes from it."""
    if technique == "near_pinyin":
        return -14 if plain else -30
    return 3 if plain else -10


def _changed(meant: str, written: str, base: int) -> tuple[int, ...]:
    return tuple(base + i for i, (a, b) in enumerate(zip(meant, written, strict=False)) if a != b)


def _in_use(scene: Scene, written: str) -> bool:
    """Tell whether a spelling is a word that stands in names anyway, so that it is no disguise."""
    word = scene.words[scene.at].text
    common = tables.host_words()
    return common.get(word, 0) >= KNOWN or common.get(written, 0) >= KNOWN


def _worth(scene: Scene, term: LatinTerm, lures: tuple[str, ...] | None) -> tuple[int, str]:
    own = scene.label == scene.name.own
    common = term.commonness >= COMMON
    if lures == () and not scene.left and not scene.right:
        if own:
            return (62 if common else 85), "tld_swap"
        return _below(scene, common=common)
    if lures is not None:
        wordy = [lure for lure in lures if not lure.isdigit()]
        score = 82 if wordy else 72
        score -= (12 if not any(len(w) >= 3 for w in wordy) else 4) if common else 0
        return (score if own else score - 6), "combosquat"
    if not scene.left and not scene.right:
        return (44 if common else 64 if own else 52), "token"
    if len(term.text) >= SURE_LENGTH and term.commonness < KNOWN:
        return (62 if own else 50), "substring"
    return 40, "substring"


def _below(scene: Scene, *, common: bool) -> tuple[int, str]:
    """Judge a brand that is a whole label below the registrable one: brand.com.evil.cn."""
    after = scene.name.labels[scene.label + 1 : scene.name.own + 1]
    if after and after[0] in TLDS:
        return 90, "level_squat"
    return (45 if common else 62), "level_squat"


def _inside_a_word(scene: Scene, term: LatinTerm, model: HostModel) -> bool:
    """Tell whether the spelling is cut out of other words: shijiebei holds jiebei, a sibling holds a name."""
    word = scene.words[scene.at].text
    if model.denied and any(name in word for name in model.denied if term.text not in name):
        return True
    if not (term.pinyin and (scene.left or scene.right)):
        return False
    parts = syllables(term.text)
    left, right = syllables(scene.left[-12:]), syllables(scene.right[:12])
    sounds = tables.word_sounds()
    lures = explained(scene.left, model), explained(scene.right, model)
    if left and not lures[0] and left[-1] + parts[0] in sounds:
        return True
    if right and not lures[1] and parts[-1] + right[0] in sounds:
        return True
    return bool(scene.right) and lures[1] is None and not right and _longer_syllable(parts[-1], scene.right)


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
        if len(row) < 3:
            continue
        for first in range(len(row) - 2):
            joined = ""
            for last in range(first, len(row)):
                joined += fold(row[last].text)
                if last - first >= 2 and joined in model.forms:
                    yield from _cut_up(name, row[first : last + 1], model.forms[joined])


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

    >>> sorted(cuts("weilidai"))
    [(1, 1, 1, 1, 1, 1, 1, 1), (3, 2, 3)]
    """
    parts = [len(part) for part in syllables(text)][:8]
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
