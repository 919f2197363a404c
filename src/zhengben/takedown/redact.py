"""Nothing in a letter names a private person: numbers and addresses of people are covered, the exact URL is not.

What is covered stays whole in the sealed package, which the addressee may ask for.
"""

import re
import unicodedata

_DIGITS = r"(?<![0-9A-Za-z])"
_GAP = r"[ .·\-\u2010-\u2015\u3000]?"  # what people write between the groups of a number
_PATTERNS = (
    # identity number, 18 characters: before cards and phones, which would match inside it
    (re.compile(rf"{_DIGITS}([1-9]\d{{2}})\d{{3}}{_GAP}[12]\d{{3}}[01]\d[0-3]\d{_GAP}\d{{3}}[\dXx](?![0-9A-Za-z])"),
     "{}***************"),
    (re.compile(r"(身份证[件号码]{0,2}[:： ]{0,3}\d{3})\d{12}(?!\d)"), "{}************"),  # of before 1999
    (re.compile(rf"{_DIGITS}([3-6]\d{{3}})(?:{_GAP}\d{{4}}){{2,3}}{_GAP}(\d{{3,4}})(?![0-9A-Za-z])"), "{}********{}"),
    (re.compile(rf"(?<!\d)((?:(?:\+|00)?86{_GAP})?1[3-9]\d){_GAP}\d{{4}}{_GAP}(\d{{4}})(?!\d)"), "{}****{}"),
    (re.compile(r"([A-Za-z0-9])[A-Za-z0-9._%+-]*@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})"), "{}***@{}"),
    (re.compile(r"((?i:QQ|扣扣|企鹅|微信|VX|wechat)[号群码]{0,2}[是为]?[:： ]{0,3}[A-Za-z0-9]{2})[A-Za-z0-9_-]{3,18}"),
     "{}****"),
    (re.compile(r"((?<![A-Za-z0-9])[QqVv][号群]?[:： ]{1,3}[A-Za-z0-9]{2})[A-Za-z0-9_-]{3,18}"), "{}****"),
)  # fmt: skip
# Signs of full width are read as plain ones, and what has no width not at all: both hide a number from a machine only.
_PLAIN = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_NO_WIDTH = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def redact(text: str) -> str:
    """Cover the numbers and addresses of people in quoted text.

    >>> redact("联系13800138000，身份证11010519491231002X")
    '联系138****8000，身份证110***************'
    """
    for pattern, cover in _PATTERNS:
        text = _covered(pattern, cover, text)
    return text


def _covered(pattern: re.Pattern[str], cover: str, text: str) -> str:
    """Cover what a pattern finds in the text as a reader sees it; everything else stays as it was written."""
    places = [place for place, char in enumerate(text) if char not in _NO_WIDTH]
    pieces, behind = [], 0
    for found in pattern.finditer("".join(text[place] for place in places).translate(_PLAIN)):
        kept = [_span(text, places, *found.span(group)) for group in range(1, pattern.groups + 1)]
        pieces += [text[behind : places[found.start()]], cover.format(*kept)]
        behind = places[found.end() - 1] + 1
    return "".join((*pieces, text[behind:]))


def _span(text: str, places: list[int], start: int, end: int) -> str:
    return text[places[start] : places[end - 1] + 1]


def one_line(text: str, longest: int = 120) -> str:
    r"""Make text of a stranger safe to stand in a line of ours: no breaks, no hidden or turning characters.

    >>> one_line("微粒贷\n\u202eAPP")
    '微粒贷 APP'
    """
    shown = "".join(" " if char in "\t\n\r" else char for char in text[: longest * 8] if _shows(char))
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


def exact(locator: str) -> str:
    r"""Write an address as it is but for characters that would break a line or hide; those are percent-encoded.

    >>> exact("https://a.cn/x\r\nBcc: b")
    'https://a.cn/x%0D%0ABcc:%20b'
    """
    return "".join(char if _shows(char) and not char.isspace() else _percent(char) for char in locator)


def _shows(char: str) -> bool:
    return char in "\t\n\r" or unicodedata.category(char) not in _HIDDEN


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
