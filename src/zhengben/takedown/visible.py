"""The words a person would see in HTML of a stranger: nothing is fetched, nothing run, and size is capped."""

import re
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
_CODECS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "utf-8": "utf-8"}


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
    codec = _CODECS.get(named[1].decode("ascii").lower(), "utf-8") if named else "utf-8"
    return body[: HTML_CHARS * 3].decode(codec, "replace")[:HTML_CHARS]


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
