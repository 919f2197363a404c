"""PKCS#7 (CMS) signatures read without insisting on DER: whose they are, and whether they hold.

The checks are those `apksigner` makes. Layout: RFC 5652, 5.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from zhengben.examine.apk.ber import SEQUENCE, SET, BerError, Tlv, dotted, integer, octets, read_ber
from zhengben.examine.apk.keys import Certificate, holds, read_certificate

_DIGESTS = {
    "1.2.840.113549.2.5": "md5", "1.3.14.3.2.26": "sha1", "2.16.840.1.101.3.4.2.4": "sha224",
    "2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384", "2.16.840.1.101.3.4.2.3": "sha512",
}  # fmt: skip
_SCHEMES = {
    "1.2.840.113549.1.1.1": ("pkcs1", ""), "1.2.840.113549.1.1.4": ("pkcs1", "md5"),
    "1.2.840.113549.1.1.5": ("pkcs1", "sha1"), "1.2.840.113549.1.1.14": ("pkcs1", "sha224"),
    "1.2.840.113549.1.1.11": ("pkcs1", "sha256"), "1.2.840.113549.1.1.12": ("pkcs1", "sha384"),
    "1.2.840.113549.1.1.13": ("pkcs1", "sha512"), "1.2.840.10040.4.1": ("dsa", ""),
    "1.2.840.10040.4.3": ("dsa", "sha1"), "2.16.840.1.101.3.4.3.1": ("dsa", "sha224"),
    "2.16.840.1.101.3.4.3.2": ("dsa", "sha256"), "1.2.840.10045.2.1": ("ecdsa", ""),
    "1.2.840.10045.4.1": ("ecdsa", "sha1"), "1.2.840.10045.4.3.1": ("ecdsa", "sha224"),
    "1.2.840.10045.4.3.2": ("ecdsa", "sha256"), "1.2.840.10045.4.3.3": ("ecdsa", "sha384"),
    "1.2.840.10045.4.3.4": ("ecdsa", "sha512"),
}  # fmt: skip
SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
CHOICE_0 = 0xA0  # what ASN.1 marks with [0]: certificates beside the content, attributes that are signed
MAX_CERTIFICATES, MAX_SIGNERS = 32, 16
_BAD = (BerError, ValueError, IndexError, OverflowError)


class CmsError(ValueError):
    """The block cannot be read or does not hold; the message is a code."""


@dataclass(frozen=True, slots=True)
class SignerInfo:
    """One signer as the block names it; algorithms are object identifiers, attributes those that are signed.

    `signer` is serial number and issuer (DER) of its certificate, None where it is named by its key. `attributes_raw`
    are the attributes as they stood there, empty where there are none and the contents themselves were signed.
    """

    signer: tuple[int, bytes] | None
    digest: str
    algorithm: str
    signature: bytes
    attributes: Mapping[str, list[Tlv]] = field(default_factory=dict)
    attributes_raw: bytes = b""


class Signed:
    """One SignedData structure: `content` is empty where what was signed lies elsewhere."""

    def __init__(self, data: bytes) -> None:
        """Read it; raise CmsError where it is none."""
        try:
            self._read(data)
        except _BAD as error:
            raise CmsError("pkcs7_malformed") from error

    def _read(self, data: bytes) -> None:
        kind, outer = read_ber(data).expect(SEQUENCE).parts()[:2]
        if dotted(kind) != SIGNED_DATA:
            raise BerError("other contents")
        _version, _algorithms, inside, *rest = outer.expect(CHOICE_0).parts()[0].expect(SEQUENCE).parts()
        kind, *contents = inside.expect(SEQUENCE).parts()
        self.content_type, self.content = dotted(kind), _content(contents)
        chosen = [part for value in rest if value.tag == CHOICE_0 for part in value.parts()]
        self.certificates = [
            found for one in chosen[:MAX_CERTIFICATES] if one.tag == SEQUENCE and (found := read_certificate(one.whole))
        ]
        infos = rest[-1].expect(SET).parts()[:MAX_SIGNERS]
        self.signers = [_signer_info(first) for first in infos[:1]]
        for other in infos[1:]:
            with suppress(*_BAD):  # phones look at the first alone; one behind it that is broken must not hide it
                self.signers.append(_signer_info(other))

    def signer_of(self, info: SignerInfo) -> Certificate | None:
        """Give the certificate a signer names by serial number and issuer, or by key identifier."""
        if info.signer is None:
            return self.certificates[0] if len(self.certificates) == 1 else None
        named = [found for found in self.certificates if found.order[0] == info.signer[0]]
        return next((found for found in named if found.order == info.signer), named[0] if named else None)

    def check(self, info: SignerInfo, data: bytes) -> tuple[Certificate | None, bool]:
        """Tell whether one signer's signature over data holds, and whose it is; raise CmsError if malformed."""
        digest = _DIGESTS.get(info.digest, "")
        scheme, fixed = _SCHEMES.get(info.algorithm, ("", ""))
        if not digest or not scheme:
            raise CmsError("unsupported_algorithm")
        certificate = self.signer_of(info)
        if certificate is None:
            raise CmsError("no_certificate")
        if not certificate.usage:
            raise CmsError("certificate_must_not_sign")
        signed = data
        if info.attributes:
            if not self._attributes_hold(info, digest, data):
                return certificate, False
            signed = b"\x31" + info.attributes_raw[1:]  # they are signed as the set they are, without their mark
        return certificate, holds(certificate.spki, scheme, fixed or digest, info.signature, signed)

    def _attributes_hold(self, info: SignerInfo, digest: str, data: bytes) -> bool:
        types, messages = info.attributes.get(CONTENT_TYPE, []), info.attributes.get(MESSAGE_DIGEST, [])
        if len(types) != 1 or len(messages) != 1:
            raise CmsError("signed_attributes_malformed")
        try:
            same, told = dotted(types[0]) == self.content_type, octets(messages[0])
        except BerError:
            return False
        return same and told == hashlib.new(digest, data, usedforsecurity=False).digest()


