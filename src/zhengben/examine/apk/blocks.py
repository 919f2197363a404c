"""The APK signing block: found, cut into its pairs, and the v2/v3/v3.1 signers in it verified.

After the public scheme descriptions (source.android.com) and what `apksigner` accepts. A signer is verified only when
the digests of the whole file, the signature over them, the certificate and the rotation history all hold.
"""

import struct
from dataclasses import dataclass, field

from zhengben.examine.apk.digests import Sections, content_digest
from zhengben.examine.apk.keys import Certificate, holds, read_certificate

MAGIC = b"APK Sig Block 42"
V2, V3, V31 = 0x7109871A, 0xF05368C0, 0x1B93AD61
STRIPPING, LINEAGE, ROTATION_MIN_SDK = 0xBEEFF00D, 0x3BA06F8C, 0x559F8B02
KNOWN_PAIRS = {
    V2: "v2", V3: "v3", V31: "v31", 0x42726577: "padding", 0x504B4453: "dependencies", 0x6DFF800D: "source_stamp",
    0x2B09189E: "source_stamp_v1", 0x2146444E: "play_frosting", 0x71777777: "channel_walle",
    0x881155FF: "channel_vasdolly",
}  # fmt: skip
ALGORITHMS = {
    0x0101: ("pss", "sha256", "chunked"), 0x0102: ("pss", "sha512", "chunked"), 0x0103: ("pkcs1", "sha256", "chunked"),
    0x0104: ("pkcs1", "sha512", "chunked"), 0x0201: ("ecdsa", "sha256", "chunked"),
    0x0202: ("ecdsa", "sha512", "chunked"), 0x0301: ("dsa", "sha256", "chunked"),
    0x0421: ("pkcs1", "sha256", "verity"), 0x0423: ("ecdsa", "sha256", "verity"), 0x0425: ("dsa", "sha256", "verity"),
}  # fmt: skip
MAX_SIGNERS = 10
MAX_VALUES = 64
NAMES = {V2: "v2", V3: "v3", V31: "v3.1"}


class BlockError(ValueError):
    """The block, or a signer in it, is not what the scheme asks for; the message is a code."""


@dataclass(slots=True)
class BlockSigner:
    """One signer of one scheme; `errors` is empty exactly when it verified."""

    scheme: str
    certificate: Certificate | None = None
    errors: list[str] = field(default_factory=list)
    sdk: tuple[int, int] = (0, 0)
    lineage: tuple[str, ...] = ()
    stripped: int = 0
    rotation_min_sdk: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """The pairs of the block, by id, and where it starts in the file; `error` says why there is none.

    `twice` says that an id stands there more than once; a phone takes the first.
    """

    pairs: dict[int, bytes]
    start: int
    error: str = ""
    twice: bool = False


def find_block(data: bytes, central_at: int) -> Block:
    """Find the signing block in front of the central directory."""
    if central_at < 32 or data[central_at - 16 : central_at] != MAGIC:
        return Block({}, -1)
    size = int.from_bytes(data[central_at - 24 : central_at - 16], "little")
    start = central_at - size - 8
    if size < 24 or start < 0 or int.from_bytes(data[start : start + 8], "little") != size:
        return Block({}, -1, "sigblock_size_mismatch")
    pairs: dict[int, bytes] = {}
    twice = False
    at, end = start + 8, central_at - 24
    while at + 12 <= end:
        length = int.from_bytes(data[at : at + 8], "little")
        if not 4 <= length <= end - at - 8:
            return Block(pairs, start, "sigblock_pair_lie")
        number = int.from_bytes(data[at + 8 : at + 12], "little")
        twice = twice or number in pairs
        pairs.setdefault(number, bytes(data[at + 12 : at + 8 + length]))
        at += 8 + length
    return Block(pairs, start, "" if at == end else "sigblock_pair_lie", twice=twice)


# --- length-prefixed values -----------------------------------------------------------------------------------------


def take(data: bytes) -> tuple[bytes, bytes]:
    """Give the first length-prefixed value and the rest."""
    if len(data) < 4:
        raise BlockError("cut")
    size = int.from_bytes(data[:4], "little")
    if size > len(data) - 4:
        raise BlockError("cut")
    return data[4 : 4 + size], data[4 + size :]


def many(data: bytes) -> list[bytes]:
    """Give all length-prefixed values."""
    found: list[bytes] = []
    while data and len(found) < MAX_VALUES:
        value, data = take(data)
        found.append(value)
    return found


def _word(data: bytes) -> tuple[int, bytes]:
    if len(data) < 4:
        raise BlockError("cut")
    return int.from_bytes(data[:4], "little"), data[4:]


# --- signers --------------------------------------------------------------------------------------------------------


def read_signers(pair: int, value: bytes, sections: Sections | None) -> list[BlockSigner]:
    """Read every signer of a scheme's pair; without `sections` contents are not digested and nothing is verified."""
    try:
        outer, _ = take(value)
        signers = many(outer)
    except BlockError:
        return [BlockSigner(NAMES[pair], errors=["malformed"])]
    if not signers or len(signers) > MAX_SIGNERS:
        return [BlockSigner(NAMES[pair], errors=["no_signers" if not signers else "too_many_signers"])]
    return [_signer(pair, signer, sections) for signer in signers]


