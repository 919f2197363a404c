"""One form for a telephone number: the digits by which it is dialled inside China, however it was written down.

Three rooms compare numbers: the guard of official numbers, the gate before a letter, and the key under which a report
meets the one before it. They must agree, or the brand's own hotline is accused in one spelling and guarded in another.
"""

import unicodedata

_SERVICE_HEADS = ("400", "800", "95")  # no area code, dialled the same from everywhere (95xxx may carry an extension)
_SHORT = 6  # 95xxx, 12345, 96110: no area code before them


def plain_number(text: str) -> str:
    """Give a number's digits without spaces, marks and the code of China; `+` and digits for one abroad; "" for none.

    >>> plain_number("+86 755-8601 3388"), plain_number("0755-86013388"), plain_number("0086 10 6526 3366")
    ('075586013388', '075586013388', '01065263366')
    >>> plain_number("+86 400 123 4567"), plain_number("+1 (212) 555-0100"), plain_number("微粒贷")
    ('4001234567', '+12125550100', '')
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    digits = _digits(folded)
    abroad = folded.startswith("+") or digits.startswith("00")
    if abroad:
        digits = digits.removeprefix("00")
    # no number at home has twelve digits or more, so 86 in front of so many is the code of the country
    if digits.startswith("86") and (abroad or len(digits) >= 12):
        return _at_home(digits.removeprefix("86"))
    return f"+{digits}" if abroad and digits else digits


def _digits(text: str) -> str:
    """Give the digits of any script: whoever hides a number writes ١٣٨ or १३८ for 138."""
    return "".join(str(digit) for char in text if (digit := unicodedata.digit(char, -1)) >= 0)


def _at_home(digits: str) -> str:
    """Put back the 0 of an area code, which is left out behind +86 and dialled everywhere else."""
    mobile = len(digits) == 11 and digits.startswith("1")
    # ten digits: 0411 and 0871 are cities, so their numbers behind +86 begin with 4 and 8 as well
    service = len(digits) == 10 and digits.startswith(_SERVICE_HEADS)
    if digits.startswith("0") or mobile or service or len(digits) <= _SHORT:
        return digits
    return f"0{digits}"
