"""Signatures made here: what holds, what does not, and that a certificate cut out of the real app proves nothing."""

import struct
from dataclasses import replace

import pytest

from zhengben.core.appfacts import AppFacts
from zhengben.examine.apk.blocks import find_block
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.appfile import examine_app
from zhengben.range.make_apk import Extras, app_entries, make_apk, sign_entries, sign_parts, signing_key
from zhengben.range.make_apk_sign import V2, V3, V31, lineage, signing_block, v1_entries, v2_value, v3_value
from zhengben.range.make_apk_zip import Entry, write_parts

OWNER, THIEF = signing_key("owner", "The Bank"), signing_key("thief", "Somebody")
ENTRIES = app_entries(package="cn.bank", labels={"": "Bank"}, permissions=[], urls=[], extras=Extras())


def _verified(facts: AppFacts) -> dict[str, str]:
    return {signer.scheme: signer.sha256 for signer in facts.signers if signer.verified}


@pytest.mark.parametrize("schemes", [("v1",), ("v2",), ("v3",), ("v1", "v2"), ("v2", "v3"), ("v1", "v2", "v3")])
def test_every_scheme_verifies(schemes: tuple[str, ...]) -> None:
    facts = examine_app(
        make_apk(package="cn.bank", labels={"": "Bank"}, signer=OWNER, extras=Extras(schemes=schemes, target_sdk=29)),
        "a",
    )
    best = schemes[-1]
    assert _verified(facts).get(best) == OWNER.sha256
    assert facts.signed == "verified"


def test_an_app_for_android_11_needs_more_than_v1() -> None:
    facts = examine_app(sign_entries(ENTRIES, OWNER, ("v1",)), "a")
    assert facts.signed == "broken"
    assert not _verified(facts)


def test_a_transplanted_block_is_rejected() -> None:
    """The owner's signing block, cut out of the real app and put into a fake, names the owner and does not hold."""
    real = Archive(sign_entries(ENTRIES, OWNER, ("v2", "v3")))
    stolen = real.data[find_block(real.data, real.central_at).start : real.central_at]
    fake = app_entries(package="cn.bank", labels={"": "Fake"}, permissions=["READ_SMS"], urls=[], extras=Extras())
    facts = examine_app(write_parts(fake).join(stolen), "a")
    assert OWNER.sha256 in {signer.sha256 for signer in facts.signers}
    assert not _verified(facts)
    assert facts.signed == "broken"


def test_one_changed_byte_breaks_it() -> None:
    data = bytearray(sign_entries(ENTRIES, OWNER, ("v2",)))
    data[60] ^= 1
    assert not _verified(examine_app(bytes(data), "a"))


def test_bytes_no_digest_covers_break_it() -> None:
    data = sign_entries(ENTRIES, OWNER, ("v2",))
    end = data.rfind(b"PK\5\6")
    assert not _verified(examine_app(data[:end] + b"hidden" + data[end:], "a"))


def test_stripping_v3_is_noticed() -> None:
    parts = write_parts(ENTRIES)
    block = signing_block([(V2, v2_value(parts, OWNER, [(0xBEEFF00D, struct.pack("<I", 3))]))])
    assert examine_app(parts.join(block), "a").signed == "broken"


def test_another_signer_in_v3_than_in_v2_is_no_rotation() -> None:
    parts = write_parts(ENTRIES)
    block = signing_block([(V2, v2_value(parts, OWNER)), (V3, v3_value(parts, THIEF))])
    assert examine_app(parts.join(block), "a").signed == "broken"


def test_a_rotation_holds_and_names_the_older_key() -> None:
    old = signing_key("old")
    parts = write_parts(ENTRIES)
    block = signing_block(
        [(V2, v2_value(parts, old)), (V3, v3_value(parts, OWNER, attributes=[lineage([old, OWNER])]))]
    )
    facts = examine_app(parts.join(block), "a")
    assert _verified(facts)["v3"] == OWNER.sha256
    assert next(s for s in facts.signers if s.scheme == "v3").lineage == (old.sha256, OWNER.sha256)


def test_a_forged_rotation_does_not_hold() -> None:
    """The thief puts the owner at the head of the history without the owner's signature."""
    number, value = lineage([OWNER, THIEF])
    forged = bytearray(value)
    forged[-8] ^= 0xFF
    parts = write_parts(ENTRIES)
    block = signing_block(
        [(V2, v2_value(parts, OWNER)), (V3, v3_value(parts, THIEF, attributes=[(number, bytes(forged))]))]
    )
    assert examine_app(parts.join(block), "a").signed == "broken"


def test_v31_is_verified_beside_v3() -> None:
    new = signing_key("new")
    parts = write_parts(ENTRIES)
    block = signing_block([
        (V3, v3_value(parts, OWNER, (28, 32), [(0x559F8B02, struct.pack("<I", 33))])),
        (V31, v3_value(parts, new, (33, 0x7FFFFFFF), [lineage([OWNER, new])])),
    ])  # fmt: skip
    assert _verified(examine_app(parts.join(block), "a")) == {"v3": OWNER.sha256, "v3.1": new.sha256}
    alone = signing_block([(V3, v3_value(parts, OWNER, (28, 32), [(0x559F8B02, struct.pack("<I", 33))]))])
    assert examine_app(parts.join(alone), "a").signed == "broken"


def test_v1_covers_every_entry() -> None:
    old = app_entries(package="cn.bank", labels={"": "Bank"}, permissions=[], urls=[], extras=Extras(target_sdk=28))
    signed = [*old, *v1_entries(old, OWNER)]
    assert examine_app(write_parts(signed).join(), "a").signed == "verified"
    added = [*signed, Entry(name="classes2.dex", data=b"dex")]
    assert examine_app(write_parts(added).join(), "a").signed == "broken"
    swapped = [replace(e, data=b"dex") if e.name == "classes.dex" else e for e in signed]
    assert examine_app(write_parts(swapped).join(), "a").signed == "broken"
    removed = [e for e in signed if e.name != "classes.dex"]
    assert examine_app(write_parts(removed).join(), "a").signed == "broken"


def test_unsigned_is_said() -> None:
    facts = examine_app(make_apk(package="cn.bank", labels={"": "Bank"}), "a")
    assert (facts.signed, facts.signers) == ("unsigned", ())


def test_the_signed_parts_helper_signs_v2_alone() -> None:
    assert set(_verified(examine_app(sign_parts(write_parts(ENTRIES), OWNER), "a"))) == {"v2"}