def _signer(pair: int, data: bytes, sections: Sections | None) -> BlockSigner:
    found = BlockSigner(NAMES[pair])
    try:
        _read_signer(pair, data, sections, found)
    except BlockError as error:
        found.errors.append(str(error))
    return found


def _read_signer(pair: int, data: bytes, sections: Sections | None, found: BlockSigner) -> None:
    signed, rest = take(data)
    levels = rest[:8]
    if pair != V2:
        found.sdk, rest = struct.unpack("<II", rest[:8].ljust(8, b"\0")), rest[8:]
    signature_list, rest = take(rest)
    spki, _ = take(rest)
    digest_list, body = take(signed)
    certificates, body = take(body)
    chain = [read_certificate(der) for der in many(certificates)]
    found.certificate = chain[0] if chain else None
    signatures = [_algorithm_and_value(s) for s in many(signature_list)]
    digests = [_algorithm_and_value(d) for d in many(digest_list)]
    if pair != V2:
        if body[:8] != levels:
            found.errors.append("sdk_range_differs")
        body = body[8:]
    _check(found, signed, spki, signatures, digests)
    _attributes(found, body)
    if sections is None:
        found.errors.append("not_checked")
    elif not found.errors:
        _check_digests(found, digests, {a for a, _ in signatures}, sections)


def _algorithm_and_value(data: bytes) -> tuple[int, bytes]:
    number, rest = _word(data)
    value, _ = take(rest)
    return number, value


def _check(
    found: BlockSigner,
    signed: bytes,
    spki: bytes,
    signatures: list[tuple[int, bytes]],
    digests: list[tuple[int, bytes]],
) -> None:
    usable = [(number, value) for number, value in signatures if number in ALGORITHMS]
    if not usable:
        found.errors.append("no_supported_signature" if signatures else "no_signature")
        return
    for number, value in _strongest(usable):
        scheme, digest, _ = ALGORITHMS[number]
        if not holds(spki, scheme, digest, value, signed):
            found.errors.append("signature_does_not_hold")
            return
    if [number for number, _ in signatures] != [number for number, _ in digests]:
        found.errors.append("signatures_and_digests_differ")
    if found.certificate is None:
        found.errors.append("no_certificate")
    elif found.certificate.spki != spki:
        found.errors.append("certificate_has_another_key")


def _strongest(usable: list[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    """Give the signatures a phone would check: the one over the strongest content digest."""
    order = {"chunked": {"sha256": 1, "sha512": 3}, "verity": {"sha256": 2}}
    return [max(usable, key=lambda nv: order[ALGORITHMS[nv[0]][2]][ALGORITHMS[nv[0]][1]])]


def _check_digests(found: BlockSigner, digests: list[tuple[int, bytes]], signed: set[int], sections: Sections) -> None:
    done: dict[tuple[str, str], bytes] = {}
    for number, value in digests:
        if number not in ALGORITHMS or number not in signed:
            continue
        _, name, way = ALGORITHMS[number]
        if done.setdefault((name, way), value) != value:
            found.errors.append("digests_contradict")
        elif content_digest(sections, name, way) != value:
            found.errors.append("content_digest_differs")
            return


def _attributes(found: BlockSigner, body: bytes) -> None:
    if len(body) < 4:
        return
    attributes, _ = take(body)
    for attribute in many(attributes):
        number, value = _word(attribute)
        if number == STRIPPING and found.scheme == "v2":
            found.stripped = int.from_bytes(value[:4], "little")
        elif number == ROTATION_MIN_SDK:
            found.rotation_min_sdk = int.from_bytes(value[:4], "little")
        elif number == LINEAGE and found.scheme != "v2":
            found.lineage = read_lineage(value)
            if found.certificate is not None and found.lineage[-1:] != (found.certificate.sha256,):
                found.errors.append("lineage_ends_elsewhere")


def read_lineage(value: bytes) -> tuple[str, ...]:
    """Verify a rotation history and give the fingerprints from the oldest certificate to the newest."""
    version, rest = _word(value)
    if version != 1:
        raise BlockError("lineage_version")
    seen: list[str] = []
    last: Certificate | None = None
    algorithm = 0
    for node in many(rest):
        signed, rest = take(node)
        _flags, rest = _word(rest)
        following, rest = _word(rest)
        signature, _ = take(rest)
        der, tail = take(signed)
        parent, _ = _word(tail)
        certificate = read_certificate(der)
        if certificate is None or certificate.sha256 in seen:
            raise BlockError("lineage_certificate")
        if last is not None and not (parent == algorithm and _vouches(last, algorithm, signature, signed)):
            raise BlockError("lineage_does_not_hold")
        seen.append(certificate.sha256)
        last, algorithm = certificate, following
    return tuple(seen)


def _vouches(parent: Certificate, algorithm: int, signature: bytes, signed: bytes) -> bool:
    known = ALGORITHMS.get(algorithm)
    return known is not None and holds(parent.spki, known[0], known[1], signature, signed)
