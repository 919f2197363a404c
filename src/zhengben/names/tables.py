"""The shipped tables of the confusion model, each read once when first asked for. Sources: `data/README.md`."""

import gzip
import lzma
import tomllib
from collections import defaultdict
from collections.abc import Iterator, KeysView, Mapping
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

# digits that stand for letters, and i for l: one class each, so that any number of such swaps is one spelling
FOLD = str.maketrans("0i134578926", "olleastbgzb")
# A part that hundreds of characters share (氵, 口) tells none of them; of forty a reader may still guess one.
MOST_SHARING = 40
STROKES = frozenset("一丨丶丿乙亅丷乀乁乚")
MOST_RELATED = 120  # characters in use that may have a part, for a reader to take one of them for another
MOST_KIN = 12  # characters in use of which a part may be one, wherever it stands, to tell them
DATA = resources.files("zhengben.names").joinpath("data")


def _lines(name: str) -> Iterator[str]:
    """Give the lines of a table one by one: a list of 120,000 leaves 5 MB of holes behind, which stay resident."""
    with DATA.joinpath(name).open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8", newline="\n") as lines:
        yield from (line.rstrip("\n") for line in lines)


@cache
def _whole(name: str) -> bytes:
    return b"\n" + gzip.decompress(DATA.joinpath(name).read_bytes())


def _row(name: str, char: str) -> str:
    """Give what a table says of one character, or nothing.

    Only the characters of names are asked for, so the table stays as its bytes: a mapping weighs ten times as much.
    """
    whole, start = _whole(name), f"\n{char}\t".encode("utf-8", "surrogatepass")
    at = whole.find(start)
    return whole[at + len(start) : whole.find(b"\n", at + 1)].decode("utf-8") if at >= 0 else ""


def table_bytes() -> bytes:
    """Give the bytes of every table in one row, for the digest of a pack: other tables, other pack."""
    names = (
        "characters.tsv.gz",
        "heteronyms.tsv.gz",
        "shapes.tsv.gz",
        "splits.tsv.gz",
        "words.txt.gz",
        "confusables.tsv.gz",
        "hostwords.tsv.gz",
        "lures.toml",
        "pictures.toml",
        "emoji.tsv.gz",
        "english.toml",
        "english.tsv.gz",
        "radicals.tsv.gz",
        "rare.tsv.gz",
        "schoolbook.toml",
        "parts.toml",
        "finance.toml",
        "frames.toml",
        "evidence.toml",
        "sounds.toml",
        "said.tsv.gz",
    )
    # Packed as shipped: packed anew it is another pack, which costs a second screening and hides no change.
    return b"".join(DATA.joinpath(name).read_bytes() for name in names)


@cache
def _characters() -> tuple[dict[str, tuple[str, ...]], dict[str, str], dict[str, int]]:
    read: dict[str, tuple[str, ...]] = {}
    base: dict[str, str] = {}
    often: dict[str, int] = {}
    said: dict[str, tuple[str, ...]] = {}  # thousands of characters share one reading: kept once, 4 MB are saved
    for line in _lines("characters.tsv.gz"):
        char, readings, simple, count = line.split("\t")
        if readings:
            read[char] = said.setdefault(readings, tuple(readings.split(",")))
        if simple:
            base[char] = simple
        if count != "0":
            often[char] = int(count)
    return read, base, often


def readings(char: str) -> tuple[str, ...]:
    """Give the readings of a character with tone digits, the primary one first.

    >>> readings("微"), readings("行")[:2]
    (('wei1',), ('xing2', 'hang2'))
    """
    return _characters()[0].get(char, ())


def base(char: str) -> str:
    """Give the simplified or equivalent form of a character, or the character itself.

    >>> base("貸"), base("贷")
    ('贷', '贷')
    """
    return _characters()[1].get(char, char)


def plain(text: str) -> str:
    """Give a text with every character in its base form, place for place.

    >>> plain("貸欵額度")
    '贷款额度'
    """
    return text.translate(_plain())


