"""Apple's code signature of an iOS app: whose it is, and whether it holds over the program and every file it names.

A program ends in a block of its own: a directory with the digest of each page of code and of Info.plist, the list of
resources and the entitlements; and a CMS signature over that directory. The list of resources holds the digest of every
other file. Layout: Apple's open source `cs_blobs.h` (xnu) and technical note TN3126. What is proved is that the holder
of one certificate signed these very bytes; whose certificate it is, only a fingerprint of a dossier says.
"""

import hashlib
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhengben.examine.apk.ber import BerError, octets
from zhengben.examine.apk.cms import CmsError, Signed, SignerInfo
from zhengben.examine.apk.keys import Certificate
from zhengben.examine.macho import Slice, slices
from zhengben.examine.plist import read_plist

SUPERBLOB, DIRECTORY, WRAPPER = 0xFADE0CC0, 0xFADE0C02, 0xFADE0B01
FIRST_DIRECTORY, OTHER_DIRECTORIES, CMS_SLOT = 0, range(0x1000, 0x1005), 0x10000
INFO, RESOURCES = 1, 3
IN_BLOCK = {2: 2, 5: 5, 7: 7}  # requirements and both forms of the entitlements lie in the block itself
CDHASHES, CDHASHES_2 = "1.2.840.113635.100.9.1", "1.2.840.113635.100.9.2"
# Hash type to the hash and how much of it is kept, the stronger the later.
HASHES = {1: ("sha1", 20), 3: ("sha256", 20), 2: ("sha256", 32), 4: ("sha384", 48)}
MAX_BLOBS, MAX_PAGES, MAX_PAGE_BITS = 64, 400_000, 30
_HEAD = struct.Struct(">IIIIIIIIIBBBB")


class CodeError(ValueError):
    """The code signature is malformed or does not hold; the message is a code."""


@dataclass(frozen=True, slots=True)
class Directory:
    """One code directory: its bytes, the hash it uses, and digests of pages and of special parts by number."""

    raw: bytes
    hash: str
    kept: int
    strength: int
    limit: int
    page: int
    pages: Sequence[bytes]
    special: Mapping[int, bytes]
    name: str

    def digest(self, data: bytes | memoryview) -> bytes:
        """Give a digest of data as this directory would list it."""
        return hashlib.new(self.hash, data, usedforsecurity=False).digest()[: self.kept]


@dataclass(slots=True)
class CodeSigning:
    """What a program's code signature says.

    `why` is empty exactly when signature and digests hold; `certificates` are those in the signature, the signer first.
    `found` is False where there is no signature by anybody: none at all, or (`ad_hoc`) one without a certificate.
    """

    found: bool = False
    ad_hoc: bool = False
    why: str = ""
    certificate: Certificate | None = None
    certificates: list[Certificate] = field(default_factory=list)
    encrypted: bool = False
    name: str = ""


def check_code(program: bytes, info: bytes, resources: bytes) -> CodeSigning:
    """Verify a program's code signature over itself, Info.plist and the list of resources."""
    parts = slices(program)
    out = CodeSigning(encrypted=any(part.encrypted for part in parts))
    for part in parts:
        if part.signature[1]:
            _check_slice(part, {INFO: info, RESOURCES: resources}, out)
    if out.found and not all(part.signature[1] for part in parts):
        out.why = out.why or "program_part_unsigned"
    return out


def _check_slice(part: Slice, files: Mapping[int, bytes], out: CodeSigning) -> None:
    try:
        blobs = _blobs(bytes(part.data[part.signature[0] : sum(part.signature)]))
        wrapped = blobs.get(CMS_SLOT, b"")[8:]
        if not wrapped:
            out.ad_hoc = True  # digests that anybody can make, and nobody's name
            return
        out.found = True
        directory = _vouched(blobs, wrapped, out)
        _hold(directory, part, {**files, **{slot: blobs[at] for slot, at in IN_BLOCK.items() if at in blobs}})
    except (CodeError, CmsError) as error:
        out.found, out.why = True, out.why or str(error)


def _blobs(data: bytes) -> dict[int, bytes]:
    """Give the parts of the block by slot; of two in one slot the first."""
    if len(data) < 12:
        raise CodeError("code_signature_malformed")
    magic, _, count = struct.unpack_from(">III", data)
    if magic != SUPERBLOB or count > MAX_BLOBS or 12 + 8 * count > len(data):
        raise CodeError("code_signature_malformed")
    found: dict[int, bytes] = {}
    for i in range(count):
        slot, at = struct.unpack_from(">II", data, 12 + 8 * i)
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        if size < 8 or at + size > len(data):
            raise CodeError("code_signature_malformed")
        found.setdefault(slot, data[at : at + size])
    return found


