"""Read one hostname: labels, public suffix, words, and the Unicode behind xn--. It never raises."""

import re
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from zhengben.names import tables
from zhengben.names.view import fold

LONGEST_NAME, MOST_SUFFIX_LABELS = 253, 6
NO_LOOK = "\0"  # stands in no name
WORD = re.compile(r"[a-z0-9]+")
_PLAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*").fullmatch  # most names; no more need be asked of them
_NO_HOST = re.compile(r"[\s/\\@:\x00\ufffd]")


@cache
def _rules() -> frozenset[str]:
    """Give the rules of the public suffix list, each as written and in its xn-- form."""
    listed = resources.files("publicsuffixlist").joinpath("public_suffix_list.dat").read_text("utf-8")
    rules: set[str] = set()
    for line in listed.splitlines():
        rule = line.split(" ")[0].strip().lower()
        if rule and not rule.startswith("//"):
            rules.add(rule)
            if not rule.isascii():
                rules.add(in_ascii(rule))
    return frozenset(rules)


@cache
def _tree() -> dict[str, Any]:
    """Give the rules as a tree of labels from the last one on; the key "" marks the end of a rule."""
    tree: dict[str, Any] = {}
    for rule in _rules():
        node = tree
        for label in reversed(rule.split(".")):
            node = node.setdefault(label, {})
        node[""] = True
    return tree


def in_ascii(name: str) -> str:
    """Give a name with every label in its xn-- form.

    >>> in_ascii("手机.cn")
    'xn--kput3i.cn'
    """
    parts = name.split(".")
    return ".".join(p if p.isascii() else "xn--" + p.encode("punycode").decode("ascii") for p in parts)


def in_unicode(name: str) -> str:
    """Give a name with every xn-- label as it is written; broken punycode stays as it is."""
    return ".".join(unicode_label(label) or label for label in name.split("."))


def _suffix_length(labels: tuple[str, ...]) -> int:
    """Give how many labels at the end are the public suffix; an unknown ending is one of one label."""
    node = _tree().get(labels[-1])
    if not node or len(labels) == 1 or (labels[-2] not in node and "*" not in node):
        return 1  # most names
    best = size = 1
    while node and size < min(len(labels), MOST_SUFFIX_LABELS):
        size += 1
        label = labels[-size]
        if "!" + label in node:
            return size - 1
        below = node.get(label)
        if "*" in node or (below and "" in below):
            best = size
        node = below
    return best


class Word(NamedTuple):
    """One run of letters and digits: its text, its place in the name, and the label it stands in."""

    text: str
    start: int
    label: int


class Hostname(NamedTuple):
    """One hostname in lower case without root dot and wildcard; `own` is the index of the registrable label.

    `plain` names have letters, digits, hyphens and dots only.
    """

    name: str
    labels: tuple[str, ...]
    own: int
    offset: int
    plain: bool

    @property
    def registrable(self) -> str:
        """Give the registrable domain."""
        return ".".join(self.labels[self.own :])

    def words(self) -> list[Word]:
        """Give the words of every label before the public suffix, in order."""
        found: list[Word] = []
        start = 0
        for at, label in enumerate(self.labels[: self.own + 1]):
            if "-" not in label and (self.plain or (label.isalnum() and label.isascii())):
                found.append(Word(label, start, at))
            elif label.startswith("xn--"):
                pass
            elif self.plain:
                place = start
                for piece in label.split("-"):
                    if piece:
                        found.append(Word(piece, place, at))
                    place += len(piece) + 1
            else:
                found += [Word(m.group(), start + m.start(), at) for m in WORD.finditer(label)]
            start += len(label) + 1
        return found


def problem(name: str) -> str:
    """Say in one code why a line is no hostname, or give nothing for one that is.

    >>> problem("a..b"), problem("x" * 300), problem("weilidai.cn")
    ('empty_label', 'too_long', '')
    """
    if len(name) > LONGEST_NAME:
        return "too_long"
    if not name or ".." in name or name.startswith("."):
        return "empty_label"
    if _NO_HOST.search(name):
        return "not_a_hostname"
    return ""


def read(host: str) -> Hostname | None:
    """Read a hostname; None for what cannot be one.

    >>> read("*.WWW.Webank.com.cn.").registrable
    'webank.com.cn'
    """
    text = host.strip()
    offset = 2 if text[:2] == "*." else 0
    name = (text[offset:] if offset else text).lower().rstrip(".")
    plain = len(name) <= LONGEST_NAME and _PLAIN(name) is not None
    if not plain:
        name = name.replace("。", ".").replace("．", ".")
        if problem(name):
            return None
    labels = tuple(name.split("."))
    own = len(labels) - 1 - _suffix_length(labels)
    return Hostname(name, labels, max(0, own), offset, plain)


def public(domain: str) -> bool:
    """Tell whether a domain is a public suffix of several labels, so that nobody owns what lies below it.

    >>> public("com.cn"), public("webank.com.cn"), public("webank.com")
    (True, False, False)
    """
    below = read("x." + domain)
    return below is not None and "." in domain and below.own == 0


@lru_cache(maxsize=4096)
def unicode_label(label: str) -> str:
    """Give the Unicode of a label, or nothing for one that is plain or whose punycode is broken.

    >>> unicode_label("xn--kput3i"), unicode_label("xn--!!"), unicode_label("webank")
    ('手机', '', '')
    """
    if label.startswith("xn--"):
        try:
            return label[4:].encode("ascii").decode("punycode").lower()
        except (UnicodeError, ValueError, OverflowError):
            return ""
    return "" if label.isascii() else label


def skeleton(label: str) -> str:
    """Give the ASCII a Unicode label is taken for, one character for one; empty where it is not Latin to the eye.

    >>> skeleton("wеbаnk"), skeleton("微粒贷")
    ('webank', '')
    """
    drawn = label.translate(_LOOKS)
    return "" if NO_LOOK in drawn else drawn


class _Looks(dict[int, str]):
    """Code point to what it is taken for; filled as characters come."""

    def __missing__(self, point: int) -> str:
        """Work out a character that was not seen before."""
        char = chr(point)
        self[point] = look = char if char.isascii() else _look(char) or NO_LOOK
        return look


def _look(char: str) -> str:
    look = tables.confusables().get(char)
    if look:
        return look[0]
    symbol = fold(char).symbol
    return symbol if len(symbol) == 1 and symbol.isascii() else ""


_LOOKS = _Looks()
