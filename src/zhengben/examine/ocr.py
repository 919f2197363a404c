"""Reading words in pictures with models that came with the installation; nothing is ever downloaded.

The one place that knows the OCR engine (rapidocr: PP-OCRv6 through onnxruntime, Apache-2.0). The tiny models, kept in
`models/`, find and read every line in a quarter of the time; the small one, from the engine's own wheel, then reads
again the lines in which a single stroke decides: short ones, because a name is short, and those the tiny one is not
sure of. Where the two read a short line differently, or one of its characters is read with little certainty, it is cut
out wider and narrower and read twice more; a line whose readings do not agree is `doubted`, and is no proof of a name.
Without the tiny models the small ones do everything. `models()` gives the hashes that evidence records.
"""

import hashlib
import importlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from zhengben.examine.page_fields import asks_for

SURE = 0.55  # score under which a line is noise
READ_WELL = 0.93  # score of the tiny model from which a long line is not read again
NAMES = range(2, 13)  # characters of a line that may be a name
MOST_CONFIRMED = 6  # lines read again
# What a short line must reach to count as read: certainty of its weakest character where both models read the same,
# the middle one of three readings where they do, and every one of three where they differ. Set on words of the first
# split of benchmarks/pages_words.py, and on harder ones made there: 9 to 14 pixels high, other fonts.
CERTAIN, MIDDLING, TWICE_READ = 0.9, 0.8, 0.9
_CUTS = ((0.3, 1.15), (0.0, 0.9))  # wider by a share of the height, and higher by a factor
TINY = ("PP-OCRv6_det_tiny.onnx", "PP-OCRv6_rec_tiny.onnx")
SMALL = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
_CHARACTERS = "PP-OCRv6_rec_tiny.txt"  # without it the engine would try to download a list
_ONE_CORE: Mapping[str, object] = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Global.use_cls": False,  # screens and posters stand upright
    "Global.log_level": "error",
    "Global.text_score": 0.3,  # what the tiny model doubts is for the small one to decide
    "Det.limit_side_len": 544,  # the engine's 736 costs a third more and read nothing more of our pages and wordmarks
    "Rec.rec_batch_num": 8,
}


class EngineMissingError(RuntimeError):
    """No OCR engine is installed; install zhengben with its 'vision' extra."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words: text, how sure the engine is (0 to 1), its box (x, y, width, height), and the reading model.

    The box is in pixels; `model` is a file name and its sha256, joined by a colon. `doubted` tells that readings of
    the same line did not agree, or that a character of it could not be read with certainty.
    """

    text: str
    score: float
    box: tuple[int, int, int, int]
    model: str = ""
    doubted: bool = False


