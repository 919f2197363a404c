"""Icons as pictures and as prints: drawn at one size, and described so that copies are known again.

The print holds the strength of edges in four directions over an 8 x 8 grid, for some frames of the picture: whole, its
contents, and for marks also the parts that a crop would leave and itself with a rim. Colours, size, compression and the
shape of the mask hardly touch it. `alike` says how alike two prints are; the threshold is measured in
`benchmarks/apps.py`.
"""

import hashlib
import io
import math
import struct
import warnings
from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import mul
from typing import Any

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    IcoImagePlugin,
    Image,
    ImageChops,
    ImageFilter,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from zhengben.examine.inflate import crc32, deflated

SIZE, SHOWN = 128, 192
MAX_PIXELS = 4_000_000
GRID = 8
_BASE, _WORK = 96, 48
_RIM = [(x, y) for a in (21, 34, 48, 62, 76) for x, y in ((a, 4), (a, _BASE - 5), (4, a), (_BASE - 5, a))]
Box = tuple[float, float, float, float]
# What a copy may show of a mark: its middle, the mark with a rim of its ground around it, or all but two of its sides.
_PARTS: tuple[Box, ...] = (
    *((_BASE * (1 - s) / 2,) * 2 + (_BASE * (1 + s) / 2,) * 2 for s in (0.83, 0.92, 1.12, 1.25)),
    *((_BASE * x, _BASE * y, _BASE * (x + 0.9), _BASE * (y + 0.9)) for x in (0.0, 0.1) for y in (0.0, 0.1)),
)
# Differences along x, y and both diagonals, around 128; a root makes weak edges count beside strong ones.
_DIRECTIONS = tuple(
    ImageFilter.Kernel((3, 3), weights, scale=4, offset=128)
    for weights in (
        (-1, 0, 1, -2, 0, 2, -1, 0, 1), (-1, -2, -1, 0, 0, 0, 1, 2, 1), (0, 1, 2, -1, 0, 1, -2, -1, 0),
        (2, 1, 0, 1, 0, -1, 0, -1, -2),
    )
)  # fmt: skip
_STRENGTH = bytes(int(math.sqrt(abs(v - 128) / 128) * 255) if abs(v - 128) > 2 else 0 for v in range(256))
# How much the contents count beside the whole: alone they make every disc every other disc (measured on drawings of
# one to three figures: 0.5 left 0.8 % of strangers above 0.90, 1.0 left 8.5 %).
_CONTENTS_COUNT = 0.5
# Between these a cover is thought of, and what is left must then be this much more alike. On drawings not counted
# elsewhere 0.02 let 0.1 % of strangers through beside ten marks, 0.04 none that did not get through before.
_DOUBT, _COVER_COSTS = (0.4, 0.9), 0.04
PNG = b"\x89PNG\r\n\x1a\n"
_OPENERS: Mapping[bytes, Any] = {
    PNG: PngImagePlugin.PngImageFile, b"RIFF": WebPImagePlugin.WebPImageFile,
    b"\xff\xd8\xff": JpegImagePlugin.JpegImageFile,
    b"GIF8": GifImagePlugin.GifImageFile, b"BM": BmpImagePlugin.BmpImageFile, b"\0\0\1\0": IcoImagePlugin.IcoImageFile,
}  # fmt: skip
_BAD = (
    OSError, ValueError, SyntaxError, IndexError, TypeError, OverflowError, ZeroDivisionError,
    Image.DecompressionBombError,
)  # fmt: skip


def open_picture(data: bytes) -> Image.Image | None:
    """Decode a PNG, WebP, JPEG, GIF, BMP or ICO of sensible size; None where it is none.

    The reader is chosen here: `Image.open` loads every format Pillow knows as soon as one is not among its first five,
    and WebP is not.
    """
    opener = next((found for magic, found in _OPENERS.items() if data.startswith(magic)), None)
    if opener is None or _claims_too_much(data):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found: Image.Image = opener(io.BytesIO(data))
            if found.width * found.height > MAX_PIXELS or min(found.size) < 8:
                return None
            found.load()
            return found if found.mode == "RGBA" else found.convert("RGBA")
    except _BAD:
        return None


def _claims_too_much(data: bytes) -> bool:
    """Tell whether a WebP claims a canvas that its decoder would allocate before anybody could ask for its size."""
    if data[:4] != b"RIFF" or data[12:16] != b"VP8X":
        return False
    width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    return width * height > MAX_PIXELS


def seen(picture: Image.Image | None) -> bytes:
    """Give what is kept of a picture: itself as PNG, at most of the size it is shown at; nothing for none."""
    if picture is None:
        return b""
    if picture.width != picture.height or picture.width > SHOWN:
        picture = picture.resize((SHOWN, SHOWN), Image.Resampling.BILINEAR)
    return as_png(picture)


@lru_cache(maxsize=256)
def icon_print(png: bytes) -> str:
    """Give the print of an icon as it is kept, empty where it could not be drawn.

    Taken only where there are marks to hold it against: it costs more than all else that is done with an icon.
    """
    picture = open_picture(png)
    return picture_print(picture) if picture is not None else ""


