"""Wordmarks: Chinese names drawn as pictures, read, and judged on a page that asks for an identity card.

The words stand in `pages_words.toml`; the first split was looked at, the second only counted. Beside the words written
there, look-alikes are made by putting another character in each place of a name; characters are halved between the
splits, and words that are said like a genuine name are left out, because those are disguises.
"""

import argparse
import io
import random
import statistics
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from pypinyin import lazy_pinyin

from pages_pictures import colour, wilson
from zhengben.core.brand import Brand
from zhengben.core.judge import judge
from zhengben.core.pagefacts import PageFacts, ReadLine
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Verdict
from zhengben.detect.page_words import own_places
from zhengben.detect.registry import detect_all
from zhengben.examine.ocr import Line, read_lines
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

FONTS = Path("/usr/share/fonts")
FACES = {
    "first": ("opentype/noto/NotoSansCJK-Bold.ttc", "opentype/noto/NotoSerifCJK-Regular.ttc",
              "truetype/wqy/wqy-zenhei.ttc", "truetype/arphic/uming.ttc"),
    "second": ("opentype/noto/NotoSansCJK-Regular.ttc", "opentype/noto/NotoSerifCJK-Bold.ttc",
               "truetype/wqy/wqy-microhei.ttc", "truetype/arphic/ukai.ttc"),
}  # fmt: skip
FORM = "<form><input placeholder=姓名><input placeholder=身份证号><input placeholder=银行卡号></form><p>填写资料</p>"
TEMPLATES = ("微粒贷", "微业贷", "花呗", "借呗", "微众银行")


def faces(split: str) -> list[str]:
    """Give the typefaces of a split that this machine has; only Noto's come with the tests' own packages."""
    return [face for face in FACES[split] if (FONTS / face).is_file()]


