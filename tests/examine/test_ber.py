"""BER as signature blocks really carry it: open lengths, octet strings in pieces, and bytes that are none of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.examine.apk.ber import MAX_DEPTH, BerError, Tlv, dotted, integer, octets, read_ber


def tlv(tag: int, body: bytes) -> bytes:
    """Give a value in the shortest form DER allows."""
    if len(body) < 0x80:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 65_535, 65_536])
def test_every_form_of_a_length_is_read(size: int) -> None:
    body = b"x" * size
    assert octets(read_ber(tlv(4, body))) == body


def test_what_stands_behind_a_value_is_left_alone() -> None:
    first = tlv(4, b"one")
    assert read_ber(first + tlv(4, b"two")).whole == first


def test_a_value_of_open_length_ends_at_its_mark() -> None:
    found = read_ber(b"\x30\x80" + tlv(2, b"\5") + tlv(4, b"x") + b"\0\0" + b"behind")
    assert [part.tag for part in found.parts()] == [2, 4]
    assert found.whole.endswith(b"\0\0")


def test_open_lengths_may_lie_in_one_another() -> None:
    inner = b"\x30\x80" + tlv(2, b"\7") + b"\0\0"
    found = read_ber(b"\x30\x80" + inner + tlv(2, b"\1") + b"\0\0")
    deep, flat = found.parts()
    assert integer(deep.parts()[0]) == 7
    assert integer(flat) == 1


def test_zeros_inside_a_value_do_not_end_an_open_length() -> None:
    found = read_ber(b"\x24\x80" + tlv(4, b"a\0\0b") + b"\0\0")
    assert octets(found) == b"a\0\0b"


def test_an_octet_string_in_pieces_is_put_together() -> None:
    pieces = tlv(4, b"ab") + tlv(0x24, tlv(4, b"cd") + tlv(4, b"")) + tlv(4, b"e")
    assert octets(read_ber(tlv(0x24, pieces))) == b"abcde"


def test_pieces_that_are_no_octet_strings_are_refused() -> None:
    with pytest.raises(BerError):
        octets(read_ber(tlv(0x24, tlv(2, b"\1"))))


@pytest.mark.parametrize(
    ("body", "number"), [(b"\0", 0), (b"\x7f", 127), (b"\x80", -128), (b"\0\x80", 128), (b"\xff", -1)]
)
def test_whole_numbers_have_a_sign(body: bytes, number: int) -> None:
    assert integer(read_ber(tlv(2, body))) == number


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("550403", "2.5.4.3"), ("2a864886f70d010702", "1.2.840.113549.1.7.2"), ("2b0e03021a", "1.3.14.3.2.26"),
        ("608648016503040201", "2.16.840.1.101.3.4.2.1"), ("883703", "2.999.3"), ("00", "0.0"),
    ],
)  # fmt: skip
def test_object_identifiers_are_spelt_out(body: str, text: str) -> None:
    assert dotted(read_ber(tlv(6, bytes.fromhex(body)))) == text


def test_an_identifier_that_never_ends_is_none() -> None:
    with pytest.raises(BerError):
        dotted(read_ber(tlv(6, b"\xff\xff")))


@pytest.mark.parametrize(
    "wrong", [b"", b"\x30", b"\x30\x05ab", b"\x30\x84\xff\xff\xff\xff", b"\x30\x80ab", b"\x1f\x81\1\0"]
)
def test_bytes_that_are_no_ber_are_refused(wrong: bytes) -> None:
    with pytest.raises(BerError):
        read_ber(wrong)


def test_a_wrong_tag_is_refused_and_a_right_one_passes() -> None:
    value = read_ber(tlv(4, b"x"))
    assert value.expect(4, 0x24) is value
    with pytest.raises(BerError):
        value.expect(2)


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(BerError):
        read_ber(b"\x30\x80" * (MAX_DEPTH + 5))
    deep = tlv(4, b"x")
    for _ in range(MAX_DEPTH + 3):
        deep = tlv(0x24, deep)
    with pytest.raises(BerError):
        octets(read_ber(deep))


def test_a_million_tiny_values_are_not_counted_out() -> None:
    with pytest.raises(BerError):
        read_ber(tlv(0x30, b"\5\0" * 60_000)).parts()
    with pytest.raises(BerError):
        read_ber(b"\x30\x80" + b"\5\0" * 60_000 + b"\0\0")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_refused(data: bytes) -> None:
    try:
        value = read_ber(data)
    except BerError:
        return
    assert data.startswith(value.whole)
    assert value.body in value.whole


TREES = st.recursive(
    st.binary(max_size=20).map(lambda body: (4, body)),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: (0x30, parts)), max_leaves=12,
)  # fmt: skip


def written(tree: tuple[int, object]) -> bytes:
    """Write a tree of octet strings and sequences."""
    tag, body = tree
    return tlv(tag, body if isinstance(body, bytes) else b"".join(map(written, body)))  # type: ignore[call-overload]


def told(value: Tlv) -> tuple[int, object]:
    """Give the tree that a value stands for."""
    return value.tag, value.body if value.tag == 4 else [told(part) for part in value.parts()]


@given(TREES)
def test_what_was_written_is_read_back(tree: tuple[int, object]) -> None:
    assert told(read_ber(written(tree))) == tree
