"""Words a page shows that stand in no text of its document: in labels, style sheets, drawings and scripts.

A false page that keeps its name out of the text is not less false. Nothing is run here: scripts are read by pattern,
and only where they write words for a person (a canvas, the title, the page itself).
"""

import re
from collections.abc import Iterator

from zhengben.core.pagefacts import Told
from zhengben.examine.page_stream import Piece

MOST = 200  # sayings of one page
LONGEST = 200  # characters of one
_LABELS = {"aria-label": "label", "title": "label", "placeholder": "label", "label": "label"}
_META = frozenset({
    "og:title", "og:description", "og:image:alt", "twitter:title", "twitter:description", "twitter:image:alt",
    "keywords", "itemprop:name", "dc.title",
})  # fmt: skip
_CONTENT = re.compile(r"""(?:content|--[\w-]{1,40})\s*:\s*([^;{}]{1,400})""", re.IGNORECASE)
_QUOTED = re.compile(r""""((?:[^"\\\n]|\\.){1,300})"|'((?:[^'\\\n]|\\.){1,300})'""")
_SHOWN_DATA = re.compile(r"attr\(\s*(data-[\w-]{1,40})")
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_WRITES = re.compile(
    r"""(?:fillText|strokeText|document\.write(?:ln)?|insertAdjacentHTML|\balert)\s*\(\s*(?:["'][a-z]{1,20}["']\s*,\s*)?"""
    r"""|\.(?:innerHTML|innerText|textContent|outerHTML|title|placeholder|alt)\s*\+?=\s*"""
)
_LITERAL = re.compile(r""""((?:[^"\\]|\\.){1,600})"|'((?:[^'\\]|\\.){1,600})'|`((?:[^`\\]|\\.){1,600})`""")
_JS_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_TAG = re.compile(r"<[^<>]{0,400}>")
_SVG_TEXT = re.compile(
    r"<(?:text|title|desc|p|div|span)\b[^<>]{0,2000}>((?:[^<]|<(?!/?(?:text|title|desc|p|div)\b)){0,2000})",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class Teller:
    """Gathers sayings in the order they come; `sayings` gives each once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._told: dict[Told, None] = {}
        self._data_shown: set[str] = set()
        self._data: list[tuple[str, str]] = []

    def add(self, where: str, words: str) -> None:
        """Keep some words; spaces are folded, and what is too long is cut."""
        plain = " ".join(words[: LONGEST * 4].split())[:LONGEST]
        if plain and len(self._told) < MOST:
            self._told.setdefault(Told(where=where, words=plain))

    def take_attributes(self, piece: Piece) -> None:
        """Keep what a tag says to a reader beside its text."""
        for name, value in piece.attributes.items():
            if name in _LABELS and value:
                self.add(_LABELS[name], value)
            elif name.startswith("data-") and _CHINESE.search(value[:LONGEST]) and len(self._data) < MOST:
                self._data.append((name, value))

    def take_meta(self, key: str, content: str) -> None:
        """Keep what a page tells search engines and messengers about itself."""
        if key in _META:
            self.add("meta", content)

    def take_style(self, source: str) -> None:
        r"""Keep the words a style sheet puts on the page (`content: "\5fae\7c92\8d37"`)."""
        for _, declared in zip(range(MOST), _CONTENT.finditer(source), strict=False):
            self._data_shown.update(_SHOWN_DATA.findall(declared[1]))
            words = "".join(_unescaped_css(a or b) for a, b in _QUOTED.findall(declared[1]))
            if _CHINESE.search(words):
                self.add("style", words)

    def take_script(self, source: str) -> None:
        """Keep the words a script writes for people, as far as they stand there as text."""
        for _, found in zip(range(MOST), _WRITES.finditer(source), strict=False):
            literal = _LITERAL.match(source, found.end())
            words = _unescaped_js(next(filter(None, literal.groups()), "")) if literal else ""
            if _CHINESE.search(words):
                self.add("script", _TAG.sub(" ", words))

    def sayings(self) -> tuple[Told, ...]:
        """Give every saying, with the data attributes that a style sheet shows."""
        for name, value in self._data:
            if name in self._data_shown:
                self.add("style", value)
        return tuple(self._told)


def drawn_words(svg: str) -> Iterator[str]:
    """Give the words an SVG drawing shows, one text element each; tags inside a text only colour it.

    >>> list(drawn_words('<svg><text x="1">微<tspan fill="red">粒</tspan>贷</text></svg>'))
    ['微粒贷']
    """
    for count, found in enumerate(_SVG_TEXT.finditer(svg)):
        if count == MOST:
            return
        yield re.sub(r"&#x?[0-9a-fA-F]{1,6};", _entity, _TAG.sub("", found[1]))


def _entity(match: re.Match[str]) -> str:
    body = match[0][2:-1]
    return _character(int(body[1:], 16) if body[:1] in "xX" else int(body, 10) if body.isdigit() else 0)


def _unescaped_css(words: str) -> str:
    return _CSS_ESCAPE.sub(lambda m: _character(int(m[1], 16)), words)


def _unescaped_js(words: str) -> str:
    return _JS_ESCAPE.sub(lambda m: _character(int(next(filter(None, m.groups())), 16)), words)


def _character(number: int) -> str:
    return chr(number) if 0x20 <= number < 0x110000 and not 0xD800 <= number < 0xE000 else " "