@cache
def _plain() -> dict[int, str]:
    return {ord(char): simple for char, simple in _characters()[1].items()}


def frequency(char: str) -> int:
    """Give how often a character occurs in a million of ordinary Chinese writing; 0 for a rare one."""
    return _characters()[2].get(char, 0)


@cache
def variants() -> Mapping[str, tuple[str, ...]]:
    """Give, for each base form, the characters that are written for it."""
    other: defaultdict[str, list[str]] = defaultdict(list)
    for char, simple in _characters()[1].items():
        other[simple].append(char)
    return {simple: tuple(chars) for simple, chars in other.items()}


@cache
def sounding() -> Mapping[str, tuple[str, ...]]:
    """Give, for each toneless syllable, the characters whose primary reading it is (heteronyms make false hits)."""
    by: defaultdict[str, list[str]] = defaultdict(list)
    for char, known in _characters()[0].items():
        # Without the tone, the last sign of a reading: whoever misspells by ear rarely keeps it.
        by[known[0][:-1]].append(char)
    return {syllable: tuple(chars) for syllable, chars in by.items()}


@cache
def also_sounding() -> Mapping[str, tuple[str, ...]]:
    """Give, for each toneless syllable, the characters of which it is a reading in use beside the primary one.

    >>> "弹" in also_sounding()["tan"], "大" in also_sounding().get("dai", ())
    (True, False)
    """
    by: defaultdict[str, list[str]] = defaultdict(list)
    for char, others in (line.split("\t") for line in _lines("heteronyms.tsv.gz")):
        for syllable in others.split(","):
            by[syllable].append(char)
    return {syllable: tuple(chars) for syllable, chars in by.items()}


@cache
def shapes() -> Mapping[str, str]:
    """Give, for each character, its look-alikes as one string of character and two digits of likeness."""
    return dict(line.split("\t") for line in _lines("shapes.tsv.gz"))


def rare(char: str) -> str:
    """Give the look-alikes of a character that nobody writes today, as `shapes` does."""
    return _row("rare.tsv.gz", char)


@cache
def radicals() -> Mapping[str, str]:
    """Give, for each part of characters that has a code of its own, the character it is a form of: 贝 for U+2EC9."""
    return dict(line.split("\t") for line in _lines("radicals.tsv.gz"))


@cache
def splits() -> Mapping[str, tuple[str, ...]]:
    """Give, for each character, the ways it is written apart: 贷 as 代贝."""
    return {char: tuple(ways.split(",")) for char, ways in (line.split("\t") for line in _lines("splits.tsv.gz"))}


@cache
def _shared() -> Mapping[str, tuple[str, ...]]:
    by: defaultdict[str, list[str]] = defaultdict(list)
    for char, ways in splits().items():
        for way in ways:
            # Only characters of two parts: of three, nobody reads the last one as the whole.
            if len(way) == 2:
                by[way[-1]].append(char)
    return {part: tuple(dict.fromkeys(chars)) for part, chars in by.items()}


def sharing(part: str) -> tuple[str, ...]:
    """Give the characters of two parts whose second part this is, where they are few enough to be told by it.

    >>> "拉" in sharing("立")
    True
    """
    found = _shared().get(part, ())
    return found if len(found) <= MOST_SHARING else ()


@cache
def _holding() -> Mapping[str, tuple[str, ...]]:
    by: defaultdict[str, list[str]] = defaultdict(list)
    for char, ways in splits().items():
        for part in dict.fromkeys("".join(way for way in ways if len(way) == 2)) if frequency(char) else ():
            if readings(part) and part not in STROKES:
                by[part].append(char)
    return {part: tuple(chars) for part, chars in by.items() if len(chars) <= MOST_KIN}


@cache
def related(char: str) -> tuple[str, ...]:
    """Give the characters in use that have a part of one and others beside it: 粉 and 料 for 粒; few of few.

    >>> "料" in related("粒"), "帅" in related("帆"), "粒" in related("粒")
    (True, True, False)
    """
    parts = dict.fromkeys((char, *"".join(splits().get(char, ()))))
    found = dict.fromkeys(other for part in parts for other in _with_part().get(part, ()) if other != char)
    return tuple(found)


