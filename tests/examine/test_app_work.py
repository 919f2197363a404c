"""What is spent on one app is bounded over all its members together, and what was left unread is a fact.

Costs are counted in units of `Work`, never in seconds, so that a loaded machine changes nothing.
"""

import plistlib
import struct
from collections.abc import Callable

import pytest

from zhengben.examine.apk.axml import Node, Value
from zhengben.examine.apk.contents import read_contents, search_text
from zhengben.examine.apk.icons import draw_icons
from zhengben.examine.apk.manifest import MAX_NAMES, read_manifest
from zhengben.examine.apk.package import open_package
from zhengben.examine.apk.search import Contents, Place, search_bytes
from zhengben.examine.apk.signatures import check_signatures
from zhengben.examine.apk.strung import proto_strings, strings_of
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.work import MOST, Work
from zhengben.range.make_apk import Extras, make_apk, sign_entries, signing_key
from zhengben.range.make_apk_arsc import Config, Table
from zhengben.range.make_apk_axml import Color, Element, write_axml
from zhengben.range.make_apk_zip import Entry, write_parts

KEY = signing_key("work", "Work")
SMALL = 4000


def _crowded_page() -> bytes:
    """SQLite whose cells all point at one row with as many columns as the page has room for."""
    page = bytearray(8192)
    page[:18] = b"SQLite format 3\0\x20\0"
    page[100] = 0x0D
    page[103:105] = struct.pack(">H", 1500)
    page[108:3108] = struct.pack(">H", 4000) * 1500
    page[4000:4004] = b"\x7f\x7f\xff\x7f"
    page[4004:] = b"\x0c" * (8192 - 4004)
    return bytes(page)


def _crowded_table() -> bytes:
    """Hermes bytecode that names one text five thousand times."""
    head = bytes.fromhex("c61fbc03c103191f").ljust(40, b"\0") + struct.pack("<6I", 0, 0, 0, 5000, 0, 250)
    return head.ljust(128, b"\0") + struct.pack("<I", 250 << 24) * 5000 + b"q" * 250


def _crowded_list() -> bytes:
    value: object = ["x"] * 30
    for _ in range(4):
        value = [value] * 30
    return plistlib.dumps({"a": value}, fmt=plistlib.FMT_BINARY)


CROWDED: dict[str, Callable[[], bytes]] = {
    "one row, many cells": _crowded_page, "one text, many names": _crowded_table, "lists in lists": _crowded_list,
}  # fmt: skip


@pytest.mark.parametrize("kind", CROWDED)
def test_a_table_that_repeats_itself_ends_with_the_work(kind: str) -> None:
    work = Work(SMALL)
    found = strings_of(CROWDED[kind](), work)
    assert found is not None
    assert -9000 < work.left < 0, "it stopped about where the work ended"
    assert found.strings.count(b"\0") <= SMALL + 1


@pytest.mark.parametrize("kind", CROWDED)
def test_what_was_left_unread_is_told(kind: str) -> None:
    out = Contents(work=Work(SMALL))
    search_text(CROWDED[kind](), "assets/a", out)
    assert out.missing == {"app.too_big"}


def test_messages_in_messages_end_with_the_work() -> None:
    work = Work(500)
    assert proto_strings(b"\x0a\x02\x80\x01" * 5000, work)
    assert work.left < 0


def test_one_file_with_its_work_spent_does_not_stop_a_sound_one_from_being_read_whole() -> None:
    """Work belongs to one app: the next begins with all of it."""
    search_bytes("QQ 客服 微信\n".encode() * 90_000, Place("a"), Contents(work=Work(10)))
    after = Contents()
    search_bytes("客服QQ：38271946".encode(), Place("a"), after)
    assert ("qq", "38271946") in after.contacts
    assert not after.missing


def test_words_that_announce_nobody_are_not_looked_into_without_end() -> None:
    """Two thousand files of them cost what one of them may: every look is paid from one purse."""
    text = "QQ 客服 微信 电话 热线 企鹅\n".encode() * 40
    body = make_apk(
        package="a.b", labels={"": "x"}, signer=KEY,
        extras=Extras(files={f"assets/{i}.txt": text for i in range(120)}, schemes=("v2",)),
    )  # fmt: skip
    out = Contents(work=Work(20_000))
    archive = Archive(body)
    chosen = [(entry, "text") for entry in archive.entries if entry.name.startswith("assets/")]
    from_one = Contents()
    search_text(text, "assets/0.txt", from_one)
    assert MOST - from_one.work.left < 20_000, "one such file is read whole"
    for entry, _ in chosen:
        search_text(archive.read(entry, 1 << 20), entry.name, out)
    assert out.work.left < 0
    assert "app.too_big" in out.missing


