"""Signatures of HarmonyOS modules and iOS profiles: what holds, what does not, and what nobody may conclude from it."""

import plistlib
import struct
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from asn1crypto import cms
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from zhengben.core.appfacts import AppFacts
from zhengben.examine import apple_profile
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.appfile import examine_app
from zhengben.examine.hap_signature import MAGICS
from zhengben.range.make_apk_sign import SigningKey, detached, signing_key
from zhengben.range.make_app_hap import make_hap, make_hap_set
from zhengben.range.make_app_ios import make_ipa

Issued = tuple[x509.Certificate, SigningKey]
KEY, THIEF = signing_key("seals", "Somebody"), signing_key("thief", "Thief")
HAP = make_hap(bundle="cn.example.loan", labels={"": "Loan"}, signer=KEY, files={"ets/modules.abc": b"x" * 3000})


def _facts(data: bytes) -> AppFacts:
    return examine_app(data, "a.hap")


def _block(data: bytes) -> tuple[int, int]:
    """Give where the signing block starts and ends."""
    end = Archive(data).central_at
    return end - struct.unpack_from("<Q", data, end - 28)[0], end


# --- HarmonyOS ------------------------------------------------------------------------------------------------------


def _first_header(data: bytearray) -> None:
    data[10] ^= 1


def _directory(data: bytearray) -> None:
    data[_block(data)[1] + 12] ^= 1  # type: ignore[arg-type]  # a bytearray reads like bytes


def _profile_value(data: bytearray) -> None:
    at = data.index(b"distribution-certificate")
    data[at] ^= 0x20


def _comment(data: bytearray) -> None:
    struct.pack_into("<H", data, len(data) - 2, 3)
    data += b"abc"


def _hidden(data: bytearray) -> None:
    end = data.rindex(b"PK\5\6")
    data[end:end] = b"hidden"


@pytest.mark.parametrize("change", [_first_header, _directory, _profile_value, _comment, _hidden])
def test_no_byte_of_a_signed_module_may_change(change: Callable[[bytearray], None]) -> None:
    data = bytearray(HAP)
    change(data)
    facts = _facts(bytes(data))
    assert facts.package == "cn.example.loan"
    assert facts.signed == "broken"
    assert [(signer.verified, bool(signer.why)) for signer in facts.signers] == [(False, True)]


def test_a_block_cut_from_the_owners_module_does_not_hold_over_a_fake() -> None:
    fake = make_hap(bundle="cn.example.loan", labels={"": "Fake"}, permissions=["ohos.permission.READ_SMS"])
    start, end = _block(HAP)
    at = Archive(fake).central_at
    block, tail = HAP[start:end], bytearray(fake[at:])
    struct.pack_into("<I", tail, len(tail) - 6, at + len(block))
    facts = _facts(fake[:at] + block + bytes(tail))
    assert [(s.sha256, s.verified, s.why) for s in facts.signers] == [(KEY.sha256, False, "content_digest_differs")]
    assert "ohos.permission.READ_SMS" in facts.permissions


def test_a_profile_made_for_another_key_or_app_is_told() -> None:
    """A thief may keep the owner's profile and sign the contents himself: the digests hold, the profile tells."""
    mixed = make_hap(bundle="cn.example.loan", labels={"": "Loan"}, signer=THIEF, profile_of=KEY)
    facts = _facts(mixed)
    assert (facts.signed, "profile_for_another_key" in facts.tamper) == ("verified", True)
    other = make_hap(bundle="cn.example.loan", labels={"": "Loan"}, signer=KEY, profile_for="cn.other")
    assert "profile_for_another_app" in _facts(other).tamper


def test_an_unsigned_module_says_so() -> None:
    facts = _facts(make_hap(bundle="a.b", labels={"": "x"}))
    assert (facts.signed, facts.signers) == ("unsigned", ())


@pytest.mark.parametrize(
    ("at", "value"),
    [(0, 0xFFFFFFFF), (0, 17), (0, 0), (4, 0), (4, 0x7FFFFFFF), (4, 33)],
    ids=["many blocks", "too many", "none", "no size", "a huge size", "a tiny size"],
)
def test_a_lying_tail_is_no_signature_and_no_error(at: int, value: int) -> None:
    data = bytearray(HAP)
    struct.pack_into("<I", data, _block(HAP)[1] - 32 + at, value)
    facts = _facts(bytes(data))
    assert facts.package == "cn.example.loan"
    assert not any(signer.verified for signer in facts.signers)


@pytest.mark.parametrize("field", [0, 1, 2])
def test_lying_headers_inside_the_block_are_no_error(field: int) -> None:
    for value in (0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x20000002):
        data = bytearray(HAP)
        struct.pack_into("<I", data, _block(HAP)[0] + 4 * field, value)
        assert not any(signer.verified for signer in _facts(bytes(data)).signers)


