"""What is said of money: the words that must stand beside a name written so loosely that it needs a witness.

Two strengths: `finance_in` (money is likely meant) and `loans_in` (loans and accounts are meant, and little else).
The words and their sources stand in `data/finance.toml`; English ones count as whole words.
"""

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import NamedTuple

from zhengben.names import tables

_LETTER = re.compile("[A-Za-z]")


def _words(strength: str) -> frozenset[str]:
    groups = [group for group in tables.finance()["words"] if group["strength"] == strength]
    return frozenset(word for group in groups for word in group["list"])


def _amounts() -> frozenset[str]:
    """Give what begins like a sum that is owed or paid: 还三(百), 借5(千)."""
    told = tables.finance()["amounts"]
    return frozenset(verb + number for verb in told["verbs"] for number in told["numbers"])


def _any_of(words: Iterable[str]) -> str:
    """Give the pattern of any of some words, the longer first, so that the same text gives the same match."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


class _Said(NamedTuple):
    """The words of one strength: Chinese ones, and English ones, which are looked for only where letters stand.

    Two patterns: one of both begins with no set of characters, and is then tried at every character of a text.
    """

    chinese: re.Pattern[str]
    english: re.Pattern[str]

    def any_in(self, text: str) -> bool:
        """Tell whether some word stands in a text."""
        if self.chinese.search(text):
            return True
        return bool(_LETTER.search(text) and self.english.search(text))

    def all_in(self, text: str) -> set[str]:
        """Give the words that stand in a text."""
        return {*self.chinese.findall(text), *self.english.findall(text)}


def _said(words: frozenset[str], english: frozenset[str]) -> _Said:
    whole_words = rf"(?<![A-Za-z])(?i:{_any_of(english)})(?![A-Za-z])"
    return _Said(re.compile(_any_of(words)), re.compile(whole_words))


@cache
def _loans() -> _Said:
    return _said(_words("loans"), _words("english loans"))


@cache
def _finance() -> _Said:
    return _said(_words("finance") | _words("loans") | _amounts(), _words("english") | _words("english loans"))


def finance_in(text: str, words: Collection[str] = ()) -> bool:
    """Tell whether a word of finance or of fraud, or one of some others, stands anywhere in a text.

    >>> finance_in("领额度"), finance_in("my loan"), finance_in("reloaned"), finance_in("好吃")
    (True, True, False, False)
    """
    return _finance().any_in(text) or any(word in text for word in words)


def loans_in(text: str) -> bool:
    """Tell whether something is said in a text that is said of loans and accounts, and of little else.

    >>> loans_in("逾期三天"), loans_in("打开手机")
    (True, False)
    """
    return _loans().any_in(text)


def loans_said(text: str) -> int:
    """Count the different words of loans and accounts in a text.

    >>> loans_said("额度没了，逾期三天，额度")
    2
    """
    return len(_loans().all_in(text))


def finance_said(text: str) -> int:
    """Count the different words of finance in a text, those of loans among them.

    >>> finance_said("客服说密码错了，客服")
    2
    """
    return len(_finance().all_in(text))


def finance_begins(text: str, at: int) -> bool:
    """Tell whether a word of finance in Chinese begins at a place of a text.

    >>> finance_begins("花被额度", 2), finance_begins("花被额度", 1)
    (True, False)
    """
    return _finance().chinese.match(text, at) is not None


@cache
def wallets() -> tuple[str, ...]:
    """Give the names of wallets and their houses: beside one, a credit of a wallet is more likely meant."""
    return tuple(tables.finance()["wallets"]["list"])


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
