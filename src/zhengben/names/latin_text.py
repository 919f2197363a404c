"""Find a brand's Latin and short names in text: folded letters, whole words; short names need context."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from zhengben.core.brand import Brand
from zhengben.names import tables
from zhengben.names.finance import finance_in, loans_in
from zhengben.names.found import AROUND
from zhengben.names.hits import NameHit
from zhengben.names.host_model import SHORTEST, SHORTEST_TYPO, pinyin_of
from zhengben.names.latin import fold as fold_latin
from zhengben.names.latin import syllables
from zhengben.names.latin_hits import INNER, LIKE, hit_of, inner_letter, letter_of, turned_hit
from zhengben.names.latin_slips import (
    APP,
    TAILS,
    WITH_APP,
    certain,
    crossed,
    heard_hit,
    in_a_sentence,
    is_slip,
    misheard,
    said_hit,
)
from zhengben.names.latin_words import in_english, ordinary, said_as, spelling, windows
from zhengben.names.view import MOST_FOLDS, Token

_NOT_CHINESE = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff]+")  # a Chinese character ends any run of letters
LONGEST_RUN = 200
MIDDLE = 9  # letters of a name of which three in the middle are asked for, not its end
PER_SIGN = 3  # letters that say as much as one sign of Chinese
BESIDE = AROUND * PER_SIGN
SURE_SLIP = 8  # letters of a name of which one slip is sure enough beside any word of finance
SHORTEST_SPELT, LONGEST_SPELT = 6, 24  # letters of a name that bears a slip in strict mode


@dataclass(frozen=True)
class LatinText:
    """Latin names by brand, whole and short, folded to lower case.

    `spelt` are Chinese names in pinyin: written right they are found with their characters, misspelt they are here.
    """

    names: tuple[tuple[str, str], ...]
    shorts: tuple[tuple[str, str], ...]
    spelt: tuple[tuple[str, str], ...] = ()
    others: frozenset[str] = frozenset()  # names that are somebody else's, in pinyin and with their trade in English

    @cached_property
    def pieces(self) -> frozenset[str]:
        """Give the letters, in look-alike classes, of which some stand in any text that holds a name, even misspelt.

        One edit leaves a name its first three letters, or the three behind them (of a short one its last three), or the
        first two and the fourth. Names written from their end bear no edit.
        """
        names = [name for name, _ in (*self.names, *self.spelt)]
        found = {piece for name in names for piece in (name[:3], _second(name), name[:2] + name[3:4])}
        found |= {name[:3] for name in self.backwards}
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
    def backwards(self) -> dict[str, tuple[str, str]]:
        """Give the longer names written from their end, each with its name and brand; what is a word is none."""
        rows = [row for row in (*self.names, *self.spelt) if len(row[0]) >= SHORTEST_SPELT]
        return {row[0][::-1]: row for row in rows if row[0][::-1] not in tables.said_words()}

    @cached_property
    def heard(self) -> dict[str, tuple[str, str]]:
        """Give the spellings of names in pinyin as they are misheard, each with its name and brand."""
        return misheard((*self.names, *self.spelt))

    def possible(self, text: str) -> bool:
        """Tell whether some of these letters stand in a text, whatever stands between them."""
        letters = text.translate(_LETTERS)
        return len(letters) > 1 and self._any_piece.search(letters) is not None

    @cached_property
    def _any_piece(self) -> re.Pattern[str]:
        """Give the pattern of any of the pieces: one search costs less than one for each."""
        return re.compile("|".join(sorted(map(re.escape, self.pieces))) or "(?!)")


def _second(name: str) -> str:
    """Give the letters that an edit of the first three leaves: rarer in the middle, for many names end in bank."""
    return name[3:6] if len(name) >= MIDDLE else name[-3:]


def latin_text(brands: tuple[Brand, ...]) -> LatinText:
    """Compile the Latin names; the pinyin of a Chinese name is found with its characters."""
    names: list[tuple[str, str]] = []
    shorts: list[tuple[str, str]] = []
    spelt: list[tuple[str, str]] = []
    for brand in brands:
        sounds = dict.fromkeys(pinyin_of(name) for name in brand.names.chinese)
        latin = dict.fromkeys([*map(str.lower, brand.names.latin), *map(in_english, brand.names.chinese)])
        names += [(name, brand.id) for name in latin if len(name) >= SHORTEST and name not in sounds]
        shorts += [(n.lower(), brand.id) for n in brand.names.short]
        spelt += [(sound, brand.id) for sound in sounds if SHORTEST <= len(sound) <= LONGEST_SPELT]
    foreign = {said(name) for brand in brands for name in brand.names.siblings for said in (pinyin_of, in_english)}
    own = {name for name, _ in (*names, *spelt)}
    return LatinText(tuple(names), tuple(shorts), tuple(spelt), frozenset(foreign - own))


class _Letters(dict[int, str]):
    """Code point to the look-alike class of the letter it could stand for; nothing for any other."""

    def __missing__(self, point: int) -> str:
        """Work out a code point that was not seen before."""
        symbol = LIKE[chr(point)] if chr(point) in INNER else letter_of(chr(point))[0]
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
        symbol, how = letter_of(char)
        if run and not symbol and last == at - 1 and (letter := inner_letter(text, at, run[0].start)):
            symbol, how = letter, "confusable"
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
            for tail in _tails(text, part):
                yield from _in_word(text, part[: -len(tail)], known, mode)
        for row in windows(words):
            yield from _in_words(text, row, known, mode)


def _tails(text: str, part: list[Token]) -> list[str]:
    """Give the words that are written close up behind a name at the end of letters; all but the app's in one word."""
    end, word = part[-1].end, spelling(part)
    known = TAILS if end - part[0].start == len(part) else APP
    return [tail for tail in known if word.endswith(tail) and WITH_APP.match(text, end - len(tail))]


