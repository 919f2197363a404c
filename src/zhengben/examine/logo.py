"""Finding a registered symbol in the boxes of a page, by its image.

Every box is cut from its ground, trimmed, and drawn at one size. It is then compared with each reference (turned by a
few degrees) in three views at once: its shades, its details (without the coarse form) and its outlines. The mean of
the three normalised correlations is the score, taken of the whole, and of the best three quarters so that a sticker
over a corner does not hide it. What is doubtful then is laid onto the likest references and compared once more
(`logo_aligned`). A reference that itself looks like a plain circle or letter must be matched more closely: its
threshold lies above what generic shapes reach against it. The PDQ distance (Meta, 256 bits) is measured for the record.

Wordmarks are not decided here: among Chinese characters image likeness misleads, reading does not.
"""

import hashlib
import importlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from zhengben.core.pagefacts import LogoMatch, Reference
from zhengben.examine.image import Picture, UnreadablePictureError, open_picture
from zhengben.examine.logo_aligned import laid_on
from zhengben.examine.logo_frame import MARGIN, without_frame
from zhengben.examine.logo_regions import POSTER, is_wide, regions
from zhengben.examine.logo_shapes import generic_shapes
from zhengben.examine.logo_shown import digest
from zhengben.examine.logo_sticker import without_sticker
from zhengben.examine.logo_views import INKED, QUARTERS, WHOLE, Drawing, apart, joined, squared, views

METHOD, METHOD_LAID = "three-views/1", "three-views-laid/1"
TURNS = (-9, -5, 0, 5, 9)
SURE = 0.92  # score from which a box is the symbol; set on the first split of benchmarks/pages.py
SURE_LAID = 0.97  # the same for a box laid onto the reference
LAID_FROM = 28  # pixels of a box, its margin included, from which it has enough of them for a perspective to be fitted
DOUBTFUL, LIKEST = 0.6, 2  # score from which, and of how many references, a closer look is taken
LIKE_GENERIC = 0.75  # score from which a closer look at a generic shape may come near to what is needed
ABOVE_GENERIC = 0.03  # how far above the likest generic shape it must be
PART = 0.03  # what three quarters count less than the whole
SMALLEST, LARGEST = 12, 1400
REFERENCE = 800  # pixels of the longer side of a reference: its turned sheet must stay below `LARGEST`
MOST_BOXES = 60
MOST_PARTS = 96  # places looked at inside large pictures
TALLEST = 2400  # pixels of a large picture, down and across, that are looked at for them


class EngineMissingError(RuntimeError):
    """The picture engines are not installed; install zhengben with its 'vision' extra."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One box of a picture to look at: where it comes from and its pixels."""

    source: str
    sha256: str
    box: tuple[int, int, int, int]
    pixels: Any


class Best(NamedTuple):
    """The reference a box surely shows: its index, the score, what it had to reach, and the method."""

    number: int
    score: float
    needed: float
    method: str


