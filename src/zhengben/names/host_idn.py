"""Hostnames in other scripts: Chinese names as they are and in disguise, and Latin drawn with foreign letters."""

from collections.abc import Iterator
from dataclasses import replace

from zhengben.names.hits import Character, NameHit
from zhengben.names.host_scene import Find
from zhengben.names.host_slips import EDIT_SCORE
from zhengben.names.host_words import word_finds
from zhengben.names.hostname import WORD, Hostname, Word, skeleton, unicode_label
from zhengben.names.labels import bare
from zhengben.names.pack import Pack
from zhengben.names.scan import PAIR, best_of, find_han

# a word in Cyrillic that only holds a brand's letters is a word; what mixes scripts, or is the brand whole, deceives
WHOLE = frozenset({"tld_swap", "homoglyph", "level_squat"})
SOME = WHOLE | {"combosquat", "near_pinyin", "typo_combo", "hyphenation", "short_combo"} | frozenset(EDIT_SCORE)
SURE_ALONE = frozenset({"exact", "traditional", "shape", "separator", "zero_width"})
ALMOST = 64  # score of a name whose own characters are sure and one of its trade is another
LURED = 6  # taken from a name that is found only without the lures beside it
KIND_SCORE = {
    "exact": 90,
    "traditional": 88,
    "separator": 84,
    "zero_width": 86,
    "shape": 82,
    "homophone": 76,
    "near_sound": 66,
}


def idn_finds(name: Hostname, pack: Pack) -> Iterator[Find]:
    """Give every reading of the labels that are not plain ASCII."""
    start = 0
    latin: list[Word] = []
    for at, label in enumerate(name.labels[: name.own + 1]):
        written = unicode_label(label)
        if written:
            yield from _chinese(name, written, start, len(label), pack)
            latin += [Word(m.group(), start, at) for m in WORD.finditer(skeleton(written))]
        else:
            latin += [Word(m.group(), start + m.start(), at) for m in WORD.finditer(label)]
        start += len(label) + 1
    if latin:
        for find in word_finds(name, latin, pack.hosts):
            label = _label_at(name, find.start)
            written = unicode_label(label)
            if written and find.technique in (SOME if any(c.isascii() and c.isalpha() for c in written) else WHOLE):
                yield _drawn(name, find, label)


def _label_at(name: Hostname, start: int) -> str:
    head = name.name[:start]
    return name.labels[min(head.count("."), len(name.labels) - 1)]


def _drawn(name: Hostname, find: Find, label: str) -> Find:
    """Tell a Latin name drawn with foreign letters; what deceives is the whole label."""
    start = name.name.index(label)
    written = unicode_label(label)
    foreign = tuple({"index": i, "original": c} for i, c in enumerate(written) if not c.isascii())
    return find._replace(
        technique="idn_homoglyph", score=min(99, find.score + 8), matched=written, start=start,
        end=start + len(label),
        positions=tuple(range(start, start + len(label))), characters=foreign, unicode=written,
    )  # fmt: skip


def _chinese(name: Hostname, written: str, start: int, length: int, pack: Pack) -> Iterator[Find]:
    yield from _nearly(name, written, (start, length), pack)
    yield from _beside_lures(name, written, (start, length), pack)
    possible = pack.labels.possible(written)
    hits = best_of([*find_han(written, pack.table, "wide", possible)]) if possible else ()
    if not hits:
        return
    sure = {(h.start, h.brand) for h in find_han(written, pack.table, "balanced", possible)}
    for hit in hits:
        whole = hit.end - hit.start >= len(written) - 1
        if (hit.start, hit.brand) in sure or whole:
            score = KIND_SCORE.get(hit.kind, 74) - (0 if (hit.start, hit.brand) in sure else 8)
            yield _idn(name, written, (start, length), hit, score)


def _nearly(name: Hostname, written: str, place: tuple[int, int], pack: Pack) -> Iterator[Find]:
    """Read a label that is a name but for one character of the word of its trade, alone or beside lures."""
    bared = bare(written)
    label, base = (bared.text, bared.start) if bared else (written, 0)
    found = pack.labels.nearly(label)
    if found:
        term, differs = found
        told = tuple(
            Character(base + at, char, meant, *(("replacement", 0.6) if at == differs else ("exact", 0.0)))
            for at, (char, meant) in enumerate(zip(label, term.text, strict=True))
        )
        hit = NameHit(
            start=base, end=base + len(label), matched=label, brand=term.brand, expected=term.name,
            kind="replacement", score=ALMOST, characters=told,
        )  # fmt: skip
        yield _idn(name, written, place, hit, ALMOST)


def _beside_lures(name: Hostname, written: str, place: tuple[int, int], pack: Pack) -> Iterator[Find]:
    """Read what is left of a label without the lures at its ends: 官方花呗. It must be a name as a whole.

    A name of two characters that is only heard alike needs a lure of money: 花杯官网 sells cups.
    """
    bared = bare(written)
    possible = pack.labels.possible(bared.text) if bared else 0
    if not bared or not possible:
        return
    for hit in find_han(bared.text, pack.table, "wide", possible):
        drawn = hit.kind in SURE_ALONE or bared.money or len(hit.expected) > PAIR
        if drawn and (hit.start, hit.end) == (0, len(bared.text)):
            told = tuple([replace(char, index=char.index + bared.start) for char in hit.characters])
            whole = replace(hit, characters=told, start=bared.start, end=bared.start + len(bared.text))
            yield _idn(name, written, place, whole, KIND_SCORE.get(hit.kind, 74) - LURED)


def _idn(name: Hostname, written: str, place: tuple[int, int], hit: NameHit, score: int) -> Find:
    start, length = place
    ascii_label = name.labels[name.name[:start].count(".")].startswith("xn--")
    told = tuple(
        {"index": c.index, "original": c.original, "expected": c.expected, "how": c.how} for c in hit.characters
    )
    differ = [c.index for c in hit.characters if c.differs]
    spots = range(start, start + length) if ascii_label else [start + i for i in differ]
    return Find(
        brand=hit.brand, technique="idn" if hit.kind == "exact" else f"idn_{hit.kind}", score=score,
        matched=hit.matched,
        expected=hit.expected, start=start, end=start + length, positions=tuple(spots), characters=told,
        unicode=written,
    )  # fmt: skip
