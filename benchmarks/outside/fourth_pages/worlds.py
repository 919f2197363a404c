"""The pages of `honest/` and `impostors/`: worlds in a small notation, put into a shell and filled by a seeded draw.

A line `@@ id|kind|shell|site@host|brands|n|bare` begins a world; where the shell is not `raw` the next line is its
title, the rest its body. In `bare`, `text` and `trace` ask for a second page of
each draw, without its logo and the picture of its name: `text` leaves the words of the page, `trace` a title, a host
or a form only. `«a|b»` takes one of its parts, `«b»` is a slot of `slots.toml`, innermost first; `«+x»` stands in the
whole page only and `«-x»` in the bare one only; `«logo»` is a logo and `«pic:a/b»` a picture of the lines a and b.
"""

import base64
import hashlib
import io
import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_SIMPLIFIED = 2  # of the faces of that collection
_INNER = re.compile("«([^«»]*)»")
_HEAD = re.compile(r"\|(?![^«»]*»)")  # no bar of a marked place parts a head
_OF_THE_SHOP = '<img class="logo" src="/static/logo.png">'  # no honest page is headed by the brand's logo
_NAMES = ("b", "t", "L", "l", "near")
_DRAWN_ANEW = ("amt", "who", "nick")


@dataclass(frozen=True)
class Page:
    """One page; `bare` is empty, `text` or `trace`; `via`, `trick`, `official` are for the server of `second_pages`.

    `named` is false where nothing but the address says which brand is meant.
    """

    name: str
    kind: str
    world: str
    brand: str
    host: str
    html: str
    bare: str = ""
    via: str = ""
    trick: str = ""
    official: bool = False
    named: bool = True


def sort(page: Page) -> str:
    """How PAGE is counted: by what was taken from it, and pages of the brand's own site by themselves."""
    return "official" if page.official else page.bare or "whole"


def half(world: str) -> str:
    """`dev` may be looked at while rules are written; `held` is only counted."""
    return "held" if hashlib.sha256(b"fourth pages " + world.encode()).digest()[0] & 1 else "dev"


@cache
def _tables() -> tuple[dict[str, dict[str, str]], dict[str, list[str]]]:
    data = tomllib.loads((HERE / "slots.toml").read_text(encoding="utf-8"))
    return data["brand"], data["list"]


@cache
def _shells() -> dict[str, str]:
    parts = re.split(r"^@@ (\w+)\n", (HERE / "shells.html").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def picture(lines: list[str], width: int = 390) -> str:
    """An `<img>` in which LINES are drawn, WIDTH pixels wide, its bytes inside the page."""
    font = ImageFont.truetype(str(FONT), 26, index=_SIMPLIFIED)
    image = Image.new("RGB", (width, 40 * len(lines) + 30), (250, 244, 232))
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        pen.text((18, 14 + 40 * row), line, font=font, fill=(150, 20, 20) if row == 0 else (30, 30, 30))
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True)
    return f'<img src="data:image/png;base64,{base64.b64encode(kept.getvalue()).decode()}" width="100%">'


class Filler:
    """Fills one page: a list keeps its value from one place of the page to the next, except amounts and people."""

    def __init__(self, brand: str, bare: str, rng: random.Random) -> None:
        """The slots of BRAND for a page that is BARE or whole; RNG draws everything else."""
        brands, self.lists = _tables()
        self.slots, self.rng, self.bare = dict(brands[brand]), rng, bare
        self.slots["near"] = rng.choice(self.slots["near"].split("|"))
        whole = f'<img class="logo" src="/static/{self.slots["l"]}_logo.png" alt="{self.slots["b"]}">'
        self.slots["logo"] = '<img class="logo" src="/static/top.png">' if bare else whole

    def fill(self, text: str) -> str:
        """TEXT with every marked place filled, the innermost first."""
        while found := _INNER.search(text):
            text = text[: found.start()] + self._one(found[1]) + text[found.end() :]
        return text

    def _one(self, inner: str) -> str:
        if inner[:1] in ("+", "-"):
            return inner[1:] if (inner[0] == "-") is bool(self.bare) else ""
        if inner.startswith("pic:"):
            return picture(inner[4:].split("/"))
        if "|" in inner:
            return self.rng.choice(inner.split("|"))
        if inner in _DRAWN_ANEW:
            return self.rng.choice(self.lists[inner])
        if inner in self.lists and inner not in self.slots:
            self.slots[inner] = self.rng.choice(self.lists[inner])
        return self.slots.get(inner, inner)


def _shelled(head: list[str], text: str) -> tuple[str, str]:
    site, _, host = head[3].partition("@")
    shell = _shells().get(head[2])
    if shell:
        title, _, body = text.partition("\n")
        text = shell.replace("«TITLE»", title).replace("«BODY»", body).replace("«SITE»", site)
    return text, host


def _filled(head: list[str], text: str, *, honest: bool) -> Iterator[Page]:
    world, kind, _, _, brands, count, *asked = head
    text, host = _shelled(head, text)
    text = text.replace("«logo»", _OF_THE_SHOP) if honest else text
    names = list(_tables()[0]) if brands == "all" else brands.split(",")
    first = random.Random(world).randrange(len(names))
    for number in range(int(count)):
        brand = names[(first + number) % len(names)]
        for bare in dict.fromkeys(["", *asked]):
            filler = Filler(brand, bare, random.Random(f"fourth {world} {number}"))
            at = filler.fill(host).lower()
            kept = f"<!-- saved from url=({len(at) + 9:04})https://{at}/ -->\n"
            name = f"{world}-{number}{'-' if bare else ''}{bare}"
            body = filler.fill(text)
            named = not bare or any(body.lower().count(filler.slots[key].lower()) for key in _NAMES)
            official = kind == "official"
            yield Page(name, kind, world, brand, at, kept + body, bare, official=official, named=named)


def every(folder: str) -> Iterator[tuple[list[str], str]]:
    """The head and the text of every world of FOLDER."""
    for path in sorted((HERE / folder).glob("*.txt")):
        parts = re.split(r"^@@ (.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for line, text in zip(parts[1::2], parts[2::2], strict=True):
            yield _HEAD.split(line), text.strip()


def pages(folder: str, which: str) -> list[Page]:
    """The pages of FOLDER (`honest` or `impostors`) that are in the half WHICH; one drawn twice counts once."""
    mine = [(head, text) for head, text in every(folder) if half(head[0]) == which]
    found = [page for head, text in mine for page in _filled(head, text, honest=folder == "honest")]
    return list({page.html: page for page in reversed(found)}.values())[::-1]
