"""Pictures of one page that are read together: each on its place of one sheet, each line back in its own picture."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.core.pagefacts import ReadLine
from zhengben.examine import ocr
from zhengben.examine.image import Picture
from zhengben.examine.picture_layers import MOST_STRIPS, Eye, _away, _sheet


def strip(width: int, height: int, shade: int = 0) -> np.ndarray:
    return np.full((height, width, 3), shade, np.uint8)


sizes = st.lists(st.tuples(st.integers(40, 900), st.integers(14, 260)), min_size=1, max_size=MOST_STRIPS)


@given(sizes)
@settings(max_examples=40, deadline=None)
def test_no_picture_covers_another_or_leaves_the_sheet(given_sizes: list[tuple[int, int]]) -> None:
    strips = [strip(wide, high) for wide, high in given_sizes]
    sheet, places = _sheet(strips)
    taken = np.zeros(sheet.shape[:2], int)
    for (left, top), pixels in zip(places, strips, strict=True):
        taken[top : top + pixels.shape[0], left : left + pixels.shape[1]] += 1
    assert int(taken.max()) == 1
    assert int(taken.sum()) == sum(wide * high for wide, high in given_sizes)
    assert int((sheet[:, :, 0] == 0).sum()) == int(taken.sum())


@given(sizes)
@settings(max_examples=40, deadline=None)
def test_the_middle_of_each_picture_is_its_own(given_sizes: list[tuple[int, int]]) -> None:
    strips = [strip(wide, high) for wide, high in given_sizes]
    _, places = _sheet(strips)
    for at, ((left, top), (wide, high)) in enumerate(zip(places, given_sizes, strict=True)):
        middle = (left + wide // 2, top + high // 2)
        nearest = min(range(len(strips)), key=lambda n: _away(middle, places[n], strips[n].shape))
        assert (nearest, _away(middle, places[at], strips[at].shape)) == (at, 0)


def test_small_pictures_stand_beside_one_another_and_words_have_a_row_of_their_own() -> None:
    _, places = _sheet([strip(48, 48), strip(48, 48), strip(200, 40), strip(48, 48)])
    tops = [top for _, top in places]
    assert tops[0] == tops[1] < tops[2] < tops[3]


def test_a_sheet_is_never_so_narrow_that_the_reader_enlarges_it_much() -> None:
    for count in (1, 5, 8):
        sheet, _ = _sheet([strip(48, 48)] * count)
        assert min(sheet.shape[:2]) >= 272
        assert max(sheet.shape[:2]) <= 400


class Read:
    """Stands in for the reader: one line in the middle of every dark place it was told of."""

    def __init__(self, *boxes: tuple[int, int, int, int]) -> None:
        self.boxes, self.sheets = boxes, 0

    def __call__(self, pixels: np.ndarray) -> tuple[ocr.Line, ...]:
        self.sheets += 1
        rows, columns = np.nonzero(pixels[:, :, 0] < 40)
        return (ocr.Line("字", 0.99, (int(columns.min()), int(rows.min()), 20, 12), "m"),) if len(rows) else ()


@pytest.fixture
def page() -> Picture:
    pixels = np.full((900, 390, 3), 255, np.uint8)
    pixels[210:260, 100:240] = 120  # a picture without words
    pixels[400:440, 60:260] = 200
    pixels[410:430, 70:120] = 0  # and one with
    return Picture(pixels, "s" * 64)


def read(picture: Picture, boxes: list[tuple[float, float, float, float]]) -> tuple[ReadLine, ...]:
    return Eye((), []).lines_in(picture, boxes)


def test_a_line_is_told_where_it_stands_in_the_page(page: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Read()
    monkeypatch.setattr(ocr, "read_lines", reader)
    lines = read(page, [(100.0, 210.0, 140.0, 50.0), (60.0, 400.0, 200.0, 40.0)])
    assert [(line.box, line.source_sha256) for line in lines] == [((70, 410, 20, 12), "s" * 64)]
    assert reader.sheets == 1  # both were read at once


@pytest.mark.parametrize(
    "box",
    [(0, 0, 39, 20), (0, 0, 50, 13), (0, 0, 901, 40), (0, 0, 50, 261), (0, -5, 50, 40), (0, 1600, 50, 40)],
    ids=["narrow", "low", "wide", "high", "above", "far below"],
)
def test_what_can_hold_no_name_is_not_read(
    page: Picture, box: tuple[float, float, float, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Read()
    monkeypatch.setattr(ocr, "read_lines", reader)
    assert read(page, [box]) == ()
    assert reader.sheets == 0


def test_of_many_pictures_the_first_are_read(page: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, ...]] = []

    def look(pixels: np.ndarray) -> tuple[ocr.Line, ...]:
        seen.append(pixels.shape)
        return ()

    monkeypatch.setattr(ocr, "read_lines", look)
    read(page, [(0.0, 10.0 * n, 60.0, 60.0) for n in range(40)])
    assert seen == [_sheet([strip(60, 60)] * MOST_STRIPS)[0].shape]


def test_without_a_reader_it_is_said_once(page: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_pixels: np.ndarray) -> tuple[ocr.Line, ...]:
        raise ocr.EngineMissingError("none")

    monkeypatch.setattr(ocr, "read_lines", absent)
    eye = Eye((), [])
    assert eye.lines_in(page, [(60.0, 400.0, 200.0, 40.0)]) == ()
    assert eye.missing == ["page.ocr_reader"]
