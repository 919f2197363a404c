"""resources.arsc, written after ResourceTypes.h: sparse, compact and 16-bit tables, and oddities."""

import struct
from dataclasses import dataclass, field

from axmlw import Ref
from pool import PoolOdd, chunk, string_pool

Config = str
Cell = str | Ref


@dataclass(frozen=True)
class Res:
    """One resource: its type, its name, and its value in each configuration ("" is the default)."""

    kind: str
    name: str
    values: dict[Config, Cell]


@dataclass(frozen=True)
class TableOdd:
    """What is odd about a table."""

    pool: PoolOdd = field(default_factory=lambda: PoolOdd(utf8=True))
    sparse: bool = False
    offset16: bool = False
    compact: bool = False
    double_spec: bool = False
    type_pad: int = 0
    package_pad: int = 0
    config_size: int = 64
    names: str = ""
    unknown_chunks: bool = False
    overlayable: bool = False
    table_pad: int = 0
    packages_lie: int = 0
    holes: int = 0
    many: int = 0
    root_type: int = 2
    no_specs: bool = False
    res_value_size: int = 8
    type_ids_from: int = 1


@dataclass
class Table:
    """A package of resources; ids are given in the order of types and of names within them."""

    entries: list[Res] = field(default_factory=list)
    package: str = "app"

    def kinds(self) -> list[str]:
        """The types, first seen first."""
        return list(dict.fromkeys(entry.kind for entry in self.entries))

    def ident(self, kind: str, name: str, odd: TableOdd | None = None) -> int:
        """The id of a resource."""
        odd = odd or TableOdd()
        within = [entry.name for entry in self.entries if entry.kind == kind]
        return 0x7F000000 | self.kinds().index(kind) + odd.type_ids_from << 16 | within.index(name) + odd.holes


def _config(name: Config, size: int) -> bytes:
    body = bytearray(max(size, 64))
    struct.pack_into("<I", body, 0, size)
    language, _, region = name.partition("-")
    if name.endswith("dpi"):
        struct.pack_into("<H", body, 14, {"hdpi": 240, "xxhdpi": 480, "anydpi": 0xFFFE}[name])
    elif language:
        body[8:10] = language.encode()[:2]
        if region.startswith("r"):
            body[10:12] = region[1:].encode()[:2]
        if region in {"Hant", "Hans"}:
            body[36:40] = region.encode()
    return bytes(body[:size])


def _entry(key: int, kind: int, data: int, odd: TableOdd) -> bytes:
    if odd.compact:
        return struct.pack("<HHI", key, 0x0008 | kind << 8, data)
    return struct.pack("<HHIHBBI", 8, 0, key, odd.res_value_size, 0, kind, data) + bytes(odd.res_value_size - 8)


def _body(cells: list[bytes | None], odd: TableOdd) -> tuple[int, bytes, bytes]:
    offsets: list[int | None] = []
    data = b""
    for cell in cells:
        offsets.append(None if cell is None else len(data))
        data += cell or b""
    if odd.sparse:
        kept = [(at, offset) for at, offset in enumerate(offsets) if offset is not None]
        return len(kept), b"".join(struct.pack("<HH", at, offset // 4) for at, offset in kept), data
    if odd.offset16:
        table = b"".join(struct.pack("<H", 0xFFFF if offset is None else offset // 4) for offset in offsets)
        return len(offsets), table + bytes(-len(table) % 4), data
    return len(offsets), b"".join(struct.pack("<I", 0xFFFFFFFF if at is None else at) for at in offsets), data


@dataclass
class _Pools:
    values: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    @staticmethod
    def put(pool: list[str], text: str) -> int:
        if text not in pool:
            pool.append(text)
        return pool.index(text)


def _key(entry: Res, odd: TableOdd) -> str:
    return {"": entry.name, "same": "a", "empty": "", "rtl": "\u202e" + entry.name}[odd.names]


def _type(number: int, config: Config, entries: list[Res], pools: _Pools, odd: TableOdd) -> bytes:
    cells: list[bytes | None] = [None] * odd.holes
    for entry in entries:
        value = entry.values.get(config)
        key = pools.put(pools.keys, _key(entry, odd))
        if value is None:
            cells.append(None)
        elif isinstance(value, Ref):
            cells.append(_entry(key, 1, value.ident, odd))
        else:
            cells.append(_entry(key, 3, pools.put(pools.values, value), odd))
    count, table, data = _body(cells, odd)
    flags = (1 if odd.sparse else 0) | (2 if odd.offset16 else 0)
    head = 20 + odd.config_size + odd.type_pad
    fixed = struct.pack("<BBHII", number, flags, 0, count, head + len(table))
    return chunk(0x201, fixed + _config(config, odd.config_size) + bytes(odd.type_pad), table + data)


def _types(table: Table, pools: _Pools, odd: TableOdd) -> bytes:
    out = b""
    for number, kind in enumerate(table.kinds(), odd.type_ids_from):
        entries = [entry for entry in table.entries if entry.kind == kind]
        count = len(entries) + odd.holes
        spec = chunk(0x202, struct.pack("<BBHI", number, 0, 0, count), bytes(4 * count))
        out += b"" if odd.no_specs else spec * (2 if odd.double_spec else 1)
        configs = list(dict.fromkeys(config for entry in entries for config in entry.values))
        for config in configs:
            out += _type(number, config, entries, pools, odd)
        if odd.unknown_chunks:
            out += chunk(0x2F0, b"\x11" * 8, b"\x22" * 32)
    return out


def write(table: Table, odd: TableOdd | None = None) -> bytes:
    """The whole table."""
    odd = odd or TableOdd()
    pools = _Pools()
    types = _types(table, pools, odd)
    type_pool = string_pool(["?"] * (odd.type_ids_from - 1) + table.kinds())
    key_pool = string_pool(pools.keys, odd.pool)
    name = table.package.encode("utf-16-le")[:254].ljust(256, b"\0")
    start = 288 + odd.package_pad
    keys_at = start + len(type_pool)
    fixed = struct.pack("<I", 0x7F) + name + struct.pack("<IIIII", start, 0, keys_at, 0, 0) + bytes(odd.package_pad)
    extra = chunk(0x203, struct.pack("<I", 0)) if odd.unknown_chunks else b""
    if odd.overlayable:
        policy = chunk(0x205, struct.pack("<II", 1, 1), struct.pack("<I", 0x7F010000))
        extra += chunk(0x204, "theme".encode("utf-16-le").ljust(1024, b"\0"), policy)
    package = chunk(0x200, fixed, type_pool + key_pool + extra + types)
    head = struct.pack("<I", 1 + odd.packages_lie) + bytes(odd.table_pad)
    return chunk(odd.root_type, head, string_pool(pools.values, odd.pool) + package)