def wordmark(word: str, split: str, chance: random.Random) -> Any:
    """Draw a wordmark the way posters and page heads do, spoilt a little."""
    size = chance.randint(18, 90)
    face = ImageFont.truetype(FONTS / chance.choice(faces(split)), size)
    dark = chance.random() < 0.5
    ground, ink = colour(chance, dark=dark), colour(chance, dark=not dark)
    sheet = Image.new("RGB", (round(face.getlength(word)) + size, size * 2), ground)
    ImageDraw.Draw(sheet).text((size // 2, size // 3), word, font=face, fill=ink)
    sheet = sheet.rotate(chance.uniform(-4, 4), fillcolor=ground, resample=Image.Resampling.BICUBIC)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=chance.randint(25, 90))
    return np.asarray(Image.open(out).convert("RGB"))


def alike(split: str, lists: dict[str, Any], genuine: frozenset[str], seed: int) -> list[str]:
    """Give the look-alike words of a split: those written down, and names with one character replaced."""
    characters = sorted(set("".join(lists["characters"].split())))
    random.Random(seed).shuffle(characters)
    half = len(characters) // 2
    mine = characters[:half] if split == "first" else characters[half:]
    made = [word for name in TEMPLATES for word in _replaced(name, mine)]
    random.Random(seed).shuffle(made)
    said = {tuple(lazy_pinyin(name)) for name in genuine}
    theirs = set(lists["second" if split == "first" else "first"]["alike"])
    others = (word for word in made if tuple(lazy_pinyin(word)) not in said and word not in theirs)
    return [word for word in (*lists[split]["alike"], *others) if not any(name in word for name in genuine)]


def _replaced(name: str, characters: list[str]) -> Iterator[str]:
    for at, original in enumerate(name):
        for other in characters:
            if other != original:
                yield name[:at] + other + name[at + 1 :]


def run(options: argparse.Namespace) -> dict[str, object]:
    """Measure which names are found and which other words are taken for them, on pages that ask for secrets."""
    brands = load_brands()
    lists = tomllib.loads(Path(__file__).with_name("pages_words.toml").read_text("utf-8"))
    genuine = frozenset(name for brand in brands for name in brand.names.chinese)
    pages = options.pages or 1000
    groups = {
        "names": (sorted(genuine), pages // 2), "disguised": (lists[options.split]["disguised"], pages // 8),
        "alike": (alike(options.split, lists, genuine, options.seed), pages),
    }  # fmt: skip
    figures: dict[str, object] = {"lookalike_words": len(groups["alike"][0])}
    times: list[float] = []
    for group, (words, count) in groups.items():
        figures[group] = _group(group, words, count, options, brands, times)
    return figures | {"median_ms": round(statistics.median(times) * 1000)}


def _group(
    group: str, words: list[str], count: int, options: argparse.Namespace, brands: tuple[Brand, ...], times: list[float]
) -> dict[str, object]:
    seen, wrong = Counter[str](), Counter[str]()
    for number in range(count):
        word = words[number % len(words)]
        pixels = wordmark(word, options.split, random.Random(f"{options.seed}{options.split}{group}{number}"))
        started = time.process_time()
        read = read_lines(pixels)
        times.append(time.process_time() - started)
        page = _page(tuple(_line(one) for one in read))
        seen["doubted"] += any(line.doubted for line in read)
        named = {brand.id for brand in brands if own_places(page, brand, pack(brands))}
        seen["as its own name"] += bool(named)
        # A word read as it is may be for a person to look at; no drawn word but the name's own characters accuses.
        itself = _page((ReadLine(text=word, score=1.0, box=(0, 0, 9, 9), source_sha256="", model=""),))
        seen["misread as a name"] += bool(named) and not any(
            own_places(itself, brand, pack(brands)) for brand in brands
        )
        accused = _accused(page, brands)
        seen["for a person"] += not accused and _for_a_person(page, brands)
        seen["accused"] += accused
        # False by the stricter of two measures: a word that, read as it is drawn, would have accused nobody.
        seen["accused because misread"] += accused and not _accused(itself, brands)
        seen["read as it is"] += any(word == line.text.replace(" ", "") for line in read)
        if bool(named) == (group == "alike"):
            wrong[f"{word} read as {' '.join(line.text for line in read)!r}"] += 1
    shares = {key: {"hits": seen[key], "ci": wilson(seen[key], count)} for key in ("as its own name", "accused")}
    told = {"wrong": wrong.most_common(12)} if options.split == "first" else {}
    return {
        "of": count,
        **shares,
        "read as it is": seen["read as it is"],
        "doubted": seen["doubted"],
        "for a person": seen["for a person"],
        "misread as a name": seen["misread as a name"],
        "accused because misread": seen["accused because misread"],
        **told,
    }


def _line(one: Line) -> ReadLine:
    return ReadLine(
        text=one.text, score=one.score, box=one.box, source_sha256="", model=one.model, doubted=one.doubted,
        readings=one.readings,
    )  # fmt: skip


def _page(read: tuple[ReadLine, ...]) -> PageFacts:
    page = examine_page(FORM, "https://a.example/")
    words = tuple(line.text for line in read)
    return PageFacts(
        url=page.url, final_url=page.final_url, text=page.text, forms=page.forms, read=read, image_words=words
    )


def _accused(page: PageFacts, brands: tuple[Brand, ...]) -> bool:
    return any(verdict.accuses for verdict in _verdicts(page, brands))


def _for_a_person(page: PageFacts, brands: tuple[Brand, ...]) -> bool:
    return any(verdict.label is Label.LOOKALIKE for verdict in _verdicts(page, brands))


def _verdicts(page: PageFacts, brands: tuple[Brand, ...]) -> list[Verdict]:
    text = "\n".join((page.text, *page.image_words))
    sighting = Sighting(kind="url", target=page.url, text=text, host="a.example", page=page)
    reasons = detect_all(sighting, brands)
    return [judge(brand.id, reasons[brand.id], Coverage()) for brand in brands]
