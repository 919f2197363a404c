"""Inputs made to use up time or memory are answered within two seconds of CPU, or stopped and called unknown."""

import json
import plistlib
import struct
from collections.abc import Callable

import pytest

from zhengben.flow.limited import run_limited
from zhengben.range.make_apk import Extras, app_entries, make_apk, sign_entries, signing_key
from zhengben.range.make_apk_arsc import Config, Table
from zhengben.range.make_apk_axml import Element, write_axml
from zhengben.range.make_apk_sign import v1_entries
from zhengben.range.make_apk_zip import Entry, write_parts
from zhengben.range.make_app_ios import make_ipa

KEY = signing_key("limits", "Limits")


def _with(**files: bytes) -> bytes:
    paths = {path.replace("__", "/").replace("_dot_", "."): data for path, data in files.items()}
    return make_apk(package="a.b", labels={"": "x"}, signer=KEY, extras=Extras(files=paths, schemes=("v2",)))


def _overlapping_strings() -> bytes:
    """Half a million strings that all lie over one another."""
    manifest = bytearray(write_axml(Element("manifest", {"package": "a.b"}, [Element("application", {"label": "x"})])))
    many = [Element("activity", {"label": f"{i}"}) for i in range(20_000)]
    body = bytearray(write_axml(Element("manifest", {"package": "a.b"}, many)))
    start = 8 + 28
    count = struct.unpack_from("<I", body, 16)[0]
    for i in range(60, count):
        struct.pack_into("<I", body, start + 4 * i, 2 * (i % 7))
    del manifest
    return sign_entries([Entry(name="AndroidManifest.xml", data=bytes(body))], KEY, ("v2",))


def _many_references() -> bytes:
    table = Table("a.b")
    refs = [table.add("string", f"s{i}", [(Config(f"{chr(97 + j)}a"), "x") for j in range(26)]) for i in range(400)]
    top = Element("manifest", {"package": "a.b"}, [Element("activity", {"label": ref}) for ref in refs * 20])
    entries = [
        Entry(name="AndroidManifest.xml", data=write_axml(top)),
        Entry(name="resources.arsc", data=table.write()),
    ]
    return sign_entries(entries, KEY, ("v2",))


def _v1_of_zeros() -> bytes:
    entries = app_entries(package="a.b", labels={"": "x"}, permissions=[], urls=[], extras=Extras(target_sdk=28))
    entries += [Entry(name=f"assets/{i}", data=bytes(24 << 20)) for i in range(8)]
    return write_parts([*entries, *v1_entries(entries, KEY)]).join()


def _shared_lists() -> bytes:
    nest: list[object] = []
    for _ in range(60):
        nest = [nest, nest]
    info = plistlib.dumps({"CFBundleIdentifier": nest, "CFBundleName": "x"}, fmt=plistlib.FMT_BINARY)
    data = make_ipa(bundle="a.b", names={"": "x"})
    assert data
    return write_parts([Entry(name="Payload/A.app/Info.plist", data=info)]).join()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "comments": lambda: _with(assets__apps__X__www__manifest_dot_json=b"/*" * 400_000),
    "open titles": lambda: _with(assets__www__index_dot_html=b"<title" * 150_000, assets__www__cordova_dot_js=b""),
    "open contents": lambda: _with(res__xml__config_dot_xml=b"<content " * 100_000, assets__www__cordova_dot_js=b""),
    "contact words": lambda: _with(assets__a_dot_js="微信QQ客服电话tel:".encode() * 60_000),
    "addresses": lambda: _with(assets__a_dot_js=b"http://aaaa" * 300_000),
    "deep JSON": lambda: _with(assets__capacitor_dot_config_dot_json=b"[" * 900_000),
    "Chinese text": lambda: _with(assets__a_dot_js="微\0".encode() * 900_000),
    "overlapping strings": _overlapping_strings,
    "many references": _many_references,
    "v1 over zeros": _v1_of_zeros,
    "one long word": lambda: make_ipa(
        bundle="a.b", names={"": "x"}, files={"zh.lproj/InfoPlist.strings": b"a" * 3_000_000}
    ),
    "shared lists": _shared_lists,
    "a long JSON name": lambda: _with(
        assets__appConfig_dot_json=json.dumps({"general": {"appName": "x" * 900_000}}).encode()
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_answered_in_two_seconds(kind: str) -> None:
    facts = run_limited("zhengben.examine.appfile:examine_app", HOSTILE[kind](), "a.apk", cpu_s=2.0, wall_s=60)
    assert facts.platform
