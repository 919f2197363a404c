"""The order in which a reader sees characters, where a page writes them down in another.

Two ways to hide a name from machines and show it to people: written backwards and turned round by the browser
(`<bdo dir=rtl>`, U+202E), and written as a column of one character a line.
"""

import re

TURN, BACK = "\u202e", "\u202c"  # what Unicode itself uses: right-to-left override, and its end
_TURNED = re.compile(f"{TURN}([^{BACK}\n{TURN}]*){BACK}?")
_STYLE = re.compile(r"unicode-bidi\s*:\s*(?:bidi-override|isolate-override)", re.IGNORECASE)
_RTL = re.compile(r"direction\s*:\s*rtl", re.IGNORECASE)
_COLUMN = re.compile(r"(?m)(?:^[\u3400-\u9fff]\n){2,11}[\u3400-\u9fff]$")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\u3164\uffa0]"
)
_GAPS = re.compile(r"(?<=[\u3400-\u9fff])[\s·.*_\-|~]{1,3}(?=[\u3400-\u9fff])")


def turns(name: str, direction: str, style: str) -> bool:
    """Tell whether an element shows its characters backwards; plain `dir=rtl` leaves Chinese as it is."""
    if name == "bdo" and direction.lower() == "rtl":
        return True
    return bool(_STYLE.search(style)) and (direction.lower() == "rtl" or bool(_RTL.search(style)))


def as_seen(text: str) -> str:
    r"""Put characters into the order in which they are seen.

    >>> as_seen("\u202e贷粒微\u202c 额度"), as_seen("微\n粒\n贷\n立即申请")
    ('微粒贷 额度', '微粒贷\n立即申请')
    """
    if TURN in text:
        text = _TURNED.sub(lambda m: m[1][::-1], text).replace(TURN, "").replace(BACK, "")
    return _COLUMN.sub(lambda m: m[0].replace("\n", ""), text)


def plain_label(words: str) -> str:
    """Give the words of a label without what only splits them: invisible characters, dots between two characters.

    >>> plain_label("身 份·证\u200b号")
    '身份证号'
    """
    return _GAPS.sub("", _INVISIBLE.sub("", words))