class Matcher:
    """References made ready once; `match` finds them in candidates. Raises EngineMissingError when made."""

    def __init__(self, references: Iterable[Reference]) -> None:
        """Open and turn every reference; one that is no picture raises UnreadablePictureError naming its file."""
        self.references = tuple(references)
        self._vision, self._pdq = _engines()
        turned = [self._shape(pixels) for r in self.references for pixels in self._turned(r)]
        if any(one is None for one in turned):
            raise UnreadablePictureError("a reference has nothing drawn in it")
        drawings = [one for one in turned if one]
        self._squares = [one.square for one in drawings]
        self.wide = tuple(one.shape for one in drawings[TURNS.index(0) :: len(TURNS)] if is_wide(one.shape))
        described = [self._described(square) for square in self._squares]
        self._wholes = np.array([one[0] for one in described], np.float32)
        # Quarter by quarter, so that each is one product of a matrix and a vector, which BLAS does fastest.
        self._quarters = np.array([one[1] for one in described], np.float32).transpose(1, 0, 2).copy()
        self.needed, self.needed_laid = self._thresholds()

    def _thresholds(self) -> tuple[Any, Any]:
        """Give what each reference must be matched with, at the first look and at the second."""
        count = len(self.references)
        first, second = np.zeros(count), np.zeros(count)
        for shape in generic_shapes(self._vision) if count else ():
            drawing = self._shape(shape)
            if drawing is None:
                continue
            against = self._against(drawing.square)
            scores = against.max(axis=1)
            first = np.maximum(first, scores)
            for number in np.nonzero(scores >= LIKE_GENERIC)[0].tolist():
                second[number] = max(second[number], self._laid(drawing, against, number))
        return np.maximum(SURE, first + ABOVE_GENERIC), np.maximum(SURE_LAID, second + ABOVE_GENERIC / 2)

    def scores(self, pixels: Any) -> Any:
        """Give the score of each reference against a box, as an array; empty where nothing is drawn in the box."""
        scored = [self._against(one.square).max(axis=1) for one in self._shapes(pixels)] if self.references else []
        return np.max(scored, axis=0) if scored else np.zeros(0)

    def _against(self, square: Any) -> Any:
        """Give the scores of a square against every reference (rows) at every turn (columns)."""
        described, parts = self._described(square)
        whole = self._wholes @ described
        quarters = np.array([known @ part for known, part in zip(self._quarters, parts, strict=True)])
        three = (quarters.sum(axis=0) - quarters.min(axis=0)) / 3 - PART
        return np.maximum(whole, three).reshape(len(self.references), len(TURNS))

    def best(self, pixels: Any) -> Best | None:
        """Give the reference that a box surely shows, or None."""
        shapes = list(self._shapes(pixels)) if self.references else []
        if not shapes:
            return None
        against = [self._against(one.square) for one in shapes]
        scores = np.max(against, axis=(0, 2))
        number = int(scores.argmax())
        if scores[number] >= self.needed[number]:
            return Best(number, float(scores[number]), float(self.needed[number]), METHOD)
        if max(pixels.shape[:2]) < LAID_FROM:
            return None
        closer = [found for one in zip(shapes, against, strict=True) for found in self._closer(*one)]
        return max(closer, key=lambda found: found.score, default=None)

    def _closer(self, drawing: Drawing, against: Any) -> Iterator[Best]:
        """Lay a drawing onto the likest references where they are like enough; give those it fits."""
        likest = against.max(axis=1)
        for number in np.argsort(-likest)[:LIKEST].tolist():
            if likest[number] >= DOUBTFUL:
                score = self._laid(drawing, against, number)
                if score >= self.needed_laid[number]:
                    yield Best(number, score, float(self.needed_laid[number]), METHOD_LAID)

    def _laid(self, drawing: Drawing, against: Any, number: int) -> float:
        """Give the score of a drawing laid onto a reference, from the turn that fits best."""
        at = number * len(TURNS) + int(against[number].argmax())
        return laid_on(self._vision, drawing, self._squares[at], PART)

    def match(self, candidates: Sequence[Candidate]) -> tuple[LogoMatch, ...]:
        """Give the best sure match of each candidate."""
        looked = (self._found(candidate) for candidate in candidates[: MOST_BOXES + MOST_PARTS])
        return tuple(match for match in looked if match is not None)

    def _found(self, candidate: Candidate) -> LogoMatch | None:
        """Give the match of a box; one that has a ground of its own is looked at without what is around it, too."""
        best = self.best(candidate.pixels)
        if best is None:
            bare = without_frame(candidate.pixels)
            if bare is not candidate.pixels:
                candidate = replace(candidate, pixels=bare)
                best = self.best(bare)
        return self._told(candidate, best) if best is not None else None

    def _told(self, candidate: Candidate, best: Best) -> LogoMatch:
        reference = self.references[best.number]
        return LogoMatch(
            brand=reference.brand,
            reference=reference.file,
            reference_sha256=hashlib.sha256(reference.body).hexdigest(),
            source=candidate.source,
            source_sha256=candidate.sha256,
            box=candidate.box,
            distance=self.distance(candidate.pixels, _opened(reference.body)),
            correlation=round(best.score, 4),
            method=best.method,
            right=reference.right,
            needed=round(best.needed, 4),
            crop_sha256=digest(candidate.pixels),
        )

    def distance(self, one: Any, other: Any) -> int:
        """Give the PDQ distance (0 to 256) of two drawings after trimming; 256 where one is blank."""
        shapes = [self._shape(pixels) for pixels in (one, other)]
        if any(shape is None for shape in shapes):
            return 256
        bits = [self._pdq.compute(self._grey(shape.square))[0] for shape in shapes if shape]
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

    def _described(self, square: Any) -> tuple[Any, Any]:
        """Give the description of the whole and of its four quarters."""
        shown = views(self._vision, square)
        return joined(shown, WHOLE), np.array([joined(shown, part) for part in QUARTERS])

    def _shapes(self, pixels: Any) -> Iterator[Drawing]:
        """Give the drawing as it is, and without what may be stuck over it."""
        if not _sized(pixels):
            return
        drawn = apart(pixels)
        for shown, seen in ((drawn, None), *without_sticker(self._vision, pixels, drawn)):
            shape = squared(self._vision, shown, seen)
            if shape is not None:
                yield shape

    def _shape(self, pixels: Any) -> Drawing | None:
        """Give the drawing as it is; None where nothing is drawn."""
        return squared(self._vision, apart(pixels)) if _sized(pixels) else None


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
    return min(pixels.shape[:2]) >= SMALLEST and bool(apart(pixels).max() > INKED)


