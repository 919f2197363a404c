"""Pictures: opened with care, read, and matched. The engines are those of the 'vision' extra."""

import io
import struct
import zlib

import cv2
import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from drawn import png
from zhengben.core.fetched import Box, Captured
from zhengben.core.pagefacts import Reference
from zhengben.examine import ocr, qr
from zhengben.examine.favicon import murmur3, shodan_hash
from zhengben.examine.image import UnreadablePictureError, open_picture, read_words
from zhengben.examine.logo import Matcher, candidates
from zhengben.examine.logo_regions import REGIONS, regions
from zhengben.examine.logo_shapes import generic_shapes
from zhengben.examine.logo_shown import side_by_side
from zhengben.examine.page_pictures import add_pictures, examine_captured

FACE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"


def words(*lines: str, size: int = 40, width: int = 390) -> Image.Image:
    sheet = Image.new("RGB", (width, 40 + 70 * len(lines)), "#07a55e")
    for number, line in enumerate(lines):
        ImageDraw.Draw(sheet).text((20, 20 + 70 * number), line, font=ImageFont.truetype(FACE, size), fill="white")
    return sheet


def symbol(size: int = 120, ink: str = "#114", ground: str = "white", turn: int = 0) -> Image.Image:
    """Draw an invented mark: a bent sail over three drops."""
    sheet = Image.new("RGB", (240, 240), ground)
    draw = ImageDraw.Draw(sheet)
    draw.polygon([(30, 150), (120, 20), (140, 150)], fill=ink)
    draw.chord((120, 30, 230, 200), 200, 20, fill=ink)
    for x in (50, 110, 170):
        draw.ellipse((x, 180, x + 30, 220), fill=ink)
    return sheet.rotate(turn, fillcolor=ground).resize((size, size), Image.Resampling.LANCZOS)


def code(text: str) -> Image.Image:
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(np.asarray(zxingcpp.write_barcode_to_image(made, scale=5))).convert("RGB")


def test_words_of_a_picture_are_read_top_to_bottom() -> None:
    assert read_words(png(words("微粒贷官方APP", "最高可借30万", "立即下载"))) == (
        "微粒贷官方APP",
        "最高可借30万",
        "立即下载",
    )


@pytest.mark.parametrize("word", ["微粒货", "徽粒贷", "微利贷", "微众科技"])
def test_look_alikes_are_read_as_what_they_are(word: str) -> None:
    assert read_words(png(words(word, size=56))) == (word,)


def test_a_code_in_a_picture_is_read_with_the_words() -> None:
    poster = words("扫码下载", width=500)
    sheet = Image.new("RGB", (500, 500), "white")
    sheet.paste(poster, (0, 0))
    sheet.paste(code("https://a.example/w.apk"), (150, 200))
    assert read_words(png(sheet)) == ("扫码下载", "https://a.example/w.apk")


def test_the_models_are_those_of_the_wheel_and_have_hashes() -> None:
    assert [name for name, _ in ocr.models()] == [*ocr.TINY, ocr.SMALL[1]]
    assert all(len(digest) == 64 for _, digest in ocr.models())


def _huge() -> bytes:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + b"\x00" * 64


@pytest.mark.parametrize(
    "body", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"x" * 90, _huge(), b"<svg></svg>", bytes(5000)]
)
def test_what_is_no_picture_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadablePictureError):
        open_picture(body)


def test_transparent_pictures_stand_on_white_and_turned_ones_upright() -> None:
    clear = Image.new("RGBA", (9, 5), (255, 0, 0, 0))
    assert open_picture(png(clear)).pixels.min() == 255
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (9, 5)).save(out, "JPEG", exif=exif)
    turned = open_picture(out.getvalue())
    assert (turned.width, turned.height) == (5, 9)


def test_a_missing_engine_is_named_and_nothing_else_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(pixels: object) -> None:
        raise qr.EngineMissingError(str(type(pixels)))

    monkeypatch.setattr(qr, "read_codes", missing)
    seen = examine_captured(captured("<p>" + "词" * 200, Image.new("RGB", (390, 844), "white")))
    assert seen.missing == ("page.qr_reader",)
    assert seen.text == "词" * 200


@pytest.mark.parametrize("body", [b"", b"a", b"foo", b"hello, world", bytes(range(256))])
def test_the_hash_of_the_search_engines(body: bytes) -> None:
    known = {b"": 0, b"a": 1009084850, b"foo": -156908512, b"hello, world": 345750399}
    if body in known:
        assert murmur3(body) == known[body]
    assert -(1 << 31) <= shodan_hash(body) < 1 << 31


MARK = Reference(brand="b", file="sail.png", body=png(symbol()), right="123")


@pytest.mark.parametrize(
    "shown",
    [symbol(), symbol(24), symbol(64, "#eee", "#135"), symbol(90, "#b00", "#ffe"), symbol(100, turn=7), symbol(400)],
)
def test_a_symbol_is_found_however_it_is_shown(shown: Image.Image) -> None:
    picture = open_picture(png(shown))
    found = Matcher([MARK]).match(candidates(picture, [("x.png", 0, 0, picture.width, picture.height)]))
    assert [(m.brand, m.right, m.source, m.reference) for m in found] == [("b", "123", "x.png", "sail.png")]
    assert found[0].source_sha256 == picture.sha256
    assert found[0].correlation > 0.9


def test_a_symbol_with_a_sticker_over_a_corner_is_found() -> None:
    shown = symbol(120)
    ImageDraw.Draw(shown).ellipse((84, 10, 116, 42), fill="#e22")
    assert Matcher([MARK]).best(np.asarray(shown)) is not None


