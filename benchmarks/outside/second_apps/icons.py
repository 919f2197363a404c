"""Made-up symbols, their changed copies, and strangers."""

import io
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from base import App, apk, encoded
from parts import Item
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

SYMBOLS, CHANGES_EACH, STRANGERS = 64, 6, 640
SIZE = 192
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
COLOURS = ("#d7263d", "#1b998b", "#2e294e", "#f46036", "#0c7bdc", "#ffc20a", "#5d3a9b", "#40b0a6", "#222222", "#ffffff")
Pen = Callable[[ImageDraw.ImageDraw, random.Random, str], None]


def _box(rng: random.Random) -> tuple[int, int, int, int]:
    x, y = rng.randrange(20, 110), rng.randrange(20, 110)
    return x, y, x + rng.randrange(40, 172 - max(x, y)), y + rng.randrange(40, 172 - max(x, y))


def _polygon(pen: ImageDraw.ImageDraw, rng: random.Random, fill: str) -> None:
    pen.polygon([(rng.randrange(15, 177), rng.randrange(15, 177)) for _ in range(rng.randrange(3, 7))], fill=fill)


def _ring(pen: ImageDraw.ImageDraw, rng: random.Random, fill: str) -> None:
    pen.arc(_box(rng), rng.randrange(360), rng.randrange(420, 700), fill=fill, width=rng.randrange(8, 24))


def _disc(pen: ImageDraw.ImageDraw, rng: random.Random, fill: str) -> None:
    pen.ellipse(_box(rng), fill=fill)


def _bar(pen: ImageDraw.ImageDraw, rng: random.Random, fill: str) -> None:
    pen.rounded_rectangle(_box(rng), radius=rng.randrange(2, 18), fill=fill)


def _stroke(pen: ImageDraw.ImageDraw, rng: random.Random, fill: str) -> None:
    pen.line(
        [(rng.randrange(15, 177), rng.randrange(15, 177)) for _ in range(4)], fill=fill, width=rng.randrange(8, 20)
    )


PENS: tuple[Pen, ...] = (_polygon, _ring, _disc, _bar, _stroke)


