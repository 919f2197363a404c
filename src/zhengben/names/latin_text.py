"""Find a brand's Latin and short names in text: folded letters, whole words; short names need context."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from zhengben.core.brand import Brand
from zhengben.names import tables
from zhengben.names.finance import finance_in, loans_in
from zhengben.names.found import AROUND
from zhengben.names.hits import Character, NameHit
from zhengben.names.host_model import SHORTEST, SHORTEST_TYPO, pinyin_of
from zhengben.names.latin import fold as fold_latin
from zhengben.names.latin import one_edit, syllables
from zhengben.names.latin_slips import WITH_APP, certain, heard_hit, in_a_sentence, is_slip, misheard
from zhengben.names.view import MOST_FOLDS, Token, fold

LIKE = {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "$": "s", "@": "a", "|": "l", "!": "i"}
_NOT_CHINESE = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff]+")  # a Chinese character ends any run of letters
SIGNS = frozenset("$@")  # that stand for letters in the middle of a word
LONGEST_RUN = 200
SURE_SLIP = 8  # letters of a name of which one slip is sure enough beside any word of finance
SHORTEST_SPELT, LONGEST_SPELT = 6, 24  # letters of a name that bears a slip in strict mode
MOST_OF_SHORT = 70  # three letters mean many things, even beside loans
EDITS = frozenset({"omission", "insertion", "repetition", "transposition"})  # those that move the letters behind them
SLIPS = EDITS | {"replacement"}


@dataclass(frozen=True)
class LatinText:
    """Latin names by brand, whole and short, folded to lower case.

    `spelt` are Chinese names in pinyin: written right they are found with their characters, misspelt they are here.
    """

    names: tuple[tuple[str, str], ...]
    shorts: tuple[tuple[str, str], ...]
    spelt: tuple[tuple[str, str], ...] = ()

    @cached_property
    def pieces(self) -> frozenset[str]:
        """Give the letters, in look-alike classes, of which some stand in any text that holds a name, even misspelt.

        One edit leaves a name its first three letters, or its last three, or the first two and the fourth.
        """
        names = [name for name, _ in (*self.names, *self.spelt)]
        found = {piece for name in names for piece in (name[:3], name[-3:], name[:2] + name[3:4])}
        return frozenset(map(fold_latin, found | {short[:3] for short, _ in self.shorts}))

    @cached_property
    def forms(self) -> tuple[tuple[str, str, str, bool], ...]:
        """Give each name in look-alike classes, as it is, its brand, and whether it counts without any change."""
        rows = [(*row, True) for row in self.names] + [(*row, False) for row in self.spelt]
        return tuple((fold_latin(name), name, brand, exact) for name, brand, exact in rows)

    def slips(self, mode: str, size: int) -> tuple[tuple[str, str], ...]:
        """Give the names that so many letters may be a slip of, in a mode."""
        return self._slips[mode == "strict"].get(size, ())

    @cached_property
    def _slips(self) -> tuple[dict[int, tuple[tuple[str, str], ...]], ...]:
        spelt = [row for row in self.spelt if len(row[0]) >= SHORTEST_SPELT]
        loose = [row for row in self.names if len(row[0]) > SHORTEST_TYPO] + spelt
        tight = [row for row in loose if len(row[0]) >= SHORTEST_SPELT]
        sizes = range(SHORTEST_TYPO, LONGEST_RUN)
        return tuple(
            {size: near for size in sizes if (near := tuple(row for row in rows if abs(len(row[0]) - size) < 2))}
            for rows in (loose, tight)
        )

    @cached_property
    def heard(self) -> dict[str, tuple[str, str]]:
        """Give the spellings of names in pinyin as they are misheard, each with its name and brand."""
        return misheard((*self.names, *self.spelt))

    def possible(self, text: str) -> bool:
        """Tell whether some of these letters stand in a text, whatever stands between them."""
        letters = text.translate(_LETTERS)
        return len(letters) > 1 and any(piece in letters for piece in self.pieces)


def latin_text(brands: tuple[Brand, ...]) -> LatinText:
    """Compile the Latin names; the pinyin of a Chinese name is found with its characters."""
    names: list[tuple[str, str]] = []
    shorts: list[tuple[str, str]] = []
    spelt: list[tuple[str, str]] = []
    for brand in brands:
        sounds = dict.fromkeys(pinyin_of(name) for name in brand.names.chinese)
        names += [(n.lower(), brand.id) for n in brand.names.latin if len(n) >= SHORTEST and n.lower() not in sounds]
        shorts += [(n.lower(), brand.id) for n in brand.names.short]
        spelt += [(sound, brand.id) for sound in sounds if SHORTEST <= len(sound) <= LONGEST_SPELT]
    return LatinText(tuple(names), tuple(shorts), tuple(spelt))


def _letter_of(char: str) -> tuple[str, str]:
    """Fold a character as in any text; a $ or @ is the letter it stands for."""
    return (LIKE[char], "confusable") if char in SIGNS else fold(char)


class _Letters(dict[int, str]):
    """Code point to the look-alike class of the letter it could stand for; nothing for any other."""

    def __missing__(self, point: int) -> str:
        """Work out a code point that was not seen before."""
        symbol, _ = _letter_of(chr(point))
        folded = fold_latin(LIKE.get(symbol, symbol)) if len(symbol) == 1 and symbol.isascii() else ""
        if len(self) < MOST_FOLDS:
            self[point] = folded
        return folded


_LETTERS = _Letters()


def _runs(text: str, known: LatinText | None = None) -> Iterator[list[Token]]:
    """Give runs of Latin letters and digits; a hidden character or a single separator does not end one.

    A run of many words comes word by word, and a word without end not at all; nor what holds no piece of a name.
    """
    for stretch in _NOT_CHINESE.finditer(text):
        if known is None or known.possible(stretch.group()):
            yield from _runs_in(text, *stretch.span())


def _runs_in(text: str, first: int, end: int) -> Iterator[list[Token]]:
    run: list[Token] = []
    last = -2
    for at, char in enumerate(text[first:end], first):
        symbol, how = _letter_of(char)
        if len(symbol) == 1 and symbol.isascii():
            if run and (at - last > 2 or (len(run) > LONGEST_RUN and at - last > 1)):
                yield from _cut(text, run)
                run = []
            if len(run) <= 2 * LONGEST_RUN:
                run.append(Token(symbol, at, at + 1, how))
            last = at
        elif run and symbol:
            yield from _cut(text, run)
            run = []
        elif how == "zero_width":
            last = at
    yield from _cut(text, run)


def _cut(text: str, run: list[Token]) -> Iterator[list[Token]]:
    """Give a run as a whole where it is short enough, else its words."""
    whole = [run] if len(run) <= LONGEST_RUN else _words(text, run)
    yield from (part for part in whole if part and len(part) <= LONGEST_RUN)


def _words(text: str, run: list[Token]) -> list[list[Token]]:
    """Cut a run where blanks stand in it."""
    words: list[list[Token]] = [[]]
    for token in run:
        if words[-1] and any(char.isspace() for char in text[words[-1][-1].end : token.start]):
            words.append([])
        words[-1].append(token)
    return words


def find_latin(text: str, known: LatinText, mode: str) -> Iterator[NameHit]:
    """Give the Latin and short names of a text."""
    if not known.possible(text):
        return
    for run in _runs(text, known):
        yield from _in_run(text, run, known)
        words = _words(text, run)
        for part in [run, *words] if len(words) > 1 else words:
            yield from _in_word(text, part, known, mode)
            if WITH_APP.match(text, part[-3:][0].start):
                yield from _in_word(text, part[:-3], known, mode)


def _in_run(text: str, run: list[Token], known: LatinText) -> Iterator[NameHit]:
    """Give the names that stand in a run, as they are or drawn with digits and signs."""
    plain = "".join(t.symbol for t in run)
    folded = fold_latin(plain)
    for like, name, brand, exact in known.forms:
        for at in _places(folded, like) if like in folded else ():
            whole = run[at : at + len(name)]
            drawn = _drawn(text, whole, name)
            if drawn is None or not (drawn or exact) or in_a_sentence(text, run, at, at + len(name)):
                continue
            if _bounded(text, run, at, at + len(name)):
                yield _hit(text, whole, name, brand)


def _in_word(text: str, run: list[Token], known: LatinText, mode: str) -> Iterator[NameHit]:
    """Give the names that a whole word may mean beside finance: with one slip, or short."""
    plain = "".join(t.symbol for t in run)
    for name, brand in _doubtful(plain, known, mode):
        slip = plain != name and len(plain) >= SHORTEST_SPELT and plain not in tables.said_words()
        sure = slip and (len(name) >= SURE_SLIP or not syllables(plain))
        witness = _finance if mode != "strict" or sure else _loans
        if (certain(name, plain) or witness(text, run)) and (plain != name or _bounded(text, run, 0, len(run))):
            yield _hit(text, run, name, brand)
    if plain in known.heard and _finance(text, run):
        yield from filter(None, (heard_hit(text, run, *known.heard[plain]),))


def _drawn(text: str, run: list[Token], name: str) -> bool | None:
    """Tell whether digits, signs or a capital I stand for letters of a name; None where another letter does.

    The pinyin of a Chinese name, as it is, is found with its characters, not here.
    """
    changed = [token for token, letter in zip(run, name, strict=True) if token.symbol != letter]
    if any(token.symbol.isalpha() and text[token.start] != "I" for token in changed):
        return None
    return bool(changed)


def _places(folded: str, like: str) -> Iterator[int]:
    """Give where a name stands in a run of letters, both in look-alike classes."""
    at = folded.find(like)
    while at >= 0:
        yield at
        at = folded.find(like, at + 1)


@lru_cache(maxsize=4096)  # a handful of words make up most of the Latin in Chinese messages
def _doubtful(plain: str, known: LatinText, mode: str) -> tuple[tuple[str, str], ...]:
    """Give the names that a word is one slip from, where it is no word in use, and the short names that it is."""
    slips = [(name, brand) for name, brand in known.slips(mode, len(plain)) if is_slip(name, plain)]
    if plain in tables.host_words():  # ebank, debank
        slips = []
    return (*slips, *((name, brand) for name, brand in known.shorts if plain == name))


def _bounded(text: str, run: list[Token], first: int, last: int) -> bool:
    before = text[run[first].start - 1 : run[first].start]
    end = run[last - 1].end
    after = text[end : end + 1]
    goes_on = after.isascii() and after.isalpha() and not WITH_APP.match(text, end)
    return not (before.isascii() and before.isalpha()) and not goes_on


def _around(text: str, run: list[Token]) -> str:
    start, end = run[0].start, run[-1].end
    return text[max(0, start - AROUND) : start] + "\n" + text[end : end + AROUND]


def _finance(text: str, run: list[Token]) -> bool:
    return finance_in(_around(text, run))


def _loans(text: str, run: list[Token]) -> bool:
    return loans_in(_around(text, run))


def _hit(text: str, run: list[Token], name: str, brand: str) -> NameHit:
    start, end = run[0].start, run[-1].end
    plain = "".join(token.symbol for token in run)
    edit = one_edit(name, plain)
    told = _told(text, run, name, edit if edit and edit[0] in EDITS else None)
    changed = [c.how for c in told if c.differs]
    spread = end - start > len(run)
    kind = changed[0] if changed else "separator" if spread else "exact"
    kind = "typo" if edit and edit[0] in EDITS else kind
    most = MOST_OF_SHORT if len(name) < SHORTEST else 100
    slip = bool(changed) and SLIPS.issuperset(changed)
    score = max(40, most - 8 * len(changed) - 5 * spread - 25 * slip)
    return NameHit(
        start=start, end=end, matched=text[start:end], brand=brand, expected=name, kind=kind, score=score,
        characters=told,
        deliberate=spread or (bool(changed) and not slip),
    )  # fmt: skip


def _told(text: str, run: list[Token], name: str, edit: tuple[str, int] | None) -> tuple[Character, ...]:
    """Tell each letter of the name: what stands for it, and the one edit where it was made.

    A letter left out stands nowhere: its stretch is empty. One put in stands with the letter before it, or at the very
    beginning with the letter behind it.
    """
    how, at = edit or ("", len(name))
    spans = [(token.start, token.end) for token in run]
    hows = [(token.symbol == meant, token.how) for token, meant in zip(run, name, strict=False)]
    if how == "omission":
        place = spans[at - 1][1] if at else spans[0][0]
        spans.insert(at, (place, place))
    elif how in {"insertion", "repetition"}:
        first = max(0, at - 1)
        spans[first : first + 2] = [(spans[first][0], spans[first + 1][1])]
        at = first
    edited = {at, at + 1} if how == "transposition" else {at} if how else set()
    told = []
    for k, ((start, end), meant) in enumerate(zip(spans, name, strict=True)):
        same, written = hows[k] if not how else (True, "exact")
        told.append(_letter(text[start:end], start, meant, how if k in edited else written if same else ""))
    return tuple(told)


def _letter(original: str, index: int, meant: str, how: str) -> Character:
    """Tell one letter; with no `how` it is another letter, or a sign drawn like the one meant."""
    if not how:
        how = "confusable" if fold_latin(_letter_of(original)[0]) == fold_latin(meant) else "replacement"
    return Character(index, original, meant, how, 0.0 if how == "exact" else 0.2)
