"""Letters and digits inside a name in Chinese: put between its characters, or drawn like the letters of one of them.

微xx众xx银行, 花01呗02, 花8ei. And names that stand at the heads, or the ends, of lines and clauses.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from zhengben.names.disguises import Reading
from zhengben.names.hits import NameHit

SHORT = 2  # characters of a name that needs more
LONGEST = 6  # letters and digits of a filler
DRAWN = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "$": "s", "@": "a", "€": "e"}
ENDS = "，。！？；：、,!?;:…\n"  # what a line or a clause ends in
_HAN = r"[\u3400-\u9fff]"
# letters and digits in any drawing (1️⃣ is a digit with two marks), or one character of Chinese three times and more
NUMBERED = "\u2460-\u24ff\u2776-\u2793\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001f100-\U0001f1ff"
MARKS = "\ufe0f\u20e3"
_BETWEEN = re.compile(
    rf"(?<={_HAN})(?:[0-9A-Za-z{NUMBERED}{MARKS}]{{1,{LONGEST}}}|({_HAN})\1{{2,{LONGEST}}})(?={_HAN})"
)
# digits that count, or one digit over and over: no sum that anybody spends (花300呗)
_NO_SUM = re.compile(rf"0\d+|(\d)\1\1+|({_HAN})\2\2+")
_MIXED = re.compile(r"[A-Za-z0-9$@€]{2,12}")
_CLAUSES = re.compile(rf"(?:^|[{ENDS}])({_HAN})|({_HAN})(?=[{ENDS}]|$)")
_LINES = re.compile(rf"^(?:[^\n]{{0,6}}：)?[^\n\u3400-\u9fff]*({_HAN})|({_HAN})[^\n\u3400-\u9fff]*$", re.MULTILINE)


def fillers(text: str, exact: Mapping[str, int], syllables: Collection[str]) -> Iterator[Reading]:
    """Give the readings without letters between neighbours of a name, and with digits as the letters drawn like them.

    `syllables` are those of the names: what is drawn as none of them is a number or a code.

    >>> exact = {"微": 1, "粒": 2, "贷": 4, "花": 8, "呗": 16}
    >>> [reading.text for reading in fillers("微xx粒7贷，花8ei，花3F", exact, {"bei"})]
    ['微粒贷，花8ei，花3F', '微xx粒7贷，花bei，花3F']
    """
    if cuts := [match.span() for match in _BETWEEN.finditer(text) if _neighbours(text, *match.span(), exact)]:
        left = {i for start, end in cuts for i in range(start, end)}
        kept = [i for i in range(len(text)) if i not in left]
        yield Reading("".join(text[i] for i in kept), tuple((i, i + 1) for i in kept), "separator")
    chars = list(text)
    for match in _MIXED.finditer(text):
        if _beside(text, *match.span(), exact):
            chars[match.start() : match.end()] = _drawn(match.group(), syllables)
    if (drawn := "".join(chars)) != text:
        yield Reading(drawn, tuple((i, i + 1) for i in range(len(text))), "confusable")


def drawn_at(text: str, at: int, syllables: Collection[str]) -> bool:
    """Tell whether letters and digits that begin at a place are drawn as a syllable of a name."""
    match = _MIXED.match(text, at)
    return match is not None and _drawn(match.group(), syllables) != match.group()


def acrostics(text: str) -> Iterator[Reading]:
    """Give the first characters of the lines and of the clauses of a text, and the last ones, each as a text."""
    known: set[tuple[int, ...]] = set()
    for pattern in (_LINES, _CLAUSES):
        for group in (1, 2):
            places = tuple(match.start(group) for match in pattern.finditer(text) if match[group])
            if len(places) > SHORT and places not in known:
                known.add(places)
                yield Reading("".join(text[i] for i in places), tuple((i, i + 1) for i in places), "acrostic")


def borne(hit: NameHit, reading: Reading, text: str) -> bool:
    """Tell whether a hit is told by what a reading changed: cut out, drawn otherwise, or gathered from afar."""
    spans = reading.spans[hit.start : hit.end]
    if reading.how == "acrostic":
        return len(spans) == len(hit.expected) > SHORT
    if reading.how in {"confusable", "translated", "emoji"}:
        return any(reading.text[i] != text[reading.spans[i][0]] for i in range(hit.start, hit.end))
    cuts = [text[one[1] : two[0]] for one, two in pairwise(spans) if one[1] < two[0]]
    return bool(cuts) and (len(hit.expected) > SHORT or bool(_NO_SUM.fullmatch(cuts[0]) and reading.how == "separator"))


def _neighbours(text: str, start: int, end: int, exact: Mapping[str, int]) -> bool:
    return bool(exact.get(text[start - 1], 0) << 1 & exact.get(text[end], 0))


def _beside(text: str, start: int, end: int, exact: Mapping[str, int]) -> bool:
    return text[max(0, start - 1) : start] in exact or text[end : end + 1] in exact


def _drawn(word: str, syllables: Collection[str]) -> str:
    """Give letters and signs as the letters they are drawn like, where these are a syllable of a name."""
    plain = "".join(DRAWN.get(char, char) for char in word)
    mixed = plain != word and any(char.isalpha() for char in word)
    return plain if mixed and any(syllable in plain.lower() for syllable in syllables) else word
