"""A symbol with something stuck over its corner: the same symbol without it, for a second comparison.

Whoever hides a mark from machines puts a badge, a number or a ribbon over it, in a colour of its own so that people
still see the mark. What is stuck on moves the edges of the drawing, and with them everything is compared at the wrong
place; taken away, the rest lies where it lay. `vision` is OpenCV, handed in by `logo`.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

LEAST, MOST = 0.04, 0.85  # share of what is drawn that a sticker covers: a thin mark has less ink than its sticker
COMPACT = 0.55  # share of its box that a sticker fills: a disc has .79, a ribbon more
NEAR = 60  # steps of a colour channel within which colours are one
STICKERS = 2
_DRAWN = 0.3


def without_sticker(vision: Any, pixels: Any, drawn: Any) -> Iterator[tuple[Any, Any]]:
    """Give the drawing without each of its compact patches of one colour; nothing where it has only one colour.

    `drawn` tells for each pixel how far it is from the ground, 0 to 1, and so does the first of what is given; the
    second is 0 where the patch lay and 1 elsewhere.
    """
    inked = drawn > _DRAWN
    total = int(inked.sum())
    if total < 40:
        return
    for colour in _colours(pixels, inked, total)[: STICKERS + 1]:
        far = np.abs(pixels.astype(np.int16) - colour).max(axis=2)
        patch = _compact(vision, (far < NEAR) & inked, total)
        if patch is None:
            continue
        kernel = np.ones((3, 3), np.uint8)
        grown = vision.dilate(patch, kernel, iterations=max(1, min(pixels.shape[:2]) // 40)) > 0
        rest = np.where(grown, 0.0, drawn).astype(np.float32)
        if (rest > _DRAWN).sum() >= (1 - MOST) * total:
            yield _full(rest), (~grown).astype(np.uint8)


def _colours(pixels: Any, inked: Any, total: int) -> list[Any]:
    """Give the colours of the drawing that cover enough of it, the most used first; none where there is only one."""
    steps = (pixels[inked] >> 5).astype(np.int32)
    codes, counts = np.unique(steps[:, 0] << 6 | steps[:, 1] << 3 | steps[:, 2], return_counts=True)
    found: list[Any] = []
    for at in np.argsort(-counts):
        if counts[at] < LEAST * total:
            break
        members = (steps[:, 0] << 6 | steps[:, 1] << 3 | steps[:, 2]) == codes[at]
        colour = np.median(pixels[inked][members], axis=0).astype(np.int16)
        if all(int(np.abs(colour - other).max()) >= NEAR for other in found):
            found.append(colour)
    return found if len(found) > 1 else []


def _compact(vision: Any, mask: Any, total: int) -> Any:
    """Give the largest patch of a mask where it is one compact thing, else None."""
    count, labels, stats, _ = vision.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    if count < 2:
        return None
    largest = 1 + int(stats[1:, 4].argmax())
    area = int(stats[largest, 4])
    width, height = int(stats[largest, 2]), int(stats[largest, 3])
    if not LEAST * total <= area <= MOST * total or area < COMPACT * width * height:
        return None
    return (labels == largest).astype(np.uint8)


def _full(rest: Any) -> Any:
    """Bring what is left back to the whole range, where the sticker was the strongest of all."""
    high = float(np.percentile(rest[rest > _DRAWN], 90)) if (rest > _DRAWN).any() else 1.0
    return np.clip(rest / max(high, _DRAWN), 0, 1).astype(np.float32)
