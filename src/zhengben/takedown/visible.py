"""The words a person would see in HTML of a stranger: nothing is fetched, nothing run, and size is capped."""

import codecs
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

HTML_CHARS = 600_000
TEXT_CHARS = 60_000
LINKS = 400
_UNSEEN = "script, style, template, noscript, head, svg, iframe, object"
_OPENING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)")
_CLOSES_ITSELF = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "td", "th", "tr", "tbody", "option", "dd", "dt",
})  # fmt: skip
_RAW = frozenset({"script", "style"})
_DEEPEST, _ATTRIBUTES = 1_000, 5_000
_INPUTS = "input:not([type=hidden]):not([type=submit]):not([type=button]), textarea, select"
_SPACE = re.compile(r"\s+")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
# GB 18030 holds all that GB 2312 and GBK hold, and what is labelled by the smaller names rarely keeps to them
_CODECS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "ms936", "gb_2312-80", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "x-x-big5", "cn-big5", "cp950", "ms950"), "big5hkscs"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    "hz-gb-2312": "hz", "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "shift_jis": "cp932",
    "euc-kr": "cp949", "iso-8859-1": "cp1252", "windows-1252": "cp1252",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visible:
    """What shows: title, text, link targets; what its inputs ask (`prompts`, one each); scripts; a refresh."""

    title: str
    text: str
    links: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    scripts: int = 0
    refresh: str = ""


def decode(body: bytes, content_type: str = "") -> str:
    """Turn the bytes of a page or part into text by its header, its first bytes, or as UTF-8; never fails.

    >>> decode("微粒贷".encode("gbk"), "text/html; charset=gb2312")
    '微粒贷'
    """
    named = _CHARSET.search(content_type.encode("ascii", "replace")) or _CHARSET.search(body[:2048])
    cut = body[: HTML_CHARS * 3]
    codec = _CODECS.get(named[1].decode("ascii").lower(), "") if named else ""
    if codec.startswith("utf-16") and _guess(cut) == "utf-8":
        codec = "utf-8"  # a label that would turn every page of ours into noise is a trick, not a code
    return cut.decode(codec or _guess(cut) or "utf-8", "replace")[:HTML_CHARS]


def _guess(body: bytes) -> str:
    """Give the codec of bytes that name none: UTF-8 where they keep to it, else GB 18030, else nothing.

    Old ticket systems send GBK without a word about it, or call it us-ascii. Valid GBK is hardly ever valid UTF-8, and
    where it is (微 is CE A2), its characters are ones that nobody has assigned.
    """
    for codec in ("utf-8", "gb18030"):
        try:
            read = codecs.getincrementaldecoder(codec)().decode(body)  # not final: a cut may stand inside a character
        except UnicodeDecodeError:
            continue
        if codec == "gb18030" or not any(unicodedata.category(char) == "Cn" for char in set(read)):
            return codec
    return ""


def visible(html: str) -> Visible:
    """Read HTML; text that is no HTML comes back as it is.

    >>> visible("<title>A</title><p>b<script>c</script> d").text
    'b d'
    """
    tree = LexborHTMLParser(html[: _bound(html)])
    shown = Visible(
        title=_title(tree),
        text="",
        links=tuple(str(a.attributes.get("href") or "") for a in tree.css("a[href]")[:LINKS]),
        prompts=tuple(_prompt(one.attributes) for one in tree.css(_INPUTS)[:LINKS]),
        scripts=len(tree.css("script")),
        refresh=_refresh(tree),
    )
    for node in tree.css(_UNSEEN):
        node.decompose()
    body = tree.body
    text = squeeze(body.text(separator=" "))[:TEXT_CHARS] if body else ""
    return Visible(shown.title, text, shown.links, shown.prompts, shown.scripts, shown.refresh)


def _title(tree: LexborHTMLParser) -> str:
    title = tree.css_first("title")
    return squeeze(title.text() if title else "")[:300]


def _refresh(tree: LexborHTMLParser) -> str:
    refresh = tree.css_first("meta[http-equiv=refresh i]")
    return str((refresh.attributes if refresh else {}).get("content") or "")


def _prompt(attributes: Mapping[str, str | None]) -> str:
    return " ".join(str(attributes.get(name) or "") for name in ("type", "name", "placeholder", "aria-label"))[:200]


def _bound(html: str) -> int:
    """Give where to cut: a parser's cost is quadratic in nesting depth and in the attributes of one tag."""
    most = min(len(html), HTML_CHARS)
    depth, last, name = 0, 0, "script"
    for found in _OPENING.finditer(html, 0, most):
        if depth > _DEEPEST:
            return found.start()
        if _crowded(html, last, found.start(), name):
            return last
        last, name = found.start(), found[2].lower()
        if name not in _CLOSES_ITSELF:
            depth = max(0, depth - 1) if found[1] else depth + 1
    return last if _crowded(html, last, most, name) else most


def _crowded(html: str, start: int, end: int, name: str) -> bool:
    return end - start > _ATTRIBUTES and name not in _RAW and html.count("=", start, end) > _ATTRIBUTES


def squeeze(text: str) -> str:
    """Write every run of blanks as one space."""
    return _SPACE.sub(" ", text).strip()
