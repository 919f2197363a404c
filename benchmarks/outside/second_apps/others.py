"""Containers beside the APK: sets, AAB, IPA, profiles, HarmonyOS modules."""

import json
import plistlib
import struct
from dataclasses import dataclass, field

import arscw
import axmlw
import base
import dexw
import zipw
from axmlw import ANDROID, IDS, El, Ref
from base import App
from keys import Signer


def xapk(app: App, splits: dict[str, bytes] | None = None, *, name: str = "", info: bool = True) -> bytes:
    """An XAPK: manifest.json, the package, its splits."""
    shown = name or (app.label if isinstance(app.label, str) else app.label.get("", ""))
    parts = [{"id": "base", "file": app.package + ".apk"}, *({"id": key, "file": key + ".apk"} for key in splits or {})]
    about = {"xapk_version": 2, "package_name": app.package, "name": shown, "split_apks": parts}
    files = {"manifest.json": json.dumps(about, ensure_ascii=False).encode()} if info else {}
    files[app.package + ".apk"] = base.apk(app)
    return zipw.plain({**files, **{key + ".apk": data for key, data in (splits or {}).items()}})


def apks(app: App, splits: dict[str, bytes] | None = None) -> bytes:
    """A set as bundletool lays it out."""
    files = {"toc.pb": b"\n\x041.15", "splits/base-master.apk": base.apk(app)}
    return zipw.plain({**files, **{f"splits/{key}.apk": data for key, data in (splits or {}).items()}})


def language_split(package: str, locale: str, label: str) -> bytes:
    """A configuration split that gives app_name (the fourth string) in one language only."""
    table = arscw.Table(package=package)
    table.entries += [arscw.Res("string", f"filler{at}", {}) for at in range(3)]
    table.entries.append(arscw.Res("string", "app_name", {locale: label}))
    root = El("manifest", [("package", package), ("split", "config." + locale)], [El("application", [])])
    files = {"AndroidManifest.xml": axmlw.write(root), "resources.arsc": arscw.write(table)}
    return zipw.plain(files)


def _varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def _pb(number: int, value: bytes | str | int) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    raw = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(raw)) + raw


def _attribute(name: str, value: object) -> bytes:
    known = name in IDS
    out = (_pb(1, ANDROID) if known else b"") + _pb(2, name)
    if isinstance(value, Ref):
        out += _pb(3, "@string/x") + _pb(5, IDS[name]) + _pb(6, _pb(1, _pb(2, value.ident) + _pb(3, "string/x")))
    elif isinstance(value, bool):
        out += _pb(3, str(value).lower()) + (_pb(5, IDS[name]) if known else b"") + _pb(6, _pb(7, _pb(8, int(value))))
    else:
        out += _pb(3, str(value)) + (_pb(5, IDS[name]) if known else b"")
    return out


def _node(el: El, *, root: bool = False) -> bytes:
    body = _pb(1, _pb(1, "android") + _pb(2, ANDROID)) if root else b""
    body += _pb(3, el.tag) + b"".join(_pb(4, _attribute(*attr)) for attr in el.attrs)
    return _pb(1, body + b"".join(_pb(5, _node(child)) for child in el.children))


def _table(table: arscw.Table) -> bytes:
    package = _pb(1, _pb(1, 0x7F)) + _pb(2, table.package)
    for number, kind in enumerate(table.kinds(), 1):
        body = _pb(1, _pb(1, number)) + _pb(2, kind)
        within = [entry for entry in table.entries if entry.kind == kind]
        for at, entry in enumerate(within):
            cells = b""
            for config, cell in entry.values.items():
                item = _pb(1, _pb(2, cell.ident)) if isinstance(cell, Ref) else _pb(2, _pb(1, cell))
                cells += _pb(
                    6, _pb(1, _pb(3, config) if config and "dpi" not in config else b"") + _pb(2, _pb(4, item))
                )
            body += _pb(3, _pb(1, _pb(1, at)) + _pb(2, entry.name) + cells)
        package += _pb(3, body)
    return _pb(2, package)


def aab(app: App) -> bytes:
    """An Android App Bundle with protobuf manifest and resources."""
    root, table = base.document(app)
    inner = {f"base/{'assets/' * (not name.startswith('assets/'))}{name}": data for name, data in app.files.items()}
    files = {
        "BundleConfig.pb": _pb(1, _pb(2, "1.15.4")),
        "base/manifest/AndroidManifest.xml": _node(root, root=True),
        "base/resources.pb": _table(table),
        "base/dex/classes.dex": dexw.write(app.strings, (app.package + ".Main",)),
    }
    if app.icon:
        files["base/res/ic.png"] = app.icon
    return zipw.plain({**files, **inner})


@dataclass(frozen=True)
class Ios:
    """An iOS app."""

    bundle: str
    name: str
    display: str = ""
    locales: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    binary: bool = True
    provision: dict[str, object] | None = None
    strings_as: str = "utf-16"


def _strings(name: str, form: str) -> bytes:
    if form == "plist":
        return plistlib.dumps({"CFBundleDisplayName": name}, fmt=plistlib.FMT_BINARY)
    return f'/* shown */\n"CFBundleDisplayName" = "{name}";\n'.encode(form)


