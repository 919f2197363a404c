"""Folding without altering: each character of a text gets a symbol, and every symbol knows where it stood.

Nothing is normalised in place (the lengths would change and the evidence with them): a view is a row of tokens, each
with its symbol and the half-open range of code points it came from.
"""

import contextlib
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from zhengben.names import tables

# What stands between words in ordinary writing: a name across it is two words and no trick.
NATURAL = frozenset("，。、；：？！,.;:?!\"'“”‘’（）()《》【】[]…—-~～ \t\r\n\u3000/|")
HIDDEN = frozenset({"Cf", "Mn", "Me", "Cc"})
FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5")
TONE_MARKS = frozenset("ˉˊˇˋ˙´`")  # of bopomofo
STROKES = frozenset("丨丶丿亅乀乁乚乛")  # bare strokes: no words in use today, but drawn like bars and dots
PICTURES = frozenset("".join((*tables.pictures().values(), *("".join(row) for row in tables.described().values()))))
SKIPPABLE = PICTURES | STROKES  # a sign for a character, or a mere separator
# letters and ornaments of other scripts that adorn or hide a name between its characters, and mean nothing there
ORNAMENTS = frozenset("卍卐㊣のノゝゞヽヾ〃ζξψ")
ESCAPE = re.compile(
    r"&(?:amp;)*#[xX]0*([0-9a-fA-F]{2,6})(?:;|(?![0-9a-fA-F]))|&(?:amp;)*#0*([0-9]{2,7})(?:;|(?![0-9]))"
    # CSS has no letter behind the stroke and may have a blank behind the number
    r"|(?:\\[uUx]?\{?|U[+-])([0-9a-fA-F]{4,8})(?:\}|(?<=[0-9a-fA-F]) (?=\\[0-9a-fA-F]|[^\x00-\x7f]))?"
    r"|%(?:25)*u([0-9a-fA-F]{4})"
    r"|((?:%(?:25)*[0-9a-fA-F]{2}|=[0-9A-F]{2}|\\x[0-9a-fA-F]{2}){2,12})"
    r"|&(lt|gt|amp|quot|apos|nbsp|shy|zwnj|zwj|middot|bull|ensp|emsp|thinsp);"
)
OCTET = re.compile(r"(?:%(?:25)*|=|\\x)([0-9a-fA-F]{2})")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'", "middot": "·", "bull": "•"}


MOST_FOLDS = 1 << 15
LETTERED, LETTERS = (0x1F150, 0x1F170, 0x1F1E6), 26  # negative circled, negative squared, regional indicators


class Token(NamedTuple):
    """One symbol of a view: folded, with its range in the original and how it was written."""

    symbol: str
    start: int
    end: int
    how: str


class Folded(NamedTuple):
    """What one character folds to: a symbol ("" where it only separates) and how."""

    symbol: str
    how: str


@lru_cache(maxsize=8192)
def fold(char: str) -> Folded:
    r"""Give the symbol of one character; an empty symbol for what only hides or separates.

    >>> fold("Ｗ"), fold("\u200b"), fold("е").symbol, fold("·").how
    (Folded(symbol='w', how='width'), Folded(symbol='', how='zero_width'), 'e', 'separator')
    """
    # Asked first: most characters of our texts are Han and fold to themselves.
    if "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf":
        return Folded("", "separator") if char in ORNAMENTS else Folded(char, "exact")
    if char.isascii():
        return Folded(char.lower(), "exact") if char.isalnum() else _dropped(char, "Cc" if char < " " else "Po")
    category = unicodedata.category(char)
    if category in HIDDEN or char in FILLERS or char in TONE_MARKS or char in ORNAMENTS:
        return Folded("", "separator" if char in ORNAMENTS else "zero_width")
    plain = tables.radicals().get(char) or unicodedata.normalize("NFKC", char)
    # NFKC makes ⒜ into (a): the brackets are decoration.
    kept = "".join(c for c in plain if c.isalnum()).lower()
    if kept and plain != char:
        return Folded(
            tables.confusables().get(kept, kept)[:1] if len(kept) == 1 and not _han(kept) else kept, _how(char)
        )
    letter = _enclosed(char)
    look = letter or tables.confusables().get(char)
    if look:
        return Folded(look[0], "circled" if letter else "confusable")
    return _dropped(char, category)


def _enclosed(char: str) -> str:
    """Give the letter in a dark disc or square, or of a flag; Unicode gives these no plain form (UAX 15).

    >>> _enclosed("🆆"), _enclosed("🅦"), _enclosed("🇼"), _enclosed("㊗")
    ('w', 'w', 'w', '')
    """
    place = next((ord(char) - first for first in LETTERED if 0 <= ord(char) - first < LETTERS), -1)
    return chr(ord("a") + place) if place >= 0 else ""


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _how(char: str) -> str:
    if "\uff00" <= char <= "\uffef":
        return "width"
    return "compatibility" if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff" else "circled"


def _dropped(char: str, category: str) -> Folded:
    if char in NATURAL:
        return Folded("", "natural")
    if category[0] in "PSZC":
        return Folded(char if char in SKIPPABLE else "", "separator")
    return Folded(char.lower(), "exact")


def unescape(text: str) -> list[Token]:
    """Give one token a character, with HTML, URL, mail (RFC 2045) and Unicode escapes read as what they stand for.

    >>> [t.symbol for t in unescape("&#24494;%E7%B2%92x")]
    ['微', '粒', 'x']
    """
    tokens: list[Token] = []
    at = 0
    for match in ESCAPE.finditer(text):
        tokens += [Token(c, i, i + 1, "") for i, c in enumerate(text[at : match.start()], at)]
        tokens += [Token(c, match.start(), match.end(), "escape") for c in _decoded(match)]
        at = match.end()
    return tokens + [Token(c, i, i + 1, "") for i, c in enumerate(text[at:], at)]


def _decoded(match: re.Match[str]) -> str:
    hexed, number, uni, percent, octets, named = match.groups()
    if named:
        return _NAMED.get(named, " ")
    if octets:
        return _characters(bytes.fromhex("".join(OCTET.findall(octets))))
    code = int(number) if number else int(hexed or uni or percent, 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _characters(octets: bytes) -> str:
    r"""Read octets as UTF-8, or else as GBK: mailers and older sites of China escape that (GB 18030).

    >>> _characters(b"\xe5\xbe\xae"), _characters(b"\xce\xa2\xc1\xa3")
    ('微', '微粒')
    """
    for code in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return octets.decode(code)
    return octets.decode("utf-8", "ignore")


class _Folds(dict[str, Folded]):
    """Character to what it folds to: a plain look-up, for a text asks for each of its characters."""

    def __missing__(self, char: str) -> Folded:
        """Work out a character that was not seen before; a text of every sign there is must not fill the memory."""
        if len(self) >= MOST_FOLDS:
            self.clear()
        folded = self[char] = fold(char)
        return folded


_FOLDS = _Folds()


def tokens(text: str, first: int = 0, last: int | None = None) -> list[Token]:
    r"""Give the kept tokens of a stretch of text; what hides or separates is left out.

    >>> [t.symbol for t in tokens("微\u200b·粒Ｄ")]
    ['微', '粒', 'd']
    """
    make, folds = tuple.__new__, _FOLDS
    found = [folds[char] for char in text[first:last]]
    return [make(Token, (part, at, at + 1, how)) for at, (symbol, how) in enumerate(found, first) for part in symbol]
