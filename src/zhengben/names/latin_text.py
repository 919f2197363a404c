"""Find a brand's Latin and short names in text: folded letters, whole words; short names need context."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from zhengben.core.brand import Brand
from zhengben.names import tables
from zhengben.names.hits import Character, NameHit
from zhengben.names.host_model import SHORTEST, SHORTEST_TYPO, pinyin_of
from zhengben.names.latin import one_edit
from zhengben.names.terms import CONTEXT
from zhengben.names.view import Token, fold

LIKE = {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "$": "s", "@": "a", "|": "l", "!": "i"}
LONGEST_RUN = 200
_CONTEXT = re.compile("|".join(sorted(map(re.escape, CONTEXT), key=len, reverse=True)), re.IGNORECASE)


@dataclass(frozen=True)
class LatinText:
    """Latin names by brand, whole and short, folded to lower case."""

    names: tuple[tuple[str, str], ...]
    shorts: tuple[tuple[str, str], ...]


def latin_text(brands: tuple[Brand, ...]) -> LatinText:
    """Compile the Latin names; the pinyin of a Chinese name is found with its characters."""
    names: list[tuple[str, str]] = []
    shorts: list[tuple[str, str]] = []
    for brand in brands:
        sounds = {pinyin_of(name) for name in brand.names.chinese}
        names += [(n.lower(), brand.id) for n in brand.names.latin if len(n) >= SHORTEST and n.lower() not in sounds]
        shorts += [(n.lower(), brand.id) for n in brand.names.short]
    return LatinText(tuple(names), tuple(shorts))


@cache
def _latin() -> re.Pattern[str]:
    """Give the pattern of two characters near each other that could be Latin letters."""
    others = "".join(c for c in sorted(tables.confusables()) if c not in "]^\\-")
    letters = rf"[A-Za-z0-9\uff10-\uff5a\u2460-\u24ff\U0001d400-\U0001d7ff{others}]"
    return re.compile(rf"{letters}[^\u4e00-\u9fff]{{0,8}}{letters}")


def _runs(text: str) -> Iterator[list[Token]]:
    """Give runs of Latin letters and digits; a hidden character or a single separator does not end one."""
    run: list[Token] = []
    last = -2
    for at, char in enumerate(text):
        symbol, how = fold(char)
        if len(symbol) == 1 and symbol.isascii():
            if run and at - last > 2:
                yield run
                run = []
            run.append(Token(symbol, at, at + 1, how))
            last = at
        elif symbol or how == "natural":
            if run and symbol:
                yield run
                run = []
        elif how == "zero_width" and run:
            last = at
    if run:
        yield run


def find_latin(text: str, known: LatinText, mode: str) -> Iterator[NameHit]:
    """Give the Latin and short names of a text."""
    if not (known.names or known.shorts) or not _latin().search(text):
        return
    for run in _runs(text):
        if len(run) <= LONGEST_RUN:
            yield from _in_run(text, run, known, mode)


def _in_run(text: str, run: list[Token], known: LatinText, mode: str) -> Iterator[NameHit]:
    plain = "".join(t.symbol for t in run)
    likely = "".join(LIKE.get(c, c) for c in plain)
    for name, brand in known.names:
        for folded in dict.fromkeys((plain, likely)):
            at = folded.find(name)
            while at >= 0:
                if _bounded(text, run, at, at + len(name)):
                    yield _hit(text, run[at : at + len(name)], name, brand)
                at = folded.find(name, at + 1)
        if mode != "strict" and len(name) > SHORTEST_TYPO and one_edit(name, plain) and _finance(text, run):
            yield _hit(text, run, name, brand)
    for name, brand in known.shorts:
        if plain == name and mode != "strict" and _finance(text, run) and _bounded(text, run, 0, len(run)):
            yield _hit(text, run, name, brand)


def _bounded(text: str, run: list[Token], first: int, last: int) -> bool:
    before = text[run[first].start - 1 : run[first].start]
    after = text[run[last - 1].end : run[last - 1].end + 1]
    return not (before.isascii() and before.isalpha()) and not (after.isascii() and after.isalpha())


def _finance(text: str, run: list[Token]) -> bool:
    start, end = run[0].start, run[-1].end
    return bool(_CONTEXT.search(text[max(0, start - 20) : start] + "\n" + text[end : end + 20]))


def _hit(text: str, run: list[Token], name: str, brand: str) -> NameHit:
    start, end = run[0].start, run[-1].end
    told = tuple(
        Character(
            t.start,
            text[t.start : t.end],
            meant,
            _how(t, meant),
            0.0 if t.symbol == meant and t.how == "exact" else 0.2,
        )
        for t, meant in zip(run, name, strict=False)
    )
    changed = [c.how for c in told if c.differs]
    spread = end - start > len(run)
    kind = changed[0] if changed else "separator" if spread else "exact"
    kind = "typo" if len(run) != len(name) else kind
    score = max(40, 100 - 8 * len(changed) - 5 * spread - 25 * (kind == "typo"))
    return NameHit(
        start=start, end=end, matched=text[start:end], brand=brand, expected=name, kind=kind, score=score,
        characters=told,
        deliberate=bool(changed) or spread,
    )  # fmt: skip


def _how(token: Token, meant: str) -> str:
    if token.symbol == meant:
        return token.how
    return "confusable" if LIKE.get(token.symbol) == meant else "replacement"
