"""Each reader by itself against bytes that were damaged, cut or made up, and the odd forms that real files take."""

import json
import plistlib
import struct
from collections.abc import Callable, Mapping
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from zhengben.core.appfacts import AppFacts
from zhengben.examine.apk.arsc import Resources
from zhengben.examine.apk.axml import read_axml
from zhengben.examine.apk.blocks import V2, V3, V31, BlockError, find_block, read_lineage, read_signers
from zhengben.examine.apk.manifest import read_manifest
from zhengben.examine.apk.pool import Pool
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.appfile import examine_app
from zhengben.examine.appicon import alike, open_picture, picture_print, seen
from zhengben.examine.apple_profile import read_profile, team_differs, who_signed
from zhengben.examine.hap import Resources as HapResources
from zhengben.examine.ipa import plain_png, read_strings
from zhengben.examine.mobileconfig import looks_like_profile
from zhengben.range.make_apk import Extras, make_apk, signing_key
from zhengben.range.make_apk_zip import Entry, write_parts
from zhengben.range.make_app_hap import resource_index
from zhengben.range.make_app_ios import make_mobileconfig
from zhengben.range.make_app_sets import make_set

KEY = signing_key("hostile", "Hostile")


@cache
def parts() -> dict[str, bytes]:
    """Give manifest, table and signing block of a package."""
    body = make_apk(
        package="cn.example.x", labels={"": "Loan", "zh": "微粒贷"}, permissions=["READ_SMS"], signer=KEY,
        extras=Extras(schemes=("v2", "v3")),
    )  # fmt: skip
    archive = Archive(body)
    found = {e.name: archive.read(e, 1 << 20) for e in archive.entries}
    block = find_block(body, archive.central_at)
    return {"manifest": found["AndroidManifest.xml"], "table": found["resources.arsc"], **{
        f"block {number:x}": value for number, value in block.pairs.items()
    }}  # fmt: skip


def table(data: bytes) -> object:
    """Ask a table for everything a manifest would."""
    resources = Resources(data, {})
    return [resources.values(0x7F010000 + i) for i in range(4)], resources.package_names()


def _harmony(data: bytes) -> object:
    return HapResources(data).strings("app_name", 7)


def _profile(data: bytes) -> object:
    return read_profile(data), who_signed(data)


def _clip(data: bytes) -> object:
    return examine_app(data, "a.mobileconfig")


