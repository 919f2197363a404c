"""Hostnames: techniques of impostors, benign names, official ones; made from the tables of hosts.toml by a seed."""

import hashlib
import random
import tomllib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sets import HERE

_T = tomllib.loads((HERE / "hosts.toml").read_text(encoding="utf-8"))
_LURES, _TLDS, _BENIGN = _T["lures"], _T["tlds"], _T["benign"]
_BRANDS: dict[str, dict[str, Any]] = _T["brands"]
_EACH = 27  # names of each made technique, before doubles fall away
_SHORT = 7  # a slip in a term of fewer letters keeps the first two, lest it be any word
_KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
_NEIGHBOURS = {row[at]: row[max(at - 1, 0) : at] + row[at + 1 : at + 2] for row in _KEYS for at in range(len(row))}

Picked = tuple[str, str]  # brand, and its hostname without the part that is drawn here


def _ace(name: str) -> str:
    """NAME as a feed has it, in xn-- form where it is not ASCII; one name in four as a person writes it."""
    if name.isascii() or hashlib.sha256(name.encode()).digest()[0] % 4 == 0:
        return name
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in name.split(".")
    )


class _Draw:
    """One technique's own sequence of choices."""

    def __init__(self, technique: str) -> None:
        self._random = random.Random(f"fourth/{technique}")
        self._turn = 0

    def one(self, things: Any) -> Any:
        return self._random.choice(list(things))

    def letter(self, letters: Iterable[str]) -> str:
        return self._random.choice(sorted(letters))

    def brand(self) -> tuple[str, dict[str, Any]]:
        """Brands in turn, so that each has its share."""
        names = list(_BRANDS)
        self._turn += 1
        name = names[self._turn % len(names)]
        return name, _BRANDS[name]

    def tld(self) -> str:
        return str(self.one(_TLDS["common"]))

    def latin(self) -> tuple[str, str]:
        name, brand = self.brand()
        return name, str(self.one(brand["latin"]))

    def clear(self) -> tuple[str, str]:
        """As `latin`, without the bare huabei and jiebei: cut or changed, they are any word."""
        name, term = self.latin()
        return name, f"mayi{term}" if term in {"huabei", "jiebei"} else term

    def glue(self) -> str:
        return str(self.one(["", "-", ""]))

    def place(self, word: str) -> int:
        """Where a slip falls: never the first letter, nor the first two of a short term."""
        return self._random.randrange(2 if len(word) < _SHORT else 1, len(word))


def _chinese_plain(draw: _Draw) -> Picked:
    name, brand = draw.brand()
    return name, f"{brand['chinese']}{draw.one([*_LURES['chinese_after'], ''])}.{draw.one(['com', 'cn', 'net', 'top'])}"


def _chinese_tld(draw: _Draw) -> Picked:
    name, brand = draw.brand()
    return name, f"{draw.one(['www.', 'm.', ''])}{brand['chinese']}.{draw.one(_TLDS['chinese'])}"


def _chinese_before(draw: _Draw) -> Picked:
    name, brand = draw.brand()
    return name, f"{draw.one(_LURES['chinese_before'])}{brand['chinese']}.{draw.one([*_TLDS['chinese'], 'com', 'cn'])}"


def _chinese_with_latin(draw: _Draw) -> Picked:
    name, brand = draw.brand()
    word = draw.one(["app", "vip", "24h", "95", "kefu", "pay", "online", "365", "h5", "cn"])
    label = draw.one([f"{brand['chinese']}{word}", f"{word}{brand['chinese']}", f"{brand['chinese']}-{word}"])
    return name, f"{label}.{draw.tld()}"


def _chinese_level(draw: _Draw) -> Picked:
    name, brand = draw.brand()
    head = draw.one([brand["chinese"], f"{brand['chinese']}.com", f"www.{brand['chinese']}.cn"])
    return name, f"{head}.{draw.one(_TLDS['evil'])}"


def _chinese_hyphens(draw: _Draw) -> Picked:
    name, brand = draw.brand()
    return name, f"{'-'.join(brand['chinese'])}{draw.one(['', '-app', '88'])}.{draw.tld()}"


def _lure(table: str, *, before: bool = False) -> Callable[[_Draw], Picked]:
    def made(draw: _Draw) -> Picked:
        name, term = draw.latin()
        word, glue = draw.one(_LURES[table]), draw.glue()
        return name, f"{word}{glue}{term}.{draw.tld()}" if before else f"{term}{glue}{word}.{draw.tld()}"

    return made


def _around(draw: _Draw) -> Picked:
    name, term = draw.latin()
    left, right = draw.one(_LURES["pinyin_before"]), draw.one(_LURES["english_after"])
    return name, f"{left}{draw.glue()}{term}{draw.glue()}{right}.{draw.tld()}"


