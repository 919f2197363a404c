"""Android's string pools, read lazily and without trust: a bad offset is an empty string and a tamper code.

Layout: AOSP ResourceTypes.h, `ResStringPool_header`.
"""

import struct

MAX_TEXT = 64 * 1024
MAX_TEXTS = 4 << 20  # code points of one pool that are ever decoded; overlapping strings could be endless
_HEAD = struct.Struct("<HHIIIIII")
Flags = dict[str, None]


class Pool:
    """The strings of one pool chunk that starts at `at` in `data`; index with `text(i)`."""

    def __init__(self, data: bytes, at: int, flags: Flags, prefix: str) -> None:
        """Read the header; a count larger than the room before the text is cut down to that room."""
        self._data, self._flags, self._prefix = data, flags, prefix
        self._known: dict[int, str] = {}
        self._room = MAX_TEXTS
        self.count = 0
        if at + 28 > len(data):
            self._flag("pool_cut")
            return
        _, header, size, count, styles, bits, start, _ = _HEAD.unpack_from(data, at)
        self.utf8 = bool(bits & 0x100)
        self._index = at + (header if 28 <= header <= 4096 else 28)
        self._start = at + start
        self._end = min(len(data), at + size) if size >= 28 else len(data)
        room = max(0, min(self._start, len(data)) - self._index) // 4
        self.count = min(count, room)
        if header != 28:
            self._flag("pool_header")
        if count > room or start > size or self._end < at + size or styles > room:
            self._flag("pool_lie")

    def _flag(self, what: str) -> None:
        self._flags[f"{self._prefix}_{what}"] = None

    def body(self) -> bytes:
        """Give all strings as they lie there, as UTF-8, for a search that asks for none by its number."""
        if not self.count:
            return b""
        raw = self._data[self._start : self._end]
        return bytes(raw) if self.utf8 else raw.decode("utf-16-le", "ignore").encode("utf-8", "ignore")

    def text(self, index: int) -> str:
        """Give string `index`, or an empty string where there is none."""
        known = self._known.get(index)
        if known is None:
            known = self._known[index] = self._decode(index)
        return known

    def _decode(self, index: int) -> str:
        if not 0 <= index < self.count:
            if index != 0xFFFFFFFF:
                self._flag("string_out_of_bounds")
            return ""
        if self._room <= 0:
            self._flag("too_much_text")
            return ""
        at = self._start + int.from_bytes(self._data[self._index + 4 * index : self._index + 4 * index + 4], "little")
        if at + 2 > len(self._data):
            self._flag("string_out_of_bounds")
            return ""
        text = self._utf8(at) if self.utf8 else self._utf16(at)
        self._room -= len(text)
        return text

    def _utf16(self, at: int) -> str:
        data = self._data
        units = data[at] | data[at + 1] << 8
        at += 2
        if units & 0x8000:
            units = (units & 0x7FFF) << 16 | int.from_bytes(data[at : at + 2], "little")
            at += 2
        return data[at : at + 2 * min(units, MAX_TEXT)].decode("utf-16-le", "replace")

    def _utf8(self, at: int) -> str:
        data = self._data
        at += 2 if data[at] & 0x80 else 1
        if at >= len(data):
            return ""
        size = data[at]
        at += 1
        if size & 0x80 and at < len(data):
            size = (size & 0x7F) << 8 | data[at]
            at += 1
        raw = data[at : at + size]
        return raw.decode("utf-8", "replace") if b"\xed" not in raw else _cesu(raw)


def _cesu(raw: bytes) -> str:
    """Decode UTF-8 in which Android wrote the halves of a surrogate pair one by one."""
    try:
        return raw.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")
