"""Host names: impostors made by this set's own rules, and benign names, ordinary and hard."""

import hashlib
import random
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from pymispwarninglists.api import WarningLists

DATA = Path(__file__).resolve().parent / "data"
WORDS: dict[str, dict[str, list[str]]] = tomllib.loads((DATA / "hosts.toml").read_text(encoding="utf-8"))
TERMS, CHINESE, FORMS, LURES = (WORDS[part] for part in ("terms", "chinese", "forms", "lures"))
_KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
_LOOKS = {"l": "1", "i": "1", "o": "0", "e": "3", "a": "4", "g": "9", "s": "5", "b": "8"}
_CYRILLIC = {"a": "а", "e": "е", "i": "і", "o": "о", "c": "с", "p": "р", "x": "х", "y": "у"}
_ACCENTS = {"a": "áàâ", "e": "éèê", "i": "íìï", "o": "óòô", "u": "úùü", "n": "ñń", "w": "ŵẃ", "b": "ḃḅ"}
_FUZZY = [
    ("zhong", "zong"),
    ("ing", "in"),
    ("dai", "tai"),
    ("li", "ni"),
    ("hua", "fa"),
    ("jie", "jei"),
    ("qian", "chien"),
]
_ENDS = ["com", "cn", "net", "top", "xyz", "vip", "cc", "com.cn", "club", "shop", "site", "online", "icu", "app"]
_HARD = ["com", "cn", "net", "org", "com.cn"]
_HOSTING = [
    "pages.dev",
    "vercel.app",
    "github.io",
    "netlify.app",
    "web.app",
    "workers.dev",
    "myshopify.com",
    "glitch.me",
]
_OWN = {"webank.com", "alipay.com", "antgroup.com", "qingyubank.com", "maiduojq.com", "songtaoxf.com"}

Rule = Callable[[str, random.Random], str]


def _typo(make: Callable[[str, int, random.Random], str]) -> Rule:
    """A slip of the hand inside a Latin term; a short term keeps a lure beside it, or it were another word."""

    def rule(brand: str, dice: random.Random) -> str:
        term = dice.choice(TERMS[brand])
        label = make(term, dice.randrange(1, len(term) - 1), dice)
        if len(term) < 7:
            label = dice.choice([f"{label}-{_lure(dice)}", f"{_lure(dice)}-{label}"])
        return f"{label}.{dice.choice(_ENDS)}"

    return rule


def _lure(dice: random.Random) -> str:
    return dice.choice(LURES["pinyin"] + LURES["english"])


def _key(term: str, at: int, dice: random.Random) -> str:
    row = next(keys for keys in _KEYS if term[at] in keys)
    place = row.index(term[at])
    near = [row[index] for index in (place - 1, place + 1) if 0 <= index < len(row)]
    return term[:at] + dice.choice(near) + term[at + 1 :]


def _flip(term: str, at: int, dice: random.Random) -> str:
    able = [chr(ord(term[at]) ^ (1 << bit)) for bit in range(5)]
    return term[:at] + dice.choice([letter for letter in able if "a" <= letter <= "z"]) + term[at + 1 :]


def _table(table: dict[str, str]) -> Callable[[str, int, random.Random], str]:
    def make(term: str, _at: int, dice: random.Random) -> str:
        able = [place for place, letter in enumerate(term) if letter in table]
        at = dice.choice(able)
        return term[:at] + dice.choice(table[term[at]]) + term[at + 1 :]

    return make


def _fuzzy(brand: str, dice: random.Random) -> str:
    term = dice.choice(TERMS[brand])
    able = [(old, new) for old, new in _FUZZY if old in term] or [
        ("ei", "ai"),
        ("ao", "au"),
        ("uo", "ou"),
        ("bank", "benk"),
    ]
    old, new = dice.choice([pair for pair in able if pair[0] in term])
    return f"{term.replace(old, new, 1)}-{dice.choice(LURES['pinyin'])}.{dice.choice(_ENDS)}"


def _idn(label: str, end: str) -> str:
    return f"{'xn--' + label.encode('punycode').decode() if not label.isascii() else label}.{end}"


def _form(kind: str) -> Rule:
    """The brand's Chinese name in another form, in punycode."""

    def rule(brand: str, dice: random.Random) -> str:
        label = dice.choice(FORMS[f"{brand}_{kind}"])
        return _idn(label + dice.choice(["", dice.choice(LURES["chinese"])]), dice.choice(_ENDS))

    return rule


def _term(make: Callable[[str, random.Random], str]) -> Rule:
    return lambda brand, dice: make(dice.choice(TERMS[brand]), dice)


def _filler(dice: random.Random) -> str:
    return "".join(dice.choice("abcdefghkmnprstwxyz23456789") for _ in range(dice.randint(4, 8)))


