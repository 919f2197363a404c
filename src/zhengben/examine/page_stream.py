"""HTML as a flat stream of tags and words, in one pass whose cost grows with the length and nothing else.

The bytes are first parsed and written out again by Lexbor, which repairs them as a browser does; what comes out is
well formed (every value quoted, every `<` in text escaped), so a simple scanner can be trusted with it. Walking a
tree instead would let a page choose our depth.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser

MOST_CHARACTERS = 3_000_000
MOST_TAGS = 60_000

_TAG = re.compile(r'<(?:!--.*?-->|!DOCTYPE[^>]*+>|(/?)([a-zA-Z][^\s/>]*+)((?:[^>"]++|"[^"]*+")*+)>)', re.DOTALL)
_ATTRIBUTE = re.compile(r'([^\s="]++)(?:="([^"]*+)")?')
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"})
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "image",
})  # fmt: skip
_OPENING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)")
_SELF_CLOSING = VOID | {"p", "li", "td", "th", "tr", "tbody", "option", "dd", "dt"}
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_SEPARATORS = re.compile(r"[\s/]")
_MOST_SEPARATORS = 20_000  # attributes of one tag cost the parser quadratically too: 20,000 take 0.7 s
_FEW = 6_000
_DEEPEST = 3_000


@dataclass(slots=True)
class Piece:
    """One piece of the stream: `kind` is open, close, text or raw (the inside of a script or style)."""

    kind: str
    name: str = ""
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Give an attribute, or an empty string."""
        return self.attributes.get(name, "")


class TooManyTagsError(ValueError):
    """The page has more tags than anybody would read."""


def repaired(source: str) -> tuple[str, bool]:
    """Give the HTML as a browser would understand it, written out well formed, and whether it is all there."""
    bounded = source[: _bound(source)]
    return LexborHTMLParser(bounded.replace("\x00", "")).html or "", len(bounded) == len(source)


def _bound(source: str) -> int:
    """Give where to cut: the parser's cost is quadratic in nesting depth (40,000 nested blocks take it 2 s)."""
    for tag in _LONG_TAG.finditer(source, 0, MOST_CHARACTERS):
        if sum(1 for _ in _SEPARATORS.finditer(tag[0])) > _MOST_SEPARATORS:
            return tag.start()
    if len(source) <= MOST_CHARACTERS and source.count("<") < _FEW:
        return len(source)
    depth = 0
    for index, found in enumerate(_OPENING.finditer(source, 0, MOST_CHARACTERS)):
        if found[2].lower() not in _SELF_CLOSING:
            depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > _DEEPEST or index >= MOST_TAGS:
            return found.start()
    return min(len(source), MOST_CHARACTERS)


def pieces(source: str) -> Iterator[Piece]:
    """Give the stream of repaired HTML; raise TooManyTagsError in the end where it was cut short.

    >>> [p.kind + ":" + (p.name or p.text) for p in pieces("<p>a&amp;b</p>")]
    ['open:p', 'text:a&b', 'close:p']
    """
    at = 0
    for _ in range(MOST_TAGS):
        found = _TAG.search(source, at)
        end = found.start() if found else len(source)
        if end > at:
            yield Piece("text", text=html.unescape(source[at:end]))
        if not found:
            return
        at = found.end()
        name = (found[2] or "").lower()
        if not name:
            continue
        if found[1]:
            yield Piece("close", name)
            continue
        yield Piece("open", name, attributes=_attributes(found[3]))
        if name in _RAW:
            closing = source.find(f"</{name}", at)
            inside_ends = closing if closing >= 0 else len(source)
            yield Piece("raw", name, source[at:inside_ends])
            at = inside_ends
    raise TooManyTagsError(f"more than {MOST_TAGS} tags")


def _attributes(source: str) -> dict[str, str]:
    if not source or source.isspace():
        return {}
    pairs: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source):
        value = match[2] or ""
        pairs.setdefault(match[1].lower(), html.unescape(value) if "&" in value else value)
    return pairs