def read_lines(pixels: Any) -> tuple[Line, ...]:
    """Read the lines of a picture (RGB array), top to bottom; raise EngineMissingError without an engine."""
    if min(pixels.shape[:2]) < 8:
        return ()
    blue_first = pixels[:, :, ::-1]  # as the engine wants it
    quick = bool(_tiny())
    # The engine keeps what it was last told, so a reader that has just read a single line must be told again.
    found = (_quick() if quick else _careful())(blue_first, use_det=True)
    if found.txts is None:
        return ()
    model = _named(TINY[1] if quick else SMALL[1])
    lines = [
        (Line(text.strip(), float(score), _box(corners), model), corners)
        for text, score, corners in zip(found.txts, found.scores, found.boxes, strict=True)
    ]
    read = _confirmed(lines, blue_first) if quick else [line for line, _ in lines]
    sure = [line for line in read if line.text and line.score >= SURE]
    return tuple(sorted(sure, key=lambda line: (line.box[1] // 12, line.box[0])))


def _confirmed(lines: Sequence[tuple[Line, Any]], pixels: Any) -> list[Line]:
    """Read the doubtful lines again with the small model; where that fails, the tiny one's reading stands."""
    doubtful = [at for at, (line, _) in enumerate(lines) if _doubtful(line)]
    # Labels of a form are no names, and the letters of a name are higher than what is said of it.
    doubtful.sort(key=lambda at: (asks_for(lines[at][0].text) is not None, -min(lines[at][0].box[2:])))
    read = [line for line, _ in lines]
    for at in doubtful[:MOST_CONFIRMED]:
        once = _carefully(pixels, lines[at][1])
        if once and once.score >= SURE:
            read[at] = replace(
                read[at], text=once.text, score=once.score, model=_named(SMALL[1]),
                doubted=_in_doubt(once, lines[at][0].text, pixels, lines[at][1]),
            )  # fmt: skip
    return read


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the small model read in one cut: the words, its certainty, and that of the weakest character."""

    text: str
    score: float
    weakest: float


def _carefully(pixels: Any, corners: Any) -> _Reading | None:
    found = _careful()(_upright(pixels, corners), use_det=False, use_cls=False, use_rec=True, return_word_box=True)
    if not found.txts:
        return None
    certain = [float(one) for one in getattr(found.word_results[0], "confs", None) or (0.0,)]
    return _Reading(found.txts[0].strip(), float(found.scores[0]), min(certain))


def _in_doubt(once: _Reading, quick: str, pixels: Any, corners: Any) -> bool:
    """Tell whether a short line could be another word: one character apart is another company's name."""
    if len(once.text) not in NAMES:
        return False
    same = once.text == quick
    if same and once.weakest >= CERTAIN:
        return False
    again = [_carefully(pixels, _recut(corners, *cut)) for cut in _CUTS]
    agreed = [one.weakest for one in (once, *again) if one is not None and one.text == once.text]
    if len(agreed) <= len(_CUTS):
        return True
    return sorted(agreed)[1] < MIDDLING if same else min(agreed) < TWICE_READ


def _recut(corners: Any, wider: float, higher: float) -> Any:
    """Move the corners of a line about its middle: another cut falls elsewhere on the grid of the model."""
    numpy = importlib.import_module("numpy")
    quad = numpy.array(corners, numpy.float32)
    middle, along, down = quad.mean(0), (quad[1] - quad[0]), (quad[3] - quad[0])
    share = wider * float(numpy.linalg.norm(down)) / max(1.0, float(numpy.linalg.norm(along)))
    wide, high = along * (1 + share) / 2, down * higher / 2
    return numpy.array(
        [middle - wide - high, middle + wide - high, middle + wide + high, middle - wide + high], numpy.float32
    )


def _doubtful(line: Line) -> bool:
    return line.score < READ_WELL or len(line.text) in NAMES


def _upright(pixels: Any, corners: Any) -> Any:
    """Cut a line out, turned level: letters that stand aslant lose the strokes that tell one from another."""
    vision, numpy = importlib.import_module("cv2"), importlib.import_module("numpy")
    quad = numpy.array(corners, numpy.float32)
    width = max(float(numpy.linalg.norm(quad[0] - quad[1])), float(numpy.linalg.norm(quad[3] - quad[2])), 1.0)
    height = max(float(numpy.linalg.norm(quad[0] - quad[3])), float(numpy.linalg.norm(quad[1] - quad[2])), 1.0)
    level = numpy.array([[0, 0], [width, 0], [width, height], [0, height]], numpy.float32)
    turn = vision.getPerspectiveTransform(quad, level)
    size = (round(width), round(height))
    cut = vision.warpPerspective(pixels, turn, size, flags=vision.INTER_CUBIC, borderMode=vision.BORDER_REPLICATE)
    return numpy.rot90(cut) if height > 1.5 * width else cut  # a column of characters, as the engine reads it


@cache
def models() -> tuple[tuple[str, str], ...]:
    """Give name and sha256 of each model in use, the confirming one last; empty without an engine."""
    small = _small()
    paths = [*_tiny(), small[1]] if small and _tiny() else [*small]
    return tuple((p.name, hashlib.sha256(p.read_bytes()).hexdigest()) for p in paths)


@cache
def _named(name: str) -> str:
    return ":".join(next(model for model in models() if model[0] == name))


@cache
def _tiny() -> tuple[Path, ...]:
    home = Path(__file__).with_name("models")
    paths = tuple(home / name for name in TINY)
    return paths if all(path.is_file() for path in (*paths, home / _CHARACTERS)) else ()


@cache
def _small() -> tuple[Path, ...]:
    try:
        home = Path(importlib.import_module("rapidocr").__file__ or "").parent / "models"
    except ImportError:
        return ()
    paths = tuple(home / name for name in SMALL)
    return paths if all(path.is_file() for path in paths) else ()


@cache
def _quick() -> Any:
    find, read = _tiny()
    return _engine(
        {"Det.model_path": str(find), "Rec.model_path": str(read), "Rec.rec_keys_path": str(read.with_suffix(".txt"))}
    )


@cache
def _careful() -> Any:
    return _engine({})


def _engine(more: Mapping[str, object]) -> Any:
    try:
        module = importlib.import_module("rapidocr")  # an optional extra of 500 MB at work
    except ImportError as error:
        raise EngineMissingError("no OCR engine; install zhengben with its 'vision' extra") from error
    if not _small():  # without its own models the engine would try to download some
        raise EngineMissingError("the OCR engine is installed without its models; reinstall the 'vision' extra")
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return module.RapidOCR(params={**_ONE_CORE, **more})


def _box(corners: Any) -> tuple[int, int, int, int]:
    xs, ys = [float(c[0]) for c in corners], [float(c[1]) for c in corners]
    return round(min(xs)), round(min(ys)), round(max(xs) - min(xs)), round(max(ys) - min(ys))
