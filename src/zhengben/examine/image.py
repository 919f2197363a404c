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
FRAMES = 3  # frames of an animation that are looked at
# Named one by one: among what else Pillow opens is EPS, which it hands to an interpreter of programs.
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "ICO", "TIFF", "AVIF")
_CLEAR = frozenset({"RGBA", "LA", "PA", "La", "RGBa", "P", "RGBX"})  # modes that may let the ground through
LONGEST = 2400  # pixels of the longer side that are looked at for words


# Pillow looks a named format up among those it has loaded, and fails on one it has not; it loads most only on demand.
Image.init()


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
    return open_frames(body, most=1)[0][0]


def open_frames(body: bytes, most: int = FRAMES) -> tuple[tuple[Picture, ...], bool]:
    """Open the first, the middle and the last frame of a picture, and tell whether there are no others.

    Raises UnreadablePictureError for what is no picture, or one too big to open.
    """
    sha256 = hashlib.sha256(body).hexdigest()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of sizes that are judged here
            with Image.open(io.BytesIO(body), formats=FORMATS) as image:
                _refuse_huge(image.size)
                count = 1 if most == 1 else int(getattr(image, "n_frames", 1))
                frames = tuple(Picture(_flat(image, at), sha256) for at in _looked_at(count, image.size, most))
    except UnreadablePictureError:
        raise
    except Exception as error:  # decoders of a dozen formats raise what they like on hostile bytes
        raise UnreadablePictureError(f"not a picture that can be opened: {type(error).__name__}") from error
    return frames, len(frames) >= count


def _looked_at(count: int, size: tuple[int, int], most: int) -> list[int]:
    """Choose frames; to reach a late one every frame before it is drawn, so of long or large ones only the first."""
    if count <= most:
        return list(range(count))
    if count * size[0] * size[1] > MOST_PIXELS:
        return list(range(most))
    return sorted({0, count // 2, count - 1})[:most]


def _flat(image: Any, frame: int) -> Any:
    """Give the pixels of one frame, upright, on white."""
    if frame:
        image.seek(frame)
        _refuse_huge(image.size)
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I") or upright.mode == "F":
        return _eight_bits(np.asarray(upright, np.float64))
    if upright.mode not in _CLEAR:
        return np.asarray(upright.convert("RGB"))
    flat = Image.new("RGB", upright.size, "white")
    layer = upright.convert("RGBA")
    flat.paste(layer, mask=layer)
    return np.asarray(flat)


def _eight_bits(deep: Any) -> Any:
    """Bring grey levels of 16 or more bits down to 8: Pillow would cut them off, and everything would be white."""
    sound = np.nan_to_num(deep, posinf=0.0, neginf=0.0)
    high = float(sound.max(initial=0.0))
    white = next((top for top in (1.0, 255.0, 65535.0) if high <= top), high)
    grey = np.clip(sound * (255.0 / white), 0, 255).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


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
