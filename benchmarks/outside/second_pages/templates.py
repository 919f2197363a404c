"""The pages of `honest/` and `impostors/`: templates in a small notation, filled by a seeded draw.

`⟦a|b⟧` takes one of its parts, `⟦b⟧` is a slot of the brand or a list of `slots.toml`, innermost first. A head
`<!--@ id=.. kind=.. n=.. brands=.. host=.. -->` begins a template; its id is the world that decides the half.
"""

import base64
import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import drawing
import qrcodes
from halves import half
from PIL import Image

HERE = Path(__file__).resolve().parent
_HEAD = re.compile(r"<!--@ (.*?) -->\n")
_INNER = re.compile("⟦([^⟦⟧]*)⟧")


@dataclass(frozen=True)
class Page:
    """One page: `name` is its template and number, `via` how it can be seen, `trick` how it is served."""

    name: str
    kind: str
    world: str
    brand: str
    host: str
    html: str
    via: str
    trick: str
    official: bool


@cache
def _tables() -> tuple[dict[str, dict[str, str]], dict[str, list[str]]]:
    data = tomllib.loads((HERE / "slots.toml").read_text(encoding="utf-8"))
    return data["brand"], data["list"]


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """`disguise` and `other`: brand to names that are not its own."""
    return tomllib.loads((HERE / "lists" / "words.toml").read_text(encoding="utf-8"))


class Filler:
    """Fills one page: a list slot keeps its value from one place of the page to the next."""

    def __init__(self, brand: str, rng: random.Random) -> None:
        """The slots of BRAND; RNG draws everything else."""
        brands, self.lists = _tables()
        self.brand, self.slots, self.rng = brand, dict(brands[brand]), rng

    def fill(self, text: str) -> str:
        """TEXT with every marked place filled, the innermost first."""
        while found := _INNER.search(text):
            text = text[: found.start()] + self._one(found[1]) + text[found.end() :]
        return text

    def _one(self, inner: str) -> str:
        kind, _, rest = inner.partition(":")
        if rest and kind in ("img", "qr", "b64", "spaced", "spans", "near"):
            return self._made(kind, rest)
        if "|" in inner:
            return self.rng.choice(inner.split("|"))
        if inner in self.lists and inner not in self.slots:
            self.slots[inner] = self.rng.choice(self.lists[inner])
        return self.slots.get(inner, inner)

    def _made(self, kind: str, rest: str) -> str:
        if kind == "img":
            return self._picture(rest)
        if kind == "qr":
            return drawing.written(qrcodes.code(rest, 4))
        if kind == "b64":
            return base64.b64encode(rest.encode()).decode()
        if kind == "near":
            return self.slots.setdefault("near", self.rng.choice(words()["disguise"][self.brand]))
        if kind == "spaced":
            return self.rng.choice((" ", "\u200b", "·", "　")).join(rest)
        return "".join(f"<span>{character}</span>" for character in rest)

    def _picture(self, rest: str) -> str:
        lines = [line for line in rest.split("/") if line]
        font = drawing.face(self.rng.choice(drawing.FONTS), 40)
        ground, ink = self.rng.choice(drawing.PALE), self.rng.choice(drawing.DARK)
        drawn = [drawing.plain(line, font, ink, ground) for line in lines]
        whole = Image.new("RGB", (max(one.width for one in drawn), sum(one.height for one in drawn)), ground)
        top = 0
        for one in drawn:
            whole.paste(one, (0, top))
            top += one.height
        return drawing.written(whole)


def _expanded(head: dict[str, str], body: str, ours: bool) -> Iterator[Page]:  # noqa: FBT001 - one flag, one caller
    brands = head["brands"].split(",")
    trick = next((name for name in ("refresh", "frame") if name in head), head.get("cloak", ""))
    for number in range(int(head.get("n", "1"))):
        rng = random.Random(f"{head['id']} {number}")
        filler = Filler(brands[number % len(brands)], rng)
        name = f"{head['id']}-{number}"
        default = f"⟦bad⟧{number}.⟦tld⟧"
        host = filler.fill(head.get("host", default if ours else "")).lower()
        yield Page(
            name, head["kind"], head["id"], filler.brand, host, filler.fill(body), head.get("via", ""), trick,
            "official" in head,
        )  # fmt: skip


def pages(folder: str, which: str) -> list[Page]:
    """The pages of FOLDER (`honest` or `impostors`) that are in the half WHICH."""
    found: list[Page] = []
    for path in sorted((HERE / folder).glob("*.html")):
        parts = _HEAD.split(path.read_text(encoding="utf-8"))
        for line, body in zip(parts[1::2], parts[2::2], strict=True):
            head = dict(item.split("=", 1) for item in line.split())
            if half(head["id"]) == which:
                found += _expanded(head, body, folder == "impostors")
    return found