def ipa(app: Ios, signer: Signer | None = None) -> bytes:
    """An IPA."""
    info: dict[str, object] = {"CFBundleIdentifier": app.bundle, "CFBundleName": app.name, "CFBundleExecutable": "App"}
    if app.display:
        info["CFBundleDisplayName"] = app.display
    fmt = plistlib.FMT_BINARY if app.binary else plistlib.FMT_XML
    top = "Payload/App.app/"
    files = {top + "Info.plist": plistlib.dumps(info, fmt=fmt), top + "App": b"\xcf\xfa\xed\xfe" + bytes(60)}
    for locale, name in app.locales.items():
        files[f"{top}{locale}.lproj/InfoPlist.strings"] = _strings(name, app.strings_as)
    if app.provision and signer:
        files[top + "embedded.mobileprovision"] = signer.cms(plistlib.dumps(app.provision), detached=False, plain=False)
    return zipw.plain({**files, **{top + name: data for name, data in app.files.items()}})


@dataclass(frozen=True)
class Clip:
    """A configuration profile with a web clip."""

    label: str
    url: str
    organisation: str = ""
    display: str = ""
    icon: bytes = b""
    more: tuple[dict[str, object], ...] = ()
    fmt: plistlib.PlistFormat = plistlib.FMT_XML


def profile(clip: Clip, signer: Signer | None = None) -> bytes:
    """A .mobileconfig, signed where there is a SIGNER."""
    web: dict[str, object] = {
        "PayloadType": "com.apple.webClip.managed",
        "PayloadIdentifier": "a.b.clip",
        "PayloadUUID": "5B0C3A14-0000-4000-8000-000000000001",
        "PayloadVersion": 1,
        "Label": clip.label,
        "URL": clip.url,
        "IsRemovable": True,
    }
    if clip.icon:
        web["Icon"] = clip.icon
    whole: dict[str, object] = {
        "PayloadType": "Configuration",
        "PayloadIdentifier": "a.b",
        "PayloadUUID": "5B0C3A14-0000-4000-8000-000000000002",
        "PayloadVersion": 1,
        "PayloadDisplayName": clip.display or clip.label,
        "PayloadContent": [web, *clip.more] if clip.label else list(clip.more),
    }
    if clip.organisation:
        whole["PayloadOrganization"] = clip.organisation
    data = plistlib.dumps(whole, fmt=clip.fmt)
    return signer.cms(data, detached=False, plain=False) if signer else data


@dataclass(frozen=True)
class Hap:
    """A HarmonyOS module."""

    bundle: str
    label: str
    ability: str = ""
    permissions: tuple[str, ...] = ("ohos.permission.INTERNET",)
    indexed: dict[str, str] = field(default_factory=dict)
    old: bool = False
    files: dict[str, bytes] = field(default_factory=dict)


def _index(values: dict[str, str]) -> bytes:
    """resources.index: one string, app_name, in each language."""
    head = 136 + sum(12 + 8 * (1 if language else 0) for language in values)
    sets_at = head
    records_at = sets_at + 16 * len(values)
    keys = ids = records = b""
    for language, text in values.items():
        key = struct.pack("<II", 0, int.from_bytes(language.encode(), "big")) if language else b""
        keys += b"KEYS" + struct.pack("<II", sets_at + len(ids), 1 if language else 0) + key
        ids += b"IDSS" + struct.pack("<III", 1, 0x01000000, records_at + len(records))
        value, name = text.encode() + b"\0", b"app_name\0"
        body = struct.pack("<II", 9, 0x01000000) + struct.pack("<H", len(value)) + value
        body += struct.pack("<H", len(name)) + name
        records += struct.pack("<I", len(body)) + body
    size = records_at + len(records)
    return b"Restool 3.1.0.200".ljust(128, b"\0") + struct.pack("<II", size, len(values)) + keys + ids + records


def hap(module: Hap) -> bytes:
    """A .hap of the stage model, or of the older one."""
    label = "$string:app_name" if module.indexed else module.label
    ability = {"name": "EntryAbility", "label": module.ability or label, "labelId": 0x01000000}
    asked = [{"name": name} for name in module.permissions]
    app: dict[str, object] = {"bundleName": module.bundle, "vendor": "x", "version": {"code": 1, "name": "1.0"}}
    if module.old:
        inner = {"package": module.bundle, "name": ".App", "abilities": [ability], "reqPermissions": asked}
        about: dict[str, object] = {"config.json": {"app": app, "deviceConfig": {}, "module": inner}}
    else:
        app |= {"label": label, "labelId": 0x01000000, "versionCode": 1, "versionName": "1.0"}
        inner = {"name": "entry", "type": "entry", "abilities": [ability], "requestPermissions": asked}
        about = {"module.json": {"app": app, "module": inner}}
    pack = {"summary": {"app": {"bundleName": module.bundle}}, "packages": [{"name": "entry", "moduleType": "entry"}]}
    about["pack.info"] = pack
    files = {name: json.dumps(value, ensure_ascii=False).encode() for name, value in about.items()}
    if module.indexed:
        files["resources.index"] = _index(module.indexed)
    return zipw.plain({**files, "ets/modules.abc": b"PANDA\0\0\0" + bytes(56), **module.files})
