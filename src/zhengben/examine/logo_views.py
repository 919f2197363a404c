"""How a drawing is described so that two can be compared: cut from its ground, trimmed, at one size, in three views.

The views are its shades, its details (without the coarse form) and its outlines; each is made of mean 0 and length 1,
so that the product of two descriptions is the mean of three normalised correlations. `vision` is OpenCV, handed in.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

SIDE, INNER = 64, 52  # pixels of the square everything is drawn in, and of the drawing's longer side
INKED = 0.3  # how far from the ground what is drawn must be, of 1
_BLANK = 1e-6

Part = tuple[slice, slice]
_HALVES = (slice(0, SIDE // 2), slice(SIDE // 2, SIDE))
QUARTERS: tuple[Part, ...] = tuple((down, across) for down in _HALVES for across in _HALVES)
WHOLE: Part = (slice(None), slice(None))


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing as a square of shades, 0 (ground) to 1.

    `seen` is 0 where something covers it, None where nothing does; `shape` is its width by its height.
    """

    square: Any
    seen: Any = None
    shape: float = 1.0


def apart(pixels: Any) -> Any:
    """Give how far each pixel is from the ground, 0 to 1; the ground is the middle colour of the rim."""
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    far = np.abs(pixels.astype(np.float32) - np.median(rim, axis=0))
    far = np.maximum(np.maximum(far[:, :, 0], far[:, :, 1]), far[:, :, 2])
    high = float(np.percentile(far, 98))
    return np.clip(far / max(high, 24.0), 0, 1).astype(np.float32)


def squared(vision: Any, drawn: Any, seen: Any = None) -> Drawing | None:
    """Trim what is drawn and bring it to one size; None where nothing is drawn."""
    rows, columns = np.where(drawn.max(axis=1) > INKED)[0], np.where(drawn.max(axis=0) > INKED)[0]
    if not len(rows) or not len(columns):
        return None
    cut = drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = INNER / max(cut.shape)
    size = (max(1, round(cut.shape[1] * scale)), max(1, round(cut.shape[0] * scale)))
    how = vision.INTER_AREA if scale < 1 else vision.INTER_CUBIC
    small = np.clip(vision.resize(cut, size, interpolation=how), 0, 1)
    square = np.zeros((SIDE, SIDE), np.float32)
    top, left = (SIDE - size[1]) // 2, (SIDE - size[0]) // 2
    square[top : top + size[1], left : left + size[0]] = small
    if seen is not None:
        # Not trimmed: what covers a drawing reaches beyond what is left of it.
        way = np.array([[scale, 0, left - columns[0] * scale], [0, scale, top - rows[0] * scale]], np.float32)
        seen = vision.warpAffine(seen, way, (SIDE, SIDE), flags=vision.INTER_NEAREST, borderValue=1)
    return Drawing(vision.GaussianBlur(square, (0, 0), 1.1), seen, cut.shape[1] / cut.shape[0])


def views(vision: Any, square: Any) -> tuple[list[Any], ...]:
    """Give shades, details and outlines of a square; outlines have two layers."""
    detail = square - vision.GaussianBlur(square, (0, 0), 5)
    across = vision.Sobel(square, vision.CV_32F, 1, 0, ksize=3)
    down = vision.Sobel(square, vision.CV_32F, 0, 1, ksize=3)
    return [square], [detail], [across, down]


def joined(shown: tuple[list[Any], ...], part: Any) -> Any:
    """Give one vector of a part of the views, whose product with another's is the mean of their correlations."""
    return np.concatenate([_unit(np.stack([layer[part] for layer in view])) for view in shown]) / np.sqrt(len(shown))


def _unit(view: Any) -> Any:
    flat = view.ravel() - view.mean()
    return (flat / (np.linalg.norm(flat) + _BLANK)).astype(np.float32)
