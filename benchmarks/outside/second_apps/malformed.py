"""The malformed set: what a phone reads, what some phones read, what nobody can."""

import json
import plistlib
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial

import bad_inside
import bad_zip
import base
import others
import zipw
from base import Act, App, P
from keys import named
from others import Clip, Hap, Ios
from parts import Item, noise
from pool import PoolOdd

BASES = (
    (
        App("com.alpha.notes", {"": "Notes", "zh": "蓝鲸笔记"}, (P + "INTERNET", P + "READ_SMS", P + "READ_CONTACTS")),
        PoolOdd(),
    ),
    (
        App(
            "cn.beta.walk_2",
            {"": "Walk", "zh": "步步计步", "zh-rTW": "步步計步"},
            (P + "CAMERA", P + "READ_CALL_LOG", "com.huawei.android.launcher.permission.CHANGE_BADGE"),
            (Act("cn.beta.Start", {"": "Start", "zh": "开始"}, launcher=True), Act(".Two", "Two")),
            icon=base.png(),
        ),
        PoolOdd(utf8=True),
    ),
)


def _truth(app: App, read: str, *, label: bool = False) -> dict[str, object]:
    shown = app.label["zh"] if label and isinstance(app.label, dict) else ""
    return {"read": read, "package": app.package, "permissions": sorted(app.permissions), "label": shown}


def _zips() -> Iterator[Item]:
    groups = (("yes", bad_zip.READ), ("some", bad_zip.LOOSE), ("no", bad_zip.REFUSED))
    for read, families in groups:
        for family, maker in families.items():
            for seed, (app, _) in enumerate(BASES):
                yield Item(family, seed, ".apk", partial(_zip, maker, app, seed), _truth(app, read))


def _zip(maker: Callable[[list[zipw.Entry], int], bytes], app: App, seed: int) -> bytes:
    return maker(base.members(app), seed)


def _insides() -> Iterator[Item]:
    groups = (("yes", bad_inside.readable()), ("some", bad_inside.LOOSE_TABLES), ("some", bad_inside.LOOSE_XML))
    for read, families in groups:
        for family, maker in families.items():
            label = family in bad_inside.TABLES or family in {"arsc-loop", "arsc-locales"}
            for seed, (app, pool) in enumerate(BASES):
                truth = _truth(app, read, label=label)
                yield Item(family, seed, ".apk", partial(maker, app, pool, seed), truth)


def _bundle(lie: str, app: App) -> bytes:
    whole = others.aab(app)
    if lie == "prefix":
        return zipw.write(_again(whole), zipw.Layout(prefix=b"#!/bin/sh\n"))
    if lie == "encrypted":
        return zipw.write(_again(whole, central={"flags": 0x801}))
    return zipw.write([*_again(whole), zipw.Entry("feature/manifest/AndroidManifest.xml", b"\xff\xff\xff")])


def _again(whole: bytes, *, central: dict[str, zipw.Field] | None = None) -> list[zipw.Entry]:
    """The members of one of our own archives, read by our own layout."""
    out, at = [], 0
    while whole[at : at + 4] == b"PK\x03\x04":
        method, csize, nlen, xlen = struct.unpack_from("<8xH8xI4xHH", whole, at)
        start = at + 30 + nlen + xlen
        raw = whole[start : start + csize]
        data = zlib.decompress(raw, -15) if method else raw
        name = whole[at + 30 : at + 30 + nlen]
        out.append(zipw.Entry(name, data, stored=not method, raw=raw, central=central or {}))
        at = start + csize
    return out


