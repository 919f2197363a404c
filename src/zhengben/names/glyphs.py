"""How one Chinese character is written to deceive or by mistake: its alternatives with kind and cost.

A cost is in hundredths: 0 is the character itself, 100 would be any other character. Kinds (`how`) are codes; the
words for people are in `locale/*/names.toml`. Sources: Unihan readings and variants, likeness of glyphs drawn from
free fonts, the chaizi dictionary for split characters, and the Unicode tables for circled and wide forms.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from zhengben.names import tables
from zhengben.names.keyboards import mistyped

INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
NEAR_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"))
NEAR_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"), ("uang", "uan"), ("iang", "ian"))
BOPOMOFO_INITIALS = dict(
    zip(
        ["b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s"],
        "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙ",
        strict=True,
    )
)
SOFT = frozenset("jqx")
# finals behind j, q, x; others take an i
SOFTENED = {"e": "ie", "ou": "iu", "en": "in", "eng": "ing", "uo": "ue", "u": "u", "un": "un", "uan": "uan", "i": "i"}
NEAR, BOTH, FAR = 50, 55, 60  # cost of one sound mixed up, of both of a syllable, and of a merger of some dialect
SECOND = 45  # cost of a character by a reading that is not its first
USUAL = 1200  # times in a million from which a part is a character of every sentence
MOST_PARTS, MOST_ROWS = 6, 48  # of a character written apart; of the forms of its parts
ALIKE = 74  # likeness in per cent from which two parts of characters are taken for one another
# Each final as it is spelt behind a consonant, as a syllable of its own, and in bopomofo.
_FINALS = """
    a a ㄚ|o o ㄛ|e e ㄜ|ai ai ㄞ|ei ei ㄟ|ao ao ㄠ|ou ou ㄡ|an an ㄢ|en en ㄣ|ang ang ㄤ|eng eng ㄥ|er er ㄦ
    i yi ㄧ|ia ya ㄧㄚ|ie ye ㄧㄝ|iao yao ㄧㄠ|iu you ㄧㄡ|ian yan ㄧㄢ|in yin ㄧㄣ|iang yang ㄧㄤ|ing ying ㄧㄥ
    u wu ㄨ|ua wa ㄨㄚ|uo wo ㄨㄛ|uai wai ㄨㄞ|ui wei ㄨㄟ|uan wan ㄨㄢ|un wen ㄨㄣ|uang wang ㄨㄤ|ong weng ㄨㄥ
    v yu ㄩ|ve yue ㄩㄝ|van yuan ㄩㄢ|vn yun ㄩㄣ|iong yong ㄩㄥ
"""
_ROWS = [row.split() for line in _FINALS.split("\n") for row in line.split("|") if row.strip()]
BOPOMOFO_FINALS = {spelt: sound for behind, alone, sound in _ROWS for spelt in (behind, alone)}
LONGER_FORMS = {"借": "藉"}  # written for it in traditional texts; the tables list it for another character
TONES = "012345"
# A digit is read aloud as one syllable, the 1 of telephone numbers as another.
DIGITS = {
    "0": ("ling",), "1": ("yi", "yao"), "2": ("er", "liang"), "3": ("san",), "4": ("si",),
    "5": ("wu",), "6": ("liu",), "7": ("qi",), "8": ("ba",), "9": ("jiu",),
}  # fmt: skip


_SPOKEN = {
    syllable: [d for d, said in DIGITS.items() if syllable in said] for said in DIGITS.values() for syllable in said
}


RARE = 45  # cost of a look-alike that nobody writes today


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to write one character: the kind of the change and its cost in hundredths."""

    how: str
    cost: int


def initial(syllable: str) -> str:
    """Give the initial of a toneless syllable; empty for one that begins with its final.

    >>> initial("zhong"), initial("an")
    ('zh', '')
    """
    return next((i for i in INITIALS if syllable.startswith(i)), "")


