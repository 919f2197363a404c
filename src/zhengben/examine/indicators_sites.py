"""Addresses in a folded text: URLs and bare domains, also with 点, 。 or (dot) for the dot, and with spaced letters.

A bare domain counts only when its last label is a suffix of the public suffix list shipped with the package, and it is
not the name of a file. Chinese labels are given in their ASCII form (xn--).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources

import idna

from zhengben.core.view import View
from zhengben.examine.indicators_shape import Found

_DOTS = (
    r"\s?[.。．｡▪•●丶]\s?",
    r"\s?[\[({<]\s?(?:\.|dot|点)\s?[\])}>]\s?",
    r"\sdot\s",
    r"点(?=[a-z]{2,12}(?![a-z])|[a-z0-9\-]{2,40}[点.。])",
)
# People break the dot so that filters see no link, and readers put it back without thinking.
_DOT = f"(?:{'|'.join(_DOTS)})"
_LABEL = r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?"
_HAN = r"[\u4e00-\u9fff\u3400-\u4dbf]"
_PATH = r"[a-z0-9\-._~/?#@!$&*+=%:]"
_URL = re.compile(
    r"(?P<scheme>h[tx]{2}ps?\s?(?::|：|冒号)\s?/{1,2}\s?)"
    rf"(?P<host>[^\s/\"'<>()（）【】，。、；“”?#]{{1,255}}(?:{_DOT}{_LABEL})*)(?P<path>[/?#]{_PATH}{{0,2000}})?"
)
_BARE = re.compile(
    rf"(?<![a-z0-9@._\-/])(?P<host>{_LABEL}(?:{_DOT}{_LABEL}){{1,8}})(?![a-z0-9@])"
    rf"(?P<port>:\d{{2,5}})?(?P<path>[/?]{_PATH}{{1,2000}})?"
)
_HAN_HOST = re.compile(
    r"(?:(?<![\w])|(?<=[访问登录打开网址官网站搜索:]))"
    rf"(?P<host>(?:{_HAN}|[a-z0-9\-]){{1,30}}(?:\.|。)(?:{_HAN}{{2,6}}|[a-z]{{2,12}}))(?![a-z0-9])"
)
_SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z0-9.\-] ){4,80}[a-z0-9](?![a-z0-9])")
# zip, sh, md, py and mov are domains too: in a message a file's name is far commoner than such a site.
_FILES = frozenset(
    ["apk", "ipa", "exe", "zip", "rar", "doc", "docx", "pdf", "jpg", "png", "gif", "mp4", "mp3", "txt", "html", "htm",
     "py", "js", "md", "sh", "json", "xml", "csv", "hap", "app", "mov", "so"]
)  # fmt: skip
_ABBREVIATIONS = frozenset({"asp.net", "vb.net", "ado.net", "node.js", "e.g", "i.e", "u.s", "a.m", "p.m"})
_LEAD_IN = re.compile(r".*(?:访问|登录|登陆|打开|网址|官网|网站|搜索|点击|进入|浏览|链接|地址|下载)(?:是|为|到)?")
# Punctuation at the end belongs to the sentence: 请访问 a.cn。 names no path.
_TAIL = ".,;:!?)'\"，。！？；：、)*&"


def find_sites(seen: View) -> Iterator[Found]:
    """Find URLs first, then bare domains, then spaced letters, then domains with Chinese labels."""
    for match in _URL.finditer(seen.text):
        yield from _url(match, seen)
    for match in _BARE.finditer(seen.text):
        yield from _bare(match, seen)
    yield from _spaced(seen.text)
    for match in _HAN_HOST.finditer(seen.text):
        yield from _han(match)


def _url(match: re.Match[str], seen: View) -> Iterator[Found]:
    # What stands before @ is a name to sign in with, and a common way to show one host and lead to another.
    host, _, port = _host(match["host"].rpartition("@")[2]).partition(":")
    if not host or not (known_suffix(host) or _numeric(host)):
        return
    path, end = _path(match, seen)
    secure = "https" if "s" in match["scheme"].lower() else "http"
    yield Found("url", f"{secure}://{host}{':' + port if port.isdigit() else ''}{path}", match.start(), end)


def _bare(match: re.Match[str], seen: View) -> Iterator[Found]:
    host = _host(match["host"])
    labels = host.split(".")
    # pennylark-signin.app is a site; so is whatever has a path behind it. Setup.app is a file.
    site = labels[-1] == "app" and ("-" in labels[-2] or match["path"])
    if (
        (labels[-1] in _FILES and not site)
        or host in _ABBREVIATIONS
        or not known_suffix(host)
        or _looks_like_prose(match["host"], labels)
    ):
        return
    path, end = _path(match, seen)
    if path:
        yield Found("url", f"http://{host}{match['port'] or ''}{path}", match.start(), end)
    else:
        yield Found("domain", host, match.start(), match.end("host"))


def _path(match: re.Match[str], seen: View) -> tuple[str, int]:
    """Give the path in its own upper and lower case, and where it ends in the view."""
    path = (match["path"] or "").rstrip(_TAIL)
    if not path:
        return "", match.end("host")
    end = match.start("path") + len(path)
    start, stop = seen.span(match.start("path"), end)
    return unicodedata.normalize("NFKC", seen.original[start:stop]), end


def _looks_like_prose(raw: str, labels: list[str]) -> bool:
    """Tell whether this is a sentence end or a time rather than an address ("ok. so", "8点me")."""
    if re.search(r"\w[.。]\s\w", raw) and not raw.startswith("www"):
        return True
    return "点" in raw and labels[0].isdigit() and len(labels[0]) <= 2


def _spaced(text: str) -> Iterator[Found]:
    for match in _SPACED.finditer(text):
        closed = match.group().replace(" ", "")
        if "." in closed and known_suffix(closed) and closed.rpartition(".")[2] not in _FILES:
            yield Found("domain", closed.strip("."), match.start(), match.end())


def _han(match: re.Match[str]) -> Iterator[Found]:
    raw = match["host"]
    lead = _LEAD_IN.match(raw)
    shift = lead.end() if lead else 0
    host = _host(raw[shift:])
    if host and host[0] != "." and known_suffix(host) and not raw.isascii():
        yield Found("domain", host, match.start() + shift, match.end())


def _host(raw: str) -> str:
    """Write a host the plain way: dots as dots, Chinese labels as xn--.

    >>> _host("微粒贷。中国"), _host("a点com")
    ('xn--g5t065dinl.xn--fiqs8s', 'a.com')
    """
    plain = (
        re.sub(r"[\[({<]?\s?(?:dot|点|[.。．｡▪•●丶])\s?[\])}>]?", ".", raw.lower())
        if not raw.isascii() or "dot" in raw
        else raw
    )
    plain = re.sub(r"[\s\[\](){}<>]", "", plain).strip(".")
    if plain.isascii():
        return plain
    try:
        return idna.encode(plain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return ""


def _numeric(host: str) -> bool:
    parts = host.split(".")
    return len(parts) == 4 and all(part.isdigit() and int(part) <= 255 for part in parts)


@cache
def _suffixes() -> frozenset[str]:
    """Give the rules of the public suffix list, those with other letters in their xn-- form as well.

    Comments stay in: they match no host. The package's own reader takes ten times as long, and it is read anew in every
    worker that meets a text.
    """
    lines = (resources.files("publicsuffixlist") / "public_suffix_list.dat").read_text("utf-8").lower().split("\n")
    other = (line for line in lines if not line.isascii() and not line.startswith("//"))
    return frozenset([*lines, *(".".join(map(_in_ascii, line.split("."))) for line in other)])


def _in_ascii(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def known_suffix(host: str) -> bool:
    """Tell whether a host stands under a real public suffix and is more than that suffix.

    >>> known_suffix("a.com.cn"), known_suffix("com.cn"), known_suffix("readme.apk")
    (True, False, False)
    """
    labels = host.partition(":")[0].removesuffix(".").lower().split(".")
    if len(host) > 253 or not all(labels):
        return False
    rules = _suffixes()
    for start in range(len(labels)):  # the longest rule counts, and an exception takes one label back
        name, above = ".".join(labels[start:]), ".".join(labels[start + 1 :])
        if f"!{name}" in rules:
            return True
        if not rules.isdisjoint((name, f"*.{name}", f"*.{above}")):
            return start > 0
    return False
