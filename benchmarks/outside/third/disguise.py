"""Brand names disguised on purpose: every kind here was written from one person's knowledge, none from the product."""

import hashlib
import random
import sys
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from spans import Disguised

HERE = Path(__file__).resolve().parent
COLUMNS = (
    "tone",
    "digit",
    "bopomofo",
    "homophone",
    "near",
    "glyph",
    "pieces",
    "traditional",
    "variant",
    "emoji",
    "said",
)
NAMES = {
    "weilidai": "微粒贷",
    "weiyedai": "微业贷",
    "webank": "微众银行",
    "huabei": "花呗",
    "jiebei": "借呗",
    "lingfengbank": "岭丰银行",
    "zhuchen": "筑辰消费金融",
    "huifandai": "惠帆贷",
    "chengdou": "橙兜",
    "liangyou": "良佑保险",
}
INITIALS = ("weilidai", "weiyedai", "huifandai")  # the dossiers that list their initials
GENERIC = ("微利贷", "微贷", "花吧", "惠农贷")  # what no table may turn a name into
EACH = 3
MATH = (0x1D41A, 0x1D44E, 0x1D4EA, 0x1D5BA, 0x1D68A)
CYRILLIC = str.maketrans("aeiocpxyu", "аеіосрхуυ")
LEET = str.maketrans("aeio", "4310")
SMALL = str.maketrans("abdefghilnrouwyzc", "ᴀʙᴅᴇꜰɢʜɪʟɴʀᴏᴜᴡʏᴢᴄ")
RAISED = str.maketrans("abdefghilnrouwyzcjx", "ᵃᵇᵈᵉᶠᵍʰⁱˡⁿʳᵒᵘʷʸᶻᶜʲˣ")
TURNED = str.maketrans("abcdefghijlnrouwyz", "ɐqɔpǝɟƃɥıɾluɹonʍʎz")


