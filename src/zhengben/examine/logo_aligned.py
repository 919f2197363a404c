"""A second, closer look at a doubtful box: the drawing is laid onto the reference, then compared once more.

A photograph shows a symbol from aside, a poster turns it, a sticker moves its edges: then everything is compared a few
pixels off, and the first score lies under what is needed. The best perspective that brings the drawing onto the
reference is found by climbing their correlation (Evangelidis and Psarakis, "Parametric Image Alignment Using Enhanced
Correlation Coefficient Maximization", 2008; OpenCV's findTransformECC). What is the symbol then fits almost wholly;
what only resembles it gains less, so more is asked of it. `vision` is OpenCV, handed in.
"""

from typing import Any

import numpy as np

from zhengben.examine.logo_views import INKED, QUARTERS, SIDE, WHOLE, Drawing, joined, views

REACH = 20.0  # pixels of `SIDE` that a corner may be moved: a turn of about 20 degrees, or seen well from aside
RIM = 2  # pixels around what covers the drawing that do not count
HIDDEN = 0.35  # share of the reference's ink that may lie under what covers the drawing
UNSEEN = 0.15  # what a share that is hidden takes from the score: the rest of a plain shape fits many
_STEPS, _ENOUGH, _SMOOTH = 40, 1e-4, 5
_CORNERS = np.array([[[0, 0]], [[SIDE, 0]], [[SIDE, SIDE]], [[0, SIDE]]], np.float32)


def laid_on(vision: Any, drawing: Drawing, reference: Any, part: float) -> float:
    """Give the score of a drawing after it was laid onto a reference's square; 0 where it cannot be laid there.

    `part` is what the best three quarters count less than the whole. Of a covered drawing only what is seen counts.
    """
    way = _way(vision, drawing, reference)
    if way is None:
        return 0.0
    how = vision.INTER_LINEAR | vision.WARP_INVERSE_MAP
    square = vision.warpPerspective(drawing.square, way, (SIDE, SIDE), flags=how)
    if drawing.seen is None:
        return _score(vision, square, reference, part)
    seen = vision.warpPerspective(drawing.seen, way, (SIDE, SIDE), flags=how, borderValue=1) > 0
    return _seen_score(vision, square, reference, seen)


def _way(vision: Any, drawing: Drawing, reference: Any) -> Any:
    """Give the perspective from the reference to the drawing; None where none is found, or one nobody would see."""
    ends = (vision.TERM_CRITERIA_EPS | vision.TERM_CRITERIA_COUNT, _STEPS, _ENOUGH)
    start = np.eye(3, dtype=np.float32)
    try:
        _, way = vision.findTransformECC(
            reference, drawing.square, start, vision.MOTION_HOMOGRAPHY, ends, drawing.seen, _SMOOTH
        )
    except vision.error:
        return None  # the correlation does not climb: they have nothing to do with each other
    moved = vision.perspectiveTransform(_CORNERS, way)
    sound = np.isfinite(moved).all() and float(np.abs(moved - _CORNERS).max()) <= REACH
    return way if sound else None


def _score(vision: Any, square: Any, reference: Any, part: float) -> float:
    shown, known = views(vision, square), views(vision, reference)
    whole = float(joined(shown, WHOLE) @ joined(known, WHOLE))
    quarters = [float(joined(shown, at) @ joined(known, at)) for at in QUARTERS]
    return max(whole, (sum(quarters) - min(quarters)) / 3 - part)


def _seen_score(vision: Any, square: Any, reference: Any, seen: Any) -> float:
    inked = reference > INKED
    # What was drawn up to the rim of the cover is smoothed into it.
    seen = vision.erode(seen.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=RIM) > 0
    hidden = float((inked & ~seen).sum() / max(1, inked.sum()))
    if hidden > HIDDEN:
        return 0.0
    shown, known = views(vision, square * seen), views(vision, reference * seen)
    return float(joined(shown, seen) @ joined(known, seen)) - UNSEEN * hidden
