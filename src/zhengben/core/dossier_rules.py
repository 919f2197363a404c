"""What a value of a dossier must be like beyond its type.

Each rule is here because its breach is silent: a channel written as `https://webank.com/` is a fine text, matches no
host there will ever be, and the brand's own site is accused. Better to stop at the line than to wonder later.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

Found = tuple[str, str, str]  # the key it stands at ("" for the table), what is wrong, how to mend it
Rule = Callable[[str], bool]

_ID = re.compile(r"\w[\w.-]{0,63}")
_HOST = re.compile(r"(?!-)[\w-]{1,63}(?:\.[\w-]{1,63})+")
_HAN = re.compile("[\u3400-\u9fff]")
NICE_CLASSES = range(1, 46)  # Nice Agreement, 12th edition


def id_fits(text: str) -> bool:
    """Tell whether a text can name a dossier: it becomes a file name, a folder and a column of every export.

    >>> id_fits("weilidai"), id_fits("../weilidai"), id_fits("wei li dai")
    (True, False, False)
    """
    return _ID.fullmatch(text) is not None


def host_fits(text: str) -> bool:
    """Tell whether a text is a bare domain.

    >>> [host_fits(text) for text in ("webank.com", "微粒贷.中国", "https://webank.com", "webank.com/", "*.webank.com")]
    [True, True, False, False, False]
    """
    return _HOST.fullmatch(text) is not None


def number_fits(text: str) -> bool:
    """Tell whether a text holds a number that can be dialled: three digits at least, and no words.

    >>> number_fits("95384"), number_fits("+86 755-8601 3388"), number_fits("客服95384"), number_fits("12")
    (True, True, False, False)
    """
    return sum(c.isdigit() for c in text) >= 3 and not any(c.isalpha() for c in text)


def hex_fits(digits: int) -> Rule:
    """Give the rule for a fingerprint of that many hex digits; colons and blanks between them do no harm.

    >>> hex_fits(4)("A0:9F"), hex_fits(4)("A09"), hex_fits(4)("zzzz")
    (True, False, False)
    """
    return lambda text: re.fullmatch(f"[0-9a-fA-F]{{{digits}}}", re.sub(r"[:\s]", "", text)) is not None


def path_fits(text: str) -> bool:
    r"""Tell whether a text names a file below the folder of the dossiers, and nothing outside it.

    >>> path_fits("weilidai/symbol.png"), path_fits("../symbol.png"), path_fits("/etc/passwd"), path_fits("a\\b.png")
    (True, False, False, False)
    """
    # a backslash or a drive letter would be part of a name here and a way out on another machine
    return not text.startswith("/") and ".." not in text.split("/") and not set(text) & set("\\:")


_HEX64 = "write the 64 hex digits of the certificate's SHA-256"
_HEX32 = "write the 32 hex digits of the certificate's MD5"
_INSIDE = "name a file in the folder beside the dossier, as weilidai/symbol.png"
FORMS: Mapping[tuple[str, str], tuple[Rule, str]] = {
    ("", "id"): (id_fits, "use letters, digits, '-' and '_', as in weilidai"),
    ("rights", "document"): (path_fits, _INSIDE),
    ("logos", "file"): (path_fits, _INSIDE),
    ("channels", "cert_sha256"): (hex_fits(64), _HEX64),
    ("channels", "cert_md5"): (hex_fits(32), _HEX32),
}
VALUES: Mapping[str, tuple[Rule, str]] = {
    "domain": (host_fits, "write the bare domain, as webank.com; the names under it count too"),
    "phone": (number_fits, "write the number alone, with its area code where it has one"),
}


def top_rules(data: Mapping[str, object]) -> Iterator[Found]:
    """Give what is wrong with values at the top."""
    for key in ("id", "owner"):
        if key in data and _blank(data[key]):
            yield key, f"{key!r} is empty", f"write the brand's own {key} between the quotes"
    if not _blank(data.get("id")):
        yield from _form("", "id", data.get("id"))


def name_rules(names: Mapping[str, object]) -> Iterator[Found]:
    """Give what is wrong with the names of a brand."""
    own = [names.get("primary"), *_texts(names.get("aliases"))]
    for sibling in _texts(names.get("siblings")):
        if sibling in own:
            what = f"{sibling!r} is the brand's own name and its sibling too"
            yield "siblings", what, "keep it in one place: a sibling is never taken for the brand"
    for key in ("latin", "short"):
        for text in _texts(names.get(key)):
            if _HAN.search(text):
                yield key, f"{text!r} is not in Latin letters", "write Chinese names under 'aliases'"


def row_rules(table: str, row: Mapping[str, object]) -> Iterator[Found]:
    """Give what is wrong with the values of one row of `rights`, `channels` or `logos`."""
    for key, value in row.items():
        if value and isinstance(value, str):
            yield from _form(table, key, value)
    if table == "channels":
        yield from _channel(row)
    number = row.get("class")
    if (
        type(number) is int and number not in NICE_CLASSES
    ):  # `type`, because True is an int too and told as a wrong type
        yield "class", f"class = {number} is no Nice class", "use 1 to 45"
    yield from _terms(row)


def _terms(row: Mapping[str, object]) -> Iterator[Found]:
    for first, last, what in (
        ("valid_from", "valid_to", "the term ends before it begins"),
        ("since", "until", "it ends before it begins"),
    ):
        start, end = row.get(first), row.get(last)
        if _is_day(start) and _is_day(end) and end < start:  # type: ignore[operator]  # both were proved to be days
            yield last, what, "check both dates"


def _channel(row: Mapping[str, object]) -> Iterator[Found]:
    value = row.get("value")
    if row.get("exists") == "yes" and _blank(value):
        yield "", "a channel that exists has no 'value'", "add value = the domain, package, number or account"
    kind = row.get("kind")
    fits, cure = VALUES.get(kind if isinstance(kind, str) else "", (None, ""))
    if fits is not None and isinstance(value, str) and value.strip() and not fits(value):
        yield "value", f"{value[:80]!r} is not a {kind} that can be met", cure


def _form(table: str, key: str, value: object) -> Iterator[Found]:
    fits, cure = FORMS.get((table, key), (None, ""))
    if fits is not None and isinstance(value, str) and not fits(value):
        yield key, f"{key} = {value[:80]!r} has not the right form", cure


def _is_day(value: object) -> bool:
    """Tell whether a value is a day; a moment is one to Python and cannot be compared with one."""
    return isinstance(value, date) and not isinstance(value, datetime)


def _texts(value: object) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
