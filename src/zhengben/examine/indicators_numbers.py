"""Phone numbers and payment cards in a folded text, also where digits are spaced, decorated or written as characters.

A run of digits is read as a whole first, then in parts that a blank or a change of script sets apart; it counts only
when its length and first digits are those of a real number (numbering plan of the PRC, Luhn for cards).
"""

import re
from collections.abc import Iterator, Sequence

from zhengben.core.view import View
from zhengben.examine.indicators_shape import HAN_DIGITS, Found, as_digits

_HAN = "".join(HAN_DIGITS)
_ATOM = rf"(?:[0-9oli|]+|[{_HAN}]+)"
_GAP = r"(?:[^\w\n，。；;、/:!?=%￥$<>,@#&+]|[_丶])"
_RUN = re.compile(rf"\+?{_ATOM}(?:{_GAP}{{0,3}}{_ATOM}){{0,63}}")
_PIECE = re.compile(rf"[0-9]+|[oli|]+|[{_HAN}]+")
_MOBILE = re.compile(r"(?:0086|86)?(1[3-9]\d{9})")
# Numbering plan of the PRC: 10 and 2x have eight digits behind them, three-figure areas seven or eight.
_LANDLINE = re.compile(r"(?:0086|86)?(0?(?:10|2\d)[1-9]\d{7}|0?[3-9]\d{2}[1-9]\d{6,7})")
_TOLL_FREE = re.compile(r"[48]00\d{7}")  # 4000 and 4001 are in use as well
_ABROAD = re.compile(r"(?:00)?(?:852|853|886|1|44|60|61|63|65|66|81|82|84|855|856|95|971)\d{7,10}")
_SERVICE = re.compile(r"(?:95\d{3,6}|96\d{3,4}|100(?:00|10|86)|12[0-9]{3})")
_SERVICE_CUE = re.compile(
    r"(?:电话|热线|客服|拨打|致电|来电|号码|服务|tel|phone|call|hotline|☎|📞|拨|询|咨询)[^\n，。；]{0,12}$"
)
_CARD_CUE = re.compile(r"(?:卡|帐|账|户|收款|汇款|工行|建行|农行|中行|招行|card|account)[^\n。]{0,20}$")
# Identity numbers have a card's length, and one in ten passes Luhn: only a word about cards makes one a card.
_CITIZEN = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}")
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")
# What is followed by a unit is a quantity, however much it looks like a number to dial.
_AMOUNT = re.compile(r"\s?(?:元|万|块|円|人民币|rmb|kb|mb|吨|公里|平方)")
_PARTS = 24
_TRIES = 20_000  # characters in runs of digits that are read in one text


def find_numbers(seen: View) -> Iterator[Found]:
    """Find phone numbers and cards, longest reading first, none inside another."""
    budget = _TRIES
    for run in _RUN.finditer(seen.text):
        budget -= len(run.group())
        if budget < 0:
            return  # a text of nothing but digits is no text; what stands further on is left
        if sum(c.isdigit() or c in HAN_DIGITS for c in run.group()) >= 5 and not _ADDRESS.fullmatch(run.group()):
            yield from _in_run(seen.text, run.start(), run.end())


def _in_run(text: str, start: int, end: int) -> Iterator[Found]:
    pieces = [(m.start(), m.end()) for m in _PIECE.finditer(text, start, end)]
    at = 0
    while at < len(pieces):
        found, used = _longest(text, pieces[at : at + _PARTS], pieces[at - 1][1] if at else -1)
        if found:
            yield found
        at += used


def _longest(text: str, pieces: Sequence[tuple[int, int]], before: int) -> tuple[Found | None, int]:
    # Digits that run into each other are one number: cut, an order number would give a telephone.
    if not _may_cut(text, before, pieces[0][0]):
        return None, 1
    for last in range(len(pieces), 0, -1):
        start, end = pieces[0][0], pieces[last - 1][1]
        follows = pieces[last][0] if last < len(pieces) else -1
        if _may_cut(text, end, follows):
            found = _read(text, start, end)
            if found:
                return found, last
    return None, 1


def _may_cut(text: str, left: int, right: int) -> bool:
    """Tell whether a number may end or begin between two pieces: at a blank, a break, or a change of script."""
    if left < 0 or right < 0:
        return True
    between = text[left:right]
    return not between or any(c.isspace() or c in "()|" for c in between)


def _read(text: str, start: int, end: int) -> Found | None:
    digits = as_digits(text[start:end])
    if not 5 <= len(digits) <= 19 or _AMOUNT.match(text, end):
        return None
    begins = start - text.startswith("+", start - 1) if start else start
    value = _phone(text, digits, begins) or _service(text, digits, start)
    if value and not _inside_word(text, start, end):
        return Found("phone", value, begins, end)
    if _card(text, digits, start):
        return Found("card", digits, start, end)
    return None


def _phone(text: str, digits: str, begins: int) -> str:
    abroad = text[begins] == "+" or digits.startswith("00")
    if match := _MOBILE.fullmatch(digits):
        return match.group(1)
    if abroad and not digits.startswith(("86", "0086")):
        return "+" + digits.removeprefix("00") if _ABROAD.fullmatch(digits) else ""
    if (match := _LANDLINE.fullmatch(digits)) and (digits.startswith("0") or abroad):
        return match.group(1) if match.group(1).startswith("0") else "0" + match.group(1)
    return digits if _TOLL_FREE.fullmatch(digits) else ""


def _service(text: str, digits: str, start: int) -> str:
    cue = _SERVICE_CUE.search(text, max(0, start - 24), start)
    return digits if cue and _SERVICE.fullmatch(digits) else ""


def _inside_word(text: str, start: int, end: int) -> bool:
    """Tell whether the digits stand inside a longer code, such as a hash or an order number."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    latin = [c.isascii() and c.isalnum() for c in (before, after)]
    return all(latin) or before in "_/=" or after in "_="


def _card(text: str, digits: str, start: int) -> bool:
    if not 16 <= len(digits) <= 19 or digits[0] not in "34569" or not luhn(digits):
        return False
    cue = _CARD_CUE.search(text, max(0, start - 30), start)
    if _CITIZEN.fullmatch(digits):
        return bool(cue)
    # 62 is UnionPay; a number of another network may be anything, so a word must speak for it.
    return digits.startswith("62") or bool(cue)


def luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of the rest.

    >>> luhn("4111111111111111"), luhn("4111111111111112")
    (True, False)
    """
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
