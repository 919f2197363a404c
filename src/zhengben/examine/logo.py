"""Finding a registered symbol in the boxes of a page, by its image.

Every box is cut from its ground, trimmed, and drawn at one size. It is then compared with each reference (turned by a
few degrees) in three views at once: its shades, its details (without the coarse form) and its outlines. The mean of
the three normalised correlations is the score, taken of the whole, and of the best three quarters so that a sticker
over a corner does not hide it. A reference that itself looks like a plain circle or letter must be matched more
closely: its threshold lies above what generic shapes reach against it. The PDQ distance (Meta, 256 bits) is measured
for the record.

Wordmarks are not decided here: among Chinese characters image likeness misleads, reading does not.
"""

import hashlib
import importlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from zhengben.core.pagefacts import LogoMatch, Reference
from zhengben.examine.image import Picture, UnreadablePictureError, open_picture
from zhengben.examine.logo_regions import POSTER, regions
from zhengben.examine.logo_shapes import generic_shapes
from zhengben.examine.logo_shown import digest
from zhengben.examine.logo_sticker import without_sticker

METHOD = "three-views/1"
SIDE, INNER = 64, 52
TURNS = (-9, -5, 0, 5, 9)
SURE = 0.92  # score from which a box is the symbol; set on the first split of benchmarks/pages.py
ABOVE_GENERIC = 0.03  # how far above the likest generic shape it must be
PART = 0.03  # what three quarters count less than the whole
SMALLEST, LARGEST = 12, 1400
REFERENCE = 800  # pixels of the longer side of a reference: its turned sheet must stay below `LARGEST`
MOST_BOXES = 60
MOST_PARTS = 96  # places looked at inside large pictures
TALLEST = 2400  # pixels of a large picture, down and across, that are looked at for them
_BLANK = 1e-6


class EngineMissingError(RuntimeError):
    """The picture engines are not installed; install zhengben with its 'vision' extra."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One box of a picture to look at: where it comes from and its pixels."""

    source: str
    sha256: str
    box: tuple[int, int, int, int]
    pixels: Any


