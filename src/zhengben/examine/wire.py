"""Protobuf as it lies in bytes: field numbers and values, without any schema.

Layout: protobuf.dev, encoding.
"""

from collections.abc import Iterator


class WireError(ValueError):
    """Bytes that are no protobuf."""


def fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Give field numbers with values: whole numbers, or bytes."""
    at, end = 0, len(data)
    while at < end:
        key, at = _varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        if kind == 2:
            size, at = _varint(data, at)
        elif kind in {1, 5}:
            size = 8 if kind == 1 else 4
        else:
            raise WireError("unknown wire type")
        if size > end - at:
            raise WireError("cut")
        yield key >> 3, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while at < len(data) and shift < 64:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise WireError("cut")
