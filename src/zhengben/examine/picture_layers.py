"""The three ways to look at an opened picture, each with its engine: codes, marks, words.

An engine that is not installed is named once in `missing`, and the others go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from zhengben.core.pagefacts import LogoMatch, ReadLine, Reference
from zhengben.examine import logo, ocr, qr
from zhengben.examine.image import Picture, smaller

Box = tuple[float, float, float, float]
MOST_STRIPS = 8  # boxes of one page that are read together
_STRIP = (40, 14, 900, 260)  # pixels: narrowest, lowest, widest, highest box that may hold a name
_LOWEST = 1600  # pixels from the top under which no box is read: a name stands above
_ROOM = 12  # pixels of white between boxes that are read together
_SMALL = 90  # pixels of width up to which pictures stand beside one another: an icon holds no word that goes on
_LEAST_SHEET = 272  # pixels of a side; the reader makes the shorter side 544


@dataclass(frozen=True, slots=True)
class Large:
    """A picture and those of its boxes (source, x, y, width, height) that may hold a mark as a part."""

    picture: Picture
    boxes: Sequence[tuple[str, float, float, float, float]]


@dataclass(frozen=True, slots=True)
class Eye:
    """Looks at pictures with these references; `missing` gathers what could not be seen."""

    references: Sequence[Reference]
    missing: list[str]

    def codes(self, picture: Picture) -> tuple[str, ...]:
        """Give what the codes of a picture say, once each."""
        try:
            return tuple(dict.fromkeys(code.text for code in qr.read_codes(picture.pixels)))
        except qr.EngineMissingError:
            self.missing.append("page.qr_reader")
            return ()

    def marks(self, found: Sequence[logo.Candidate], large: Large) -> tuple[LogoMatch, ...]:
        """Give the marks among the boxes found, and inside those boxes of a picture that are large."""
        if not self.references:
            return ()
        sound = logo.readable(tuple(self.references))
        if len(sound) < len(self.references):
            self.missing.append("page.logo_reference")
        if not sound:
            return ()
        try:
            matcher = logo.matcher(sound)
            places = logo.parts(large.picture, large.boxes, matcher.wide)
            return matcher.match([*found[: logo.MOST_BOXES], *places])
        except logo.EngineMissingError:
            self.missing.append("page.logo_reader")
            return ()

    def lines(self, picture: Picture, tallest: int = 0) -> tuple[ReadLine, ...]:
        """Give the words of a picture, of its first `tallest` pixels where given; boxes in pixels of the picture."""
        pixels = picture.pixels[:tallest] if tallest else picture.pixels
        shown = smaller(pixels)
        scale = pixels.shape[0] / max(1, shown.shape[0])
        return tuple(
            replace(line, box=_scaled(line.box, scale), source_sha256=picture.sha256) for line in self._read(shown)
        )

    def lines_in(self, picture: Picture, boxes: Sequence[Box]) -> tuple[ReadLine, ...]:
        """Give the words inside boxes of a picture: the boxes are put under one another and read at once."""
        strips: list[tuple[int, int, Any]] = []
        for x, y, width, height in boxes:
            narrowest, lowest, widest, highest = _STRIP
            if narrowest <= width <= widest and lowest <= height <= highest and 0 <= y < _LOWEST:
                pixels = picture.crop(x, y, width, height)
                if pixels.size:
                    strips.append((max(0, round(x)), max(0, round(y)), pixels))
        strips = strips[:MOST_STRIPS]
        if not strips:
            return ()
        sheet, places = _sheet([pixels for _, _, pixels in strips])
        lines = []
        for line in self._read(sheet):
            middle = line.box[0] + line.box[2] // 2, line.box[1] + line.box[3] // 2
            at = min(range(len(strips)), key=lambda n: _away(middle, places[n], strips[n][2].shape))
            (left, above, _), (across, down) = strips[at], places[at]
            box = (line.box[0] - across + left, line.box[1] - down + above, line.box[2], line.box[3])
            lines.append(replace(line, box=box, source_sha256=picture.sha256))
        return tuple(lines)

    def _read(self, pixels: Any) -> tuple[ReadLine, ...]:
        try:
            found = ocr.read_lines(pixels)
        except ocr.EngineMissingError:
            self.missing.append("page.ocr_reader")
            return ()
        return tuple(
            ReadLine(
                text=one.text, score=round(one.score, 4), box=one.box, source_sha256="", model=one.model,
                doubted=one.doubted, readings=one.readings,
            )
            for one in found
        )  # fmt: skip


def _sheet(strips: Sequence[Any]) -> tuple[Any, list[tuple[int, int]]]:
    """Put pixels on a white sheet, row by row; give the sheet and where each stands (x, y).

    The reader enlarges what is narrow: a column of small pictures would cost as much as a whole screen.
    """
    width = max(_LEAST_SHEET, *(pixels.shape[1] + 2 * _ROOM for pixels in strips))
    places: list[tuple[int, int]] = []
    left, top, low = _ROOM, _ROOM, _ROOM
    for pixels in strips:
        high, wide = pixels.shape[:2]
        if left > _ROOM and (left + wide + _ROOM > width or wide > _SMALL):
            left, top = _ROOM, low
        places.append((left, top))
        low = max(low, top + high + _ROOM)
        left = left + wide + 2 * _ROOM if wide <= _SMALL else width
    sheet = np.full((max(low, _LEAST_SHEET), width, 3), 255, np.uint8)
    for (across, down), pixels in zip(places, strips, strict=True):
        sheet[down : down + pixels.shape[0], across : across + pixels.shape[1]] = pixels
    return sheet, places


def _away(point: tuple[int, int], place: tuple[int, int], shape: tuple[int, ...]) -> int:
    """Give how far a point lies outside a picture on the sheet: 0 inside it."""
    return sum(max(low - at, at - low - size, 0) for at, low, size in zip(point, place, shape[1::-1], strict=True))


def _scaled(box: tuple[int, int, int, int], by: float) -> tuple[int, int, int, int]:
    x, y, width, height = (round(side * by) for side in box)
    return x, y, width, height