class Matcher:
    """References made ready once; `match` finds them in candidates. Raises EngineMissingError when made."""

    def __init__(self, references: Iterable[Reference]) -> None:
        """Open and turn every reference; one that is no picture raises UnreadablePictureError naming its file."""
        self.references = tuple(references)
        self._vision, self._pdq = _engines()
        turned = [self._described(pixels) for r in self.references for pixels in self._turned(r)]
        if any(one is None for one in turned):
            raise UnreadablePictureError("a reference has nothing drawn in it")
        self._wholes = np.array([one[0] for one in turned if one], np.float32)
        # Quarter by quarter, so that each is one product of a matrix and a vector, which BLAS does fastest.
        self._quarters = np.array([one[1] for one in turned if one], np.float32).transpose(1, 0, 2).copy()
        generic = [self.scores(shape) for shape in generic_shapes(self._vision)]
        reached = np.max([row for row in generic if len(row)], axis=0) if self.references else np.zeros(0)
        self.needed = np.maximum(SURE, reached + ABOVE_GENERIC)

    def scores(self, pixels: Any) -> Any:
        """Give the score of each reference against a box, as an array; empty where nothing is drawn in the box."""
        scored = [self._against(shape) for shape in self._shapes(pixels)] if self.references else []
        return np.max(scored, axis=0) if scored else np.zeros(0)

    def _against(self, shape: Any) -> Any:
        described, parts = self._views(shape)
        whole = self._wholes @ described
        quarters = np.array([known @ part for known, part in zip(self._quarters, parts, strict=True)])
        three = (quarters.sum(axis=0) - quarters.min(axis=0)) / 3 - PART
        return np.maximum(whole, three).reshape(len(self.references), len(TURNS)).max(axis=1)

    def best(self, pixels: Any) -> tuple[int, float] | None:
        """Give index and score of the reference that a box surely shows, or None."""
        scores = self.scores(pixels)
        if not len(scores):
            return None
        number = int(scores.argmax())
        return (number, float(scores[number])) if scores[number] >= self.needed[number] else None

    def match(self, candidates: Sequence[Candidate]) -> tuple[LogoMatch, ...]:
        """Give the best sure match of each candidate."""
        found = []
        for candidate in candidates[: MOST_BOXES + MOST_PARTS]:
            best = self.best(candidate.pixels)
            if best is not None:
                found.append(self._told(candidate, *best))
        return tuple(found)

    def _told(self, candidate: Candidate, number: int, score: float) -> LogoMatch:
        reference = self.references[number]
        return LogoMatch(
            brand=reference.brand,
            reference=reference.file,
            reference_sha256=hashlib.sha256(reference.body).hexdigest(),
            source=candidate.source,
            source_sha256=candidate.sha256,
            box=candidate.box,
            distance=self.distance(candidate.pixels, _opened(reference.body)),
            correlation=round(score, 4),
            method=METHOD,
            right=reference.right,
            needed=round(float(self.needed[number]), 4),
            crop_sha256=digest(candidate.pixels),
        )

    def distance(self, one: Any, other: Any) -> int:
        """Give the PDQ distance (0 to 256) of two drawings after trimming; 256 where one is blank."""
        shapes = [self._shape(pixels) for pixels in (one, other)]
        if any(shape is None for shape in shapes):
            return 256
        bits = [self._pdq.compute(self._grey(shape))[0] for shape in shapes]
        return int(np.count_nonzero(bits[0] != bits[1]))

    def _grey(self, shape: Any) -> Any:
        grey = (255 - shape * 255).astype(np.uint8)
        large = self._vision.resize(grey, (256, 256), interpolation=self._vision.INTER_LINEAR)
        return np.repeat(large[:, :, None], 3, axis=2)

    def _turned(self, reference: Reference) -> list[Any]:
        pixels = _opened(reference.body)
        side = max(pixels.shape[:2]) * 3 // 2
        ground = np.full((side, side, 3), 255, np.uint8)
        top, left = (side - pixels.shape[0]) // 2, (side - pixels.shape[1]) // 2
        ground[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels
        middle = (side / 2, side / 2)
        turns = (self._vision.getRotationMatrix2D(middle, turn, 1.0) for turn in TURNS)
        white = (255, 255, 255)
        return [self._vision.warpAffine(ground, turn, (side, side), borderValue=white) for turn in turns]

    def _described(self, pixels: Any) -> tuple[Any, Any] | None:
        """Give the description of the whole and of its four quarters; None where nothing is drawn."""
        shape = self._shape(pixels)
        return None if shape is None else self._views(shape)

    def _views(self, shape: Any) -> tuple[Any, Any]:
        detail = shape - self._vision.GaussianBlur(shape, (0, 0), 5)
        across = self._vision.Sobel(shape, self._vision.CV_32F, 1, 0, ksize=3)
        down = self._vision.Sobel(shape, self._vision.CV_32F, 0, 1, ksize=3)
        views = ([shape], [detail], [across, down])
        half = SIDE // 2
        parts = [(slice(y, y + half), slice(x, x + half)) for y in (0, half) for x in (0, half)]
        return _joined(views, (slice(None), slice(None))), np.array([_joined(views, part) for part in parts])

    def _shapes(self, pixels: Any) -> Iterator[Any]:
        """Give the drawing as it is, and without what may be stuck over it."""
        if not _sized(pixels):
            return
        drawn = _apart(pixels)
        for shown in (drawn, *without_sticker(self._vision, pixels, drawn)):
            shape = self._square(shown)
            if shape is not None:
                yield shape

    def _shape(self, pixels: Any) -> Any:
        """Give the drawing as a square of shades from 0 (ground) to 1, trimmed; None where nothing is drawn."""
        return self._square(_apart(pixels)) if _sized(pixels) else None

    def _square(self, drawn: Any) -> Any:
        rows, columns = np.where(drawn.max(axis=1) > 0.3)[0], np.where(drawn.max(axis=0) > 0.3)[0]
        if not len(rows) or not len(columns):
            return None
        cut = drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        scale = INNER / max(cut.shape)
        size = (max(1, round(cut.shape[1] * scale)), max(1, round(cut.shape[0] * scale)))
        how = self._vision.INTER_AREA if scale < 1 else self._vision.INTER_CUBIC
        small = np.clip(self._vision.resize(cut, size, interpolation=how), 0, 1)
        square = np.zeros((SIDE, SIDE), np.float32)
        top, left = (SIDE - size[1]) // 2, (SIDE - size[0]) // 2
        square[top : top + size[1], left : left + size[0]] = small
        return self._vision.GaussianBlur(square, (0, 0), 1.1)


@lru_cache(maxsize=8)
def matcher(references: tuple[Reference, ...]) -> Matcher:
    """Give the matcher of these references; making one takes half a second, so the last few are kept."""
    return Matcher(references)


@lru_cache(maxsize=8)
def readable(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Give the references that can be matched: pictures in which something is drawn."""
    return tuple(one for one in references if _drawn(one))


def _drawn(reference: Reference) -> bool:
    try:
        pixels = _opened(reference.body)
    except UnreadablePictureError:
        return False
    return min(pixels.shape[:2]) >= SMALLEST and bool(_apart(pixels).max() > 0.3)


def _opened(body: bytes) -> Any:
    """Give the pixels of a reference, at most `REFERENCE` on the longer side; raise UnreadablePictureError."""
    image = Image.fromarray(open_picture(body).pixels)
    image.thumbnail((REFERENCE, REFERENCE), Image.Resampling.LANCZOS)
    return np.asarray(image)


def candidates(picture: Picture, boxes: Iterable[tuple[str, float, float, float, float]]) -> list[Candidate]:
    """Cut boxes (source, x, y, width, height in pixels) from a picture; too small ones are left out."""
    found = []
    for source, x, y, width, height in boxes:
        pixels = picture.crop(x - 2, y - 2, width + 4, height + 4)
        if pixels.size and min(pixels.shape[:2]) >= 8:
            box = (round(x), round(y), round(width), round(height))
            found.append(Candidate(source=source, sha256=picture.sha256, box=box, pixels=pixels))
    return found


def parts(picture: Picture, boxes: Iterable[tuple[str, float, float, float, float]]) -> list[Candidate]:
    """Cut the places where a symbol may stand out of the large pictures among boxes; raise EngineMissingError."""
    vision, _ = _engines()
    found: list[Candidate] = []
    for source, x, y, width, height in boxes:
        poster = picture.crop(x, y, width, height)
        if not poster.size or min(poster.shape[:2]) < POSTER:
            continue
        left, top = max(0, round(x)), max(0, round(y))
        places = regions(vision, np.ascontiguousarray(poster[:TALLEST, :TALLEST]))
        found += candidates(picture, [(source, left + a, top + b, wide, high) for a, b, wide, high in places])
    return found[:MOST_PARTS]


def _sized(pixels: Any) -> bool:
    height, width = pixels.shape[:2]
    return bool(SMALLEST <= max(height, width) <= LARGEST and min(height, width) >= 4)


def _apart(pixels: Any) -> Any:
    """Give how far each pixel is from the ground, 0 to 1; the ground is the middle colour of the rim."""
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    far = np.abs(pixels.astype(np.float32) - np.median(rim, axis=0)).max(axis=2)
    high = float(np.percentile(far, 98))
    return np.clip(far / max(high, 24.0), 0, 1).astype(np.float32)


def _joined(views: tuple[list[Any], ...], part: tuple[slice, slice]) -> Any:
    """Give one vector whose product with another's is the mean of the correlations of the views."""
    return np.concatenate([_unit(np.stack([layer[part] for layer in view])) for view in views]) / np.sqrt(len(views))


def _unit(view: Any) -> Any:
    flat = view.ravel() - view.mean()
    return (flat / (np.linalg.norm(flat) + _BLANK)).astype(np.float32)


def _engines() -> tuple[Any, Any]:
    try:
        return importlib.import_module("cv2"), importlib.import_module("pdqhash")  # optional extras
    except ImportError as error:
        raise EngineMissingError("no picture engines; install zhengben with its 'vision' extra") from error
