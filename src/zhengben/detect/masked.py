"""A text with what matters put as one mark each, so that a rule reads `下载⟨brand⟩app` however the name is disguised.

Marks are private-use characters: BRAND for a name of the brand, REACH for a contact that is neither the brand's nor a
public service, PUBLIC for one that is, OPEN for a site that only carries
what others publish. The index back to the original is kept.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from zhengben.core.view import View, view
from zhengben.detect.spellings import one_spelling

_PUNCTUATION = str.maketrans(",?!;：", "，？！；:")
_STROKES = frozenset(".-_*·~/|+^='`")
_HAN_STROKES = frozenset("丨丶丿亅乀")  # characters nobody writes words with; set between letters to part them
_SPACED = re.compile(r"(?:[\u4e00-\u9fff] ){5}")  # a text written with a blank after every character
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")  # 1,500 is one number and no two clauses
BRAND, REACH, PUBLIC, OPEN = "\ue000", "\ue001", "\ue002", "\ue003"


@dataclass(frozen=True, slots=True)
class Masked:
    """`text` with marks; `starts` and `ends` give for each of its characters the span in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the original that a span of the masked text covers; `start < end`."""
        return self.starts[start], self.ends[end - 1]


def mask(original: str, marks: tuple[tuple[int, int, str], ...]) -> Masked:
    """Fold a text and put a mark for every span of the original; where two overlap the earlier, longer one stays.

    >>> mask("下载微粒贷APP", ((2, 5, BRAND),)).text == "下载" + BRAND + "app"
    True
    """
    seen = view(original)
    spaced = bool(_SPACED.search(seen.text))
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, sign in sorted(marks, key=lambda m: (m[0], -m[1])):
        first, last = _place(seen, start), _place(seen, end)
        if first < at or first >= last:
            continue
        _copy(seen, (at, first), (text, starts, ends), spaced=spaced)
        text.append(sign)
        starts.append(start)
        ends.append(end)
        at = last
    _copy(seen, (at, len(seen.text)), (text, starts, ends), spaced=spaced)
    return Masked(one_spelling("".join(text).translate(_PUNCTUATION)), tuple(starts), tuple(ends))


def _place(seen: View, offset: int) -> int:
    return min(offset, len(seen.text)) if isinstance(seen.starts, range) else bisect_left(seen.starts, offset)


def _copy(seen: View, part: tuple[int, int], into: tuple[list[str], list[int], list[int]], *, spaced: bool) -> None:
    text, starts, ends = into
    for at in range(*part):
        if not (_decorates(seen.text, at) or (spaced and _between_han(seen.text, at))):
            text.append(seen.text[at])
            starts.append(seen.starts[at])
            ends.append(seen.starts[at] + 1)


def _between_han(text: str, at: int) -> bool:
    """Tell whether a blank stands beside a Chinese character, as in 官 方 通 道."""
    return text[at] == " " and (_han(text[at - 1 : at] or " ") or _han(text[at + 1 : at + 2] or " "))


def _decorates(text: str, at: int) -> bool:
    """Tell whether a character only decorates: an emoji, or a stroke or dot between two Chinese characters (强.开)."""
    char = text[at]
    if char in _HAN_STROKES or (char == "," and _THOUSANDS.match(text, max(0, at - 1))):
        return True
    if char.isalnum() or char in "，。！？、；：:\n “”「」『』【】()":
        return False
    if unicodedata.category(char) == "So":
        return True
    return char in _STROKES and 0 < at < len(text) - 1 and _han(text[at - 1]) and _han(text[at + 1])


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
