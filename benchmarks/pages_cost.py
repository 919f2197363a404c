"""What looking at one page costs: CPU of one thread, and memory, for a phone's screen of 390 x 844 pixels.

Three sorts of pages, drawn here: words in the document and nothing else; the same as a capture with pictures, a code
and marks to look for (words read only where secrets are asked); a page that is one picture, whose words are read.
"""

import argparse
import random
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from pages_pictures import FONTS, colour, png
from pages_text import SEEDS
from zhengben.core.brand import Brand
from zhengben.core.fetched import Box, Captured
from zhengben.core.judge import judge
from zhengben.core.pagefacts import PageFacts, Reference
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage
from zhengben.detect.registry import detect_all
from zhengben.examine.indicators import find_contacts
from zhengben.examine.page import examine_page
from zhengben.examine.page_pictures import examine_captured
from zhengben.flow.dossiers import load_brands
from zhengben.range.planter import plant
from zhengben.range.scenario import read_scenario

WIDTH, HEIGHT = 390, 844
LINES = (
    "微粒贷", "官方申请通道", "最高可借30万", "年化利率低至7.2%", "随借随还 按日计息", "真实姓名", "身份证号码",
    "银行卡号", "预留手机号", "短信验证码", "我已阅读并同意借款协议", "立即申请", "客服 400-800-1234", "由合作机构提供",
)  # fmt: skip


def screen(chance: random.Random) -> Image.Image:
    """Draw a phone's screen full of words."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), colour(chance, dark=False))
    draw = ImageDraw.Draw(sheet)
    for number, line in enumerate(chance.sample(LINES, 12)):
        face = ImageFont.truetype(FONTS + "NotoSansCJK-Bold.ttc", chance.randint(16, 34))
        draw.text((chance.randint(10, 60), 16 + 68 * number), line, font=face, fill=colour(chance, dark=True))
    return sheet


def mark(seed: int, size: int) -> Image.Image:
    """Draw an invented symbol of a few strokes."""
    chance = random.Random(f"mark{seed}")
    sheet = Image.new("RGB", (120, 120), "white")
    draw = ImageDraw.Draw(sheet)
    for _ in range(4):
        points = [(chance.randint(5, 115), chance.randint(5, 115)) for _ in range(3)]
        draw.polygon(points, fill=colour(chance, dark=True))
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


def drawn(html: str, chance: random.Random) -> Captured:
    """Give a capture of a wordy page with five pictures and a code on it."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), "white")
    boxes = []
    for number in range(5):
        sheet.paste(mark(chance.randrange(50), 48), (10 + 70 * number, 20))
        boxes.append(Box(kind="img", x=10 + 70 * number, y=20, width=48, height=48, text=f"/{number}.png"))
    made = zxingcpp.create_barcode(f"https://{chance.randrange(10**6)}.example/d", zxingcpp.BarcodeFormat.QRCode)
    sheet.paste(Image.fromarray(np.asarray(zxingcpp.write_barcode_to_image(made, scale=4))).convert("RGB"), (120, 300))
    return captured(html + "<p>" + "词语" * 80, sheet, *boxes)


def captured(html: str, sheet: Image.Image, *boxes: Box) -> Captured:
    """Wrap a drawn screen as a capture."""
    return Captured(
        url="https://a.example/", final_url="https://a.example/", profile="mobile", status=200, dom=html,
        screenshot=png(sheet), boxes=boxes, favicon=png(mark(3, 32)),
    )  # fmt: skip


def run(options: argparse.Namespace) -> dict[str, object]:
    """Measure whole pages: reading, contacts, every detector for every shipped brand, judging."""
    brands, scenario = load_brands(), read_scenario("small")
    references = tuple(Reference(brand="b", file=f"{n}.png", body=png(mark(900 + n, 200))) for n in range(2))
    worlds = list(SEEDS[options.split])[:3]
    places = [thing.places[0] for seed in worlds for thing in plant(scenario, seed, brands[0]) if thing.places]
    htmls = [place.body.decode("utf-8", "replace") for place in places][: options.pages or 120]
    chance = random.Random(f"{options.seed}{options.split}cost")

    def judged(page: PageFacts) -> None:
        _judge(page, brands)

    wordy = [drawn(html, chance) for html in htmls]
    pictures = [captured("<img src=/p.png>", screen(chance), Box(kind="img", x=0, y=0, width=WIDTH, height=HEIGHT))
                for _ in range(min(40, len(htmls)))]  # fmt: skip
    return {
        "document_only": _times([lambda h=h: judged(examine_page(h, "https://a.example/")) for h in htmls]),
        "capture_without_ocr": _times([lambda c=c: judged(examine_captured(c, references)) for c in wordy]),
        "peak_mb_without_ocr": _peak(),
        "capture_with_ocr": _times([lambda c=c: judged(examine_captured(c, references)) for c in pictures]),
        "peak_mb": _peak(),
    }


def _judge(page: PageFacts, brands: Sequence[Brand]) -> None:
    """Find contacts and reasons and judge, as a look does."""
    text = "\n".join((page.title, page.text, *page.image_words, *page.qr))
    host = urlsplit(page.url).hostname or ""
    sighting = Sighting(kind="url", target=page.url, text=text, host=host, page=page, contacts=find_contacts(text))
    for brand, reasons in detect_all(sighting, brands).items():
        judge(brand, reasons, Coverage(page.missing))


def _times(jobs: list[Callable[[], None]]) -> dict[str, object]:
    times = []
    for job in (jobs[0], *jobs):  # the first again: it loads engines
        started = time.process_time()
        job()
        times.append((time.process_time() - started) * 1000)
    ordered = sorted(times[1:])
    return {
        "pages": len(ordered), "median_ms": round(statistics.median(ordered), 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 1), "most_ms": round(ordered[-1], 1),
    }  # fmt: skip


def _peak() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
