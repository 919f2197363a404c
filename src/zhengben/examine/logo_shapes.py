"""Shapes that belong to nobody: circles, rings, squares, polygons, letters. A symbol must be more than one of them.

They are drawn here, black on white, 200 pixels wide; `vision` is OpenCV, handed in by `logo`.
"""

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

SIDE, MIDDLE = 200, (100, 100)
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def generic_shapes(vision: Any) -> Iterator[Any]:
    """Give every generic shape as RGB pixels."""
    for draw in (*_round(vision), *_square(vision), *_polygons(vision), *_letters(vision), *_strokes(vision)):
        sheet = np.full((SIDE, SIDE, 3), 255, np.uint8)
        draw(sheet)
        yield sheet


Draw = Callable[[Any], object]


def _round(vision: Any) -> Iterator[Draw]:
    yield partial(_disc, vision, 90, -1)
    for wide in (8, 16, 28, 44, 60):
        yield partial(_disc, vision, 90 - wide // 2, wide)
    for hole, aside in ((15, 0), (30, 0), (45, 0), (70, 25), (70, 45), (70, 65)):
        yield partial(_bitten, vision, hole, aside)


def _disc(vision: Any, radius: int, wide: int, sheet: Any) -> None:
    vision.circle(sheet, MIDDLE, radius, BLACK, wide)


def _bitten(vision: Any, hole: int, aside: int, sheet: Any) -> None:
    vision.circle(sheet, MIDDLE, 90, BLACK, -1)
    vision.circle(sheet, (100 + aside, 100 - aside // 2), hole, WHITE, -1)


def _square(vision: Any) -> Iterator[Draw]:
    for room, wide in ((10, -1), (20, 8), (20, 20), (20, 40)):
        yield partial(_frame, vision, room, wide)
    for corner in (20, 45, 70):
        yield partial(_rounded, vision, corner)


def _frame(vision: Any, room: int, wide: int, sheet: Any) -> None:
    vision.rectangle(sheet, (room, room), (SIDE - room, SIDE - room), BLACK, wide)


def _rounded(vision: Any, corner: int, sheet: Any) -> None:
    low, high = 10 + corner, 190 - corner
    vision.rectangle(sheet, (low, 10), (high, 190), BLACK, -1)
    vision.rectangle(sheet, (10, low), (190, high), BLACK, -1)
    for x in (low, high):
        for y in (low, high):
            vision.circle(sheet, (x, y), corner, BLACK, -1)


def _polygons(vision: Any) -> Iterator[Draw]:
    for corners in (3, 4, 5, 6, 8):
        for turn in (0, 30, 45, 90):
            angles = [2 * math.pi * n / corners + math.radians(turn) for n in range(corners)]
            points = np.array([[100 + 90 * math.cos(a), 100 + 90 * math.sin(a)] for a in angles], np.int32)
            yield partial(_polygon, vision, points, filled=True)
            yield partial(_polygon, vision, points, filled=False)


def _polygon(vision: Any, points: Any, sheet: Any, *, filled: bool) -> None:
    if filled:
        vision.fillPoly(sheet, [points], BLACK)
    else:
        vision.polylines(sheet, [points], isClosed=True, color=BLACK, thickness=18)


def _letters(vision: Any) -> Iterator[Draw]:
    for letter in LETTERS:
        for ground in ("none", "disc", "tile"):
            yield partial(_letter, vision, letter, ground)


def _letter(vision: Any, letter: str, ground: str, sheet: Any) -> None:
    face = vision.FONT_HERSHEY_DUPLEX
    if ground == "none":
        vision.putText(sheet, letter, (35, 165), face, 6, BLACK, 26)
        return
    if ground == "disc":
        vision.circle(sheet, MIDDLE, 95, BLACK, -1)
    else:
        sheet[5:195, 5:195] = 0
    vision.putText(sheet, letter, (58, 143), face, 4, WHITE, 16)


def _strokes(vision: Any) -> Iterator[Draw]:
    lines = (
        ((100, 10), (100, 190), (10, 100), (190, 100)),
        ((20, 20), (180, 180), (180, 20), (20, 180)),
        ((10, 30), (190, 30), (10, 100), (190, 100), (10, 170), (190, 170)),
    )
    for ends in lines:
        for wide in (20, 40, 60):
            yield partial(_lines, vision, ends, wide)


def _lines(vision: Any, ends: tuple[tuple[int, int], ...], wide: int, sheet: Any) -> None:
    for start, end in zip(ends[::2], ends[1::2], strict=True):
        vision.line(sheet, start, end, BLACK, wide)
