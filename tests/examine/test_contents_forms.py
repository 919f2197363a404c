"""What an app holds is found however it is written, and said where and in what form; what is broken harms nobody."""

import base64
import bz2
import gzip
import io
import lzma
import plistlib
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.examine.apk.contents import MAX_DEPTH, MAX_OPENED, hosts_of, kind_of, search_code, search_text
from zhengben.examine.apk.disguised import pieces, plainly, reads_as, unescaped
from zhengben.examine.apk.packed import unpacked
from zhengben.examine.apk.search import Contents, Place, clipped, search_bytes
from zhengben.examine.apk.strung import joined, proto_strings, strings_of
from zhengben.examine.apk.zipread import Entry
from zhengben.examine.wire import WireError, fields

URL = "https://h5.quick-cash.example/index?c=7"
SAID = "在线客服QQ：38271946"
BOTH = f"{URL}\n{SAID}\n"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def look(data: bytes, where: str = "assets/a.dat") -> Contents:
    out = Contents()
    search_text(data, where, out)
    return out


def varint(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def message(number: int, value: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(value)) + value


def database(text: str, encoding: str = "UTF-8") -> bytes:
    with sqlite3.connect(":memory:") as base:
        base.execute(f"PRAGMA encoding = '{encoding}'")
        base.execute("CREATE TABLE settings (id INTEGER, name TEXT, note TEXT)")
        base.execute("INSERT INTO settings VALUES (7, ?, 'plain')", (text,))
        base.commit()
        return base.serialize()


def hermes(strings: list[str]) -> bytes:
    """Write the tables of Hermes bytecode: header, one small entry a string, then the strings without any ends."""
    store, table = b"", b""
    for text in strings:
        wide = not text.isascii()
        raw = text.encode("utf-16-le") if wide else text.encode()
        table += struct.pack("<I", int(wide) | len(store) << 1 | len(text) << 24)
        store += raw
    head = bytes.fromhex("c61fbc03c103191f") + bytes(32) + struct.pack("<6I", 0, 0, 0, len(strings), 0, len(store))
    return head.ljust(128, b"\0") + table + store


FORMS: dict[str, tuple[bytes, str]] = {
    "plain": (BOTH.encode(), ""),
    "utf-16 with a mark": (b"\xff\xfe" + BOTH.encode("utf-16-le"), "utf16"),
    "utf-16 the other way round": (b"\xfe\xff" + BOTH.encode("utf-16-be"), "utf16"),
    "utf-16 without a mark": (BOTH.encode("utf-16-le"), "utf16"),
    "utf-32": (b"\xff\xfe\0\0" + BOTH.encode("utf-32-le"), "utf32"),
    "gb18030": (f"{SAID}，请尽快联系办理放款手续\n{URL}".encode("gb18030"), "gbk"),
    "json escapes": (BOTH.replace("/", "\\/").replace("客", "\\u5ba2").replace("服", "\\u670d").encode(), "escaped"),
    "bytes of UTF-8 as \\x": (
        BOTH.replace("客服", r"\xe5\xae\xa2\xe6\x9c\x8d").replace("/", r"\/").encode(),
        "escaped",
    ),
    "html references": (BOTH.replace("://", "&#58;&#47;&#47;").replace("QQ", "&#81;&#81;").encode(), "escaped"),
    "base64": (b'k="' + base64.b64encode(BOTH.encode()) + b'"', "base64"),
    "base64 for addresses": (b'k="' + base64.urlsafe_b64encode(BOTH.encode()).rstrip(b"=") + b'"', "base64"),
    "hexadecimal": (b"x=" + BOTH.encode().hex().encode(), "hex"),
    "numbers of characters": (("[" + ",".join(str(ord(c)) for c in BOTH) + "]").encode(), "codes"),
    "sqlite": (database(BOTH), "database"),
    "sqlite in utf-16": (database(BOTH, "UTF-16le"), "database"),
    "binary plist": (plistlib.dumps({"a": [URL, {"b": SAID}]}, fmt=plistlib.FMT_BINARY), "plist"),
    "hermes": (hermes(["index", URL, SAID, "end"]), "bytecode"),
}


@pytest.mark.parametrize("name", FORMS)
def test_an_address_and_an_account_are_found_in_every_form_and_the_form_is_told(name: str) -> None:
    data, form = FORMS[name]
    out = look(data)
    assert URL in out.urls, list(out.urls)
    assert ("qq", "38271946") in out.contacts
    assert (out.urls[URL].where, out.urls[URL].form) == ("assets/a.dat", form)
    # "QQ：38271946" itself stands there plainly where only other words are escaped.
    assert out.contacts["qq", "38271946"].form == ("" if form == "escaped" else form)
    assert [url for url in out.urls if url != URL] == []


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress, "zlib": zlib.compress, "bzip2": bz2.compress, "xz": lzma.compress,
}  # fmt: skip


