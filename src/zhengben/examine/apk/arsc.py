"""A tolerant reader of Android's resource tables: every value of a resource in every configuration.

Chunks are indexed once; entries are read only when asked for, so a 10 MB table costs a millisecond. Handles sparse and
16-bit offset tables and compact entries. References are followed with a guard against loops.

Layout: AOSP ResourceTypes.h.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from zhengben.examine.apk.axml import Value
from zhengben.examine.apk.pool import Flags, Pool

MAX_CHUNKS = 100_000
MAX_DEPTH = 12
MAX_VALUES = 2000
MAX_WORK = 120_000  # chunks looked into for all questions together
NONE = 0xFFFFFFFF
_CHUNK = struct.Struct("<HHI")
_TYPE = struct.Struct("<BBHII")
_ENTRY = struct.Struct("<HHI")
_VALUE = struct.Struct("<HBBI")


class Config(NamedTuple):
    """What a value is for: locale as `zh`, `zh-rTW` or `zh-Hans-rCN`, density in dpi, least SDK level."""

    locale: str
    density: int
    sdk: int


class _Chunk(NamedTuple):
    at: int
    header: int
    size: int
    bits: int
    entries: int
    start: int
    config: Config


class Resources:
    """One resource table. A broken one answers with nothing and flags; it never raises."""

    def __init__(self, data: bytes, flags: Flags) -> None:
        """Index the chunks of the table."""
        self.data, self.flags = data, flags
        self.pool: Pool | None = None
        self._types: dict[tuple[int, int], list[_Chunk]] = {}
        self._packages: list[tuple[int, int]] = []
        self._budget, self._work = MAX_VALUES, MAX_WORK
        if len(data) >= 12:
            self._index()

    def flag(self, what: str) -> None:
        """Note a malformation of the table."""
        self.flags[f"arsc_{what}"] = None

    def _index(self) -> None:
        kind, header, size = _CHUNK.unpack_from(self.data)
        if kind != 2:
            self.flag("header_type")
        if size != len(self.data):
            self.flag("file_size")
        for chunk, at, inner, length in self._chunks(header if 8 <= header <= 4096 else 12, len(self.data)):
            if chunk == 1 and self.pool is None:
                self.pool = Pool(self.data, at, self.flags, "arsc")
            elif chunk not in {1, 0x0200}:
                self.flag("unknown_chunk")
            elif chunk == 0x0200 and at + 12 <= len(self.data):
                number = int.from_bytes(self.data[at + 8 : at + 12], "little")
                if any(number == known for known, _ in self._packages):
                    self.flag("package_twice")
                self._packages.append((number, at))
                self._index_package(number, at + inner, at + length)

    def _chunks(self, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        end = min(end, len(self.data))
        for _ in range(MAX_CHUNKS):
            if at + 8 > end:
                return
            kind, header, size = _CHUNK.unpack_from(self.data, at)
            if size < 8 or header < 8:
                self.flag("bad_chunk")
                at += 4
                continue
            if at + size > end:
                self.flag("chunk_beyond_end")
            yield kind, at, header, min(size, end - at)
            at += size

    def _index_package(self, number: int, at: int, end: int) -> None:
        for kind, start, header, size in self._chunks(at, end):
            if kind == 0x0201 and header >= 20 and start + 24 <= len(self.data):
                ident, bits, _, count, entries = _TYPE.unpack_from(self.data, start + 8)
                config = self._config(start + 20)
                # Two bytes an entry is the least any form takes; the config lies within the header.
                told = int.from_bytes(self.data[start + 20 : start + 24], "little")
                if 2 * count > size or not 16 <= told <= header - 20:
                    self.flag("type_lie")
                found = _Chunk(start, header, size, bits, count, entries, config)
                self._types.setdefault((number, ident), []).append(found)

    def _config(self, at: int) -> Config:
        raw = self.data[at : at + 48].ljust(48, b"\0")
        size = int.from_bytes(raw[:4], "little")
        locale = _part(raw[8:10], 0x61) + _script(raw[36:40] if size >= 40 else b"")
        region = _part(raw[10:12], 0x30)
        sdk = int.from_bytes(raw[24:26], "little")
        density = int.from_bytes(raw[14:16], "little")
        return Config(f"{locale}-r{region}" if region else locale, density, sdk)

    # --- asking -----------------------------------------------------------------------------------------------------

    def values(self, number: int) -> list[tuple[Config, Value]]:
        """Give every value of a resource in every configuration, references followed; at most `MAX_VALUES`."""
        self._budget = MAX_VALUES
        return list(self._follow(number, Config("", 0, 0), 0))

    def _follow(self, number: int, outer: Config, depth: int) -> Iterator[tuple[Config, Value]]:
        if depth > MAX_DEPTH:
            self.flag("reference_loop")
            return
        for config, value in self._direct(number):
            self._budget -= 1
            if self._budget < 0:
                return
            here = Config(config.locale or outer.locale, config.density or outer.density, max(config.sdk, outer.sdk))
            if value.is_reference and value.data != number:
                yield from self._follow(value.data, here, depth + 1)
            else:
                yield here, value

    def _direct(self, number: int) -> Iterator[tuple[Config, Value]]:
        package, kind, entry = number >> 24, number >> 16 & 0xFF, number & 0xFFFF
        chunks = self._types.get((package, kind))
        if chunks is None and len(self._packages) == 1:
            chunks = self._types.get((self._packages[0][0], kind))  # a split or shared library with an id of its own
        self._work -= len(chunks or ())
        if self._work < 0:
            self.flag("too_much_work")
            return
        for chunk in chunks or ():
            at = self._entry(chunk, entry)
            if at >= 0:
                value = self._value(at)
                if value is not None:
                    yield chunk.config, value

    def _entry(self, chunk: _Chunk, entry: int) -> int:
        """Give where the entry begins, or -1."""
        base, data = chunk.at + chunk.header, self.data
        if chunk.bits & 1:
            offset = self._sparse(base, min(chunk.entries, chunk.size // 4), entry)
        elif entry >= chunk.entries:
            return -1
        elif chunk.bits & 2:
            short = int.from_bytes(data[base + 2 * entry : base + 2 * entry + 2], "little")
            offset = NONE if short == 0xFFFF else short * 4
        else:
            offset = int.from_bytes(data[base + 4 * entry : base + 4 * entry + 4], "little")
        at = chunk.at + chunk.start + offset
        return -1 if offset == NONE or at + 8 > len(data) else at

    def _sparse(self, base: int, count: int, entry: int) -> int:
        low, high = 0, count
        while low < high:
            middle = (low + high) // 2
            raw = self.data[base + 4 * middle : base + 4 * middle + 4]
            index = int.from_bytes(raw[:2], "little")
            if index == entry:
                return int.from_bytes(raw[2:], "little") * 4
            low, high = (middle + 1, high) if index < entry else (low, middle)
        return NONE

    def _value(self, at: int) -> Value | None:
        size, bits, key = _ENTRY.unpack_from(self.data, at)
        if bits & 8:
            return self._make(bits >> 8, key)
        if bits & 1:
            return self._first_of_bag(at)
        start = at + (size if 8 <= size <= 64 else 8)
        if start + 8 > len(self.data):
            self.flag("entry_beyond_end")
            return None
        _, _, kind, data = _VALUE.unpack_from(self.data, start)
        return self._make(kind, data)

    def _first_of_bag(self, at: int) -> Value | None:
        if at + 28 > len(self.data) or not int.from_bytes(self.data[at + 12 : at + 16], "little"):
            return None
        _, _, kind, data = _VALUE.unpack_from(self.data, at + 20)
        return self._make(kind, data)

    def _make(self, kind: int, data: int) -> Value:
        text = self.pool.text(data) if kind == 3 and self.pool is not None else ""
        return Value(kind, data, text)

    # --- keys -------------------------------------------------------------------------------------------------------

    def package_names(self) -> list[str]:
        """Give the names the table's packages carry."""
        return [self.data[at + 12 : at + 268].decode("utf-16-le", "replace").split("\0")[0] for _, at in self._packages]


