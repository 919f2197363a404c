"""Where on a capture the things stand that speak against it: marks, inputs that ask for secrets, codes, downloads.

Everything is drawn in one SVG over the picture, in CSS pixels of the page, which are the pixels of the screenshot. No
style is written into the page: the policy of the console forbids it, and SVG needs none.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zhengben.core.fetched import Box, Captured
from zhengben.core.handed_out import handed_out
from zhengben.core.pagefacts import SECRETS
from zhengben.examine.page_fields import asks_for
from zhengben.flow.limited import ExaminationKilled, run_limited
from zhengben.locale.words import catalogue

MOST = 24
LONG = 4  # times as high as wide: on one sheet of paper such a picture could not be read
READ_CODES = "zhengben.examine.qr_where:codes_of"
MARKS = frozenset({"page_shows_mark", "page_has_picture"})
NAMES = frozenset({"page_presents_as", "page_picture_reads", "page_picture_resembles"})  # with lines read in pictures
_DRAWN = frozenset({"img", "svg", "canvas", "css"})
_ASKED = SECRETS | {"sms_code", "password", "phone", "name"}
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One box on a picture: number, what it shows (`mark`, `name`, `secret`, `code`, `app`), words, and corners."""

    number: int
    kind: str
    words: str
    x: int
    y: int
    width: int
    height: int


def size_of(png: bytes) -> tuple[int, int]:
    """Give width and height of a PNG in pixels, (0, 0) for anything else.

    >>> size_of(b"no picture")
    (0, 0)
    """
    if not png.startswith(_PNG) or len(png) < 24:
        return 0, 0
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def boxes_of(
    captured: Captured, reasons: Sequence[Mapping[str, Any]], language: str, *, codes: bool,
    others: Sequence[Captured] = (),
) -> list[Mark]:  # fmt: skip
    """Give what is marked on a capture, from top to bottom; `codes` tells that the page was seen to show a code.

    `others` are the captures by other clients: a name read in a picture of theirs is marked on the same picture here.
    """
    width, height = size_of(captured.screenshot)
    found = [
        *_marks(captured, reasons),
        *_names(captured, reasons, others),
        *_inputs(captured.boxes, language),
        *_apps(captured.boxes),
    ]
    if codes:
        found += _codes(captured.screenshot)
    inside = [row for row in found if row[2][0] < width and row[2][1] < height and row[2][2] > 0 and row[2][3] > 0]
    ordered = sorted(inside, key=lambda row: (row[2][1], row[2][0]))[:MOST]
    return [_mark(number, kind, words, box, (width, height)) for number, (kind, words, box) in enumerate(ordered, 1)]


def drawing(captured: Captured, marks: Sequence[Mark]) -> dict[str, object]:
    """Give what the SVG needs: size and shape of the picture, the size of its letters, each box with its label."""
    width, height = size_of(captured.screenshot)
    letter = 12 if width <= 480 else round(width / 44)
    rows = [_label(mark, width, letter) for mark in marks]
    return {"width": width, "height": height, "letter": letter, "long": height > LONG * width, "rows": rows}


