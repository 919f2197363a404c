"""Picture files by themselves and pictures written into pages; hostile ones above all."""

import base64
import io
import struct
import time
import warnings
import zlib

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from zhengben.core.fetched import Box, Captured
from zhengben.core.pagefacts import PageFacts, Reference
from zhengben.examine import logo, ocr
from zhengben.examine.image import MOST_SIDE, UnreadablePictureError, open_frames, open_picture
from zhengben.examine.logo_shown import crop, crop_digest, digest, side_by_side
from zhengben.examine.page_pictures import MOST_PICTURES, add_pictures, examine_captured, examine_html, examine_picture
from zhengben.examine.picture_sources import picture_named

FACE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
SECRETS = "<form><input placeholder=姓名><input placeholder=身份证号><input placeholder=银行卡号></form>"
LONG = "<p>" + "我们提供多种借款方案，利率透明，随借随还，请如实填写下列资料后提交审核。" * 8 + "</p>"


def packed(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def words(*lines: str, size: int = 40, width: int = 390) -> Image.Image:
    sheet = Image.new("RGB", (width, 40 + 70 * len(lines)), "#07a55e")
    for number, line in enumerate(lines):
        ImageDraw.Draw(sheet).text((20, 20 + 70 * number), line, font=ImageFont.truetype(FACE, size), fill="white")
    return sheet


def symbol(size: int = 120, ink: str = "#114", ground: str = "white") -> Image.Image:
    """Draw an invented mark: a bent sail over three drops."""
    sheet = Image.new("RGB", (240, 240), ground)
    draw = ImageDraw.Draw(sheet)
    draw.polygon([(30, 150), (120, 20), (140, 150)], fill=ink)
    draw.chord((120, 30, 230, 200), 200, 20, fill=ink)
    for x in (50, 110, 170):
        draw.ellipse((x, 180, x + 30, 220), fill=ink)
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


def code(text: str) -> Image.Image:
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(np.asarray(zxingcpp.write_barcode_to_image(made, scale=5))).convert("RGB")


def uri(body: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(body).decode()}"


MARK = Reference(brand="b", file="b/sail.png", body=packed(symbol()), right="16577525")


# --- opening -------------------------------------------------------------------------------------------------------


def _png(width: int, height: int, rows: bytes = b"", depth: int = 8, colour: int = 2) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def _gif(width: int, height: int, frames: int) -> bytes:
    head = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\x00\x00" + b"\x00\x00\x00\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, width, height) + b"\x00" + b"\x02\x02\x4c\x01\x00"
    return head + frame * frames + b"\x3b"


def _webp(width: int, height: int) -> bytes:
    bits = (width - 1) | ((height - 1) << 14)
    data = b"\x2f" + struct.pack("<I", bits) + b"\x00" * 8
    return b"RIFF" + struct.pack("<I", len(data) + 12) + b"WEBPVP8L" + struct.pack("<I", len(data)) + data


