"""Icons as pictures and as prints: drawn at one size, and described so that copies are known again.

The print is a map of edges, 12 x 12, taken in two frames of the picture: colours, size, compression and the shape of
the mask hardly touch it. `alike` says how alike two prints are; thresholds are measured in `benchmarks/apps.py`.
"""

import hashlib
import io
import warnings
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageFilter

SIZE = 128
MAX_PIXELS = 4_000_000
GRID = 12
_WORK = 96
_RIM = [(x, y) for a in (20, 34, 48, 62, 76) for x, y in ((a, 4), (a, _WORK - 5), (4, a), (_WORK - 5, a))]
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
    picture.resize((SIZE, SIZE), Image.Resampling.BILINEAR).save(out, "PNG", compress_level=1)
    return out.getvalue()


def picture_print(picture: Image.Image) -> str:
    """Give the print of a picture, hex: two frames (whole, and the middle) of one edge map each."""
    flat = _flat(picture)
    return "".join(_edges(frame) for frame in (_contents(flat), _middle(_contents(flat), 0.72)))


def print_of(data: bytes) -> str:
    """Give the print of picture bytes, empty where they cannot be decoded."""
    picture = open_picture(data)
    return picture_print(picture) if picture is not None else ""


def _flat(picture: Image.Image) -> Image.Image:
    """Lay the picture on the colour of its own rim, so that a round or square mask makes no edge."""
    small = picture.resize((_WORK, _WORK), Image.Resampling.BILINEAR)
    rim = sorted(pixel for pixel in map(small.getpixel, _RIM) if isinstance(pixel, tuple) and pixel[3] > 200)
    red, green, blue, _ = rim[len(rim) // 2] if rim else (255, 255, 255, 255)
    ground = Image.new("RGBA", small.size, (red, green, blue, 255))
    return Image.alpha_composite(ground, small).convert("RGB")


def _contents(flat: Image.Image) -> Image.Image:
    """Cut the picture to what differs from its ground, keeping it square."""
    ground = Image.new("RGB", flat.size, flat.getpixel((_WORK // 2, 3)))
    strong = ImageChops.difference(flat, ground).convert("L").point(lambda v: 255 if v > 40 else 0)
    box = strong.filter(ImageFilter.BoxBlur(1)).point(lambda v: 255 if v > 140 else 0).getbbox()
    if box is None:
        return flat
    half = max(box[2] - box[0], box[3] - box[1], _WORK // 4) / 2
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return flat.crop((int(x - half), int(y - half), int(x + half), int(y + half)))


def _middle(picture: Image.Image, part: float) -> Image.Image:
    width, height = picture.size
    dx, dy = int(width * (1 - part) / 2), int(height * (1 - part) / 2)
    return picture.crop((dx, dy, width - dx, height - dy))


def _edges(picture: Image.Image) -> str:
    grey = picture.resize((_WORK, _WORK), Image.Resampling.BILINEAR).convert("L")
    edges = grey.filter(ImageFilter.GaussianBlur(1.5)).filter(ImageFilter.FIND_EDGES)
    inner = edges.crop((3, 3, _WORK - 3, _WORK - 3)).filter(ImageFilter.GaussianBlur(2))
    return inner.resize((GRID, GRID), Image.Resampling.BOX).tobytes().hex()


def icon_digest(data: bytes) -> str:
    """Give the sha256 of the bytes as they stand in the package."""
    return hashlib.sha256(data).hexdigest()


def alike(one: str, other: str) -> float:
    """Give how alike two prints are, -1 to 1: the best correlation of their frames; 0 where one is empty.

    >>> alike("", "00") == 0
    True
    """
    mine, theirs = _frames(one), _frames(other)
    pairs = [_correlation(a, b) for a in mine for b in theirs]
    return max(pairs, default=0.0)


def _frames(text: str) -> list[bytes]:
    data = bytes.fromhex(text)
    return [data[at : at + GRID * GRID] for at in range(0, len(data) - GRID * GRID + 1, GRID * GRID)]


def _correlation(one: Sequence[int], other: Sequence[int]) -> float:
    count = len(one)
    mean_one, mean_other = sum(one) / count, sum(other) / count
    product = sum((a - mean_one) * (b - mean_other) for a, b in zip(one, other, strict=True))
    size = sum((a - mean_one) ** 2 for a in one) * sum((b - mean_other) ** 2 for b in other)
    return product / size**0.5 if size > 0 else 0.0
