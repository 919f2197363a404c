"""The parts of the package reader, each held against something written another way."""

import hashlib
import io
import struct
import zlib
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from zhengben.examine import appicon, inflate
from zhengben.examine.apk.contents import read_contents
from zhengben.examine.apk.dex import Dex, dex_strings
from zhengben.examine.apk.jar import hashes_needed
from zhengben.examine.apk.jar_manifest import read_sections
from zhengben.examine.apk.signatures import check_signatures, prepare
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.appfile import examine_app
from zhengben.range.make_apk import Extras, app_entries, make_apk, sign_entries, signing_key
from zhengben.range.make_apk_dex import write_dex
from zhengben.range.make_apk_sign import V2, signing_block, v1_entries, v2_value
from zhengben.range.make_apk_zip import STORED, Entry, write_parts

KEY, OTHER = signing_key("parts"), signing_key("other parts")
WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=0x24F), min_size=1, max_size=20)


# --- DEX ------------------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, derandomize=True)
@given(words=st.lists(WORDS, min_size=1, max_size=40, unique=True), asked=WORDS)
def test_a_prefix_is_found_exactly_when_a_string_has_it(words: list[str], asked: str) -> None:
    table = Dex(write_dex(words))
    for prefix in (asked, words[0], words[0][:2], words[-1] + "x"):
        assert table.has_prefix(prefix.encode()) == any(word.startswith(prefix) for word in words)


