"""Chinese brand names as people disguise or mistype them, kind by kind, set into sentences written by hand.

The kinds were listed from what is seen in chats, comments and short messages; the stand-in characters are
those of `tables`.
A name whose characters offer no stand-in for a kind is left out of that kind, so kinds differ in size.
"""

import html
import itertools
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tables import (
    BOPOMOFO,
    CYRILLIC,
    EXPLAINED,
    LOOKS_IDENTICAL,
    PICTURE,
    SHAPE,
    SOUND,
    SPLIT,
    TONED,
    TRADITIONAL,
)

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Name:
    """A name in characters with the syllables it is read by."""

    brand: str
    han: str
    syllables: tuple[str, ...]


NAMES = (
    Name("weilidai", "微粒贷", ("wei", "li", "dai")),
    Name("weiyedai", "微业贷", ("wei", "ye", "dai")),
    Name("webank", "微众银行", ("wei", "zhong", "yin", "hang")),
    Name("jiebei", "借呗", ("jie", "bei")),
    Name("huabei", "花呗", ("hua", "bei")),
    Name("lanzhoudai", "澜舟贷", ("lan", "zhou", "dai")),
    Name("hesui", "禾穗银行", ("he", "sui", "yin", "hang")),
    Name("kuaili", "快栗", ("kuai", "li")),
    Name("xingyan", "星砚金", ("xing", "yan", "jin")),
    Name("chenggu", "橙谷分期", ("cheng", "gu", "fen", "qi")),
)
SHORT_GAPS = (" ", "·", "-", ".", "丨", "、", "*", "_", "/", "~")
LONG_GAPS = ("...", "——", " ❤ ", "【】", "→→", "☆★", " 🔥 ", "//", "、、", "  ")
UNSEEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u2063")
NOISE = ("a", "x", "1", "的", "o", "q")


def _one(name: Name, table: dict[str, str]) -> Iterator[str]:
    for at, char in enumerate(name.han):
        for other in table.get(char, ""):
            if other != char:
                yield name.han[:at] + other + name.han[at + 1 :]


def _several(name: Name, table: dict[str, str], count: int) -> Iterator[str]:
    """COUNT characters at once, one stand-in further along the table for each variant."""
    for places in itertools.combinations(range(len(name.han)), count):
        if all(table.get(name.han[at]) for at in places):
            for turn in range(3):
                chars = list(name.han)
                for at in places:
                    stand_ins = table[name.han[at]]
                    chars[at] = stand_ins[turn % len(stand_ins)]
                yield "".join(chars)


def _sound_and_shape(name: Name) -> Iterator[str]:
    for one, two in itertools.permutations(range(len(name.han)), 2):
        if name.han[one] in SOUND and name.han[two] in SHAPE:
            chars = list(name.han)
            chars[one], chars[two] = SOUND[name.han[one]][0], SHAPE[name.han[two]][0]
            yield "".join(chars)


def _mixed_pinyin(name: Name) -> Iterator[str]:
    for at, syllable in enumerate(name.syllables):
        yield name.han[:at] + syllable + name.han[at + 1 :]
    yield name.han[0] + "".join(name.syllables[1:])


def _letter(name: Name) -> Iterator[str]:
    """A single letter or digit read like the syllable."""
    for at, syllable in enumerate(name.syllables):
        for other in {
            "wei": "VW",
            "li": "L",
            "dai": "D",
            "bei": "B8",
            "hua": "H",
            "jie": "J",
            "qi": "7Q",
            "jin": "J",
        }.get(syllable, ""):
            yield name.han[:at] + other + name.han[at + 1 :]


def _styled(word: str, base: int) -> str:
    return "".join(chr(base + ord(char) - ord("a")) if char.isalpha() else char for char in word)


def _latin_styles(name: Name) -> Iterator[str]:
    word = "".join(name.syllables)
    for base in (0x1D41A, 0x1D4EA, 0x1D552, 0x24D0, 0xFF41, 0x1D68A):
        yield _styled(word, base)
    yield "".join(chr(0x1F130 + ord(char) - ord("a")) for char in word)


