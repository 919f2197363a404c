"""What stands right before a name and right behind it: how people speak of a credit, a wallet or an account by name.

Words of finance anywhere nearby make finance likely; a frame tells that just here the name of a product must stand:
能刷 _ 吗, 从 _ 里借, 这个月 _ 还一千二. The words stand in `data/frames.toml`.
"""

import re
from collections.abc import Iterable
from functools import cache

from zhengben.names import tables
from zhengben.names.finance import wallets

REACH = 12  # characters on a side that a frame with its fillers takes
MOST_FILLERS = 2
CREDIT, THING = 2, 1


def _any_of(words: Iterable[str]) -> str:
    """Give the pattern of any of some words; a slot in one stands for any of its own."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.sub(r"\\\{(\w+)\\\}", lambda slot: _slot(slot[1]), re.escape(word)) for word in longest_first)


@cache
def _slot(name: str) -> str:
    told = tables.frames()["slots"][name]
    return told if isinstance(told, str) else f"(?:{_any_of(told)})"


@cache
def _patterns(side: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    told = tables.frames()[side]
    fill = f"(?:{_any_of(told['fillers'])}){{0,{MOST_FILLERS}}}"
    whole = "(?:{0}){1}$" if side == "before" else "{1}(?:{0})"
    credit, thing = (whole.format(_any_of(told[kind]), fill) for kind in ("credit", "thing"))
    return re.compile(credit), re.compile(thing)


def _degree(side: str, text: str, *, search: bool) -> int:
    credit, thing = _patterns(side)
    if credit.search(text) if search else credit.match(text):
        return CREDIT
    return THING if (thing.search(text) if search else thing.match(text)) else 0


def framed_before(text: str, start: int) -> int:
    """Tell what the words right before a place ask for: 2 for a credit or an account, 1 for any thing, 0 for nothing.

    >>> framed_before("医院能刷花钡吗", 4), framed_before("那个花钡", 2), framed_before("很花", 1)
    (2, 1, 0)
    """
    return _degree("before", text[max(0, start - REACH) : start], search=True)


@cache
def _house() -> re.Pattern[str]:
    told = tables.frames()["house"]
    return re.compile(f"(?:{_any_of(wallets())})(?:{_any_of(told['behind_wallet'])})(?:{_any_of(told['inside'])})$")


def in_a_wallet(text: str, start: int) -> bool:
    """Tell whether what begins at a place is said to be in a wallet.

    >>> in_a_wallet("支付宝里的花被", 5), in_a_wallet("加微信办花被", 4)
    (True, False)
    """
    return _house().search(text[max(0, start - REACH) : start]) is not None


def framed_behind(text: str, end: int) -> int:
    """Tell what the words right behind a place are said of: 2 for a credit or an account, 1 for any thing.

    >>> framed_behind("花杯这个月还五百", 2), framed_behind("花杯怎么样", 2), framed_behind("花杯子", 2)
    (2, 1, 0)
    """
    return _degree("behind", text[end : end + REACH], search=False)


def pays_with(text: str, start: int, end: int) -> bool:
    """Tell whether somebody pays with what stands between two places.

    >>> pays_with("用花贝买耳机", 1, 3), pays_with("看花贝买耳机", 1, 3)
    (True, False)
    """
    told = tables.frames()["pays"]
    return text[:start].endswith(tuple(told["before"])) and text.startswith(tuple(told["behind"]), end)


def of_a_person(text: str, start: int, end: int) -> bool:
    """Tell whether what stands between two places is told as a person's name.

    >>> of_a_person("花蓓同学", 0, 2), of_a_person("花蓓账单", 0, 2)
    (True, False)
    """
    told = tables.frames()["persons"]
    return text.startswith(tuple(told["behind"]), end) or text[:start].endswith(tuple(told["before"]))


def given_name(char: str) -> bool:
    """Tell whether a character is one of those that given names are made of, and hardly anything else.

    >>> given_name("蓓"), given_name("被"), given_name("")
    (True, False, False)
    """
    return char != "" and char in tables.frames()["persons"]["given"]
