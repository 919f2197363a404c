"""Marks of the dossiers on pages: found where a page reaches for people; told where they could not be looked for."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from drawn import png
from marked import LOGO, folder_with_mark, known
from zhengben import wiring
from zhengben.cli.main import main
from zhengben.collect.replay import Replay
from zhengben.core.fetched import Box, Captured, Fetched, Profile
from zhengben.flow import limited
from zhengben.flow.look import Look, look

URL = "http://loans.example/"
WORDS = "<p>" + "欢迎来到我们的网站，这里有很多关于理财与生活的文章可以阅读。" * 8
FORM = "<form><input placeholder=身份证号><input placeholder=银行卡号></form>"


def symbol(size: int = 120, ink: str = "#114") -> Image.Image:
    """Draw an invented mark: a bent sail over three drops."""
    sheet = Image.new("RGB", (240, 240), "white")
    draw = ImageDraw.Draw(sheet)
    draw.polygon([(30, 150), (120, 20), (140, 150)], fill=ink)
    draw.chord((120, 30, 230, 200), 200, 20, fill=ink)
    for x in (50, 110, 170):
        draw.ellipse((x, 180, x + 30, 220), fill=ink)
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


def other(size: int = 120) -> Image.Image:
    """Draw somebody else's mark: two arrows and a bar."""
    sheet = Image.new("RGB", (240, 240), "white")
    draw = ImageDraw.Draw(sheet)
    draw.polygon([(20, 60), (110, 20), (90, 110)], fill="#522")
    draw.polygon([(220, 180), (130, 220), (150, 130)], fill="#522")
    draw.rectangle((30, 140, 60, 225), fill="#522")
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


@dataclass
class Web:
    """Eyes that serve one page to everybody, and draw it with one picture on it."""

    html: str
    shown: Image.Image
    failure: str = ""
    drawn: int = 0
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str, profile: Profile) -> Fetched:
        self.asked.append(url)
        return Fetched(url=url, final_url=url, profile=profile.name, status=200, body=self.html.encode())

    def capture(self, url: str, profile: Profile) -> Captured:
        self.drawn += 1
        if self.failure:
            return Captured(url=url, final_url=url, profile=profile.name, failure=self.failure)
        shot = Image.new("RGB", (390, 844), "white")
        shot.paste(self.shown, (20, 20))
        side = float(self.shown.width)
        return Captured(
            url=url, final_url=url, profile=profile.name, status=200, dom=self.html, screenshot=png(shot),
            boxes=(Box(kind="img", x=20, y=20, width=side, height=side, text="http://loans.example/top.png"),),
        )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with one dossier that names one symbol."""
    return folder_with_mark(tmp_path / "dossiers", png(symbol(1024)))


def codes(seen: Look) -> set[str]:
    return {reason.code for verdict in (seen.verdict, *seen.verdicts) for reason in verdict.reasons}


def test_a_mark_on_a_page_that_asks_for_secrets_is_a_reason_with_what_is_needed_to_see_it_again(folder: Path) -> None:
    brands, marks = known(folder)
    web = Web(WORDS + FORM, symbol(96))
    seen = look(URL, brands, web, marks=marks)
    assert web.drawn == 3
    (reason,) = (r for verdict in seen.verdicts for r in verdict.reasons if r.code == "page_shows_mark")
    assert reason.facts["reference"] == "weilidai/sail.png"
    assert reason.facts["box"] == [20, 20, 96, 96]
    assert seen.verdict.coverage.complete
    assert look(URL, brands, Replay(seen.seen), marks=marks) == seen


def test_another_mark_and_a_page_without_marks_to_look_for_say_nothing(folder: Path) -> None:
    brands, marks = known(folder)
    assert not codes(look(URL, brands, Web(WORDS + FORM, other(96)), marks=marks)) & {
        "page_shows_mark",
        "page_has_picture",
    }
    plain = Web(WORDS + FORM, symbol(96))
    look(URL, brands, plain)
    assert plain.drawn == 0


def test_a_page_that_reaches_for_nobody_needs_no_browser(folder: Path) -> None:
    brands, marks = known(folder)
    web = Web(WORDS, symbol(96))
    look(URL, brands, web, marks=marks)
    assert web.drawn == 0


def test_a_page_of_scripts_shows_its_mark_when_it_is_drawn(folder: Path) -> None:
    brands, marks = known(folder)
    web = Web("<html><body><script src=/app.js></script><div id=app></div></body></html>", symbol(96))
    assert "page_has_picture" in codes(look(URL, brands, web, marks=marks))


def test_where_the_browser_fails_the_words_stand_and_what_was_not_seen_is_told(folder: Path) -> None:
    brands, marks = known(folder)
    seen = look(URL, brands, Web(WORDS + FORM, symbol(96), failure="capture_unavailable"), marks=marks)
    assert seen.sighting.page is not None
    assert seen.verdict.coverage.missing == ("page.capture_unavailable",)


@pytest.mark.parametrize("body", [b"", b"<svg/>", png(Image.new("RGB", (90, 90), "white"))])
def test_a_dossier_picture_that_cannot_be_read_is_told_and_the_others_are_found(folder: Path, body: bytes) -> None:
    (folder / "weilidai" / "bad.png").write_bytes(body)
    dossier = folder / "weilidai.toml"
    dossier.write_text(dossier.read_text("utf-8") + LOGO.format("bad.png"), "utf-8")
    brands, marks = known(folder)
    seen = look(URL, brands, Web(WORDS + FORM, symbol(96)), marks=marks)
    assert "page_shows_mark" in codes(seen)
    assert seen.verdict.coverage.missing == ("page.logo_reference",)


def test_a_dossier_reads_no_picture_outside_its_folder(folder: Path) -> None:
    (folder.parent / "secret.png").write_bytes(png(symbol()))
    dossier = folder / "weilidai.toml"
    dossier.write_text(dossier.read_text("utf-8") + LOGO.format("../../secret.png"), "utf-8")
    with pytest.raises(ValueError, match="has not the right form"):
        known(folder)


@pytest.fixture
def no_engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let workers start without the engines of the `vision` extra: they inherit this process's search path."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    for engine in ("cv2", "pdqhash", "zxingcpp", "rapidocr", "onnxruntime"):
        (hidden / f"{engine}.py").write_text("raise ImportError('not installed')\n", "utf-8")
    monkeypatch.syspath_prepend(str(hidden))
    limited.close()
    yield
    limited.close()


@pytest.mark.usefixtures("no_engines")
def test_without_the_picture_engines_the_page_is_read_and_the_rest_is_told(folder: Path) -> None:
    brands, marks = known(folder)
    seen = look(URL, brands, Web(WORDS + FORM, symbol(96)), marks=marks)
    assert seen.sighting.page is not None
    assert seen.sighting.page.asks == ("id_card", "bank_card")
    assert seen.verdict.coverage.missing == ("page.logo_reader",)


def test_a_sealed_look_finds_the_mark_again_in_the_stored_picture(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHENGBEN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(wiring, "eyes", lambda: nullcontext(Web(WORDS + FORM, symbol(96))))
    kept = tmp_path / "sealed"
    main(["check", "--brands", str(folder), "--seal", str(kept), URL])
    first = capsys.readouterr().out
    assert "weilidai/sail.png" in first
    monkeypatch.setattr(wiring, "eyes", lambda: pytest.fail("nothing may be fetched"))
    main(["check", "--brands", str(folder), "--from-evidence", *map(str, kept.glob("*.zip"))])
    again = capsys.readouterr()
    assert again.out == first
    assert "理由与封存时相同" in again.err  # the terminal of the tests speaks Chinese
