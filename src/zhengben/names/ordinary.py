"""How ordinary some characters are where they stand: what they would cost a writer who meant no name, in bits."""

from functools import cache
from math import log2

from zhengben.names import tables

MILLION = 1_000_000
AROUND = 4  # characters on each side that a word may run over
RAREST = 21.0  # bits of a character that the sample of writing has not
# Of text in words, so much is in the words of the list; Zipf's law gives each its share by its rank, from a rank on.
IN_WORDS, FIRST_RANK, SHARES = 0.6, 50, 7
LONGEST_WORD = 4


@cache
def char_bits(char: str) -> float:
    """Give how many bits a character costs that stands for itself: one more than its rarity, for it is no word.

    >>> char_bits("的") < char_bits("粒") < char_bits("呗")
    True
    """
    return min(RAREST, 1 - log2(max(0.5, tables.frequency(char)) / MILLION))


@cache
def word_bits(word: str) -> float:
    """Give how many bits a common word costs, by its rank; more than any text has where it is none.

    >>> word_bits("我们") < word_bits("矿业") < word_bits("粒贷")
    True
    """
    rank = tables.word_ranks().get(word)
    return float("inf") if rank is None else -log2(IN_WORDS / (SHARES * (rank + FIRST_RANK)))


def text_bits(text: str) -> float:
    """Give the bits of the cheapest way to cut a text into common words and single characters.

    >>> text_bits("贷款利率") < sum(map(char_bits, "贷款利率")), text_bits("")
    (True, 0.0)
    """
    best = [0.0]
    for end in range(1, len(text) + 1):
        words = [best[end - size] + word_bits(text[end - size : end]) for size in range(2, min(LONGEST_WORD, end) + 1)]
        best.append(min([best[-1] + char_bits(text[end - 1]), *words]))
    return best[-1]


def is_han(char: str) -> bool:
    """Tell whether a sign is one character of Chinese; nothing is none.

    >>> is_han("贷"), is_han("x"), is_han("")
    (True, False, False)
    """
    return "\u3400" <= char <= "\u9fff"


def surprise(text: str, start: int, end: int) -> float:
    """Give how many bits the characters from `start` to `end` add to what stands around them; few where words run over.

    >>> surprise("微利贷款利率", 0, 3) < surprise("微利贷怎么还", 0, 3)
    True
    """
    first, last = start, end
    while start - first < AROUND and is_han(text[first - 1 : first] if first else ""):
        first -= 1
    while last - end < AROUND and is_han(text[last : last + 1]):
        last += 1
    plain = tables.plain(text[first:last])
    before, inside, after = plain[: start - first], plain[start - first : end - first], plain[end - first :]
    inside = "".join(filter(is_han, inside))
    return text_bits(before + inside + after) - text_bits(before) - text_bits(after)


@cache
def share_of_sound(char: str) -> float:
    """Give how often, in bits below zero, this character is what is written of all that sound as it does, tones apart.

    >>> share_of_sound("微") < 0 == share_of_sound("x")
    True
    """
    read = tables.readings(char)[:1]
    alike = sum(map(tables.frequency, tables.sounding().get(read[0][:-1], ()))) if read else 0
    return max(-8.0, log2(max(1, tables.frequency(char)) / alike)) if alike > 1 else 0.0
