"""Sign Android packages with schemes v1, v2, v3 and v3.1, with keys that follow from a seed.

After the public descriptions of the APK signature schemes (source.android.com). Keys are elliptic-curve keys derived
from the seed and signatures are deterministic (RFC 6979), so one seed gives one file, byte for byte.
"""

import base64
import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from zhengben.range.make_apk_zip import Entry, Parts, end_record

V2, V3, V31 = 0x7109871A, 0xF05368C0, 0x1B93AD61
STRIPPING, LINEAGE, V3_MIN_SDK = 0xBEEFF00D, 0x3BA06F8C, 0x559F8B02
CHUNK = 1 << 20
MAGIC = b"APK Sig Block 42"
# Reduced modulo the order less one, plus one: every seed is a valid private key and none is 0.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and the self-signed certificate that names it (DER)."""

    private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: bytes

    @property
    def sha256(self) -> str:
        """Give the certificate's fingerprint as a dossier writes it: lower-case hex."""
        return hashlib.sha256(self.certificate).hexdigest()

    @property
    def public(self) -> bytes:
        """Give the public key as SubjectPublicKeyInfo, DER."""
        return self.private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def algorithm(self) -> int:
        """Give the scheme v2/v3 signature algorithm id used with SHA-256."""
        return 0x0201 if isinstance(self.private, ec.EllipticCurvePrivateKey) else 0x0103

    def sign(self, data: bytes) -> bytes:
        """Sign with SHA-256, the same bytes for the same data."""
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            # RFC 6979: no random number in the signature, so that one seed is one file, byte for byte.
            return self.private.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())


def signing_key(seed: str, subject: str = "Range Developer") -> SigningKey:
    """Make the key that follows from a seed; `subject` is the certificate's common name.

    >>> signing_key("a").sha256 == signing_key("a").sha256 != signing_key("b").sha256
    True
    """
    number = int.from_bytes(hashlib.sha512(b"zhengben range key " + seed.encode()).digest(), "big")
    private = ec.derive_private_key(number % (_ORDER - 1) + 1, ec.SECP256R1())
    return SigningKey(private, self_signed(private, subject, number))


def self_signed(private: ec.EllipticCurvePrivateKey, subject: str, number: int) -> bytes:
    """Give a self-signed certificate, valid from 2020 to 2050, DER."""
    name = certificates.Name([certificates.NameAttribute(certificates.NameOID.COMMON_NAME, subject)])
    builder = (
        certificates.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(number % (1 << 64) + 1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2050, 1, 1, tzinfo=UTC))
    )
    certificate = builder.sign(private, hashes.SHA256(), ecdsa_deterministic=True)
    return certificate.public_bytes(serialization.Encoding.DER)


# --- scheme v1: the signed JAR --------------------------------------------------------------------------------------


def v1_entries(entries: Sequence[Entry], key: SigningKey, later: Sequence[int] = ()) -> list[Entry]:
    """Give MANIFEST.MF, CERT.SF and CERT.EC for these entries; `later` names schemes that must not be stripped."""
    sections = [_section(entry) for entry in entries]
    main = b"Manifest-Version: 1.0\r\nCreated-By: 1.0 (Android)\r\n\r\n"
    manifest = main + b"".join(sections)
    head = f"Signature-Version: 1.0\r\nCreated-By: 1.0 (Android)\r\nSHA-256-Digest-Manifest: {_b64(manifest)}\r\n"
    # Without this line a package could be stripped to v1 and still verify on older phones.
    if later:
        head += f"X-Android-APK-Signed: {', '.join(map(str, later))}\r\n"
    signature_file = (
        head.encode()
        + b"\r\n"
        + b"".join(_named(entry, _b64(section)) for entry, section in zip(entries, sections, strict=True))
    )
    suffix = "EC" if key.algorithm == 0x0201 else "RSA"
    return [
        Entry(name="META-INF/MANIFEST.MF", data=manifest),
        Entry(name="META-INF/CERT.SF", data=signature_file),
        Entry(name=f"META-INF/CERT.{suffix}", data=detached(signature_file, key)),
    ]


def _section(entry: Entry) -> bytes:
    return _named(entry, _b64(entry.data))


def _named(entry: Entry, digest: str) -> bytes:
    line = b"Name: " + entry.raw_name
    # JAR manifests break lines at 72 bytes, the line's end among them, and go on behind a blank.
    first, rest = line[:70], line[70:]
    wrapped = [first, *(b" " + rest[i : i + 69] for i in range(0, len(rest), 69))]
    return b"\r\n".join(wrapped) + f"\r\nSHA-256-Digest: {digest}\r\n\r\n".encode()


