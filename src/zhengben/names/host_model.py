"""The names of some brands as they stand in hostnames: spellings, one-letter neighbours, short names, lures."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from zhengben.core.brand import Brand
from zhengben.names import tables
from zhengben.names.hostname import in_ascii, in_unicode, public
from zhengben.names.latin import deletions, fold, near_pinyin, paired, syllables

SHORTEST, SHORTEST_TYPO = 4, 5
MOST_KEPT = 50_000  # words
COMMON, KNOWN = 20, 3  # times a word stands in the background sample: a word of every day; a word somebody uses


@dataclass(frozen=True, slots=True)
class LatinTerm:
    """One spelling of one brand's name: as the dossier has it, or the pinyin of a Chinese name.

    `commonness` is how often the background sample has it as a word of its own: it decides how freely it may match.
    """

    brand: str
    text: str
    pinyin: bool
    commonness: int


class Form(NamedTuple):
    """One folded spelling that is looked for as it stands: the term it means and the technique."""

    term: LatinTerm
    technique: str


@dataclass(frozen=True)
class HostModel:
    """Compiled names for hostnames. Keys of `forms` and `edits` are folded, the rest is plain.

    `official` has the brands by their own domains.
    """

    digest: str
    terms: tuple[LatinTerm, ...]
    forms: dict[str, tuple[Form, ...]]
    edits: dict[str, tuple[LatinTerm, ...]]
    shorts: dict[str, tuple[LatinTerm, ...]]
    official: dict[str, tuple[str, ...]]
    denied: frozenset[str]
    strong: frozenset[str]
    weak: frozenset[str]
    brands: tuple[Brand, ...] = field(repr=False)

    @cached_property
    def starts(self) -> dict[str, tuple[str, ...]]:
        """Give the forms by their first four letters."""
        by: dict[str, list[str]] = {}
        for form in self.forms:
            by.setdefault(form[:SHORTEST], []).append(form)
        return {start: tuple(sorted(forms, key=len, reverse=True)) for start, forms in by.items()}

    @cached_property
    def memo(self) -> dict[str, tuple[Any, ...]]:
        """Keep what was worked out for words: they repeat. Whoever fills it keeps it below `MOST_KEPT`."""
        return {}

    @cached_property
    def cuts(self) -> dict[str, tuple[str, ...] | None]:
        """Keep how words were cut into lures. Whoever fills it keeps it below `MOST_KEPT`."""
        return {}

    def standing(self, folded: str) -> tuple[tuple[int, str], ...]:
        """Give the forms that stand in a folded word, with their places, in the order of these."""
        starts = self.starts
        return tuple(
            [
                (place, form)
                for place in range(len(folded) - SHORTEST + 1)
                for form in starts.get(folded[place : place + SHORTEST], ())
                if folded.startswith(form, place)
            ]
        )

    def keep(self, word: str, found: tuple[Any, ...]) -> None:
        """Keep what was found for a word, and forget the rest when that has become much."""
        if len(self.memo) >= MOST_KEPT:
            self.memo.clear()
        self.memo[word] = found

    @cached_property
    def edges(self) -> tuple[frozenset[str], frozenset[str]]:
        """Give the first two and the last two letters of every name that may be written with a slip."""
        terms = [fold(term.text) for term in self.terms if len(term.text) >= SHORTEST_TYPO]
        return frozenset(text[:2] for text in terms), frozenset(text[-2:] for text in terms)

    @cached_property
    def short_sizes(self) -> tuple[int, ...]:
        """Give the lengths of the short names."""
        return tuple(sorted({len(short) for short in self.shorts}))

    @cached_property
    def own_domains(self) -> dict[str, tuple[str, ...]]:
        """Give the brands' own domains by their first label."""
        by: dict[str, list[str]] = {}
        for domain in self.official:
            by.setdefault(domain.split(".")[0], []).append(domain)
        return _frozen(by)

    @cached_property
    def lures(self) -> frozenset[str]:
        """Give every lure word."""
        return self.strong | self.weak

    @cached_property
    def longest_lure(self) -> int:
        """Give the length of the longest lure word."""
        return max(map(len, self.lures))


