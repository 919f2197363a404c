"""A match shown to people: the place it was found in, alone and beside the registered picture.

Both are pure: the same bytes and box give the same pixels, so whoever doubts a match can draw it again from a sealed
package. They decode pictures of strangers, so call them through `flow.limited`.
"""

import hashlib
import io
from typing import Any

from PIL import Image

from zhengben.examine.image import UnreadablePictureError, open_picture

CELL = (320, 240)  # pixels of width and height that each of two pictures is fitted into
_LARGEST = 8  # times a small crop is enlarged at most: beyond that a person sees squares

Box = tuple[int, int, int, int]


def crop(picture: bytes, box: Box) -> bytes:
    """Give a box (x, y, width, height in pixels) of a picture file as PNG; raise UnreadablePictureError."""
    return _png(Image.fromarray(_cut(picture, box)))


def crop_digest(picture: bytes, box: Box) -> str:
    """Give the sha256 of the RGB pixels of a box: it names what was compared, whatever encodes it."""
    return digest(_cut(picture, box))


def digest(pixels: Any) -> str:
    """Give the sha256 of pixels (height x width x 3 bytes), their size included."""
    height, width = pixels.shape[:2]
    return hashlib.sha256(f"{width}x{height}:".encode() + pixels.tobytes()).hexdigest()


def side_by_side(reference: bytes, picture: bytes, box: Box) -> bytes:
    """Give a PNG of two halves of one size: the registered picture, and the place it was found in."""
    both = Image.new("RGB", (2 * CELL[0], CELL[1]), "white")
    for half, pixels in enumerate((open_picture(reference).pixels, _cut(picture, box))):
        fitted = _fitted(Image.fromarray(pixels))
        place = ((CELL[0] - fitted.width) // 2 + half * CELL[0], (CELL[1] - fitted.height) // 2)
        both.paste(fitted, place)
    return _png(both)


def _cut(picture: bytes, box: Box) -> Any:
    found = open_picture(picture).crop(*box)
    if not found.size:
        raise UnreadablePictureError(f"the box {box} lies outside the picture")
    return found


def _fitted(image: Image.Image) -> Image.Image:
    scale = min(CELL[0] * 0.9 / image.width, CELL[1] * 0.9 / image.height, _LARGEST)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