def _digits(draw: _Draw) -> Picked:
    name, term = draw.latin()
    number = draw.one(_T["latin"]["digits"])
    return name, f"{draw.one([f'{term}{number}', f'{number}{term}', f'{term}-{number}'])}.{draw.tld()}"


def _level(draw: _Draw) -> Picked:
    name, term = draw.latin()
    head = draw.one([f"{term}.com", f"www.{term}.com.cn", term, f"m.{term}", f"{term}-com", f"www-{term}-cn"])
    return name, f"{head}.{draw.one(_TLDS['evil'])}"


def _hosting(draw: _Draw) -> Picked:
    name, term = draw.latin()
    word = draw.one([*_LURES["english_after"], *_LURES["pinyin_after"]])
    return name, f"{draw.one([term, f'{term}-{word}', f'{word}-{term}'])}.{draw.one(_TLDS['hosting'])}"


def _swapped_tld(draw: _Draw) -> Picked:
    name, term = draw.latin()
    return (
        name,
        f"{term}.{draw.one(['vip', 'top', 'cc', 'xyz', 'info', 'co', 'app', 'loan', 'finance', 'hk', 'tw', 'me'])}",
    )


def _own_tld(draw: _Draw) -> Picked:
    """A hyphen where no syllable need end."""
    name, term = draw.clear()
    at = draw.one(range(3, len(term) - 1))
    return name, f"{draw.one(['www.', 'm.', 'h5.'])}{term[:at]}-{term[at:]}.{draw.tld()}"


def _slip(change: Callable[[_Draw, str, int], str]) -> Callable[[_Draw], Picked]:
    def made(draw: _Draw) -> Picked:
        name, term = draw.clear()
        return name, f"{change(draw, term, draw.place(term))}.{draw.tld()}"

    return made


