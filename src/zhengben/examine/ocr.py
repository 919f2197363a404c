"""Reading words in pictures with the models inside the installed wheel; nothing is ever downloaded.

The one place that knows the OCR engine (rapidocr: PP-OCRv6 small through onnxruntime, Apache-2.0). It is loaded at the
first picture and kept: loading costs 0.5 s, a page about 0.6 s of one core. `models()` gives the hashes that evidence
records.
"""

import hashlib
import importlib
import logging
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SURE = 0.55
MODELS = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
_ONE_CORE = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Global.use_cls": False,  # screens and posters stand upright
    "Global.log_level": "error",
    "Det.limit_side_len": 544,  # the engine's 736 costs a third more and read nothing more of our pages and wordmarks
    "Rec.rec_batch_num": 8,
}


class EngineMissingError(RuntimeError):
    """No OCR engine is installed; install zhengben with its 'vision' extra."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words: text, how sure the engine is (0 to 1), and its box (x, y, width, height) in pixels."""

    text: str
    score: float
    box: tuple[int, int, int, int]


def read_lines(pixels: Any) -> tuple[Line, ...]:
    """Read the lines of a picture (RGB array), top to bottom; raise EngineMissingError without an engine."""
    if min(pixels.shape[:2]) < 8:
        return ()
    found = _engine()(pixels[:, :, ::-1])  # the engine wants blue first
    if found.txts is None:
        return ()
    lines = [
        Line(text.strip(), float(score), _box(corners))
        for text, score, corners in zip(found.txts, found.scores, found.boxes, strict=True)
        if text.strip() and score >= SURE
    ]
    return tuple(sorted(lines, key=lambda line: (line.box[1] // 12, line.box[0])))


@cache
def models() -> tuple[tuple[str, str], ...]:
    """Give name and sha256 of each model in use; empty without an engine."""
    try:
        home = Path(importlib.import_module("rapidocr").__file__ or "").parent / "models"
    except ImportError:
        return ()
    paths = [home / name for name in MODELS]
    return tuple((p.name, hashlib.sha256(p.read_bytes()).hexdigest()) for p in paths if p.is_file())


@cache
def _engine() -> Any:
    try:
        module = importlib.import_module("rapidocr")  # an optional extra of 600 MB at work
    except ImportError as error:
        raise EngineMissingError("no OCR engine; install zhengben with its 'vision' extra") from error
    if len(models()) != len(MODELS):  # without its own models the engine would try to download some
        raise EngineMissingError("the OCR engine is installed without its models; reinstall the 'vision' extra")
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return module.RapidOCR(params=_ONE_CORE)


def _box(corners: Any) -> tuple[int, int, int, int]:
    xs, ys = [float(c[0]) for c in corners], [float(c[1]) for c in corners]
    return round(min(xs)), round(min(ys)), round(max(xs) - min(xs)), round(max(ys) - min(ys))
