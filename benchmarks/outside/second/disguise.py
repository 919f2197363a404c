"""Disguises of the brands' names, made from `data/glyphs.toml` by rules of this set's own, at known places."""

import random
import sys
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

sys.path.append(str(Path(__file__).resolve().parents[1]))

from spans import Disguised

DATA = Path(__file__).resolve().parent / "data"
_TABLES = tomllib.loads((DATA / "glyphs.toml").read_text(encoding="utf-8"))
GLYPHS: dict[str, dict[str, str]] = _TABLES["glyph"]
NAMES: dict[str, str] = _TABLES["names"]
_CARRIERS: dict[str, list[str]] = tomllib.loads((DATA / "carriers.toml").read_text(encoding="utf-8"))
_MARKS = "*·/|_~、。^•=+#★❤✨🔥💥"
_CYRILLIC = str.maketrans("aeiocpxyu", "аеіосрхуս")
_LEET = str.maketrans("ieoalsu", "13041$u")
_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_KANGXI = {
    unicodedata.normalize("NFKC", chr(point)): chr(point) for point in [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAD0)]
}

Rule = Callable[[str, random.Random], str]


def syllables(name: str) -> list[str]:
    """The syllables of NAME, without tones."""
    marked = (unicodedata.normalize("NFD", GLYPHS[char]["y"]) for char in name)
    return ["".join(mark for mark in syllable if not unicodedata.combining(mark)) for syllable in marked]


def _toned(name: str, _dice: random.Random) -> str:
    """NAME in pinyin with the tones as figures."""
    decomposed = [unicodedata.normalize("NFD", GLYPHS[char]["y"]) for char in name]
    tones = ["".join(str(_TONES[mark]) for mark in syllable if mark in _TONES) or "5" for syllable in decomposed]
    return "".join(syllable + tone for syllable, tone in zip(syllables(name), tones, strict=True))


def _places(name: str, field: str, count: int, dice: random.Random) -> set[int]:
    able = [place for place, char in enumerate(name) if GLYPHS[char][field]]
    return set(dice.sample(able, min(count or len(able), len(able))))


def _swap(field: str, count: int) -> Rule:
    """A rule that writes COUNT characters (0: all that can be) from the table's FIELD."""

    def rule(name: str, dice: random.Random) -> str:
        chosen = _places(name, field, count, dice)
        return "".join(dice.choice(GLYPHS[char][field]) if at in chosen else char for at, char in enumerate(name))

    return rule


def _whole(field: str, count: int) -> Rule:
    """As `_swap`, but the whole field stands for the character (its pieces, its bopomofo, its pinyin with tone)."""

    def rule(name: str, dice: random.Random) -> str:
        chosen = _places(name, field, count, dice)
        return "".join(GLYPHS[char][field] if at in chosen else char for at, char in enumerate(name))

    return rule


def _between(make: Callable[[random.Random], str]) -> Rule:
    """A rule that puts something between every two characters."""

    def rule(name: str, dice: random.Random) -> str:
        return "".join(char + (make(dice) if at < len(name) - 1 else "") for at, char in enumerate(name))

    return rule


def _each(make: Callable[[str], str]) -> Rule:
    return lambda name, _dice: "".join(make(char) for char in name)


def _pinyin(make: Callable[[list[str]], str]) -> Rule:
    return lambda name, _dice: make(syllables(name))


