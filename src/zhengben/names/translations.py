"""English, or one sign, for a character or a word of a name: 岚river银行, borrow呗, 微众🏦, 微粒ローン.

A word is read as Chinese only beside a character that its Chinese goes on from, or on to, in some name.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from zhengben.names import tables
from zhengben.names.disguises import Reading
from zhengben.names.glyphs import drawn
from zhengben.names.scan import Table

LONGEST = 16  # code points of a word and its neighbours
MOST_READINGS = 3  # of a word that translates characters of several names
FOREIGN = tuple(sorted(word for word in tables.trades() if not word.isascii()))  # words and pictures beyond ASCII
_WORDS = re.compile(f"(?<![A-Za-z])[A-Za-z]{{2,12}}(?![A-Za-z])|{'|'.join(map(re.escape, FOREIGN))}", re.IGNORECASE)
# a picture, with the mark that asks for its coloured drawing; what stands for any character where all others are sure
_DRAWN = "[\u2600-\u27bf\U0001f300-\U0001faff]"
_ONE = f"{_DRAWN}[\U0001f3fb-\U0001f3ff]?\ufe0f?"  # with the colour of a skin
# of a row of them none is a character; several joined are one, as a family is
_PICTURE = re.compile(f"(?<!{_DRAWN})(?<!\ufe0f)(?<!\u200d){_ONE}(?:\u200d{_ONE})*(?!{_DRAWN})(?!\u200d)")
_STYLED = re.compile("[\U0001d400-\U0001d6a3]")
_NEAR = 1  # in the signs of a character: the positions it stands for in a way that is not far off


def translations(text: str, table: Table) -> Iterator[Reading]:
    """Give the readings of a text with words of English, and signs, as the Chinese of a name they stand beside."""
    plain = _plain(text)
    found = [(match.span(), meant) for match in _WORDS.finditer(plain) if (meant := _meant(text, match, table))]
    for n in range(min(MOST_READINGS, max((len(meant) for _, meant in found), default=0))):
        yield _translated(text, [(span, meant[min(n, len(meant) - 1)]) for span, meant in found])


def translated_at(text: str, at: int, table: Table) -> bool:
    """Tell whether a word that begins at a place would be read as Chinese."""
    piece = text[max(0, at - 1) : at + LONGEST]
    match = _WORDS.match(_plain(piece), min(at, 1))
    return match is not None and bool(_meant(piece, match, table))


def _plain(text: str) -> str:
    """Give a text with letters of a mathematical style as plain ones, place for place: the Bank of 微众𝐁𝐚𝐧𝐤."""
    return _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def _meant(text: str, match: re.Match[str], table: Table) -> list[str]:
    """Give the Chinese that a word may stand for between its neighbours."""
    entries = table.words.get(match.group().lower(), ())
    if not entries:
        return []
    start, end = match.span()
    before, after = _signs(text[max(0, start - 1) : start], table), _signs(text[end : end + 1], table)
    return sorted({meant for meant, first, last in entries if before << 1 & first or last << 1 & after})


def _signs(char: str, table: Table) -> int:
    return 0 if not char or char.isascii() else table.signs[char][_NEAR]


def _translated(text: str, words: Sequence[tuple[tuple[int, int], str]], how: str = "translated") -> Reading:
    chars: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for (start, end), meant in words:
        chars += [*text[at:start], *meant]
        spans += [*((i, i + 1) for i in range(at, start)), *[(start, end)] * len(meant)]
        at = end
    chars += text[at:]
    spans += [(i, i + 1) for i in range(at, len(text))]
    return Reading("".join(chars), tuple(spans), how)


def pictured(text: str, table: Table) -> Iterator[Reading]:
    """Give the readings with a picture as the character of a name that lacks just this one: 微🏢贷.

    The name has three characters and more, one of those around the picture is rare, and they are no word.
    """
    base = tables.plain(text)
    for match in _PICTURE.finditer(text):
        span = match.span()
        holes = {hole for key in _keys(base, *span) for hole in table.holes.get(key, ()) if _fits(base, span, hole)}
        fitting = sorted({meant for meant, _, _ in holes})
        if not any(match.group()[0] in drawn(meant) for meant in fitting):  # else it is found as that
            yield from (_translated(text, [(span, meant)], "emoji") for meant in fitting)


def _keys(text: str, start: int, end: int) -> list[tuple[str, str]]:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return [(before, after), (before, ""), ("", after)]


def _fits(text: str, span: tuple[int, int], hole: tuple[str, str, str]) -> bool:
    _, head, tail = hole
    return text.endswith(head, 0, span[0]) and text.startswith(tail, span[1])
