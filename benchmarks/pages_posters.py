"""Symbols inside one large picture: invented posters with words, foreign symbols and, on half of them, a brand's.

Thresholds are those of the boxes; nothing is set here. Brands and distractors are the same disjoint halves as in
`pages_pictures.logos`.
"""

import argparse
import random
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pages_pictures import BRANDS, FONTS, colour, icon, on_white, png, wilson
from zhengben.core.pagefacts import Reference
from zhengben.examine.image import Picture
from zhengben.examine.logo import Matcher, parts

WIDTH, HEIGHT = 720, 1080
LINES = ("随借随还", "最高可借30万", "立即下载", "官方客服", "无抵押免担保", "扫码领取额度", "三分钟到账", "限时优惠")


def poster(symbols: list[Path], chance: random.Random) -> Any:
    """Draw a poster with these symbols at places of their own, on a ground that runs from one colour to another."""
    above, below = colour(chance, dark=False), colour(chance, dark=False)
    run = np.linspace(0, 1, HEIGHT)[:, None, None]
    ground = (np.array(above) * (1 - run) + np.array(below) * run).astype(np.uint8)
    sheet = Image.fromarray(np.repeat(ground, WIDTH, axis=1))
    draw = ImageDraw.Draw(sheet)
    for number, line in enumerate(chance.sample(LINES, 5)):
        size = chance.randint(26, 64)
        face = ImageFont.truetype(FONTS + "NotoSansCJK-Bold.ttc", size)
        draw.text((chance.randint(20, 160), 330 + number * 140), line, font=face, fill=colour(chance, dark=True))
    for number, path in enumerate(symbols):
        size = chance.randint(48, 150)
        ink = colour(chance, dark=True)
        drawn = icon(path, size, f"rgb({ink[0]},{ink[1]},{ink[2]})")
        sheet.paste(drawn, (20 + number * 175 + chance.randint(0, 10), chance.randint(20, 140)), drawn)
    return np.asarray(sheet)


def _matched(sheet: np.ndarray, matcher: Matcher, places: list[int], times: list[float]) -> set[str]:
    """Give the brands whose symbol is found on a poster; note how many places were looked at, and how long it took."""
    picture = Picture(sheet, "")
    started = time.process_time()
    found = parts(picture, [("poster", 0, 0, WIDTH, HEIGHT)])
    matched = {matcher.references[best[0]].brand for one in found if (best := matcher.best(one.pixels))}
    times.append(time.process_time() - started)
    places.append(len(found))
    return matched


def run(options: argparse.Namespace) -> dict[str, object]:
    """Measure how many posters with a brand's symbol are known, and how many without one are taken for it."""
    if not options.icons:
        raise SystemExit("posters needs --icons FOLDER; see the top of benchmarks/pages.py")
    icons = sorted(options.icons.glob("*.svg"))
    random.Random(options.seed).shuffle(icons)
    half = len(icons) // 2
    mine = icons[:half] if options.split == "first" else icons[half:]
    brands, others = mine[:BRANDS], mine[BRANDS:]
    drawn = ((path, png(np.asarray(on_white(icon(path, 256))))) for path in brands)
    matcher = Matcher([Reference(brand=path.stem, file=path.name, body=body) for path, body in drawn])
    count = options.pages or 120
    seen, places, times = Counter[str](), list[int](), list[float]()
    for number in range(count):
        chance = random.Random(f"{options.seed}{options.split}poster{number}")
        foreign, brand = chance.sample(others, 3), brands[number % BRANDS]
        fourth = chance.sample(others, 1)
        matched = _matched(poster([brand, *foreign], chance), matcher, places, times)
        seen["known"] += brand.stem in matched
        seen["wrong_brand"] += bool(matched - {brand.stem})
        seen["false"] += bool(_matched(poster([*foreign, *fourth], chance), matcher, places, times))
    return {
        "known": {"hits": seen["known"], "of": count, "ci": wilson(seen["known"], count)},
        "wrong_brand": {"posters": seen["wrong_brand"], "of": count},
        "without_taken_for_a_brand": {"posters": seen["false"], "of": count, "ci": wilson(seen["false"], count)},
        "places_median": statistics.median(places),
        "median_ms": round(statistics.median(times) * 1000),
    }
