"""Certificates of a time-stamping authority: whose they are, what they may do, whom they lead to."""

from collections.abc import Sequence
from datetime import datetime

from asn1crypto import algos
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

# Real authorities have one or two certificates between; more would let an answer keep us walking.
DEPTH = 6
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


def read_pem(text: bytes) -> list[bytes]:
    """Give the DER of every certificate in a PEM file; raise ValueError where there is none."""
    return [one.public_bytes(Encoding.DER) for one in x509.load_pem_x509_certificates(text)]


def name(der: bytes) -> str:
    """Give the subject of a certificate as text."""
    return x509.load_der_x509_certificate(der).subject.rfc4514_string()


def check_signature(
    der: bytes, signature: bytes, signed: bytes, algorithm: algos.SignedDigestAlgorithm, hashed: str
) -> None:
    """Check a signature by a certificate's key; raise ValueError where it does not hold or its kind is not known."""
    key = x509.load_der_x509_certificate(der).public_key()
    # No SHA-1 and no RSA-PSS: what is not checked must not be taken for checked.
    if hashed not in _HASHES or algorithm.signature_algo not in {"rsassa_pkcs1v15", "ecdsa"}:
        raise ValueError(f"signature of a kind that is not checked here ({algorithm.signature_algo}, {hashed})")
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise ValueError("the authority's key is neither RSA nor on an elliptic curve")  # noqa: TRY004  the caller's data
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), _HASHES[hashed])
        else:
            key.verify(signature, signed, ec.ECDSA(_HASHES[hashed]))
    except InvalidSignature as error:
        raise ValueError("its signature is wrong") from error


def check_purpose(der: bytes, at: datetime) -> None:
    """Check that a certificate is for time stamps and was valid then; raise ValueError where not."""
    held = x509.load_der_x509_certificate(der)
    try:
        usage = held.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound as error:
        raise ValueError("its certificate is not for time stamps") from error
    # RFC 3161, 2.3: this one use, and critical; a server's certificate must not be able to tell the time.
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise ValueError("its certificate is not for time stamps alone")
    if not _valid(held, at):
        raise ValueError("its certificate was not valid at that time")


def leads_to(der: bytes, carried: Sequence[bytes], trusted: Sequence[bytes], at: datetime) -> bool:
    """Tell whether a certificate is trusted, or was issued over at most `DEPTH` steps by one that is."""
    roots = [x509.load_der_x509_certificate(one) for one in trusted]
    between = [x509.load_der_x509_certificate(one) for one in carried]
    here = x509.load_der_x509_certificate(der)
    for _ in range(DEPTH):
        if here in roots or _issuer(here, roots, at):
            return True
        above = _issuer(here, between, at)
        if above is None:
            return False
        here = above
    return False


def _issuer(here: x509.Certificate, among: Sequence[x509.Certificate], at: datetime) -> x509.Certificate | None:
    """Find who issued a certificate; one that signed itself is nobody's proof and would make the walk go round."""
    return next((one for one in among if one != here and _issued(here, one) and _valid(one, at)), None)


def _valid(held: x509.Certificate, at: datetime) -> bool:
    return held.not_valid_before_utc <= at <= held.not_valid_after_utc


def _issued(below: x509.Certificate, above: x509.Certificate) -> bool:
    try:
        # Without it a leaf that any customer can buy would count as an authority.
        constraints = above.extensions.get_extension_for_class(x509.BasicConstraints).value
        below.verify_directly_issued_by(above)
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature):
        return False
    return constraints.ca
