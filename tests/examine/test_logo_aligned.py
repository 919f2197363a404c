"""The second, closer look at a symbol: seen from aside, turned, badly covered; and what only resembles it."""

import math
from functools import cache

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from drawn import png
from zhengben.core.pagefacts import Reference
from zhengben.examine import logo
from zhengben.examine.image import Picture
from zhengben.examine.logo import METHOD, METHOD_LAID, SURE_LAID, Best, Matcher
from zhengben.examine.logo_aligned import REACH, laid_on
from zhengben.examine.logo_regions import is_wide, regions
from zhengben.examine.logo_views import SIDE, Drawing, apart, squared


def sail(ink: str = "#114", ground: str = "white", size: int = 160) -> np.ndarray:
    """Draw an invented mark: a bent sail over three drops."""
    sheet = Image.new("RGB", (320, 320), ground)
    draw = ImageDraw.Draw(sheet)
    draw.polygon([(70, 190), (160, 60), (180, 190)], fill=ink)
    draw.chord((160, 70, 270, 240), 200, 20, fill=ink)
    for x in (90, 150, 210):
        draw.ellipse((x, 220, x + 30, 260), fill=ink)
    return np.asarray(sheet.resize((size, size), Image.Resampling.LANCZOS))


def ship(size: int = 160) -> np.ndarray:
    """Draw another mark of the same kind: a sail of another form over two drops."""
    sheet = Image.new("RGB", (320, 320), "white")
    draw = ImageDraw.Draw(sheet)
    draw.polygon([(70, 190), (120, 60), (240, 190)], fill="#114")
    for x in (110, 190):
        draw.ellipse((x, 210, x + 40, 260), fill="#114")
    return np.asarray(sheet.resize((size, size), Image.Resampling.LANCZOS))


def banner(ink: str = "#0a4", size: tuple[int, int] = (360, 60)) -> Image.Image:
    """Draw a mark six times as wide as high, of parts that stand beside one another."""
    sheet = Image.new("RGB", (720, 120), "white")
    draw = ImageDraw.Draw(sheet)
    draw.ellipse((10, 15, 100, 105), outline=ink, width=18)
    draw.polygon([(120, 105), (165, 15), (210, 105)], fill=ink)
    draw.rectangle((235, 15, 262, 105), fill=ink)
    draw.chord((290, 15, 390, 105), 30, 330, fill=ink)
    draw.polygon([(420, 15), (510, 15), (510, 105)], fill=ink)
    draw.arc((540, 15, 700, 175), 180, 360, fill=ink, width=22)
    return sheet.resize(size, Image.Resampling.LANCZOS)


@cache
def matcher() -> Matcher:
    return Matcher([Reference(brand="b", file="sail.png", body=png(Image.fromarray(sail())))])


@cache
def wide_matcher() -> Matcher:
    return Matcher([Reference(brand="w", file="banner.png", body=png(banner()))])


def turned(pixels: np.ndarray, angle: float) -> np.ndarray:
    image = Image.fromarray(pixels)
    return np.asarray(image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=tuple(map(int, pixels[0, 0]))))


def aside(pixels: np.ndarray, by: float, corner: int) -> np.ndarray:
    """Show pixels in perspective: one corner is pulled in by a share of the side."""
    side = pixels.shape[0]
    corners = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    moved = corners.copy()
    moved[corner] += (np.array([side / 2, side / 2]) - corners[corner]) * 2 * by
    way = cv2.getPerspectiveTransform(corners, moved)
    return np.asarray(cv2.warpPerspective(pixels, way, (side, side), borderValue=tuple(map(int, pixels[0, 0]))))


@pytest.mark.parametrize("angle", [-18, -14, -10, 10, 14, 18])
def test_a_turned_symbol_is_the_symbol(angle: int) -> None:
    best = matcher().best(turned(sail(), angle))
    assert best is not None
    assert best.score >= best.needed


@pytest.mark.parametrize("corner", [0, 1, 2, 3])
@pytest.mark.parametrize("by", [0.08, 0.16])
def test_a_symbol_seen_from_aside_is_the_symbol(corner: int, by: float) -> None:
    assert matcher().best(aside(sail(), by, corner)) is not None


def test_light_on_dark_blurred_and_from_aside_is_still_the_symbol() -> None:
    shown = cv2.GaussianBlur(aside(sail("#fff", "#135"), 0.12, 2), (0, 0), 1.5)
    assert matcher().best(shown) is not None


def test_the_first_look_is_enough_where_it_is_sure() -> None:
    best = matcher().best(sail(size=90))
    assert isinstance(best, Best)
    assert (best.number, best.method, best.needed) == (0, METHOD, float(matcher().needed[0]))


def test_a_closer_look_asks_for_more_and_says_that_it_was_taken() -> None:
    best = matcher().best(turned(sail(), 17))
    assert best is not None
    assert best.method == METHOD_LAID
    assert best.needed >= SURE_LAID > matcher().needed[0]


def test_the_match_that_is_told_names_the_closer_look_and_what_it_needed() -> None:
    picture = Picture(turned(sail(), 17), "c" * 64)
    found = matcher().match(logo.candidates(picture, [("p", 0, 0, picture.width, picture.height)]))
    assert [(one.method, one.brand, one.needed >= SURE_LAID) for one in found] == [(METHOD_LAID, "b", True)]
    assert found[0].correlation >= found[0].needed