def matches_of(reasons: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give every match of a brand's picture that the reasons name, the first of each reason before its `more`."""
    found = [row for reason in reasons if reason.get("code") in MARKS for row in _rows(dict(reason.get("facts") or {}))]
    return [row for row in found if row.get("reference") and len(row.get("box") or ()) == 4]


def _rows(facts: dict[str, Any]) -> list[dict[str, Any]]:
    return [facts, *(dict(row) for row in facts.get("more") or () if isinstance(row, Mapping))]


_Row = tuple[str, str, tuple[int, int, int, int]]


def _marks(captured: Captured, reasons: Iterable[Mapping[str, Any]]) -> list[_Row]:
    name = hashlib.sha256(captured.screenshot).hexdigest()
    rows: list[_Row] = []
    for match in matches_of(reasons):
        right = str(match.get("right") or "")
        if match.get("source_sha256") == name:
            x, y, width, height = (round(float(value)) for value in match["box"])
            rows.append(("mark", right, (x, y, width, height)))
        else:  # found in a picture of its own: it stands where the page shows that picture
            rows += [("mark", right, _whole(box)) for box in captured.boxes if _shows(box, match)]
    return rows


def _names(
    captured: Captured, reasons: Iterable[Mapping[str, Any]], others: Sequence[Captured]
) -> Iterator[_Row]:  # fmt: skip
    """Give where the brand's name was read in a picture, or a word like it."""
    here = hashlib.sha256(captured.screenshot).hexdigest()
    by_picture = {hashlib.sha256(one.screenshot).hexdigest(): one for one in others}
    for line in lines_of(reasons):
        x, y, width, height = (round(float(value)) for value in line["box"])
        words, name = str(line.get("text") or ""), line.get("source_sha256")
        if name == here:
            yield "name", words, (x, y, width, height)
        elif name in by_picture and (source := _holding(by_picture[name].boxes, x + width / 2, y + height / 2)):
            yield from (("name", words, _whole(box)) for box in captured.boxes if box.text == source)


def lines_of(reasons: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give every line read in a picture on which a reason stands."""
    told = [dict(reason.get("facts") or {}).get("read") for reason in reasons if reason.get("code") in NAMES]
    rows = [dict(row) for read in told if isinstance(read, list) for row in read if isinstance(row, Mapping)]
    return [row for row in rows if len(row.get("box") or ()) == 4]


def _holding(boxes: Sequence[Box], x: float, y: float) -> str:
    """Give the address of the smallest picture that a point lies in; empty where none has one."""
    around = [
        box for box in boxes
        if box.kind in _DRAWN and box.text and box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
    ]  # fmt: skip
    return min(around, key=lambda box: box.width * box.height).text if around else ""


def _shows(box: Box, match: Mapping[str, Any]) -> bool:
    return bool(box.text) and box.text == match.get("source")


def _inputs(boxes: Sequence[Box], language: str) -> list[_Row]:
    asked = [(box, asks_for(box.text)) for box in boxes if box.kind == "input" and box.text]
    if not any(what in SECRETS for _, what in asked):
        return []  # a search box, or a newsletter's: nothing that any honest page would not ask
    return [("secret", _fact(what, language), _whole(box)) for box, what in asked if what in _ASKED and what]


def _apps(boxes: Sequence[Box]) -> list[_Row]:
    return [("app", "", _whole(box)) for box in boxes if box.kind == "a" and handed_out(box.text)]


def _codes(png: bytes) -> list[_Row]:
    return [("code", words, box) for words, box in _read_codes(png)]


@lru_cache(maxsize=64)
def _read_codes(png: bytes) -> tuple[tuple[str, tuple[int, int, int, int]], ...]:
    """Read where the codes stand; the bytes are an impostor's, so a limited worker does it. Empty where it cannot."""
    try:
        codes = run_limited(READ_CODES, png, cpu_s=4.0, wall_s=10.0, memory_mb=1024)
    except ExaminationKilled:
        return ()
    return tuple((code.text[:120], tuple(code.box)) for code in codes)


def _whole(box: Box) -> tuple[int, int, int, int]:
    return round(box.x), round(box.y), round(box.width), round(box.height)


def _fact(what: str, language: str) -> str:
    return catalogue(language).get(f"fact.{what}", what)


def _mark(number: int, kind: str, words: str, box: tuple[int, int, int, int], size: tuple[int, int]) -> Mark:
    """Give a box that stands inside its picture."""
    x, y = max(0, box[0]), max(0, box[1])
    return Mark(
        number=number, kind=kind, words=words, x=x, y=y,
        width=max(2, min(box[2], size[0] - x)), height=max(2, min(box[3], size[1] - y)),
    )  # fmt: skip


def _label(mark: Mark, width: int, letter: int) -> dict[str, object]:
    """Give where a label stands: above its box, or inside where the picture ends, never off its sides."""
    wide = round(letter * (_em(str(mark.number)) + 0.9))
    tall = round(letter * 1.5)
    top = mark.y - tall if mark.y >= tall else mark.y
    left = max(0, min(mark.x, width - wide))
    return {
        "mark": mark, "left": left, "top": top, "wide": wide, "tall": tall, "text_x": round(left + wide / 2),
        "text_y": round(top + tall * 0.73),
    }  # fmt: skip


def _em(words: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.6 for c in words)
