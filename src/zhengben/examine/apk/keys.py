"""Certificates and signatures, one function each: read a certificate that may be badly encoded, check one signature."""

import hashlib
import warnings
from dataclasses import dataclass
from functools import lru_cache

from asn1crypto import x509 as lenient
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa

HASHES: dict[str, hashes.HashAlgorithm] = {
    "md5": hashes.MD5(),  # noqa: S303 - old packages are signed so; we verify, we do not sign
    "sha1": hashes.SHA1(),  # noqa: S303 - as above
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_KEY_USAGE = bytes.fromhex("0603551d0f")
_BAD = (
    ValueError, TypeError, UnsupportedAlgorithm, OverflowError, KeyError, x509.InvalidVersion, x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType, AttributeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Certificate:
    """One X.509 certificate: its bytes as found, whom it names, and its public key (SubjectPublicKeyInfo, DER).

    `usage` is False where the certificate itself forbids signing with its key. `order` is serial number and issuer
    (DER), as a PKCS#7 signer names its certificate.
    """

    der: bytes
    subject: str
    issuer: str
    spki: bytes
    usage: bool = True
    order: tuple[int, bytes] = (0, b"")
    not_after: str = ""

    @property
    def sha256(self) -> str:
        """Give the fingerprint."""
        return hashlib.sha256(self.der).hexdigest()


@lru_cache(maxsize=256)
def read_certificate(der: bytes) -> Certificate | None:
    """Read a certificate, BER or DER; None where it is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of odd serial numbers and the like; they are no news here
        try:
            return _strict(der)
        except _BAD:
            return _lenient(der)


def _strict(der: bytes) -> Certificate:
    found = x509.load_der_x509_certificate(der)
    spki = found.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    issued, subject = found.issuer, found.subject
    issuer = issued.rfc4514_string()
    return Certificate(
        der,
        # Nearly every app is signed by a certificate that vouches for itself, and spelling a name out takes longest.
        issuer if subject == issued else subject.rfc4514_string(),
        issuer,
        spki,
        _may_sign(found),
        (found.serial_number, issued.public_bytes()),
        found.not_valid_after_utc.date().isoformat(),
    )


def _may_sign(found: x509.Certificate) -> bool:
    if _KEY_USAGE not in found.tbs_certificate_bytes:
        return True
    try:
        usage = found.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, *_BAD):
        return True
    return usage.digital_signature or usage.content_commitment


def _lenient(der: bytes) -> Certificate | None:
    try:
        found = lenient.Certificate.load(der)
        spki = found.public_key.dump(force=True)
        subject, issuer = found.subject.human_friendly, found.issuer.human_friendly
        order = (int(found.serial_number), found.issuer.dump())
    except _BAD:
        return None
    return Certificate(der, subject, issuer, spki, usage=True, order=order)


@lru_cache(maxsize=8)
def _key(spki: bytes) -> object:
    return serialization.load_der_public_key(spki)


def key_name(spki: bytes) -> tuple[str, int, str]:
    """Give kind (RSA, EC, DSA), size in bits, and the number that an app registration lists: modulus or point, hex."""
    try:
        key = _key(spki)
    except _BAD:
        return "", 0, ""
    if isinstance(key, rsa.RSAPublicKey):
        return "RSA", key.key_size, f"{key.public_numbers().n:x}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        point = key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        return "EC", key.key_size, point.hex()
    if isinstance(key, dsa.DSAPublicKey):
        return "DSA", key.key_size, f"{key.public_numbers().y:x}"
    return "", 0, ""


def holds(spki: bytes, scheme: str, digest: str, signature: bytes, data: bytes) -> bool:
    """Tell whether a signature over data holds; `scheme` is pkcs1, pss, ecdsa or dsa. Anything odd does not hold."""
    try:
        key, algorithm = _key(spki), HASHES[digest]
        if scheme in {"pkcs1", "pss"} and isinstance(key, rsa.RSAPublicKey):
            pad = padding.PSS(padding.MGF1(algorithm), algorithm.digest_size) if scheme == "pss" else padding.PKCS1v15()
            key.verify(signature, data, pad, algorithm)
        elif scheme == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(algorithm))
        elif scheme == "dsa" and isinstance(key, dsa.DSAPublicKey):
            key.verify(signature, data, algorithm)
        else:
            return False
    except (InvalidSignature, *_BAD):
        return False
    return True
