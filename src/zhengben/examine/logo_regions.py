"""Places in one large picture where a symbol may stand: posters and store screenshots have no boxes of their own.

Edges are joined over gaps of three widths, because a symbol may be one stroke or several parts; what hangs together and
is about as wide as high is a place to look at. Lines of words are too wide and are left out, but where a reference is
as wide as they are; single characters remain, and it is for the matcher to tell them from symbols. `vision` is OpenCV,
handed in by `logo`.
"""

from collections.abc import Iterator, Sequence
from typing import Any

GAPS = (3, 9, 19)  # pixels over which edges are joined
LEAST, MOST = 20, 420  # pixels of a side
WIDEST = 2.2  # longer side to shorter
WORD_GAP = (27, 5)  # across and down: parts of a wide mark stand beside one another
NEAR = 1.3  # how much wider or narrower than a reference a place may be, seen from aside
SAME = 0.7  # overlap from which two places are one
REGIONS = 48
POSTER = 200  # pixels of the shorter side from which a picture may hold a symbol as a part
_WEAK, _STRONG = 40, 110

Region = tuple[int, int, int, int]


def regions(vision: Any, pixels: Any, wide: Sequence[float] = ()) -> list[Region]:
    """Give places (x, y, width, height) of a picture, the largest first, at most `REGIONS`; perhaps none.

    `wide` are the references' widths by their heights, where a mark is not about as wide as high (`is_wide`).
    """
    kept: list[Region] = []
    for place in sorted(_places(vision, pixels, wide), key=lambda r: (-r[2] * r[3], r)):
        if len(kept) == REGIONS:
            break
        if all(_overlap(place, other) < SAME for other in kept):
            kept.append(place)
    return kept


def is_wide(shape: float) -> bool:
    """Tell whether a width by a height is that of no compact mark: a line of words, or a column."""
    return not 1 / WIDEST <= shape <= WIDEST


def _places(vision: Any, pixels: Any, wide: Sequence[float]) -> Iterator[Region]:
    smooth = vision.GaussianBlur(pixels, (0, 0), 0.8)
    layers = [vision.Canny(layer, _WEAK, _STRONG) for layer in vision.split(smooth)]
    edges = vision.max(vision.max(layers[0], layers[1]), layers[2])
    for gap in [(gap, gap) for gap in GAPS] + ([WORD_GAP] if wide else []):
        square = vision.getStructuringElement(vision.MORPH_RECT, gap)
        joined = vision.morphologyEx(edges, vision.MORPH_CLOSE, square)
        _, _, found, _ = vision.connectedComponentsWithStats(joined, connectivity=8)
        for x, y, width, height, _ in found[1:].tolist():
            if _may_be_a_mark(width, height, wide):
                yield x, y, width, height


def _may_be_a_mark(width: int, height: int, wide: Sequence[float]) -> bool:
    shape = width / height
    if not is_wide(shape):
        return min(width, height) >= LEAST and max(width, height) <= MOST
    like = any(one / NEAR <= shape <= one * NEAR for one in wide)
    return like and max(width, height) <= 2 * MOST and min(width, height) >= LEAST // 2


def _overlap(one: Region, other: Region) -> float:
    """Give the area two places share as a part of what they cover together."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / (one[2] * one[3] + other[2] * other[3] - wide * high)