@cache
def near_sounds(syllable: str) -> tuple[str, ...]:
    """Give the syllables that are confused with one in southern and northern mouths.

    >>> near_sounds("zhong"), near_sounds("yin"), near_sounds("li")
    (('zong',), ('ying',), ('ni',))
    """
    first = initial(syllable)
    rest = syllable[len(first) :]
    others = [b if first == a else a for a, b in NEAR_INITIALS if first in {a, b}]
    found = [other + rest for other in others]
    for long, short in NEAR_FINALS:
        if rest == long:
            found.append(first + short)
        elif rest == short:
            found.append(first + long)
    return tuple(s for s in dict.fromkeys(found) if s in tables.sounding())


@cache
def fuzzy_sounds(syllable: str) -> dict[str, int]:
    """Give the syllables that input methods offer for one whose speaker mixes sounds up, with the cost of each.

    One sound mixed up costs `NEAR`, an initial and a final at once `BOTH`; a merger of some dialect costs `FAR`.

    >>> [(other, cost) for other, cost in fuzzy_sounds("hua").items() if other in {"fa", "gua", "wa"}]
    [('fa', 50), ('gua', 60), ('wa', 60)]
    >>> fuzzy_sounds("shao")["xiao"], fuzzy_sounds("jie")["jia"]
    (60, 60)
    >>> fuzzy_sounds("zhang")["zhan"], fuzzy_sounds("zhang")["zan"]
    (50, 55)
    """
    found: dict[str, int] = {}
    told = tables.fuzzy()
    for other, sounds in _mixed(told, syllable):
        found.setdefault(other, BOTH if sounds > 1 else NEAR)
    for merger in told["dialect"]:
        for other, _ in _mixed(merger, syllable):
            found.setdefault(other, FAR)
    return {other: cost for other, cost in found.items() if other in tables.sounding() and other != syllable}


def _mixed(told: Mapping[str, Sequence[Sequence[str]]], syllable: str) -> Iterator[tuple[str, int]]:
    """Give the syllables that some pairs of sounds make of one, each with how many of its sounds are mixed up."""
    first = initial(syllable)
    rest = syllable[len(first) :]
    begins, ends = _other(told.get("initials", ()), first), _other(told.get("finals", ()), rest)
    yield from ((other, 1) for other in _other(told.get("whole", ()), syllable))
    yield from ((other, 1) for one in begins for other in _joined(first, one, rest))
    yield from ((first + two, 1) for two in ends)
    yield from ((one + two, 2) for one in begins for two in ends)


def _joined(before: str, first: str, rest: str) -> tuple[str, ...]:
    """Join another initial to a final; behind j, q, x a final has an i, and where these are lost it loses it.

    >>> _joined("sh", "x", "ao"), _joined("j", "g", "iang"), _joined("zh", "z", "ong")
    (('xao', 'xiao'), ('giang', 'gang'), ('zong',))
    """
    if first in SOFT and before not in SOFT:
        return first + rest, first + SOFTENED.get(rest, "i" + rest)
    if before in SOFT and first not in SOFT:
        hard = [final for final, soft in SOFTENED.items() if soft == rest] or [rest.removeprefix("i")]
        return first + rest, *(first + final for final in hard)
    return (first + rest,)


def _other(pairs: Sequence[Sequence[str]], sound: str) -> list[str]:
    """Give what a sound is mixed up with."""
    return [b if sound == a else a for a, b in pairs if sound in {a, b}]


def bopomofo(syllable: str) -> str:
    """Give the bopomofo of a toneless syllable, or nothing where it has none.

    >>> bopomofo("wei"), bopomofo("dai")
    ('ㄨㄟ', 'ㄉㄞ')
    """
    first = initial(syllable)
    if first in {"y", "w"}:
        return BOPOMOFO_FINALS.get(syllable, "")
    rest = syllable[len(first) :]
    if not rest or (first and first not in BOPOMOFO_INITIALS):
        return ""
    if first in {"zh", "ch", "sh", "r", "z", "c", "s"} and rest == "i":
        return BOPOMOFO_INITIALS[first]
    if first in {"j", "q", "x"} and rest.startswith("u"):
        rest = "v" + rest[1:]
    final = BOPOMOFO_FINALS.get(rest, "")
    return BOPOMOFO_INITIALS.get(first, "") + final if final else ""


def shape_cost(likeness: int) -> int:
    """Turn a likeness in per cent into a cost; below 80 a look-alike is a guess and costs more.

    >>> shape_cost(95), shape_cost(85), shape_cost(70)
    (25, 32, 50)
    """
    return 25 if likeness >= 88 else 32 if likeness >= 80 else 40 if likeness >= 74 else 50


