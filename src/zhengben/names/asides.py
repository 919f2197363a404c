"""Disguises that put something between the characters of a name: tags, a filler that repeats, an explanation.

Each gives another reading of the text with a way back to the original. They are looked for with patterns that begin
at a rare sign, so an ordinary text costs next to nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from zhengben.names import tables
from zhengben.names.disguises import Reading

_HAN = r"[\u3400-\u9fff]"
# the spoken names of sides that are no character of their own, and how they are drawn
TIMES = {"两": 2, "双": 2, "三": 3, "四": 4}
SIDES = {
    "三点水": "氵", "两点水": "冫", "单人旁": "亻", "单立人": "亻", "双人旁": "彳", "双立人": "彳", "提手旁": "扌",
    "竖心旁": "忄", "草字头": "艹", "竹字头": "⺮", "宝盖头": "宀", "走之旁": "辶", "走之底": "辶", "绞丝旁": "纟",
    "反犬旁": "犭", "言字旁": "讠", "金字旁": "钅", "食字旁": "饣", "衣字旁": "衤",
}  # fmt: skip
# `微<b>粒</b>贷`; a tag a browser would not draw, of a length no sentence between two signs has
TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]{0,11}(?:\s[^<>]{0,80})?/?>|<!--.{0,40}?-->|&(?:lt|gt|amp|quot|apos|nbsp|shy|zwnj|zwj|ensp|emsp|thinsp);"
)
# 微x粒x贷, 微k粒v贷, 微的粒的贷: a letter or digit between all, or 的. Two characters with one between are chance.
_FILLED = re.compile(rf"{_HAN}[0-9A-Za-z]{_HAN}(?:[0-9A-Za-z]{_HAN}){{1,10}}|{_HAN}的{_HAN}(?:的{_HAN}){{1,10}}")
# 微信的微，米粒的粒，贷款的贷: a word, 的, and one character of it; 口字旁一个贝: a side and what stands beside it
_EXPLAINED = re.compile(
    rf"(?P<word>{_HAN}{{2,4}}?)的(?P<char>{_HAN})"
    rf"|(?P<side>{'|'.join(SIDES)}|{_HAN}字旁)(?:再|一个|加一个|加上|加|右边|的|是)*(?:{_HAN}{{2,3}}的)?(?P<rest>{_HAN})"
)
_GOES_ON = re.compile(rf"[，,、 再加]{{0,2}}({_HAN}{{1,4}})")
FILLED = "separator"
_WORD = 4  # characters of the word before 的
_NEAR = 4  # characters between two explanations: a comma, 然后, 再加


def asides(text: str, pairs: re.Pattern[str] | None = None) -> Iterator[Reading]:
    """Give the readings without tags, without a repeated filler, and with explanations read as what they explain.

    `pairs` finds names of two characters with a letter or digit between them: one filler repeats nothing, so only the
    names themselves can tell it.

    >>> [reading.text for reading in asides("代开微x粒x贷")]
    ['代开微粒贷']
    >>> [reading.text for reading in asides("微信的微，米粒的粒，贷款的贷")]
    ['微粒贷']
    """
    if "<" in text and (cuts := [match.span() for match in TAG.finditer(text)]):
        yield _without(text, cuts, "escape")
    if cuts := sorted({*_fillers(text), *_between(text, pairs)}):
        yield _without(text, cuts, FILLED)
    if _may_explain(text):
        yield from _explained(text)


def _may_explain(text: str) -> bool:
    """Tell whether some 的 is followed by a character of the word before it; far cheaper than the whole pattern."""
    at = text.find("的", 1)
    while at > 0:
        if text[at + 1 : at + 2] in text[max(0, at - _WORD) : at] and at + 1 < len(text):
            return True
        at = text.find("的", at + 1)
    return False


def _fillers(text: str) -> Iterator[tuple[int, int]]:
    for match in _FILLED.finditer(text):
        yield from ((at, at + 1) for at in range(match.start() + 1, match.end(), 2))


def _between(text: str, pairs: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    if pairs:
        yield from ((match.start() + 1, match.start() + 2) for match in pairs.finditer(text))


def pairs_of(names: Iterable[tuple[Iterable[str], Iterable[str]]]) -> re.Pattern[str] | None:
    """Compile the names of two characters, each given as the signs of the one and of the other.

    Between them a letter or a digit; 的 does not count here: 是他花的呗 is ordinary speech.

    >>> pairs_of([("借", "呗")]).findall("借x呗、借的呗、借呗")
    ['借x呗']
    """
    found = [f"[{re.escape(''.join(one))}][0-9A-Za-z][{re.escape(''.join(two))}]" for one, two in names]
    return re.compile("|".join(found)) if found else None


def _without(text: str, cuts: Sequence[tuple[int, int]], how: str) -> Reading:
    """Leave stretches out; every character left keeps its place in the original."""
    kept: list[int] = []
    at = 0
    for start, end in cuts:
        kept += range(at, start)
        at = end
    kept += range(at, len(text))
    return Reading("".join(text[i] for i in kept), tuple((i, i + 1) for i in kept), how)


def _explained(text: str) -> Iterator[Reading]:
    """Give each row of two and more explanations that stand close together as the characters they explain."""
    found = [match for match in _EXPLAINED.finditer(text) if _explains(match)]
    row: list[re.Match[str]] = found[:1]
    for last, match in pairwise(found):
        if match.start() - last.end() > _NEAR:
            yield from _spelt(row)
            row = []
        row.append(match)
    yield from _spelt(row)


def _explains(match: re.Match[str]) -> bool:
    if match["side"] is not None:
        return True
    word, char = match["word"], match["char"]
    named = word.endswith(("旁", "头", "底")) and _beside(SIDES.get(word, word[0]), char) == char  # 口字旁的呗
    return named or char in word or _made_of(word, char)


def _made_of(word: str, char: str) -> bool:
    """Tell whether words count out the parts of a character: 三个人 for 众, 两个木 for 林, 木子 for 李.

    >>> _made_of("三个人", "众"), _made_of("两个木", "林"), _made_of("木子", "李"), _made_of("一个人", "众")
    (True, True, True, False)
    """
    times = TIMES.get(word[0], 0) if word[1:2] in {"个", word[-1]} else 0
    parts = word[-1] * times or word
    return parts in tables.splits().get(char, ())


def _spelt(row: Sequence[re.Match[str]]) -> Iterator[Reading]:
    goes_on = _GOES_ON.match(row[-1].string, row[-1].end()) if row else None
    first, last = goes_on.span(1) if goes_on else (0, 0)
    parted = goes_on is not None and goes_on[1][:2] in tables.splits().get(goes_on[1][2:3], ())  # 口贝呗
    if len(row) < 1 + (not parted):  # one explanation is how anybody spells a surname
        return
    chars: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in row:
        side = match["side"] or ""
        for char in match["char"] or _beside(SIDES.get(side, side[:1]), match["rest"]):
            chars.append(char)
            spans.append((_start(match), match.end()))
    # 微信的微，大众的众，银行: what needs no explanation stands behind
    for at in range(first + 2 * parted, last):
        chars.append(row[-1].string[at])
        spans.append((at, at + 1))
    yield Reading("".join(chars), tuple(spans), "explained")


def _beside(side: str, rest: str) -> str:
    """Give a side and what stands beside it, or the whole character where it is named with a side it has.

    >>> _beside("口", "贝"), _beside("口", "呗")
    ('口贝', '呗')
    """
    return rest if any(side in way for way in tables.splits().get(rest, ())) else side + rest


def _start(match: re.Match[str]) -> int:
    """Give where the explaining word begins: the pattern may have taken the end of the sentence before it along."""
    word = match["word"]
    return match.start() + min(max(0, word.find(match["char"])), len(word) - 2) if word else match.start()