def _b64(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def detached(data: bytes, key: SigningKey, *, attached: bool = False, more: Sequence[cms.CMSAttribute] = ()) -> bytes:
    """Give a PKCS#7 signature over data, without it or (`attached`) with it inside; `more` are attributes to sign."""
    certificate = x509.Certificate.load(key.certificate)
    scheme = "sha256_ecdsa" if key.algorithm == 0x0201 else "rsassa_pkcs1v15"
    content = core.OctetString(data) if attached else None
    signer: dict[str, object] = {
        "version": "v1",
        "sid": cms.SignerIdentifier({
            "issuer_and_serial_number": {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
        }),
        "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": scheme}),
    }  # fmt: skip
    signed_over = data
    if more:
        usual = [{"type": "content_type", "values": ["data"]},
                 {"type": "message_digest", "values": [hashlib.sha256(data).digest()]}]  # fmt: skip
        attributes = cms.CMSAttributes([*map(cms.CMSAttribute, usual), *more])
        signer["signed_attrs"] = attributes
        signed_over = b"\x31" + attributes.dump()[1:]
    signer["signature"] = key.sign(signed_over)
    signed = cms.SignedData({
        "version": "v1",
        "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
        "encap_content_info": {"content_type": "data", "content": content},
        "certificates": [certificate],
        "signer_infos": [cms.SignerInfo(signer)],
    })  # fmt: skip
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


# --- schemes v2, v3, v3.1: the signing block ------------------------------------------------------------------------


def prefixed(*parts: bytes) -> bytes:
    """Join parts, each behind its length (little-endian, 32 bits)."""
    return b"".join(struct.pack("<I", len(part)) + part for part in parts)


def content_digest(parts: Parts) -> bytes:
    """Give the chunked SHA-256 over entries, central directory and end record, as the schemes define it."""
    end = end_record(parts.count, len(parts.central), len(parts.entries), parts.comment)
    return hashlib.sha256(chunked((parts.entries, parts.central, end))).digest()


def chunked(sections: Iterable[bytes]) -> bytes:
    """Give the SHA-256 of every chunk of 1 MiB, their count in front."""
    pieces = (piece for section in sections for piece in _chunks(section))
    # 0xa5 before each chunk and 0x5a before their list, as the scheme says: levels cannot be mixed up.
    chunks = [hashlib.sha256(b"\xa5" + struct.pack("<I", len(piece)) + piece).digest() for piece in pieces]
    return b"\x5a" + struct.pack("<I", len(chunks)) + b"".join(chunks)


def _chunks(section: bytes) -> Iterable[bytes]:
    return (section[i : i + CHUNK] for i in range(0, len(section), CHUNK))


def v2_value(parts: Parts, key: SigningKey, attributes: Sequence[tuple[int, bytes]] = ()) -> bytes:
    """Give the value of the v2 block for one signer."""
    signed = prefixed(_digests(parts, key), prefixed(key.certificate), _attributes(attributes))
    signature = prefixed(struct.pack("<I", key.algorithm) + prefixed(key.sign(signed)))
    return prefixed(prefixed(prefixed(signed, signature, key.public)))


def v3_value(
    parts: Parts, key: SigningKey, sdk: tuple[int, int] = (28, 0x7FFFFFFF),
    attributes: Sequence[tuple[int, bytes]] = (),
) -> bytes:  # fmt: skip
    """Give the value of the v3 or v3.1 block for one signer and its range of SDK levels."""
    levels = struct.pack("<II", *sdk)
    signed = prefixed(_digests(parts, key), prefixed(key.certificate)) + levels + prefixed(_attributes(attributes))
    signature = prefixed(struct.pack("<I", key.algorithm) + prefixed(key.sign(signed)))
    return prefixed(prefixed(prefixed(signed) + levels + prefixed(signature, key.public)))


def lineage(keys: Sequence[SigningKey]) -> tuple[int, bytes]:
    """Give the attribute that proves a rotation from the first key to the last."""
    nodes, last = [], None
    for key in keys:
        signed = prefixed(key.certificate) + struct.pack("<I", 0 if last is None else last.algorithm)
        node = prefixed(signed) + struct.pack("<II", 0x17, key.algorithm)
        nodes.append(node + prefixed(b"" if last is None else last.sign(prefixed(signed)[4:])))
        last = key
    return LINEAGE, struct.pack("<I", 1) + prefixed(*nodes)


def _digests(parts: Parts, key: SigningKey) -> bytes:
    return prefixed(struct.pack("<I", key.algorithm) + prefixed(content_digest(parts)))


def _attributes(attributes: Sequence[tuple[int, bytes]]) -> bytes:
    return prefixed(*(struct.pack("<I", number) + value for number, value in attributes))


def signing_block(pairs: Sequence[tuple[int, bytes]]) -> bytes:
    """Write the signing block that holds these id-value pairs."""
    body = b"".join(struct.pack("<QI", len(value) + 4, number) + value for number, value in pairs)
    # Written in front and behind: the reader comes from the end of the file and checks both.
    size = struct.pack("<Q", len(body) + 24)
    return size + body + size + MAGIC
