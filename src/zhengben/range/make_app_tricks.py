"""Malform packages on purpose: every family of tricks known from the wild, as a function from entries to a file.

Each trick keeps an app that a tolerant reader still reads: package, permissions and names are all there. Families:
zip (headers that lie), axml (binary XML that lies), arsc (resource tables that lie), block (signing blocks that lie),
bomb (little bytes that become many).
"""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from zhengben.range.make_apk import sign_entries, sign_parts
from zhengben.range.make_apk_axml import string_pool
from zhengben.range.make_apk_sign import V2, SigningKey, signing_block, v2_value
from zhengben.range.make_apk_zip import DEFLATED, STORED, Entry, write_parts

MANIFEST, TABLE = "AndroidManifest.xml", "resources.arsc"
Trick = Callable[[list[Entry], SigningKey], bytes]


def _change(entries: Sequence[Entry], name: str, **lies: object) -> list[Entry]:
    return [replace(e, **lies) if e.name == name else e for e in entries]  # type: ignore[arg-type]  # names are checked by dataclasses


def _data(entries: Sequence[Entry], name: str, bend: Callable[[bytearray], bytearray | bytes]) -> list[Entry]:
    return [replace(e, data=bytes(bend(bytearray(e.data)))) if e.name == name else e for e in entries]


def _signed(entries: Sequence[Entry], key: SigningKey) -> bytes:
    return sign_entries(entries, key, ("v2",))


# --- zip ------------------------------------------------------------------------------------------------------------


def _zip(**lies: object) -> Trick:
    return lambda entries, key: _signed(_change(entries, MANIFEST, **lies), key)


def _everywhere(**lies: object) -> Trick:
    return lambda entries, key: _signed([replace(e, **lies) for e in entries], key)  # type: ignore[arg-type]  # as above


def _prefix(entries: list[Entry], key: SigningKey) -> bytes:
    return b"dex\n035\0" + bytes(400) + _signed(entries, key)


def _duplicate_last(entries: list[Entry], key: SigningKey) -> bytes:
    return _signed([*entries, Entry(name=MANIFEST, data=b"\x03\0\x08\0" + bytes(40))], key)


def _duplicate_first(entries: list[Entry], key: SigningKey) -> bytes:
    return _signed([Entry(name=MANIFEST, data=b"\x03\0\x08\0" + bytes(40)), *entries], key)


def _no_end(entries: list[Entry], key: SigningKey) -> bytes:
    return _signed(entries, key)[:-30]


def _comment(entries: list[Entry], key: SigningKey) -> bytes:
    return _signed(entries, key) + b"more bytes than the comment says"


def _hostile_names(entries: list[Entry], key: SigningKey) -> bytes:
    names = [b"../../etc/x", b"/abs", b"..\\win", b"nul\0name", b"\xff\xfe.dex", b"a" * 3000]
    return _signed([*entries, *(Entry(name=name, data=b"x") for name in names)], key)


def _many_entries(entries: list[Entry], key: SigningKey) -> bytes:
    return _signed([*entries, *(Entry(name=f"e/{i}", data=b"", method=STORED) for i in range(60_000))], key)


# --- binary XML -----------------------------------------------------------------------------------------------------


def _axml(bend: Callable[[bytearray], bytearray | bytes]) -> Trick:
    return lambda entries, key: _signed(_data(entries, MANIFEST, bend), key)


def _word(offset: int, value: int) -> Callable[[bytearray], bytearray]:
    def bend(data: bytearray) -> bytearray:
        """Write the value over what stands at the offset."""
        struct.pack_into("<I", data, offset, value)
        return data

    return bend


def _half(offset: int, value: int) -> Callable[[bytearray], bytearray]:
    def bend(data: bytearray) -> bytearray:
        """Write the value over what stands at the offset."""
        struct.pack_into("<H", data, offset, value)
        return data

    return bend


def chunks(data: bytes) -> list[tuple[int, int, int, int]]:
    """Give kind, place, header size and size of every top-level chunk of a binary XML file."""
    found, at = [], 8
    while at + 8 <= len(data):
        kind, header, size = struct.unpack_from("<HHI", data, at)
        found.append((kind, at, header, size))
        at += max(size, 8)
    return found


def _wide_header(data: bytearray) -> bytes:
    """Give the file a 28-byte header, which says so itself."""
    return struct.pack("<HHI", 3, 28, len(data) + 20) + bytes(20) + bytes(data[8:])


