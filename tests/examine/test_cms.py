"""PKCS#7 signatures: whose they are and whether they hold, in every form real files carry."""

import hashlib
import plistlib
from collections.abc import Callable

import pytest
from asn1crypto import cms, core
from hypothesis import given
from hypothesis import strategies as st

from zhengben.examine.apk.ber import OCTETS, SEQUENCE, read_ber
from zhengben.examine.apk.cms import CmsError, Signed, check_detached
from zhengben.examine.apk.keys import holds, key_name, read_certificate
from zhengben.range.make_apk import signing_key
from zhengben.range.make_apk_sign import detached

KEY, OTHER = signing_key("cms", "Signer"), signing_key("cms other", "Other")
DATA = b"Signature-Version: 1.0\r\n"
PLAIN = detached(DATA, KEY)


def attribute(kind: str, value: object) -> cms.CMSAttribute:
    """Give one attribute to be signed."""
    return cms.CMSAttribute({"type": kind, "values": [value]})


WITH_ATTRIBUTES = detached(DATA, KEY, more=[attribute("1.2.3.4", core.OctetString(b"x"))])


def remade(change: Callable[[cms.SignedData], None], block: bytes = PLAIN) -> bytes:
    """Give a block with its SignedData changed."""
    info = cms.ContentInfo.load(block)
    signed = info["content"]
    change(signed)
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump(force=True))


