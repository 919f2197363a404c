"""Symbol logos of the CC0 set `simple-icons` as brands and as strangers, in scenes of this set's own.

Brands are drawn with a seed of our own, eighteen a half; no logo stands in both halves.
"""

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import drawing
import resvg_py
from drawing import Colour
from halves import half
from PIL import Image, ImageDraw, ImageFilter

SEED = 20261122
BRANDS = 18
POSITIVES, NEGATIVES = 180, 280
DOSSIER = """id = "{slug}"
owner = "{slug}"
finance = true

[names]
primary = "试验品牌{slug}"

[[channels]]
kind = "domain"
value = "{slug}.example"
exists = "yes"
source = "invented"

[[logos]]
file = "{slug}/symbol.png"
kind = "symbol"
"""


@dataclass(frozen=True)
class Logo:
    """One drawing of the set."""

    slug: str
    svg: str

    def drawn(self, size: int, ink: Colour, ground: Colour) -> Image.Image:
        """The logo in one colour on a ground, with a margin of a tenth."""
        colour = "#{:02x}{:02x}{:02x}".format(*ink)
        data = resvg_py.svg_to_bytes(svg_string=self.svg.replace("<svg ", f'<svg fill="{colour}" ', 1), width=size)
        over = Image.open(io.BytesIO(bytes(data))).convert("RGBA")
        image = Image.new("RGB", (size * 12 // 10, size * 12 // 10), ground)
        image.paste(over, (size // 10, size // 10), over)
        return image


def logos(folder: Path, which: str) -> tuple[list[Logo], list[Logo]]:
    """(brands, strangers) of one half. Plain letters and discs are no brands: their drawing is under 300 characters."""
    mine = sorted(path for path in folder.glob("*.svg") if half(path.stem) == which)
    rng = random.Random(SEED)
    rng.shuffle(mine)
    brands: list[Logo] = []
    strangers: list[Logo] = []
    for path in mine:
        logo = Logo(path.stem, path.read_text(encoding="utf-8"))
        rich = len(logo.svg) > 600
        if len(brands) < BRANDS and rich and not any(path.stem[:4] == brand.slug[:4] for brand in brands):
            brands.append(logo)
        else:
            strangers.append(logo)
    names = {brand.slug[:5] for brand in brands}
    return brands, [logo for logo in strangers if logo.slug[:5] not in names]


def dossiers(brands: list[Logo], folder: Path) -> None:
    """Writes a dossier and its reference picture for each of BRANDS."""
    for brand in brands:
        (folder / brand.slug).mkdir(parents=True)
        ink = random.Random(brand.slug).choice(drawing.DARK)
        brand.drawn(256, ink, (255, 255, 255)).save(folder / brand.slug / "symbol.png")
        (folder / f"{brand.slug}.toml").write_text(DOSSIER.format(slug=brand.slug), encoding="utf-8")


def _ink(logo: Logo) -> Colour:
    return random.Random(logo.slug).choice(drawing.DARK)


def _screenshot(logo: Logo, rng: random.Random) -> Image.Image:
    image = Image.new("RGB", (390, 700), (250, 250, 252))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 390, 40), fill=(230, 230, 235))
    size = rng.choice((72, 96, 120))
    mark = logo.drawn(size, _ink(logo), (250, 250, 252))
    image.paste(mark, (rng.choice((24, (390 - mark.width) // 2)), rng.randint(60, 120)))
    font = drawing.face(rng.choice(drawing.FONTS), 22)
    for number in range(6):
        draw.text(
            (28, 330 + number * 52),
            rng.choice(("我的订单", "账户设置", "帮助中心", "消息通知")),
            font=font,
            fill=(60, 60, 60),
        )
        draw.line((20, 370 + number * 52, 370, 370 + number * 52), fill=(220, 220, 220))
    return image


def _store(logo: Logo, rng: random.Random) -> Image.Image:
    image = Image.new("RGB", (480, 640), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    size = rng.choice((84, 100))
    icon = logo.drawn(size, _ink(logo), (245, 245, 245))
    mask = Image.new("L", icon.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, icon.width - 1, icon.height - 1), icon.width // 5, fill=255)
    image.paste(icon, (30, 40), mask)
    draw.text((180, 50), "应用详情", font=drawing.face(drawing.FONTS[0], 28), fill=(20, 20, 20))
    draw.rounded_rectangle((180, 110, 290, 146), 18, fill=(0, 140, 90))
    for number in range(3):
        left = 30 + 145 * number
        draw.rectangle((left, 240, left + 130, 500), fill=rng.choice(drawing.PALE), outline=(210, 210, 210))
    return image


def _photo(logo: Logo, rng: random.Random) -> Image.Image:
    mark = logo.drawn(180, _ink(logo), (250, 250, 250))
    side = mark.width
    corners = [(rng.randint(0, 22), rng.randint(0, 22)) for _ in range(4)]
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    data = (-ax, -ay, -bx, side + by, side + cx, side + cy, side + dx, -dy)
    mark = mark.transform(mark.size, Image.Transform.QUAD, data, Image.Resampling.BICUBIC, fillcolor=(250, 250, 250))
    image = Image.new("RGB", (520, 520), rng.choice(drawing.PALE))
    image.paste(mark, (rng.randint(40, 240), rng.randint(40, 240)))
    image = image.filter(ImageFilter.GaussianBlur(rng.choice((0.8, 1.2, 1.6))))
    return Image.blend(image, Image.effect_noise(image.size, 30).convert("RGB"), 0.12)


def _sticker(logo: Logo, rng: random.Random) -> Image.Image:
    image = logo.drawn(200, _ink(logo), (255, 255, 255))
    x, y = rng.choice(((10, 10), (150, 10), (10, 150), (150, 150)))
    ImageDraw.Draw(image).ellipse((x, y, x + 78, y + 78), fill=rng.choice(((230, 40, 40), (250, 200, 0), (0, 170, 80))))
    return image


def _dark(logo: Logo, rng: random.Random) -> Image.Image:
    return logo.drawn(rng.choice((64, 120, 200)), (240, 240, 240), (18, 18, 22))


def _jpeg(logo: Logo, rng: random.Random) -> Image.Image:
    kept = io.BytesIO()
    logo.drawn(rng.choice((60, 90, 140)), _ink(logo), (255, 255, 255)).save(kept, "JPEG", quality=rng.randint(8, 20))
    return Image.open(kept).convert("RGB")


def _recoloured(logo: Logo, rng: random.Random) -> Image.Image:
    return logo.drawn(140, rng.choice(((240, 90, 20), (220, 0, 120), (0, 160, 190))), (255, 255, 255))


def _tilted(logo: Logo, rng: random.Random) -> Image.Image:
    image = logo.drawn(160, _ink(logo), (255, 255, 255))
    return image.rotate(rng.choice((-12, -7, 7, 12)), Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255))


def _small(logo: Logo, rng: random.Random) -> Image.Image:
    return logo.drawn(rng.choice((24, 32, 40)), _ink(logo), (255, 255, 255))


def _poster(logo: Logo, rng: random.Random) -> Image.Image:
    ground = rng.choice(drawing.PALE)
    image = Image.new("RGB", (600, 860), ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 700, 600, 860), fill=rng.choice(drawing.DARK))
    draw.text((60, 420), "开业大吉", font=drawing.face(rng.choice(drawing.FONTS), 90), fill=rng.choice(drawing.DARK))
    image.paste(logo.drawn(rng.choice((110, 170)), _ink(logo), ground), (rng.randint(30, 380), rng.randint(30, 180)))
    return image


SCENES: dict[str, Callable[[Logo, random.Random], Image.Image]] = {
    "screenshot": _screenshot, "store": _store, "photo": _photo, "sticker": _sticker, "dark": _dark,
    "jpeg": _jpeg, "recoloured": _recoloured, "tilted": _tilted, "small": _small, "poster": _poster,
}  # fmt: skip


def pictures(brands: list[Logo], strangers: list[Logo], which: str) -> Iterator[tuple[str, str, Image.Image]]:
    """(scene, slug of the brand shown or "", picture): every brand in every scene, then strangers in every scene."""
    names = sorted(SCENES)
    for number in range(POSITIVES):
        brand, scene = brands[number % len(brands)], names[(number // len(brands)) % len(names)]
        yield scene, brand.slug, SCENES[scene](brand, random.Random(f"{which} yes {number}"))
    for number in range(NEGATIVES):
        scene = names[number % len(names)]
        yield scene, "", SCENES[scene](strangers[number], random.Random(f"{which} no {number}"))