def _wide_nodes(data: bytearray) -> bytes:
    """Give every node a 24-byte header."""
    out = bytearray(data[:8])
    for kind, at, header, size in chunks(bytes(data)):
        body = data[at : at + size]
        if 0x0100 <= kind <= 0x0104:
            out += struct.pack("<HHI", kind, header + 8, size + 8) + body[8:header] + bytes(8) + body[header:]
        else:
            out += body
    struct.pack_into("<I", out, 4, len(out))
    return bytes(out)


def _shifted_attributes(data: bytearray) -> bytes:
    """Put twelve bytes before the attributes of every element, and say so in attributeStart."""
    out = bytearray(data[:8])
    for kind, at, header, size in chunks(bytes(data)):
        body = bytearray(data[at : at + size])
        if kind == 0x0102:
            struct.pack_into("<I", body, 4, size + 12)
            struct.pack_into("<H", body, header + 8, 32)
            body = body[: header + 20] + bytes(12) + body[header + 20 :]
        out += body
    struct.pack_into("<I", out, 4, len(out))
    return bytes(out)


def _wide_attributes(data: bytearray) -> bytes:
    """Give every attribute 24 bytes instead of 20, and say so in attributeSize."""
    out = bytearray(data[:8])
    for kind, at, header, size in chunks(bytes(data)):
        body = bytearray(data[at : at + size])
        if kind == 0x0102:
            count = struct.unpack_from("<H", body, header + 12)[0]
            rows = [body[header + 20 + 20 * i : header + 40 + 20 * i] + bytes(4) for i in range(count)]
            struct.pack_into("<I", body, 4, size + 4 * count)
            struct.pack_into("<H", body, header + 10, 24)
            body = body[: header + 20] + b"".join(rows)
        out += body
    struct.pack_into("<I", out, 4, len(out))
    return bytes(out)


def _unknown_chunk(data: bytearray) -> bytes:
    """Put a chunk of no known kind between the pool and the nodes."""
    at = next(at for kind, at, _, _ in chunks(bytes(data)) if kind == 0x0100)
    out = data[:at] + struct.pack("<HHI", 0x0199, 8, 24) + bytes(16) + data[at:]
    struct.pack_into("<I", out, 4, len(out))
    return bytes(out)


def _two_pools(data: bytearray) -> bytes:
    """Put a pool of other words in front; a phone takes the last one before the nodes."""
    fake = string_pool(["decoy"] * struct.unpack_from("<I", data, 16)[0])
    out = data[:8] + fake + data[8:]
    struct.pack_into("<I", out, 4, len(out))
    return bytes(out)


def _padded(data: bytearray) -> bytes:
    return bytes(data) + bytes(4 << 20)


def _inflated_count(data: bytearray) -> bytearray:
    struct.pack_into("<I", data, 16, 0x00FFFFFF)
    return data


# --- resource table -------------------------------------------------------------------------------------------------


def _arsc(bend: Callable[[bytearray], bytearray | bytes]) -> Trick:
    return lambda entries, key: _signed(_data(entries, TABLE, bend), key)


# --- signing block --------------------------------------------------------------------------------------------------


def _block_extra(entries: list[Entry], key: SigningKey) -> bytes:
    parts = write_parts(entries)
    return parts.join(signing_block([(V2, v2_value(parts, key)), (0x13371337, b"channel=evil")]))


def _block_garbage(entries: list[Entry], key: SigningKey) -> bytes:
    del key
    return write_parts(entries).join(signing_block([(V2, b"\xff" * 64)]))


def _block_size(entries: list[Entry], key: SigningKey) -> bytes:
    parts = write_parts(entries)
    block = bytearray(signing_block([(V2, v2_value(parts, key))]))
    struct.pack_into("<Q", block, 0, 99)
    return parts.join(bytes(block))


def _garbage_pkcs7(entries: list[Entry], key: SigningKey) -> bytes:
    more = [Entry(name="META-INF/MANIFEST.MF", data=b"\xff"), Entry(name="META-INF/CERT.SF", data=b"\0"),
            Entry(name="META-INF/CERT.RSA", data=b"\x30\x84\xff\xff\xff\xff")]  # fmt: skip
    return sign_parts(write_parts([*entries, *more]), key)


# --- bombs ----------------------------------------------------------------------------------------------------------


def bomb(entries: list[Entry], key: SigningKey, megabytes: int = 300) -> bytes:
    """Pad the manifest with zeros that pack a thousand to one."""
    return _signed(_data(entries, MANIFEST, lambda d: d + bytes(megabytes << 20)), key)


