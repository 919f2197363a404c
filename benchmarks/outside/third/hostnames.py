"""Hostnames that trade on a brand, by technique, and those that only look like it."""

import hashlib
import random
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from disguise import INITIALS, NAMES, TABLE, plain
from pymispwarninglists.api import WarningLists
from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

HERE = Path(__file__).resolve().parent
SETTINGS: dict[str, Any] = tomllib.loads((HERE / "hosts.toml").read_text(encoding="utf-8"))
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
DRAWN = {"l": "1", "o": "0", "w": "vv", "m": "rn", "d": "cl", "i": "l", "g": "q"}
FOREIGN = {"a": "а", "e": "е", "i": "і", "o": "о", "y": "у", "x": "х", "p": "р", "c": "с"}
ACCENTED = {"a": "áàâ", "e": "éèê", "i": "íìî", "u": "úùû", "n": "ñń", "z": "żź"}
VOWELS = "aeiou"
OTHER_WORDS = ("chengdu", "huaibei", "hubei", "hebei")  # slips that are places of their own
BARE = ("other ending", "label below", "www glued", "com glued", "level squat", "figures")
SHORT = 7
Maker = Callable[[str, random.Random], str | None]


def _omit(term: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(term) - 1)
    return term[:place] + term[place + 1 :]


def _repeat(term: str, rng: random.Random) -> str:
    place = rng.randrange(len(term))
    return term[: place + 1] + term[place:]


def _transpose(term: str, rng: random.Random) -> str:
    place = rng.choice([place for place in range(len(term) - 1) if term[place] != term[place + 1]])
    return term[:place] + term[place + 1] + term[place] + term[place + 2 :]


def _insert(term: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(term))
    return term[:place] + rng.choice("abcdefghijklmnopqrstuvwxyz") + term[place:]


def _neighbour(term: str, rng: random.Random) -> str:
    place = rng.randrange(len(term))
    row = next(row for row in KEYS if term[place] in row)
    at = row.index(term[place])
    return term[:place] + rng.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2]) + term[place + 1 :]


def _vowel(term: str, rng: random.Random) -> str:
    place = rng.choice([place for place, mark in enumerate(term) if mark in VOWELS])
    return term[:place] + rng.choice(VOWELS.replace(term[place], "")) + term[place + 1 :]


def _bit(term: str, rng: random.Random) -> str:
    flips = [
        term[:place] + chr(ord(mark) ^ 1 << bit) + term[place + 1 :]
        for place, mark in enumerate(term)
        for bit in range(5)
        if chr(ord(mark) ^ 1 << bit).isascii() and chr(ord(mark) ^ 1 << bit).islower()
    ]
    return rng.choice(flips)


def _from(table: dict[str, str]) -> Maker:
    """One letter drawn from TABLE instead."""

    def made(term: str, rng: random.Random) -> str | None:
        places = [place for place, mark in enumerate(term) if mark in table]
        if not places:
            return None
        place = rng.choice(places)
        cell = table[term[place]]
        drawn = rng.choice(cell) if table is ACCENTED else cell
        return term[:place] + drawn + term[place + 1 :]

    return made


def _mark(mark: str) -> Maker:
    def made(term: str, rng: random.Random) -> str:
        place = rng.randrange(2, len(term) - 1)
        return term[:place] + mark + term[place:]

    return made


SLIPS: dict[str, Maker] = {
    "omission": _omit,
    "repetition": _repeat,
    "transposition": _transpose,
    "insertion": _insert,
    "keyboard neighbour": _neighbour,
    "vowel": _vowel,
    "bit flip": _bit,
    "drawn alike": _from(DRAWN),
    "hyphen inside": _mark("-"),
    "dot inside": _mark("."),
    "foreign letter": _from(FOREIGN),
    "accent": _from(ACCENTED),
}
COMBOS: dict[str, Callable[[str, random.Random], str]] = {
    "lure behind, pinyin": lambda term, rng: f"{term}{rng.choice(SETTINGS['lures_pinyin'])}.{_end(rng)}",
    "lure behind, English": lambda term, rng: f"{term}-{rng.choice(SETTINGS['lures_english'])}.{_end(rng)}",
    "lure before": lambda term, rng: f"{rng.choice(SETTINGS['lures_english'])}{term}.{_end(rng)}",
    "level squat": lambda term, rng: f"{term}.com.{rng.choice(SETTINGS['strangers'])}",
    "label below": lambda term, rng: f"{term}.{rng.choice(SETTINGS['strangers'])}",
    "on a platform": lambda term, rng: (
        f"{term}-{rng.choice(SETTINGS['lures_english'])}.{rng.choice(SETTINGS['platforms'])}"
    ),
    "other ending": lambda term, rng: f"{term}.{rng.choice(('top', 'vip', 'xyz', 'cc', 'shop', 'net'))}",
    "www glued": lambda term, rng: f"www{term}.{_end(rng)}",
    "com glued": lambda term, rng: f"{term}com.{rng.choice(('cn', 'top', 'vip'))}",
    "figures": lambda term, rng: f"{term}{rng.choice(('95384', '888', '2026', '01', '365'))}.{_end(rng)}",
    "several lures": lambda term, rng: (
        f"{rng.choice(SETTINGS['lures_pinyin'])}-{term}-{rng.choice(SETTINGS['lures_english'])}.{_end(rng)}"
    ),
}


def _end(rng: random.Random) -> str:
    return str(rng.choice(SETTINGS["ends"]))


def _seeded(*parts: str) -> random.Random:
    return random.Random(hashlib.sha256("/".join(("third", *parts)).encode()).hexdigest())