@cache
def _way(how: str, cost: int) -> Alternative:
    """Give one kind at one cost, as one object: thousands of symbols of a name share some dozens of them."""
    return Alternative(how, cost)


def _put(known: dict[str, Alternative], symbol: str, how: str, cost: int) -> None:
    if symbol and (symbol not in known or known[symbol].cost > cost):
        known[symbol] = _way(how, cost)


def _by_sound(known: dict[str, Alternative], char: str) -> None:
    by = tables.sounding()
    for at, reading in enumerate(tables.readings(char)[:2]):
        syllable, tone = reading[:-1], reading[-1]
        for other in by.get(syllable, ()):
            same = tables.readings(other)[0][-1] == tone
            _put(known, other, "homophone", (30 if same else 35) + 10 * at)
        mixed = {} if at else fuzzy_sounds(syllable)
        for near in (*near_sounds(syllable), *mixed):
            cost = mixed.get(near, NEAR + 10 * at)
            for other in by[near]:
                _put(known, other, "near_sound", cost)
        for other in tables.also_sounding().get(syllable, ()):
            _put(known, other, "homophone", SECOND)
        for digit in _SPOKEN.get(syllable, ()) if not at else ():
            _put(known, digit, "homophone", 40)
        _in_letters(known, reading, 5 * at)


def _by_key(known: dict[str, Alternative], char: str) -> None:
    """Put what a wrong key makes of the first reading: characters in use, for input methods offer these."""
    by = tables.sounding()
    for reading in tables.readings(char)[:1]:
        for wrong in mistyped(reading[:-1]):
            for other in filter(tables.frequency, by[wrong]):
                _put(known, other, "keyboard", FAR)


def _in_letters(known: dict[str, Alternative], reading: str, extra: int) -> None:
    """Put the ways one reading is spelt: pinyin with and without its tone, the initial alone, bopomofo."""
    syllable = reading[:-1]
    _put(known, syllable, "pinyin", 15 + extra)
    for spelt in (reading, *tables.fuzzy()["typed"].get(syllable, ())):
        _put(known, spelt, "pinyin", 20 + extra)
    for tone in TONES:  # few are sure of a tone, of the neutral one fewer still
        _put(known, syllable + tone, "pinyin", 25 + extra)
    _put(known, syllable[0], "initial", 45)
    if syllable == "wei":
        _put(known, "v", "initial", 45)  # 加V, V信: what people type for 微
    _put(known, bopomofo(syllable), "bopomofo", 15 + extra)


def _by_look(known: dict[str, Alternative], char: str) -> None:
    for form in dict.fromkeys((char, *tables.variants().get(char, ()))):
        extra = 0 if form == char else 5
        listed = tables.shapes().get(form, "")
        for at in range(0, len(listed), 3):
            _put(known, listed[at], "shape", shape_cost(int(listed[at + 1 : at + 3])) + extra)
        _apart(known, form, extra)
        near = ((tables.sharing(form), 46), (_by_parts(form), 42), (_one_stroke_off(form), 40), (tables.kin(form), 48))
        for others, cost in near:
            for other in others:
                _put(known, other, "shape", cost + extra)


def _apart(known: dict[str, Alternative], form: str, extra: int) -> None:
    """Put the ways a character is written apart, its last part alone, and what else has that part."""
    for way in tables.splits().get(form, ()):
        for parts in (way, *_finer(way)):
            for drawn in _drawn_apart(parts):
                if len(drawn) <= 2 or drawn == way or not {drawn[0], drawn[-1]} & _everyday():
                    _put(known, drawn, "split", 15 + extra)
        for other in tables.sharing(way[-1]) if len(way) == 2 else ():
            _put(known, other, "shape", 44 + extra)
        _put(known, way[-1], "shape", 48 + extra)


