"""The picture parts of the page benchmark: symbols and codes. Everything is generated from a seed."""

import argparse
import io
import math
import random
import statistics
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import resvg_py
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from zhengben.core.pagefacts import Reference
from zhengben.examine.logo import Matcher
from zhengben.examine.qr import read_codes

CONDITIONS = ("clean", "small", "lowq", "recolour", "occluded", "skew", "aside", "turned")
BRANDS = 36
FONTS = "/usr/share/fonts/opentype/noto/"


def wilson(hits: int, of: int) -> list[float]:
    """Give Wilson's 95 % interval of a share."""
    if not of:
        return [0.0, 1.0]
    share, z = hits / of, 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return [round(max(0.0, middle - reach), 4), round(min(1.0, middle + reach), 4)]


def png(pixels: Any) -> bytes:
    """Give pixels, or an image, as PNG."""
    out = io.BytesIO()
    (pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)).save(out, "PNG")
    return out.getvalue()


def icon(path: Path, size: int, ink: str = "#111") -> Image.Image:
    """Draw an icon of one colour, on nothing."""
    source = path.read_text("utf-8").replace("<svg ", f'<svg fill="{ink}" ', 1)
    png = bytes(resvg_py.svg_to_bytes(svg_string=source, width=size, height=size))
    return Image.open(io.BytesIO(png)).convert("RGBA")


def colour(chance: random.Random, *, dark: bool) -> tuple[int, int, int]:
    """Give a dark or a light colour."""
    low, high = (0, 110) if dark else (190, 255)
    return chance.randint(low, high), chance.randint(low, high), chance.randint(low, high)


def shown(path: Path, condition: str, chance: random.Random) -> Any:
    """Give an icon as a page under this condition shows it, as RGB pixels with some ground around it."""
    size = chance.randint(16, 26) if condition == "small" else chance.randint(40, 128)
    ground = (255, 255, 255) if condition in {"clean", "small", "lowq"} else colour(chance, dark=chance.random() < 0.4)
    light = sum(ground) > 380
    ink = colour(chance, dark=light) if condition != "clean" else (20, 20, 20)
    drawn = icon(path, size * 3, f"rgb({ink[0]},{ink[1]},{ink[2]})").resize((size, size), Image.Resampling.LANCZOS)
    room = max(3, size // 8)
    sheet = Image.new("RGB", (size + 2 * room, size + 2 * room), ground)
    sheet.paste(drawn, (room, room), drawn)
    return _spoilt(sheet, condition, size, room, chance)


def _spoilt(sheet: Image.Image, condition: str, size: int, room: int, chance: random.Random) -> Any:
    if condition == "occluded":
        side = round(size * chance.uniform(0.25, 0.4))
        left, top = chance.choice((room, room + size - side)), chance.choice((room, room + size - side))
        ImageDraw.Draw(sheet).ellipse((left, top, left + side, top + side), fill=(230, 30, 30))
    if condition == "skew":
        pixels = np.asarray(sheet)
        height, width = pixels.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), chance.uniform(-8, 8), chance.uniform(0.85, 1.0))
        turn[0, 1] += chance.uniform(-0.06, 0.06)
        rim = tuple(int(v) for v in pixels[0, 0])
        return cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=rim)
    if condition in {"aside", "turned"}:
        return _photographed(np.asarray(sheet), condition, chance)
    if condition == "lowq":
        sheet = sheet.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 1.1)))
        out = io.BytesIO()
        sheet.save(out, "JPEG", quality=chance.randint(10, 30))
        return np.asarray(Image.open(out).convert("RGB"))
    return np.asarray(sheet)


def _photographed(pixels: Any, condition: str, chance: random.Random) -> Any:
    """Show a sheet seen from aside, or turned by 10 to 20 degrees, a little blurred."""
    height, width = pixels.shape[:2]
    rim = tuple(int(v) for v in pixels[0, 0])
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    if condition == "aside":
        far = [[chance.uniform(0, 0.12) * width, chance.uniform(0, 0.12) * height] for _ in range(4)]
        moved = np.array(far, np.float32) * np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32) + corners
        way = cv2.getPerspectiveTransform(corners, moved)
    else:
        angle = chance.uniform(10, 20) * chance.choice((-1, 1))
        way = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 0.85), [0, 0, 1]])
    shown = cv2.warpPerspective(pixels, way, (width, height), flags=cv2.INTER_LINEAR, borderValue=rim)
    return cv2.GaussianBlur(shown, (0, 0), chance.uniform(0.4, 1.0))


def logos(options: argparse.Namespace) -> dict[str, object]:
    """Measure symbol matching: brands and distractors are disjoint between the splits."""
    if not options.icons:
        raise SystemExit("logos needs --icons FOLDER; see the top of benchmarks/pages.py")
    icons = sorted(options.icons.glob("*.svg"))
    chance = random.Random(options.seed)
    chance.shuffle(icons)
    half = len(icons) // 2
    mine = icons[:half] if options.split == "first" else icons[half:]
    brands, others = mine[:BRANDS], mine[BRANDS:]
    matcher = Matcher(
        [Reference(brand=path.stem, file=path.name, body=png(np.asarray(on_white(icon(path, 256))))) for path in brands]
    )
    started, boxes = time.process_time(), 0
    rows: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for condition in CONDITIONS:
        for number, path in enumerate(brands * 4):
            best = matcher.best(shown(path, condition, random.Random(f"{options.seed}{condition}{number}")))
            boxes += 1
            rows[condition].append(
                (bool(best and best[0] == number % BRANDS), bool(best and best[0] != number % BRANDS))
            )
    pages = options.pages or 1000
    false_pages, false_boxes, worst = 0, 0, Counter[str]()
    for page in range(pages):
        chance = random.Random(f"{options.seed}page{page}")
        hit = False
        for path in chance.sample(others, chance.randint(3, 7)):
            best = matcher.best(shown(path, chance.choice(CONDITIONS), chance))
            boxes += 1
            if best:
                hit, false_boxes = True, false_boxes + 1
                worst[f"{path.stem} for {brands[best[0]].stem}"] += 1
        false_pages += hit
    spent = time.process_time() - started
    return _logo_figures(rows, pages, false_pages, false_boxes, spent / max(1, boxes), worst)