def pinyin_of(name: str) -> str:
    """Give the toneless pinyin of a Chinese name; 银行 is read as the bank it is. Empty where a character has none.

    >>> pinyin_of("微粒贷"), pinyin_of("招商银行")
    ('weilidai', 'zhaoshangyinhang')
    """
    sounds = [tables.readings(char) for char in name]
    if not all(sounds):
        return ""
    return "".join(s[0][:-1] for s in sounds).replace("yinxing", "yinhang")


def _terms(brand: Brand) -> list[LatinTerm]:
    spelt = [n.lower() for n in brand.names.latin if n.isascii() and n.isalnum()]
    spelt += map(pinyin_of, brand.names.chinese)
    common = tables.host_words()
    return [
        LatinTerm(brand.id, text, pinyin=bool(syllables(text)), commonness=common.get(text, 0))
        for text in dict.fromkeys(spelt)
        if len(text) >= SHORTEST
    ]


def _forms_of(term: LatinTerm) -> dict[str, str]:
    """Give the folded spellings that are looked for as they stand, with their technique."""
    found = {fold(term.text): "exact"}
    if len(term.text) >= SHORTEST_TYPO:
        found.update((fold(p), "homoglyph") for p in sorted(paired(term.text)) if fold(p) not in found)
    if term.pinyin and len(term.text) >= 6:
        near = (n for n in sorted(near_pinyin(term.text)) if tables.host_words().get(n, 0) < KNOWN)
        found.update((fold(n), "near_pinyin") for n in near if fold(n) not in found)
    return {form: how for form, how in found.items() if len(form) >= SHORTEST}


def _lures(brands: tuple[Brand, ...]) -> tuple[frozenset[str], frozenset[str]]:
    strong, weak = tables.lures()
    own = {pinyin_of(word) for brand in brands for word in brand.names.keywords}
    own |= {word.lower() for brand in brands for word in brand.names.keywords if word.isascii()}
    return strong | {w for w in own if len(w) >= 3}, weak


def _official(brands: tuple[Brand, ...]) -> dict[str, tuple[str, ...]]:
    official: dict[str, list[str]] = {}
    for brand in brands:
        values = [c.value.lower().rstrip(".") for c in brand.official("domain") if c.value]
        values = [value for value in values if not public(value)]
        for domain in dict.fromkeys(form for value in values for form in (value, in_ascii(value), in_unicode(value))):
            official.setdefault(domain, []).append(brand.id)
    return _frozen(official)


def host_model(brands: tuple[Brand, ...], digest: str) -> HostModel:
    """Compile the names of the brands for hostnames."""
    terms = tuple(term for brand in brands for term in _terms(brand))
    forms: dict[str, list[Form]] = {}
    edits: dict[str, list[LatinTerm]] = {}
    for term in terms:
        for form, how in _forms_of(term).items():
            forms.setdefault(form, []).append(Form(term, how))
        if len(term.text) >= SHORTEST_TYPO:
            for rest in deletions(fold(term.text)):
                edits.setdefault(rest, []).append(term)
    shorts: dict[str, list[LatinTerm]] = {}
    for brand in brands:
        for short in brand.names.short:
            if short.isascii() and len(short) >= 2:
                term = LatinTerm(brand.id, short.lower(), pinyin=False, commonness=COMMON)
                shorts.setdefault(short.lower(), []).append(term)
    strong, weak = _lures(brands)
    own = {term.text for term in terms}
    siblings = {pinyin_of(name) for brand in brands for name in brand.names.siblings} - own
    return HostModel(
        digest,
        terms,
        _frozen(forms),
        _frozen(edits),
        _frozen(shorts),
        _official(brands),
        frozenset(siblings - {""}),
        strong,
        weak,
        brands,
    )


def _frozen(table: dict[str, list[Any]]) -> dict[str, tuple[Any, ...]]:
    return {key: tuple(values) for key, values in table.items()}