def test_generic_shapes_and_words_are_not_the_symbol() -> None:
    matcher = Matcher([MARK])
    assert [matcher.best(shape) for shape in generic_shapes(cv2) if matcher.best(shape)] == []
    assert matcher.best(np.asarray(words("微粒贷", width=160))) is None
    assert matcher.best(np.full((50, 50, 3), 200, np.uint8)) is None


def test_a_mark_that_is_a_plain_circle_needs_more_than_a_circle() -> None:
    sheet = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(sheet).ellipse((20, 20, 180, 180), fill="black")
    ring = Reference(brand="b", file="dot.png", body=png(sheet))
    assert Matcher([ring]).best(np.asarray(sheet)) is None


def captured(dom: str, shot: Image.Image, *boxes: Box, favicon: bytes = b"") -> Captured:
    return Captured(
        url="http://a.example/", final_url="http://a.example/", profile="mobile", status=200, dom=dom,
        screenshot=png(shot), boxes=boxes, favicon=favicon,
    )  # fmt: skip


def test_a_page_that_is_one_picture_is_read() -> None:
    shot = Image.new("RGB", (390, 844), "white")
    shot.paste(words("微粒贷", "立即申请"), (0, 0))
    seen = examine_captured(captured("<img src=/p.png>", shot, Box(kind="img", x=0, y=0, width=390, height=300)))
    assert {"微粒贷", "立即申请"} <= set(seen.image_words)
    assert [line.text for line in seen.read] == ["微粒贷", "立即申请"]
    assert all(line.model == ":".join(ocr.models()[-1]) and line.score > 0.9 for line in seen.read)
    assert seen.read[0].box[1] < seen.read[1].box[1]
    assert seen.missing == ()


def test_a_page_with_words_enough_is_not_read_a_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "read_lines", lambda pixels: pytest.fail(f"read {pixels.shape}"))
    examine_captured(captured("<p>" + "词" * 300, Image.new("RGB", (390, 844), "white")))


def test_marks_and_codes_of_a_capture() -> None:
    shot = Image.new("RGB", (390, 844), "white")
    shot.paste(symbol(80), (20, 20))
    shot.paste(code("https://evil.example/x.apk"), (100, 300))
    seen = examine_captured(
        captured(
            "<p>" + "词" * 300, shot, Box(kind="img", x=20, y=20, width=80, height=80, text="http://a.example/l.png")
        ),
        [MARK],
    )
    assert seen.qr == ("https://evil.example/x.apk",)
    assert [(link.url, link.hands_out) for link in seen.links] == [("https://evil.example/x.apk", "apk")]
    assert [(m.source, m.box) for m in seen.logos] == [("http://a.example/l.png", (20, 20, 80, 80))]


def test_a_match_can_be_shown_beside_the_registered_picture() -> None:
    shot = Image.new("RGB", (390, 844), "white")
    shot.paste(symbol(80), (20, 20))
    both = open_picture(side_by_side(MARK.body, png(shot), (20, 20, 80, 80)))
    assert (both.width, both.height) == (640, 240)
    left, right = both.pixels[12:228, 52:268], both.pixels[12:228, 372:588]
    assert Matcher([MARK]).best(left) is not None
    assert Matcher([MARK]).best(right) is not None
    with pytest.raises(UnreadablePictureError, match="outside"):
        side_by_side(MARK.body, png(shot), (5000, 20, 80, 80))


def test_a_mark_inside_a_poster_is_found_where_it_stands() -> None:
    poster = words("最高可借30万", "立即下载", "三分钟到账", width=390)
    poster.paste(symbol(70, ground="#07a55e", ink="#fff"), (250, 160))
    shot = Image.new("RGB", (390, 844), "white")
    shot.paste(poster, (0, 100))
    box = Box(kind="img", x=0, y=100, width=390, height=poster.height, text="http://a.example/poster.jpg")
    seen = examine_captured(captured("<p>" + "词" * 300, shot, box), [MARK])
    found = [m for m in seen.logos if m.source == "http://a.example/poster.jpg"]
    assert found
    x, y, width, height = found[0].box
    assert abs(x - 258) < 12
    assert abs(y - 266) < 12
    assert 50 < width < 75
    assert 50 < height < 75
    plain = Image.new("RGB", (390, 844), "white")
    plain.paste(words("最高可借30万", "立即下载", "三分钟到账", width=390), (0, 100))
    assert examine_captured(captured("<p>" + "词" * 300, plain, box), [MARK]).logos == ()


def test_the_places_of_a_poster_are_few_however_busy_it_is() -> None:
    busy = np.random.default_rng(7).integers(0, 255, (200, 120, 3), np.uint8).repeat(12, axis=0).repeat(12, axis=1)
    assert len(regions(cv2, busy)) <= REGIONS
    assert regions(cv2, np.full((400, 400, 3), 200, np.uint8)) == []


def test_a_mark_in_the_favicon_is_found() -> None:
    blank = Image.new("RGB", (390, 844), "white")
    seen = examine_captured(captured("<p>" + "词" * 300, blank, favicon=png(symbol(48))), [MARK])
    assert [m.source for m in seen.logos] == ["favicon"]


def test_the_same_capture_gives_the_same_facts() -> None:
    shot = words("微粒贷", "立即申请")
    once, again = (examine_captured(captured("<p>x", shot), [MARK]) for _ in range(2))
    assert once == again


def test_pictures_that_were_downloaded_are_read_too() -> None:
    page = examine_captured(captured("<p>" + "词" * 100, Image.new("RGB", (390, 844), "white")))
    bodies = [("http://a.example/p.png", png(words("微粒贷"))), ("http://a.example/b", b"no" * 99)]
    seen = add_pictures(page, bodies, [MARK])
    assert seen.image_words == ("微粒贷",)
    assert seen.missing == ("page.picture",)