def _opened(body: bytes) -> Any:
    """Give the pixels of a reference, at most `REFERENCE` on the longer side; raise UnreadablePictureError."""
    image = Image.fromarray(open_picture(body).pixels)
    image.thumbnail((REFERENCE, REFERENCE), Image.Resampling.LANCZOS)
    return np.asarray(image)


def candidates(picture: Picture, boxes: Iterable[tuple[str, float, float, float, float]]) -> list[Candidate]:
    """Cut boxes (source, x, y, width, height in pixels) from a picture; too small ones are left out."""
    found = []
    for source, x, y, width, height in boxes:
        pixels = picture.crop(x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN)
        if pixels.size and min(pixels.shape[:2]) >= 8:
            box = (round(x), round(y), round(width), round(height))
            found.append(Candidate(source=source, sha256=picture.sha256, box=box, pixels=pixels))
    return found


def parts(
    picture: Picture, boxes: Iterable[tuple[str, float, float, float, float]], wide: Sequence[float] = ()
) -> list[Candidate]:
    """Cut the places where a symbol may stand out of the large pictures among boxes; raise EngineMissingError.

    `wide` are the shapes of references that are no compact marks (`Matcher.wide`).
    """
    vision, _ = _engines()
    found: list[Candidate] = []
    for source, x, y, width, height in boxes:
        poster = picture.crop(x, y, width, height)
        if not poster.size or min(poster.shape[:2]) < POSTER:
            continue
        left, top = max(0, round(x)), max(0, round(y))
        places = regions(vision, np.ascontiguousarray(poster[:TALLEST, :TALLEST]), wide)
        found += candidates(picture, [(source, left + a, top + b, wide, high) for a, b, wide, high in places])
    return found[:MOST_PARTS]


def _sized(pixels: Any) -> bool:
    height, width = pixels.shape[:2]
    return bool(SMALLEST <= max(height, width) <= LARGEST and min(height, width) >= 4)


def _engines() -> tuple[Any, Any]:
    try:
        return importlib.import_module("cv2"), importlib.import_module("pdqhash")  # optional extras
    except ImportError as error:
        raise EngineMissingError("no picture engines; install zhengben with its 'vision' extra") from error
