"""Apple's code signature: what it covers, everything that breaks it, and whose it is said to be."""

import plistlib
import struct
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.examine.apple_code import check_code
from zhengben.examine.macho import slices
from zhengben.range.make_apk import signing_key
from zhengben.range.make_apk_sign import detached
from zhengben.range.make_app_code import (
    Sealing,
    entitlements,
    fat,
    resource_list,
    signed_program,
    superblob,
)

KEY, OTHER = signing_key("ios", "Some Developer"), signing_key("thief", "Somebody Else")
CODE, INFO = bytes(range(256)) * 40, plistlib.dumps({"CFBundleIdentifier": "cn.example.app"})
LISTED = resource_list({"a.txt": b"a"})
PLAIN = signed_program(CODE, INFO, LISTED, KEY)
RIGHTS = entitlements(b"<plist><dict/></plist>")
BOTH = Sealing(kinds=(1, 2), entitlements=RIGHTS)


def why(program: bytes, info: bytes = INFO, listed: bytes = LISTED) -> str:
    """Give why a signature does not hold; it must have been found."""
    found = check_code(program, info, listed)
    assert found.found
    return found.why


def at_signature(program: bytes) -> int:
    """Give where the signature begins."""
    return slices(program)[0].signature[0]


def with_byte(program: bytes, at: int) -> bytes:
    """Give the program with one byte changed."""
    return program[:at] + bytes([program[at] ^ 1]) + program[at + 1 :]


@pytest.mark.parametrize("sealing", [Sealing(), Sealing(kinds=(1,)), BOTH, Sealing(entitlements=RIGHTS)])
def test_an_untouched_program_holds(sealing: Sealing) -> None:
    found = check_code(signed_program(CODE, INFO, LISTED, KEY, sealing), INFO, LISTED)
    assert (found.found, found.why, found.name) == (True, "", sealing.name)
    assert found.certificate is not None
    assert found.certificate.sha256 == KEY.sha256


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.999])
def test_one_changed_byte_of_the_program_is_seen(share: float) -> None:
    at = 80 + int((at_signature(PLAIN) - 81) * share)
    assert why(with_byte(PLAIN, at)) == "program_changed"


def test_another_info_plist_is_seen() -> None:
    assert why(PLAIN, info=INFO.replace(b"example", b"exbmple")) == "info_plist_changed"
    assert why(PLAIN, info=b"") == "info_plist_changed"


def test_another_list_of_files_is_seen() -> None:
    assert why(PLAIN, listed=resource_list({"a.txt": b"b"})) == "resource_list_changed"
    assert why(PLAIN, listed=b"") == "resource_list_changed"


def test_a_list_that_was_not_signed_is_seen() -> None:
    assert why(signed_program(CODE, INFO, b"", KEY)) == "resource_list_changed"


def test_other_rights_are_seen() -> None:
    program = signed_program(CODE, INFO, LISTED, KEY, BOTH)
    assert why(program.replace(b"<dict/>", b"<true/>")) == "entitlements_changed"


def test_a_signature_by_another_key_over_the_same_digests_names_that_key() -> None:
    found = check_code(signed_program(CODE, INFO, LISTED, OTHER), INFO, LISTED)
    assert found.certificate is not None
    assert found.certificate.sha256 == OTHER.sha256


def test_a_signature_block_cut_out_of_the_real_app_does_not_hold() -> None:
    """The owner's block behind a thief's program names the owner and is refused."""
    start = at_signature(PLAIN)
    stolen = signed_program(CODE[::-1], INFO, LISTED, OTHER)[:start] + PLAIN[start:]
    found = check_code(stolen, INFO, LISTED)
    assert found.certificate is not None
    assert (found.certificate.sha256, found.why) == (KEY.sha256, "program_changed")


def test_a_directory_changed_after_signing_does_not_hold() -> None:
    at = PLAIN.index(b"cn.example.app", at_signature(PLAIN))
    assert why(with_byte(PLAIN, at)) == "signature_does_not_hold"


def test_a_second_directory_nobody_signed_is_refused() -> None:
    """A phone takes the strongest directory; one that the signature does not name could say anything."""
    weak, strong = (signed_program(CODE, INFO, LISTED, KEY, Sealing(kinds=kinds)) for kinds in ((1,), (2,)))
    program = _with_blobs(weak, lambda blobs: [*blobs[:1], (0x1000, _blobs(strong)[0][1]), *blobs[1:]])
    assert why(program) == "code_directory_unsigned"


def test_of_two_slots_of_one_number_the_first_counts() -> None:
    program = _with_blobs(PLAIN, lambda blobs: [*blobs, (0, b"\xfa\xde\x0c\x02\0\0\0\x08")])
    assert why(program) == ""


def test_ad_hoc_digests_are_nobodys_signature() -> None:
    found = check_code(signed_program(CODE, INFO, LISTED, None), INFO, LISTED)
    assert (found.found, found.ad_hoc, found.certificate) == (False, True, None)


def test_a_program_without_a_signature_has_none() -> None:
    bare = struct.pack("<4sIIIIIII", b"\xcf\xfa\xed\xfe", 0x0100000C, 0, 2, 0, 0, 0, 0) + CODE
    found = check_code(bare, INFO, LISTED)
    assert (found.found, found.ad_hoc, found.why) == (False, False, "")


def test_every_processors_program_must_hold() -> None:
    assert why(fat(PLAIN, PLAIN)) == ""
    assert why(fat(PLAIN, with_byte(PLAIN, 500))) == "program_changed"
    bare = struct.pack("<4sIIIIIII", b"\xcf\xfa\xed\xfe", 7, 3, 2, 0, 0, 0, 0)
    assert why(fat(PLAIN, bare)) == "program_part_unsigned"
    assert why(fat(bare, PLAIN)) == "program_part_unsigned"


