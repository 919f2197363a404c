"""BER read as it comes: one level at a time, without insisting on DER and without a schema.

Signature blocks of real packages use what DER forbids: lengths left open until an end mark, and octet strings cut into
pieces. Layout: ITU-T X.690, 8.1.
"""

from functools import lru_cache
from typing import NamedTuple

INTEGER, OCTETS, OID, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x30, 0x31
CUT_OCTETS = 0x24  # an octet string that consists of further octet strings
MAX_DEPTH = 32
MAX_PARTS = 50_000
OPEN = 0x80


class BerError(ValueError):
    """Bytes that are no BER, or not what was expected there; the message says what."""


class Tlv(NamedTuple):
    """One value: its tag byte, its contents, and itself with its header as it stood in the file."""

    tag: int
    body: bytes
    whole: bytes

    def parts(self) -> list["Tlv"]:
        """Give the values inside a constructed one; raise BerError where its contents are none."""
        found: list[Tlv] = []
        at, size, left = 0, len(self.body), [MAX_PARTS]
        while at < size:
            value, at = _one(self.body, at, left)
            found.append(value)
        return found

    def expect(self, *tags: int) -> "Tlv":
        """Give the value itself where it has one of these tags, and raise BerError otherwise."""
        if self.tag not in tags:
            raise BerError(f"tag {self.tag:#04x}")
        return self


def read_ber(data: bytes) -> Tlv:
    r"""Read the first value; what stands behind it is left alone.

    >>> read_ber(bytes.fromhex("3080020105000099")).parts()
    [Tlv(tag=2, body=b'\x05', whole=b'\x02\x01\x05')]
    """
    return _one(data, 0, [MAX_PARTS])[0]


def _one(data: bytes, at: int, left: list[int]) -> tuple[Tlv, int]:
    """Give the value that starts at `at`, and where the next one does; `left` counts down what may still be read."""
    start, end, following = _place(data, at, left, 0)
    return Tlv(data[at], data[start:end], data[at:following]), following


def _place(data: bytes, at: int, left: list[int], depth: int) -> tuple[int, int, int]:
    """Give where a value's contents begin and end, and where the next value begins, copying nothing."""
    left[0] -= 1
    if at + 2 > len(data) or data[at] & 0x1F == 0x1F or left[0] < 0:
        raise BerError("cut, or a tag of many bytes, or too much")
    size, start = data[at + 1], at + 2
    if size == OPEN:
        end = _open_end(data, start, left, depth)
        return start, end, end + 2
    if size > OPEN:
        start += size & 0x7F
        size = int.from_bytes(data[at + 2 : start], "big")
    if start + size > len(data):
        raise BerError("cut")
    return start, start + size, start + size


def _open_end(data: bytes, at: int, left: list[int], depth: int) -> int:
    """Give where the two zero bytes stand that end a value of open length."""
    if depth > MAX_DEPTH:
        raise BerError("too deep")
    while data[at : at + 2] != b"\0\0":
        at = _place(data, at, left, depth + 1)[2]
    return at


def octets(value: Tlv, depth: int = 0) -> bytes:
    """Give the bytes of an octet string, also where it is cut into pieces; raise BerError where it is none."""
    if value.tag != CUT_OCTETS:
        return value.expect(OCTETS).body
    if depth > MAX_DEPTH:
        raise BerError("too deep")
    return b"".join(octets(part, depth + 1) for part in value.parts())


def integer(value: Tlv) -> int:
    """Give a whole number; raise BerError where it is none."""
    return int.from_bytes(value.expect(INTEGER).body, "big", signed=True)


def dotted(value: Tlv) -> str:
    """Give an object identifier in its usual form; raise BerError where it is none.

    >>> dotted(read_ber(bytes.fromhex("06092a864886f70d010702")))
    '1.2.840.113549.1.7.2'
    """
    return _dotted(value.expect(OID).body[:64])


@lru_cache(maxsize=256)
def _dotted(body: bytes) -> str:
    numbers, number = [], 0
    for byte in body:
        number = number << 7 | byte & 0x7F
        if byte < OPEN:
            numbers.append(number)
            number = 0
    if not numbers:
        raise BerError("no identifier")
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))
