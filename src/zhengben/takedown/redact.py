"""Nothing in a letter names a private person: numbers and addresses of people are covered, the exact URL is not.

What is covered stays whole in the sealed package, which the addressee may ask for.
"""

import re
import unicodedata

_DIGITS = r"(?<![0-9A-Za-z])"
_PATTERNS = (
    # identity number, 18 characters: before cards and phones, which would match inside it
    (re.compile(_DIGITS + r"([1-9]\d{2})\d{3}[12]\d{3}[01]\d[0-3]\d{4}[\dXx](?![0-9A-Za-z])"), r"\1***************"),
    (re.compile(_DIGITS + r"([3-6]\d{3})(?:[ -]?\d{4}){2,3}[ -]?(\d{3,4})(?![0-9A-Za-z])"), r"\1********\2"),
    (re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)"), r"\1****\2"),
    (re.compile(r"([A-Za-z0-9])[A-Za-z0-9._%+-]*@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})"), r"\1***@\2"),
    (re.compile(r"((?i:QQ|扣扣|微信|VX|wechat)[号群]?[:： ]{0,3}[A-Za-z0-9]{2})[A-Za-z0-9_-]{3,18}"), r"\1****"),
)  # fmt: skip
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def redact(text: str) -> str:
    """Cover the numbers and addresses of people in quoted text.

    >>> redact("联系13800138000，身份证11010519491231002X")
    '联系138****8000，身份证110***************'
    """
    for pattern, cover in _PATTERNS:
        text = pattern.sub(cover, text)
    return text


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
