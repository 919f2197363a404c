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
import itertools
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
POSSIBLE = 0.02  # chance from which a character may be meant
MOST_WORDS = 40  # words that a doubtful line may be
MOST_JOINED = 8  # characters of a line that was put together
# What a short line must reach to count as read: certainty of its weakest character where both models read the same,
# the middle one of three readings where they do, and every one of three where they differ. Set on words of the first
# split of benchmarks/pages_words.py, and on harder ones made there: 9 to 14 pixels high, other fonts.
CERTAIN, MIDDLING, TWICE_READ = 0.9, 0.8, 0.85
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

    The box is in pixels; `model` is a file name and its sha256, joined by a colon. `doubted` is empty where the line
    was read with certainty; else its words with a `□` for each character that was not, and `readings` is every word it
    may be.
    """

    text: str
    score: float
    box: tuple[int, int, int, int]
    model: str = ""
    doubted: str = ""
    readings: tuple[str, ...] = ()


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
    rows = _rows([
        _Row(Line(text.strip(), float(score), _box(corners), model), (corners,))
        for text, score, corners in zip(found.txts, found.scores, found.boxes, strict=True)
    ])  # fmt: skip
    read = _confirmed(rows, blue_first) if quick else [row.line for row in rows]
    sure = [line for line in read if line.text and line.score >= SURE]
    return tuple(sorted(sure, key=lambda line: (line.box[1] // 12, line.box[0])))


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as the tiny model read it, and the corners of the one or more places it stands in."""

    line: Line
    corners: tuple[Any, ...]


def _rows(found: Sequence[_Row]) -> list[_Row]:
    """Join characters that stand so far apart that each was found alone: a wide name is still one name."""
    rows: list[_Row] = []
    for row in sorted(found, key=lambda row: row.line.box[0]):
        at = next((n for n, known in enumerate(rows) if _continues(known.line, row.line)), None)
        if at is None:
            rows.append(row)
            continue
        first, second = rows[at].line, row.line
        right, low = (max(first.box[n] + first.box[n + 2], second.box[n] + second.box[n + 2]) for n in (0, 1))
        left, top = min(first.box[0], second.box[0]), min(first.box[1], second.box[1])
        text, score = first.text + second.text, min(first.score, second.score)
        whole = replace(first, text=text, score=score, box=(left, top, right - left, low - top))
        rows[at] = _Row(whole, (*rows[at].corners, *row.corners))
    return rows


def _continues(first: Line, second: Line) -> bool:
    """Tell whether a line is the next character of another: as high, level with it, and at most two heights away."""
    if not (len(second.text) == 1 or len(first.text) == 1) or len(first.text) + len(second.text) > MOST_JOINED:
        return False
    if not (first.text + second.text).isalpha():
        return False
    high, other = first.box[3], second.box[3]
    level = abs(first.box[1] + high / 2 - second.box[1] - other / 2)
    gap = second.box[0] - first.box[0] - first.box[2]
    return max(high, other) < 1.4 * min(high, other) and level < high / 3 and -0.6 * high < gap < 2 * high


def _confirmed(rows: Sequence[_Row], pixels: Any) -> list[Line]:
    """Read the doubtful lines again with the small model; where that fails, the tiny one's reading stands."""
    doubtful = [at for at, row in enumerate(rows) if _doubtful(row.line)]
    # Labels of a form are no names, and the letters of a name are higher than what is said of it.
    doubtful.sort(key=lambda at: (asks_for(rows[at].line.text) is not None, -min(rows[at].line.box[2:])))
    read = [row.line for row in rows]
    for at in doubtful[:MOST_CONFIRMED]:
        once = _carefully(pixels, rows[at].corners)
        if once and once.score >= SURE:
            told = _in_doubt(once, read[at].text, pixels, rows[at].corners)
            shown, readings = told or ("", ())
            read[at] = replace(
                read[at], text=once.text, score=once.score, model=_named(SMALL[1]), doubted=shown, readings=readings
            )
    return read


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the small model read in one cut: the words, and for each character its certainty and what else it may be."""

    text: str
    score: float
    each: tuple[float, ...]
    others: tuple[str, ...]

    @property
    def weakest(self) -> float:
        """Give the certainty of the least certain character."""
        return min(self.each, default=0.0)


def _carefully(pixels: Any, places: Sequence[Any]) -> _Reading | None:
    """Read one line, whose places are cut out level and put beside one another, with the model's second thoughts."""
    numpy = importlib.import_module("numpy")
    reader = _recogniser()
    cut = _beside([_upright(pixels, corners) for corners in places])
    _, high, wide = reader.rec_image_shape
    shown = reader.resize_norm_img(cut, max(wide / high, cut.shape[1] / cut.shape[0]))
    chances = reader.session(shown[None].astype(numpy.float32))[0]
    letters, best = reader.postprocess_op.character, chances.argmax(axis=1)
    steps = [at for at, one in enumerate(best) if one and (not at or one != best[at - 1])]
    # Between characters that were put beside one another the model sees spaces and dots.
    kept = [at for at in steps if len(places) == 1 or letters[best[at]].isalpha()]
    if not kept:
        return None
    each = tuple(float(chances[at][best[at]]) for at in kept)
    others = tuple(_others(chances[at], letters, int(best[at])) for at in kept)
    return _Reading("".join(letters[best[at]] for at in kept), sum(each) / len(each), each, others)


