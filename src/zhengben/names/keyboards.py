"""Syllables that a slip of the finger makes of another: a key beside the one meant, lost, doubled, crossed or shared.

Two keyboards, letters (QWERTY) and the nine keys of telephones (ITU-T E.161), and the words that input methods offer
before a syllable is whole.
"""

from collections.abc import Iterator
from functools import cache

from zhengben.names import tables

ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOWELS = "aeiou"
INITIALS = frozenset({"zh", "ch", "sh"})  # two letters that begin a third of all syllables complete to none of them
SHORTEST = 2  # letters of a syllable of which one may be lost
# letters that share a key of a telephone (E.161); who taps takes the first word that is offered for the keys
SHARED = {letter: group for group in ("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz") for letter in group}


def neighbours(one: str, two: str) -> bool:
    """Tell whether two keys lie beside one another, in a row or in the next.

    >>> neighbours("n", "b"), neighbours("e", "i")
    (True, False)
    """
    places = [(row, line.index(one)) for row, line in enumerate(ROWS) if one in line]
    return any(two in line[max(0, at - 1) : at + 2] for row, at in places for line in ROWS[max(0, row - 1) : row + 2])


@cache
def mistyped(syllable: str) -> tuple[str, ...]:
    """Give the syllables that one wrong key makes of a toneless one, each once.

    >>> [other for other in ("nei", "zei", "lai") if other in mistyped("bei")], "zhou" in mistyped("zhong")
    (['nei'], True)
    >>> "le" in mistyped("li"), "hong" in mistyped("zhong"), "da" in mistyped("dai"), "lie" in mistyped("jie")
    (True, True, True, True)
    """
    ways = (*_one_key(syllable), *_shared(syllable), *_completed(syllable))
    return tuple(other for other in dict.fromkeys(ways) if other != syllable and other in tables.sounding())


def _one_key(syllable: str) -> Iterator[str]:
    """Give what one wrong, lost, added or crossed letter makes of a syllable."""
    for at, meant in enumerate(syllable):
        before, behind = syllable[:at], syllable[at + 1 :]
        beside = [other for other in LETTERS if neighbours(meant, other)]
        yield from (before + other + behind for other in (*beside, *(VOWELS if meant in VOWELS else "")))
        yield from (before + meant + other + behind for other in beside)
        yield before + behind if len(syllable) > SHORTEST else ""
        yield before + behind[:1] + meant + behind[1:]


def _shared(syllable: str) -> Iterator[str]:
    """Give what the same keys of a telephone spell."""
    keys = [SHARED[letter] for letter in syllable]
    same = (other for other in tables.sounding() if len(other) == len(keys))
    yield from (other for other in same if all(letter in key for letter, key in zip(other, keys, strict=True)))


def _completed(syllable: str) -> Iterator[str]:
    """Give what else input methods make of its first letters, where these are no syllable themselves: zho, tia."""
    heads = (syllable[:size] for size in range(len(syllable) - 1, 1, -1))
    for head in heads:
        if head not in tables.sounding() and head not in INITIALS:
            yield from (other for other in tables.sounding() if other.startswith(head))
