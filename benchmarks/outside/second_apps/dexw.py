"""A minimal but valid DEX of strings and one empty class per name, after Android's dex format page."""

import hashlib
import struct
import zlib


def _uleb(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def _mutf8(text: str) -> bytes:
    out = b""
    units = text.encode("utf-16-be", "surrogatepass")
    for (unit,) in struct.iter_unpack(">H", units):
        if 0 < unit < 0x80:
            out += bytes([unit])
        elif unit < 0x800:
            out += bytes([0xC0 | unit >> 6, 0x80 | unit & 63])
        else:
            out += bytes([0xE0 | unit >> 12, 0x80 | unit >> 6 & 63, 0x80 | unit & 63])
    return out


def write(strings: tuple[str, ...], classes: tuple[str, ...] = ()) -> bytes:
    """DEX 035 with STRINGS and with CLASSES (dotted names) that hold nothing."""
    types = sorted({"L" + name.replace(".", "/") + ";" for name in classes} | {"Ljava/lang/Object;"})
    pool = sorted({*strings, *types}, key=lambda text: text.encode("utf-16-be", "surrogatepass"))
    types.sort(key=pool.index)
    own = [name for name in types if name != "Ljava/lang/Object;"]
    ids_at, types_at = 0x70, 0x70 + 4 * len(pool)
    defs_at = types_at + 4 * len(types)
    data_at = defs_at + 32 * len(own)
    data, offsets = b"", []
    for text in pool:
        offsets.append(data_at + len(data))
        data += _uleb(len(text.encode("utf-16-le", "surrogatepass")) // 2) + _mutf8(text) + b"\0"
    data += bytes(-(data_at + len(data)) % 4)
    map_at = data_at + len(data)
    rows = [(0, 1, 0), (1, len(pool), ids_at), (2, len(types), types_at)]
    rows += [(6, len(own), defs_at)] if own else []
    rows += [(0x2002, len(pool), data_at), (0x1000, 1, map_at)]
    data += struct.pack("<I", len(rows)) + b"".join(struct.pack("<HHII", kind, 0, n, at) for kind, n, at in rows)
    parent = types.index("Ljava/lang/Object;")
    body = struct.pack(f"<{len(offsets)}I", *offsets)
    body += struct.pack(f"<{len(types)}I", *(pool.index(name) for name in types))
    for name in own:
        body += struct.pack("<8I", types.index(name), 1, parent, 0, 0xFFFFFFFF, 0, 0, 0)
    body += data
    numbers: tuple[int, ...] = (
        0x70 + len(body),
        0x70,
        0x12345678,
        0,
        0,
        map_at,
        len(pool),
        ids_at,
        len(types),
        types_at,
    )
    numbers += (0, 0, 0, 0, 0, 0, len(own), defs_at if own else 0, len(data), data_at)
    rest = struct.pack("<20I", *numbers) + body
    sha = hashlib.sha1(rest, usedforsecurity=False).digest()
    return b"dex\n035\0" + struct.pack("<I", zlib.adler32(sha + rest)) + sha + rest