def test_a_common_app_takes_a_small_part_of_the_work() -> None:
    strings = [f"Lcom/example/part{i}/Thing;" for i in range(4000)] + [f"https://a{i}.example/x" for i in range(300)]
    body = make_apk(package="a.b", labels={"": "x"}, signer=KEY, extras=Extras(strings=strings, schemes=("v2",)))
    out = read_contents(Archive(body))
    assert len(out.urls) == 300
    assert not out.missing
    assert MOST - out.work.left < MOST // 50


def test_a_label_shared_by_thousands_is_followed_once() -> None:
    asked: list[int] = []

    class Counting:
        """Resources that count how often they are asked."""

        def values(self, number: int) -> list[tuple[object, Value]]:
            """Give one name."""
            asked.append(number)
            return [(Config(), Value(3, 0, "x"))]

    label = Value(1, 0x7F010001, "")
    inside = [Node("activity", {"label": label}) for _ in range(3000)]
    root = Node("", {}, [Node("manifest", {"package": Value(3, 0, "a.b")}, inside)])
    found = read_manifest(root, Counting())  # type: ignore[arg-type]  # asked for values only
    assert [name.text for name in found.names] == ["x"]
    assert len(asked) == 1


def test_names_of_a_manifest_are_kept_in_order_and_each_once() -> None:
    inside = [Node("activity", {"label": Value(3, 0, f"n{i % 500}")}) for i in range(2000)]
    root = Node("", {}, [Node("manifest", {"package": Value(3, 0, "a.b")}, inside)])
    found = read_manifest(root, None)
    assert [name.text for name in found.names] == [f"n{i}" for i in range(MAX_NAMES)]


def _icon(top: Element) -> bytes:
    table = Table("a.b")
    icon = table.add("drawable", "icon", [(Config(), "res/a.xml")])
    manifest = Element("manifest", {"package": "a.b"}, [Element("application", {"icon": icon})])
    entries = [
        Entry(name="AndroidManifest.xml", data=write_axml(manifest)), Entry(name="resources.arsc", data=table.write()),
        Entry(name="res/a.xml", data=write_axml(top)),
    ]  # fmt: skip
    return sign_entries(entries, KEY, ("v2",))


def test_an_icon_of_hundreds_of_layers_is_drawn_as_far_as_an_icon_goes() -> None:
    layers = [Element("item", {}, [Element("solid", {"color": Color(0xFFFF0000)})]) for _ in range(450)]
    (icon,) = draw_icons(open_package(Archive(_icon(Element("layer-list", {}, layers)))))
    assert icon.png.startswith(b"\x89PNG")


def test_a_vector_of_paths_without_end_is_not_drawn_and_does_not_fill_memory() -> None:
    path = Element("path", {"fillColor": Color(0xFFFF0000), "pathData": "M0,0" + "l1,1l-1,2" * 2200})
    groups = [Element("group", {}, [path] * 50) for _ in range(4)]
    size = {"viewportWidth": 24.0, "viewportHeight": 24.0}
    (icon,) = draw_icons(open_package(Archive(_icon(Element("vector", size, groups)))))
    assert icon.png == b""


def test_more_signature_blocks_than_anybody_has_are_refused_aloud() -> None:
    archive = Archive(make_apk(package="a.b", labels={"": "x"}, signer=KEY, extras=Extras(schemes=("v1",))))
    entries = [Entry(name=e.name, data=archive.read(e, 1 << 20)) for e in archive.entries]
    blocks = [e for e in entries if str(e.name).rpartition(".")[2] in {"EC", "SF"}]
    more = [Entry(name=str(e.name).replace(".", f"{i}."), data=e.data) for e in blocks for i in range(80)]
    outcome = check_signatures(Archive(write_parts([*entries, *more]).join()))
    assert not outcome.verified
    assert "too_many_signers" in outcome.errors


def test_a_big_honest_library_is_not_called_abnormal() -> None:
    """It is longer than what is read of it, and told so truly; a bomb of the same length is told as before."""
    honest, bomb = bytes(range(256)) * 80, bytes(20_480)
    archive = Archive(write_parts([Entry(name="lib/x.so", data=honest, method=0), Entry(name="b", data=bomb)]).join())
    assert len(archive.read(archive.entries[0], 8000)) == 8000
    assert list(archive.tamper) == []
    assert len(archive.read(archive.entries[1], 8000)) == 8000
    assert "entry_cut_at_cap" in archive.tamper