def _directory(raw: bytes) -> Directory:
    if len(raw) < 44:
        raise CodeError("code_signature_malformed")
    magic, _, version, _, hashes, name, special, count, limit, size, kind, _, page = _HEAD.unpack_from(raw)
    known = magic == DIRECTORY and HASHES.get(kind, ("", 0))[1] == size and page <= MAX_PAGE_BITS
    if not known or count > MAX_PAGES or not special * size <= hashes <= len(raw) - count * size:
        raise CodeError("code_signature_malformed")
    every = [raw[at : at + size] for at in range(hashes - special * size, hashes + count * size, size)]
    return Directory(
        raw=raw, hash=HASHES[kind][0], kept=size, strength=list(HASHES).index(kind), limit=_limit(raw, version, limit),
        page=1 << page if page else 0, pages=every[special:],
        special={special - i: digest for i, digest in enumerate(every[:special])},
        name=raw[name : raw.find(b"\0", name)].decode("utf-8", "replace")[:200],
    )  # fmt: skip


def _limit(raw: bytes, version: int, short: int) -> int:
    """Give how many bytes of the program are covered; newer directories have a wider field for it."""
    wide = int.from_bytes(raw[56:64], "big") if version >= 0x20300 else 0
    return wide or short


def _vouched(blobs: Mapping[int, bytes], wrapped: bytes, out: CodeSigning) -> Directory:
    """Give the strongest directory; the signature must hold over the first, and name the digests of all others."""
    signed = Signed(wrapped)
    if not signed.signers or FIRST_DIRECTORY not in blobs:
        raise CodeError("no_signers" if not signed.signers else "code_signature_malformed")
    info, first = signed.signers[0], _directory(blobs[FIRST_DIRECTORY])
    out.certificate, held = signed.check(info, first.raw)
    out.certificates, out.name = signed.certificates, first.name
    if not held:
        raise CodeError("signature_does_not_hold")
    return max([first, *_others(blobs, info)], key=lambda one: one.strength)


def _others(blobs: Mapping[int, bytes], info: SignerInfo) -> list[Directory]:
    others = [_directory(blobs[slot]) for slot in OTHER_DIRECTORIES if slot in blobs]
    named = _named_digests(info) if others else set()
    if any(hashlib.new(one.hash, one.raw, usedforsecurity=False).digest()[:20] not in named for one in others):
        raise CodeError("code_directory_unsigned")
    return others


def _named_digests(info: SignerInfo) -> set[bytes]:
    """Give the first twenty bytes of every directory's digest that the signature names."""
    try:
        lists = [read_plist(octets(value)) for value in info.attributes.get(CDHASHES, [])]
        pairs = [octets(value.parts()[1]) for value in info.attributes.get(CDHASHES_2, [])]
    except (BerError, IndexError):
        raise CodeError("signed_attributes_malformed") from None
    rows = [row for table in lists for row in _list(table.get("cdhashes")) if isinstance(row, bytes)]
    return {digest[:20] for digest in (*rows, *pairs)}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _hold(directory: Directory, part: Slice, files: Mapping[int, bytes]) -> None:
    """Raise CodeError where the program, or a file that the directory names, is not what was signed."""
    _pages_hold(directory, part)
    for slot, code in ((INFO, "info_plist_changed"), (RESOURCES, "resource_list_changed")):
        if not _same(directory, slot, files.get(slot, b"")):
            raise CodeError(code)
    listed = [slot for slot in IN_BLOCK if any(directory.special.get(slot, b""))]
    if not all(_same(directory, slot, files.get(slot, b"")) for slot in listed):
        raise CodeError("entitlements_changed")


def _pages_hold(directory: Directory, part: Slice) -> None:
    start, step = part.signature[0], directory.page or max(1, directory.limit)
    if directory.limit != start or len(directory.pages) != -(-directory.limit // step):
        raise CodeError("program_not_covered")
    for number, digest in enumerate(directory.pages):
        if directory.digest(part.data[number * step : min((number + 1) * step, start)]) != digest:
            raise CodeError("program_changed")


def _same(directory: Directory, slot: int, data: bytes) -> bool:
    """Tell whether a part is what the directory says: its digest, or not there where none is listed."""
    listed = directory.special.get(slot, b"")
    return directory.digest(data) == listed if any(listed) else not data