TECHNIQUES: dict[str, Rule] = {
    "omission": _typo(lambda term, at, _dice: term[:at] + term[at + 1 :]),
    "doubling": _typo(lambda term, at, _dice: term[:at] + term[at] + term[at:]),
    "insertion": _typo(lambda term, at, dice: term[:at] + dice.choice("abcdeghiklmnoprstuwyz") + term[at:]),
    "transposition": _typo(lambda term, at, _dice: term[:at] + term[at + 1] + term[at] + term[at + 2 :]),
    "neighbour_key": _typo(_key),
    "bit_flip": _typo(_flip),
    "digit_look": _typo(_table(_LOOKS)),
    "accent_idn": lambda brand, dice: _idn(*_typo(_table(_ACCENTS))(brand, dice).split(".", 1)),
    "cyrillic_idn": lambda brand, dice: _idn(*_typo(_table(_CYRILLIC))(brand, dice).split(".", 1)),
    "near_pinyin": _fuzzy,
    "hyphen": _typo(lambda term, at, _dice: term[:at] + "-" + term[at:]),
    "pinyin_lure": _term(lambda term, dice: f"{term}{dice.choice(LURES['pinyin'])}.{dice.choice(_ENDS)}"),
    "lure_before": _term(lambda term, dice: f"{_lure(dice)}-{term}.{dice.choice(_ENDS)}"),
    "english_lure": _term(lambda term, dice: f"{term}-{dice.choice(LURES['english'])}.{dice.choice(_ENDS)}"),
    "two_lures": _term(lambda term, dice: f"{_lure(dice)}{term}{_lure(dice)}.{dice.choice(_ENDS)}"),
    "number": _term(
        lambda term, dice: f"{term}{dice.choice(['88', '666', '365', '2026', '01', '520'])}.{dice.choice(_ENDS)}"
    ),
    "www_glued": _term(lambda term, dice: f"{dice.choice(['www', 'm', 'wap', 'h5'])}{term}.{dice.choice(_ENDS)}"),
    "other_ending": _term(
        lambda term, dice: f"{term}.{dice.choice([*_ENDS[2:], 'io', 'ltd', 'wang', 'loan', 'credit'])}"
    ),
    "lower_label": _term(
        lambda term, dice: f"{term}.{dice.choice(['', 'com.', 'cn.'])}{_filler(dice)}.{dice.choice(_ENDS)}"
    ),
    "deep_label": _term(lambda term, dice: f"{_lure(dice)}.{term}.{_filler(dice)}.{dice.choice(_ENDS)}"),
    "hosting": _term(lambda term, dice: f"{term}{dice.choice(['', '-' + _lure(dice)])}.{dice.choice(_HOSTING)}"),
    "chinese_idn": lambda brand, dice: _idn(
        CHINESE[brand][0] + dice.choice(["", *LURES["chinese"]]), dice.choice(_ENDS)
    ),
    "traditional_idn": _form("trad"),
    "sound_idn": _form("sound"),
    "look_idn": _form("look"),
    "mixed_idn": _form("mixed"),
}


def impostors(each: int = 8) -> Iterator[tuple[str, str, str]]:
    """Technique, brand and name: EACH tries of every technique on every brand, repeats and official names left out."""
    seen = set(_OWN)
    for technique, rule in TECHNIQUES.items():
        for brand in TERMS:
            dice = random.Random(f"{technique}/{brand}")
            for _ in range(each):
                name = rule(brand, dice)
                if name not in seen:
                    seen.add(name)
                    yield technique, brand, name


def ordinary(cn: int = 1000, other: int = 1700) -> list[str]:
    """Names people visit, of public top lists: the lowest hashes, CN of them under .cn, none official."""
    found: set[str] = set()
    for entry in WarningLists(slow_search=True).warninglists.values():
        if any(word in entry.name for word in ("crux-1million", "websites from Cisco", "sites from Tranco")):
            found.update(str(name).lower().strip(".") for name in entry.list)
    plain = [name for name in found if "." in name and name.isascii() and not name.endswith(tuple(_OWN))]
    ranked = sorted(plain, key=lambda name: hashlib.sha256(f"rank {name}".encode()).digest())
    chinese = [name for name in ranked if name.endswith(".cn")]
    return [*chinese[:cn], *(name for name in ranked if not name.endswith(".cn"))][: cn + other]


def hard() -> Iterator[str]:
    """Names built from words that hold or touch the brands' Latin terms and mean something else."""
    for word in WORDS["near"]["words"]:
        dice = random.Random(word)
        tails = dice.sample(WORDS["near"]["tails"], 5)
        yield f"{word}.{dice.choice(_HARD)}"
        yield from (f"{word}{dice.choice(['', '-'])}{tail}.{dice.choice(_HARD)}" for tail in tails)
    for word in WORDS["near"]["chinese"]:
        yield _idn(word, random.Random(word).choice(["cn", "com", "net"]))