def _same_firm(name: str, plain: str, *, foreign: bool) -> bool:
    """Tell whether words with one edit may mean a name: in pinyin a letter for another is another firm."""
    return name[0] == plain[0] and (foreign or len(name) != len(plain) or crossed(name, plain))


def _in_words(text: str, row: list[list[Token]], known: LatinText, mode: str) -> Iterator[NameHit]:
    """Give the names that several words may mean, one of them misspelt or heard as English; a sentence means none."""
    run = [token for word in row for token in word]
    words = [spelling(word) for word in row]
    plain = "".join(words)
    if (heard := (*said_as(words),)) or _doubtful(plain, known, mode):
        if all(map(ordinary, words)):
            return
        foreign = any(not (ordinary(word) or syllables(word)) for word in words)
        meant = [pair for pair in _doubtful(plain, known, mode) if _same_firm(pair[0], plain, foreign=foreign)]
        titled = foreign and all(text[word[0].start].isupper() for word in row)
        sure = [pair for pair in meant if (titled and len(pair[0]) >= SHORTEST_SPELT) or crossed(pair[0], plain)]
        yield from [hit_of(text, run, *pair) for pair in sure] or (_in_word(text, run, known, mode) if meant else ())
    for said in heard:
        named = next((named for named in known.spelt if named[0] == "".join(said)), None)
        if named and _finance(text, run):
            spoken = [part for word in words for part in syllables(word) or (word,)]
            yield from filter(None, (said_hit(text, run, spoken, named),))


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
                yield hit_of(text, whole, name, brand)


def _in_word(text: str, run: list[Token], known: LatinText, mode: str) -> Iterator[NameHit]:
    """Give the names that a whole word may mean beside finance: with one slip, or short."""
    plain = "".join(t.symbol for t in run)
    for name, brand in _doubtful(plain, known, mode):
        slip = plain != name and len(plain) >= SHORTEST_SPELT and plain not in tables.said_words()
        sure = slip and (len(name) >= SURE_SLIP or not syllables(plain))
        word = plain != name and plain in tables.said_words()  # Chengdu is a town
        witness = _finance if sure or (mode != "strict" and not word) else _loans
        if (certain(name, plain) or witness(text, run)) and (plain != name or _bounded(text, run, 0, len(run))):
            yield hit_of(text, run, name, brand)
    if plain in known.backwards and run[-1].end - run[0].start == len(run):
        yield turned_hit(text, run, *known.backwards[plain])
    if plain in known.heard and _finance(text, run):
        yield from filter(None, (heard_hit(text, run, *known.heard[plain]),))


def _drawn(text: str, run: list[Token], name: str) -> bool | None:
    """Tell whether digits, signs or a capital I stand for letters of a name; None where another letter does.

    The pinyin of a Chinese name, as it is, is found with its characters, not here.
    """
    changed = [token for token, letter in zip(run, name, strict=True) if token.symbol != letter]
    if any(token.symbol.isalpha() and text[token.start] != "I" for token in changed):
        return None
    return bool(changed) or any(text[token.start] in INNER for token in run)


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
    if plain in tables.host_words() or plain in known.others:  # ebank, debank
        slips = []
    return (*slips, *((name, brand) for name, brand in known.shorts if plain == name))


def _bounded(text: str, run: list[Token], first: int, last: int) -> bool:
    before = text[run[first].start - 1 : run[first].start]
    end = run[last - 1].end
    after = text[end : end + 1]
    goes_on = after.isascii() and after.isalpha() and not WITH_APP.match(text, end)
    return not (before.isascii() and before.isalpha()) and not goes_on


def _around(text: str, run: list[Token]) -> str:
    """Give what stands beside letters; a sentence of English says in three letters what Chinese says in one sign."""
    start, end = run[0].start, run[-1].end
    before, after = text[max(0, start - BESIDE) : start], text[end : end + BESIDE]
    return _near(before[::-1])[::-1] + "\n" + _near(after)


def _near(beside: str) -> str:
    """Give as much of what stands beside a name as is read with it, a letter counting as a third of a sign."""
    left = AROUND * PER_SIGN
    for at, char in enumerate(beside):
        left -= 1 if char.isascii() else PER_SIGN
        if left < 0:
            return beside[:at]
    return beside


def _finance(text: str, run: list[Token]) -> bool:
    return finance_in(_around(text, run))


def _loans(text: str, run: list[Token]) -> bool:
    return loans_in(_around(text, run))
