"""Keys and certificates, made anew in every run."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Signer:
    """A private key with its certificate, and the certificates above it."""

    key: Private
    cert: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        """The certificate."""
        return self.cert.public_bytes(serialization.Encoding.DER)

    @property
    def spki(self) -> bytes:
        """SubjectPublicKeyInfo."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.key.public_key().public_bytes(serialization.Encoding.DER, form)

    @property
    def sha256(self) -> str:
        """The fingerprint a dossier holds."""
        return self.cert.fingerprint(hashes.SHA256()).hex()

    @property
    def algorithm(self) -> int:
        """The id of APK Signature Scheme v2 for RSA PKCS#1 or ECDSA, each with SHA-256."""
        return 0x0103 if isinstance(self.key, rsa.RSAPrivateKey) else 0x0201

    def sign(self, data: bytes) -> bytes:
        """A signature with SHA-256."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))

    def cms(self, data: bytes, *, detached: bool, plain: bool = True, above: bool = True) -> bytes:
        """PKCS#7 over DATA."""
        builder = pkcs7.PKCS7SignatureBuilder().set_data(data).add_signer(self.cert, self.key, hashes.SHA256())
        for cert in self.above if above else ():
            builder = builder.add_certificate(cert)
        options = [pkcs7.PKCS7Options.Binary]
        options += [pkcs7.PKCS7Options.DetachedSignature] if detached else []
        options += [pkcs7.PKCS7Options.NoAttributes] if plain else []
        return builder.sign(serialization.Encoding.DER, options)


def _name(common: str, organisation: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common), x509.NameAttribute(NameOID.COUNTRY_NAME, "CN")]
    return x509.Name([*parts, x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)])


def make(
    organisation: str, *, common: str = "", curve: bool = True, expired: bool = False, by: Signer | None = None
) -> Signer:
    """A new key and its certificate, its own or issued BY another."""
    key: Private = (
        ec.generate_private_key(ec.SECP256R1())
        if curve
        else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    subject = _name(common or organisation, organisation)
    start = dt.datetime(2015 if expired else 2023, 1, 1, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(by.cert.subject if by else subject)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(start).not_valid_after(start + dt.timedelta(days=365 if expired else 9000))
    builder = builder.add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
    cert = builder.sign(by.key if by else key, hashes.SHA256())
    return Signer(key, cert, (by.cert, *by.above) if by else ())


@cache
def named(name: str) -> Signer:
    """One signer a NAME for the whole run; those that begin with `rsa` have such a key."""
    return make(name, curve=not name.startswith("rsa"))
