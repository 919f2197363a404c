"""Reading words: the tiny models first, the small one to confirm, and what happens where they are not there."""

import hashlib
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from zhengben.examine import ocr

FACE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
MODELS = Path(ocr.__file__).with_name("models")


def sheet(*lines: str, size: int = 40, turn: float = 0.0) -> Any:
    drawn = Image.new("RGB", (640, 40 + 80 * len(lines)), "white")
    for number, line in enumerate(lines):
        place = (30, 20 + 80 * number)
        ImageDraw.Draw(drawn).text(place, line, font=ImageFont.truetype(FACE, size), fill="#123")
    return np.asarray(drawn.rotate(turn, fillcolor="white", resample=Image.Resampling.BICUBIC))


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Forget which engines and models were found, before and after."""
    caches = (ocr.models, ocr._named, ocr._tiny, ocr._small, ocr._quick, ocr._careful)
    for cached in caches:
        cached.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


def test_short_lines_are_confirmed_by_the_small_model_and_each_line_names_its_model() -> None:
    lines = ocr.read_lines(sheet("微粒贷", "本产品由合作银行共同出资放款"))
    assert [line.text for line in lines] == ["微粒贷", "本产品由合作银行共同出资放款"]
    hashes = dict(ocr.models())
    assert lines[0].model == f"{ocr.SMALL[1]}:{hashes[ocr.SMALL[1]]}"
    assert lines[1].model == f"{ocr.TINY[1]}:{hashes[ocr.TINY[1]]}"


def test_only_so_many_lines_are_confirmed_and_labels_of_a_form_last() -> None:
    labels = ("身份证号", "银行卡号", "验证码", "手机号", "姓名")
    lines = ocr.read_lines(sheet(*labels, "微粒贷", "随借随还", "立即申请", "额度三万"))
    confirmed = {line.text for line in lines if line.model.startswith(ocr.SMALL[1])}
    assert len(confirmed) == ocr.MOST_CONFIRMED
    assert {"微粒贷", "随借随还", "立即申请", "额度三万"} <= confirmed


@pytest.mark.parametrize(
    "word", ["微粒貸", "微粒贷", "微粒货", "徽粒贷", "微利贷", "花呗", "借呗", "微众银行", "微众科技"]
)
@pytest.mark.parametrize("turn", [0.0, -5.0])
def test_words_that_differ_by_a_stroke_are_read_as_they_are(word: str, turn: float) -> None:
    assert [line.text for line in ocr.read_lines(sheet(word, size=56, turn=turn))] == [word]


@pytest.mark.parametrize("shape", [(4, 300, 3), (300, 4, 3), (200, 300, 3)])
def test_pictures_without_words_have_no_lines(shape: tuple[int, int, int]) -> None:
    assert ocr.read_lines(np.full(shape, 255, np.uint8)) == ()


def test_the_models_kept_here_are_those_their_readme_names() -> None:
    told = (MODELS / "README.md").read_text("utf-8")
    for name in ocr.TINY:
        assert hashlib.sha256((MODELS / name).read_bytes()).hexdigest() in told
    assert {path.name for path in MODELS.iterdir()} == {*ocr.TINY, ocr._CHARACTERS, "README.md"}


def test_reading_again_gives_the_same() -> None:
    pixels = sheet("微粒贷", "最高可借30万")
    assert ocr.read_lines(pixels) == ocr.read_lines(pixels)


def test_without_the_tiny_models_the_small_ones_do_everything(fresh: pytest.MonkeyPatch) -> None:
    fresh.setattr(ocr, "TINY", ("gone.onnx", "gone.onnx"))
    assert [name for name, _ in ocr.models()] == list(ocr.SMALL)
    lines = ocr.read_lines(sheet("微粒贷"))
    assert [(line.text, line.model.partition(":")[0]) for line in lines] == [("微粒贷", ocr.SMALL[1])]


def test_without_the_engine_or_its_models_it_says_what_to_install(fresh: pytest.MonkeyPatch) -> None:
    fresh.setattr(ocr, "SMALL", ("gone.onnx", "gone.onnx"))
    with pytest.raises(ocr.EngineMissingError, match="without its models"):
        ocr.read_lines(sheet("微粒贷"))
    assert ocr.models() == ()
    ocr._small.cache_clear()

    def missing(name: str) -> Any:
        if name == "rapidocr":
            raise ImportError(name)
        return importlib.import_module(name)

    fresh.setattr(ocr, "importlib", type("Loader", (), {"import_module": staticmethod(missing)}))
    with pytest.raises(ocr.EngineMissingError, match=re.escape("'vision' extra")):
        ocr.read_lines(sheet("微粒贷"))
    assert ocr.models() == ()
