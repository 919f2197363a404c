"""Build HarmonyOS modules (.hap) and sets (.app): module.json, an index of strings by locale, signing block."""

import hashlib
import json
import struct
from collections.abc import Mapping, Sequence

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from zhengben.range.make_apk_sign import SigningKey, chunked, detached
from zhengben.range.make_apk_zip import Entry, Parts, end_record, write_parts

SIGNATURE, PROFILE, ECDSA_SHA256 = 0x20000000, 0x20000002, 0x201
MAGIC = b"<hap sign block>"


def make_hap(
    *,
    bundle: str,
    labels: Mapping[str, str],
    signer: SigningKey | None = None,
    permissions: Sequence[str] = (),
    files: Mapping[str, bytes] | None = None,
    profile_of: SigningKey | None = None,
    profile_for: str = "",
) -> bytes:
    """Build a module; `labels` maps a locale (`""`, `zh_CN`, ...) to the app's name.

    `profile_of` and `profile_for` are whose and which app's profile it carries, where that is not its own.
    """
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
    if signer is None:
        return parts.join()
    return parts.join(_block(_profile(profile_for or bundle, profile_of or signer), signer, parts))


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


def _profile(bundle: str, owner: SigningKey) -> bytes:
    """Write a profile for a bundle and a key, signed with that key for want of Huawei's."""
    pem = x509.load_der_x509_certificate(owner.certificate).public_bytes(serialization.Encoding.PEM).decode()
    table = {
        "type": "release",
        "bundle-info": {"bundle-name": bundle, "developer-id": "range", "distribution-certificate": pem},
    }
    return detached(json.dumps(table).encode(), owner, attached=True)


def _block(wrapped: bytes, signer: SigningKey, parts: Parts) -> bytes:
    """Write the signing block: headers, values, and a tail with their number and the size of it all."""
    end = end_record(parts.count, len(parts.central), len(parts.entries), parts.comment)
    told = _signed_content(chunked((parts.entries, parts.central, end)) + wrapped)
    values = {SIGNATURE: detached(told, signer, attached=True), PROFILE: wrapped}
    heads, bodies, offset = b"", b"", 12 * len(values)
    for kind, value in values.items():
        heads += struct.pack("<III", kind, len(value), offset + len(bodies))
        bodies += value
    size = len(heads) + len(bodies) + 32
    return heads + bodies + struct.pack("<IQ", len(values), size) + MAGIC + struct.pack("<I", 3)


def _signed_content(digested: bytes) -> bytes:
    digest = hashlib.sha256(digested).digest()
    return struct.pack("<IIIII", 2, 1, len(digest) + 8, ECDSA_SHA256, len(digest)) + digest
