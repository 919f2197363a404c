"""The reader: takes the stream of a page and keeps what a person would see and what a form would ask."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from zhengben.core.pagefacts import Field
from zhengben.examine.page_fields import asks_beside, field_asks, takes_file
from zhengben.examine.page_order import BACK, TURN, as_seen, turns
from zhengben.examine.page_stream import VOID, Piece
from zhengben.examine.page_told import Teller
from zhengben.examine.page_written import written

if TYPE_CHECKING:
    from collections.abc import Callable

_BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "input", "label", "legend", "li", "main", "menu", "nav", "ol", "option", "p",
    "pre", "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title",
    "tr", "ul", "video",
})  # fmt: skip
_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "head", "iframe", "noembed", "noframes", "object",
    "rt", "rp",  # how a character is said, in small print above it: 微<rt>wei</rt>粒 is one name to a reader
})  # fmt: skip
# Unseen by a browser that runs scripts and loads everything, and yet written for people: kept as told, never as text.
_SPARE = frozenset({"noscript", "template", "object", "noframes"})
# Elements of frameworks whose style sheets make blocks of them; any other unknown element is a run of the line.
_FRAMED = re.compile(
    r"(?:uni|wx|taro|mp|ion|van|nut)-(?:view|form|form-item|list|list-item|item|cell|card|button|label|page|page-body|"
    r"content|header|footer|toolbar|title|swiper|swiper-item|scroll-view|radio-group|checkbox-group|notice-bar)(?:-core)?"
)
# ... and those that draw an input of their own, so that none may stand in the document.
_DRAWN_INPUT = re.compile(r"(?:uni|wx|taro|mp|ion|van|nut)-(?:input|textarea|field|searchbar|easyinput)(?:-core)?")
_INLINE = frozenset({"span", "i", "b", "em", "font", "small", "u", "s", "strong", "a", "sub", "sup"})
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|em|rem|%)?\s*(?:;|$)|opacity\s*:\s*0\s*(?:;|$)"
)
# What a platform's own script shows when the page has loaded: all the words of an article of 微信公众平台.
_REVEALED = frozenset({"js_content"})
_HIDING_CLASS = re.compile(
    r"\.([\w-]{1,60})\s*\{[^{}]{0,300}?(?:display\s*:\s*none|font-size\s*:\s*0\b|visibility\s*:\s*hidden)"
)
_BACKGROUND = re.compile(r"""url\(\s*["']?([^"')\s]{1,65536})""")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_QUIET_INPUTS = frozenset({"hidden", "submit", "button", "reset", "image", "checkbox", "radio", "range", "color"})
_BUTTONS = frozenset({"submit", "button", "reset"})
_MOST = 400
_MOST_FIELDS = 200
_DATA_URI = 65_536
# Words a page repeats or offers to choose from: not what it says itself.
_ASIDES = {"option": "choices", "radio": "choices", "blockquote": "quoted", "q": "quoted"}
_CHOSEN = frozenset({"radio", "checkbox"})  # inputs whose words stand behind them
_WAKES = re.compile(r"disabled|removeAttribute|\.prop\b|\.attr\b|eval|createElement|innerHTML", re.IGNORECASE)
_ENDS_CHOICE = _BLOCK | frozenset({"a"})


def _among(field: Field, fields: list[Field]) -> bool:
    return any(field is one for one in fields)  # the same words may stand in an input that is awake


def _breaks(name: str) -> bool:
    """Tell whether an element stands on lines of its own."""
    return name in _BLOCK or ("-" in name and _FRAMED.fullmatch(name) is not None)


class Reader:
    """Takes pieces in order; afterwards its attributes hold what was found, relative addresses as written."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        self.title = self.base = self.canonical = ""
        self.headings: list[str] = []
        self.links: list[tuple[str, str, str]] = []
        self.images: list[str] = []
        self.image_words: list[str] = []
        self.logo_words: list[str] = []
        self.icons: list[str] = []
        self.scripts: list[str] = []
        self.linked: list[str] = []
        self.refreshes: list[str] = []
        self.meta: dict[str, str] = {}
        self.frames: list[str] = []
        self.inner: list[str] = []  # documents written into frames, to be read as parts of this page
        self.teller = Teller()
        self.has_article = False
        self._turned: list[str] = []
        self._spare = self._in_article = 0
        self._forms: list[tuple[str, list[Field]]] = []
        self._loose: list[Field] = []
        self._form: list[Field] | None = None
        self._words: list[str] = []
        self._beside = ""
        self._unseen: tuple[str, int] | None = None
        self._hiding_classes: set[str] = set()
        self.asides: dict[str, list[str]] = {name: [] for name in _ASIDES.values()}
        self._aside: tuple[str, list[str]] | None = None
        self._pressed = False  # what is read stands on a button
        self._asleep: list[Field] = []
        # a drawn input: its element, the fields before it, the label before it, the words it is given to show
        self._drawn: tuple[str, int, str, str] | None = None
        self._link: tuple[str, str, list[str]] | None = None
        self._heading: tuple[str, list[str]] | None = None
        self._title: list[str] | None = None
        self._raw_type = ""
        self._strings: dict[str, str] = {}  # what its scripts gave names to
        self._handlers: dict[str, Callable[[Piece], None]] = {
            "title": self._open_title,
            "base": self._open_base,
            "article": self._open_article,
            "script": self._open_script,
            "meta": self._open_meta,
            "link": self._open_link_tag,
            "form": self._open_form,
            **dict.fromkeys(("iframe", "frame", "embed", "object"), self._open_frame),
            **dict.fromkeys(("a", "area"), self._open_a),
            **dict.fromkeys(("h1", "h2", "h3"), self._open_heading),
            **dict.fromkeys(("img", "image"), self._open_image),
            **dict.fromkeys(("input", "textarea", "select"), self._open_field),
        }

    def take(self, piece: Piece) -> None:
        """Take the next piece."""
        if piece.kind == "text":
            self._take_text(piece.text)
        elif piece.kind == "open":
            self._take_open(piece)
        elif piece.kind == "close":
            self._take_close(piece.name)
        else:
            self._take_raw(piece)

    def finish(self) -> None:
        """Close what the page left open."""
        self._end_link()
        self._end_heading()
        self._end_aside()

    def text(self) -> str:
        """Give the visible words: one line a block, spaces folded."""
        return as_seen(_LINES.sub("\n", _SPACES.sub(" ", "".join(self._words))).strip())

    def filled(self) -> list[tuple[str, list[Field]]]:
        """Give the forms as (action, fields); inputs outside any form are one form of their own, sent by scripts.

        What is greyed out asks for nothing, unless a script may wake it.
        """
        forms = [*self._forms[:50], *([("", self._loose)] if self._loose else [])]
        if not self._asleep or any(_WAKES.search(script) or not script for script in self.scripts):
            return forms
        return [(action, [one for one in fields if not _among(one, self._asleep)]) for action, fields in forms]

    def _take_text(self, text: str) -> None:
        if self._title is not None:
            self._title.append(text)
            return
        # Line ends in the source are only spaces to a reader; line breaks come from blocks.
        flat = text.replace("\n", " ")
        if self._unseen:
            if self._spare:
                self.teller.add("spare", flat)
            return
        self._say(flat)
        if self._pressed and self._beside and takes_file(flat):
            self._keep(Field(asks=field_asks("file", "", self._beside, ""), label=self._beside, kind="file"))
        if not flat.isspace():
            self._beside = flat.strip()[-60:]

    def _say(self, words: str) -> None:
        self._words.append(words)
        if self._link:
            self._link[2].append(words)
        if self._heading:
            self._heading[1].append(words)
        if self._aside:
            self._aside[1].append(words)

    def _fields(self) -> list[Field]:
        return self._loose if self._form is None else self._form

    def _end_drawn(self) -> None:
        """Keep an input that a framework draws by itself: its words stand in it, or before it."""
        if self._drawn is None:
            return
        _, before, label, given = self._drawn
        self._drawn = None
        if len(self._fields()) == before and not self._unseen:
            shown = self._beside or given
            self._keep(Field(asks=field_asks("text", shown, label, ""), label=shown or label))
        self._beside = ""

    def _keep(self, field: Field) -> None:
        """Keep a field; one whose label names several things is kept for each of them."""
        fields = self._fields()
        several = (replace(field, asks=asks) for asks in asks_beside(field.label, field.asks))
        fields += [field, *several][: max(0, _MOST_FIELDS - len(fields))]

    def _end_aside(self) -> None:
        if self._aside:
            name, words = self._aside
            kept = self.asides[_ASIDES[name]]
            said = " ".join("".join(words).split())[:2000]
            if said and len(kept) < _MOST:
                kept.append(said)
        self._aside = None

    def _take_open(self, piece: Piece) -> None:
        name = piece.name
        self._pressed = name == "button" or name.endswith("-button")
        self._hide(piece)
        if _breaks(name) and not self._unseen:
            self._words.append("\n")
        if self._aside and self._aside[0] == "radio" and name in _ENDS_CHOICE:
            self._end_aside()
        if name in _ASIDES and self._aside is None and not self._unseen:
            self._aside = (name, [])
        handler = self._handlers.get(name)
        if handler:
            handler(piece)
        elif _DRAWN_INPUT.fullmatch(name):
            shown = (piece.get("placeholder") or piece.get("label"))[:120]
            self._drawn = (name, len(self._fields()), self._beside, shown)
            self._beside = ""
        if piece.attributes:
            self._scan_attributes(piece)
            self._turn(piece)

    def _hide(self, piece: Piece) -> None:
        name = piece.name
        self._spare += name in _SPARE
        if self._unseen:
            if name == self._unseen[0]:
                self._unseen = (name, self._unseen[1] + 1)
        elif name not in VOID and self._is_hidden(piece):
            self._unseen = (name, 1)

    def _turn(self, piece: Piece) -> None:
        """Mark where characters begin to be shown backwards; `_turned` counts elements of that name until its end."""
        if self._turned:
            if piece.name == self._turned[0] and piece.name not in VOID:
                self._turned.append(piece.name)
        elif piece.name not in VOID and turns(piece.name, piece.get("dir"), piece.get("style")):
            self._turned = [piece.name]
            self._say(TURN)

    def _turn_back(self, name: str) -> None:
        if self._turned and name == self._turned[0]:
            self._turned.pop()
            if not self._turned:
                self._say(BACK)

    def _is_hidden(self, piece: Piece) -> bool:
        attributes = piece.attributes
        if piece.name in _UNSEEN:
            # A declared shadow root is drawn in place of its host: what stands in such a template is seen.
            return not (piece.name == "template" and "shadowrootmode" in attributes)
        if not attributes:
            return False
        if attributes.get("id") in _REVEALED:
            return False
        if "hidden" in attributes or _HIDING.search(attributes.get("style", "").lower()):
            return True
        # A class that hides is believed for inline elements only: that is how a name is broken up for machines, while
        # hidden blocks are mostly dialogues that open later.
        return piece.name in _INLINE and bool(self._hiding_classes & set(attributes.get("class", "").split()))

    def _take_close(self, name: str) -> None:
        self._pressed = False
        self._turn_back(name)
        self._spare = max(0, self._spare - (name in _SPARE))
        self._in_article = max(0, self._in_article - (name == "article"))
        if self._unseen and name == self._unseen[0]:
            depth = self._unseen[1] - 1
            self._unseen = (name, depth) if depth else None
        self._end_named(name)
        if _breaks(name) and not self._unseen:
            self._words.append("\n")

    def _end_named(self, name: str) -> None:
        """Close what is kept of an element whose name this is."""
        if name == "title" and self._title is not None:
            self.title = self.title or " ".join("".join(self._title).split())[:500]
            self._title = None
        elif name == "form":
            self._form = None
        elif name == "a":
            self._end_link()
        elif self._aside and (name == self._aside[0] or (self._aside[0] == "radio" and name in _ENDS_CHOICE)):
            self._end_aside()
        elif self._heading and name == self._heading[0]:
            self._end_heading()
        elif self._drawn and name == self._drawn[0]:
            self._end_drawn()

    def _take_raw(self, piece: Piece) -> None:
        if piece.name == "style":
            self._hiding_classes.update(_HIDING_CLASS.findall(piece.text[:200_000]))
            self.teller.take_style(piece.text[:200_000])
        elif piece.name == "script" and "ld+json" in self._raw_type:
            self.linked.append(piece.text[:50_000])
        elif piece.name == "script" and len(self.scripts) < 100:
            self.scripts.append(piece.text[:200_000])
            self.inner += written(piece.text[:200_000], self._strings)
            self.teller.take_script(piece.text[:200_000])

    def _scan_attributes(self, piece: Piece) -> None:
        if not self._unseen:
            self.teller.take_attributes(piece)
        for name, value in piece.attributes.items():
            if name.startswith("on") or name in {"data-url", "data-href", "data-link", "data-download"}:
                self.scripts.append(value[:2000] if name.startswith("on") else f'"{value[:2000]}"')
            elif name == "style" and "url(" in value and len(self.images) < _MOST:
                self.images += _BACKGROUND.findall(value)[:4]

    def _end_link(self) -> None:
        if self._link and len(self.links) < _MOST * 4:
            href, offered, words = self._link
            self.links.append((href, as_seen(" ".join("".join(words).split()))[:200], offered))
        self._link = None

    def _end_heading(self) -> None:
        if self._heading and len(self.headings) < 60:
            words = as_seen(" ".join("".join(self._heading[1]).split()))[:300]
            if words:
                self.headings.append(words)
        self._heading = None

    def _open_title(self, _: Piece) -> None:
        if not self.title:
            self._title = []

    def _open_base(self, piece: Piece) -> None:
        self.base = self.base or piece.get("href")

    def _open_article(self, _: Piece) -> None:
        self.has_article = True
        self._in_article += 1

    def _open_frame(self, piece: Piece) -> None:
        source = (piece.get("data") if piece.name == "object" else piece.get("src")).strip()
        if piece.get("srcdoc"):
            self.inner.append(piece.get("srcdoc"))
        elif source and not source.startswith(("about:", "javascript:")) and len(self.frames) < _MOST:
            self.frames.append(source[:_DATA_URI])

    def _open_script(self, piece: Piece) -> None:
        self._raw_type = piece.get("type").lower()
        if piece.get("src") and len(self.scripts) < 100:
            self.scripts.append("")  # a script that is elsewhere still means that the page is not all here

    def _open_meta(self, piece: Piece) -> None:
        key = (piece.get("property") or piece.get("name")).lower()
        if piece.get("http-equiv").lower() == "refresh":
            if not self._spare:  # only browsers without scripts are sent on by what stands in <noscript>
                self.refreshes.append(piece.get("content")[:2000])
        elif key and len(self.meta) < _MOST:
            self.meta.setdefault(key, piece.get("content")[:2000])
            self.teller.take_meta(key, piece.get("content"))

    def _open_link_tag(self, piece: Piece) -> None:
        if piece.get("rel").lower() == "canonical":
            self.canonical = self.canonical or piece.get("href")
        elif "icon" in piece.get("rel").lower() and piece.get("href"):
            self.icons.append(piece.get("href")[:_DATA_URI])

    def _open_a(self, piece: Piece) -> None:
        self._end_link()
        if piece.get("href"):
            self._link = (piece.get("href").strip()[:4000], piece.get("download"), [])

    def _open_heading(self, piece: Piece) -> None:
        self._end_heading()
        if not self._unseen:
            self._heading = (piece.name, [])

    def _open_image(self, piece: Piece) -> None:
        source = piece.get("src") or piece.get("data-src") or piece.get("data-original") or piece.get("href")
        better = piece.get("data-src") or piece.get("data-original")
        chosen = better if better and source.startswith("data:") else source
        if chosen and len(self.images) < _MOST and len(chosen) < _DATA_URI:
            self.images.append(chosen)
        words = (piece.get("alt") or piece.get("title")).strip()[:200]
        if not words or self._unseen:
            return
        self.image_words.append(words)
        self.teller.add("alt", words)
        marks = " ".join((chosen[:300], piece.get("class"), piece.get("id"), words)).lower()
        # Inside an article a picture of a logo illustrates what is written about; the page's own stands outside it.
        if not self._in_article and ("logo" in marks or "brand" in piece.get("class").lower()):
            self.logo_words.append(words)
        for holder in (self._link[2] if self._link else None, self._heading[1] if self._heading else None):
            if holder is not None:
                holder.append(words)

    def _open_form(self, piece: Piece) -> None:
        self._form = []
        self._forms.append((piece.get("action").strip()[:2000], self._form))

    def _open_field(self, piece: Piece) -> None:
        kind = (piece.get("type") or "text").lower() if piece.name == "input" else piece.name
        fields = self._fields()
        if kind in _BUTTONS and not self._unseen:
            self._words.append(f" {piece.get('value')[:60]} ")
        if kind in _CHOSEN and self._aside is None and not self._unseen:
            self._aside = ("radio", [])
        if kind in _QUIET_INPUTS or len(fields) >= _MOST_FIELDS:
            return
        shown = " ".join(filter(None, (piece.get("placeholder"), piece.get("aria-label"), piece.get("title"))))[:120]
        names = f"{piece.get('name')} {piece.get('id')}"[:120]
        beside = self._beside or (self._drawn[2] if self._drawn else "")
        before = len(fields)
        asks = field_asks(kind, shown, beside, names)
        field = Field(asks=asks, label=shown or beside or names.strip(), kind=kind)
        self._keep(field)
        if "disabled" in piece.attributes:
            self._asleep += fields[before:]
        self._beside = ""