@cache
def _with_part() -> Mapping[str, tuple[str, ...]]:
    """Give, for each part that tells a character, the characters in use that have it."""
    by: defaultdict[str, list[str]] = defaultdict(list)
    for char, ways in splits().items():
        for part in dict.fromkeys("".join(ways)) if frequency(char) else ():
            by[part].append(char)
    return {part: tuple(chars) for part, chars in by.items() if part not in STROKES and len(chars) <= MOST_RELATED}


@cache
def kin(char: str) -> tuple[str, ...]:
    """Give the characters in use that have a part of this one, at any side, which few have: 隔 for 融.

    >>> "隔" in kin("融"), "粒" in kin("粉")
    (True, False)
    """
    parts = dict.fromkeys("".join(way for way in splits().get(char, ()) if len(way) == 2))
    return tuple(dict.fromkeys(other for part in parts for other in _holding().get(part, ()) if other != char))


@cache
def part_forms() -> Mapping[str, str]:
    """Give, for each part of characters that is drawn in several forms, all of them, itself first."""
    groups: list[str] = tomllib.loads(DATA.joinpath("parts.toml").read_text("utf-8"))["groups"]
    return {part: part + group.replace(part, "") for group in groups for part in group}


@cache
def built() -> Mapping[str, tuple[str, ...]]:
    """Give, for each two parts, the characters in use that are made of them."""
    by: defaultdict[str, list[str]] = defaultdict(list)
    for char, ways in splits().items():
        for way in ways:
            if len(way) == 2 and frequency(char):
                by[way].append(char)
    return {way: tuple(chars) for way, chars in by.items()}


def words() -> KeysView[str]:
    """Give the common words of two to four characters, for the lexical guard."""
    return word_ranks().keys()  # a set of its own would weigh 4 MB more


@cache
def word_ranks() -> Mapping[str, int]:
    """Give the rank of each common word, 0 the commonest."""
    return {word: rank for rank, word in enumerate(_lines("words.txt.gz"))}


@cache
def word_sounds() -> frozenset[str]:
    """Give the toneless pinyin of the commonest two-character words: shijie for 世界."""
    common = [word for word in islice(_lines("words.txt.gz"), 12000) if len(word) == 2]
    return frozenset("".join(readings(c)[0][:-1] if readings(c) else "?" for c in word) for word in common)


@cache
def said_words() -> frozenset[str]:
    """Give the toneless pinyin of every word of the list: kuaile for 快乐, kuaidi for 快递."""
    sounds = {char: readings(char)[0][:-1] for char in frozenset("".join(words())) if readings(char)}
    return frozenset("".join(map(sounds.__getitem__, word)) for word in words() if sounds.keys() >= set(word))


@cache
def confusables() -> Mapping[str, str]:
    """Give, for each character outside ASCII, the ASCII letters or digits it is taken for, as one string."""
    return {char: looks.replace(",", "") for char, looks in (line.split("\t") for line in _lines("confusables.tsv.gz"))}


@cache
def host_words() -> Mapping[str, int]:
    """Give how often a word stands in the background's names; one not listed stands there once or never."""
    return {word: int(count) for word, count in (line.split("\t") for line in _lines("hostwords.tsv.gz"))}


def hostnames() -> bytes:
    """Give the ordinary hostnames that a dossier is calibrated on: one a line, each ended by a newline."""
    return lzma.decompress(DATA.joinpath("hostnames.txt.xz").read_bytes())


def used_in_hosts(fold: str) -> bool:
    """Tell whether a word in look-alike classes is one of hostnames in use: no one-letter slip of a brand is.

    >>> used_in_hosts("google"), used_in_hosts("qqxzvw")
    (True, False)
    """
    return fold in host_words() or fold in _other_folds()


