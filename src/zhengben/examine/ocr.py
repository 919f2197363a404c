"""Reading words in pictures with models that came with the installation; nothing is ever downloaded.

The one place that knows the OCR engine (rapidocr: PP-OCRv6 through onnxruntime, Apache-2.0). The tiny models, kept in
`models/`, find and read every line in a quarter of the time; the small one, from the engine's own wheel, then reads
again the lines in which a single stroke decides: short ones, because a name is short, and those the tiny one is not
sure of. Without the tiny models the small ones do everything. `models()` gives the hashes that evidence records.
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

    The box is in pixels; `model` is a file name and its sha256, joined by a colon.
    """

    text: str
    score: float
    box: tuple[int, int, int, int]
    model: str = ""


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
        again = _careful()(_upright(pixels, lines[at][1]), use_det=False, use_cls=False, use_rec=True)
        if again.txts and again.scores[0] >= SURE:
            score = float(again.scores[0])
            read[at] = replace(read[at], text=again.txts[0].strip(), score=score, model=_named(SMALL[1]))
    return read


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
