"""A capture as a person handles it, in Debian's chromium: zoomed by hand and by keys, at phone width, and on paper.

The console answers before the browser starts, and the browser gets those answers only: it opens no socket of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, sync_playwright

from databases import Record, cluster, record, templates
from desk import Desk, furnish
from drawn import png
from worlds import HOST, PAGE, Web
from zhengben.console import captures
from zhengben.core.fetched import Box, Captured, Profile
from zhengben.store.models import Case

CHROMIUM = next((p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(p).exists()), "")
STATIC = Path(captures.__file__).parent / "static"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
FIT, ONE, TWO = 0, 1, 2
ADDRESS = "http://console.invalid"
SEEN = Captured(
    url=f"http://{HOST}/", final_url=f"http://{HOST}/", profile="mobile", status=200, dom=PAGE, title="微粒贷",
    screenshot=png(Image.new("RGB", (390, 900), "white")),
    boxes=(Box(kind="input", x=20, y=260, width=300, height=40, text="身份证号"),),
)  # fmt: skip


class Pictured(Web):
    """A web with a browser to which every client is shown the same."""

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give one capture."""
        return replace(SEEN, url=url, final_url=url, profile=profile.name)


__all__ = ["cluster", "record", "templates"]
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("record", ["sqlite"], indirect=True)]


@dataclass
class Shown:
    """What the console answered, by path, and a browser that is shown it."""

    answers: dict[str, tuple[str, bytes]]
    case: str
    capture: str
    browser: Browser | None = None

    def page(self, path: str, size: dict[str, int]) -> Page:
        """Open a page in a window of that size."""
        assert self.browser
        page = self.browser.new_page(viewport=size)  # type: ignore[arg-type]  # a plain dict of the two sides
        page.route("**/*", self._answer)
        page.goto(ADDRESS + path)
        return page

    def _answer(self, route: Route) -> None:
        kind, body = self.answers.get(route.request.url.removeprefix(ADDRESS), ("", b""))
        if kind:
            route.fulfill(status=200, content_type=kind, body=body)
        else:
            route.abort()


def answered(desk: Desk) -> Shown:
    """Ask the console for a case, its first capture, and all that they show."""
    desk.town.web = Pictured(desk.town.web.pages)
    desk.town.report()
    desk.town.work()
    case = Case.objects.get()
    person = desk.person("陈思")
    top = f"/cases/{case.number}/"
    paths = [top, f"{top}capture/0/"]
    answers: dict[str, tuple[str, bytes]] = {}
    for path in paths:
        answer: Any = person.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        answers[path] = (answer.headers["Content-Type"], body)
        if path in paths[:2]:
            paths += [one for one in re.findall(r'href="([^"]+\.png)"', body.decode()) if one not in paths]
    for file in STATIC.rglob("*.*"):
        kind = {".css": "text/css", ".js": "text/javascript"}.get(file.suffix)
        if kind:
            answers[f"/static/{file.relative_to(STATIC)}"] = (kind, file.read_bytes())
    return Shown(answers, top, f"{top}capture/0/")


@pytest.fixture
def shown(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shown]:
    """Give a case with captures by three clients in a browser."""
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    made = answered(furnish(record, tmp_path, monkeypatch, public=False))
    with sync_playwright() as driver:
        made.browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"],
            proxy={"server": "http://127.0.0.1:9"},
        )  # fmt: skip
        yield made
        made.browser.close()


def width(page: Page) -> int:
    """Give how wide the picture is drawn, in pixels of the screen."""
    return int(page.evaluate("Math.round(document.querySelector('.seen-page').getBoundingClientRect().width)"))


def middle(page: Page) -> float:
    """Give what stands in the middle of the window onto the picture, as a share of its height."""
    return float(
        page.evaluate(
            "(() => { const s = document.querySelector('.stage');"
            " return (s.scrollTop + s.clientHeight / 2) / s.scrollHeight })()"
        )
    )


def test_a_capture_is_zoomed_and_printed(shown: Shown) -> None:
    wide = shown.page(shown.capture, WIDE)
    zoomed_by_keys(wide)
    zoomed_by_hand(wide)
    on_a_phone(shown)
    on_paper(shown.page(shown.case, WIDE))


def zoomed_by_keys(page: Page) -> None:
    """Twice is twice the picture's own size, nothing goes beyond the last step, and 0 goes back."""
    seen = [width(page)]
    for key in "++-0":
        page.keyboard.press(key)
        seen.append(width(page))
    assert seen == [390, 390, 780, 390, 390]
    page.keyboard.press("Tab")
    page.locator("#zoom-fit").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert width(page) == 780


def zoomed_by_hand(page: Page) -> None:
    """What stood in the middle stays in the middle."""
    buttons = page.locator(".zoom-bar label")
    buttons.nth(ONE).click()
    page.locator(".stage").evaluate("s => new Promise(done => { s.onscroll = done; s.scrollTo(0, 150) })")
    before = middle(page)
    buttons.nth(TWO).click()
    assert width(page) == 780
    assert middle(page) == pytest.approx(before, abs=0.02)
    buttons.nth(FIT).click()
    assert width(page) == 390


def on_a_phone(shown: Shown) -> None:
    """The page itself never scrolls sideways; the picture fits, and only its own window scrolls when it is zoomed."""
    page = shown.page(shown.capture, PHONE)
    assert width(page) <= 390
    page.locator(".zoom-bar label").nth(TWO).click()
    assert width(page) == 780
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def on_paper(page: Page) -> None:
    """Every client's picture is whole and under its name, and what can only be clicked is left out."""
    assert page.locator(".panel:visible").count() == 1
    page.emulate_media(media="print")
    assert page.locator(".panel:visible").count() == 3
    assert [name.strip() for name in page.locator(".panel > .on-paper").all_inner_texts()] == ["手机", "微信内", "电脑"]
    assert page.locator(".tabs:visible, .door:visible, button:visible").count() == 0
    cut = "e => e.parentElement.scrollHeight > e.parentElement.clientHeight + 1"
    assert not any(page.locator(".panel .seen-page").nth(n).evaluate(cut) for n in range(3))
    exact = "e => getComputedStyle(e).printColorAdjust"
    assert page.locator(".legend-boxes .number").first.evaluate(exact) == "exact"
    top = "e => e.getBoundingClientRect().top"
    assert page.locator("#findings").evaluate(top) < page.locator(".tabbed").evaluate(top)