def open_ended(data: bytes) -> bytes:
    """Give the same value with every length of the outer levels left open, as BER allows."""
    value = read_ber(data)
    if value.tag == OCTETS and len(value.body) > 8:
        pieces = b"".join(bytes([4, 4]) + value.body[at : at + 4] for at in range(0, len(value.body) // 4 * 4, 4))
        rest = value.body[len(value.body) // 4 * 4 :]
        return b"\x24\x80" + pieces + bytes([4, len(rest)]) + rest + b"\0\0"
    if not value.tag & 0x20 or value.tag == 0xA0:
        return data if value.tag != 0xA0 else b"\xa0\x80" + value.body + b"\0\0"
    return bytes([value.tag, 0x80]) + b"".join(part.whole for part in value.parts()) + b"\0\0"


@pytest.mark.parametrize("block", [PLAIN, WITH_ATTRIBUTES], ids=["contents signed", "attributes signed"])
def test_a_signature_holds_over_its_own_data_alone(block: bytes) -> None:
    assert check_detached(block, DATA).sha256 == KEY.sha256
    with pytest.raises(CmsError, match="signature_does_not_hold"):
        check_detached(block, DATA + b"x")


def test_content_inside_comes_out_whole() -> None:
    signed = Signed(detached(DATA, KEY, attached=True))
    assert signed.content == DATA
    assert Signed(PLAIN).content == b""


def test_lengths_left_open_are_read() -> None:
    assert check_detached(open_ended(PLAIN), DATA).sha256 == KEY.sha256
    inner = read_ber(PLAIN).parts()
    assert (
        check_detached(b"\x30\x80" + inner[0].whole + open_ended(inner[1].whole) + b"\0\0", DATA).sha256 == KEY.sha256
    )


def test_content_cut_into_pieces_is_put_together() -> None:
    body = plistlib.dumps({"Name": "A profile that is long enough to be cut into pieces"})
    block = detached(body, KEY, attached=True)
    value = read_ber(block).parts()[1].parts()[0]
    version, algorithms, inside, *rest = value.parts()
    kind, content = inside.parts()
    cut = b"\xa0\x80" + open_ended(content.parts()[0].whole) + b"\0\0"
    made = b"".join(
        [version.whole, algorithms.whole, b"\x30\x80", kind.whole, cut, b"\0\0", *(part.whole for part in rest)]
    )
    whole = b"\x30\x80" + read_ber(block).parts()[0].whole + b"\xa0\x80\x30\x80" + made + b"\0\0" * 3
    signed = Signed(whole)
    assert signed.content == body
    assert signed.check(signed.signers[0], signed.content)[1]


def test_the_signer_is_named_by_number_and_issuer_among_many() -> None:
    def more(signed: cms.SignedData) -> None:
        other = cms.ContentInfo.load(detached(DATA, OTHER))["content"]["certificates"][0]
        signed["certificates"] = [other, *signed["certificates"]]

    assert check_detached(remade(more), DATA).sha256 == KEY.sha256


def test_a_signer_whose_certificate_is_not_there_is_nobody() -> None:
    def swap(signed: cms.SignedData) -> None:
        signed["certificates"] = [cms.ContentInfo.load(detached(DATA, OTHER))["content"]["certificates"][0]]

    with pytest.raises(CmsError, match="no_certificate"):
        check_detached(remade(swap), DATA)


def test_no_signers_are_told() -> None:
    with pytest.raises(CmsError, match="no_signers"):
        check_detached(remade(lambda signed: signed.__setitem__("signer_infos", [])), DATA)


def test_an_algorithm_nobody_knows_is_told() -> None:
    def odd(signed: cms.SignedData) -> None:
        signed["signer_infos"][0]["digest_algorithm"] = {"algorithm": "1.2.3.4.5"}

    with pytest.raises(CmsError, match="unsupported_algorithm"):
        check_detached(remade(odd), DATA)


def test_a_message_digest_twice_is_malformed() -> None:
    block = detached(DATA, KEY, more=[attribute("message_digest", hashlib.sha256(DATA).digest())])
    with pytest.raises(CmsError, match="signed_attributes_malformed"):
        check_detached(block, DATA)


def test_attributes_signed_for_other_contents_do_not_hold() -> None:
    with pytest.raises(CmsError, match="signature_does_not_hold"):
        check_detached(WITH_ATTRIBUTES, DATA[:-1])


def test_a_broken_second_signer_hides_nobody() -> None:
    """Phones look at the first alone."""
    value = read_ber(PLAIN).parts()[1].parts()[0]
    *front, infos = value.parts()
    body = b"".join(part.whole for part in front)
    both = infos.body + b"\x30\x03\x02\x01\x01"
    made = body + bytes([0x31, 0x82]) + len(both).to_bytes(2, "big") + both
    signed = b"\x30\x82" + len(made).to_bytes(2, "big") + made
    outer = read_ber(PLAIN).parts()[0].whole + b"\xa0\x82" + len(signed).to_bytes(2, "big") + signed
    assert check_detached(b"\x30\x82" + len(outer).to_bytes(2, "big") + outer, DATA).sha256 == KEY.sha256


@pytest.mark.parametrize(
    "data", [b"", b"\x30\x00", b"\x30\x03\x02\x01\x01", b"garbage", PLAIN[:100], b"\x31" + PLAIN[1:]]
)
def test_what_is_no_signature_is_malformed(data: bytes) -> None:
    with pytest.raises(CmsError, match="pkcs7_malformed"):
        Signed(data)


def test_other_contents_than_signed_data_are_malformed() -> None:
    block = bytes(cms.ContentInfo({"content_type": "data", "content": b"x"}).dump())
    with pytest.raises(CmsError, match="pkcs7_malformed"):
        Signed(block)


@given(st.integers(0, len(PLAIN) - 1), st.integers(1, 255))
def test_one_changed_byte_never_gives_another_signer(at: int, by: int) -> None:
    block = PLAIN[:at] + bytes([PLAIN[at] ^ by]) + PLAIN[at + 1 :]
    try:
        found = check_detached(block, DATA)
    except CmsError:
        return
    # What may change unnoticed is outside the signature: names in the certificate, never the key.
    assert key_name(found.spki)[2] == key_name(_certificate_of_key())[2]


def _certificate_of_key() -> bytes:
    found = read_certificate(KEY.certificate)
    assert found is not None
    return found.spki


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(CmsError):
        Signed(bytes([SEQUENCE]) + data)


# --- keys -----------------------------------------------------------------------------------------------------------


def test_a_certificate_gives_the_key_a_registration_lists() -> None:
    found = read_certificate(KEY.certificate)
    assert found is not None
    kind, bits, number = key_name(found.spki)
    assert (kind, bits) == ("EC", 256)
    assert number.startswith("04")
    assert len(number) == 130
    assert "Signer" in found.subject


@pytest.mark.parametrize("data", [b"", b"\x30\x03\x02\x01\x01", b"no certificate at all", KEY.certificate[:200]])
def test_what_is_no_certificate_is_none(data: bytes) -> None:
    assert read_certificate(data) is None


@pytest.mark.parametrize("spki", [b"", b"\x30\x00", b"garbage"])
def test_what_is_no_key_has_no_name_and_holds_nothing(spki: bytes) -> None:
    assert key_name(spki) == ("", 0, "")
    assert not holds(spki, "ecdsa", "sha256", b"x", b"y")


@pytest.mark.parametrize("scheme", ["pkcs1", "pss", "dsa", "unknown"])
def test_a_key_of_another_kind_holds_nothing(scheme: str) -> None:
    assert not holds(KEY.public, scheme, "sha256", KEY.sign(DATA), DATA)


def test_the_right_scheme_over_the_right_data_holds() -> None:
    signature = KEY.sign(DATA)
    assert holds(KEY.public, "ecdsa", "sha256", signature, DATA)
    assert not holds(KEY.public, "ecdsa", "sha512", signature, DATA)
    assert not holds(KEY.public, "ecdsa", "md9", signature, DATA)
    assert not holds(OTHER.public, "ecdsa", "sha256", signature, DATA)
    assert not holds(KEY.public, "ecdsa", "sha256", signature[:-1], DATA)
