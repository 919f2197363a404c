"""Posters with a code that is hard to read, in fourteen manners; each manner stands in one half."""

import io
import random
from collections.abc import Callable, Iterator

import drawing
import zxingcpp
from drawing import Colour
from PIL import Image, ImageDraw, ImageFilter

EACH = 8


def code(text: str, module: int, ink: Colour = (0, 0, 0), ground: Colour = (255, 255, 255)) -> Image.Image:
    """TEXT as a code with its quiet zone, MODULE pixels a module."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="H")
    grey = Image.fromarray(made.to_image(scale=1)).convert("L")
    grey = grey.resize((grey.width * module, grey.height * module), Image.Resampling.NEAREST)
    return Image.composite(Image.new("RGB", grey.size, ground), Image.new("RGB", grey.size, ink), grey)


def _stand(mark: Image.Image, rng: random.Random) -> Image.Image:
    image = Image.new("RGB", (max(560, mark.width + 160), mark.height + 420), rng.choice(drawing.DARK))
    draw = ImageDraw.Draw(image)
    draw.text((50, 60), "扫一扫 有惊喜", font=drawing.face(rng.choice(drawing.FONTS), 60), fill=(255, 235, 170))
    image.paste(mark, ((image.width - mark.width) // 2, rng.randint(170, 300)))
    return image


def _tiny(text: str, rng: random.Random) -> Image.Image:
    return _stand(code(text, 2), rng)


def _blurred(text: str, rng: random.Random) -> Image.Image:
    return _stand(code(text, 6), rng).filter(ImageFilter.GaussianBlur(2.2))


def _inverted(text: str, rng: random.Random) -> Image.Image:
    return _stand(code(text, 5, (255, 255, 255), (20, 20, 60)), rng)


def _coloured(text: str, rng: random.Random) -> Image.Image:
    return _stand(code(text, 5, rng.choice(((200, 60, 20), (20, 120, 60), (130, 20, 140))), (255, 245, 215)), rng)


def _pale(text: str, rng: random.Random) -> Image.Image:
    return _stand(code(text, 6, (170, 170, 170), (215, 215, 215)), rng)


def _centre(text: str, rng: random.Random) -> Image.Image:
    mark = code(text, 6)
    side = mark.width // 5
    half = (mark.width - side) // 2
    ImageDraw.Draw(mark).rounded_rectangle((half, half, half + side, half + side), 8, fill=rng.choice(drawing.DARK))
    return _stand(mark, rng)


def _rotated(text: str, rng: random.Random) -> Image.Image:
    turned = code(text, 5)
    turned = turned.rotate(rng.choice((17, 33, 45, 61)), Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    return _stand(turned, rng)


def _perspective(text: str, rng: random.Random) -> Image.Image:
    image = _stand(code(text, 6), rng)
    width, height = image.size
    data = (-60, -20, rng.randint(-20, 20), height + 30, width + 40, height + 90, width + 10, -rng.randint(40, 90))
    return image.transform(image.size, Image.Transform.QUAD, data, Image.Resampling.BICUBIC, fillcolor=(90, 90, 90))


def _jpeg(text: str, rng: random.Random) -> Image.Image:
    kept = io.BytesIO()
    _stand(code(text, 3), rng).save(kept, "JPEG", quality=rng.randint(8, 16))
    return Image.open(kept).convert("RGB")


def _noisy(text: str, rng: random.Random) -> Image.Image:
    image = _stand(code(text, 5), rng)
    return Image.blend(image, Image.effect_noise(image.size, 110).convert("RGB"), 0.45)


def _gradient(text: str, rng: random.Random) -> Image.Image:
    image = _stand(code(text, 5), rng)
    light = Image.linear_gradient("L").rotate(90).resize(image.size)
    return Image.composite(
        image, Image.new("RGB", image.size, (0, 0, 0)), light.point(lambda value: 60 + value * 3 // 4)
    )


def _scratched(text: str, rng: random.Random) -> Image.Image:
    mark = code(text, 6)
    draw = ImageDraw.Draw(mark)
    for _ in range(5):
        line = [rng.randint(0, mark.width) for _ in range(4)]
        draw.line(line, fill=(255, 255, 255), width=5)
    return _stand(mark, rng)


def _narrow(text: str, rng: random.Random) -> Image.Image:
    mark = code(text, 5)
    mark = mark.crop((12, 12, mark.width - 12, mark.height - 12)).resize((mark.width, mark.height * 3 // 4))
    return _stand(mark, rng)


def _two(text: str, rng: random.Random) -> Image.Image:
    both = Image.new("RGB", (520, 260), (255, 255, 255))
    other = code("https://help.example.org/menu", 4)
    both.paste(other, (10, 10))
    both.paste(code(text, 4), (270, 10))
    return _stand(both, rng)


MANNERS: dict[str, Callable[[str, random.Random], Image.Image]] = {
    "tiny": _tiny, "blurred": _blurred, "inverted": _inverted, "coloured": _coloured, "pale": _pale,
    "centre": _centre, "rotated": _rotated, "perspective": _perspective, "jpeg": _jpeg, "noisy": _noisy,
    "gradient": _gradient, "scratched": _scratched, "narrow": _narrow, "two": _two,
}  # fmt: skip


def posters(wanted: Callable[[str], bool]) -> Iterator[tuple[str, str, Image.Image]]:
    """(manner, host of the address in the code, poster), and a poster without a code (host empty) beside each."""
    for manner, make in MANNERS.items():
        if not wanted(manner):
            continue
        for number in range(EACH):
            rng = random.Random(f"{manner} {number}")
            host = f"{rng.choice(('dl', 'qr', 'm'))}{rng.randint(10, 999)}.{rng.choice(('kuaidl', 'vipx', 'zqh5'))}.top"
            yield manner, host, make(f"https://{host}/i?c={rng.randint(100, 99999)}", rng)
        bare = Image.new("RGB", (320, 320), (255, 255, 255))
        noise = Image.effect_noise((40, 40), 200).point(lambda value: 255 * (value > 128))
        bare.paste(noise.resize((280, 280), Image.Resampling.NEAREST).convert("RGB"), (20, 20))
        yield "none", "", _stand(bare, random.Random(manner))
