"""Provisioning profiles of iOS apps: what they allow, and whether it was Apple who signed them.

A profile decides to whom an app may be given. Its text proves nothing by itself, for anybody can write one into a file;
here the signature over it is checked, and the chain of its certificates up to a root known by fingerprint. Dates are
not asked: a profile that has expired was no less signed. The program's own code signature is another matter:
`apple_code.py`.
"""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes

from zhengben.examine.apk.cms import CmsError, Signed
from zhengben.examine.apk.keys import Certificate
from zhengben.examine.plist import read_plist

BY_APPLE, BY_OTHERS, BROKEN = "profile_by_apple", "profile_not_by_apple", "profile_signature_broken"
SIGNS_PROFILES = "CN=Apple iPhone OS Provisioning Profile Signing"
MOST = 8
# SHA-256 of Apple Root CA, Apple Root CA - G2 and - G3, as Apple publishes them (apple.com/certificateauthority).
ROOTS = frozenset({
    "b0b1730ecbc7ff4505142c49f1295e6eda6bcaed7e2c68c5be91b5a11001f024",
    "c2b9b042dd57830e7d117dac55ac8ae19407d38e41d88f3215bc3a890444a050",
    "63343abfb89a6a03ebb57e9b3f5fa7be7c4f5c756f3017b3a8c488c3653e9179",
})  # fmt: skip
_BAD = (ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature, AttributeError, x509.ExtensionNotFound)


def read_profile(data: bytes) -> dict[str, Any]:
    """Read the property list inside a provisioning profile, also where the CMS around it is broken."""
    if not data:
        return {}
    try:
        inner = Signed(data).content
    except CmsError:
        inner = b""
    start, end = data.find(b"<?xml"), data.rfind(b"</plist>")
    return read_plist(inner) or (read_plist(data[start : end + 8]) if 0 <= start < end else {})


def who_signed(data: bytes, roots: frozenset[str] = ROOTS) -> str:
    """Say who signed a profile: Apple, others, or nobody whose signature holds; an empty word where there is none."""
    if not data:
        return ""
    try:
        signed = Signed(data)
        leaf, held = signed.check(signed.signers[0], signed.content) if signed.signers else (None, False)
    except CmsError:
        return BROKEN
    if leaf is None or not held:
        return BROKEN
    return BY_APPLE if SIGNS_PROFILES in leaf.subject and from_apple(leaf, signed.certificates, roots) else BY_OTHERS


def from_apple(leaf: Certificate, others: Sequence[Certificate], roots: frozenset[str] = ROOTS) -> bool:
    """Tell whether a certificate, with those that came beside it, leads up to one of Apple's roots."""
    chain = _chain(leaf.der, [one.der for one in others[:MOST]])
    return bool(chain) and chain[-1].fingerprint(hashes.SHA256()).hex() in roots


def _chain(leaf: bytes, others: Sequence[bytes]) -> list[x509.Certificate]:
    """Give the chain from a leaf upwards as far as those in the file vouch for each other.

    Only an authority may vouch: a developer's own certificate comes from Apple too, and could sign another one.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            chain, known = [x509.load_der_x509_certificate(leaf)], [x509.load_der_x509_certificate(d) for d in others]
    except _BAD:
        return []
    while len(chain) < MOST and chain[-1].issuer != chain[-1].subject:
        above = next((one for one in known if _vouches(one, chain[-1])), None)
        if above is None:
            break
        chain.append(above)
    return chain


def _vouches(above: x509.Certificate, below: x509.Certificate) -> bool:
    try:
        below.verify_directly_issued_by(above)
        return above.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except _BAD:
        return False


def team_differs(profile: Mapping[str, Any], bundle: str) -> bool:
    """Tell whether a profile was made for another app than this one: its identifier is `TEAM.bundle` or `TEAM.prefix*`.

    >>> team_differs({"Entitlements": {"application-identifier": "T.cn.a.*"}}, "cn.a.b")
    False
    >>> team_differs({"Entitlements": {"application-identifier": "T.cn.bank"}}, "cn.a.b")
    True
    """
    rights = profile.get("Entitlements")
    named = rights.get("application-identifier") if isinstance(rights, Mapping) else None
    if not isinstance(named, str) or "." not in named or not bundle:
        return False
    wanted = named.partition(".")[2]
    return not (bundle.startswith(wanted[:-1]) if wanted.endswith("*") else bundle == wanted)