@pytest.mark.parametrize("name", PACKERS)
def test_a_packed_stream_is_opened_and_the_place_says_so(name: str) -> None:
    out = look(PACKERS[name](BOTH.encode()), "assets/conf.dat")
    assert out.urls[URL].where == "assets/conf.dat!/"
    assert ("qq", "38271946") in out.contacts


@pytest.mark.parametrize("name", PACKERS)
def test_a_broken_stream_gives_what_came_before_and_a_cap_is_kept(name: str) -> None:
    packed = PACKERS[name](bytes(range(256)) * 4000)
    whole = unpacked(packed, 1 << 20)
    assert len(whole) == 1_024_000
    assert unpacked(packed, 5000) == whole[:5000]
    assert whole.startswith(unpacked(packed[: len(packed) // 2], 1 << 20))
    assert whole.startswith(unpacked(packed[:12] + b"\xff\xff\xff" + packed[15:], 1 << 20)[:8])


def test_what_is_no_stream_is_not_opened() -> None:
    assert unpacked(b"PK\3\4 or text", 99) == b""
    assert unpacked(b"", 99) == b""


def test_an_archive_in_the_app_is_read_with_the_path_inside_it() -> None:
    inner = zipped({"www/app.js": f'var u="{URL}";'.encode(), "pic.png": b"\x89PNG" + URL.encode() + b"/pic"})
    out = look(zipped({"a/__UNI__1.wgt": inner}), "assets/apps.zip")
    assert out.urls[URL].where == "assets/apps.zip!/a/__UNI__1.wgt!/www/app.js"
    assert len(out.urls) == 1  # pictures are not read for addresses


def test_archives_in_each_other_end_at_a_depth_and_the_look_is_not_called_whole() -> None:
    data = BOTH.encode()
    for _ in range(MAX_DEPTH + 1):
        data = zipped({"a/deeper.zip": data})
    out = look(data, "assets/deep.zip")
    assert out.urls == {}
    assert out.missing == {"app.nested"}


def test_more_archives_than_may_be_opened_are_told() -> None:
    small = zipped({"a.txt": b"nothing here"})
    out = look(zipped({f"a/{i}.zip": small for i in range(MAX_OPENED + 5)}), "assets/many.zip")
    assert out.opened == MAX_OPENED + 6  # the outer one, too
    assert out.missing == {"app.nested"}


def test_scripts_of_nothing_but_escapes_are_left_as_they_are_and_that_is_told() -> None:
    script = b"\\u0041" * 600_000
    out = Contents()
    for i in range(20):
        search_text(script, f"assets/{i}.js", out)
    assert out.missing == {"app.too_big"}
    assert "assets/19.js" not in out.texts.values()


def test_a_table_that_names_one_text_over_and_over_stays_small() -> None:
    text, count = "客服QQ：38271946 " * 20, 200_000
    store = text.encode("utf-16-le")
    row = struct.pack("<I", 1 | (len(store) // 2 & 0xFF) << 24)
    head = bytes.fromhex("c61fbc03c103191f") + bytes(32) + struct.pack("<6I", 0, 0, 0, count, 0, len(store))
    found = strings_of(head.ljust(128, b"\0") + row * count + store)
    assert found is not None
    assert len(found.strings) < 13 << 20


def test_wide_strings_in_machine_code_are_read_and_end_where_they_end() -> None:
    code = b"\x7fELF" + bytes(60)
    wide = URL.encode("utf-16-le") + b"\0\0" + SAID.encode("utf-16-le") + b"\0\0"
    out = Contents()
    search_code(code + wide + bytes(range(1, 200)), "lib/arm64/libx.so", out)
    assert list(out.urls) == [URL]
    assert out.urls[URL].form == "utf16"
    assert ("qq", "38271946") in out.contacts


def test_a_string_with_its_length_in_front_does_not_swallow_what_follows() -> None:
    raw = URL.encode()
    out = look(b"\0\0\1\2" + bytes([len(raw)]) + raw + b"next.field", "assets/x.bin")
    assert list(out.urls) == [URL]


def test_protobuf_of_a_bundle_gives_its_texts() -> None:
    nested = message(1, message(4, message(2, URL.encode()) + message(3, SAID.encode())))
    assert proto_strings(nested).split(b"\0")[:2] == [URL.encode(), SAID.encode()]
    out = look(nested, "base/res/xml/config.xml")
    assert out.urls[URL].form == "compiled_xml"


def test_fields_of_a_message_keep_numbers_and_widths() -> None:
    data = (
        varint(8) + varint(300) + message(2, b"ab") + varint(3 << 3 | 5) + b"\1\2\3\4" + varint(4 << 3 | 1) + b"8" * 8
    )
    assert list(fields(data)) == [(1, 300), (2, b"ab"), (3, b"\1\2\3\4"), (4, b"8" * 8)]


@pytest.mark.parametrize("data", [b"\x80", b"\x0a\x05ab", b"\x0b", b"\x0c\x01", b"\xff" * 12, b"\x0d\1\2", b"\x08"])
def test_bytes_that_are_no_protobuf_are_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        list(fields(data))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"https:\/\/a.example\/b", "https://a.example/b"), (r"https:\\\/\\\/a.example", "https://a.example"),
        (r"\u5ba2\u670d", "客服"), (r"\u{5ba2}", "客"), (r"\ud83d\ude00", "😀"), (r"\x41\102", "AB"), (r"\ud83d", ""),
        ("&#x5ba2;&#26381;", "客服"), (r"a\nb", "a\nb"), (r"say \"hi\"", 'say "hi"'), ("100% sure", "100% sure"),
        (r"C:\users", r"C:\users"), (r"\u12", r"\u12"), ("", ""),
    ],
)  # fmt: skip
def test_escapes_are_resolved_as_the_reader_of_the_file_would(written: str, plain: str) -> None:
    assert unescaped(written.encode()).decode() == plain


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_what_json_escapes_comes_back(text: str) -> None:
    wide = text.encode("utf-16-le")
    written = "".join(f"\\u{unit:04x}" for (unit,) in struct.iter_unpack("<H", wide))
    assert unescaped(written.encode()) == text.encode() or "&" in text or "\\" in text


HEADS = (
    b"", b"SQLite format 3\0", bytes.fromhex("c61fbc03c103191f"), b"bplist00", b"\x03\0\x08\0", b"\x02\0\x0c\0",
    b"\x1f\x8b\x08", b"PK\3\4", b"\xff\xfe", b"dex\n", b"\x7fELF", b"\x0a",
)  # fmt: skip


@given(st.binary(max_size=400))
def test_no_bytes_stop_the_readers(data: bytes) -> None:
    for head in HEADS:
        out = look(head + data, "assets/x.xml")
        assert all(one.where.startswith("assets/x.xml") for one in (*out.urls.values(), *out.contacts.values()))
    strings_of(data)
    proto_strings(data)
    list(pieces(data))
    plainly(data)


def test_what_breaks_off_gives_what_came_before() -> None:
    def texts() -> Iterator[bytes]:
        yield b"one"
        raise struct.error

    assert joined(texts()) == b"one\0"


def test_a_text_is_cut_between_words_and_a_chance_number_is_no_contact() -> None:
    long = "客服" + "说" * 190 + " 13800138000123"
    assert clipped(long).endswith("说 ")
    out = Contents()
    search_bytes(b"build 38271946 of the engine\0version 20260801", Place("assets/v.txt"), out)
    assert out.contacts == {}


@pytest.mark.parametrize(
    ("name", "packed", "kind"),
    [
        ("assets/a.json", 10, "text"), ("assets/A.JSON", 10, "text"), ("assets/a.png", 10, "media"), ("assets/", 0, ""),
        ("assets/data", 10, "peek"), ("assets/data", 2 << 20, ""), ("assets/a.js", 5 << 20, ""), ("data", 10, ""),
    ],
)  # fmt: skip
def test_members_are_chosen_by_name_and_size(name: str, packed: int, kind: str) -> None:
    entry = Entry(name=name, method=8, crc=0, packed=packed, size=packed, offset=0, flags=0)
    assert kind_of(entry) == kind


@pytest.mark.parametrize(("text", "codec", "yes"), [
    ("https://a.example/", "utf-16-le", True), ("ab", "utf-16-le", False), ("\x01\x02\x03\x04\x05", "utf-16-le", False),
    ("微粒贷客服: 1", "utf-32-be", True),
])  # fmt: skip
def test_a_wide_encoding_must_make_sense(text: str, codec: str, yes: object) -> None:
    assert reads_as(text.encode(codec), codec) is yes


def test_hosts_are_listed_once_without_ports_and_names_of_users() -> None:
    assert hosts_of(["https://A.example:8/x", "http://u:p@a.example/?b", "wss://c.example#d", "https:///"]) == (
        "a.example", "c.example",
    )  # fmt: skip