def _omitted(_: _Draw, word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def _crossed(_: _Draw, word: str, at: int) -> str:
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _doubled(_: _Draw, word: str, at: int) -> str:
    return word[:at] + word[at] + word[at:]


def _neighbour(draw: _Draw, word: str, at: int) -> str:
    return word[:at] + draw.letter(_NEIGHBOURS[word[at]]) + word[at + 1 :]


def _inserted(draw: _Draw, word: str, at: int) -> str:
    return word[:at] + draw.letter("aeioungrst") + word[at:]


def _other_vowel(draw: _Draw, word: str, at: int) -> str:
    places = [place for place in range(at, len(word)) if word[place] in "aeiou"] or [max(map(word.rfind, "aeiou"))]
    return word[: places[0]] + draw.letter(set("aeiou") - {word[places[0]]}) + word[places[0] + 1 :]


def _flipped(draw: _Draw, word: str, at: int) -> str:
    flips = [chr(ord(word[at]) ^ (1 << bit)) for bit in range(5)]
    return word[:at] + draw.letter(sorted(c for c in flips if "a" <= c <= "z")) + word[at + 1 :]


def _added(draw: _Draw, word: str, _: int) -> str:
    return word + draw.letter("aeikmnosxz")


def _hyphened(draw: _Draw) -> Picked:
    name, brand = draw.brand()
    lures = [f"-{draw.one(_LURES['english_after'])}", f"-{draw.one(_LURES['pinyin_after'])}"]
    lure = draw.one(lures if len(brand["syllables"]) == len("花呗") else ["", *lures])
    return name, f"{'-'.join(brand['syllables'])}{lure}.{draw.tld()}"


def _dotted(draw: _Draw) -> Picked:
    name, brand = draw.brand()
    while len(brand["syllables"]) == len("花呗"):
        name, brand = draw.brand()
    return name, f"{'.'.join(brand['syllables'])}.{draw.tld()}"


def _initials(draw: _Draw) -> Picked:
    name, brand = draw.brand()
    while not brand["initials"]:
        name, brand = draw.brand()
    word = draw.one(["daikuan", "kefu", "tie", "loan", "huankuan", "jieqian", "xinyongka", "credit", "shenqing"])
    return name, f"{brand['initials']}{draw.one(['', '-'])}{word}.{draw.tld()}"


def _homoglyph(draw: _Draw) -> Picked:
    name, term = draw.latin()
    table = _T["latin"]["homoglyph"]
    at = draw.one([place for place, letter in enumerate(term) if letter in table])
    return name, f"{term[:at]}{table[term[at]]}{term[at + 1 :]}.{draw.tld()}"


def _homoglyphs(draw: _Draw) -> Picked:
    """Every letter that Cyrillic has too."""
    name, term = draw.latin()
    return name, f"{''.join(_T['latin']['homoglyph'].get(c, c) if c in 'aceiopy' else c for c in term)}.{draw.tld()}"


def _accented(draw: _Draw) -> Picked:
    name, term = draw.latin()
    table = _T["latin"]["accent"]
    at = draw.one([place for place, letter in enumerate(term) if letter in table])
    return name, f"{term[:at]}{draw.one(table[term[at]])}{term[at + 1 :]}.{draw.tld()}"


_SLIPS: dict[str, Callable[[_Draw], Picked]] = {
    "letter omitted": _slip(_omitted),
    "letters crossed": _slip(_crossed),
    "letter doubled": _slip(_doubled),
    "neighbouring key": _slip(_neighbour),
    "letter inserted": _slip(_inserted),
    "other vowel": _slip(_other_vowel),
    "bit flipped": _slip(_flipped),
    "letter added": _slip(_added),
}
_MADE: dict[str, Callable[[_Draw], Picked]] = {
    "Chinese": _chinese_plain,
    "Chinese, Chinese top level": _chinese_tld,
    "Chinese, lure before": _chinese_before,
    "Chinese with Latin": _chinese_with_latin,
    "Chinese level squat": _chinese_level,
    "Chinese, hyphens": _chinese_hyphens,
    "pinyin lure after": _lure("pinyin_after"),
    "pinyin lure before": _lure("pinyin_before", before=True),
    "English lure after": _lure("english_after"),
    "English lure before": _lure("english_before", before=True),
    "lures on both sides": _around,
    "digits": _digits,
    "level squat": _level,
    "free hosting": _hosting,
    "other top level": _swapped_tld,
    "hyphen inside": _own_tld,
    "syllables, hyphens": _hyphened,
    "syllables, dots": _dotted,
    "initials and lure": _initials,
    "one foreign letter": _homoglyph,
    "foreign letters": _homoglyphs,
    "accent": _accented,
    **_SLIPS,
}


def _listed() -> Iterator[tuple[str, str, str]]:
    """The techniques whose stems are written by hand, each with a lure or without."""
    tables = {f"Chinese, {kind.replace('_', ' ')}": rows for kind, rows in _T["chinese"].items()}
    tables |= {"near pinyin": _T["latin"]["near"], "look-alike letters": _T["latin"]["confusable"]}
    for technique, rows in tables.items():
        draw = _Draw(technique)
        for row in rows:
            brand, stem = row.split(" ")
            lures = _LURES["chinese_after"] if technique.startswith("Chinese") else _LURES["pinyin_after"]
            lure = draw.one(lures)
            bare = len(stem) > len("花呗")  # two characters alone may be anybody's
            yield technique, brand, f"{stem}{draw.one(['', '', lure]) if bare else lure}.{draw.tld()}"


def _made() -> Iterator[tuple[str, str, str]]:
    avoided = set(_T["latin"]["other_words"])
    official = {term for brand in _BRANDS.values() for term in brand["latin"]}
    for technique, make in _MADE.items():
        draw = _Draw(technique)
        for _ in range(_EACH):
            brand, name = make(draw)
            word = name.split(".")[0]
            if word not in (avoided | official if technique in _SLIPS else avoided):
                yield technique, brand, name


def impostors() -> list[tuple[str, str, str]]:
    """Technique, brand and hostname, no hostname twice, no official one."""
    true = set(official())
    found = {name: (technique, brand, _ace(name)) for technique, brand, name in [*_listed(), *_made()]}
    return [item for name, item in found.items() if not any(name == own or name.endswith(f".{own}") for own in true)]


def ordinary() -> list[str]:
    """Sites people know, and names of everyday words."""
    draw = _Draw("ordinary")
    words = [f"{place}{word}" for place in _BENIGN["places"] for word in _BENIGN["pinyin"]]
    words += [f"{word}{trade}" for word in _BENIGN["english"] for trade in _BENIGN["trades"]]
    chosen = random.Random("fourth/everyday").sample(words, 600)
    return [*_BENIGN["known"], *(f"{draw.one(['', 'www.', 'm.', ''])}{word}.{draw.tld()}" for word in chosen)]


def hard() -> list[str]:
    """Near stems with a trade, names that swallow a term, Chinese ones that resemble a name."""
    draw = _Draw("hard")
    made = [f"{stem}{trade}.{draw.tld()}" for stem in _BENIGN["near_stems"] for trade in _BENIGN["near_trades"]]
    return [*made, *_BENIGN["swallowed"], *map(_ace, _BENIGN["chinese"])]


def official() -> list[str]:
    """Hosts of the brands' own domains."""
    return list(_BENIGN["official"])
