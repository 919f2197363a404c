"""Members whose names or places mislead: text called a picture, pages in a package of pages, icons of bundles."""

import gzip
import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageOps

from zhengben.core.appfacts import AppFacts, Mark
from zhengben.detect.app_icon import ALIKE_AT
from zhengben.examine.apk.contents import kind_of
from zhengben.examine.apk.zipread import Entry as Member
from zhengben.examine.appfile import examine_app, examine_app_beside
from zhengben.examine.appicon import SHOWN, alike, icon_print, open_picture, picture_print, print_of, seen
from zhengben.range.make_apk import Extras, make_apk, sign_entries, signing_key
from zhengben.range.make_apk_arsc import Table
from zhengben.range.make_apk_axml import Element, write_axml
from zhengben.range.make_apk_dex import write_dex
from zhengben.range.make_apk_zip import Entry, write_parts
from zhengben.range.make_app_sets import bundle_vector, make_aab

KEY = signing_key("members", "Members")
URL = "https://h5.quick-cash.example/index"
SAID = f"{URL}\n在线客服QQ：38271946\n".encode()


def _with(files: dict[str, bytes]) -> AppFacts:
    return examine_app(
        make_apk(package="a.b", labels={"": "x"}, signer=KEY, extras=Extras(files=files, schemes=("v2",))), "a.apk"
    )