def _ascii(name: str) -> str:
    """NAME as it travels: each label beyond ASCII in punycode."""
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in name.split(".")
    )


def _still(term: str, made: str) -> bool:
    """Whether a slip is still the name: a short term keeps its first two letters (sebank is any bank)."""
    kept = len(term) >= SHORT or not made.isascii() or made[:2] == term[:2]
    return kept and not any(word in made for word in OTHER_WORDS)


def _slips_of(term: str) -> Iterator[tuple[str, str]]:
    """Slips of a Latin term; a short one keeps a lure beside it, since alone it would be another word."""
    for technique, maker in SLIPS.items():
        for number in range(3):
            rng = _seeded(technique, term, str(number))
            made = maker(term, rng)
            lure = f"-{rng.choice(SETTINGS['lures_pinyin'])}" if len(term) < SHORT else ""
            if made and made != term and _still(term, made):
                yield technique, f"{made}{lure}.{_end(rng)}"


def _combos_of(term: str) -> Iterator[tuple[str, str]]:
    """A Latin term with something put to it; huabei alone is North China."""
    for technique, maker in COMBOS.items():
        if term in ("huabei", "jiebei") and technique in BARE:
            continue
        for number in range(3):
            yield technique, maker(term, _seeded(technique, term, str(number)))


def _latin() -> Iterator[tuple[str, str, str]]:
    for brand, terms in SETTINGS["terms"].items():
        for term in terms:
            for technique, name in (*_slips_of(term), *_combos_of(term)):
                yield technique, brand, name


def _chinese_names(name: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Techniques in Chinese labels; a name of two characters keeps a lure beside it."""
    lure = rng.choice(SETTINGS["lures_chinese"])
    tail = lure if len(name) < 3 else ""
    yield "Chinese", name + tail
    yield "Chinese and lure", name + lure
    yield "Chinese, lure before", rng.choice(SETTINGS["lures_chinese"]) + name
    for technique, column in (("homophone", "homophone"), ("look-alike", "glyph"), ("near sound", "near")):
        places = [place for place, char in enumerate(name) if TABLE[char][column]]
        if len(name) < 3 or not places:
            continue
        place = rng.choice(places)
        made = name[:place] + rng.choice(TABLE[name[place]][column]) + name[place + 1 :]
        if made != "微利贷":
            yield f"Chinese, {technique}", made
    if any(TABLE[char]["traditional"] for char in name):
        yield "Chinese, traditional", "".join(TABLE[char]["traditional"] or char for char in name) + tail
    place = rng.randrange(len(name))
    yield "Chinese and Latin", name[:place] + plain(name[place]) + name[place + 1 :] + tail
    yield "Chinese and Latin lure", f"{name}{rng.choice(SETTINGS['lures_english'])}"


def _chinese() -> Iterator[tuple[str, str, str]]:
    for brand, name in NAMES.items():
        for number in range(4):
            rng = _seeded("chinese", brand, str(number))
            for technique, label in _chinese_names(name, rng):
                host = f"{label}.{rng.choice(('com', 'cn', 'net', 'top'))}"
                yield technique, brand, host if number % 2 else _ascii(host)


def _spoken() -> Iterator[tuple[str, str, str]]:
    for row in (HERE / "near_pinyin.txt").read_text(encoding="utf-8").splitlines()[1:]:
        brand, *labels = row.split()
        for label in labels:
            yield "near pinyin", brand, f"{label}.{_end(_seeded(label))}"


def _short() -> Iterator[tuple[str, str, str]]:
    for brand in INITIALS:
        short = "".join(plain(char)[0] for char in NAMES[brand])
        for lure in SETTINGS["lures_pinyin"][:4]:
            yield "initials and lure", brand, f"{short}-{lure}.{_end(_seeded(short, lure))}"


def impostors() -> list[tuple[str, str, str]]:
    """Technique, brand and hostname, no hostname twice."""
    found = {
        name: (technique, brand, name)
        for part in (_latin, _chinese, _spoken, _short)
        for technique, brand, name in part()
    }
    return list(found.values())


def hard() -> list[str]:
    """Names of other trades that hold or touch a brand's letters or characters."""
    settings = SETTINGS["hard"]
    names = [f"{stem}{trade}" for stem in settings["stems"] for trade in settings["trades"]]
    names = [name for name in names if not any(word in name for word in settings["spoil"])]
    rng = _seeded("hard")
    chosen = [f"{name}.{rng.choice(settings['ends'])}" for name in rng.sample(names, 640)]
    return [name for name in (*chosen, *settings["chinese"]) if not name.startswith(tuple(settings["too_near"]))]


def official() -> list[str]:
    """Names below the brands' own domains."""
    domains = (
        "webank.com",
        "lingfengbank.com",
        "zhuchenxf.com",
        "huifandai.cn",
        "chengdoupay.com",
        "liangyoubx.com",
        "alipay.com",
    )
    return [below + domain for domain in domains for below in ("", "www.", "m.", "login.secure.")]


def ordinary() -> list[str]:
    """Words of everyday Chinese in pinyin, and names of public top lists."""
    rng = _seeded("ordinary")
    words = sorted(word for word in phrases_dict if len(word) in (2, 3, 4))
    spelt = ["".join(lazy_pinyin(word)) for word in rng.sample(words, 700)]
    pinyin = [f"{word}.{rng.choice(('com', 'cn', 'net', 'com.cn'))}" for word in spelt if word.isascii()]
    listed = WarningLists(slow_search=False).warninglists["Top 1,000,000 most-used sites from Tranco"].list
    return [*dict.fromkeys(pinyin), *rng.sample(sorted(listed), 600)]