@pytest.mark.parametrize("count", [0, 1, 0x7FFFFFFF, 0xFFFFFFFF])
@pytest.mark.parametrize("at", [0, 0x70, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_lying_string_table_is_searched_and_costs_nothing(count: int, at: int) -> None:
    data = bytearray(write_dex(["Lcom/umeng/a;", "x"]))
    struct.pack_into("<II", data, 0x38, count, at)
    assert Dex(bytes(data)).has_prefix(b"Lcom/never/") is False
    assert dex_strings(bytes(data))


def test_a_length_that_never_ends_is_no_string() -> None:
    data = bytearray(write_dex(["Lcom/umeng/a;"]))
    at = struct.unpack_from("<I", data, struct.unpack_from("<I", data, 0x3C)[0])[0]
    data[at : at + 5] = b"\xff" * 5
    assert Dex(bytes(data)).has_prefix(b"Lcom") is False


def test_sdks_of_every_dex_are_named_once() -> None:
    files = {f"classes{n}.dex": write_dex(["Lcom/umeng/analytics/A;", "Ljava/lang/Object;"]) for n in (2, 3)}
    facts = examine_app(make_apk(package="a.b", labels={"": "x"}, signer=KEY, extras=Extras(files=files)), "a.apk")
    assert facts.sdks.count("umeng") == 1


# --- signatures of the old kind, read on the way --------------------------------------------------------------------


def _v1(**more: bytes) -> bytes:
    entries = app_entries(package="a.b", labels={"": "x"}, permissions=[], urls=[], extras=Extras(target_sdk=28))
    entries += [Entry(name=name.replace("_", "/"), data=data) for name, data in more.items()]
    return write_parts([*entries, *v1_entries(entries, KEY)]).join()


def test_hashes_are_taken_while_entries_are_read_and_say_the_same() -> None:
    data = _v1(assets_a=b"text" * 9000, lib_x=b"\x7fELF" * 100)
    plain, shared = Archive(data), Archive(data)
    prepare(shared)
    assert shared.hashing == ("sha256",)
    read_contents(shared)
    read = {shared.entries[i].name for i in shared.by_name.values() if shared.entries[i].offset in shared.digests}
    assert "classes.dex" in read
    for archive in (plain, shared):
        assert check_signatures(archive).verified
    for entry in shared.entries:
        if entry.offset in shared.digests:
            body = plain.read(entry, 1 << 20)
            assert shared.digests[entry.offset]["sha256"] == hashlib.sha256(body).digest()


@pytest.mark.parametrize("name", ["classes.dex", "assets/a.js", "resources.arsc", "AndroidManifest.xml"])
def test_what_was_read_on_the_way_is_still_held_against_the_signature(name: str) -> None:
    """A changed entry is found whether it was read before the signature was asked about or not."""
    entries = app_entries(package="a.b", labels={"": "x"}, permissions=[], urls=[], extras=Extras(target_sdk=28))
    entries.append(Entry(name="assets/a.js", data=b"location='https://a.example'"))
    signatures = v1_entries(entries, KEY)
    changed = [Entry(name=e.name, data=e.data + b" ") if e.name == name else e for e in entries]
    facts = examine_app(write_parts([*changed, *signatures]).join(), "a.apk")
    assert (facts.signed, any(signer.verified for signer in facts.signers)) == ("broken", False)


def test_a_package_with_a_block_needs_no_hashes_on_the_way() -> None:
    archive = Archive(make_apk(package="a.b", labels={"": "x"}, signer=KEY))
    prepare(archive)
    assert archive.hashing == ()


def test_a_size_that_lies_keeps_its_entry_out_of_the_shortcut() -> None:
    entries = app_entries(package="a.b", labels={"": "x"}, permissions=[], urls=[], extras=Extras(target_sdk=28))
    lying = [Entry(name=e.name, data=e.data, central_size=7) if e.name == "classes.dex" else e for e in entries]
    archive = Archive(write_parts([*lying, *v1_entries(entries, KEY)]).join())
    prepare(archive)
    read_contents(archive)
    entry = archive.get("classes.dex")
    assert entry is not None
    assert entry.offset not in archive.digests


def test_hashes_needed_follow_the_manifest() -> None:
    def needed(text: str) -> tuple[str, ...]:
        files = [Entry(name="META-INF/MANIFEST.MF", data=text.encode()), Entry(name="META-INF/A.RSA", data=b"x")]
        return hashes_needed(Archive(write_parts(files).join()))

    assert needed("Name: a\r\nSHA1-Digest: x\r\n\r\n") == ("sha1",)
    assert set(needed("sha-256-DIGEST: x\r\nSHA-512-Digest: y\r\n")) == {"sha256", "sha512"}
    assert needed("Name: a\r\n") == ()
    assert hashes_needed(Archive(b"")) == ()


LINE = st.sampled_from(["Name: a", "Name: b", " more", "SHA1-Digest: q", "X", "", "name: c", "Created-By: 1"])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(lines=st.lists(LINE, max_size=14), end=st.sampled_from(["\r\n", "\n", "\r"]))
def test_sections_are_the_same_whatever_ends_their_lines(lines: list[str], end: str) -> None:
    def told(ending: str) -> list[tuple[str, dict[str, str]]]:
        return [(one.name, one.attributes) for one in read_sections((ending.join(lines) + ending * 2).encode())]

    assert told(end) == told("\n")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    data=st.binary(max_size=120),
    lines=st.lists(st.sampled_from([b"\r\n", b"\n", b"\r", b" ", b"Name: x"]), max_size=20),
)
def test_no_manifest_of_signatures_is_an_error(data: bytes, lines: list[bytes]) -> None:
    """A continued line behind an empty one once put two ways of counting out of step."""
    for body in (data, b"".join(lines), b"A: 1\r\n\r\n B: 2\r\n\r\n"):
        assert all(section.raw for section in read_sections(body))


# --- inflating ------------------------------------------------------------------------------------------------------


class _Other:
    """Stands for another engine: the same answers, counted."""

    error = type("OtherError", (Exception,), {})
    asked = 0

    @classmethod
    def decompressobj(cls, bits: int) -> object:
        cls.asked += 1
        return zlib.decompressobj(bits)


def test_another_engine_gives_the_same_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_apk(package="a.b", labels={"": "x", "zh": "微粒贷"}, signer=KEY, urls=["https://a.example/"])
    before = examine_app(data, "a.apk")
    monkeypatch.setattr(inflate, "engine", _Other)
    assert examine_app(data, "a.apk") == before
    assert _Other.asked > 0


# --- pictures -------------------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    mode=st.sampled_from(["RGB", "RGBA", "L", "P", "LA", "1"]), width=st.integers(1, 40), height=st.integers(1, 40),
    seed=st.integers(0, 255),
)  # fmt: skip
def test_pictures_written_here_are_read_by_others_as_they_were(mode: str, width: int, height: int, seed: int) -> None:
    pixels = bytes((i * 37 + seed) % 256 for i in range(width * height * 4))
    picture = Image.frombytes("RGBA", (width, height), pixels).convert(mode)
    shown = Image.open(io.BytesIO(appicon.as_png(picture)))
    assert (
        shown.convert("RGBA").tobytes() == picture.convert("RGBA" if "A" in mode else "RGB").convert("RGBA").tobytes()
    )


def _bytes_of(form: str, size: tuple[int, int] = (64, 64)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "WEBP", "JPEG", "GIF", "BMP", "ICO"])
def test_every_form_an_icon_may_have_is_opened(form: str) -> None:
    picture = appicon.open_picture(_bytes_of(form))
    assert picture is not None
    assert picture.mode == "RGBA"
    assert abs(picture.getpixel((30, 30))[0] - 255) < 4  # type: ignore[index]  # an RGBA pixel


