"""Places in one large picture where a symbol may stand: posters and store screenshots have no boxes of their own.

Edges are joined over gaps of three widths, because a symbol may be one stroke or several parts; what hangs together and
is about as wide as high is a place to look at. Lines of words are too wide and are left out; single characters remain,
and it is for the matcher to tell them from symbols. `vision` is OpenCV, handed in by `logo`.
"""

from collections.abc import Iterator
from typing import Any

GAPS = (3, 9, 19)  # pixels over which edges are joined
LEAST, MOST = 20, 420  # pixels of a side
WIDEST = 2.2  # longer side to shorter
SAME = 0.7  # overlap from which two places are one
REGIONS = 48
POSTER = 200  # pixels of the shorter side from which a picture may hold a symbol as a part
_WEAK, _STRONG = 40, 110

Region = tuple[int, int, int, int]


def regions(vision: Any, pixels: Any) -> list[Region]:
    """Give places (x, y, width, height) of a picture, the largest first, at most `REGIONS`; perhaps none."""
    kept: list[Region] = []
    for place in sorted(_places(vision, pixels), key=lambda r: (-r[2] * r[3], r)):
        if len(kept) == REGIONS:
            break
        if all(_overlap(place, other) < SAME for other in kept):
            kept.append(place)
    return kept


def _places(vision: Any, pixels: Any) -> Iterator[Region]:
    smooth = vision.GaussianBlur(pixels, (0, 0), 0.8)
    layers = [vision.Canny(layer, _WEAK, _STRONG) for layer in vision.split(smooth)]
    edges = vision.max(vision.max(layers[0], layers[1]), layers[2])
    for gap in GAPS:
        square = vision.getStructuringElement(vision.MORPH_RECT, (gap, gap))
        joined = vision.morphologyEx(edges, vision.MORPH_CLOSE, square)
        _, _, found, _ = vision.connectedComponentsWithStats(joined, connectivity=8)
        for x, y, width, height, _ in found[1:].tolist():
            if min(width, height) >= LEAST and max(width, height) <= min(MOST, WIDEST * min(width, height)):
                yield x, y, width, height


def _overlap(one: Region, other: Region) -> float:
    """Give the area two places share as a part of what they cover together."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / (one[2] * one[3] + other[2] * other[3] - wide * high)