def as_png(picture: Image.Image) -> bytes:
    """Give the picture as PNG.

    Written here: Pillow tries five filters on every row, which took longer than all else that is done with an icon.
    """
    shown = picture.convert("RGBA" if _see_through(picture) else "RGB")
    (width, height), bands = shown.size, len(shown.getbands())
    pixels, row = shown.tobytes(), width * bands
    rows = b"".join(b"\0" + pixels[at : at + row] for at in range(0, len(pixels), row))
    head = struct.pack(">IIBBBBB", width, height, 8, {3: 2, 4: 6}[bands], 0, 0, 0)
    return PNG + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", deflated(rows)) + png_chunk(b"IEND", b"")


def _see_through(picture: Image.Image) -> bool:
    return "A" in picture.mode and picture.getchannel("A").getextrema() != (255, 255)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """Give one chunk of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))


def picture_print(picture: Image.Image, *, whole: bool = False) -> str:
    """Give the print of a picture, hex; `whole` adds the frames that marks alone have."""
    flat = _flat(picture)
    boxes = [(0, 0, _BASE, _BASE), _contents(flat), *(_PARTS if whole else ())]
    frames = [_frame(flat, box) for box in boxes]
    # In grey, colours of one brightness have no edge between them; a grey copy is known by the mark in grey.
    return _edges([*frames, *([frames[0].convert("L").convert("RGB")] if whole else ())])


def print_of(data: bytes) -> str:
    """Give the print of a mark's bytes, empty where they cannot be decoded."""
    picture = open_picture(data)
    return picture_print(picture, whole=True) if picture is not None else ""


