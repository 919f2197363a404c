"""Sign iOS apps as Apple's tools do, with keys of the range: a program with a code signature, and a list of resources.

After Apple's public headers (`mach-o/loader.h`, xnu's `cs_blobs.h`). No phone would run them: the keys are nobody's.
"""

import hashlib
import plistlib
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asn1crypto import cms, core

from zhengben.range.make_apk_sign import SigningKey, detached

PAGE = 4096
PRIMARY, ALTERNATE, WRAPPER_SLOT, ENTITLEMENTS = 0, 0x1000, 0x10000, 5
CDHASHES = "1.2.840.113635.100.9.1"


@dataclass(frozen=True, slots=True)
class Sealing:
    """How a program is signed: whom it names, the hashes (1 SHA-1, 2 SHA-256) of its directories, whether encrypted."""

    name: str = "cn.example.app"
    kinds: tuple[int, ...] = (2,)
    entitlements: bytes = b""
    encrypted: bool = False


def resource_list(files: Mapping[str, bytes]) -> bytes:
    """Give `_CodeSignature/CodeResources` for the files of an app folder, by path in it."""
    old = {name: hashlib.sha1(data, usedforsecurity=False).digest() for name, data in files.items()}
    new = {name: {"hash": old[name], "hash2": hashlib.sha256(data).digest()} for name, data in files.items()}
    rules = {"^.*": True, "^Info\\.plist$": {"omit": True, "weight": 20.0}}
    return plistlib.dumps({"files": old, "files2": new, "rules": rules, "rules2": rules})


def signed_program(
    code: bytes, info: bytes, resources: bytes, key: SigningKey | None, sealing: Sealing = Sealing()
) -> bytes:
    """Give a 64-bit program of this code, signed over itself, Info.plist and the list; ad hoc where `key` is None."""
    room = 4096 + 64 * (len(code) // PAGE + 2) * len(sealing.kinds) + 2 * len(sealing.entitlements)
    body = _program(code, room, encrypted=sealing.encrypted)
    special = {1: info, 3: resources, 5: sealing.entitlements}
    directories = [_directory(body, special, kind, sealing.name) for kind in sealing.kinds]
    blobs = [(PRIMARY if not i else ALTERNATE + i - 1, raw) for i, raw in enumerate(directories)]
    if sealing.entitlements:
        blobs.append((ENTITLEMENTS, sealing.entitlements))
    if key is not None:
        blobs.append((WRAPPER_SLOT, _blob(0xFADE0B01, _cms(directories, key))))
    return body + superblob(blobs).ljust(room, b"\0")


def superblob(blobs: Sequence[tuple[int, bytes]]) -> bytes:
    """Put blobs into one, by slot."""
    at, index = 12 + 8 * len(blobs), b""
    for slot, raw in blobs:
        index += struct.pack(">II", slot, at)
        at += len(raw)
    return struct.pack(">III", 0xFADE0CC0, at, len(blobs)) + index + b"".join(raw for _, raw in blobs)


def entitlements(text: bytes) -> bytes:
    """Give the blob that holds entitlements."""
    return _blob(0xFADE7171, text)


def fat(*programs: bytes) -> bytes:
    """Put programs of several processors into one file."""
    at, head, body = 4096, struct.pack(">II", 0xCAFEBABE, len(programs)), b""
    for number, program in enumerate(programs):
        head += struct.pack(">IIIII", 0x0100000C, number, at + len(body), len(program), 12)
        body += program
    return head.ljust(at, b"\0") + body


def _program(code: bytes, room: int, *, encrypted: bool) -> bytes:
    start = -(-(32 + 40 + len(code)) // 16) * 16
    lock = struct.pack("<IIIIII", 0x2C, 24, 0, 16, int(encrypted), 0)
    where = struct.pack("<IIII", 0x1D, 16, start, room)
    head = struct.pack("<4sIIIIIII", b"\xcf\xfa\xed\xfe", 0x0100000C, 0, 2, 2, 40, 0x85, 0)
    return (head + lock + where + code).ljust(start, b"\0")


def _directory(body: bytes, special: Mapping[int, bytes], kind: int, name: str) -> bytes:
    hasher = {1: hashlib.sha1, 2: hashlib.sha256}[kind]
    slots = [hasher(special[i]).digest() if special.get(i) else bytes(hasher().digest_size) for i in (5, 4, 3, 2, 1)]
    pages = [hasher(body[at : at + PAGE]).digest() for at in range(0, len(body), PAGE)]
    label = name.encode() + b"\0"
    hashes = 88 + len(label) + sum(map(len, slots))
    head = struct.pack(
        ">IIIIIIIIIBBBBI", 0xFADE0C02, hashes + sum(map(len, pages)), 0x20400, 0, hashes, 88, len(slots), len(pages),
        len(body), hasher().digest_size, kind, 0, 12, 0,
    )  # fmt: skip
    return head.ljust(88, b"\0") + label + b"".join(slots) + b"".join(pages)


def _blob(magic: int, body: bytes) -> bytes:
    return struct.pack(">II", magic, 8 + len(body)) + body


def _cms(directories: Sequence[bytes], key: SigningKey) -> bytes:
    digests = [hashlib.new("sha1" if raw[37] == 1 else "sha256", raw).digest()[:20] for raw in directories]
    listed = cms.CMSAttribute({
        "type": CDHASHES, "values": [core.OctetString(plistlib.dumps({"cdhashes": digests}))],
    })  # fmt: skip
    return detached(directories[0], key, more=[listed])