def test_what_is_no_picture_too_small_or_too_large_is_none() -> None:
    huge = bytearray(_bytes_of("PNG"))
    struct.pack_into(">II", huge, 16, 60_000, 60_000)
    canvas = (
        b"RIFF"
        + struct.pack("<I", 100)
        + b"WEBPVP8X"
        + struct.pack("<I", 10)
        + bytes(4)
        + b"\xff\xff\xff" * 2
        + bytes(60)
    )
    for data in (
        b"",
        b"\x89PNG\r\n\x1a\n",
        _bytes_of("PNG", (4, 4)),
        bytes(huge),
        canvas,
        b"<svg/>",
        b"%PDF",
        b"BM" + bytes(60),
    ):
        assert appicon.open_picture(data) is None


def test_likeness_is_the_same_both_ways_and_whole_to_itself() -> None:
    one, other = (appicon.print_of(_bytes_of("PNG", size)) for size in ((64, 64), (90, 64)))
    assert appicon.alike(one, other) == appicon.alike(other, one)
    drawn = Image.new("RGB", (96, 96), "navy")
    drawn.paste("white", (20, 30, 60, 80))
    out = io.BytesIO()
    drawn.save(out, "PNG")
    mark = appicon.print_of(out.getvalue())
    assert appicon.alike(appicon.picture_print(drawn), mark) == pytest.approx(1.0)
    assert appicon.alike(mark, "") == appicon.alike("", "") == 0.0


def _disc(left: int, top: int, size: int, colour: str = "white") -> Image.Image:
    image = Image.new("RGB", (192, 192), "#1677ff")
    shape = Image.new("L", (192, 192), 0)
    shape.paste(255, (left, top, left + size, top + size))
    image.paste(colour, (0, 0), shape)
    return image


def test_one_square_is_not_every_other_square() -> None:
    """Contents alone made any single figure a copy of any other of its kind; its place and size count too."""
    mark = appicon.picture_print(_disc(30, 30, 60), whole=True)
    assert appicon.alike(appicon.picture_print(_disc(30, 30, 60, "yellow")), mark) > 0.9
    assert appicon.alike(appicon.picture_print(_disc(100, 100, 60)), mark) < 0.9
    assert appicon.alike(appicon.picture_print(_disc(20, 20, 150)), mark) < 0.9


# --- what else a signing block holds --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "note"),
    [(0x6DFF800D, "source_stamp"), (0x2B09189E, "source_stamp_v1"), (0x2146444E, "play_frosting"),
     (0x71777777, "channel_walle"), (0x881155FF, "channel_vasdolly"), (0x504B4453, "dependencies")],
)  # fmt: skip
def test_what_else_the_block_holds_is_noted_and_not_called_tampering(number: int, note: str) -> None:
    entries = app_entries(package="a.b", labels={"": "x"}, permissions=[], urls=[], extras=Extras())
    parts = write_parts(entries)
    facts = examine_app(parts.join(signing_block([(V2, v2_value(parts, KEY)), (number, b"x" * 20)])), "a.apk")
    assert (facts.notes, facts.tamper, facts.signed) == ((note,), (), "verified")


def test_an_unknown_pair_is_tampering() -> None:
    entries = app_entries(package="a.b", labels={"": "x"}, permissions=[], urls=[], extras=Extras())
    parts = write_parts(entries)
    facts = examine_app(parts.join(signing_block([(V2, v2_value(parts, KEY)), (0x12345, b"x" * 20)])), "a.apk")
    assert facts.tamper == ("sigblock_extra",)


# --- names that resemble the manifest's -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["./AndroidManifest.xml", "androidmanifest.xml", "AndroidManifest.xml ", "/AndroidManifest.xml"]
)
def test_a_false_manifest_beside_the_true_one_is_told_and_not_read(name: str) -> None:
    entries = app_entries(package="cn.true", labels={"": "x"}, permissions=[], urls=[], extras=Extras())
    decoy = app_entries(package="cn.decoy", labels={"": "微粒贷"}, permissions=[], urls=[], extras=Extras())[0]
    facts = examine_app(sign_entries([Entry(name=name, data=decoy.data), *entries], KEY, ("v2",)), "a.apk")
    assert facts.package == "cn.true"
    assert "manifest_lookalike" in facts.tamper
    assert "微粒贷" not in {one.text for one in facts.names}


def test_an_end_record_that_counts_otherwise_is_told() -> None:
    data = bytearray(sign_entries([Entry(name="AndroidManifest.xml", data=b"", method=STORED)], OTHER, ("v2",)))
    end = data.rindex(b"PK\5\6")
    for offset, value in ((10, 9), (4, 3)):
        bent = bytearray(data)
        struct.pack_into("<H", bent, end + offset, value)
        assert "end_record_lies" in Archive(bytes(bent)).tamper
    assert "end_record_lies" not in Archive(bytes(data)).tamper


def test_seen_gives_nothing_for_nothing() -> None:
    assert appicon.seen(None) == b""
    assert SimpleNamespace(png=appicon.seen(_disc(30, 30, 60))).png.startswith(appicon.PNG)