def _flat(picture: Image.Image) -> Image.Image:
    """Lay the picture on the colour of its own rim, so that a round or square mask makes no edge."""
    small = picture if picture.size == (_BASE, _BASE) else picture.resize((_BASE, _BASE), Image.Resampling.BILINEAR)
    if not _see_through(small):
        return small.convert("RGB")
    rim = sorted(pixel for pixel in map(small.getpixel, _RIM) if isinstance(pixel, tuple) and pixel[3] > 200)
    red, green, blue, _ = rim[len(rim) // 2] if rim else (255, 255, 255, 255)
    ground = Image.new("RGBA", small.size, (red, green, blue, 255))
    return Image.alpha_composite(ground, small).convert("RGB")


def _contents(flat: Image.Image) -> Box:
    """Give the square around what differs from the ground."""
    small = flat.resize((_WORK, _WORK), Image.Resampling.BOX)
    ground = Image.new("RGB", small.size, small.getpixel((_WORK // 2, 2)))
    red, green, blue = ImageChops.difference(small, ground).split()
    strong = ImageChops.lighter(ImageChops.lighter(red, green), blue).filter(ImageFilter.BoxBlur(1))
    limit = max(12, max(strong.tobytes()) // 4)
    above = strong.tobytes().translate(bytes(limit + 1) + b"\1" * (255 - limit))
    box = Image.frombytes("L", strong.size, above).getbbox()
    if box is None:
        return 0, 0, _BASE, _BASE
    half = max(box[2] - box[0], box[3] - box[1], _WORK // 4) / 2
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    scale = _BASE // _WORK
    return scale * (x - half), scale * (y - half), scale * (x + half), scale * (y + half)


def _frame(flat: Image.Image, box: Box) -> Image.Image:
    """Cut out a frame and make it small; what lies outside the picture has the colour of its upper rim."""
    left, top, right, bottom = (round(edge) for edge in box)
    if min(left, top) < 0 or max(right, bottom) > _BASE:
        ground = flat.resize((1, 1), box=(_BASE // 3, 2, _BASE // 3 * 2, 6)).getpixel((0, 0))
        wider = Image.new("RGB", (right - left, bottom - top), ground)
        wider.paste(flat, (-left, -top))
        small = wider.resize((_WORK, _WORK), Image.Resampling.BILINEAR)
    else:
        small = flat.resize((_WORK, _WORK), Image.Resampling.BILINEAR, box=(left, top, right, bottom))
    return small.filter(ImageFilter.BoxBlur(1))


def _edges(frames: Sequence[Image.Image]) -> str:
    """Describe frames: for each direction the strongest response of any colour, summed over the cells of the grid.

    The frames are filtered as one strip, for each call into Pillow costs as much as its work on a picture so small.
    """
    strip = Image.new("RGB", (_WORK, _WORK * len(frames)))
    for i, frame in enumerate(frames):
        strip.paste(frame, (0, _WORK * i))
    out = [bytearray() for _ in frames]
    for kernel in _DIRECTIONS:
        # The table goes over the bytes, for Pillow's own `point` rounds each of its 768 numbers in Python first.
        raw = strip.filter(kernel).tobytes().translate(_STRENGTH)
        responses = Image.frombytes("RGB", strip.size, raw).split()
        best = ImageChops.lighter(ImageChops.lighter(responses[0], responses[1]), responses[2])
        for i in range(len(out)):
            box = (2, _WORK * i + 2, _WORK - 2, _WORK * (i + 1) - 2)  # a filter leaves the outermost pixels alone
            out[i] += best.resize((GRID, GRID), Image.Resampling.BOX, box=box).tobytes()
    return b"".join(out).hex()


def icon_digest(data: bytes) -> str:
    """Give the sha256 of the bytes as they stand in the package."""
    return hashlib.sha256(data).hexdigest()


def alike(one: str, other: str) -> float:
    """Give how alike two prints are, -1 to 1; 0 if one is empty.

    The best correlation of one's whole with the other's whole or with a frame of a mark; the contents of both may lift
    it half the way to their own. Where that leaves a doubt, the same without what a badge, ribbon or border may cover.

    >>> alike("", "00") == 0
    True
    """
    mine, theirs = _frames(one), _frames(other)
    if len(mine) < 2 or len(theirs) < 2:
        return 0.0
    pairs = [(mine[0], theirs[0])]
    pairs += [(mine[0], frame) for frame in theirs[2:]] + [(frame, theirs[0]) for frame in mine[2:]]
    whole = max(_correlation(a, b) for a, b in pairs)
    contents = _correlation(mine[1], theirs[1])
    score = max(whole, _CONTENTS_COUNT * contents + (1 - _CONTENTS_COUNT) * whole)
    if not _DOUBT[0] <= whole < _DOUBT[1]:
        return score
    return max(score, _uncovered(one, other) - _COVER_COSTS)


def _uncovered(one: str, other: str) -> float:
    """Give the best correlation of what two pictures show beside something laid over one of them."""
    mine, theirs = _bared(one), _bared(other)
    pairs = [(mine[0], frame) for frame in theirs] + [(frame, theirs[0]) for frame in mine[1:]]
    return max(_correlation(a, b) for these, those in pairs for a, b in zip(these, those, strict=True))


@lru_cache(maxsize=128)
def _bared(text: str) -> tuple[tuple[Sequence[float], ...], ...]:
    """Give the frames of a print, all but the contents, each without what every cover hides.

    A frame that lies under the cover for the most part is nothing without it, and empty.
    """
    data = bytes.fromhex(text)
    size = GRID * GRID * len(_DIRECTIONS)
    frames = [data[at : at + size] for at in range(0, len(data) - size + 1, size)]
    return tuple(tuple(_left(frame, cover) for cover in _COVERS) for frame in (frames[0], *frames[2:]))


def _left(frame: bytes, cover: Sequence[int]) -> Sequence[float]:
    seen = bytes(frame[i] for i in cover)
    mean, all_of_it = sum(seen) / len(seen), sum(frame) / len(frame)
    length = math.sqrt(sum((v - mean) ** 2 for v in seen))
    enough = length > 0.5 * math.sqrt(sum((v - all_of_it) ** 2 for v in frame))
    return array("d", ((v - mean) / length for v in seen) if enough and length else [0.0] * len(seen))


def _cover(hidden: Callable[[int, int], bool]) -> tuple[int, ...]:
    """Give the places in a frame of the cells that a cover leaves; it is told row and column."""
    left = [i for i in range(GRID * GRID) if not hidden(*divmod(i, GRID))]
    return tuple(GRID * GRID * way + i for way in range(len(_DIRECTIONS)) for i in left)


_LAST = GRID - 1
# Bands above and below, badges in the corners, ribbons across them, and a border all around.
_COVERS = (
    _cover(lambda y, _: y > _LAST - 2), _cover(lambda y, _: y < 2),
    _cover(lambda y, x: y < 3 and x < 3), _cover(lambda y, x: y < 3 and x > _LAST - 3),
    _cover(lambda y, x: y > _LAST - 3 and x < 3), _cover(lambda y, x: y > _LAST - 3 and x > _LAST - 3),
    _cover(lambda y, x: y + x < 5), _cover(lambda y, x: y + _LAST - x < 5),
    _cover(lambda y, x: _LAST - y + x < 5), _cover(lambda y, x: 2 * _LAST - y - x < 5),
    _cover(lambda y, x: y in {0, _LAST} or x in {0, _LAST}),
)  # fmt: skip


@lru_cache(maxsize=512)
def _frames(text: str) -> tuple[tuple[float, ...], ...]:
    """Give the frames of a print, each shifted to mean 0 and scaled to length 1."""
    data = bytes.fromhex(text)
    size = GRID * GRID * len(_DIRECTIONS)
    return tuple(_unit(data[at : at + size]) for at in range(0, len(data) - size + 1, size))


def _unit(values: bytes) -> tuple[float, ...]:
    mean = sum(values) / len(values)
    length = math.sqrt(sum((v - mean) ** 2 for v in values))
    return tuple((v - mean) / length for v in values) if length else (0.0,) * len(values)


def _correlation(one: Sequence[float], other: Sequence[float]) -> float:
    return float(sum(map(mul, one, other)))
