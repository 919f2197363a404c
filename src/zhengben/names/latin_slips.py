"""Slips in a Latin name or in pinyin: which are none, and a name spelt as it is misheard, syllable by syllable."""

import re
from collections.abc import Sequence

from zhengben.names import tables
from zhengben.names.hits import Character, NameHit
from zhengben.names.latin import fold, near_pinyin, one_edit, syllables
from zhengben.names.latin_words import ordinary
from zhengben.names.view import Token

# written close up behind a name: webankapp, webankloan; and what sellers abbreviate: 提现, 套现, 强开, 客服, 贷款
APP = ("app", "apk")
TAILS = (*APP, "loan", "loans", "pay", "vip", "card", "cash", "credit", "wallet", "official", "kefu", "tixian",
    "taoxian", "daikuan", "tx", "qk", "kf", "dk")  # fmt: skip
WITH_APP = re.compile(rf"(?:{'|'.join(TAILS)})(?![A-Za-z])", re.IGNORECASE)
SHORTEST_HEARD = 8  # letters of a name in pinyin of which several syllables may be misheard
CERTAIN = 8  # letters of a name of which one slip that is no pinyin is certain whatever stands beside it
FIRST_SURE = 9  # letters of a name that is told with its first letter replaced
HEARD_SCORE = 60


def is_slip(name: str, plain: str) -> bool:
    """Tell whether a word is one slip of the hand from a name: the first letter of a short one is rarely another.

    >>> is_slip("webank", "webamk"), is_slip("webank", "debank"), is_slip("webank", "ewbank")
    (True, False, True)
    """
    edit = one_edit(name, plain)
    first = edit is not None and edit[1] == 0 and len(name) == len(plain) and edit[0] != "transposition"
    return edit is not None and (not first or len(name) >= FIRST_SURE)


def certain(name: str, plain: str) -> bool:
    """Tell whether a slip of the hand needs no word of finance beside it: long, and no pinyin of something else.

    >>> certain("youfupay", "youfupya"), certain("weilidai", "weilidia")
    (True, False)
    """
    edit = one_edit(name, plain)
    typed = edit is not None and (edit[0] == "transposition" or fold(plain) != fold(name))  # not drawn: i for l
    return typed and len(name) >= CERTAIN and not syllables(plain)


def crossed(name: str, plain: str) -> bool:
    """Tell whether a word is a long name with two letters changed over, and the pinyin of no other word.

    >>> crossed("weilidai", "weilidia"), crossed("webank", "webnak")
    (True, False)
    """
    edit = one_edit(name, plain)
    return edit is not None and edit[0] == "transposition" and len(name) >= CERTAIN and plain not in tables.said_words()


def misheard(names: Sequence[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Give the spellings of long names in pinyin with syllables as they are confused by ear, each with name and brand.

    What is the pinyin of a word, or a word of hostnames, is none.
    """
    rows = [row for row in names if len(row[0]) >= SHORTEST_HEARD]
    return {spelt: row for row in rows for spelt in sorted(near_pinyin(row[0])) if not _used(spelt)}


def _used(spelt: str) -> bool:
    return spelt in tables.host_words() or spelt in tables.said_words()


def heard_hit(text: str, run: Sequence[Token], name: str, brand: str) -> NameHit | None:
    """Give the hit of a misheard name, a character of it a syllable; None where the syllables do not answer."""
    return said_hit(text, run, syllables("".join(token.symbol for token in run)), (name, brand))


def said_hit(text: str, run: Sequence[Token], written: Sequence[str], named: tuple[str, str]) -> NameHit | None:
    """Give the hit of a name that is written as some syllables or words, each for one of its own, or None."""
    name, brand = named
    meant = syllables(name)
    if len(meant) != len(written):
        return None
    told, at = [], 0
    for syllable, said in zip(meant, written, strict=True):
        start, end = run[at].start, run[at + len(said) - 1].end
        same = syllable == said
        told.append(Character(start, text[start:end], syllable, "exact" if same else "near_sound", 0.5 * (not same)))
        at += len(said)
    start, end = run[0].start, run[-1].end
    return NameHit(
        start=start, end=end, matched=text[start:end], brand=brand, expected=name, kind="near_sound", score=HEARD_SCORE,
        characters=tuple(told),
    )  # fmt: skip


def in_a_sentence(text: str, run: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether letters with blanks between them go on as words on either side: we bank with a credit union.

    Words of which one is no English are a name with a blank in it: Web Ank.
    """
    inside = text[run[first].start : run[last - 1].end]
    rest = "".join(token.symbol for token in (*run[:first], *run[last:]))
    plain = all(ordinary(word) for word in inside.lower().split())
    return plain and any(char.isspace() for char in inside) and rest not in {"", *APP}