def test_encryption_by_the_shop_is_told() -> None:
    locked = signed_program(CODE, INFO, LISTED, KEY, replace(Sealing(), encrypted=True))
    assert check_code(locked, INFO, LISTED).encrypted
    assert not check_code(PLAIN, INFO, LISTED).encrypted


def _blobs(program: bytes) -> list[tuple[int, bytes]]:
    start = at_signature(program)
    _, _, count = struct.unpack_from(">III", program, start)
    found = []
    for i in range(count):
        slot, at = struct.unpack_from(">II", program, start + 12 + 8 * i)
        size = struct.unpack_from(">I", program, start + at + 4)[0]
        found.append((slot, program[start + at : start + at + size]))
    return found


def _with_blobs(program: bytes, change: Callable[[list[tuple[int, bytes]]], list[tuple[int, bytes]]]) -> bytes:
    """Give the program with its signature's parts changed, in the room it has."""
    start = at_signature(program)
    return program[:start] + superblob(change(_blobs(program))).ljust(len(program) - start, b"\0")


def _patched(at: int, form: str, value: int) -> bytes:
    """Give the plain program with one number of its first directory changed; the digest over it breaks with it."""
    raw = bytearray(_blobs(PLAIN)[0][1])
    struct.pack_into(form, raw, at, value)
    return _with_blobs(PLAIN, lambda blobs: [(0, bytes(raw)), *blobs[1:]])


@pytest.mark.parametrize(
    ("at", "form", "value"),
    [
        (0, ">I", 0), (16, ">I", 0xFFFFFFFF), (24, ">I", 1 << 30), (28, ">I", 1 << 30), (36, "B", 20), (37, "B", 9),
        (39, "B", 200),
    ],
    ids=["magic", "digests far away", "endless special", "endless pages", "digest size", "hash unknown", "page size"],
)  # fmt: skip
def test_a_directory_that_makes_no_sense_is_malformed(at: int, form: str, value: int) -> None:
    assert why(_patched(at, form, value)) == "code_signature_malformed"


@pytest.mark.parametrize("block", [b"", b"\0" * 11, b"\xfa\xde\x0c\xc0\0\0\0\x20\0\0\xff\xff", b"garbage" * 20])
def test_a_block_that_is_none_is_malformed(block: bytes) -> None:
    start = at_signature(PLAIN)
    assert why(PLAIN[:start] + block.ljust(len(PLAIN) - start, b"\1")) == "code_signature_malformed"


def test_a_block_whose_parts_lie_outside_is_malformed() -> None:
    start = at_signature(PLAIN)
    raw = bytearray(PLAIN)
    struct.pack_into(">I", raw, start + 16, 1 << 20)
    assert why(bytes(raw)) == "code_signature_malformed"


def test_a_signature_that_is_no_cms_is_malformed() -> None:
    program = _with_blobs(PLAIN, lambda blobs: [*blobs[:-1], (0x10000, b"\xfa\xde\x0b\x01\0\0\0\x10garbage!")])
    assert why(program) == "pkcs7_malformed"


def test_digests_that_stop_short_of_the_program_are_refused() -> None:
    """What lies behind the last digest could be anything."""
    cut = signed_program(CODE[:4096], INFO, LISTED, KEY)
    program = _with_blobs(PLAIN, lambda _: _blobs(cut))
    assert why(program) == "program_not_covered"


@settings(max_examples=120, deadline=None)
@given(st.integers(0, len(PLAIN) - 1), st.integers(1, 255))
def test_no_change_of_one_byte_leaves_it_verified_unless_nobody_signed_that_byte(at: int, by: int) -> None:
    program = PLAIN[:at] + bytes([PLAIN[at] ^ by]) + PLAIN[at + 1 :]
    found = check_code(program, INFO, LISTED)
    if at < at_signature(PLAIN):
        assert found.why or not found.found


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    found = check_code(data, data, data)
    assert found.certificate is None


@given(st.binary(max_size=200), st.integers(0, 200))
def test_any_bytes_in_the_block_are_answered(data: bytes, at: int) -> None:
    place = at_signature(PLAIN) + at
    check_code(PLAIN[:place] + data + PLAIN[place + len(data) :], INFO, LISTED)


def test_a_directory_too_short_for_its_head_is_malformed() -> None:
    program = _with_blobs(PLAIN, lambda blobs: [(0, b"\xfa\xde\x0c\x02\0\0\0\x10" + bytes(8)), *blobs[1:]])
    assert why(program) == "code_signature_malformed"


def test_a_signature_without_a_directory_is_malformed() -> None:
    assert why(_with_blobs(PLAIN, lambda blobs: blobs[1:])) == "code_signature_malformed"


def test_a_part_too_short_to_have_a_head_is_malformed() -> None:
    program = _with_blobs(PLAIN, lambda blobs: [*blobs, (7, b"\xfa\xde\x71\x72\0\0\0\4")])
    assert why(program) == "code_signature_malformed"


def test_a_second_directory_beside_a_signature_that_names_none_is_refused() -> None:
    """The list of digests among the signed attributes is what vouches for further directories."""
    raw = _blobs(PLAIN)
    bare = b"\xfa\xde\x0b\x01" + struct.pack(">I", 8 + len(detached(raw[0][1], KEY))) + detached(raw[0][1], KEY)
    assert why(_with_blobs(PLAIN, lambda blobs: [*blobs[:-1], (0x10000, bare)])) == ""
    program = _with_blobs(PLAIN, lambda blobs: [blobs[0], (0x1000, blobs[0][1]), (0x10000, bare)])
    assert why(program) == "code_directory_unsigned"
