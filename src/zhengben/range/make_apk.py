"""Build real, signed Android packages in pure Python: what the range serves, and what tests and benchmarks look into.

Nothing here can harm: the DEX holds strings and no code. One seed gives one file, byte for byte.

>>> data = make_apk(package="cn.example.fake", labels={"": "Loan", "zh": "微粒贷"}, signer=signing_key("x"))
>>> data[:2], data == make_apk(package="cn.example.fake", labels={"": "Loan", "zh": "微粒贷"}, signer=signing_key("x"))
(b'PK', True)
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhengben.range.make_apk_arsc import Config, Table
from zhengben.range.make_apk_axml import Element, Ref, Value, write_axml
from zhengben.range.make_apk_dex import write_dex
from zhengben.range.make_apk_sign import (
    STRIPPING,
    V2,
    V3,
    SigningKey,
    signing_block,
    signing_key,
    v1_entries,
    v2_value,
    v3_value,
)
from zhengben.range.make_apk_zip import STORED, Entry, Parts, write_parts

SCHEMES = ("v1", "v2", "v3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """Everything beyond the plain app.

    `activity_labels`, `alias_labels` and `provider_labels` map locales to names like `labels` does; `alias_enabled`
    says whether the alias is on. `icons` maps a density (0: any) to PNG or WebP bytes. `files` are further entries by
    path, `strings` further strings of the DEX. `activity` is the launcher's class, which names an H5 shell.
    """

    activity_labels: Mapping[str, str] = field(default_factory=dict)
    alias_labels: Mapping[str, str] = field(default_factory=dict)
    alias_enabled: bool = False
    icons: Mapping[int, bytes] = field(default_factory=dict)
    round_icon: bytes = b""
    alias_icon: bytes = b""
    drawables: Mapping[str, bytes] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    strings: Sequence[str] = ()
    activity: str = ""
    application: str = ""
    version: str = "1.0.0"
    schemes: Sequence[str] = SCHEMES
    debuggable: bool = False
    wipe_names: bool = False
    target_sdk: int = 30
    comment: bytes = b""


def make_apk(
    *,
    package: str,
    labels: Mapping[str, str],
    permissions: Sequence[str] = (),
    urls: Sequence[str] = (),
    signer: SigningKey | None = None,
    extras: Extras | None = None,
) -> bytes:
    """Build one package; without a signer it is unsigned.

    `labels` maps a locale (`""` for the default, `zh`, `zh-rTW`, ...) to the application's name. Short permission
    names get `android.permission.` in front.
    """
    more = extras or Extras()
    entries = app_entries(package=package, labels=labels, permissions=permissions, urls=urls, extras=more)
    return sign_entries(entries, signer, more.schemes, more.comment)


def app_entries(
    *, package: str, labels: Mapping[str, str], permissions: Sequence[str], urls: Sequence[str], extras: Extras
) -> list[Entry]:
    """Give the unsigned entries of the package, so that a test can bend them before they are signed."""
    table = Table(package)
    manifest = _manifest(table, package, labels, permissions, extras)
    activity = extras.activity or f"{package}.MainActivity"
    strings = [*urls, *extras.strings, f"L{activity.replace('.', '/')};", "Ljava/lang/Object;", "onCreate"]
    entries = [
        Entry(name="AndroidManifest.xml", data=write_axml(manifest, wipe_names=extras.wipe_names)),
        # Stored and aligned to 4: since API 30 phones refuse it packed, because they map it into memory.
        Entry(name="resources.arsc", data=table.write(), method=STORED, align=4),
        Entry(name="classes.dex", data=write_dex(strings)),
    ]
    files = {**_icon_files(extras), **extras.files}
    return entries + [Entry(name=name, data=data) for name, data in files.items()]


def sign_entries(
    entries: Sequence[Entry], signer: SigningKey | None, schemes: Sequence[str] = SCHEMES, comment: bytes = b""
) -> bytes:
    """Write and sign entries with the schemes asked for."""
    if signer is None:
        return write_parts(entries, comment).join()
    later = [int(scheme[1]) for scheme in schemes if scheme in {"v2", "v3"}]
    signed = [*entries, *v1_entries(entries, signer, later)] if "v1" in schemes else list(entries)
    return sign_parts(write_parts(signed, comment), signer, schemes)


def sign_parts(parts: Parts, signer: SigningKey, schemes: Sequence[str] = ("v2",)) -> bytes:
    """Put a signing block with v2 and v3 as asked between the entries and the central directory."""
    pairs = []
    if "v2" in schemes:
        # Says inside v2 that v3 was there, so that taking v3 out is seen.
        guard = [(STRIPPING, struct.pack("<I", 3))] if "v3" in schemes else []
        pairs.append((V2, v2_value(parts, signer, guard)))
    if "v3" in schemes:
        pairs.append((V3, v3_value(parts, signer)))
    return parts.join(signing_block(pairs) if pairs else b"")


def _texts(table: Table, key: str, labels: Mapping[str, str]) -> Ref:
    return table.add("string", key, [(Config(locale), text) for locale, text in labels.items()])


def _icon_files(extras: Extras) -> dict[str, bytes]:
    files = {f"res/mipmap-{density}/ic_launcher.png": data for density, data in extras.icons.items()}
    files |= {f"res/drawable/{name}": data for name, data in extras.drawables.items()}
    if extras.round_icon:
        files["res/mipmap/ic_round.png"] = extras.round_icon
    if extras.alias_icon:
        files["res/mipmap/ic_alias.png"] = extras.alias_icon
    return files


def _icons(table: Table, extras: Extras) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if extras.icons:
        variants = [(Config("", d), f"res/mipmap-{d}/ic_launcher.png") for d in extras.icons]
        found["icon"] = table.add("mipmap", "ic_launcher", variants)
    if extras.round_icon:
        found["roundIcon"] = table.add("mipmap", "ic_round", [(Config(), "res/mipmap/ic_round.png")])
    for name in extras.drawables:
        ref = table.add("drawable", name.rpartition(".")[0], [(Config(), f"res/drawable/{name}")])
        if name == "ic_launcher.xml":
            found["icon"] = ref
    return found


def _manifest(
    table: Table, package: str, labels: Mapping[str, str], permissions: Sequence[str], extras: Extras
) -> Element:
    attributes: dict[str, Value] = {"label": _texts(table, "app_name", labels), **_icons(table, extras)}
    if extras.application:
        attributes["name"] = extras.application
    if extras.debuggable:
        attributes["debuggable"] = True
    asked = [name if "." in name else f"android.permission.{name}" for name in permissions]
    return Element(
        "manifest",
        {"package": package, "versionCode": 1, "versionName": extras.version},
        [
            Element("uses-sdk", {"minSdkVersion": 21, "targetSdkVersion": extras.target_sdk}),
            *(Element("uses-permission", {"name": name}) for name in asked),
            Element("application", attributes, _components(table, package, extras)),
        ],
    )


def _components(table: Table, package: str, extras: Extras) -> list[Element]:
    launch = Element("intent-filter", {}, [
        Element("action", {"name": "android.intent.action.MAIN"}),
        Element("category", {"name": "android.intent.category.LAUNCHER"}),
    ])  # fmt: skip
    name = extras.activity or f"{package}.MainActivity"
    activity: dict[str, Value] = {"name": name, "exported": True}
    if extras.activity_labels:
        activity["label"] = _texts(table, "activity_name", extras.activity_labels)
    parts = [Element("activity", activity, [launch])]
    if extras.alias_labels or extras.alias_icon:
        alias: dict[str, Value] = {"name": f"{package}.Alias", "targetActivity": name, "enabled": extras.alias_enabled}
        if extras.alias_labels:
            alias["label"] = _texts(table, "alias_name", extras.alias_labels)
        if extras.alias_icon:
            alias["icon"] = table.add("mipmap", "ic_alias", [(Config(), "res/mipmap/ic_alias.png")])
        parts.append(Element("activity-alias", alias, [launch]))
    return parts


__all__ = ["Extras", "SigningKey", "app_entries", "make_apk", "sign_entries", "sign_parts", "signing_key"]