@pytest.mark.parametrize("angle", [0, 8, 15, -15])
def test_another_mark_of_the_same_kind_is_not_the_symbol(angle: int) -> None:
    assert matcher().best(turned(ship(), angle)) is None


@pytest.mark.parametrize("corner", [0, 1, 2, 3])
def test_another_mark_from_aside_is_not_the_symbol(corner: int) -> None:
    assert matcher().best(aside(ship(), 0.16, corner)) is None


def test_its_mirror_image_is_not_the_symbol() -> None:
    assert matcher().best(sail()[:, ::-1].copy()) is None


def test_nothing_is_laid_onto_what_it_has_nothing_to_do_with() -> None:
    blank = Drawing(np.zeros((SIDE, SIDE), np.float32))
    reference = squared(cv2, apart(sail()))
    assert reference is not None
    assert laid_on(cv2, blank, reference.square, 0.03) == 0.0


def test_what_must_be_moved_too_far_is_not_laid() -> None:
    reference = squared(cv2, apart(sail()))
    assert reference is not None
    away = np.roll(reference.square, round(REACH) + 6, axis=1)
    assert laid_on(cv2, Drawing(away), reference.square, 0.03) < SURE_LAID


def test_what_is_laid_onto_itself_fits_wholly() -> None:
    reference = squared(cv2, apart(sail()))
    assert reference is not None
    assert laid_on(cv2, reference, reference.square, 0.03) > 0.999


def test_more_than_a_third_of_the_ink_hidden_is_not_guessed_at() -> None:
    reference = squared(cv2, apart(sail()))
    assert reference is not None
    seen = np.ones((SIDE, SIDE), np.uint8)
    seen[:, : SIDE // 2] = 0
    assert laid_on(cv2, Drawing(reference.square * seen, seen), reference.square, 0.03) == 0.0


def test_what_is_hidden_is_taken_from_the_score() -> None:
    reference = squared(cv2, apart(sail()))
    assert reference is not None
    seen = np.ones((SIDE, SIDE), np.uint8)
    seen[46:, 40:] = 0
    score = laid_on(cv2, Drawing(reference.square * seen, seen), reference.square, 0.03)
    assert 0.9 < score < 0.999


def test_a_cover_beyond_what_is_left_of_the_drawing_is_kept() -> None:
    drawn, seen = np.zeros((100, 100), np.float32), np.ones((100, 100), np.uint8)
    drawn[20:80, 40:60] = 1
    seen[60:100, 0:38] = 0
    shape = squared(cv2, drawn, seen)
    assert shape is not None
    assert shape.seen.shape == (SIDE, SIDE)
    assert (int(shape.seen[50, 10]), int(shape.seen[10, 10])) == (0, 1)


def test_a_blank_sheet_is_no_drawing() -> None:
    assert squared(cv2, np.zeros((30, 30), np.float32)) is None
    assert matcher().best(np.full((60, 60, 3), 255, np.uint8)) is None


@pytest.mark.parametrize(("shape", "wide"), [(1.0, False), (2.2, False), (2.3, True), (0.3, True), (6.0, True)])
def test_which_shapes_are_those_of_words(shape: float, *, wide: bool) -> None:
    assert is_wide(shape) is wide


def on_poster(mark: Image.Image, at: tuple[int, int]) -> np.ndarray:
    sheet = Image.new("RGB", (600, 700), "white")
    draw = ImageDraw.Draw(sheet)
    for y in range(380, 660, 60):
        draw.line((60, y, 540, y), fill="#bbb", width=2)
    sheet.paste(mark, at)
    return np.asarray(sheet)


@pytest.mark.parametrize("size", [(180, 30), (240, 40), (330, 55)])
def test_a_wide_mark_on_a_poster_is_found(size: tuple[int, int]) -> None:
    picture = Picture(on_poster(banner(size=size), (90, 120)), "d" * 64)
    box = [("p", 0.0, 0.0, 600.0, 700.0)]
    found = wide_matcher().match(logo.parts(picture, box, wide_matcher().wide))
    assert [one.brand for one in found] == ["w"]
    x, y, width, height = found[0].box
    assert (abs(x - 90) < 25, abs(y - 120) < 25) == (True, True)
    assert width < size[0] * 1.3
    assert height < size[1] * 1.6


def test_lines_of_words_are_looked_at_only_where_a_reference_is_as_wide() -> None:
    pixels = on_poster(banner(), (90, 120))
    assert not any(is_wide(width / height) for _, _, width, height in regions(cv2, pixels))
    assert any(is_wide(width / height) for _, _, width, height in regions(cv2, pixels, (7.7,)))
    assert matcher().wide == ()


def test_a_matcher_knows_the_shape_of_its_wide_references() -> None:
    assert len(wide_matcher().wide) == 1
    assert math.isclose(wide_matcher().wide[0], 690 / 90, rel_tol=0.25)


def test_the_same_box_gives_the_same_score_again() -> None:
    shown = turned(sail(), 14)
    assert matcher().best(shown) == matcher().best(shown.copy())


@pytest.mark.parametrize("shape", [(1, 40, 3), (4, 4, 3), (3000, 20, 3), (12, 3, 3)])
def test_boxes_of_odd_sizes_are_passed_over(shape: tuple[int, int, int]) -> None:
    assert matcher().best(np.zeros(shape, np.uint8)) is None
    assert len(matcher().scores(np.zeros(shape, np.uint8))) == 0