def _joined(name: Name, gaps: tuple[str, ...]) -> Iterator[str]:
    for gap in gaps:
        yield gap.join(name.han)


def _swaps(name: Name) -> Iterator[str]:
    for at in range(len(name.han) - 1):
        chars = list(name.han)
        chars[at], chars[at + 1] = chars[at + 1], chars[at]
        yield "".join(chars)


def _split(name: Name) -> Iterator[str]:
    yield from _one_split(name)
    if sum(char in SPLIT for char in name.han) > 1:
        yield "".join(SPLIT.get(char, char) for char in name.han)


def _one_split(name: Name) -> Iterator[str]:
    for at, char in enumerate(name.han):
        if char in SPLIT:
            yield name.han[:at] + SPLIT[char] + name.han[at + 1 :]
            yield name.han[:at] + " " + SPLIT[char] + " " + name.han[at + 1 :]


def _pairs(name: Name, left: str, right: str) -> str:
    return "".join(f"{left}{char}{right}" for char in name.han)


def _annotated(name: Name) -> Iterator[str]:
    yield "".join(f"{char}({syllable})" for char, syllable in zip(name.han, name.syllables, strict=True))
    yield "".join(f"{char}（{TONED[syllable]}）" for char, syllable in zip(name.han, name.syllables, strict=True))
    yield f"{name.han[:-1]}{name.syllables[-1]}{name.han[-1]}"


def _latin(name: Name) -> Iterator[str]:
    word = "".join(name.syllables)
    yield from (word, word.upper(), word.title(), "".join(s.title() for s in name.syllables))


def _homoglyphs(name: Name) -> Iterator[str]:
    word = "".join(name.syllables)
    yield "".join(CYRILLIC.get(char, char) for char in word)
    for at, char in enumerate(word):
        if char in CYRILLIC:
            yield word[:at] + CYRILLIC[char] + word[at + 1 :]


def _explained(name: Name) -> Iterator[str]:
    if all(char in EXPLAINED for char in name.han):
        yield "，".join(EXPLAINED[char] for char in name.han)


def _pictures(name: Name) -> Iterator[str]:
    for at, char in enumerate(name.han):
        for picture in PICTURE.get(char, ""):
            yield name.han[:at] + picture + name.han[at + 1 :]


def _escapes(name: Name) -> Iterator[str]:
    yield "".join(f"&#{ord(char)};" for char in name.han)
    yield "".join(f"&#x{ord(char):x};" for char in name.han)
    yield urllib.parse.quote(name.han)
    yield "".join(f"\\u{ord(char):04x}" for char in name.han)


def _tags(name: Name) -> Iterator[str]:
    first, rest = name.han[0], name.han[1:]
    yield f"{first}<b>{rest}</b>"
    yield f"{first}**{rest}**"
    yield f"<i>{first}</i>{html.escape('<')}{rest}" if len(name.han) > 3 else f"{first}<span>{rest}</span>"


