"""The zip of a package: others can read it, and there is only one of it."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.evidence.box import NotABoxError, read_box, write_box

MEMBERS = {"b/c.txt": b"two", "a.txt": b"one", "empty": b""}


def test_any_zip_program_reads_it() -> None:
    with zipfile.ZipFile(io.BytesIO(write_box(MEMBERS))) as other:
        assert other.testzip() is None
        assert {name: other.read(name) for name in other.namelist()} == MEMBERS
        assert other.namelist() == sorted(MEMBERS)
        assert other.infolist()[0].external_attr >> 16 == 0o100444


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9.]{0,8}(/[a-z][a-z0-9]{0,5})?", fullmatch=True), st.binary(max_size=50), min_size=1
    )
)
def test_members_survive_and_have_one_form(members: dict[str, bytes]) -> None:
    box = write_box(members)
    assert read_box(box) == members
    assert write_box(dict(reversed(members.items()))) == box


@pytest.mark.parametrize("name", ["../a", "/a", "a//b", "a/", ".hidden", "a\\b", "微", "a b", "", "a/../b", "x" * 201])
def test_unfit_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name for a member"):
        write_box({name: b""})


def other_zip(**options: object) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", **options) as other:  # type: ignore[call-overload]  # the options are the test's
        for name, body in MEMBERS.items():
            other.writestr(name, body)
    return target.getvalue()


BOX = write_box(MEMBERS)
CENTRAL = BOX.index(b"PK\x01\x02")


@pytest.mark.parametrize(
    "changed",
    [
        b"", b"PK", BOX[:-1], BOX + b"\0", b"\0" + BOX, b"MZ" + BOX, BOX[:-2] + b"\x03\x00abc",
        BOX[:CENTRAL] + BOX[BOX.index(b"PK\x05\x06") :], BOX[:CENTRAL], BOX + BOX, BOX[:CENTRAL] + BOX, other_zip(),
        other_zip(compression=zipfile.ZIP_DEFLATED), BOX[:20],
    ],
    ids=[
        "empty", "two bytes", "cut", "suffix", "prefix", "program before it", "comment", "no directory", "no end",
        "twice", "members twice", "another writer", "compressed", "header cut",
    ],
)  # fmt: skip
def test_every_other_form_is_refused(changed: bytes) -> None:
    with pytest.raises(NotABoxError):
        read_box(changed)


def test_a_member_twice_is_refused() -> None:
    first = BOX[: BOX.index(b"PK\x03\x04", 4)]
    with pytest.raises(NotABoxError, match="twice"):
        read_box(first + BOX)


def test_every_single_bit_is_pinned() -> None:
    for at in range(len(BOX) * 8):
        changed = bytearray(BOX)
        changed[at // 8] ^= 1 << (at % 8)
        try:
            assert read_box(bytes(changed)) != MEMBERS, f"bit {at} changed and nobody saw it"
        except NotABoxError:
            continue
