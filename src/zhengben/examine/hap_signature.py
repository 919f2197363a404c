"""The signing block of a HarmonyOS module: profile, signer, and whether the signature holds over this very file.

What is signed is one digest: 1 MiB chunks of entries, central directory and end record as in Android's scheme v2, then
the values of the block's other parts (profile, rotation, properties) in their order. Layout and digest: OpenHarmony
developtools_hapsigner (`HapVerify.java`, `HapUtils.java`, Apache-2.0), read 2026-11; our vectors are made here.
Whether the certificate was issued by Huawei is not decided: a phone does that, and a dossier names fingerprints.
"""

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from zhengben.core.appfacts import Signer
from zhengben.examine.apk.cms import CmsError, Signed
from zhengben.examine.apk.digests import Sections, chunk_digests
from zhengben.examine.apk.signatures import make_signer
from zhengben.examine.apk.zipread import Archive

MAGICS = (b"<hap sign block>", b"HAP Sig Block 42")
SIGNATURE, ROTATION, PROFILE, PROPERTY = 0x20000000, 0x20000001, 0x20000002, 0x20000003
MOST_BLOCKS = 16
# Signature algorithm to the hash of the contents; 0x105 takes SHA-256 in the reference implementation as well.
HASHES = {
    0x101: "sha256", 0x102: "sha384", 0x103: "sha512", 0x104: "sha256", 0x105: "sha256", 0x106: "sha512",
    0x201: "sha256", 0x202: "sha384", 0x203: "sha512", 0x301: "sha256", 0x302: "sha384", 0x303: "sha512",
}  # fmt: skip


@dataclass(slots=True)
class HapSigning:
    """What a signing block says: the profile's table, the signers, and codes of what is odd."""

    profile: Mapping[str, Any] = field(default_factory=dict)
    signers: tuple[Signer, ...] = ()
    tamper: list[str] = field(default_factory=list)

    @property
    def word(self) -> str:
        """Give how the signature stands, in one word."""
        if not self.signers:
            return "unsigned"
        return "verified" if all(signer.verified for signer in self.signers) else "broken"


def read_signing(archive: Archive) -> HapSigning:
    """Read and verify the block in front of the central directory; a module without one is unsigned."""
    out = HapSigning()
    data, end = archive.data, archive.central_at
    if end < 32 or not any(magic in data[end - 32 : end] for magic in MAGICS):
        return out
    count, size = struct.unpack_from("<IQ", data, end - 32)
    start = end - size
    if not 0 <= start < end - 32 or count > MOST_BLOCKS:
        out.tamper.append("sigblock_size_mismatch")
        return out
    blocks = _blocks(bytes(data[start : end - 32]), count, out)
    signature = blocks.pop(SIGNATURE, b"")
    profile, holds = _opened(blocks.get(PROFILE, b""))
    out.profile = _table(profile)
    if blocks.get(PROFILE) and not holds:
        out.tamper.append("profile_signature_broken")
    if signature:
        out.signers = (_signer(signature, archive, start, list(blocks.values())),)
        _profile_names(out)
    return out


def _blocks(body: bytes, count: int, out: HapSigning) -> dict[int, bytes]:
    """Give the values by kind, in the order of their headers, which is the order they are digested in."""
    blocks: dict[int, bytes] = {}
    for i in range(min(count, len(body) // 12)):
        kind, length, offset = struct.unpack_from("<III", body, 12 * i)
        if offset + length > len(body) or kind in blocks:
            out.tamper.append("sigblock_pair_lie")
            continue
        blocks[kind] = body[offset : offset + length]
    return blocks


def _signer(signature: bytes, archive: Archive, start: int, others: list[bytes]) -> Signer:
    try:
        signed = Signed(signature)
        if not signed.signers:
            return make_signer("hap", None, "no_signers")
        certificate, held = signed.check(signed.signers[0], signed.content)
    except CmsError as error:
        return make_signer("hap", None, str(error))
    if not held:
        return make_signer("hap", certificate, "signature_does_not_hold")
    return make_signer("hap", certificate, _contents(signed.content, archive, start, others))


def _contents(told: bytes, archive: Archive, start: int, others: list[bytes]) -> str:
    """Hold the signed digests against the file; give an empty word where they agree, else what does not hold."""
    wanted = _digests(told)
    if not wanted:
        return "no_digest"
    if archive.base or archive.central_at + archive.central_size != archive.end_at:
        return "bytes_outside_digests"
    sections = Sections(archive.data, start, archive.central_at, archive.end_at)
    for name, digest in wanted.items():
        if hashlib.new(name, chunk_digests(sections, name) + b"".join(others)).digest() != digest:
            return "content_digest_differs"
    return ""


def _digests(told: bytes) -> dict[str, bytes]:
    """Give the digests that were signed, by hash: version and count, then length, algorithm, length, digest each."""
    found: dict[str, bytes] = {}
    at = 8
    while at + 12 <= len(told) and len(found) < MOST_BLOCKS:
        length, algorithm, size = struct.unpack_from("<III", told, at)
        if length != size + 8 or at + 12 + size > len(told) or algorithm not in HASHES:
            return {}
        found[HASHES[algorithm]] = told[at + 12 : at + 12 + size]
        at += 12 + size
    return found


# --- the profile ----------------------------------------------------------------------------------------------------


def _opened(data: bytes) -> tuple[bytes, bool]:
    """Give what a profile holds, and whether the signature around it does."""
    try:
        signed = Signed(data)
        return signed.content, bool(signed.signers) and signed.check(signed.signers[0], signed.content)[1]
    except CmsError:
        start, end = data.find(b"{"), data.rfind(b"}")
        return (data[start : end + 1] if 0 <= start < end else b""), False


def _table(data: bytes) -> dict[str, Any]:
    try:
        loaded = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _profile_names(out: HapSigning) -> None:
    """Note where the profile was made for another key than the one that signed: it was cut from another app."""
    bundle = out.profile.get("bundle-info")
    if not isinstance(bundle, dict):
        return
    named = [bundle[key] for key in ("distribution-certificate", "development-certificate") if bundle.get(key)]
    digests = {digest for text in named if isinstance(text, str) and (digest := _fingerprint(text))}
    if digests and not any(signer.sha256 in digests for signer in out.signers):
        out.tamper.append("profile_for_another_key")


def _fingerprint(pem: str) -> str:
    try:
        found = x509.load_pem_x509_certificate(pem.encode())
        return hashlib.sha256(found.public_bytes(Encoding.DER)).hexdigest()
    except (ValueError, TypeError):
        return ""