KINDS: dict[str, Callable[[Name], Iterator[str]]] = {
    "exact": lambda n: iter((n.han,)),
    "traditional": lambda n: _one(n, TRADITIONAL),
    "homophone_1": lambda n: _one(n, SOUND),
    "homophone_2": lambda n: _several(n, SOUND, 2),
    "homophone_3": lambda n: _several(n, SOUND, 3),
    "shape_1": lambda n: _one(n, SHAPE),
    "shape_2": lambda n: _several(n, SHAPE, 2),
    "sound_and_shape": _sound_and_shape,
    "gap_short": lambda n: _joined(n, SHORT_GAPS),
    "gap_long": lambda n: _joined(n, LONG_GAPS),
    "zero_width": lambda n: _joined(n, UNSEEN),
    "strike_through": lambda n: iter(("".join(f"{c}\u0336" for c in n.han), "".join(f"{c}\u0338" for c in n.han))),
    "enclosed": lambda n: iter(("".join(f"{c}\u20dd" for c in n.han), "".join(f"{c}\u20de" for c in n.han))),
    "right_to_left": lambda n: iter((f"\u202e{n.han[::-1]}\u202c",)),
    "reversed": lambda n: iter((n.han[::-1],)),
    "vertical": lambda n: iter(("\\n" + "\\n".join(n.han) + "\\n",)),
    "pinyin": _latin,
    "pinyin_spaced": lambda n: iter((" ".join(n.syllables), "-".join(n.syllables), "'".join(n.syllables))),
    "pinyin_toned": lambda n: iter(("".join(TONED[s] for s in n.syllables), " ".join(TONED[s] for s in n.syllables))),
    "pinyin_mixed": _mixed_pinyin,
    "letter_for_sound": _letter,
    "initials": lambda n: iter(("".join(s[0] for s in n.syllables), "".join(s[0] for s in n.syllables).upper())),
    "latin_styled": _latin_styles,
    "latin_homoglyph": _homoglyphs,
    "split": _split,
    "looks_identical": lambda n: _one(n, LOOKS_IDENTICAL),
    "transposed": _swaps,
    "annotated": _annotated,
    "picture": _pictures,
    "bopomofo": lambda n: iter(("".join(BOPOMOFO[s] for s in n.syllables), " ".join(BOPOMOFO[s] for s in n.syllables))),
    "bopomofo_mixed": lambda n: iter((n.han[:-1] + BOPOMOFO[n.syllables[-1]], BOPOMOFO[n.syllables[0]] + n.han[1:])),
    "escaped": _escapes,
    "bracketed": lambda n: iter(
        (_pairs(n, "【", "】"), _pairs(n, "[", "]"), _pairs(n, "「", "」"), _pairs(n, "(", ")"))
    ),
    "doubled": lambda n: iter(("".join(c * 2 for c in n.han), n.han[0] + n.han, n.han + n.han[-1])),
    "noise": lambda n: _joined(n, NOISE),
    "tagged": _tags,
    "explained": _explained,
}
NOISE_KINDS = frozenset({"shape_2", "sound_and_shape", "homophone_3", "reversed", "noise", "explained"})
INITIALS_NEED = ("weilidai", "weiyedai", "lanzhoudai", "xingyan")


def carriers() -> list[str]:
    """The sentences, each with one `{b}`."""
    lines = (DATA / "carriers.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _of(kind: str, name: Name) -> list[str]:
    if kind == "initials" and name.brand not in INITIALS_NEED:
        return []
    return [word for word in dict.fromkeys(KINDS[kind](name)) if kind == "exact" or word != name.han]


def variants(per_name: int = 8) -> list[tuple[str, str, str, str]]:
    """(kind, brand, disguised name, sentence); at most PER_NAME of a kind for each name."""
    sentences, found, turn = carriers(), [], 0
    for kind in KINDS:
        for name in NAMES:
            words = _of(kind, name)
            step = max(1, len(words) // per_name)
            chosen = words[::step][:per_name]
            for word in chosen if len(chosen) > 2 else chosen * 3:
                found.append((kind, name.brand, word, sentences[turn % len(sentences)].replace("{b}", word)))
                turn += 7
    return found


def misspellings() -> list[tuple[str, str, str, str]]:
    """(kind, brand, word as written, sentence) from the file of honest slips."""
    found: list[tuple[str, str, str, str]] = []
    brand = ""
    for line in (DATA / "misspelt.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            brand = line[1:].strip()
        elif line and not line.startswith("#"):
            word, _, sentence = line.partition("|")
            found.append(("misspelt", brand, word, sentence.replace("{b}", word)))
    return found


def benign() -> list[tuple[str, str]]:
    """(kind, sentence) in which no brand of the set is written."""
    lines = (DATA / "benign_text.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, str] = {}
    kind, frames = "", [""]
    for line in lines:
        if line.startswith("@kind "):
            kind, frames = line[6:], [""]
        elif line.startswith("@frame "):
            frames = [*frames, line[7:]] if frames[-1:] != [""] else [line[7:]]
        elif line.startswith("@words "):
            found.update((frame.replace("{w}", word), kind) for word in line[7:].split() for frame in frames)
            frames = [""]
        elif line and not line.startswith("#"):
            found[line] = kind
    return [(kind, text) for text, kind in found.items()]