def _finer(way: str) -> Iterator[str]:
    """Give a split with its last part apart as well, and one of three parts with two of them together: 人从 for 众."""
    for at, part in enumerate(way):
        for finer in tables.splits().get(part, ()):
            yield way[:at] + finer + way[at + 1 :]
    if len(way) == 2:
        yield from (one + two for one in tables.splits().get(way[0], ()) for two in tables.splits().get(way[1], ()))
    for pair, before, after in ((way[1:], way[0], ""), (way[:2], "", way[2:])) if len(way) == 3 else ():
        yield from (before + char + after for char in tables.built().get(pair, ()))


@cache
def _everyday() -> frozenset[str]:
    """Give parts that are characters of every sentence (一, 人, 大): at an end of a row they stop us everywhere."""
    parts = {part for ways in tables.splits().values() for way in ways for part in way}
    return frozenset(part for part in parts if tables.frequency(part) > USUAL)


def _drawn_apart(parts: str) -> Iterator[str]:
    """Give a row of parts in every form in which these stand in a character or alone: 丰 as 龶, 攵 as 夂."""
    rows = [""]
    for part in parts:
        rows = [row + form for row in rows for form in _forms_of(part)][:MOST_ROWS]
    yield from rows if len(parts) <= MOST_PARTS else ()


@cache
def _forms_of(part: str) -> tuple[str, ...]:
    """Give the forms of a part, and its base form: decompositions write 勻 for 匀."""
    return tuple(dict.fromkeys([*tables.part_forms().get(part, part), tables.base(part)]))


def _one_stroke_off(form: str) -> list[str]:
    """Give the other characters of the school book's groups that this one is in."""
    return [other for group in tables.schoolbook() if form in group for other in group if other != form]


def _by_parts(form: str) -> Iterator[str]:
    """Give the characters in use that have the same first part and, for the second, one drawn alike."""
    for way in tables.splits().get(form, ()):
        if len(way) == 2:
            for part in _drawn_like(way[1]):
                yield from tables.built().get(way[0] + part, ())


@cache
def _drawn_like(part: str) -> tuple[str, ...]:
    listed = tables.shapes().get(part, "")
    near = [listed[at] for at in range(0, len(listed), 3) if int(listed[at + 1 : at + 3]) >= ALIKE]
    return tuple(dict.fromkeys([*near, *_one_stroke_off(part)]))


@cache
def alternatives(char: str) -> dict[str, Alternative]:
    """Give every way one character is written, by symbol (one or more folded characters).

    >>> known = alternatives("贷")
    >>> [known[s].how for s in ("贷", "貸", "货", "代", "dai", "代贝")]
    ['exact', 'traditional', 'shape', 'homophone', 'pinyin', 'split']
    """
    known = {char: Alternative("exact", 0)}
    simple = tables.base(char)
    for form in (simple, *tables.variants().get(simple, ()), *tables.variants().get(char, ())):
        _put(known, form, "traditional", 5)
    _put(known, LONGER_FORMS.get(simple, ""), "traditional", 5)
    _by_look(known, char)
    if simple != char:
        _by_look(known, simple)
    _by_sound(known, char)
    _by_key(known, char)
    for form in tables.rare(simple)[::3]:
        _put(known, form, "shape", RARE)
    for other in tables.related(simple):  # last, for a character that sounds alike is told as that
        _put(known, other, "shape", FAR)
    _drawn(known, char)
    return known


def let_go() -> None:
    """Free the tables that only a name being compiled asks for; the next name reads them again, in some 20 ms."""
    for table in (tables.shapes, tables.variants, tables.built):
        table.cache_clear()


@cache
def drawn(char: str) -> frozenset[str]:
    """Give the single pictures that are read as a character."""
    return frozenset(symbol for symbol, way in alternatives(char).items() if way.how == "emoji")


def _drawn(known: dict[str, Alternative], char: str) -> None:
    """Put the pictures of a character, of one that sounds the same, and of its parts where these are the same."""
    for picture in tables.pictures().get(char, ""):
        _put(known, picture, "emoji", 30)
    for picture in tables.described().get(char, ()):
        _put(known, picture, "emoji", 40)
    for other, way in [*known.items()]:
        if way.how == "homophone" or (way.how == "split" and len(set(other)) == 1):
            for picture in tables.pictures().get(other[0], ""):
                _put(known, picture * len(other), "emoji", 40)  # a leaf (叶) for 业; three people (人人人) for 众
