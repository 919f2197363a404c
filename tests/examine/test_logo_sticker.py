"""Symbols with something stuck over them: found again, and nothing else found instead."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from drawn import png
from zhengben.core.pagefacts import Reference
from zhengben.examine.logo import Matcher
from zhengben.examine.logo_sticker import without_sticker
from zhengben.examine.logo_views import apart


def bird(size: int = 120, ink: str = "#114", ground: str = "white") -> Image.Image:
    """Draw an invented wide mark: it leaves the corners of its square free, so a sticker there moves its edges."""
    sheet = Image.new("RGB", (240, 240), ground)
    draw = ImageDraw.Draw(sheet)
    draw.polygon([(10, 120), (110, 90), (130, 130), (60, 140)], fill=ink)
    draw.chord((90, 80, 230, 170), 180, 340, fill=ink)
    draw.polygon([(120, 140), (170, 150), (140, 175)], fill=ink)
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


MATCHER = Matcher([Reference(brand="b", file="bird.png", body=png(bird(200)))])


def stuck(image: Image.Image, corner: str, colour: str, share: float = 0.3, shape: str = "disc") -> Image.Image:
    side = round(image.width * share)
    left = 0 if "w" in corner else image.width - side
    top = 0 if "n" in corner else image.height - side
    draw = ImageDraw.Draw(image)
    (draw.ellipse if shape == "disc" else draw.rectangle)((left, top, left + side - 1, top + side - 1), fill=colour)
    return image


@pytest.mark.parametrize("corner", ["nw", "ne", "sw", "se"])
@pytest.mark.parametrize("colour", ["#e22", "#1a1", "#fa0"])
def test_a_symbol_with_a_badge_at_any_corner_is_the_symbol(corner: str, colour: str) -> None:
    assert MATCHER.best(np.asarray(stuck(bird(), corner, colour))) is not None


@pytest.mark.parametrize(("ink", "ground"), [("#fff", "#135"), ("#b00", "#ffe"), ("#333", "#dde")])
def test_it_is_on_any_ground(ink: str, ground: str) -> None:
    assert MATCHER.best(np.asarray(stuck(bird(ink=ink, ground=ground), "ne", "#0b0"))) is not None


@pytest.mark.parametrize("shape", ["disc", "ribbon"])
def test_it_is_under_a_disc_and_under_a_ribbon(shape: str) -> None:
    assert MATCHER.best(np.asarray(stuck(bird(), "se", "#e22", shape=shape))) is not None


def test_badges_alone_and_other_marks_with_badges_are_not_the_symbol() -> None:
    blank = Image.new("RGB", (120, 120), "white")
    other = Image.new("RGB", (120, 120), "white")
    ImageDraw.Draw(other).polygon([(20, 100), (60, 10), (100, 100)], fill="#114")
    for shown in (blank, other):
        for corner in ("nw", "se"):
            assert MATCHER.best(np.asarray(stuck(shown.copy(), corner, "#e22"))) is None


def peeled(image: Image.Image) -> list[np.ndarray]:
    pixels = np.asarray(image)
    return [rest for rest, _ in without_sticker(cv2, pixels, apart(pixels))]


def test_what_has_one_colour_or_nothing_has_no_sticker() -> None:
    assert peeled(bird()) == []
    assert peeled(Image.new("RGB", (60, 60), "#777")) == []
    assert peeled(Image.new("RGB", (5, 5), "white")) == []


def test_the_sticker_is_gone_and_the_rest_is_there() -> None:
    rest = peeled(stuck(bird(), "se", "#e22"))
    assert len(rest) >= 1
    assert min(float(one[90:, 90:].max()) for one in rest) < 0.3
    assert max(float(one[40:90, 10:60].max()) for one in rest) > 0.9


def test_what_is_not_compact_is_no_sticker() -> None:
    lined = bird()
    for y in range(4, 120, 12):
        ImageDraw.Draw(lined).line((0, y, 119, y), fill="#e22", width=1)
    assert all(one[::12].max() >= 0 for one in peeled(lined))
    noise = Image.fromarray(np.random.default_rng(3).integers(0, 255, (80, 80, 3), np.uint8))
    assert peeled(noise) == []


def test_a_mark_mostly_covered_is_not_guessed() -> None:
    assert MATCHER.best(np.asarray(stuck(bird(), "nw", "#e22", share=0.95))) is None


def test_a_badge_larger_than_a_thin_mark_is_taken_off_too() -> None:
    sheet = Image.new("RGB", (240, 240), "white")
    draw = ImageDraw.Draw(sheet)
    draw.polygon([(20, 110), (110, 104), (220, 118), (120, 126)], fill="#126")
    draw.ellipse((150, 130, 236, 216), fill="#e22")
    assert min(float(one[140:, 150:].max()) for one in peeled(sheet)) < 0.3


def test_where_the_badge_lay_is_told_beside_what_is_left() -> None:
    pixels = np.asarray(stuck(bird(), "se", "#e22"))
    hidden = [seen for _, seen in without_sticker(cv2, pixels, apart(pixels))]
    assert any(not seen[100, 100] and seen[10, 10] for seen in hidden)