def _jpeg(width: int, height: int) -> bytes:
    body = bytearray(packed(Image.new("RGB", (8, 8)), "JPEG"))
    at = body.index(b"\xff\xc0") + 5
    body[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(body)


HOSTILE = {
    "png bomb": _png(60_000, 60_000),
    "png long line": _png(100_000, 1),
    "png high column": _png(1, 100_000),
    "png that says more than it has": _png(4000, 4000, b"\x00" * 100),
    "png of zero width": _png(0, 10),
    "png of a depth nobody has": _png(9, 9, b"", depth=7),
    "gif bomb": _gif(65_535, 65_535, 1),
    "gif of nothing": _gif(0, 0, 1),
    "webp bomb": _webp(16_383, 16_383),
    "jpeg bomb": _jpeg(65_000, 65_000),
    "jpeg cut": packed(symbol(), "JPEG")[:400],
    "png cut": packed(symbol())[:200],
    "gif cut": packed(symbol(), "GIF")[:60],
    "webp cut": packed(symbol(), "WEBP")[:60],
    "svg bomb": b'<svg xmlns="x"><!DOCTYPE a [<!ENTITY b "' + b"c" * 5000 + b'">]>' + b"&b;" * 5000 + b"</svg>",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n",
    "pdf": b"%PDF-1.7\n",
    "xpm": b"/* XPM */\nstatic char * a[] = {",
    "nothing": b"",
    "one byte": b"\x89",
    "zeroes": bytes(4000),
    "html": b"<html><body>404</body></html>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_quickly_and_said_not_to_have_been_seen(name: str) -> None:
    body = HOSTILE[name]
    began = time.process_time()
    with pytest.raises(UnreadablePictureError):
        open_picture(body)
    assert examine_picture(body, [MARK]).missing == ("image.reader",)
    page = add_pictures(PageFacts(url="http://a.example/", final_url=""), [("p", body)], [MARK])
    assert page.missing == (("page.picture",) if len(body) > 64 else ())
    assert time.process_time() - began < 2


def test_programs_are_no_pictures() -> None:
    # Pillow would hand PostScript to an interpreter; nothing but named formats is opened.
    eps = io.BytesIO()
    Image.new("RGB", (9, 9)).save(eps, "EPS")
    with pytest.raises(UnreadablePictureError):
        open_picture(eps.getvalue())


@pytest.mark.parametrize(
    ("image", "kind", "more"),
    [
        (symbol().convert("L"), "PNG", {}),
        (symbol().convert("1"), "PNG", {}),
        (symbol().convert("P"), "PNG", {}),
        (symbol().convert("P"), "GIF", {}),
        (symbol().convert("CMYK"), "JPEG", {"quality": 90}),
        (symbol().convert("CMYK"), "TIFF", {}),
        (symbol().convert("LA"), "PNG", {}),
        (symbol().convert("RGBA"), "WEBP", {"lossless": True}),
        (symbol(), "JPEG", {"progressive": True}),
        (symbol(), "BMP", {}),
        (symbol(64), "ICO", {}),
        (symbol(), "TIFF", {"compression": "tiff_lzw"}),
        (Image.fromarray(np.asarray(symbol().convert("L")).astype(np.uint16) * 257), "PNG", {}),
        (Image.fromarray(np.asarray(symbol().convert("L")).astype(np.float32) / 255), "TIFF", {}),
        (Image.fromarray(np.asarray(symbol().convert("L")).astype(np.int32)), "TIFF", {}),
    ],
)  # fmt: skip
def test_the_mark_is_known_in_every_way_to_write_a_picture(
    image: Image.Image, kind: str, more: dict[str, object]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        body = packed(image, kind, **more)
    seen = examine_picture(body, [MARK])
    assert [match.reference for match in seen.logos] == ["b/sail.png"], (image.mode, kind)
    assert seen.missing == ()


@pytest.mark.parametrize(("turn", "size"), [(1, (40, 20)), (3, (40, 20)), (6, (20, 40)), (8, (20, 40)), (5, (20, 40))])
def test_a_picture_lies_as_its_camera_held_it(turn: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    opened = open_picture(packed(Image.new("RGB", (40, 20)), "JPEG", exif=exif))
    assert (opened.width, opened.height) == size


def test_what_is_clear_lets_white_through() -> None:
    palette = Image.new("P", (9, 9), 1)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    palette.info["transparency"] = 1
    for body in (packed(Image.new("RGBA", (9, 9), (0, 0, 0, 0))), packed(palette, "GIF", transparency=1)):
        assert open_picture(body).pixels.min() == 255


@pytest.mark.parametrize("size", [(1, 1), (1, 2000), (2000, 1), (7, 7), (MOST_SIDE, 2), (15, 15)])
def test_a_picture_too_small_to_say_anything_says_nothing(size: tuple[int, int]) -> None:
    seen = examine_picture(packed(Image.new("RGB", size, "red")), [MARK])
    assert (seen.logos, seen.qr, seen.read, seen.missing) == ((), (), (), ())


# --- animations ----------------------------------------------------------------------------------------------------


def animated(*frames: Image.Image) -> bytes:
    return packed(frames[0], "GIF", save_all=True, append_images=list(frames[1:]), duration=50, loop=0)


def test_a_code_in_a_later_frame_is_read() -> None:
    blank = Image.new("RGB", (200, 200), "white")
    shown = blank.copy()
    shown.paste(code("https://a.example/w.apk").resize((180, 180), Image.Resampling.NEAREST), (10, 10))
    seen = examine_picture(animated(blank, shown))
    assert seen.qr == ("https://a.example/w.apk",)
    assert seen.missing == ()


def test_an_animation_of_which_only_some_frames_were_looked_at_says_so() -> None:
    frames = [Image.new("RGB", (60, 60), (n * 20, 0, 0)) for n in range(8)]
    body = animated(*frames)
    opened, whole = open_frames(body)
    assert (len(opened), whole) == (3, False)
    assert [int(one.pixels[5, 5, 0]) // 20 for one in opened] == [0, 4, 7]
    assert examine_picture(body).missing == ("image.frames",)


def test_a_storm_of_frames_costs_little() -> None:
    began = time.process_time()
    seen = examine_picture(_gif(4000, 4000, 5000), [MARK])
    assert seen.missing in {("image.frames",), ("image.reader",)}
    assert time.process_time() - began < 15


# --- by itself -----------------------------------------------------------------------------------------------------


def test_words_codes_and_marks_of_one_picture() -> None:
    sheet = Image.new("RGB", (500, 640), "white")
    sheet.paste(words("微粒贷", width=500), (0, 0))
    sheet.paste(symbol(90), (360, 150))
    sheet.paste(code("https://e.example/x.apk"), (40, 300))
    body = packed(sheet)
    seen = examine_picture(body, [MARK])
    assert (seen.profile, seen.text, seen.url) == ("picture", "", "")
    assert [line.text for line in seen.read] == ["微粒贷"]
    assert seen.image_words == ("微粒贷",)
    assert seen.qr == ("https://e.example/x.apk",)
    assert [(link.url, link.hands_out) for link in seen.links] == [("https://e.example/x.apk", "apk")]
    assert {(m.reference, m.right) for m in seen.logos} == {("b/sail.png", "16577525")}


def test_boxes_of_words_lie_in_the_pixels_of_the_picture_however_large_it_is() -> None:
    sheet = Image.new("RGB", (1200, 4800), "white")
    sheet.paste(words("微粒贷").resize((1170, 330)), (0, 3600))
    line = next(line for line in examine_picture(packed(sheet)).read if line.text == "微粒贷")
    assert 3560 < line.box[1] < 3960, line.box
    assert line.box[3] > 60


# --- in pages ------------------------------------------------------------------------------------------------------


def test_pictures_written_into_a_page_are_searched() -> None:
    source = f"<title>在线</title><img src='{uri(packed(words('微粒贷')))}'>"
    source += f"<p style='background:url({uri(packed(symbol(64)))})'>"
    seen = examine_html(
        source + f"<img src='{uri(packed(code('https://e.example/d')))}'>", "http://a.example/", references=[MARK]
    )
    assert seen.read[0].text == "微粒贷"
    assert seen.qr == ("https://e.example/d",)
    assert [match.source for match in seen.logos] == ["data:2"]
    assert "page.pictures" in seen.missing  # other pictures of the page lie elsewhere


def test_a_page_of_many_words_is_read_in_pictures_only_where_it_asks_for_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    picture = f"<img src='{uri(packed(words('微粒贷')))}'>"
    asking = examine_html(LONG + picture + SECRETS, "http://a.example/")
    assert [line.text for line in asking.read] == ["微粒贷"]
    monkeypatch.setattr(ocr, "read_lines", lambda pixels: pytest.fail(f"read {pixels.shape}"))
    assert examine_html(LONG + picture, "http://a.example/").read == ()


def test_drawings_and_spacers_are_no_missing_pictures() -> None:
    source = (
        f"{LONG}<img src='data:image/svg+xml,%3Csvg/%3E'>"
        f"<img src='{uri(packed(Image.new('RGB', (1, 1)), 'GIF'), 'gif')}'>"
        "<img src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'>"
    )
    assert examine_html(source, "http://a.example/").missing == ()
    broken = uri(packed(symbol())[:200])
    assert examine_html(f"{LONG}<img src='{broken}'>", "http://a.example/").missing == ("page.picture",)


def test_more_pictures_than_are_looked_at_are_said_so() -> None:
    many = "".join(
        f"<img src='{uri(packed(Image.new('RGB', (20, 20), (n, 0, 0))))}'>" for n in range(MOST_PICTURES + 1)
    )
    assert examine_html(LONG + many, "http://a.example/").missing == ("page.more_pictures",)


def captured(dom: str, shot: Image.Image, *boxes: Box, favicon: bytes = b"") -> Captured:
    return Captured(
        url="http://a.example/", final_url="http://a.example/", profile="mobile", status=200, dom=dom,
        screenshot=packed(shot), boxes=boxes, favicon=favicon,
    )  # fmt: skip


def test_a_name_in_the_picture_at_the_head_of_a_wordy_page_that_asks_for_secrets_is_read() -> None:
    shot = Image.new("RGB", (390, 1500), "white")
    shot.paste(words("微粒贷", width=200), (30, 20))
    shot.paste(words("随借随还", width=300), (40, 700))
    boxes = (
        Box(kind="img", x=30, y=20, width=200, height=110), Box(kind="css", x=40, y=700, width=300, height=110),
        Box(kind="img", x=0, y=0, width=6, height=6), Box(kind="img", x=0, y=5000, width=200, height=90),
    )  # fmt: skip
    seen = examine_captured(captured(LONG + SECRETS, shot, *boxes))
    assert [line.text for line in seen.read] == ["微粒贷", "随借随还"]
    assert abs(seen.read[0].box[0] - 50) < 16
    assert abs(seen.read[0].box[1] - 40) < 26
    assert abs(seen.read[1].box[1] - 720) < 26
    assert {line.source_sha256 for line in seen.read} == {open_picture(packed(shot)).sha256}
    assert examine_captured(captured(LONG, shot, *boxes)).read == ()


# --- shown again ---------------------------------------------------------------------------------------------------


def test_a_match_can_be_found_cut_out_and_measured_again() -> None:
    shot = Image.new("RGB", (390, 844), "white")
    shot.paste(symbol(80), (20, 20))
    dom = f"<p>{'词' * 300}<img src='{uri(packed(symbol(100, ink='#a11')))}'>"
    whole = captured(
        dom, shot, Box(kind="img", x=20, y=20, width=80, height=80, text="l.png"), favicon=packed(symbol(48))
    )
    for match in examine_captured(whole, [MARK]).logos:
        picture = picture_named(whole, match.source_sha256)
        assert picture in {whole.screenshot, whole.favicon}
        x, y, width, height = map(float, match.box)
        again = logo.candidates(open_picture(picture), [(match.source, x, y, width, height)])[0]
        assert digest(again.pixels) == match.crop_sha256
        best = logo.matcher((MARK,)).best(again.pixels)
        assert best is not None
        assert round(best[1], 4) == match.correlation
        assert match.correlation >= match.needed > 0.9
        assert crop(picture, match.box).startswith(b"\x89PNG")
        assert side_by_side(MARK.body, picture, match.box) == side_by_side(MARK.body, picture, match.box)
    embedded = examine_html(dom, "http://a.example/", references=[MARK]).logos[0]
    assert picture_named(whole, embedded.source_sha256) == packed(symbol(100, ink="#a11"))


def test_a_cut_outside_or_of_nothing_is_refused_and_a_thin_one_is_no_banner() -> None:
    body = packed(Image.new("RGB", (3000, 40), "red"))
    for box in ((5000, 0, 10, 10), (0, 0, 0, 10), (0, 50, 10, 10)):
        with pytest.raises(UnreadablePictureError):
            crop(body, box)
    assert open_picture(side_by_side(MARK.body, body, (0, 0, 3000, 1))).width < 3000
    assert crop_digest(body, (0, 0, 5, 8)) != crop_digest(body, (0, 0, 8, 5))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", *(name for name in HOSTILE if "cut" in name)]))
def test_no_bytes_make_looking_fail(tail: bytes, head: str) -> None:
    seen = examine_picture(HOSTILE.get(head, b"") + tail, [MARK])
    assert seen.missing in {(), ("image.reader",), ("image.frames",)}
