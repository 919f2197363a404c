"""Certificates: who may stamp time, and whom one leads to."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from zhengben.evidence.chain import check_purpose, leads_to, name, read_pem

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def certificate(
    subject: str,
    key: EllipticCurvePrivateKey,
    issuer: str,
    by: EllipticCurvePrivateKey,
    *extensions: tuple[x509.ExtensionType, bool],
) -> bytes:
    made = x509.CertificateBuilder(
        issuer_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]),
        subject_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]),
        public_key=key.public_key(),
        serial_number=7,
        not_valid_before=NOW - timedelta(days=1),
        not_valid_after=NOW + timedelta(days=1),
    )
    for extension, critical in extensions:
        made = made.add_extension(extension, critical=critical)
    return made.sign(by, hashes.SHA256()).public_bytes(Encoding.DER)


STAMPING = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
AUTHORITY = (x509.BasicConstraints(ca=True, path_length=None), True)
ROOT, MIDDLE, LEAF = (generate_private_key(SECP256R1()) for _ in range(3))
ROOT_DER = certificate("root", ROOT, "root", ROOT, AUTHORITY)
MIDDLE_DER = certificate("middle", MIDDLE, "root", ROOT, AUTHORITY)
LEAF_DER = certificate("leaf", LEAF, "middle", MIDDLE, STAMPING)


def test_a_chain_leads_to_its_root_by_what_was_carried() -> None:
    assert leads_to(LEAF_DER, [LEAF_DER, MIDDLE_DER], [ROOT_DER], NOW)
    assert not leads_to(LEAF_DER, [LEAF_DER], [ROOT_DER], NOW)
    assert not leads_to(LEAF_DER, [LEAF_DER, MIDDLE_DER], [], NOW)
    assert not leads_to(LEAF_DER, [LEAF_DER, MIDDLE_DER], [ROOT_DER], NOW + timedelta(days=9))
    assert name(LEAF_DER) == "CN=leaf"


def test_only_an_authority_may_issue() -> None:
    fake = certificate("middle", MIDDLE, "root", ROOT)  # the right name and key, but no authority
    assert not leads_to(LEAF_DER, [LEAF_DER, fake], [ROOT_DER], NOW)


def test_only_time_stamping_alone_and_in_time() -> None:
    check_purpose(LEAF_DER, NOW)
    both = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.SERVER_AUTH])
    for extension in ((both, True), (STAMPING[0], False)):
        with pytest.raises(ValueError, match="time stamps alone"):
            check_purpose(certificate("x", LEAF, "middle", MIDDLE, extension), NOW)
    with pytest.raises(ValueError, match="not for time stamps"):
        check_purpose(MIDDLE_DER, NOW)
    with pytest.raises(ValueError, match="not valid at that time"):
        check_purpose(LEAF_DER, NOW + timedelta(days=9))


def test_a_file_without_certificates_is_refused() -> None:
    with pytest.raises(ValueError, match="PEM"):
        read_pem(b"nothing")