def on_white(drawn: Image.Image) -> Image.Image:
    """Put a drawing on white."""
    sheet = Image.new("RGB", drawn.size, "white")
    sheet.paste(drawn, mask=drawn)
    return sheet


def _logo_figures(
    rows: Any, pages: int, false_pages: int, false_boxes: int, each: float, worst: Any
) -> dict[str, object]:
    figures: dict[str, object] = {"brands": BRANDS}
    right = wrong = total = 0
    for condition, seen in rows.items():
        hits = sum(r[0] for r in seen)
        figures[condition] = {"recall": round(hits / len(seen), 3), "of": len(seen), "ci": wilson(hits, len(seen))}
        right, wrong, total = right + hits, wrong + sum(r[1] for r in seen), total + len(seen)
    easy = [r for name in ("clean", "small", "lowq") for r in rows[name]]
    figures["easy"] = {"recall": round(sum(r[0] for r in easy) / len(easy), 3), "of": len(easy)}
    figures["all"] = {"recall": round(right / total, 3), "of": total, "ci": wilson(right, total)}
    figures["wrong_brand"] = {"share": round(wrong / total, 4), "of": total}
    figures["negative_pages"] = {
        "false": false_pages,
        "of": pages,
        "ci": wilson(false_pages, pages),
        "boxes": false_boxes,
    }
    figures["ms_per_box"] = round(each * 1000, 2)
    figures["confused"] = worst.most_common(8)
    return figures


def _poster(code: Any, kind: str, chance: random.Random) -> Any:
    """Put a code on a noisy poster, spoilt in one way."""
    module = chance.randint(2, 6)
    side = code.shape[0] * module
    big = cv2.resize(code, (side, side), interpolation=cv2.INTER_NEAREST)
    if kind == "logo":
        at, reach = side // 2, side // 9
        cv2.circle(big, (at, at), reach, 255, -1)
        cv2.circle(big, (at, at), reach - 2, 90, -1)
    ink, ground = ((20, 20, 60), (250, 245, 235)) if kind != "colour" else ((150, 20, 20), (250, 220, 150))
    if kind == "inverted":
        ink, ground = (245, 245, 245), (20, 40, 90)
    quiet = module * 4
    block = np.full((side + 2 * quiet, side + 2 * quiet, 3), ground, np.uint8)
    inside = np.where(big[:, :, None] < 128, np.array(ink, np.uint8), np.array(ground, np.uint8))
    block[quiet : quiet + side, quiet : quiet + side] = inside
    height, width = block.shape[0] + 300, block.shape[1] + 200
    noise = np.random.default_rng(chance.randrange(1 << 30)).integers(
        60, 200, (height // 8 + 1, width // 8 + 1, 3), np.uint8
    )
    poster = cv2.resize(noise, (width, height), interpolation=cv2.INTER_LINEAR)
    poster[150 : 150 + block.shape[0], 100 : 100 + block.shape[1]] = block
    return _bent(poster, kind, module, chance)


def _bent(poster: Any, kind: str, module: int, chance: random.Random) -> Any:
    height, width = poster.shape[:2]
    if kind == "turned":
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), chance.uniform(-40, 40), 1)
        poster = cv2.warpAffine(poster, turn, (width, height), borderValue=(128, 128, 128))
    if kind == "perspective":
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        moved = corners + np.array(
            [[chance.uniform(-0.08, 0.08) * width, chance.uniform(-0.05, 0.05) * height] for _ in range(4)], np.float32
        )
        poster = cv2.warpPerspective(poster, cv2.getPerspectiveTransform(corners, moved), (width, height))
    if kind == "blur":
        poster = cv2.GaussianBlur(poster, (0, 0), module * 0.35)
    if kind == "jpeg":
        _, packed = cv2.imencode(".jpg", poster, [cv2.IMWRITE_JPEG_QUALITY, chance.randint(15, 40)])
        poster = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return np.ascontiguousarray(poster)


def codes(options: argparse.Namespace) -> dict[str, object]:
    """Measure QR codes on hard posters, and posters without any."""
    count = options.pages or 240
    kinds = ("plain", "logo", "colour", "inverted", "turned", "perspective", "blur", "jpeg")
    figures: dict[str, object] = {}
    times, right, false = [], 0, 0
    missed = Counter[str]()
    for number in range(count):
        chance = random.Random(f"{options.seed}{options.split}{number}")
        text = f"https://{chance.randrange(10**9)}.example/d/{chance.randrange(10**6)}"
        made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="H")
        image = np.asarray(zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=False))
        kind = kinds[number % len(kinds)]
        poster = _poster(image if image.ndim == 2 else image[:, :, 0], kind, chance)
        started = time.process_time()
        read = [code.text for code in read_codes(poster)]
        times.append(time.process_time() - started)
        right += text in read
        missed[kind] += text not in read
        empty = _poster(np.full((25, 25), 255, np.uint8), kind, chance)
        false += bool(read_codes(empty))
    figures["read"] = {"hits": right, "of": count, "share": round(right / count, 4), "ci": wilson(right, count)}
    figures["missed"] = {kind: n for kind, n in missed.items() if n}
    figures["false_on_posters_without"] = {"hits": false, "of": count}
    figures["median_ms"] = round(statistics.median(times) * 1000, 2)
    return figures