def _ios(kind: str) -> bytes:
    app = Ios(
        "com.alpha.notes",
        "Notes",
        "Notes",
        {"zh-Hans": "蓝鲸笔记"},
        strings_as="utf-8" if kind == "strings8" else "utf-16",
    )
    whole = others.ipa(app)
    members = _again(whole)
    if kind == "encrypted":
        members = _again(whole, central={"flags": 0x1})
    if kind == "deeper":
        members.insert(
            0,
            zipw.Entry("Payload/App.app/PlugIns/W.appex/Info.plist", plistlib.dumps({"CFBundleIdentifier": "a.decoy"})),
        )
    if kind == "first-junk":
        members.insert(0, zipw.Entry("__MACOSX/Payload/App.app/._Info.plist", b"\0\5\x16\7"))
    return zipw.write(members, zipw.Layout(prefix=b"junk" if kind == "prefix" else b""))


def _harmony(kind: str) -> bytes:
    module = Hap(
        "com.alpha.notes",
        "Notes",
        permissions=("ohos.permission.INTERNET", "ohos.permission.READ_SMS"),
        indexed={"": "Notes", "zh": "蓝鲸笔记"},
    )
    members = _again(others.hap(module))
    if kind == "bom":
        members = [zipw.Entry(e.name, b"\xef\xbb\xbf" + e.data) if e.name == b"module.json" else e for e in members]
    if kind == "index-noise":
        members = [zipw.Entry(e.name, noise(3, 500)) if e.name == b"resources.index" else e for e in members]
    if kind == "duplicate-keys":
        members = [zipw.Entry(e.name, _doubled(e.data)) if e.name == b"module.json" else e for e in members]
    gap = struct.pack("<II", 2, 99) + b"<hap sign block>" + struct.pack("<I", 3) if kind == "block" else b""
    return zipw.write(members, zipw.Layout(gap=gap))


def _doubled(data: bytes) -> bytes:
    about = json.loads(data)
    return b'{"app": {"bundleName": "a.decoy"}, ' + json.dumps(about).encode()[1:]


def _clip(kind: str) -> bytes:
    clip = Clip(
        "蓝鲸笔记", "https://notes.example/a", fmt=plistlib.FMT_BINARY if kind == "binary" else plistlib.FMT_XML
    )
    raw = others.profile(clip, named("maker") if kind in {"signed", "signed-tail"} else None)
    if kind == "utf16":
        raw = raw.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    if kind == "entity":
        raw = raw.replace(b"<plist", b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><plist', 1)
    return (
        {"bom": b"\xef\xbb\xbf", "blank": b"\n\n  "}.get(kind, b"")
        + raw
        + (b"\0tail" if kind == "signed-tail" else b"")
    )


def _foreign() -> Iterator[Item]:
    for seed, (app, _) in enumerate(BASES):
        truth = _truth(app, "yes", label=True)
        yield Item("aab-plain", seed, ".aab", partial(others.aab, app), truth)
        for lie in ("prefix", "encrypted", "feature"):
            yield Item("aab-" + lie, seed, ".aab", partial(_bundle, lie, app), truth)
    about: dict[str, object] = {"read": "yes", "package": "com.alpha.notes", "label": "蓝鲸笔记"}
    for kind in ("plain", "encrypted", "deeper", "first-junk", "prefix", "strings8"):
        yield Item("ipa-" + kind, 0, ".ipa", partial(_ios, kind), about)
    asked = ["ohos.permission.INTERNET", "ohos.permission.READ_SMS"]
    for kind in ("plain", "bom", "index-noise", "duplicate-keys", "block"):
        label = "" if kind == "index-noise" else "蓝鲸笔记"
        yield Item("hap-" + kind, 0, ".hap", partial(_harmony, kind), {**about, "permissions": asked, "label": label})
    for kind in ("plain", "binary", "signed", "signed-tail", "bom", "blank", "utf16", "entity"):
        read = "some" if kind in {"entity", "signed-tail", "blank"} else "yes"
        yield Item("clip-" + kind, 0, ".mobileconfig", partial(_clip, kind), {"read": read, "label": "蓝鲸笔记"})


def items() -> list[Item]:
    """All of them."""
    return [*_zips(), *_insides(), *_foreign()]