@cache
def _other_folds() -> frozenset[str]:
    # Half the words are their own class and stand among the words already: those are not kept twice.
    folds = (word.translate(FOLD) for word in host_words())
    return frozenset(fold for fold in folds if fold not in host_words())


@cache
def pictures() -> Mapping[str, str]:
    """Give, for each character, the pictures that are read as it."""
    raw = tomllib.loads(DATA.joinpath("pictures.toml").read_text("utf-8"))
    shown: dict[str, str] = dict.fromkeys(raw["money_characters"], raw["money"])
    for char, drawn in raw["pictures"].items():
        shown[char] = shown.get(char, "") + drawn
    return shown


@cache
def described() -> Mapping[str, tuple[str, ...]]:
    """Give, for each character, the pictures whose Chinese name holds it; one may be several signs, as a family is."""
    rows = (line.split("\t") for line in _lines("emoji.tsv.gz"))
    return {char: tuple(drawn.split(" ")) for char, drawn in rows}


def english(char: str) -> tuple[str, ...]:
    """Give the English words that translate a character.

    >>> "flower" in english("花"), english("x")
    (True, ())
    """
    return (*_row("english.tsv.gz", char).replace(",", " ").split(), *_told("characters").get(char, "").split())


@cache
def english_words() -> frozenset[str]:
    """Give words of English: those that translate a character, and those that only hold a sentence together."""
    rows = (line.split("\t")[1].split(",") for line in _lines("english.tsv.gz"))
    return frozenset(word for row in rows for word in row).union(_told("sentence")["words"].split())


@cache
def heard() -> Mapping[str, tuple[str, ...]]:
    """Give, for each toneless syllable, the short English words that are heard as it."""
    return {syllable: tuple(words.split(" ")) for syllable, words in _told("heard").items()}


@cache
def trades() -> Mapping[str, str]:
    """Give, for one word or picture, the Chinese word of a trade."""
    return _told("trades")


@cache
def _told(part: str) -> Mapping[str, str]:
    told: dict[str, str] = tomllib.loads(DATA.joinpath("english.toml").read_text("utf-8"))[part]
    return {key: value for key, value in told.items() if key != "source"}


@cache
def schoolbook() -> tuple[str, ...]:
    """Give the groups of characters that differ in a stroke."""
    return tuple(tomllib.loads(DATA.joinpath("schoolbook.toml").read_text("utf-8"))["groups"])


@cache
def finance() -> Mapping[str, Any]:
    """Give the words of finance, the names anybody may use, and the parts of names, each with its source."""
    return tomllib.loads(DATA.joinpath("finance.toml").read_text("utf-8"))


@cache
def frames() -> Mapping[str, Any]:
    """Give what stands before and behind the name of a credit or an account, as the table has it."""
    return tomllib.loads(DATA.joinpath("frames.toml").read_text("utf-8"))


@cache
def said() -> Mapping[str, float]:
    """Give, for runs of characters, the bits by which they are said around the name of a credit rather than elsewhere.

    What begins with `<` or `>` stands close up before the name or behind it.

    >>> said()["额度"] > 0 > said()["酒"]
    True
    """
    return {run: int(tenths) / 10 for run, tenths in (line.split("\t") for line in _lines("said.tsv.gz"))}


@cache
def evidence() -> Mapping[str, Any]:
    """Give the weight of each row of evidence for a slip of a name, with why, and the bits each mode asks."""
    return tomllib.loads(DATA.joinpath("evidence.toml").read_text("utf-8"))


@cache
def fuzzy() -> Mapping[str, Any]:
    """Give the sounds that are taken for one another, and how syllables with ü are typed."""
    return tomllib.loads(DATA.joinpath("sounds.toml").read_text("utf-8"))


@cache
def lures() -> tuple[frozenset[str], frozenset[str]]:
    """Give the strong and the weak lure words of hostnames."""
    raw = tomllib.loads(DATA.joinpath("lures.toml").read_text("utf-8"))
    return frozenset(raw["strong"]), frozenset(raw["weak"])