READERS: Mapping[str, tuple[Callable[[bytes], object], Callable[[], bytes]]] = {
    "manifest": (lambda data: read_manifest(read_axml(data, {}), None), lambda: parts()["manifest"]),
    "table": (table, lambda: parts()["table"]),
    "v2 signers": (lambda data: read_signers(V2, data, None), lambda: parts()[f"block {V2:x}"]),
    "v3 signers": (lambda data: read_signers(V3, data, None), lambda: parts()[f"block {V3:x}"]),
    "v3.1 signers": (lambda data: read_signers(V31, data, None), lambda: parts()[f"block {V3:x}"]),
    "harmony resources": (_harmony, lambda: resource_index("app_name", 7, {"": "x"})),
    "profile": (_profile, lambda: make_mobileconfig(label="x", url="https://a.example", signer=KEY)),
    "web clip": (_clip, lambda: make_mobileconfig(label="x", url="https://a.example")),
    "strings": (read_strings, lambda: '"CFBundleName" = "x";'.encode("utf-16")),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_reader_answers_at_every_cut(name: str) -> None:
    read, make = READERS[name]
    whole = make()
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        assert read(whole[:at]) is not None


@pytest.mark.parametrize("name", sorted(READERS))
@pytest.mark.parametrize("value", [b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x01\0\0\0"])
def test_a_reader_answers_with_any_number_changed(name: str, value: bytes) -> None:
    read, make = READERS[name]
    whole = make()
    for at in range(0, len(whole) - 4, max(4, len(whole) // 120 * 4)):
        assert read(whole[:at] + value + whole[at + 4 :]) is not None


@pytest.mark.parametrize("name", sorted(READERS))
@given(data=st.binary(max_size=120))
def test_a_reader_answers_to_anything(name: str, data: bytes) -> None:
    assert READERS[name][0](data) is not None


@given(st.binary(max_size=400))
def test_a_rotation_history_is_read_or_refused(data: bytes) -> None:
    try:
        chain = read_lineage(data)
    except BlockError:
        return
    assert all(len(one) == 64 for one in chain)


@given(st.binary(max_size=200), st.integers(-5, 1 << 33))
def test_a_pool_gives_text_for_any_number(data: bytes, index: int) -> None:
    assert isinstance(Pool(data, 0, {}, "axml").text(index), str)


# --- pictures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"\xff\xd8\xff\xe0", b"GIF89a", b"BM", b"\0\0\1\0", b"<svg", b""],
)
def test_broken_pictures_are_none(head: bytes) -> None:
    for tail in (b"", bytes(40), b"\xff" * 400):
        assert open_picture(head + tail) is None


def test_a_picture_that_claims_a_wall_is_not_opened() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    assert open_picture(b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + bytes(100)) is None
    assert open_picture(b"RIFF\0\0\0\0WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + b"\xff" * 6 + bytes(100)) is None


def test_no_picture_has_neither_look_nor_print() -> None:
    assert seen(None) == b""
    assert alike("", picture_print(Image.new("RGB", (32, 32), (9, 9, 9)))) == 0


@given(st.binary(max_size=300))
def test_apples_own_png_is_turned_or_left(data: bytes) -> None:
    head = b"\x89PNG\r\n\x1a\n\0\0\0\4CgBI"
    assert isinstance(plain_png(head + data), bytes)
    assert plain_png(data) == data or data[12:16] == b"CgBI"


# --- iOS ------------------------------------------------------------------------------------------------------------


def ipa(info: object, **files: bytes) -> AppFacts:
    """Examine an app with this Info.plist."""
    data = info if isinstance(info, bytes) else plistlib.dumps(info)  # type: ignore[arg-type]  # odd ones on purpose
    made = {"Info.plist": data, "App": b"\xcf\xfa\xed\xfe" + bytes(60), **files}
    return examine_app(write_parts([Entry(name=f"Payload/X.app/{n}", data=d) for n, d in made.items()]).join(), "a.ipa")


@pytest.mark.parametrize(
    "info", [b"", b"bplist00", b"<?xml version='1.0'?><plist>", b"\0" * 300, b"<plist><array/></plist>"]
)
def test_an_app_whose_info_cannot_be_read_says_what_is_missing(info: bytes) -> None:
    facts = ipa(info)
    assert facts.platform == "ios"
    assert "app.manifest" in facts.missing


@pytest.mark.parametrize("value", [7, ["a"], {"a": 1}, True, b"bytes", 1.5])
def test_values_of_other_kinds_are_no_exception(value: object) -> None:
    keys = ("CFBundleIdentifier", "CFBundleDisplayName", "CFBundleExecutable", "CFBundleIconFiles", "CFBundleIcons")
    assert ipa(dict.fromkeys(keys, value)).container == "ipa"


@pytest.mark.parametrize(("rights", "differs"), [
    ("T.cn.bank", True), ("T.cn.other.*", True), ("T.*", False), ("T.cn.x", False), ("T.cn.*", False),
    ("nothing", False), (7, False),
])  # fmt: skip
def test_whose_profile_it_is(rights: object, *, differs: bool) -> None:
    assert team_differs({"Entitlements": {"application-identifier": rights}}, "cn.x") is differs


def test_no_profile_says_nothing() -> None:
    assert (read_profile(b""), who_signed(b"")) == ({}, "")
    assert not team_differs({}, "cn.x")
    assert not team_differs({"Entitlements": {"application-identifier": "T.cn.bank"}}, "")


# --- profiles -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\r\n", b" "])
def test_a_profile_is_known_whatever_stands_in_front(mark: bytes) -> None:
    assert looks_like_profile(mark + make_mobileconfig(label="x", url="https://a.example"))


def test_a_profile_in_wide_characters_is_read() -> None:
    text = make_mobileconfig(label="微粒贷", url="https://a.example/").decode().replace("UTF-8", "UTF-16")
    facts = examine_app(text.encode("utf-16"), "a.mobileconfig")
    assert facts.opens == ("https://a.example/",)
    assert "微粒贷" in {name.text for name in facts.names}


@pytest.mark.parametrize(
    "data", [b"", b"PK\3\4", b"<html>Payload</html>", b"<?xml version='1.0'?><svg/>", b"\x30\x82" + bytes(60)]
)
def test_other_files_are_no_profile(data: bytes) -> None:
    assert not looks_like_profile(data)


@pytest.mark.parametrize(
    "content", [None, 7, "x", [], [7], {"PayloadType": 7}, [{"PayloadType": "com.apple.webClip.managed", "URL": 7}]]
)
def test_payloads_of_other_kinds_are_no_exception(content: object) -> None:
    table = {
        "PayloadType": "Configuration",
        "PayloadIdentifier": "x",
        **({} if content is None else {"PayloadContent": content}),
    }
    assert examine_app(plistlib.dumps(table), "a.mobileconfig").container == "mobileconfig"


# --- HarmonyOS ------------------------------------------------------------------------------------------------------


def hap(module: object, **files: bytes) -> AppFacts:
    """Examine a module with this module.json."""
    data = module if isinstance(module, bytes) else json.dumps(module).encode()
    made = {"module.json": data, "pack.info": b"{}", **files}
    return examine_app(write_parts([Entry(name=n, data=d) for n, d in made.items()]).join(), "a.hap")


@pytest.mark.parametrize(
    "module", [b"", b"[]", b"{", b"\xff\xfe", b'{"app": 7}', b"[" * 20_000, b'{"app": {"bundleName": 7}, "module": []}']
)
def test_a_module_that_makes_no_sense_is_harmony_still(module: bytes) -> None:
    facts = hap(module)
    assert facts.platform == "harmony"
    assert facts.signed == "unsigned"


def test_a_plain_label_needs_no_resources() -> None:
    facts = hap({"app": {"bundleName": "cn.x", "label": "微粒贷"}, "module": {"abilities": [{"label": "借钱"}, 7]}})
    assert [(name.text, name.place) for name in facts.names] == [("微粒贷", "application"), ("借钱", "ability")]


def test_a_label_by_name_is_found_in_every_language() -> None:
    index = resource_index("app_name", 16777216, {"": "Tool", "zh_CN": "微粒贷"})
    facts = hap({"app": {"bundleName": "cn.x", "label": "$string:app_name"}}, **{"resources.index": index})
    assert {name.text for name in facts.names} == {"Tool", "微粒贷"}


@pytest.mark.parametrize("asked", [7, "x", [7], [{"name": 7}], [{}], [{"name": "ohos.permission.CAMERA"}]])
def test_permissions_of_other_kinds_are_no_exception(asked: object) -> None:
    facts = hap({"app": {"bundleName": "cn.x"}, "module": {"requestPermissions": asked}})
    assert all(isinstance(one, str) for one in facts.permissions)


# --- sets -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "store",
    [{}, {"name": 7}, {"name": ["x"], "locales_name": 7}, {"locales_name": {"zh": None, "en": 7}}, {"description": 7}],
)
def test_store_data_of_other_kinds_are_no_exception(store: dict[str, object]) -> None:
    base = make_apk(package="cn.x", labels={"": "Tool"}, signer=KEY)
    facts = examine_app(make_set("xapk", base, {}, {"package_name": "cn.x", **store}), "a.xapk")
    assert facts.package == "cn.x"
    assert facts.signed == "verified"


def test_store_data_that_name_another_package_are_told() -> None:
    base = make_apk(package="cn.x", labels={"": "Tool"}, signer=KEY)
    facts = examine_app(make_set("xapk", base, {}, {"package_name": "cn.bank"}), "a.xapk")
    assert "store_data_names_other_package" in facts.tamper


@pytest.mark.parametrize("name", ["a.apk", "a.ipa", "a.hap", "a.app", "a.xapk", "a.aab", "a.mobileconfig", "a", ""])
@pytest.mark.parametrize(
    "data",
    [b"", b"PK\5\6" + bytes(18), b"PK\3\4", bytes(1000), b"\xff" * 1000],
    ids=["empty", "no entries", "cut", "zeros", "ones"],
)
def test_a_file_that_is_no_app_says_so_whatever_it_is_called(name: str, data: bytes) -> None:
    facts = examine_app(data, name)
    assert facts.missing
    assert not facts.package
    assert facts.signed in {"", "unsigned"}
