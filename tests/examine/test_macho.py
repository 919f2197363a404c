"""Mach-O programs: slices, where the signature lies, and headers that lie."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.examine.macho import MAX_SLICES, slices
from zhengben.range.make_app_code import fat

HEADS = {"<": b"\xcf\xfa\xed\xfe", ">": b"\xfe\xed\xfa\xcf"}


def program(order: str = "<", commands: bytes = b"", count: int = 1, *, wide: bool = True) -> bytes:
    """Give a program with these load commands and a little code."""
    magic = HEADS[order] if wide else b"\xce\xfa\xed\xfe"
    head = struct.pack(f"{order}IIIIII", 7, 3, 2, count, len(commands), 0)
    return magic + head + (bytes(4) if wide else b"") + commands + bytes(64)


def command(order: str, kind: int, *numbers: int, size: int = 0) -> bytes:
    """Give one load command."""
    return struct.pack(f"{order}II{len(numbers)}I", kind, size or 8 + 4 * len(numbers), *numbers)


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_place_of_the_signature_is_read_in_either_byte_order(order: str) -> None:
    (found,) = slices(program(order, command(order, 0x1D, 40, 16)))
    assert found.signature == (40, 16)


def test_a_program_of_32_bits_has_a_shorter_head() -> None:
    (found,) = slices(program("<", command("<", 0x1D, 40, 16), wide=False))
    assert found.signature == (40, 16)


def test_commands_in_front_are_stepped_over() -> None:
    (found,) = slices(program("<", command("<", 0x19, *[0] * 16) + command("<", 0x1D, 40, 16), count=2))
    assert found.signature == (40, 16)


@pytest.mark.parametrize(
    ("kind", "number", "said"), [(0x21, 1, True), (0x2C, 1, True), (0x2C, 0, False), (0x19, 1, False)]
)
def test_encryption_is_said_by_its_own_command(kind: int, number: int, *, said: bool) -> None:
    (found,) = slices(program("<", command("<", kind, 0, 16, number, 0)))
    assert found.encrypted is said


def test_a_signature_outside_the_file_is_none() -> None:
    (found,) = slices(program("<", command("<", 0x1D, 10_000, 16)))
    assert found.signature == (0, 0)


def test_a_command_without_a_size_ends_the_search() -> None:
    (found,) = slices(program("<", command("<", 0x19, 0, 0, size=1) + command("<", 0x1D, 40, 16), count=2))
    assert found.signature == (0, 0)


def test_a_million_commands_are_not_counted_out() -> None:
    (found,) = slices(program("<", command("<", 0x19, 0, 0), count=1_000_000))
    assert found.signature == (0, 0)


def test_a_file_for_several_processors_has_several_slices() -> None:
    one, two = program("<", command("<", 0x1D, 40, 16)), program("<", command("<", 0x1D, 44, 12))
    assert [part.signature for part in slices(fat(one, two))] == [(40, 16), (44, 12)]


def test_no_more_slices_are_read_than_there_are_processors() -> None:
    assert len(slices(fat(*[program()] * 20))) == MAX_SLICES


def test_slices_that_lie_outside_the_file_are_left_out() -> None:
    data = bytearray(fat(program(), program()))
    struct.pack_into(">I", data, 8 + 20 + 8, 1 << 30)
    assert len(slices(bytes(data))) == 1


def test_sizes_of_64_bits() -> None:
    body = program("<", command("<", 0x1D, 40, 16))
    head = struct.pack(">II", 0xCAFEBABF, 1) + struct.pack(">IIQQII", 7, 3, 64, len(body), 0, 0)
    assert [part.signature for part in slices(head.ljust(64, b"\0") + body)] == [(40, 16)]


@pytest.mark.parametrize(
    "data", [b"", b"\xcf\xfa\xed\xfe", b"MZ" + bytes(100), b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbe\0\0\0\2"]
)
def test_what_is_no_program_has_no_slices(data: bytes) -> None:
    assert slices(data) == []


@given(
    st.sampled_from([*HEADS.values(), b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf", b"\xce\xfa\xed\xfe"]),
    st.binary(max_size=300),
)
def test_any_bytes_behind_a_head_are_read(head: bytes, rest: bytes) -> None:
    for part in slices(head + rest):
        assert sum(part.signature) <= len(part.data)