def symbol(seed: int) -> Image.Image:
    """A drawing of two to five figures on a plain ground; every fourth is mirrored on itself."""
    rng = random.Random(f"symbol {seed}")
    colours = rng.sample(COLOURS, 4)
    picture = Image.new("RGB", (SIZE, SIZE), colours[0])
    pen = ImageDraw.Draw(picture)
    for at in range(rng.randrange(2, 6)):
        rng.choice(PENS)(pen, rng, colours[1 + at % 3])
    if seed % 4 == 0:
        half = picture.crop((0, 0, SIZE // 2, SIZE))
        picture.paste(ImageOps.mirror(half), (SIZE // 2, 0))
    return picture


def _letter(seed: int) -> Image.Image:
    rng = random.Random(f"letter {seed}")
    ground, ink = rng.sample(COLOURS, 2)
    picture = Image.new("RGB", (SIZE, SIZE), ground)
    word = chr(0x4E00 + rng.randrange(4000)) if seed % 2 else chr(65 + rng.randrange(26)) + chr(97 + rng.randrange(26))
    font = ImageFont.truetype(FONT, rng.choice((90, 110, 130)))
    ImageDraw.Draw(picture).text((SIZE // 2, SIZE // 2), word, fill=ink, font=font, anchor="mm")
    return picture


def _sky(seed: int) -> Image.Image:
    rng = random.Random(f"sky {seed}")
    small = Image.new("RGB", (5, 5))
    small.putdata([(rng.randrange(256), rng.randrange(256), rng.randrange(256)) for _ in range(25)])
    return small.resize((SIZE, SIZE), Image.Resampling.BICUBIC)


def _same_ground(seed: int) -> Image.Image:
    """A stranger with the colours of a brand's symbol, and other figures."""
    rng = random.Random(f"near {seed}")
    model = symbol(seed % SYMBOLS)
    palette = [colour for _, colour in sorted(model.getcolors(SIZE * SIZE) or [], reverse=True)[:3]]
    inks = [f"#{bytes(c).hex()}" if isinstance(c, tuple) else "#123456" for c in palette]
    picture = Image.new("RGB", (SIZE, SIZE), inks[0])
    pen = ImageDraw.Draw(picture)
    for at in range(rng.randrange(2, 5)):
        rng.choice(PENS)(pen, rng, inks[1 + at % max(1, len(inks) - 1)] if len(inks) > 1 else "#123456")
    return picture


def _resize(picture: Image.Image, rng: random.Random) -> Image.Image:
    side = rng.choice((36, 48, 72, 144, 320))
    return picture.resize((side, side), Image.Resampling.LANCZOS)


def _jpeg(picture: Image.Image, rng: random.Random) -> Image.Image:
    raw = encoded(picture, "JPEG", quality=rng.choice((15, 30, 50)))
    return Image.open(io.BytesIO(raw)).convert("RGB")


def _hue(picture: Image.Image, rng: random.Random) -> Image.Image:
    h, s, v = picture.convert("HSV").split()
    shift = rng.choice((25, 60, 120, 190))
    return Image.merge("HSV", (h.point(lambda x: (x + shift) % 256), s, v)).convert("RGB")


def _grey(picture: Image.Image, _rng: random.Random) -> Image.Image:
    return picture.convert("L").convert("RGB")


def _bright(picture: Image.Image, rng: random.Random) -> Image.Image:
    lit = ImageEnhance.Brightness(picture).enhance(rng.choice((0.6, 1.4)))
    return ImageEnhance.Contrast(lit).enhance(rng.choice((0.7, 1.3)))


def _crop(picture: Image.Image, rng: random.Random) -> Image.Image:
    cut = rng.randrange(8, 20)
    return picture.crop((cut, cut, SIZE - cut, SIZE - cut)).resize((144, 144))


def _off_crop(picture: Image.Image, rng: random.Random) -> Image.Image:
    a, b = rng.randrange(0, 16), rng.randrange(0, 16)
    return picture.crop((a, b, SIZE - 16 + a, SIZE - 16 + b)).resize((144, 144))


def _masked(picture: Image.Image, radius: int) -> Image.Image:
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, picture.width - 1, picture.height - 1), radius, fill=255)
    out = picture.convert("RGBA")
    out.putalpha(mask)
    return out


def _rounded(picture: Image.Image, rng: random.Random) -> Image.Image:
    return _masked(picture, rng.choice((24, 40, 56)))


def _circle(picture: Image.Image, _rng: random.Random) -> Image.Image:
    return _masked(picture, SIZE // 2)


def _border(picture: Image.Image, rng: random.Random) -> Image.Image:
    return ImageOps.expand(picture, rng.randrange(6, 16), rng.choice(COLOURS)).resize((SIZE, SIZE))


def _badge(picture: Image.Image, rng: random.Random) -> Image.Image:
    out = picture.copy()
    pen = ImageDraw.Draw(out)
    x = rng.choice((0, 132))
    pen.ellipse((x, 0, x + 58, 58), fill="#f22")
    pen.text((x + 29, 29), rng.choice("1新V+"), fill="white", font=ImageFont.truetype(FONT, 36), anchor="mm")
    return out


def _ribbon(picture: Image.Image, _rng: random.Random) -> Image.Image:
    out = picture.copy()
    ImageDraw.Draw(out).rectangle((0, 150, SIZE, SIZE), fill="#e00")
    ImageDraw.Draw(out).text((96, 170), "极速版", fill="white", font=ImageFont.truetype(FONT, 30), anchor="mm")
    return out


def _rotate(picture: Image.Image, rng: random.Random) -> Image.Image:
    ground = picture.getpixel((2, 2))
    return picture.rotate(rng.choice((-8, -5, 5, 8)), Image.Resampling.BICUBIC, fillcolor=ground)


def _gradient(picture: Image.Image, rng: random.Random) -> Image.Image:
    shade = Image.linear_gradient("L").resize((SIZE, SIZE)).point(lambda x: x // 2)
    return Image.composite(Image.new("RGB", (SIZE, SIZE), rng.choice(("#000", "#fff"))), picture, shade)


def _blur(picture: Image.Image, rng: random.Random) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(rng.choice((1.5, 2.5))))


def _padded(picture: Image.Image, rng: random.Random) -> Image.Image:
    return ImageOps.expand(picture, rng.choice((20, 32)), "white").resize((SIZE, SIZE))


def _two(picture: Image.Image, rng: random.Random) -> Image.Image:
    return _rounded(_jpeg(_hue(picture, rng), rng).resize((SIZE, SIZE)), rng)


CHANGES = {
    "resize": _resize,
    "jpeg": _jpeg,
    "hue": _hue,
    "grey": _grey,
    "bright": _bright,
    "crop": _crop,
    "off-crop": _off_crop,
    "rounded": _rounded,
    "circle": _circle,
    "border": _border,
    "badge": _badge,
    "ribbon": _ribbon,
    "rotate": _rotate,
    "gradient": _gradient,
    "blur": _blur,
    "padded": _padded,
    "hue-jpeg-rounded": _two,
}
NAMED = ("resize", "jpeg", "hue", "grey", "bright", "crop", "off-crop", "rounded", "circle", "hue-jpeg-rounded")
STRANGE = {"figures": lambda seed: symbol(seed + 1000), "letter": _letter, "sky": _sky, "same-colours": _same_ground}


def _changed(seed: int, change: str) -> bytes:
    return _app(CHANGES[change](symbol(seed), random.Random(f"{change} {seed}")), seed)


def _app(picture: Image.Image, seed: int) -> bytes:
    return apk(App(f"com.icon.a{seed}", "客户端", icon=encoded(picture)))


def _stranger(kind: str, seed: int) -> bytes:
    return _app(STRANGE[kind](seed), seed + 5000)


def items() -> Iterator[Item]:
    """Changed copies (WANT names the brand) and strangers."""
    names = list(CHANGES)
    for seed in range(SYMBOLS):
        for turn in range(CHANGES_EACH):
            change = names[(seed * 7 + turn * 3) % len(names)]
            yield Item("icon-" + change, seed, ".apk", partial(_changed, seed, change), {"brand": f"mark{seed:02}"})
    kinds = list(STRANGE)
    for seed in range(STRANGERS):
        kind = kinds[seed % len(kinds)]
        yield Item("stranger-" + kind, seed, ".apk", partial(_stranger, kind, seed), {"brand": ""})


def lay(folder: Path) -> Path:
    """One dossier per symbol."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(SYMBOLS):
        ident = f"mark{seed:02}"
        word = chr(0x9F98 - seed) + chr(0x7C00 + seed * 3) + chr(0x8A00 + seed * 5)
        lines = [f'id = "{ident}"', f'owner = "{word}公司"', "finance = false", "[names]", f'primary = "{word}"']
        lines += ["[[channels]]", 'kind = "app"', 'exists = "never"', 'statement = "没有"', 'source = "invented"']
        lines += ["[[logos]]", f'file = "{ident}/symbol.png"', 'kind = "symbol"', ""]
        (folder / f"{ident}.toml").write_text("\n".join(lines), encoding="utf-8")
        (folder / ident).mkdir(exist_ok=True)
        (folder / ident / "symbol.png").write_bytes(encoded(symbol(seed)))
    return folder