def _table() -> dict[str, dict[str, str]]:
    rows = (HERE / "characters.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [row.split("\t") for row in rows]
    return {cell[0]: dict(zip(COLUMNS, cell[1:], strict=True)) for cell in cells}


TABLE = _table()


def plain(char: str) -> str:
    """The pinyin of CHAR without its tone."""
    return "".join(
        mark for mark in unicodedata.normalize("NFD", TABLE[char]["tone"]) if not unicodedata.combining(mark)
    )


def spelled(name: str) -> str:
    """The pinyin of NAME in one word."""
    return "".join(map(plain, name))


def _swap(name: str, column: str, count: int, rng: random.Random) -> str | None:
    """COUNT characters of NAME replaced from a column; none when fewer can be, or all would be."""
    places = [place for place, char in enumerate(name) if TABLE[char][column]]
    if len(places) < count or (count >= len(name) and column in ("homophone", "near", "glyph")):
        return None
    chars = list(name)
    for place in rng.sample(places, count):
        cell = TABLE[chars[place]][column]
        chars[place] = rng.choice(cell) if column in ("homophone", "near", "glyph") else cell
    made = "".join(chars)
    return None if any(word in made for word in GENERIC) else made


def _one(column: str, count: int = 1, least: int = 2) -> Callable[[str, random.Random], str | None]:
    return lambda name, rng: _swap(name, column, count, rng) if len(name) >= least else None


def _all_that(column: str) -> Callable[[str, random.Random], str | None]:
    """Every character that has an entry is replaced, two at least."""

    def made(name: str, _rng: random.Random) -> str | None:
        cells = [TABLE[char][column] for char in name]
        have = sum(map(bool, cells))
        return "".join(cell or char for cell, char in zip(cells, name, strict=True)) if have >= 2 else None

    return made


def _between(*fillers: str) -> Callable[[str, random.Random], str]:
    return lambda name, rng: rng.choice(fillers).join(name)


def _around(form: str) -> Callable[[str, random.Random], str]:
    return lambda name, _rng: "".join(form.format(char) for char in name)


def _coded(form: str) -> Callable[[str, random.Random], str]:
    return lambda name, _rng: "".join(form.format(ord(char)) for char in name)


def _spelt(change: Callable[[str, random.Random], str]) -> Callable[[str, random.Random], str]:
    return lambda name, rng: change(spelled(name), rng)


def _syllables(column: str, joint: str) -> Callable[[str, random.Random], str]:
    return lambda name, _rng: joint.join(
        plain(char) + TABLE[char][column] if column == "digit" else TABLE[char][column] for char in name
    )


def _noise(name: str, rng: random.Random) -> str:
    """Another letter after each character but the last."""
    return "".join(char + rng.choice("abkqxz") for char in name[:-1]) + name[-1]


def _mathematical(word: str, rng: random.Random) -> str:
    """WORD in one of the mathematical alphabets; the italic h has its own place in Unicode."""
    base = rng.choice(MATH)
    return "".join("ℎ" if (base, mark) == (0x1D44E, "h") else chr(base + ord(mark) - 97) for mark in word)


def _pinyin_one(name: str, rng: random.Random) -> str:
    place = rng.randrange(len(name))
    return name[:place] + plain(name[place]) + name[place + 1 :]


def _turned_round(name: str, rng: random.Random) -> str | None:
    """Two neighbours change places, neither the first nor the last pair being preferred."""
    if len(name) < 3:
        return None
    place = rng.randrange(len(name) - 1)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _compound(name: str, rng: random.Random) -> str | None:
    made = _swap(name, "homophone", 1, rng) if len(name) > 2 else None
    return made and rng.choice("·-|丶").join(made)


def _both(name: str, rng: random.Random) -> str | None:
    """A homophone in the first half and a look-alike in the second, of names of four and more."""
    if len(name) < 4:
        return None
    first = _swap(name[:2], "homophone", 1, rng)
    last = _swap(name[2:4], "glyph", 1, rng)
    return first and last and first + last + name[4:]


KINDS: dict[str, Callable[[str, random.Random], str | None]] = {
    "homophone": _one("homophone"),
    "homophones two": _one("homophone", 2, 3),
    "near sound": _one("near", 1, 3),
    "look-alike": _one("glyph"),
    "look-alikes two": _one("glyph", 2, 4),
    "homophone and look-alike": _both,
    "homophone and marks": _compound,
    "pieces one": _one("pieces"),
    "pieces all": _all_that("pieces"),
    "traditional": lambda name, _rng: "".join(TABLE[char]["traditional"] or char for char in name),
    "variant": _one("variant"),
    "emoji for one": _one("emoji", 1, 3),
    "emoji between": _between("💰", "🔥", "❤️", "👉🏻"),
    "bopomofo one": _one("bopomofo"),
    "bopomofo all": _all_that("bopomofo"),
    "toned pinyin": _syllables("tone", " "),
    "pinyin with figures": _syllables("digit", ""),
    "pinyin": lambda name, _rng: spelled(name),
    "pinyin spaced": lambda name, rng: rng.choice((" ", "-", "_", "'")).join(map(plain, name)),
    "pinyin one": _pinyin_one,
    "pinyin first letter one": lambda name, _rng: name[0] + plain(name[1])[0] + name[2:] if len(name) > 2 else None,
    "circled": _spelt(lambda word, _rng: "".join(chr(0x24D0 + ord(mark) - 97) for mark in word)),
    "in brackets": _spelt(lambda word, _rng: "".join(chr(0x249C + ord(mark) - 97) for mark in word)),
    "full-width": _spelt(lambda word, _rng: "".join(chr(ord(mark) + 0xFEE0) for mark in word)),
    "mathematical": _spelt(_mathematical),
    "squared": _spelt(lambda word, _rng: "".join(chr(0x1F170 + ord(mark) - 97) for mark in word)),
    "flags": _spelt(lambda word, _rng: "\u200b".join(chr(0x1F1E6 + ord(mark) - 97) for mark in word)),
    "cyrillic": _spelt(lambda word, _rng: word.translate(CYRILLIC)),
    "small capitals": _spelt(lambda word, _rng: word.translate(SMALL)),
    "raised": _spelt(lambda word, _rng: word.translate(RAISED)),
    "turned": _spelt(lambda word, _rng: word.translate(TURNED)[::-1]),
    "leet": _spelt(lambda word, _rng: word.translate(LEET)),
    "zero-width": _between("\u200b", "\u2060", "\ufeff", "\u00ad", "\u200d\u200c"),
    "marks between": _between("·", "-", "/", "★", "、", "~", "丨"),
    "spaces between": _between(" ", "\u3000", "   ", "\u2009"),
    "braille between": _between("\u2800", "⠿", "\u3164"),
    "figures between": _between("1", "0", "7"),
    "letters between": _noise,
    "vertical": _between("\\n", " \\n "),
    "tags between": _between("<i></i>", "<br>", "<!-- x -->", "</span><span>"),
    "stars": _around("**{}**"),
    "boxes": _around("【{}】"),
    "round brackets": _around("（{}）"),
    "struck through": _around("{}\u0336"),
    "in circles": _around("{}\u20dd"),
    "dotted": _around("{}\u0323\u0307"),
    "entities": _coded("&#{};"),
    "entities hex": _coded("&#x{:X};"),
    "json escapes": _coded("\\u{:04x}"),
    "code points": _coded("U+{:04X} "),
    "percent": lambda name, _rng: "".join(f"%{byte:02X}" for byte in name.encode()),
    "quoted-printable": lambda name, _rng: "".join(f"={byte:02X}" for byte in name.encode()),
    "backwards": lambda name, _rng: name[::-1] if len(name) > 2 else None,
    "backwards, overridden": lambda name, _rng: f"\u202e{name[::-1]}\u202c",
    "neighbours swapped": _turned_round,
    "read aloud in brackets": lambda name, _rng: "".join(f"{char}({plain(char)})" for char in name),
    "described": lambda name, _rng: "，".join(TABLE[char]["said"] for char in name),
    "variation selectors": _around("{}\ufe0f"),
}


def _sentences(name: str, kind: str) -> Iterator[tuple[str, str]]:
    """Carriers in an order of NAME's and KIND's own, each with its disguise, no disguise twice."""
    carriers = (HERE / "carriers.txt").read_text(encoding="utf-8").splitlines()
    rng = random.Random(hashlib.sha256(f"{name}/{kind}".encode()).hexdigest())
    rng.shuffle(carriers)
    for carrier in carriers:
        made = KINDS[kind](name, rng)
        if made and made != name:
            yield carrier, made.rstrip(" ")


def _initials() -> Iterator[Disguised]:
    """WLD and its like, for the names whose dossier lists them."""
    for brand in INITIALS:
        short = "".join(plain(char)[0] for char in NAMES[brand]).upper()
        for carrier, _ in islice(_sentences(NAMES[brand], "homophone"), 6):
            yield _placed("initials", brand, carrier, short)


def _placed(kind: str, brand: str, carrier: str, made: str) -> Disguised:
    start = carrier.index("{}")
    return Disguised(kind, brand, carrier.replace("{}", made), start, start + len(made))


def disguises() -> Iterator[Disguised]:
    """Every kind over every name it can be done to, three sentences each."""
    for kind in KINDS:
        for brand, name in NAMES.items():
            for carrier, made in islice(_sentences(name, kind), EACH):
                yield _placed(kind, brand, carrier, made)
    yield from _initials()
