"""Icon likeness: is a copied icon known again, and an unlike one left alone?

Marks and strangers are drawn here, as real icon sets may not be shipped; real icons out of a folder of packages join
the strangers where one is given. Two generators: `plain` draws one to three figures an icon, where a single disc is
like every other by nature, `rich` three to five. Copies are resized, recompressed, recoloured, inverted, cropped,
rounded, padded and faded; `mixed` is an off-centre crop with two of the others on top.

The threshold is fixed on drawings of one split and never moved on the one that is reported.
"""

import io
import random
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps

from zhengben.detect.app_icon import ALIKE_AT
from zhengben.examine.apk.icons import draw_icons
from zhengben.examine.apk.package import open_package
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.appicon import alike, icon_print, open_picture, picture_print

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
WORDS = "微信支付宝银行贷款借呗花粒众金融钱包保险基金证券天气日历音乐视频地图新闻体育健康教育购物"
Picture = Image.Image


GENERATORS = {"plain": (1, 3), "rich": (3, 5)}
TUNED, REPORTED = 0, 500_000  # numbers of the drawings the threshold is fixed on, and of those that are counted


def drawn(number: int, figures: tuple[int, int] = (3, 5)) -> Picture:
    """Draw icon `number`: a ground and so many figures."""
    luck = random.Random(number)
    colours = [tuple(luck.randrange(256) for _ in range(3)) for _ in range(6)]
    image = Image.new("RGB", (192, 192), colours[0])
    draw = ImageDraw.Draw(image)
    for i in range(luck.randint(*figures)):
        x, y, size = luck.randint(20, 90), luck.randint(20, 90), luck.randint(40, 90)
        box = (x, y, x + size, y + size)
        kind, fill = luck.randrange(6), (255, 255, 255) if i == 0 else colours[i]
        if kind == 0:
            draw.ellipse(box, fill=fill)
        elif kind == 1:
            draw.rounded_rectangle(box, 14, fill=fill)
        elif kind == 2:
            draw.polygon([(x, y + size), (x + size, y + size), (x + luck.randrange(size), y)], fill=fill)
        elif kind == 3:
            draw.arc(box, luck.randrange(360), luck.randrange(360), fill=fill, width=luck.randint(8, 20))
        elif kind == 4:
            draw.line([(luck.randint(20, 170), luck.randint(20, 170)) for _ in range(4)], fill=fill, width=14)
        else:
            draw.text((x - 10, y - 30), luck.choice(WORDS), font=_font(luck.randint(80, 130)), fill=fill)
    return image


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.truetype(FONT, size) if Path(FONT).is_file() else ImageFont.load_default()


def _resized(image: Picture) -> Picture:
    return image.resize((72, 72), Image.Resampling.BICUBIC)


def _recompressed(image: Picture) -> Picture:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=25)
    return open_picture(out.getvalue()) or image


def _recoloured(image: Picture) -> Picture:
    hue, saturation, value = image.convert("RGB").convert("HSV").split()
    return Image.merge("HSV", (hue.point(lambda h: (h + 90) % 256), saturation, value)).convert("RGB")


def _inverted(image: Picture) -> Picture:
    return ImageOps.invert(image.convert("RGB"))


def _cropped(image: Picture) -> Picture:
    edge = image.width // 12
    return image.crop((edge, edge, image.width - edge, image.height - edge))


def _rounded(image: Picture) -> Picture:
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).ellipse((0, 0, image.width - 1, image.height - 1), fill=255)
    out = image.convert("RGBA")
    out.putalpha(mask)
    return out


def _padded(image: Picture) -> Picture:
    ground = image.convert("RGB").getpixel((3, 3))
    out = Image.new("RGB", (image.width * 5 // 4, image.height * 5 // 4), ground)  # type: ignore[arg-type]  # an RGB pixel
    out.paste(image, (image.width // 8, image.height // 8))
    return out


def _faded(image: Picture) -> Picture:
    return ImageEnhance.Contrast(image.convert("RGB")).enhance(0.6)


def _mixed(image: Picture) -> Picture:
    luck = random.Random(zlib.crc32(image.tobytes()))
    edges = [int(image.width * luck.uniform(0, 0.13)) for _ in range(4)]
    out = image.crop((edges[0], edges[1], image.width - edges[2], image.height - edges[3]))
    for change in luck.sample((_recoloured, _recompressed, _faded, _inverted), 2):
        out = change(out)
    return _rounded(out.resize((luck.choice((48, 72, 96, 144)),) * 2, Image.Resampling.BICUBIC))


CHANGES: dict[str, Callable[[Picture], Picture]] = {
    "resized": _resized, "recompressed": _recompressed, "recoloured": _recoloured, "inverted": _inverted,
    "cropped": _cropped, "rounded": _rounded, "padded": _padded, "faded": _faded,
}  # fmt: skip


def real_icons(files: Sequence[Path]) -> list[str]:
    """Give the prints of the different icons of some packages."""
    prints: dict[str, None] = {}
    for path in files:
        for icon in draw_icons(open_package(Archive(path.read_bytes()))):
            if looks := icon_print(icon.png):
                prints[looks] = None
    return list(prints)


def measure(files: Sequence[Path], marks: int = 60, strangers: int = 600) -> dict[str, object]:
    """Give, for each generator, the threshold of the first split and what it does on the second."""
    return {name: _generator(figures, files, marks, strangers) for name, figures in GENERATORS.items()}


def _generator(figures: tuple[int, int], files: Sequence[Path], marks: int, strangers: int) -> dict[str, object]:
    tuned = sorted(_false(figures, TUNED, 10, strangers, []), reverse=True)
    threshold = max(tuned[int(len(tuned) * 0.01)], ALIKE_AT)
    real = real_icons(files)
    false = list(_false(figures, REPORTED, 10, strangers, real))
    known = [picture_print(drawn(REPORTED + i, figures), whole=True) for i in range(marks)]
    hits: dict[str, float] = {}
    for name, change in {**CHANGES, "mixed": _mixed}.items():
        copies = (picture_print(change(drawn(REPORTED + i, figures))) for i in range(marks))
        hits[name] = round(sum(_first(copy, known, threshold) == i for i, copy in enumerate(copies)) / marks, 3)
    mixed = hits.pop("mixed")
    return {
        "marks": marks, "strangers": len(false), "real_among_them": len(real), "threshold": round(threshold, 3),
        "false": round(sum(score > threshold for score in false) / len(false), 4),
        "recall_at_1": round(sum(hits.values()) / len(hits), 3), "by_change": hits, "mixed": mixed,
    }  # fmt: skip


def _false(figures: tuple[int, int], first: int, marks: int, strangers: int, real: Sequence[str]) -> Iterator[float]:
    """Give each stranger's best likeness to any of ten marks: what a dossier of ten pictures would be told."""
    known = [picture_print(drawn(first + i, figures), whole=True) for i in range(marks)]
    unlike = [picture_print(drawn(first + 10_000 + i, figures)) for i in range(strangers)]
    for stranger in (*unlike, *real):
        yield max(alike(stranger, mark) for mark in known)


def _first(looks: str, known: Sequence[str], threshold: float) -> int:
    scores = [alike(looks, mark) for mark in known]
    best = max(range(len(scores)), key=scores.__getitem__)
    return best if scores[best] > threshold else -1
