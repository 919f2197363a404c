"""Text as search tokens that both databases read alike: pairs of neighbouring characters, and single Chinese ones.

Trigram indexes silently find nothing for 微粒 (two characters) and 贷 (one), and PostgreSQL's depend on the locale the
cluster was made in. So the application makes the tokens itself, in plain ASCII letters and digits, and a phrase of
neighbouring pairs finds a word of any length.
"""

import operator
import unicodedata
from functools import lru_cache
from itertools import pairwise

LONGEST_TEXT = 4000  # characters of one text that are searchable
GAP = "zz"  # stands between runs, so that a phrase never crosses punctuation
_ASCII = {number: " " for number in range(128) if not chr(number).isalnum()}
_LETTERS = "abcdefghijklmnop"


def fold(text: str) -> str:
    """Give the form in which texts are compared: compatibility-normalised, case folded, capped."""
    if text.isascii():
        return text[:LONGEST_TEXT].lower()
    return unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold()[:LONGEST_TEXT]


def index_tokens(text: str) -> str:
    """Give the tokens of a text, in order, separated by spaces.

    >>> index_tokens("a1-b2")
    'ba1 zz bb2'
    """
    singles: dict[str, None] = {}
    parts: list[str] = []
    for run in _runs(fold(text)):
        if len(run) > 1:
            parts.append(_pairs(run))
        if len(run) == 1 or not run.isascii():
            singles.update((f"s{_code(c)}", None) for c in run if not c.isascii() or len(run) == 1)
    return f" {GAP} ".join([*parts, " ".join(singles)] if singles else parts)


def _pairs(run: str) -> str:
    """Give the tokens of neighbouring characters of one run, separated by spaces."""
    if run.isascii():  # hostnames, by the million: kept in C
        return "b" + " b".join(map(operator.add, run, run[1:]))
    return " ".join([f"b{_code(one)}{_code(other)}" for one, other in pairwise(run)])


def query_phrases(words: str) -> list[list[str]]:
    """Give the phrases that must all occur: each a list of tokens that must stand side by side.

    >>> query_phrases("Wei 贷")
    [['bwe', 'bei'], ['sxaindh']]
    """
    phrases = []
    for run in _runs(fold(words)):
        if len(run) == 1:
            phrases.append([f"s{_code(run)}"])
        else:
            phrases.append(_pairs(run).split())
    return phrases


def _runs(text: str) -> list[str]:
    """Split into runs of letters and digits."""
    if text.isascii():
        return text.translate(_ASCII).split()
    return "".join([c if c.isalnum() else " " for c in text]).split()


@lru_cache(maxsize=65536)
def _code(character: str) -> str:
    """Give an ASCII letter or digit as itself, anything else as x and five letters."""
    if character.isascii():
        return character
    return "x" + "".join(_LETTERS[(ord(character) >> shift) & 15] for shift in (16, 12, 8, 4, 0))
