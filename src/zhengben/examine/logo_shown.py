"""A match shown to people: the place it was found in, alone and beside the registered picture.

Both are pure: the same bytes and box give the same pixels, so whoever doubts a match can draw it again from a sealed
package. They decode pictures of strangers, so call them through `flow.limited`.
"""

import hashlib
import io
from typing import Any

from PIL import Image

from zhengben.examine.image import UnreadablePictureError, open_picture

SHOWN = 240  # pixels of height in a comparison
_ROOM, _GAP = 8, 24
_WIDEST = 2400  # pixels: a crop one pixel high must not become a banner of gigabytes

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
    """Give a PNG that shows a registered picture and the place it was found in beside each other, at one height."""
    sheets = [_tall(Image.fromarray(pixels)) for pixels in (open_picture(reference).pixels, _cut(picture, box))]
    both = Image.new("RGB", (sheets[0].width + sheets[1].width + _GAP, SHOWN + 2 * _ROOM), "white")
    both.paste(sheets[0], (_ROOM, _ROOM))
    both.paste(sheets[1], (sheets[0].width + 2 * _ROOM, _ROOM))
    return _png(both)


def _cut(picture: bytes, box: Box) -> Any:
    found = open_picture(picture).crop(*box)
    if not found.size:
        raise UnreadablePictureError(f"the box {box} lies outside the picture")
    return found


def _tall(image: Image.Image) -> Image.Image:
    width = min(_WIDEST, max(1, image.width * SHOWN // image.height))
    return image.resize((width, SHOWN), Image.Resampling.LANCZOS)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