class ResourceTables:
    """Several tables asked as one: those of a base package and of its splits."""

    def __init__(self, tables: Sequence["Values"]) -> None:
        """Take the tables, the base first."""
        self.tables = tables
        self._known: dict[int, list[tuple[Config, Value]]] = {}

    def values(self, number: int) -> list[tuple[Config, Value]]:
        """Give every value of a resource in every configuration of every table."""
        if number not in self._known:
            self._known[number] = [pair for table in self.tables for pair in table.values(number)]
        return self._known[number]


class Values(Protocol):
    """Whatever can be asked for the values of a resource."""

    def values(self, number: int) -> list[tuple[Config, Value]]:
        """Give every value of a resource in every configuration."""


def _part(raw: bytes, base: int) -> str:
    """Decode a language or region: two letters, or three packed into two bytes."""
    if not raw.strip(b"\0"):
        return ""
    if raw[0] & 0x80:
        return _three(raw, base)
    return raw.decode("ascii", "replace").rstrip("\0")


def _three(raw: bytes, base: int) -> str:
    first, second = raw[1] & 0x1F, (raw[1] & 0xE0) >> 5 | (raw[0] & 0x03) << 3
    return chr(base + first) + chr(base + second) + chr(base + ((raw[0] & 0x7C) >> 2))


def _script(raw: bytes) -> str:
    text = raw.rstrip(b"\0").decode("ascii", "replace") if raw else ""
    return f"-{text}" if text.isalpha() else ""
