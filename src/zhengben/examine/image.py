"""Pictures: opened with care, read for words and codes.

Sizes are judged before anything is decoded: a file of some kilobytes can claim to be a picture of gigabytes. Importing
this file costs Pillow and numpy; reading words costs the OCR engine as well, so it is loaded only where pictures are.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from zhengben.examine.ocr import Line, read_lines
from zhengben.examine.qr import Code, read_codes

MOST_PIXELS = 40_000_000
MOST_SIDE = 20_000
LONGEST = 2400  # pixels of the longer side that are looked at for words


class UnreadablePictureError(ValueError):
    """Not a picture, or one too big to open."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One opened picture: RGB pixels as an array of height x width x 3 bytes, and the sha256 of its file."""

    pixels: Any
    sha256: str

    @property
    def width(self) -> int:
        """Give the width in pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Give the height in pixels."""
        return int(self.pixels.shape[0])

    def crop(self, x: float, y: float, width: float, height: float) -> Any:
        """Give the pixels of a box, cut to the picture; perhaps none."""
        left, top = max(0, round(x)), max(0, round(y))
        return self.pixels[top : max(top, round(y + height)), left : max(left, round(x + width))]


def open_picture(body: bytes) -> Picture:
    """Open a picture, its first frame, turned upright, on white; raise UnreadablePictureError for what is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of sizes that are judged here
            with Image.open(io.BytesIO(body)) as image:
                _refuse_huge(image.size)
                upright = ImageOps.exif_transpose(image)
                flat = Image.new("RGB", upright.size, "white")
                layer = upright.convert("RGBA")
                flat.paste(layer, mask=layer)
    except UnreadablePictureError:
        raise
    except Exception as error:  # decoders of a dozen formats raise what they like on hostile bytes
        raise UnreadablePictureError(f"not a picture that can be opened: {type(error).__name__}") from error
    return Picture(np.asarray(flat), hashlib.sha256(body).hexdigest())


def _refuse_huge(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS or max(size) > MOST_SIDE:
        raise UnreadablePictureError(f"a picture of {size[0]} x {size[1]} pixels is not opened")


def read_picture(body: bytes) -> tuple[tuple[Line, ...], tuple[Code, ...]]:
    """Read the words and the codes of one picture file.

    Raises:
        UnreadablePictureError: not a picture.
        zhengben.examine.ocr.EngineMissingError: no OCR engine on this machine.
    """
    picture = open_picture(body)
    return read_lines(smaller(picture.pixels)), read_codes(picture.pixels)


def read_words(body: bytes) -> tuple[str, ...]:
    """Give every line of words in a picture, top to bottom, and what its codes say."""
    lines, codes = read_picture(body)
    return (*(line.text for line in lines), *(code.text for code in codes))


def smaller(pixels: Any) -> Any:
    """Give the pixels with the longer side at most `LONGEST`."""
    longest = max(pixels.shape[:2])
    if longest <= LONGEST:
        return pixels
    size = (max(1, pixels.shape[1] * LONGEST // longest), max(1, pixels.shape[0] * LONGEST // longest))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))