TRICKS: Mapping[str, Trick] = {
    "zip_fake_encryption": _zip(flags=0x1),
    "zip_fake_encryption_central": _zip(central_flags=0x1),
    "zip_fake_encryption_all": _everywhere(flags=0x1),
    "zip_unknown_method": _zip(local_method=0x1234, central_method=0x1234),
    "zip_unknown_method_stored": lambda e, k: _signed(_change(e, MANIFEST, method=0x5EAD), k),
    "zip_local_method_deflate_central_stored": _zip(central_method=STORED),
    "zip_local_method_stored_central_deflate": _zip(local_method=STORED),
    "zip_stored_says_deflate": lambda e, k: _signed(
        _change(e, MANIFEST, method=STORED, central_method=DEFLATED, local_method=DEFLATED), k
    ),
    "zip_local_name": _zip(local_name=b"NotTheManifest.xml_"),
    "zip_local_name_long": _zip(local_name=b"A" * 500),
    "zip_bad_crc": _zip(crc=0xDEADBEEF),
    "zip_size_lie_small": _zip(central_size=4, local_size=4),
    "zip_size_lie_large": _zip(central_size=0x7FFFFFFF, local_size=0x7FFFFFFF),
    "zip_broken_extra_local": _zip(local_extra=b"\x01\x00\xff\xff\x00"),
    "zip_broken_extra_central": _zip(central_extra=b"\x01\x00\xff\xff\x00"),
    "zip_zip64_extra": _zip(central_extra=b"\x01\x00\x08\x00" + b"\xff" * 8),
    "zip_data_descriptor": _zip(flags=0x8, local_size=0),
    "zip_prefix": _prefix,
    "zip_duplicate_manifest_last": _duplicate_last,
    "zip_duplicate_manifest_first": _duplicate_first,
    "zip_no_end_record": _no_end,
    "zip_comment_lie": _comment,
    "zip_hostile_names": _hostile_names,
    "zip_many_entries": _many_entries,
    "axml_header_type": _axml(_half(0, 0)),
    "axml_header_type_odd": _axml(_half(0, 2)),
    "axml_file_size_zero": _axml(_word(4, 0)),
    "axml_file_size_large": _axml(_word(4, 0x7FFFFFFF)),
    "axml_string_count": _axml(_inflated_count),
    "axml_style_count": _axml(_word(20, 0x10000)),
    "axml_style_offset": _axml(_word(32, 0x7FFFFFFF)),
    "axml_pool_says_sorted": _axml(_word(24, 1)),
    "axml_wide_header": _axml(_wide_header),
    "axml_wide_nodes": _axml(_wide_nodes),
    "axml_shifted_attributes": _axml(_shifted_attributes),
    "axml_wide_attributes": _axml(_wide_attributes),
    "axml_unknown_chunk": _axml(_unknown_chunk),
    "axml_two_pools": _axml(_two_pools),
    "axml_trailing_zeros": _axml(_padded),
    "axml_trailing_garbage": _axml(lambda d: d + b"\xff" * 4096),
    "arsc_type": _arsc(_half(0, 0)),
    "arsc_size_zero": _arsc(_word(4, 0)),
    "arsc_size_large": _arsc(_word(4, 0x7FFFFFFF)),
    "arsc_package_count": _arsc(_word(8, 0xFFFF)),
    "arsc_string_count": _arsc(_word(20, 0x00FFFFFF)),
    "arsc_cut": _arsc(lambda d: d[: len(d) // 3]),
    "arsc_garbage": _arsc(lambda d: bytearray(b"\x02\x00\x0c\x00") + bytearray(b"\xff" * len(d))),
    "arsc_empty": _arsc(lambda _: b""),
    "block_extra_pair": _block_extra,
    "block_garbage": _block_garbage,
    "block_size_lie": _block_size,
    "block_garbage_pkcs7": _garbage_pkcs7,
    "bomb_manifest": lambda e, k: bomb(e, k, 300),
    "bomb_table": lambda e, k: _signed(_data(e, TABLE, lambda d: d + bytes(200 << 20)), k),
    "bomb_dex": lambda e, k: _signed([*e, Entry(name="classes2.dex", data=bytes(200 << 20))], k),
    "bomb_asset": lambda e, k: _signed([*e, Entry(name="assets/a.json", data=b"[" * (100 << 20))], k),
}
