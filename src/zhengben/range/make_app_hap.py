"""Build HarmonyOS modules (.hap) and sets (.app): module.json, an index of strings by locale, signing block."""

import json
import struct
from collections.abc import Mapping, Sequence

from zhengben.range.make_apk_sign import SigningKey, detached
from zhengben.range.make_apk_zip import Entry, write_parts

SIGNATURE, PROFILE = 0x20000000, 0x20000002
MAGIC = b"<hap sign block>"


def make_hap(
    *,
    bundle: str,
    labels: Mapping[str, str],
    signer: SigningKey | None = None,
    permissions: Sequence[str] = (),
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Build a module; `labels` maps a locale (`""`, `zh_CN`, ...) to the app's name."""
    module = {
        "app": {"bundleName": bundle, "versionName": "1.0.0", "versionCode": 1, "label": "$string:app_name",
                "labelId": 0x1000001, "vendor": "range"},
        "module": {"name": "entry", "type": "entry", "requestPermissions": [{"name": name} for name in permissions],
                   "abilities": [{"name": "EntryAbility", "label": "$string:app_name", "labelId": 0x1000001}]},
    }  # fmt: skip
    entries = [
        Entry(name="module.json", data=json.dumps(module, ensure_ascii=False).encode()),
        Entry(name="resources.index", data=resource_index("app_name", 0x1000001, labels)),
        Entry(name="pack.info", data=json.dumps({"summary": {"app": {"bundleName": bundle}}}).encode()),
        *(Entry(name=name, data=data) for name, data in (files or {}).items()),
    ]
    parts = write_parts(entries)
    return parts.join(_block(bundle, signer, parts.entries) if signer is not None else b"")


def make_hap_set(modules: Mapping[str, bytes]) -> bytes:
    """Build a .app of modules by file name."""
    entries = [Entry(name="pack.info", data=b"{}"), *(Entry(name=n, data=d, method=0) for n, d in modules.items())]
    return write_parts(entries).join()


def resource_index(name: str, number: int, labels: Mapping[str, str]) -> bytes:
    """Write an index that holds one string in every locale."""
    head = b"Restool 5.0.0.000".ljust(128, b"\0")
    keys, sections, rows = [], [], []
    key_size = sum(12 + 8 * len(_parameters(locale)) for locale in labels)
    at = 136 + key_size
    rows_at = at + 16 * len(labels)
    for locale, text in labels.items():
        parameters = _parameters(locale)
        keys.append(b"KEYS" + struct.pack("<II", at, len(parameters)) + b"".join(parameters))
        sections.append(b"IDSS" + struct.pack("<III", 1, number, rows_at))
        value, key = text.encode() + b"\0", name.encode() + b"\0"
        row = struct.pack("<II", 9, number) + struct.pack("<H", len(value)) + value + struct.pack("<H", len(key)) + key
        rows.append(struct.pack("<I", len(row)) + row)
        at, rows_at = at + 16, rows_at + len(rows[-1])
    body = b"".join(keys) + b"".join(sections) + b"".join(rows)
    return head + struct.pack("<II", 136 + len(body), len(labels)) + body


def _parameters(locale: str) -> list[bytes]:
    words = [word for word in locale.replace("-r", "_").split("_") if word]
    return [struct.pack("<II", i, int.from_bytes(word.encode().rjust(4, b"\0"), "big")) for i, word in enumerate(words)]


def _block(bundle: str, signer: SigningKey, contents: bytes) -> bytes:
    profile = {"type": "release", "bundle-info": {"bundle-name": bundle, "developer-id": "range"}}
    values = {
        SIGNATURE: detached(struct.pack("<II", 2, 1) + contents[:0], signer, attached=True),
        PROFILE: detached(json.dumps(profile).encode(), signer, attached=True),
    }
    heads, bodies, offset = b"", b"", 12 * len(values)
    for kind, value in values.items():
        heads += struct.pack("<III", kind, len(value), offset + len(bodies))
        bodies += value
    size = len(heads) + len(bodies) + 32
    return heads + bodies + struct.pack("<IQ", len(values), size) + MAGIC + struct.pack("<I", 3)
