"""A Latin name that stands as several words in running text, one of them misspelt: We Bnak, Junlin Bank, hua bay.

Words that are all ordinary English are a sentence, whatever they spell together: we bank, my rank.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from zhengben.names import tables
from zhengben.names.host_model import pinyin_of
from zhengben.names.latin import syllables
from zhengben.names.terms import trade_of
from zhengben.names.view import Token

MOST_WORDS = 4  # a name of four syllables, each a word
LEAST, LONGEST = 2, 28  # letters of one of the words; of all together
SYLLABLES = 4  # words heard as syllables, most
ENDINGS = ("s", "ed", "ing")


def windows(words: list[list[Token]]) -> Iterator[list[list[Token]]]:
    """Give the rows of two to four words that follow one another, none of a single letter."""
    for first in range(len(words)):
        for last in range(first + 2, min(first + MOST_WORDS, len(words)) + 1):
            row = words[first:last]
            if len(row[-1]) < LEAST or len(row[0]) < LEAST or sum(map(len, row)) > LONGEST:
                break
            yield row


def spelling(run: Sequence[Token]) -> str:
    """Give the letters of a word."""
    return "".join(token.symbol for token in run)


@lru_cache(maxsize=4096)
def ordinary(word: str) -> bool:
    """Tell whether a word is one of English, in some form of it.

    >>> ordinary("we"), ordinary("banks"), ordinary("bnak"), ordinary("junlin")
    (True, True, False, False)
    """
    stems = [word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending)]
    return any(form in tables.english_words() for form in (word, *stems))


@cache
def _spoken() -> dict[str, tuple[str, ...]]:
    """Give, for each English word that is heard as a syllable of Chinese, these syllables."""
    found: dict[str, tuple[str, ...]] = {}
    for syllable, words in tables.heard().items():
        for word in words:
            found[word] = (*found.get(word, ()), syllable)
    return found


def said_as(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give the syllables that words are heard as, where one at least is English heard so: hua bay as hua bei.

    >>> list(said_as(["hua", "bay"])), list(said_as(["hua", "bei"]))
    ([('hua', 'bei')], [])
    """
    if len(words) > SYLLABLES or not any(word in _spoken() for word in words):
        return
    rows: list[tuple[str, ...]] = [()]
    for word in words:
        heard = (word,) * bool(syllables(word)) or _spoken().get(word, ())
        rows = [(*row, syllable) for row in rows for syllable in (*heard, *(_spoken().get(word, ()) if heard else ()))]
    yield from dict.fromkeys(row for row in rows if row != tuple(words))


def in_english(name: str) -> str:
    """Give the pinyin of a name with its trade in English, or nothing where it has no such trade.

    >>> in_english("微众银行"), in_english("花呗")
    ('weizhongbank', '')
    """
    trade = trade_of(name)
    said = tables.finance()["tails"]["english"].get(trade, "") if len(trade) > 1 else ""
    own = pinyin_of(name.removesuffix(trade))
    return own + said if own and said else ""
