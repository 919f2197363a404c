"""Wordmarks drawn in fifteen manners, none of which is black on white, with every CJK typeface of the machine."""

import base64
import io
import math
import random
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

Colour = tuple[int, int, int]
_PLACES = ("opentype/noto/*CJK*.ttc", "truetype/wqy/*.ttc", "truetype/arphic/*.ttc")
FONTS = tuple(sorted(path for place in _PLACES for path in Path("/usr/share/fonts").glob(place)))
DARK: tuple[Colour, ...] = ((10, 60, 140), (120, 10, 20), (0, 90, 60), (60, 20, 100), (40, 40, 40))
PALE: tuple[Colour, ...] = ((240, 244, 250), (255, 246, 220), (232, 250, 238), (250, 232, 236))


def _index(path: Path) -> int:
    """The simplified Chinese face of a collection: Noto keeps the Japanese one first."""
    return 2 if "CJK" in path.name else 0


def face(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """The typeface at PATH, SIZE pixels high."""
    return ImageFont.truetype(str(path), size, index=_index(path))


def plain(words: str, font: ImageFont.FreeTypeFont, ink: Colour, ground: Colour, stroke: int = 0) -> Image.Image:
    """WORDS in one line with a margin of a third of their height."""
    left, top, right, bottom = font.getbbox(words, stroke_width=stroke)
    margin = int(font.size / 3)
    size = (int(right - left) + 2 * margin, int(bottom - top) + 2 * margin)
    image = Image.new("RGB", size, ground)
    place = (margin - left, margin - top)
    ImageDraw.Draw(image).text(place, words, font=font, fill=ink, stroke_width=stroke, stroke_fill=ink)
    return image


def _colours(rng: random.Random) -> tuple[Colour, Colour]:
    return rng.choice(DARK), rng.choice(PALE)


def _gradient(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    ink, ground = _colours(rng)
    mask = plain(words, font, (255, 255, 255), (0, 0, 0)).convert("L")
    ramp = Image.linear_gradient("L").rotate(90 * rng.randint(0, 3)).resize(mask.size)
    other = rng.choice(DARK)
    colours = Image.composite(Image.new("RGB", mask.size, ink), Image.new("RGB", mask.size, other), ramp)
    return Image.composite(colours, Image.new("RGB", mask.size, ground), mask)


def _outline(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    ink, ground = _colours(rng)
    image = plain(words, font, ink, ground, stroke=3)
    left, top, *_ = font.getbbox(words, stroke_width=3)
    margin = int(font.size / 3)
    ImageDraw.Draw(image).text((margin - left, margin - top), words, font=font, fill=(255, 255, 255))
    return image


def _slanted(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    ink, ground = _colours(rng)
    image = plain(words, font, ink, ground)
    shear = rng.choice((-0.35, -0.25, 0.25, 0.35))
    width = image.width + int(abs(shear) * image.height)
    shift = -abs(shear) * image.height if shear > 0 else 0
    data = (1.0, shear, shift, 0.0, 1.0, 0.0)
    return image.transform(
        (width, image.height), Image.Transform.AFFINE, data, Image.Resampling.BICUBIC, fillcolor=ground
    )


def _vertical(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    ink, ground = _colours(rng)
    step = int(font.size * 1.15)
    image = Image.new("RGB", (step * 2, step * len(words) + step), ground)
    draw = ImageDraw.Draw(image)
    for number, character in enumerate(words):
        draw.text((step // 2, step // 2 + number * step), character, font=font, fill=ink)
    return image


def _inverse(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    return plain(words, font, (255, 255, 255), rng.choice(DARK))


def _low_quality(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    ink, ground = _colours(rng)
    image = plain(words, font, ink, ground)
    image = image.resize((max(1, image.width // 2), max(1, image.height // 2)))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=rng.randint(10, 22))
    return Image.open(kept).convert("RGB")


def _noisy(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    image = plain(words, font, *_colours(rng))
    noise = Image.effect_noise(image.size, rng.randint(50, 90)).convert("RGB")
    return Image.blend(image, noise, 0.35).filter(ImageFilter.GaussianBlur(0.8))


def _shadow(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    ink, ground = _colours(rng)
    under = plain(words, font, (150, 150, 150), ground).filter(ImageFilter.GaussianBlur(2))
    over = plain(words, font, (255, 255, 255), (0, 0, 0)).convert("L")
    under.paste(Image.new("RGB", under.size, ink), (-3, -3), over)
    return under


def _spaced(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    return plain(rng.choice((" ", "  ")).join(words), font, *_colours(rng))


def _tilted(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    ground = rng.choice(DARK)
    image = plain(words, font, (255, 240, 120), ground)
    return image.rotate(rng.choice((-9, -6, 6, 9)), Image.Resampling.BICUBIC, expand=True, fillcolor=(245, 245, 245))


def _neon(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    light = rng.choice(((255, 60, 180), (60, 240, 255), (140, 255, 90)))
    glow = plain(words, font, light, (8, 8, 16), stroke=2).filter(ImageFilter.GaussianBlur(5))
    core = plain(words, font, (255, 255, 255), (0, 0, 0), stroke=2).convert("L")
    glow.paste(Image.new("RGB", glow.size, light), (0, 0), core.point(lambda value: value * 9 // 10))
    return glow


def _two_tone(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    step = int(font.size * 1.05)
    image = Image.new("RGB", (step * (len(words) + 1), int(font.size * 1.8)), rng.choice(PALE))
    draw = ImageDraw.Draw(image)
    for number, character in enumerate(words):
        place = (step // 2 + number * step, int(font.size * 0.3) + rng.randint(-4, 4))
        draw.text(place, character, font=font, fill=DARK[number % len(DARK)])
    return image


def _curved(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    ink, ground = _colours(rng)
    step = int(font.size * 1.08)
    image = Image.new("RGB", (step * (len(words) + 1), int(font.size * 2.2)), ground)
    draw = ImageDraw.Draw(image)
    for number, character in enumerate(words):
        lift = math.sin(math.pi * (number + 0.5) / len(words)) * font.size * 0.4
        draw.text((step // 2 + number * step, int(font.size * 0.8 - lift)), character, font=font, fill=ink)
    return image


def _poster(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    image = Image.new("RGB", (640, 900), rng.choice(DARK))
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        x, y, size = rng.randint(0, 640), rng.randint(0, 900), rng.randint(20, 140)
        draw.ellipse((x, y, x + size, y + size), fill=rng.choice(DARK))
    mark = plain(words, font, rng.choice(DARK), (255, 255, 255))
    image.paste(mark, ((640 - mark.width) // 2, rng.randint(80, 300)))
    small = face(FONTS[0], 30)
    for number, line in enumerate(rng.sample(("线上办理", "今日特惠", "名额有限", "一对一服务", "咨询有礼"), 3)):
        draw.text((80, 620 + number * 60), line, font=small, fill=(255, 230, 160))
    return image


def _blurred(words: str, font: ImageFont.FreeTypeFont, rng: random.Random) -> Image.Image:
    return plain(words, font, *_colours(rng)).filter(ImageFilter.GaussianBlur(font.size / 40))


STYLES: dict[str, Callable[[str, ImageFont.FreeTypeFont, random.Random], Image.Image]] = {
    "gradient": _gradient, "outline": _outline, "slanted": _slanted, "vertical": _vertical, "inverse": _inverse,
    "low_quality": _low_quality, "noisy": _noisy, "shadow": _shadow, "spaced": _spaced, "tilted": _tilted,
    "neon": _neon, "two_tone": _two_tone, "curved": _curved, "poster": _poster, "blurred": _blurred,
}  # fmt: skip


def draw(words: str, style: str, font: Path, rng: random.Random) -> Image.Image:
    """WORDS in STYLE, 44 to 72 pixels high, with the typeface at FONT."""
    return STYLES[style](words, face(font, rng.choice((44, 56, 72))), rng)


def written(image: Image.Image) -> str:
    """IMAGE as a data URI."""
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return "data:image/png;base64," + base64.b64encode(kept.getvalue()).decode()
