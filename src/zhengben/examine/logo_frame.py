"""Pictures with a ground of their own on a page of another colour: what lies around such a picture is no part of it.

A box is cut out with a little of the page around it, so that a symbol that fills its picture keeps its edge. Where the
picture brings its own ground (a white square on a blue head), that margin would be a frame around the symbol.
"""

from typing import Any

import numpy as np

MARGIN = 2  # pixels of the page that are cut out around a box
_INSIDE = 2  # pixels inside its edge where a picture's own ground is looked for: the edge itself may be blended
_APART = 24  # levels of a channel from which two grounds are two
_MOSTLY = 0.8  # share of the edge that is one colour where a picture has a ground


def without_frame(pixels: Any) -> Any:
    """Give a box cut out with `MARGIN` around it (RGB), without that margin where the picture has its own ground."""
    cut = MARGIN + _INSIDE
    if min(pixels.shape[:2]) < 4 * cut:
        return pixels
    edge = _ring(pixels, cut)
    ground = np.median(edge, axis=0)
    if not _is_one(edge, ground):
        return pixels
    # At the end of a screenshot nothing could be cut out around the box, so each side is told by itself.
    sides = (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])
    top, bottom, left, right = cuts = [cut if _is_page(side.astype(np.int16), ground) else 0 for side in sides]
    if not any(cuts):
        return pixels
    return pixels[top : pixels.shape[0] - bottom, left : pixels.shape[1] - right]


def _is_page(side: Any, ground: Any) -> bool:
    """Tell whether the outermost pixels of a side are of one colour that is not the picture's ground."""
    page = np.median(side, axis=0)
    return bool(np.abs(page - ground).max() >= _APART) and _is_one(side, page)


def _ring(pixels: Any, at: int) -> Any:
    """Give the pixels `at` pixels inside the edge, all around."""
    inner = pixels[at : pixels.shape[0] - at, at : pixels.shape[1] - at].astype(np.int16)
    return np.concatenate([inner[0], inner[-1], inner[:, 0], inner[:, -1]])


def _is_one(ring: Any, colour: Any) -> bool:
    return bool((np.abs(ring - colour).max(axis=1) < _APART).mean() >= _MOSTLY)
