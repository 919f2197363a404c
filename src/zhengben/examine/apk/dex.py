"""The string table of a DEX: where its bytes lie, and whether any string begins with some prefix.

Layout: source.android.com, Dalvik executable format; strings are MUTF-8, sorted, each behind its length and closed by
a NUL.
"""

import struct


class Dex:
    """The string table of a DEX, which is sorted, so that a prefix is found by halving."""

    def __init__(self, data: bytes) -> None:
        """Keep the bytes and where the table is."""
        self._data = data
        count, at = struct.unpack_from("<II", data.ljust(0x40, b"\0"), 0x38)
        count = min(count, max(0, len(data) - at) // 4)
        # A view, not a tuple of numbers: a header that lies could ask for six million of them.
        self._places = memoryview(data)[at : at + 4 * count].cast("I") if count else memoryview(b"")

    def has_prefix(self, prefix: bytes) -> bool:
        """Tell whether any string begins so.

        A string's length stands in front of it (one to five bytes, the last below 0x80). What follows a shorter string
        is its NUL, which sorts below every prefix, so nothing needs to be cut off.
        """
        places, data, size, low, high = self._places, self._data, len(prefix), 0, len(self._places)
        end = len(data)
        while low < high:
            middle = (low + high) // 2
            at = places[middle]
            if at < end and data[at] >= 0x80:
                at = self._long(at)
            if data[at + 1 : at + 1 + size] < prefix:
                low = middle + 1
            else:
                high = middle
        return low < len(places) and data[(at := self._long(places[low])) + 1 : at + 1 + size] == prefix

    def _long(self, at: int) -> int:
        """Give where the last byte of a length stands; behind the file where there is none."""
        data = self._data
        for last in range(at, at + 5):
            if last >= len(data) or data[last] < 0x80:
                return last
        return len(data)


def dex_strings(data: bytes) -> bytes:
    """Give the part of a DEX that holds its strings; all of it where the header makes no sense."""
    if len(data) < 0x70:
        return data
    count, at = struct.unpack_from("<II", data, 0x38)
    if not count or at + 4 * count > len(data):
        return data
    first = int.from_bytes(data[at : at + 4], "little")
    last = int.from_bytes(data[at + 4 * (count - 1) : at + 4 * count], "little")
    if not 0x70 <= first <= last < len(data):
        return data
    end = data.find(b"\0", last)
    return data[first : end + 1 if end >= 0 else len(data)]