def _others(chances: Any, letters: Sequence[str], best: int) -> str:
    """Give the characters that are also likely at one place, the likeliest first."""
    likely = [one for one in (chances > POSSIBLE).nonzero()[0] if one not in {0, best}]
    likely.sort(key=lambda one: -chances[one])
    return "".join(letters[one] for one in likely[:3])


def _in_doubt(once: _Reading, quick: str, pixels: Any, places: Sequence[Any]) -> tuple[str, tuple[str, ...]] | None:
    """Give what is doubted of a short line, and every word it may be: a stroke apart is another company's name."""
    if len(once.text) not in NAMES:
        return None
    same = once.text == quick.replace(" ", "")
    if same and once.weakest >= CERTAIN:
        return None
    again = [_carefully(pixels, [_recut(corners, *cut) for corners in places]) for cut in _CUTS]
    readings = [once, *(one for one in again if one is not None)]
    agreed = sorted(one.weakest for one in readings if one.text == once.text)
    if len(agreed) > len(_CUTS) and (agreed[1] >= MIDDLING if same else agreed[0] >= TWICE_READ):
        return None
    return _masked(readings, quick.replace(" ", ""))


def _masked(readings: Sequence[_Reading], quick: str) -> tuple[str, tuple[str, ...]]:
    """Give the first reading with a mark at each doubtful character, and every word it may be."""
    once = readings[0]
    alike = [one for one in readings if len(one.text) == len(once.text)]
    places: list[str] = []
    for at, letter in enumerate(once.text):
        likely = letter + "".join(one.text[at] + one.others[at] for one in alike)
        places.append("".join(dict.fromkeys(likely)))
    if len(quick) == len(once.text):
        places = ["".join(dict.fromkeys(likely + quick[at])) for at, likely in enumerate(places)]
    if all(len(likely) == 1 for likely in places):
        weakest = once.each.index(once.weakest)
        return once.text[:weakest] + "□" + once.text[weakest + 1 :], (once.text,)
    shown = "".join(likely if len(likely) == 1 else "□" for likely in places)
    words = ("".join(letters) for letters in itertools.product(*places))
    apart = [one.text for one in readings if len(one.text) != len(once.text)]
    return shown, tuple(dict.fromkeys([*itertools.islice(words, MOST_WORDS), *apart]))


def _beside(cuts: Sequence[Any]) -> Any:
    """Put cuts beside one another, as high as the highest."""
    if len(cuts) == 1:
        return cuts[0]
    vision, numpy = importlib.import_module("cv2"), importlib.import_module("numpy")
    high = max(cut.shape[0] for cut in cuts)
    return numpy.hstack([vision.resize(cut, (max(1, cut.shape[1] * high // cut.shape[0]), high)) for cut in cuts])


def _recut(corners: Any, wider: float, higher: float) -> Any:
    """Move the corners of a line about its middle: another cut falls elsewhere on the grid of the model.

    `wider` is a share of the height of its characters, added along the line; `higher` a factor across it.
    """
    numpy = importlib.import_module("numpy")
    quad = numpy.array(corners, numpy.float32)
    middle, along, down = quad.mean(0), quad[1] - quad[0], quad[3] - quad[0]
    length, height = (max(1.0, float(numpy.linalg.norm(side))) for side in (along, down))
    factors = (1 + wider * height / length, higher) if height <= 1.5 * length else (higher, 1 + wider * length / height)
    wide, high = along * factors[0] / 2, down * factors[1] / 2
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


@cache
def _recogniser() -> Any:
    """Give the part of the careful engine that reads a line; the engine makes it when it first reads one."""
    engine, numpy = _careful(), importlib.import_module("numpy")
    engine(numpy.full((48, 96, 3), 255, numpy.uint8), use_det=False, use_cls=False, use_rec=True)
    return engine.text_rec


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