def _picture(colour: str = "#1677ff", size: int = 96, form: str = "PNG") -> bytes:
    image = Image.new("RGB", (size, size), colour)
    image.paste("white", (size // 4, size // 4, size // 2, size * 3 // 4))
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


LYING: dict[str, Callable[[], bytes]] = {
    "assets/logo.png": lambda: SAID, "assets/a.mp3": lambda: b'{"a":"' + SAID.replace(b"\n", b" ") + b'"}',
    "assets/font.ttf": lambda: gzip.compress(SAID), "res/raw/splash.webp": lambda: write_dex([*SAID.decode().split()]),
    "assets/model.tflite": lambda: write_parts([Entry(name="a.txt", data=SAID)]).join(),
    "assets/b.jpg": lambda: SAID.decode().encode("utf-16"), "assets/c.gif": lambda: SAID.decode().encode("gb18030"),
}  # fmt: skip


@pytest.mark.parametrize("name", LYING)
def test_what_is_called_a_picture_and_is_none_is_read(name: str) -> None:
    facts = _with({name: LYING[name]()})
    assert facts.hosts == ("h5.quick-cash.example",)
    assert ("qq", "38271946") in {(one.kind, one.value) for one in facts.contacts}
    assert all(one.where.startswith(name) for one in facts.contacts)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_what_is_a_picture_is_not_searched_for_addresses(form: str) -> None:
    """What a camera or a painter writes into a picture is nobody's address."""
    body = _picture(form=form) + SAID
    assert _with({f"assets/a.{form.lower()}": body}).hosts == ()


def test_an_empty_or_tiny_picture_is_no_text() -> None:
    assert _with({"assets/a.png": b"", "assets/b.png": b"x", "assets/c.png": b"hi"}).urls == ()


@pytest.mark.parametrize(
    ("name", "packed", "kind"),
    [
        ("assets/a.png", 10, "media"), ("assets/a.png", 0, ""), ("assets/A.PNG", 10, "media"),
        ("META-INF/CERT.RSA", 10, ""), ("assets/film.mp4", 2 << 20, ""), ("assets/fonts/", 10, ""),
    ],
)  # fmt: skip
def test_media_are_looked_at_by_their_first_bytes_unless_they_are_big(name: str, packed: int, kind: str) -> None:
    assert kind_of(Member(name=name, flags=0, method=8, crc=0, packed=packed, size=packed, offset=0)) == kind


def test_a_database_that_is_none_is_searched_as_it_lies_there() -> None:
    facts = _with({"assets/data.db": b"SQLite format 3\0" + bytes(100) + b"\x7f\x03" + SAID.replace(b"\n", b"\0")})
    assert facts.hosts == ("h5.quick-cash.example",)


# --- packages of pages ----------------------------------------------------------------------------------------------


def _pages(name: str) -> bytes:
    text = f'{{"id":"__UNI__77","name":"{name}","launch_path":"https://h5.evil.example/"}}'
    return write_parts([Entry(name="manifest.json", data=text.encode()), Entry(name="index.html", data=b"<p>")]).join()


def test_the_name_in_a_package_of_pages_is_a_name_the_app_shows() -> None:
    facts = _with({"assets/apps/__UNI__77.wgt": _pages("微粒贷")})
    assert ("微粒贷", "h5") in {(name.text, name.place) for name in facts.names}
    assert "https://h5.evil.example/" in facts.opens
    assert "uni:__UNI__77" in facts.prints


@pytest.mark.parametrize("body", [b"", b"PK\3\4", b"no archive", _pages("x")[:40]])
def test_a_package_of_pages_that_cannot_be_read_says_nothing(body: bytes) -> None:
    assert [name.text for name in _with({"assets/apps/__UNI__77.wgt": body}).names] == ["x"]


def test_of_many_packages_of_pages_few_are_opened() -> None:
    facts = _with({f"assets/apps/{i}.wgt": _pages(f"name {i}") for i in range(9)})
    assert [name.text for name in facts.names if name.place == "h5"] == ["name 0", "name 1"]


# --- what a phone passes over ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("deep", [False, True])
def test_a_permission_asked_for_inside_the_application_is_not_asked_for(*, deep: bool) -> None:
    """The package manager reads them directly below the manifest and passes over any other."""
    inside = [
        Element("uses-permission", {"name": "android.permission.CAMERA"}),
        Element("uses-sdk", {"minSdkVersion": 3}),
    ]
    real = [Element("uses-permission", {"name": "android.permission.READ_SMS"})]
    top = Element("manifest", {"package": "a.b"}, [*real, Element("application", {"label": "x"}, inside)])
    entries = [
        Entry(name="AndroidManifest.xml", data=write_axml(top)),
        Entry(name="resources.arsc", data=Table("a.b").write()),
    ]
    facts = examine_app(sign_entries(entries, KEY, ("v2",)), "a.apk", deep=deep)
    assert facts.permissions == ("android.permission.READ_SMS",)
    assert facts.min_sdk == 1


# --- icons of bundles -----------------------------------------------------------------------------------------------


def test_the_icon_of_a_bundle_is_drawn_from_its_largest_picture() -> None:
    icons = {"res/mipmap-m/ic.png": (160, _picture("#ff0000", 48)), "res/mipmap-x/ic.png": (640, _picture("#00ff00"))}
    data = make_aab(package="a.b", labels={"": "x"}, signer=KEY, icons=icons)
    (icon,) = examine_app(data, "a.aab").icons
    assert icon.place == "application.icon res/mipmap-x/ic.png"
    assert Image.open(io.BytesIO(icon.png)).convert("RGB").getpixel((2, 2)) == (0, 255, 0)
    (listed,) = examine_app(data, "a.aab", deep=False).icons
    assert (listed.place, listed.png) == (icon.place, b"")


def test_a_drawing_in_a_bundle_is_drawn() -> None:
    drawing = bundle_vector(0xFF1677FF, "M0,0h108v108h-108z")
    data = make_aab(package="a.b", labels={"": "x"}, signer=KEY, icons={"res/drawable/ic.xml": (0, drawing)})
    (icon,) = examine_app(data, "a.aab").icons
    picture = Image.open(io.BytesIO(icon.png)).convert("RGB")
    assert picture.getpixel((picture.width - 3, picture.height - 3)) == (0x16, 0x77, 0xFF), "the viewport is 108 wide"


def test_a_bundle_with_the_marks_picture_is_alike_the_mark() -> None:
    mark = Mark(brand="weilidai", file="mark.png", looks=print_of(_picture(size=192)))
    icons = {"res/mipmap/ic.png": (640, _picture())}
    facts = examine_app_beside(make_aab(package="a.b", labels={"": "x"}, signer=KEY, icons=icons), "a.aab", (mark,))
    assert [like.brand for like in facts.likenesses if like.score > 0.9] == ["weilidai"]


# --- prints only beside marks ---------------------------------------------------------------------------------------


def test_prints_are_taken_only_where_there_is_a_mark_to_hold_them_against() -> None:
    data = make_apk(package="a.b", labels={"": "x"}, signer=KEY, extras=Extras(icons={480: _picture()}))
    alone = examine_app_beside(data, "a.apk", ())
    assert [icon.looks for icon in alone.icons] == [""]
    beside = examine_app_beside(data, "a.apk", (Mark(brand="b", file="m.png", looks=print_of(_picture("#222222"))),))
    assert [icon.looks for icon in beside.icons] == [icon_print(icon.png) for icon in alone.icons]
    assert beside.likenesses


@pytest.mark.parametrize("size", [16, 48, 96, 144, 192, 500])
def test_the_kept_picture_has_the_print_of_the_one_in_the_file(size: int) -> None:
    """It is taken from what is kept, and says the same as the app's own file would."""
    icon = seen(open_picture(_picture(size=size)))
    kept = Image.open(io.BytesIO(icon))
    assert kept.width == min(size, SHOWN)
    assert alike(icon_print(icon), icon_print(_picture(size=size))) == pytest.approx(1.0, abs=0.02)


def test_a_picture_that_is_not_square_is_made_so() -> None:
    image = Image.new("RGBA", (100, 40), "#123456")
    assert Image.open(io.BytesIO(seen(image))).size == (SHOWN, SHOWN)


def test_the_print_of_nothing_is_empty() -> None:
    assert icon_print(b"") == ""
    assert icon_print(b"\x89PNG but no picture") == ""


# --- what is laid over an icon --------------------------------------------------------------------------------------


def _mark() -> Image.Image:
    image = Image.new("RGB", (192, 192), "#1677ff")
    pen = ImageDraw.Draw(image)
    pen.ellipse((40, 36, 140, 136), fill="white")
    pen.polygon([(60, 150), (150, 70), (150, 160)], fill="#ffd400")
    pen.rectangle((70, 66, 100, 96), fill="#d7263d")
    return image


def _badge(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).ellipse((134, 0, 191, 58), fill="#f22222")
    return image


def _ribbon(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).rectangle((0, 150, 192, 192), fill="#ee0000")
    return image


def _sash(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).polygon([(0, 40), (40, 0), (90, 0), (0, 90)], fill="#00aa44")
    return image


def _border(image: Image.Image) -> Image.Image:
    return ImageOps.expand(image, 12, "#222222").resize((192, 192))


def _grey(image: Image.Image) -> Image.Image:
    return image.convert("L").convert("RGB")


@pytest.mark.parametrize("change", [_badge, _ribbon, _sash, _border, _grey])
def test_a_mark_is_known_again_under_what_was_laid_over_it(change: Callable[[Image.Image], Image.Image]) -> None:
    assert alike(picture_print(change(_mark())), picture_print(_mark(), whole=True)) >= ALIKE_AT


@pytest.mark.parametrize("change", [_badge, _ribbon, _sash, _border])
def test_what_is_laid_over_an_icon_makes_it_no_mark(change: Callable[[Image.Image], Image.Image]) -> None:
    """The same ribbon on another picture is not the mark with a ribbon, and a ribbon alone is no mark at all."""
    other = Image.new("RGB", (192, 192), "#1677ff")
    ImageDraw.Draw(other).line((30, 30, 160, 60, 40, 120, 150, 160), fill="white", width=18)
    blank = Image.new("RGB", (192, 192), "#1677ff")
    for picture in (other, blank):
        assert alike(picture_print(change(picture)), picture_print(_mark(), whole=True)) < ALIKE_AT


def test_a_mark_that_lies_under_a_cover_for_the_most_part_is_not_judged_by_the_rest() -> None:
    mark = Image.new("RGB", (192, 192), "#1677ff")
    ImageDraw.Draw(mark).rectangle((60, 150, 130, 186), fill="white")
    assert alike(picture_print(Image.new("RGB", (192, 192), "#333333")), picture_print(mark, whole=True)) < 0.5


@pytest.mark.parametrize("one", ["", "00", "ff" * 10])
def test_a_print_that_is_none_is_like_nothing(one: str) -> None:
    assert alike(one, picture_print(_mark(), whole=True)) == 0.0
    assert alike(picture_print(_mark(), whole=True), one) == 0.0


def test_likeness_does_not_ask_which_of_two_is_the_mark() -> None:
    icon, mark = picture_print(_ribbon(_mark())), picture_print(_mark(), whole=True)
    assert alike(icon, mark) == pytest.approx(alike(mark, icon))
