"""A real match on the page of its case: a page with the brand's mark bent a little, looked at by the real matcher."""

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from desk import Desk, seen
from drawn import png
from marked import folder_with_mark, known
from worlds import HOST, PAGE, Web, renewed
from zhengben import wiring
from zhengben.core.fetched import Box, Captured, Profile, Request
from zhengben.examine.logo_shown import CELL
from zhengben.flow.look import look
from zhengben.store.models import Case

if TYPE_CHECKING:
    from zhengben.core.brand import Brand

sqlite = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
FACE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"


def sail(size: int, ink: str = "#114488") -> Image.Image:
    """Draw an invented mark: a sail over three drops."""
    sheet = Image.new("RGB", (480, 480), "white")
    draw = ImageDraw.Draw(sheet)
    draw.polygon([(60, 300), (240, 40), (280, 300)], fill=ink)
    draw.chord((240, 60, 460, 400), 200, 20, fill=ink)
    for x in (100, 220, 340):
        draw.ellipse((x, 360, x + 60, 440), fill=ink)
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


def bent() -> Image.Image:
    """Give the mark as an impostor shows it: another red, turned too far for a first look, softened."""
    return sail(120, "#b01818").rotate(16, fillcolor="white", resample=Image.Resampling.BICUBIC)


def drawn(width: int) -> tuple[bytes, tuple[Box, ...]]:
    """Draw what a client was shown, with its boxes."""
    sheet = Image.new("RGB", (width, 900), "white")
    draw = ImageDraw.Draw(sheet)
    left = (width - 350) // 2
    sheet.paste(bent(), (left + 115, 30))
    draw.text((left + 95, 160), "极速借钱", font=ImageFont.truetype(FACE, 40), fill="#222222")
    boxes = [Box(kind="img", x=left + 115.0, y=30.0, width=120.0, height=120.0, text=f"http://{HOST}/top.png")]
    for row, words in enumerate(("姓名", "身份证号", "银行卡号", "支付密码")):
        top = 250 + 70 * row
        draw.rectangle((left, top, left + 350, top + 50), outline="#999999")
        draw.text((left + 12, top + 12), words, font=ImageFont.truetype(FACE, 20), fill="#777777")
        boxes.append(Box(kind="input", x=float(left), y=float(top), width=350.0, height=50.0, text=words))
    draw.rectangle((left, 560, left + 350, 620), fill="#b01818")
    draw.text((left + 85, 573), "下载APP领取额度", font=ImageFont.truetype(FACE, 22), fill="white")
    boxes.append(Box(kind="a", x=float(left), y=560.0, width=350.0, height=60.0, text=f"http://{HOST}/wld.apk"))
    return png(sheet), tuple(boxes)


class Drawn(Web):
    """A web with a browser that draws the page for each client."""

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give one capture."""
        shot, boxes = drawn(1280 if profile.name == "desktop" else 390)
        log = (Request(url=url, status=200, main=True, address="203.0.113.5", started=1.79e9, size=900),)
        return Captured(
            url=url, final_url=url, profile=profile.name, status=200, dom=PAGE, title="微粒贷", screenshot=shot,
            boxes=boxes, network=log, began="2026-11-22T08:00:00.113+00:00", region="CN-44",
            referrer="https://www.baidu.com/",
        )  # fmt: skip


@pytest.fixture
def matched(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, Case]:
    """Give a sealed case whose page shows the brand's mark, bent."""
    folder = folder_with_mark(tmp_path / "dossiers", png(sail(480)))
    _, marks = known(folder)
    monkeypatch.setattr(wiring, "logo_folder", lambda: folder)
    town = desk.town

    def looked(kind: str, locator: str, detail: Any) -> Any:
        return look(locator, brands, town.web, kind=kind, detail=detail, marks=marks)

    brands: tuple[Brand, ...] = renewed()
    town.web = Drawn(town.web.pages)
    whole = town.adapters
    monkeypatch.setattr(town, "adapters", lambda **other: whole(**{"look": looked, **other}))
    town.report()
    town.work()
    return desk, Case.objects.get()


@sqlite
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_real_match_stands_beside_the_registered_mark_with_what_was_measured(
    matched: tuple[Desk, Case], language: str
) -> None:
    desk, case = matched
    browser = desk.person("陈思")
    browser.post("/language/", {"language": language, "next": "/"})
    page = browser.get(f"/cases/{case.number}/")
    words = {
        "zh": ("商标比对", "登记的标志（档案）", "页面上的", "商标 16577525", "须达到", "三项认定",
               "先叠合到登记图样上"),
        "en": ("Marks side by side", "Registered (dossier)", "On the page", "trademark 16577525", "had to reach",
               "laid onto the registered picture before measuring"),
    }  # fmt: skip
    assert seen(page, *words[language])
    body = page.content.decode()
    assert f'src="/cases/{case.number}/match/0.png" width="{2 * CELL[0]}" height="{CELL[1]}"' in body
    assert 'class="edge"' in body  # and its box is drawn on the picture of the page
    both = Image.open(io.BytesIO(browser.get(f"/cases/{case.number}/match/0.png").content)).convert("RGB")
    assert both.size == (2 * CELL[0], CELL[1])
    halves = np.split(np.asarray(both).astype(int), 2, axis=1)
    reds = [int(((one[:, :, 0] > 120) & (one[:, :, 1] < 90) & (one[:, :, 2] < 90)).sum()) for one in halves]
    blues = [int(((one[:, :, 2] > 100) & (one[:, :, 0] < 60)).sum()) for one in halves]
    assert blues[0] > 1000 > reds[0]  # the registered mark on the left
    assert reds[1] > 1000 > blues[1]  # the impostor's on the right
    keep = os.environ.get("ZHENGBEN_KEEP_PAGES")
    if keep:
        _keep(Path(keep) / language, browser, case.number, body)


@sqlite
def test_a_capture_says_where_its_visitor_came_from_and_was(matched: tuple[Desk, Case]) -> None:
    desk, case = matched
    shown = desk.person("陈思").get(f"/cases/{case.number}/capture/0/")
    assert seen(shown, "来自 https://www.baidu.com/", "自称在 广东")
    assert case.number.encode() in shown.content


def _keep(folder: Path, browser: Any, number: str, body: str) -> None:
    """Leave the page and what it shows in a folder, to be looked at."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.html").write_text(body, "utf-8")
    (folder / "capture.html").write_bytes(browser.get(f"/cases/{number}/capture/0/").content)
    for path in ("match/0.png", "picture/0.png", "picture/1.png", "picture/2.png"):
        place = folder / "cases" / number / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(browser.get(f"/cases/{number}/{path}").content)