def test_both_magic_words_are_known() -> None:
    assert MAGICS[0] in HAP
    older = HAP.replace(MAGICS[0], MAGICS[1])
    assert _facts(older).signed == "verified"  # the tail is not among what is digested


def test_a_set_is_signed_by_all_its_modules_or_by_itself() -> None:
    second = make_hap(bundle="cn.example.loan", labels={"": "More"}, signer=KEY)
    assert _facts(make_hap_set({"a.hap": HAP, "b.hap": second})).signed == "verified"
    strange = make_hap(bundle="cn.example.loan", labels={"": "More"}, signer=THIEF)
    facts = _facts(make_hap_set({"a.hap": HAP, "b.hap": strange}))
    assert (facts.signed, "split_signed_otherwise" in facts.tamper) == ("broken", True)
    assert not any(signer.verified for signer in facts.signers)


# --- iOS profiles ---------------------------------------------------------------------------------------------------


def _authority(subject: str, seed: str, *, above: Issued | None = None, ca: bool = True) -> Issued:
    """Issue a certificate: by itself, or by the one above it."""
    key = signing_key(seed)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    private = key.private
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    builder = (
        x509.CertificateBuilder().subject_name(name).issuer_name(above[0].subject if above else name)
        .public_key(private.public_key()).serial_number(int.from_bytes(seed.encode(), "big") % (1 << 60) + 1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )  # fmt: skip
    signer = above[1].private if above else private
    made = builder.sign(signer, hashes.SHA256())
    return made, SigningKey(private, made.public_bytes(serialization.Encoding.DER))


def _profile(leaf: SigningKey, *others: x509.Certificate) -> bytes:
    """Sign a profile and put the chain into it, as Apple does."""
    table = plistlib.dumps({"TeamName": "T", "ProvisionsAllDevices": True})
    info = cms.ContentInfo.load(detached(table, leaf, attached=True))
    more = [asn1.Certificate.load(one.public_bytes(serialization.Encoding.DER)) for one in others]
    signed = info["content"]
    signed["certificates"] = [*[c.chosen for c in signed["certificates"]], *more]
    return bytes(info.dump(force=True))


ROOT = _authority("Root", "root")
MIDDLE = _authority("Middle", "middle", above=ROOT)
SIGNS = "Apple iPhone OS Provisioning Profile Signing"
KNOWN = frozenset({ROOT[0].fingerprint(hashes.SHA256()).hex()})


@pytest.mark.parametrize(
    ("subject", "above", "told"),
    [
        (SIGNS, MIDDLE, apple_profile.BY_APPLE),
        ("Apple Development: a developer", MIDDLE, apple_profile.BY_OTHERS),
        (SIGNS, None, apple_profile.BY_OTHERS),
        (SIGNS, _authority("A developer", "dev", above=MIDDLE, ca=False), apple_profile.BY_OTHERS),
        (SIGNS, _authority("Another root", "other root"), apple_profile.BY_OTHERS),
    ],
    ids=["the whole chain", "a developer's own", "self-signed", "signed by a developer's certificate", "another root"],
)
def test_a_profile_is_apples_only_by_the_whole_chain(
    subject: str, above: tuple[x509.Certificate, SigningKey] | None, told: str
) -> None:
    leaf = _authority(subject, "leaf", above=above, ca=False)
    chain = [MIDDLE[0], ROOT[0], *([above[0]] if above and above is not MIDDLE else [])]
    data = _profile(leaf[1], *chain)
    assert apple_profile.who_signed(data, KNOWN) == told
    assert apple_profile.read_profile(data)["TeamName"] == "T"


def test_a_chain_with_a_hole_or_a_changed_profile_is_not_apples() -> None:
    leaf = _authority(SIGNS, "leaf", above=MIDDLE, ca=False)
    assert apple_profile.who_signed(_profile(leaf[1], ROOT[0]), KNOWN) == apple_profile.BY_OTHERS
    changed = _profile(leaf[1], MIDDLE[0], ROOT[0]).replace(b"TeamName", b"TeamNome")
    assert apple_profile.who_signed(changed, KNOWN) == apple_profile.BROKEN
    assert apple_profile.who_signed(b"", KNOWN) == ""
    assert apple_profile.who_signed(b"<?xml no signature", KNOWN) == apple_profile.BROKEN


def test_the_roots_are_fingerprints() -> None:
    assert {len(bytes.fromhex(root)) for root in apple_profile.ROOTS} == {32}


def test_an_ipa_tells_of_its_profile() -> None:
    ipa = make_ipa(bundle="cn.example.loan", names={"": "Loan"}, signer=KEY)
    facts = examine_app(ipa, "a.ipa")
    assert (facts.notes, facts.tamper) == (("profile_not_by_apple",), ())
    other = make_ipa(bundle="cn.example.loan", names={"": "Loan"}, signer=KEY, profile_for="cn.bank.real")
    assert "profile_for_another_app" in examine_app(other, "a.ipa").tamper