def _mixed(name: str, dice: random.Random, short: int = 0) -> str:
    """Some characters as pinyin (SHORT letters of it, if given), the rest as they are."""
    spoken = syllables(name)
    chosen = set(dice.sample(range(len(name)), max(1, len(name) // 2)))
    return "".join(
        (spoken[at][:short] if short else spoken[at]) if at in chosen else name[at] for at in range(len(name))
    )


def _transposed(name: str, dice: random.Random) -> str:
    at = dice.randrange(len(name) - 1)
    return name[:at] + name[at + 1 :: -1][:2] + name[at + 2 :]


def _shape_and_sound(name: str, dice: random.Random) -> str:
    one, other = dice.sample(range(len(name)), 2)
    marks = list(name)
    marks[one], marks[other] = dice.choice(GLYPHS[name[one]]["h"]), dice.choice(GLYPHS[name[other]]["g"])
    return "".join(marks)


RULES: dict[str, Rule] = {
    "traditional_all": _swap("s", 0),
    "traditional_one": _swap("s", 1),
    "sound_one": _swap("h", 1),
    "sound_two": _swap("h", 2),
    "near_sound_one": _swap("n", 1),
    "look_one": _swap("g", 1),
    "look_and_sound": _shape_and_sound,
    "marks_one": _between(lambda dice: dice.choice(_MARKS)),
    "marks_many": _between(lambda dice: "".join(dice.choice(_MARKS + "  ") for _ in range(dice.randint(2, 4)))),
    "spaces": _between(lambda dice: " " * dice.randint(1, 3)),
    "zero_width": _between(lambda dice: dice.choice("\u200b\u200c\u200d\u2060\ufeff")),
    "soft_hyphen": _between(lambda _dice: "\u00ad"),
    "emoji_between": _between(lambda dice: dice.choice(["💰", "👉", "❤️", "😂", "✅", "🔴"])),
    "latin_noise": _between(lambda dice: dice.choice("xzvkq")),
    "vertical": _between(lambda _dice: "\\n"),
    "struck": _each(lambda char: char + "\u0336"),
    "keycap": _each(lambda char: char + "\u20dd"),
    "bracketed": _each(lambda char: f"【{char}】"),
    "doubled": _each(lambda char: char * 2),
    "reversed_rlo": lambda name, _dice: "\u202e" + name[::-1] + "\u202c",
    "transposed": _transposed,
    "pieces_all": _whole("p", 0),
    "pieces_one": _whole("p", 1),
    "bopomofo_all": _whole("b", 0),
    "bopomofo_one": _whole("b", 1),
    "toned_pinyin": _whole("y", 0),
    "picture_one": _whole("e", 1),
    "compat": _each(lambda char: _KANGXI.get(char, char)),
    "html_entities": _each(lambda char: f"&#{ord(char)};"),
    "escapes": _each(lambda char: f"\\u{ord(char):04x}"),
    "percent": lambda name, _dice: quote(name),
    "pinyin": _pinyin("".join),
    "pinyin_spaced": _pinyin(" ".join),
    "pinyin_camel": _pinyin(lambda parts: "".join(part.capitalize() for part in parts)),
    "pinyin_numbers": _toned,
    "pinyin_wide": _pinyin(lambda parts: "".join(chr(ord(letter) + 0xFEE0) for letter in "".join(parts))),
    "pinyin_styled": _pinyin(lambda parts: "".join(chr(0x1D5EE + ord(letter) - 97) for letter in "".join(parts))),
    "pinyin_cyrillic": _pinyin(lambda parts: "".join(parts).translate(_CYRILLIC)),
    "pinyin_leet": _pinyin(lambda parts: "".join(parts).translate(_LEET)),
    "half_pinyin": _mixed,
    "half_initials": lambda name, dice: _mixed(name, dice, 1),
    "gloss": lambda name, _dice: "".join(
        f"{char}（{spoken}）" for char, spoken in zip(name, syllables(name), strict=True)
    ),
    "described": lambda name, _dice: "、".join(GLYPHS[char]["d"] for char in name),
}


def _fitting(kind: str, name: str) -> list[str]:
    """The sentences in which a careful reader can know NAME under a disguise of KIND."""
    clear = len(name) > 2 or kind not in _CARRIERS["needs_money"]
    return [
        sentence
        for sentence in [*_CARRIERS["advert"], *_CARRIERS["plain"]]
        if clear or any(word in sentence for word in _CARRIERS["money"])
    ]


def disguises(each: int = 4) -> Iterator[Disguised]:
    """Every rule on every brand, EACH times in different sentences; repeats and undisguised names are left out."""
    seen: set[str] = set()
    for kind, rule in RULES.items():
        for brand, name in NAMES.items():
            if len(name) == 2 and kind in _CARRIERS["too_much"]:
                continue
            dice = random.Random(f"{kind}/{brand}")
            for carrier in dice.sample(_fitting(kind, name), each):
                word = rule(name, dice)
                before, after = carrier.split("{}")
                text = before + word + after
                if word == name or text in seen:
                    continue
                seen.add(text)
                yield Disguised(kind, brand, text, len(before), len(before) + len(word))