def _content(contents: list[Tlv]) -> bytes:
    if not contents:
        return b""
    inner = contents[0].expect(CHOICE_0).parts()[0]
    try:
        return octets(inner)
    except BerError:
        return inner.body


def _signer_info(value: Tlv) -> SignerInfo:
    _version, who, digest, *rest = value.expect(SEQUENCE).parts()
    attributes = rest.pop(0) if rest[0].tag == CHOICE_0 else None
    return SignerInfo(
        signer=_named(who),
        digest=dotted(digest.expect(SEQUENCE).parts()[0]),
        algorithm=dotted(rest[0].expect(SEQUENCE).parts()[0]),
        signature=octets(rest[1]),
        attributes=_attributes(attributes) if attributes is not None else {},
        attributes_raw=attributes.whole if attributes is not None else b"",
    )


def _named(who: Tlv) -> tuple[int, bytes] | None:
    if who.tag != SEQUENCE:
        return None
    issuer, number = who.parts()[:2]
    return integer(number), issuer.whole


def _attributes(value: Tlv) -> dict[str, list[Tlv]]:
    found: dict[str, list[Tlv]] = {}
    for attribute in value.parts():
        kind, values = attribute.expect(SEQUENCE).parts()[:2]
        found.setdefault(dotted(kind), []).extend(values.expect(SET).parts())
    return found


def check_detached(block: bytes, data: bytes) -> Certificate:
    """Give the certificate that signed data; raise CmsError where none did.

    Phones before API 24 tried every signer in turn, later ones look at the first alone; it must hold for both.
    """
    signed = Signed(block)
    if not signed.signers:
        raise CmsError("no_signers")
    certificate, held = signed.check(signed.signers[0], data)
    if not held or certificate is None:
        raise CmsError("signature_does_not_hold")
    return certificate
