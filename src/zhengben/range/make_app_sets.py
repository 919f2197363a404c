"""Build split sets (XAPK, APKS, APKM) and app bundles (AAB, with a protobuf manifest and resource table)."""

import json
import struct
from collections.abc import Mapping, Sequence

from zhengben.range.make_apk_axml import ATTRIBUTES
from zhengben.range.make_apk_dex import write_dex
from zhengben.range.make_apk_sign import SigningKey, v1_entries
from zhengben.range.make_apk_zip import STORED, Entry, write_parts

LABEL, ICON = 0x7F010000, 0x7F020001
_ANDROID = b"http://schemas.android.com/apk/res/android"


def make_set(kind: str, base: bytes, splits: Mapping[str, bytes], store: Mapping[str, object]) -> bytes:
    """Build a set; `kind` is xapk, apks or apkm, `store` what the set says about itself (package_name, name, ...)."""
    entries = [Entry(name="base.apk", data=base, method=STORED)]
    entries += [Entry(name=name, data=data, method=STORED) for name, data in splits.items()]
    said = json.dumps(dict(store), ensure_ascii=False).encode()
    if kind == "xapk":
        entries.append(Entry(name="manifest.json", data=said))
    elif kind == "apkm":
        entries.append(Entry(name="info.json", data=said))
    else:
        entries.append(Entry(name="toc.pb", data=b""))
    return write_parts(entries).join()


def make_aab(
    *, package: str, labels: Mapping[str, str], permissions: Sequence[str] = (), urls: Sequence[str] = (),
    signer: SigningKey | None = None, icons: Mapping[str, tuple[int, bytes]] | None = None,
) -> bytes:  # fmt: skip
    """Build a bundle; the label is a resource with a value for each locale.

    `icons` maps a path in the base module to density and bytes: a picture, or a drawing from `bundle_vector`.
    """
    drawn = icons or {}
    asked = [name if "." in name else f"android.permission.{name}" for name in permissions]
    entries = [
        Entry(name="BundleConfig.pb", data=_text(1, "1.0")),
        Entry(name="base/manifest/AndroidManifest.xml", data=_manifest(package, asked, icon=bool(drawn))),
        Entry(name="base/resources.pb", data=_table(package, labels, {path: one[0] for path, one in drawn.items()})),
        Entry(name="base/dex/classes.dex", data=write_dex([*urls, "Ljava/lang/Object;"])),
        *(Entry(name=f"base/{path}", data=one[1]) for path, one in drawn.items()),
    ]
    signed = [*entries, *v1_entries(entries, signer)] if signer is not None else entries
    return write_parts(signed).join()


# --- protobuf, after AOSP Resources.proto ---------------------------------------------------------------------------


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))


def _field(number: int, value: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _text(number: int, text: str) -> bytes:
    return _field(number, text.encode())


def _attribute(name: str, text: str = "", reference: int = 0) -> bytes:
    space = _field(1, _ANDROID) if name in ATTRIBUTES else b""
    number = _number(5, ATTRIBUTES[name]) if name in ATTRIBUTES else b""
    item = _field(6, _field(1, _number(2, reference))) if reference else b""
    return _field(4, space + _text(2, name) + (b"" if reference else _text(3, text)) + number + item)


def _element(name: str, attributes: Sequence[bytes], children: Sequence[bytes] = ()) -> bytes:
    return _field(1, _text(3, name) + b"".join(attributes) + b"".join(_field(5, child) for child in children))


def bundle_vector(colour: int, path: str, size: float = 108.0) -> bytes:
    """Give a vector drawing of one path in one colour (ARGB), compiled as bundles have it."""
    viewport = [
        _typed(f"viewport{side}", _varint(3 << 3 | 5) + struct.pack("<f", size)) for side in ("Width", "Height")
    ]
    fill = _typed("fillColor", _number(9, colour))
    return _element("vector", viewport, [_element("path", [fill, _attribute("pathData", path)])])


def _typed(name: str, primitive: bytes) -> bytes:
    return _field(4, _field(1, _ANDROID) + _text(2, name) + _field(6, _field(7, primitive)))


def _manifest(package: str, permissions: Sequence[str], *, icon: bool = False) -> bytes:
    asked = [_element("uses-permission", [_attribute("name", name)]) for name in permissions]
    shown = [_attribute("icon", reference=ICON)] if icon else []
    application = _element("application", [_attribute("label", reference=LABEL), *shown])
    return _element(
        "manifest", [_attribute("package", package), _attribute("versionName", "1.0")], [*asked, application]
    )


def _table(package: str, labels: Mapping[str, str], icons: Mapping[str, int]) -> bytes:
    values = b"".join(
        _field(6, _field(1, _text(3, locale)) + _field(2, _field(4, _field(2, _text(1, text)))))
        for locale, text in labels.items()
    )
    entry = _field(3, _field(1, _number(1, LABEL & 0xFFFF)) + _text(2, "app_name") + values)
    kind = _field(3, _field(1, _number(1, LABEL >> 16 & 0xFF)) + _text(2, "string") + entry)
    files = b"".join(
        _field(6, _field(1, _number(18, density)) + _field(2, _field(4, _field(5, _text(1, path)))))
        for path, density in icons.items()
    )
    picture = _field(3, _field(1, _number(1, ICON & 0xFFFF)) + _text(2, "icon") + files)
    if icons:
        kind += _field(3, _field(1, _number(1, ICON >> 16 & 0xFF)) + _text(2, "mipmap") + picture)
    return _field(2, _field(1, _number(1, LABEL >> 24)) + _text(2, package) + kind)
