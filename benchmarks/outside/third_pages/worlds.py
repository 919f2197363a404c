"""The pages of `honest/` and `impostors/`: worlds in a small notation, put into a shell and filled by a seeded draw.

A line `@@ id|kind|shell|site|brands|n` begins a world; where the shell is not `raw` the next line
is its title, the rest its body.
`⟦a|b⟧` takes one of its parts, `⟦b⟧` is a slot of the brand or a list of `slots.toml`, innermost first.
"""

import hashlib
import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
_INNER = re.compile("⟦([^⟦⟧]*)⟧")
_TOPICS = (
    "天气",
    "菜价",
    "地铁",
    "考试",
    "球赛",
    "旅游",
    "医保",
    "房价",
    "招聘",
    "展览",
    "养老",
    "宠物",
    "读书",
    "骑行",
)
_VERBS = (
    "有了新变化",
    "引来市民热议",
    "今年怎么看",
    "这些事要知道",
    "专家这样说",
    "一图读懂",
    "记者走访",
    "常见问题解答",
)


@dataclass(frozen=True)
class Page:
    """One page; `via`, `trick` and `official` are what the server of `second_pages` asks of a page."""

    name: str
    kind: str
    world: str
    brand: str
    host: str
    html: str
    via: str = ""
    trick: str = ""
    official: bool = False


def half(world: str) -> str:
    """`dev` and `held`; both are open now."""
    return "held" if hashlib.sha256(b"third pages " + world.encode()).digest()[0] & 1 else "dev"


@cache
def _tables() -> tuple[dict[str, dict[str, str]], dict[str, list[str]]]:
    data = tomllib.loads((HERE / "slots.toml").read_text(encoding="utf-8"))
    return data["brand"], data["list"]


@cache
def _shells() -> dict[str, str]:
    parts = re.split(r"^@@ (\w+)\n", (HERE / "shells.html").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


class Filler:
    """Fills one page: a list keeps its value from one place of the page to the next, except `amt` and `who`."""

    def __init__(self, brand: str, rng: random.Random) -> None:
        """The slots of BRAND; RNG draws everything else."""
        brands, self.lists = _tables()
        self.slots, self.rng = dict(brands[brand]), rng
        self.slots["near"] = rng.choice(self.slots["near"].split("|"))

    def fill(self, text: str) -> str:
        """TEXT with every marked place filled, the innermost first."""
        while found := _INNER.search(text):
            text = text[: found.start()] + self._one(found[1]) + text[found.end() :]
        return text

    def _one(self, inner: str) -> str:
        kind, _, rest = inner.partition(":")
        if rest and kind == "spaced":
            return self.rng.choice((" ", "\u200b", "·", "　")).join(rest)
        if rest and kind == "spans":
            return "".join(f"<span>{character}</span>" for character in rest)
        if inner == "LONG":
            return self._long()
        if "|" in inner:
            return self.rng.choice(inner.split("|"))
        if inner in ("amt", "who"):
            return self.rng.choice(self.lists[inner])
        if inner in self.lists and inner not in self.slots:
            self.slots[inner] = self.rng.choice(self.lists[inner])
        return self.slots.get(inner, inner)

    def _long(self) -> str:
        """A list of other headlines, as the ends of long pages are: 2 to 50 KB."""
        rows = (self.rng.choice(_TOPICS) + self.rng.choice(_VERBS) for _ in range(self.rng.choice((40, 200, 900))))
        return "<ul>" + "".join(f'<li><a href="/t/{n}.html">{row}</a></li>' for n, row in enumerate(rows)) + "</ul>"


def _filled(head: list[str], text: str, ours: str) -> Iterator[Page]:
    world, kind, shell, site, brands, count = head
    if shell != "raw":
        title, _, body = text.partition("\n")
        text = _shells()[shell].replace("⟦TITLE⟧", title).replace("⟦BODY⟧", body).replace("⟦SITE⟧", site)
    names = list(_tables()[0]) if brands == "all" else brands.split(",")
    first = random.Random(world).randrange(len(names))
    for number in range(int(count)):
        brand = names[(first + number) % len(names)]
        filler = Filler(brand, random.Random(f"third {world} {number}"))
        host = filler.fill(ours).lower().replace("#", str(number))
        yield Page(f"{world}-{number}", kind, world, brand, host, filler.fill(text))


def pages(folder: str, which: str) -> list[Page]:
    """The pages of FOLDER (`honest` or `impostors`) that are in the half WHICH; one drawn twice counts once."""
    found: list[Page] = []
    for path in sorted((HERE / folder).glob("*.txt")):
        parts = re.split(r"^@@ (.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for line, text in zip(parts[1::2], parts[2::2], strict=True):
            head = line.split("|")
            if which in (half(head[0]), "both"):
                found += _filled(head, text, "⟦bad⟧#.⟦tld⟧" if folder == "impostors" else "www.s#⟦gz|nj|cs⟧.cn")
    return list({page.html: page for page in reversed(found)}.values())[::-1]
