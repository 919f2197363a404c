"""What is said of money: the words that must stand beside a name written so loosely that it needs a witness.

Two strengths: `finance_in` (money is likely meant) and `loans_in` (loans and accounts are meant, and little else).
The words and their sources stand in `data/finance.toml`; English ones count as whole words.
"""

import re
from collections.abc import Collection, Iterable
from functools import cache

from zhengben.names import tables


def _words(strength: str) -> frozenset[str]:
    groups = [group for group in tables.finance()["words"] if group["strength"] == strength]
    return frozenset(word for group in groups for word in group["list"])


def _any_of(words: Iterable[str]) -> str:
    """Give the pattern of any of some words, the longer first, so that the same text gives the same match."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def _pattern(words: frozenset[str], english: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"{_any_of(words)}|(?<![A-Za-z])(?i:{_any_of(english)})(?![A-Za-z])")


@cache
def _loans() -> re.Pattern[str]:
    return _pattern(_words("loans"), _words("english loans"))


@cache
def _finance() -> re.Pattern[str]:
    return _pattern(_words("finance") | _words("loans"), _words("english") | _words("english loans"))


def finance_in(text: str, words: Collection[str] = ()) -> bool:
    """Tell whether a word of finance or of fraud, or one of some others, stands anywhere in a text.

    >>> finance_in("领额度"), finance_in("my loan"), finance_in("reloaned"), finance_in("好吃")
    (True, True, False, False)
    """
    return bool(_finance().search(text)) or any(word in text for word in words)


def loans_in(text: str) -> bool:
    """Tell whether something is said in a text that is said of loans and accounts, and of little else.

    >>> loans_in("逾期三天"), loans_in("打开手机")
    (True, False)
    """
    return bool(_loans().search(text))


def loans_said(text: str) -> int:
    """Count the different words of loans and accounts in a text.

    >>> loans_said("额度没了，逾期三天，额度")
    2
    """
    return len(set(_loans().findall(text)))


@cache
def generic() -> frozenset[str]:
    """Give the names of products that many lenders offer and nobody owns."""
    return frozenset(name for group in tables.finance()["generic"] for name in group["list"])


@cache
def particles() -> frozenset[str]:
    """Give the particles a clause may end in."""
    return frozenset(tables.finance()["particles"]["list"])


@cache
def objects() -> frozenset[str]:
    """Give the characters behind which a clause-final name with a particle is a name: 用花呗, 还借呗."""
    return frozenset(tables.finance()["particles"]["objects"])


@cache
def tails() -> tuple[str, ...]:
    """Give the ends of names that name a trade and not an owner, the longest first."""
    return tuple(sorted(tables.finance()["tails"]["list"], key=lambda tail: (-len(tail), tail)))
