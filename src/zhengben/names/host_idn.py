"""Hostnames in other scripts: Chinese names as they are and in disguise, and Latin drawn with foreign letters."""

from collections.abc import Iterator

from zhengben.names.hits import NameHit
from zhengben.names.host_scene import Find
from zhengben.names.host_slips import EDIT_SCORE
from zhengben.names.host_words import word_finds
from zhengben.names.hostname import WORD, Hostname, Word, skeleton, unicode_label
from zhengben.names.pack import Pack
from zhengben.names.scan import best_of, find_han

# a word in Cyrillic that only holds a brand's letters is a word; what mixes scripts, or is the brand whole, deceives
WHOLE = frozenset({"tld_swap", "homoglyph", "level_squat"})
SOME = WHOLE | {"combosquat", "near_pinyin", "typo_combo", "hyphenation", "short_combo"} | frozenset(EDIT_SCORE)
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
