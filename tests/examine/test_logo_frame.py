"""A symbol with a ground of its own on a page of another colour, and how small a symbol may be for a closer look."""

from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw

from drawn import png
from zhengben.core.pagefacts import Reference
from zhengben.examine import logo
from zhengben.examine.image import Picture
from zhengben.examine.logo import LAID_FROM, METHOD_LAID, Matcher, candidates
from zhengben.examine.logo_frame import MARGIN, without_frame


def sail(size: int = 240, ground: str = "white") -> Image.Image:
    """Draw an invented mark: a bent sail over three drops."""
    sheet = Image.new("RGB", (320, 320), ground)
    draw = ImageDraw.Draw(sheet)
    draw.polygon([(70, 190), (160, 60), (180, 190)], fill="#114")
    draw.chord((160, 70, 270, 240), 200, 20, fill="#114")
    for x in (90, 150, 210):
        draw.ellipse((x, 220, x + 30, 260), fill="#114")
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


@cache
def matcher() -> Matcher:
    return Matcher([Reference(brand="b", file="sail.png", body=png(sail()))])


def page(ground: str, symbol: Image.Image, at: tuple[int, int] = (30, 20)) -> Picture:
    sheet = Image.new("RGB", (300, 200), ground)
    sheet.paste(symbol, at)
    return Picture(np.asarray(sheet), "s")


def box(symbol: Image.Image, at: tuple[int, int] = (30, 20)) -> list[tuple[str, float, float, float, float]]:
    return [("img", float(at[0]), float(at[1]), float(symbol.width), float(symbol.height))]


@pytest.mark.parametrize("ground", ["#143c96", "#c00", "#111", "#07c160", "#ffd400", "#9aa"])
@pytest.mark.parametrize("size", [36, 72, 128])
def test_a_symbol_on_its_own_white_is_known_on_a_head_of_any_colour(ground: str, size: int) -> None:
    symbol = sail(size)
    (match,) = matcher().match(candidates(page(ground, symbol), box(symbol)))
    assert match.brand == "b"
    assert match.box == (30, 20, size, size)


def test_a_symbol_without_a_ground_is_known_as_before() -> None:
    symbol = sail(72, "#143c96")
    white = Image.new("RGB", symbol.size, "#143c96")
    white.paste("white", mask=Image.eval(sail(72).convert("L"), lambda level: 255 - level))
    assert len(matcher().match(candidates(page("#143c96", white), box(white)))) == 1


@pytest.mark.parametrize("at", [(0, 0), (228, 0), (0, 128), (228, 128)])
def test_a_symbol_in_a_corner_of_the_picture_is_known(at: tuple[int, int]) -> None:
    symbol = sail(72)
    assert len(matcher().match(candidates(page("#143c96", symbol, at), box(symbol, at)))) == 1


def test_what_is_cut_off_is_a_frame_of_one_colour_only() -> None:
    plain = np.full((60, 60, 3), 255, np.uint8)
    assert without_frame(plain).shape == plain.shape
    framed = plain.copy()
    framed[:MARGIN], framed[-MARGIN:], framed[:, :MARGIN], framed[:, -MARGIN:] = 20, 20, 20, 20
    assert without_frame(framed).min() == 255
    busy = np.random.default_rng(7).integers(0, 255, (60, 60, 3), np.uint8)
    assert without_frame(busy).shape == busy.shape


def test_a_symbol_that_fills_its_picture_keeps_its_edge() -> None:
    filled = np.full((40, 40, 3), 255, np.uint8)
    filled[MARGIN:-MARGIN, MARGIN:-MARGIN] = np.asarray(sail(36, "#c60"))
    filled[MARGIN : MARGIN + 12, MARGIN:-MARGIN] = 0  # strokes that reach the edge: no ground of one colour
    filled[MARGIN:-MARGIN, MARGIN : MARGIN + 12] = 90
    assert without_frame(filled).shape == filled.shape


@pytest.mark.parametrize("size", [1, 8, 15])
def test_what_is_too_small_to_have_a_frame_is_left_alone(size: int) -> None:
    pixels = np.zeros((size, 40, 3), np.uint8)
    assert without_frame(pixels) is pixels


def test_a_closer_look_needs_pixels_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Matcher, "_laid", lambda *_: 1.0)
    monkeypatch.setattr(logo, "DOUBTFUL", 0.0)
    other = np.asarray(sail(LAID_FROM).transpose(Image.Transpose.FLIP_TOP_BOTTOM))
    found = matcher().best(other)
    assert found is not None
    assert found.method == METHOD_LAID
    assert matcher().best(np.asarray(Image.fromarray(other).resize((LAID_FROM - 1, LAID_FROM - 1)))) is None


@pytest.mark.parametrize("ground", ["white", "#eee", "#f4f6fb"])
def test_a_symbol_that_is_a_filled_square_is_known_with_what_is_around_it(ground: str) -> None:
    tile = Image.new("RGB", (96, 96), "#c60")
    ImageDraw.Draw(tile).polygon([(20, 80), (48, 16), (76, 80), (48, 60)], fill="white")
    reference = Image.new("RGB", (136, 136), "white")
    reference.paste(tile, (20, 20))
    known = Matcher([Reference(brand="t", file="tile.png", body=png(reference))])
    (match,) = known.match(candidates(page(ground, tile), box(tile)))
    assert match.brand == "t"
