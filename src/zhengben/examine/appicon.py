"""Icons as pictures and as prints: drawn at one size, and described so that copies are known again.

The print holds the strength of edges in four directions over an 8 x 8 grid, for some frames of the picture: whole, its
contents, and for marks its middle and itself with a rim. Colours, size, compression and the shape of the mask hardly
touch it. `alike` says how alike two prints are; the threshold is measured in `benchmarks/apps.py`.
"""

import hashlib
import io
import math
import warnings
import zlib
from collections.abc import Sequence
from functools import lru_cache
from operator import mul

from PIL import Image, ImageChops, ImageFilter

SIZE = 128
MAX_PIXELS = 4_000_000
GRID = 8
_WORK = 48
_RIM = [(x, y) for a in (10, 17, 24, 31, 38) for x, y in ((a, 2), (a, _WORK - 3), (2, a), (_WORK - 3, a))]
# Differences along x, y and both diagonals, around 128; a root makes weak edges count beside strong ones.
_DIRECTIONS = tuple(
    ImageFilter.Kernel((3, 3), weights, scale=4, offset=128)
    for weights in (
        (-1, 0, 1, -2, 0, 2, -1, 0, 1), (-1, -2, -1, 0, 0, 0, 1, 2, 1), (0, 1, 2, -1, 0, 1, -2, -1, 0),
        (2, 1, 0, 1, 0, -1, 0, -1, -2),
    )
)  # fmt: skip
_STRENGTH = [int(math.sqrt(abs(v - 128) / 128) * 255) if abs(v - 128) > 2 else 0 for v in range(256)]
_PAIRS = (
    (0, 0),
    (1, 1),
    (0, 2),
    (2, 0),
    (0, 3),
    (3, 0),
)  # whole and contents with their like, whole with a mark's other frames
_BAD = (
    OSError, ValueError, SyntaxError, IndexError, TypeError, OverflowError, ZeroDivisionError,
    Image.DecompressionBombError,
)  # fmt: skip


def open_picture(data: bytes) -> Image.Image | None:
    """Decode a PNG, WebP, JPEG or GIF of sensible size; None where it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = Image.open(io.BytesIO(data), formats=("PNG", "WEBP", "JPEG", "GIF", "BMP", "ICO"))
            if found.width * found.height > MAX_PIXELS or min(found.size) < 8:
                return None
            found.load()
            return found.convert("RGBA")
    except _BAD:
        return None


def as_png(picture: Image.Image) -> bytes:
    """Give the picture at the common size as PNG."""
    out = io.BytesIO()
    shown = picture if picture.size == (SIZE, SIZE) else picture.resize((SIZE, SIZE), Image.Resampling.BILINEAR)
    shown.save(out, "PNG", compress_level=1, compress_type=zlib.Z_RLE)
    return out.getvalue()


def picture_print(picture: Image.Image, *, whole: bool = False) -> str:
    """Give the print of a picture, hex; `whole` adds the frames that marks alone have."""
    flat = _flat(picture.convert("RGBA"))
    more = (_middle(flat, 0.83), _middle(flat, 1.25)) if whole else ()
    frames = (flat, _contents(flat), *more)
    return "".join(_edges(frame) for frame in frames)


def print_of(data: bytes) -> str:
    """Give the print of a mark's bytes, empty where they cannot be decoded."""
    picture = open_picture(data)
    return picture_print(picture, whole=True) if picture is not None else ""


def _flat(picture: Image.Image) -> Image.Image:
    """Lay the picture on the colour of its own rim, so that a round or square mask makes no edge."""
    small = picture.resize((_WORK, _WORK), Image.Resampling.BILINEAR)
    rim = sorted(pixel for pixel in map(small.getpixel, _RIM) if isinstance(pixel, tuple) and pixel[3] > 200)
    red, green, blue, _ = rim[len(rim) // 2] if rim else (255, 255, 255, 255)
    ground = Image.new("RGBA", small.size, (red, green, blue, 255))
    return Image.alpha_composite(ground, small).convert("RGB")


def _contents(flat: Image.Image) -> Image.Image:
    """Cut the picture to what differs from its ground, keeping it square."""
    ground = Image.new("RGB", flat.size, flat.getpixel((_WORK // 2, 2)))
    red, green, blue = ImageChops.difference(flat, ground).split()
    strong = ImageChops.lighter(ImageChops.lighter(red, green), blue).filter(ImageFilter.BoxBlur(1))
    limit = max(12, max(strong.tobytes()) // 4)
    box = strong.point(lambda v: 255 if v > limit else 0).getbbox()
    if box is None:
        return flat
    half = max(box[2] - box[0], box[3] - box[1], _WORK // 4) / 2
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return flat.crop((int(x - half), int(y - half), int(x + half), int(y + half)))


def _middle(picture: Image.Image, part: float) -> Image.Image:
    """Cut out the middle, or (a part above 1) put the picture on a larger ground of its own colour."""
    side = int(_WORK * part)
    if part <= 1:
        edge = (_WORK - side) // 2
        return picture.crop((edge, edge, edge + side, edge + side))
    out = picture.resize((1, 1), box=(_WORK // 3, 1, _WORK // 3 * 2, 3)).resize((side, side))
    out.paste(picture, ((side - _WORK) // 2, (side - _WORK) // 2))
    return out


def _edges(picture: Image.Image) -> str:
    """Describe a frame: for each direction the strongest response of any colour, summed over the cells of the grid."""
    smooth = picture.resize((_WORK, _WORK), Image.Resampling.BILINEAR).filter(ImageFilter.BoxBlur(1))
    out = bytearray()
    for kernel in _DIRECTIONS:
        responses = smooth.filter(kernel).point(_STRENGTH * 3).split()
        best = ImageChops.lighter(ImageChops.lighter(responses[0], responses[1]), responses[2])
        out += best.crop((2, 2, _WORK - 2, _WORK - 2)).resize((GRID, GRID), Image.Resampling.BOX).tobytes()
    return out.hex()


def icon_digest(data: bytes) -> str:
    """Give the sha256 of the bytes as they stand in the package."""
    return hashlib.sha256(data).hexdigest()


def alike(one: str, other: str) -> float:
    """Give how alike two prints are, -1 to 1: the best correlation of frames that may show the same; 0 if one is empty.

    >>> alike("", "00") == 0
    True
    """
    mine, theirs = _frames(one), _frames(other)
    pairs = [(mine[a], theirs[b]) for a, b in _PAIRS if a < len(mine) and b < len(theirs)]
    return max((_correlation(a, b) for a, b in pairs), default=0.0)


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
