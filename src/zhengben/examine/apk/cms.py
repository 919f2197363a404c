"""PKCS#7 (CMS) signatures read without insisting on DER: whose they are, and whether they hold.

asn1crypto reads BER, which real packages and configuration profiles carry; the checks are those `apksigner` makes.
"""

import hashlib

from asn1crypto import cms

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
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
_BAD = (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError, RecursionError)


class CmsError(ValueError):
    """The block cannot be read or does not hold; the message is a code."""


class Signed:
    """One SignedData structure."""

    def __init__(self, data: bytes) -> None:
        """Read it; raise CmsError where it is none."""
        try:
            self._signed = _signed_data(data)
            self.content_type = self._signed["encap_content_info"]["content_type"].dotted
            self.certificates = [
                found
                for choice in list(self._signed["certificates"])[:32]
                if (found := read_certificate(choice.chosen.dump()))
            ]
            self.signers = list(self._signed["signer_infos"])[:16]
        except CmsError:
            raise
        except _BAD as error:
            raise CmsError("pkcs7_malformed") from error

    @property
    def content(self) -> bytes:
        """Give the content inside, empty where it is detached."""
        try:
            found = self._signed["encap_content_info"]["content"]
            return bytes(found.native) if isinstance(found.native, bytes) else bytes(found.contents or b"")
        except _BAD:
            return b""

    def signer_of(self, info: cms.SignerInfo) -> Certificate | None:
        """Give the certificate a signer names by serial number and issuer, or by key identifier."""
        sid = info["sid"]
        if sid.name != "issuer_and_serial_number":
            return self.certificates[0] if len(self.certificates) == 1 else None
        number, issuer = int(sid.chosen["serial_number"]), sid.chosen["issuer"]
        for found in self.certificates:
            if found.order[0] == number and (found.order[1] == issuer.dump() or len(self.certificates) == 1):
                return found
        return next((found for found in self.certificates if found.order[0] == number), None)

    def check(self, info: cms.SignerInfo, data: bytes) -> tuple[Certificate | None, bool]:
        """Tell whether one signer's signature over data holds, and whose it is; raise CmsError if malformed."""
        try:
            return self._check(info, data)
        except CmsError:
            raise
        except _BAD as error:
            raise CmsError("pkcs7_malformed") from error

    def _check(self, info: cms.SignerInfo, data: bytes) -> tuple[Certificate | None, bool]:
        digest = _DIGESTS.get(info["digest_algorithm"]["algorithm"].dotted, "")
        scheme, fixed = _SCHEMES.get(info["signature_algorithm"]["algorithm"].dotted, ("", ""))
        if not digest or not scheme:
            raise CmsError("unsupported_algorithm")
        certificate = self.signer_of(info)
        if certificate is None:
            raise CmsError("no_certificate")
        if not certificate.usage:
            raise CmsError("certificate_must_not_sign")
        attributes = info["signed_attrs"]
        if not len(attributes):
            return certificate, holds(certificate.spki, scheme, fixed or digest, info["signature"].native, data)
        if not self._attributes_hold(attributes, digest, data):
            return certificate, False
        raw = attributes.dump()
        signature = info["signature"].native
        return certificate, holds(certificate.spki, scheme, fixed or digest, signature, b"\x31" + raw[1:])

    def _attributes_hold(self, attributes: cms.CMSAttributes, digest: str, data: bytes) -> bool:
        found: dict[str, list[object]] = {}
        for attribute in attributes:
            found.setdefault(attribute["type"].dotted, []).extend(attribute["values"])
        content_type, message = found.get(CONTENT_TYPE, []), found.get(MESSAGE_DIGEST, [])
        if len(content_type) != 1 or len(message) != 1:
            raise CmsError("signed_attributes_malformed")
        kind, value = content_type[0], message[0]
        if getattr(kind, "dotted", "") != self.content_type:
            return False
        return getattr(value, "native", b"") == hashlib.new(digest, data, usedforsecurity=False).digest()


def _signed_data(data: bytes) -> cms.SignedData:
    info = cms.ContentInfo.load(data, strict=False)
    if info["content_type"].native != "signed_data":
        raise CmsError("pkcs7_malformed")
    return info["content"]


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
