"""Pictures given as files or written into pages: looked into in the limited worker, sealed, and judged again."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from drawn import png
from worlds import Web
from zhengben.cli.main import main
from zhengben.core.fetched import Box, Captured, Profile
from zhengben.core.verdict import Label
from zhengben.flow import look_file
from zhengben.flow.dossiers import SHIPPED, load_brands
from zhengben.flow.limited import ExaminationKilled, Pool
from zhengben.flow.look import Look, look, look_at_file
from zhengben.flow.look_app import brand_marks
from zhengben.flow.look_file import examine_source

FACE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
LOGO = '\n[[logos]]\nfile = "weilidai/symbol.png"\nkind = "symbol"\nright = "16577525"\n'
SECRETS = "<form><input placeholder=姓名><input placeholder=身份证号><input placeholder=银行卡号></form>"


def symbol(size: int = 120) -> Image.Image:
    """Draw an invented mark: a bent sail over three drops."""
    sheet = Image.new("RGB", (240, 240), "white")
    draw = ImageDraw.Draw(sheet)
    draw.polygon([(30, 150), (120, 20), (140, 150)], fill="#114")
    draw.chord((120, 30, 230, 200), 200, 20, fill="#114")
    for x in (50, 110, 170):
        draw.ellipse((x, 180, x + 30, 220), fill="#114")
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


def poster(*lines: str, link: str = "", mark: bool = False) -> Image.Image:
    sheet = Image.new("RGB", (500, 700), "white")
    for number, line in enumerate(lines):
        place = (20, 20 + 70 * number)
        ImageDraw.Draw(sheet).text(place, line, font=ImageFont.truetype(FACE, 40), fill="#063")
    if link:
        made = zxingcpp.create_barcode(link, zxingcpp.BarcodeFormat.QRCode)
        sheet.paste(
            Image.fromarray(np.asarray(zxingcpp.write_barcode_to_image(made, scale=5))).convert("RGB"), (20, 400)
        )
    if mark:
        sheet.paste(symbol(100), (370, 20))
    return sheet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "brands"
    (home / "weilidai").mkdir(parents=True)
    (home / "weilidai.toml").write_text((SHIPPED / "weilidai.toml").read_text("utf-8") + LOGO, "utf-8")
    (home / "weilidai" / "symbol.png").write_bytes(png(symbol(200)))
    return home


def looked(folder: Path, name: str, body: bytes) -> Look:
    brands = load_brands(folder)
    pool = Pool(1)
    try:
        marks = brand_marks(brands, folder, pool)
    finally:
        pool.close()
    return look_at_file(name, body, brands, marks=marks)


def codes(seen: Look) -> set[str]:
    return {reason.code for reason in seen.verdict.reasons}


def test_a_poster_that_hands_out_an_app_by_its_code_is_false(folder: Path) -> None:
    seen = looked(folder, "p.png", png(poster("微粒贷", "扫码立即到账", link="https://wd-down.top/w.apk", mark=True)))
    assert seen.verdict.label is Label.IMPERSONATION
    assert {"page_offers_app", "no_such_app", "page_shows_mark"} <= codes(seen)
    mark = next(reason for reason in seen.verdict.reasons if reason.code == "page_shows_mark")
    assert (mark.facts["reference"], mark.facts["right"]) == ("weilidai/symbol.png", "16577525")
    assert len(str(mark.facts["crop_sha256"])) == 64
    assert ("url", "https://wd-down.top/w.apk") in {(c.kind, c.value) for c in seen.contacts}


@pytest.mark.parametrize(
    "lines",
    [
        ("警方提示", "微粒贷没有APP", "谨防假冒 请勿下载"),
        ("今日晚报", "微粒贷利率下调", "记者 王某 报道"),
        ("微粒贷怎么关闭", "第一步打开微信"),
        ("早安", "今天也要加油"),
    ],
)
def test_an_honest_poster_is_not_accused(folder: Path, lines: tuple[str, ...]) -> None:
    seen = looked(folder, "p.png", png(poster(*lines)))
    assert not seen.verdict.accuses, seen.verdict.reasons
    assert seen.verdict.coverage.complete


def test_a_picture_of_nothing_is_unrelated_and_a_broken_one_unknown(folder: Path) -> None:
    assert looked(folder, "p.png", png(Image.new("RGB", (300, 300), "white"))).verdict.label is Label.UNRELATED
    broken = looked(folder, "p.png", png(poster("微粒贷"))[:900]).verdict
    assert (broken.label, broken.coverage.missing) == (Label.UNKNOWN, ("image.reader",))


def test_a_page_whose_name_is_a_picture_written_into_it_is_false(folder: Path) -> None:
    inside = base64.b64encode(png(poster("微粒贷"))).decode()
    page = f"<!DOCTYPE html><title>在线办理</title><img src='data:image/png;base64,{inside}'>{SECRETS}"
    seen = looked(folder, "p.html", page.encode())
    assert seen.verdict.label is Label.IMPERSONATION
    assert looked(folder, "p.html", page.replace(inside, "").encode()).verdict.label is not Label.IMPERSONATION


def test_pictures_that_stop_the_worker_leave_the_page_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise ExaminationKilled("memory")

    monkeypatch.setattr(look_file, "run_with_pictures", stopped)
    page = examine_source(
        "<title>微粒贷</title><img src='data:image/png;base64,AAAA'>", "http://a.example/", "", "", None
    )
    assert page.title == "微粒贷"
    assert "page.picture" in page.missing


@pytest.mark.parametrize("name", ["poster.png", "page.html"])
def test_what_was_sealed_is_judged_again_with_the_same_reasons(
    name: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGBEN_HOME", str(tmp_path / "home"))
    shown = png(poster("微粒贷", link="https://wd-down.top/w.apk", mark=True))
    page = f"<!DOCTYPE html><img src='data:image/png;base64,{base64.b64encode(shown).decode()}'>{SECRETS}"
    (tmp_path / name).write_bytes(shown if name.endswith(".png") else page.encode())
    given = ["--offline", "--json", "--brands", str(folder)]
    assert main(["check", str(tmp_path / name), *given, "--seal", str(tmp_path / "sealed")]) == 1
    first = json.loads(capsys.readouterr().out)
    package = next((tmp_path / "sealed").glob("*.zip"))
    assert main(["check", "--from-evidence", str(package), *given]) == 1
    again = json.loads(capsys.readouterr().out)
    assert again["evidence"]["as_sealed"] is True
    assert [(r["code"], r["weight"], r["facts"]) for r in again["reasons"]] == [
        (r["code"], r["weight"], r["facts"]) for r in first["reasons"]
    ]
    (folder / "weilidai" / "symbol.png").unlink()
    main(["check", "--from-evidence", str(package), *given])
    assert json.loads(capsys.readouterr().out)["evidence"]["as_sealed"] is False


class Drawn(Web):
    """A web whose browser draws one picture over the page."""

    shot = b""
    failure = ""
    drawings = 0

    def capture(self, url: str, profile: Profile) -> Captured:
        self.drawings += 1
        return Captured(
            url=url, final_url=url, profile=profile.name, status=200, dom=PAGE_OF_WORDS, screenshot=self.shot,
            boxes=(Box(kind="img", x=0, y=0, width=500, height=120),), failure=self.failure,
        )  # fmt: skip


LENDING = "<p>" + "填写下列资料即可提交审核，利率透明，随借随还，全程线上办理。" * 12 + "</p>"
PAGE_OF_WORDS = f"<title>在线办理</title><img src=/top.png>{LENDING}{SECRETS}"


def test_a_name_that_stands_only_in_a_picture_of_a_wordy_page_is_found_by_the_browser() -> None:
    brands = load_brands(SHIPPED)
    eyes = Drawn({"a.cn": (200, PAGE_OF_WORDS)})
    eyes.shot = png(poster("微粒贷"))
    seen = look("a.cn", brands, eyes)
    assert eyes.drawings >= 1
    assert seen.verdict.label is Label.IMPERSONATION, seen.verdict.reasons
    eyes.shot = png(poster("山水画廊"))
    assert not look("a.cn", brands, eyes).verdict.accuses


def test_without_a_browser_such_a_page_is_judged_by_its_words() -> None:
    brands = load_brands(SHIPPED)
    eyes = Drawn({"a.cn": (200, PAGE_OF_WORDS)})
    eyes.failure = "capture_unavailable"
    seen = look("a.cn", brands, eyes).verdict
    assert seen.coverage.complete
    assert not seen.accuses


@pytest.mark.parametrize("page", [f"<title>x</title>{LENDING}{SECRETS}", f"<title>x</title><img src=/a.png>{LENDING}"])
def test_a_page_without_pictures_or_secrets_is_not_drawn_for_them(page: str) -> None:
    eyes = Drawn({"a.cn": (200, page)})
    look("a.cn", load_brands(SHIPPED), eyes)
    assert eyes.drawings == 0
