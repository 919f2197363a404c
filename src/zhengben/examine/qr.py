"""Reading QR codes and their kin; the one place that knows the engine (zxing-cpp, Apache-2.0)."""

import importlib
from dataclasses import dataclass
from typing import Any

MOST = 20
SCRATCH = 5  # pixels: light strokes over a code that are no wider are painted over when nothing was read


class EngineMissingError(RuntimeError):
    """No reader of codes is installed; install zhengben with its 'vision' extra."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code: what it says, its format, and its box (x, y, width, height) in pixels."""

    text: str
    format: str
    box: tuple[int, int, int, int]


def read_codes(pixels: Any) -> tuple[Code, ...]:
    """Read every code of a picture (RGB array); raise EngineMissingError without an engine."""
    try:
        engine = importlib.import_module("zxingcpp")  # an optional extra
    except ImportError as error:
        raise EngineMissingError("no reader of codes; install zhengben with its 'vision' extra") from error
    # The smallest code has 21 modules a side: nothing can be read in less.
    if min(pixels.shape[:2]) < 16:
        return ()
    found = _read(engine, pixels) or _read(engine, _mended(pixels))
    return tuple(Code(one.text[:2000], str(one.format), _box(one.position)) for one in found[:MOST] if one.text)


def _read(engine: Any, pixels: Any) -> list[Any]:
    # Square codes only: bars on a page are products and tickets, and lead nobody anywhere.
    matrix = (engine.BarcodeFormat.QRCode, engine.BarcodeFormat.DataMatrix, engine.BarcodeFormat.Aztec)
    return list(engine.read_barcodes(pixels, formats=matrix, try_invert=True, try_rotate=True, try_downscale=True))


def _mended(pixels: Any) -> Any:
    """Give a picture without thin light strokes: a scratch across a code, or one drawn over it, breaks its modules."""
    vision, numpy = importlib.import_module("cv2"), importlib.import_module("numpy")
    grey = vision.cvtColor(numpy.ascontiguousarray(pixels), vision.COLOR_RGB2GRAY)
    return vision.morphologyEx(grey, vision.MORPH_OPEN, numpy.ones((SCRATCH, SCRATCH), numpy.uint8))


def _box(position: Any) -> tuple[int, int, int, int]:
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    xs, ys = [c.x for c in corners], [c.y for c in corners]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
