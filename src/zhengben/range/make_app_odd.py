"""More malformed packages: tricks written after the reader, from what others have published, to see what it misses.

Sources: AOSP libziparchive and ResourceTypes.cpp (what a phone accepts), the issues of androguard, apktool and jadx,
and descriptions of BadPack, Konfety and SoumniBot samples. Each takes the unsigned entries of an app and a key and
gives a file in which package, permissions and names are still all there. The first set is `make_app_tricks.py`.
"""

import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from zhengben.range.make_apk import sign_entries, sign_parts
from zhengben.range.make_apk_axml import NONE, string_pool
from zhengben.range.make_apk_sign import V2, SigningKey, signing_block, v2_value
from zhengben.range.make_apk_zip import DEFLATED, STORED, Entry, write_parts
from zhengben.range.make_app_tricks import MANIFEST, TABLE, Trick, chunks

Bend = Callable[[bytes], bytes]
START, END = 0x0102, 0x0103


def _signed(entries: Sequence[Entry], key: SigningKey) -> bytes:
    return sign_entries(entries, key, ("v2",))


def _on(name: str, bend: Bend) -> Trick:
    """Bend the bytes of one entry before the file is signed."""
    return lambda entries, key: _signed([replace(e, data=bend(e.data)) if e.name == name else e for e in entries], key)


def _after(bend: Bend) -> Trick:
    """Bend the whole file after it was signed."""
    return lambda entries, key: bend(_signed(entries, key))


def _with(name: str, **lies: object) -> Trick:
    return lambda entries, key: _signed(
        [replace(e, **lies) if e.name == name else e for e in entries],  # type: ignore[arg-type]  # names of Entry's fields
        key,
    )


# --- zip ------------------------------------------------------------------------------------------------------------


def _end(data: bytes) -> int:
    return data.rindex(b"PK\5\6")


def _in_end(offset: int, form: str, value: int) -> Bend:
    def bend(data: bytes) -> bytes:
        """Write the value into the end record."""
        out = bytearray(data)
        struct.pack_into(form, out, _end(data) + offset, value)
        return bytes(out)

    return bend


def _end_in_comment(data: bytes) -> bytes:
    """Put a second end record, of an empty file, into the comment of the first."""
    fake = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0, 0, 0, 0, 0)
    out = bytearray(data + fake)
    struct.pack_into("<H", out, _end(data) + 20, len(fake))
    return bytes(out)


def _decoy_end_first(data: bytes) -> bytes:
    """Put an end record of an empty file among the entries; the real one is still the last."""
    return data.replace(b"onCreate", b"PK\5\6" + bytes(4), 1)


def _long_comment(data: bytes) -> bytes:
    out = bytearray(data + b"x" * 0xFFFF)
    struct.pack_into("<H", out, _end(data) + 20, 0xFFFF)
    return bytes(out)


def _central(data: bytes, name: bytes) -> int:
    """Give where the directory's entry of a name begins."""
    at = struct.unpack_from("<I", data, _end(data) + 16)[0]
    while data[at : at + 4] == b"PK\1\2":
        size, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        if data[at + 46 : at + 46 + size] == name:
            return int(at)
        at += 46 + size + extra + comment
    raise ValueError("no such entry in the directory")


def _in_central(name: str, offset: int, form: str, value: int) -> Bend:
    def bend(data: bytes) -> bytes:
        """Write the value into the entry's row of the directory."""
        out = bytearray(data)
        struct.pack_into(form, out, _central(data, name.encode()) + offset, value)
        return bytes(out)

    return bend


def _local_magic(data: bytes) -> bytes:
    """Wipe the magic number of the manifest's local header; only the directory knows it then."""
    out = bytearray(data)
    at = struct.unpack_from("<I", data, _central(data, MANIFEST.encode()) + 42)[0]
    out[at : at + 4] = b"\0\0\0\0"
    return bytes(out)


def _directory_of_that_name(entries: list[Entry], key: SigningKey) -> bytes:
    return _signed([Entry(name=f"{MANIFEST}/", data=b"", method=STORED), *entries], key)


def _names_that_resemble(entries: list[Entry], key: SigningKey) -> bytes:
    decoy = b"\3\0\x08\0" + bytes(60)
    names = [f"./{MANIFEST}", f"{MANIFEST}\0", MANIFEST.lower(), f"/{MANIFEST}", f"{MANIFEST} "]
    return _signed([*(Entry(name=name, data=decoy) for name in names), *entries], key)


def _level_nought(entries: list[Entry], key: SigningKey) -> bytes:
    """Deflate in stored blocks: nothing gets smaller, some readers expect it to."""
    pack = zlib.compressobj(0, zlib.DEFLATED, -15)
    raw = next(e.data for e in entries if e.name == MANIFEST)
    body = pack.compress(raw) + pack.flush()
    lies = {"local_method": DEFLATED, "central_method": DEFLATED, "local_size": len(raw), "central_size": len(raw)}
    packed = Entry(name=MANIFEST, data=body, method=STORED, crc=zlib.crc32(raw), **lies)  # type: ignore[arg-type]  # numbers
    return _signed([packed if e.name == MANIFEST else e for e in entries], key)


def _gaps(entries: list[Entry], key: SigningKey) -> bytes:
    """Leave false local headers between the real ones, which only a reader without the directory would meet."""
    decoys = [Entry(name=MANIFEST, data=b"\3\0\x08\0" + bytes(40), in_central=False) for _ in range(3)]
    return _signed([decoys[0], *entries, *decoys[1:]], key)


def _nested_prefix(entries: list[Entry], key: SigningKey) -> bytes:
    """Put a whole other zip in front."""
    return write_parts([Entry(name="a.txt", data=b"x")]).join() + _signed(entries, key)


# --- binary XML -----------------------------------------------------------------------------------------------------


def _rebuilt(data: bytes, parts: Sequence[bytes]) -> bytes:
    body = b"".join(parts)
    return data[:4] + struct.pack("<I", 8 + len(body)) + body


def _elements(bend: Callable[[bytes, int], bytes]) -> Bend:
    """Bend every start of an element; the function is handed its bytes and its number."""

    def bent(data: bytes) -> bytes:
        """Hand each element to the function and put the document together again."""
        parts, number = [], 0
        for kind, at, _, size in chunks(data):
            body = data[at : at + size]
            parts.append(bend(body, number) if kind == START else body)
            number += kind == START
        return _rebuilt(data, parts)

    return bent


def _before_nodes(extra: bytes) -> Bend:
    """Put a chunk in front of the first node."""

    def bent(data: bytes) -> bytes:
        """Put the chunk where the nodes begin, behind pool and resource ids."""
        at = next(at for kind, at, _, _ in chunks(data) if kind == 0x0100)
        return _rebuilt(data, [data[8:at], extra, data[at:]])

    return bent


def _decoys(data: bytes) -> bytes:
    """Give every element false label, name and package attributes first: of a foreign namespace."""
    pool, texts = _pool_texts(data)
    base, words = len(texts), ["urn:decoy", "label", "name", "package", "com.decoy.app"]
    fakes = [struct.pack("<IIIHBBI", base, base + i, base + 4, 8, 0, 3, base + 4) for i in (1, 2, 3)]

    def bend(body: bytes, number: int) -> bytes:
        """Put attributes without a name before the true ones."""
        del number
        out = bytearray(body[:36] + b"".join(fakes) + body[36:])
        struct.pack_into("<I", out, 4, len(out))
        struct.pack_into("<H", out, 28, struct.unpack_from("<H", body, 28)[0] + len(fakes))
        return bytes(out)

    return _elements(bend)(_rebuilt(data, [string_pool([*texts, *words]), data[8 + len(pool) :]]))


def _pool_texts(data: bytes) -> tuple[bytes, list[str]]:
    """Give the pool chunk and its strings (UTF-16, as this project's writer makes them)."""
    size, count = struct.unpack_from("<I", data, 12)[0], struct.unpack_from("<I", data, 16)[0]
    pool = data[8 : 8 + size]
    start = struct.unpack_from("<I", pool, 20)[0]
    texts = []
    for i in range(count):
        at = start + struct.unpack_from("<I", pool, 28 + 4 * i)[0]
        units = struct.unpack_from("<H", pool, at)[0]
        texts.append(pool[at + 2 : at + 2 + 2 * units].decode("utf-16-le", "surrogatepass"))
    return pool, texts


def _repooled(write: Callable[[list[str]], bytes]) -> Bend:
    def bent(data: bytes) -> bytes:
        """Write the string pool anew and leave the rest as it is."""
        pool, texts = _pool_texts(data)
        return _rebuilt(data, [write(texts), data[8 + len(pool) :]])

    return bent


def _wide_pool(texts: list[str]) -> bytes:
    """Give the pool a header of 40 bytes."""
    pool = string_pool(texts)
    head = bytearray(pool[:28])
    struct.pack_into("<HI", head, 2, 40, len(pool) + 12)
    struct.pack_into("<I", head, 20, struct.unpack_from("<I", pool, 20)[0] + 12)
    return bytes(head) + bytes(12) + pool[28:]


def _backward_pool(texts: list[str]) -> bytes:
    """Write the strings in backward order, so that offsets fall."""
    pool = bytearray(string_pool(texts[::-1]))
    offsets = struct.unpack_from(f"<{len(texts)}I", pool, 28)
    struct.pack_into(f"<{len(texts)}I", pool, 28, *offsets[::-1])
    return bytes(pool)


def _gapped_pool(texts: list[str]) -> bytes:
    """Leave a kilobyte of rubbish between the offsets and the text."""
    pool = string_pool(texts)
    start = struct.unpack_from("<I", pool, 20)[0]
    out = bytearray(pool[:start] + b"\xff" * 1024 + pool[start:])
    struct.pack_into("<I", out, 4, len(out))
    struct.pack_into("<I", out, 20, start + 1024)
    return bytes(out)


def _long_form(texts: list[str]) -> bytes:
    """Write every length in its long form, as none but very long strings need it."""
    offsets, data = [], bytearray()
    for text in texts:
        offsets.append(len(data))
        raw = text.encode("utf-16-le", "surrogatepass")
        data += struct.pack("<HH", 0x8000, len(raw) // 2) + raw + b"\0\0"
    data += bytes(-len(data) % 4)
    start = 28 + 4 * len(texts)
    head = struct.pack("<HHIIIIII", 1, 28, start + len(data), len(texts), 0, 0, start, 0)
    return head + struct.pack(f"<{len(offsets)}I", *offsets) + bytes(data)


def _decoy_root(data: bytes) -> bytes:
    """Put an element of another name, opened and closed, in front of the real root."""
    first = next(at for kind, at, _, _ in chunks(data) if kind == START)
    name = struct.unpack_from("<I", data, first + 20)[0]
    other = name + 1
    empty = struct.pack("<HHIII", START, 16, 36, 1, NONE) + struct.pack("<IIHHHHHH", NONE, other, 20, 20, 0, 0, 0, 0)
    close = struct.pack("<HHIIIII", END, 16, 24, 1, NONE, NONE, other)
    return _rebuilt(data, [data[8:first], empty, close, data[first:]])


def _no_namespace_nodes(data: bytes) -> bytes:
    return _rebuilt(data, [data[at : at + size] for kind, at, _, size in chunks(data) if kind not in {0x0100, 0x0101}])


def _longer_ends(data: bytes) -> bytes:
    """Give the ends of elements forty bytes more than they need."""
    parts = []
    for kind, at, _, size in chunks(data):
        body = data[at : at + size]
        if kind == END:
            body = body[:4] + struct.pack("<I", size + 40) + body[8:] + bytes(40)
        parts.append(body)
    return _rebuilt(data, parts)


def _more_ids(data: bytes) -> bytes:
    """Let the map of resource ids have more entries than the pool has strings."""
    parts = []
    for kind, at, header, size in chunks(data):
        body = data[at : at + size]
        if kind == 0x0180:
            body = body[:4] + struct.pack("<I", size + 4000) + body[8:header] + body[header:] + b"\x03\0\1\1" * 1000
        parts.append(body)
    return _rebuilt(data, parts)


def _no_typed_text(body: bytes, number: int) -> bytes:
    """Leave strings only in the untyped field of the attributes, the typed one pointing nowhere."""
    del number
    out = bytearray(body)
    for i in range(struct.unpack_from("<H", body, 28)[0]):
        at = 36 + 20 * i
        if out[at + 15] == 3:
            struct.pack_into("<I", out, at + 16, NONE)
    return bytes(out)


def _odd_sizes(body: bytes, number: int) -> bytes:
    """Lie in the size field of every typed value."""
    del number
    out = bytearray(body)
    for i in range(struct.unpack_from("<H", body, 28)[0]):
        struct.pack_into("<H", out, 36 + 20 * i + 12, 0xFFFF)
    return bytes(out)


def _indexes(body: bytes, number: int) -> bytes:
    """Point the indexes of id, class and style beyond the attributes."""
    del number
    return body[:30] + struct.pack("<HHH", 0xFFFF, 0xFFFF, 0xFFFF) + body[36:]


# --- resource table -------------------------------------------------------------------------------------------------


def _packages(data: bytes) -> int:
    """Give where the first package chunk of a table begins."""
    return 12 + int(struct.unpack_from("<I", data, 16)[0])


def _table_types(bend: Callable[[bytearray, int], None]) -> Bend:
    """Bend every chunk of values; the function is handed the table and where the chunk begins."""

    def bent(data: bytes) -> bytes:
        """Walk the chunks of the first package and bend those that hold values."""
        out = bytearray(data)
        at = _packages(data) + 288
        while at + 8 <= len(out):
            kind, _, size = struct.unpack_from("<HHI", out, at)
            if kind == 0x0201:
                bend(out, at)
            at += max(8, size)
        return bytes(out)

    return bent


def _put(form: str, offset: int, value: int) -> Callable[[bytearray, int], None]:
    return lambda out, at: struct.pack_into(form, out, at + offset, value)


def _package_word(offset: int, value: int) -> Bend:
    def bent(data: bytes) -> bytes:
        """Write the value into the head of the first package."""
        out = bytearray(data)
        struct.pack_into("<I", out, _packages(data) + offset, value)
        return bytes(out)

    return bent


def _chunk_between(data: bytes) -> bytes:
    """Put a chunk of no known kind between the pool and the package."""
    at = _packages(data)
    out = bytearray(data[:at] + struct.pack("<HHI", 0x0777, 8, 32) + bytes(24) + data[at:])
    struct.pack_into("<I", out, 4, len(out))
    return bytes(out)


def _twice(data: bytes) -> bytes:
    """Hold the package twice."""
    at = _packages(data)
    out = bytearray(data + data[at:])
    struct.pack_into("<I", out, 4, len(out))
    struct.pack_into("<I", out, 8, 2)
    return bytes(out)


# --- signing block --------------------------------------------------------------------------------------------------


def _pairs(*extra: tuple[int, bytes], first: bool = False) -> Trick:
    def trick(entries: list[Entry], key: SigningKey) -> bytes:
        """Sign, and lay the extra pairs beside the true one."""
        parts = write_parts(entries)
        own = [(V2, v2_value(parts, key))]
        return parts.join(signing_block([*extra, *own] if first else [*own, *extra]))

    return trick


def _jar_names(entries: list[Entry], key: SigningKey) -> bytes:
    """Hold a hundred blocks of PKCS#7 that are none."""
    more = [Entry(name=f"META-INF/{i}.RSA", data=b"\x30\x80" + bytes(i)) for i in range(100)]
    more.append(Entry(name="META-INF/MANIFEST.MF", data=b"Manifest-Version: 1.0\r\n\r\n \r\n\r\n"))
    return sign_parts(write_parts([*entries, *more]), key)


# --- bombs ----------------------------------------------------------------------------------------------------------


def _deep(data: bytes) -> bytes:
    """Nest forty thousand elements behind the real ones."""
    root = next(at for kind, at, _, _ in chunks(data) if kind == START)
    name = struct.unpack_from("<I", data, root + 20)[0]
    one = struct.pack("<HHIII", START, 16, 36, 1, NONE) + struct.pack("<IIHHHHHH", NONE, name, 20, 20, 0, 0, 0, 0)
    return _rebuilt(data, [data[8:], one * 40_000])


def _more(**files: Callable[[], bytes]) -> Trick:
    """Add entries; in their names `__` stands for a slash and `_dot_` for a dot."""

    def trick(entries: list[Entry], key: SigningKey) -> bytes:
        """Add the files and sign all of it."""
        named = {name.replace("__", "/").replace("_dot_", "."): make for name, make in files.items()}
        return _signed([*entries, *(Entry(name=name, data=make()) for name, make in named.items())], key)

    return trick


def _manifest_of_signatures(entries: list[Entry], key: SigningKey) -> bytes:
    more = [Entry(name="META-INF/MANIFEST.MF", data=b"Name: a\r\n\r\n" * 9_000_000),
            Entry(name="META-INF/CERT.SF", data=b"Signature-Version: 1.0\r\n\r\n"),
            Entry(name="META-INF/CERT.RSA", data=b"\x30\x82" + bytes(600))]  # fmt: skip
    return write_parts([*entries, *more]).join() if key else b""


ODD: Mapping[str, Trick] = {
    "zip_end_counts_nought": _after(_in_end(10, "<H", 0)),
    "zip_end_counts_many": _after(_in_end(10, "<H", 0xFFFF)),
    "zip_end_disk_number": _after(_in_end(4, "<H", 7)),
    "zip_end_size_nought": _after(_in_end(12, "<I", 0)),
    "zip_end_size_many": _after(_in_end(12, "<I", 0x7FFFFFFF)),
    "zip_end_in_comment": _after(_end_in_comment),
    "zip_decoy_end": _after(_decoy_end_first),
    "zip_long_comment": _after(_long_comment),
    "zip_versions": _after(_in_central(MANIFEST, 4, "<I", 0xFFFFFFFF)),
    "zip_disk_start": _after(_in_central(MANIFEST, 34, "<H", 9)),
    "zip_attributes": _after(_in_central(MANIFEST, 38, "<I", 0x41ED0010)),
    "zip_strong_encryption": _with(MANIFEST, flags=0x41),
    "zip_masked_header": _with(MANIFEST, flags=0x2041),
    "zip_unicode_flag": _with(MANIFEST, flags=0x0800),
    "zip_method_bzip2": _with(MANIFEST, local_method=12, central_method=12),
    "zip_method_65535_local": _with(MANIFEST, local_method=0xFFFF),
    "zip_crc_nought": _with(MANIFEST, crc=0),
    "zip_sizes_nought_local": _with(MANIFEST, local_size=0, local_flags=0),
    "zip_directory_of_that_name": _directory_of_that_name,
    "zip_names_that_resemble": _names_that_resemble,
    "zip_level_nought": _level_nought,
    "zip_gaps": _gaps,
    "zip_nested_prefix": _nested_prefix,
    "zip_local_magic": _after(_local_magic),
    "axml_decoy_attributes": _on(MANIFEST, _decoys),
    "axml_wide_pool": _on(MANIFEST, _repooled(_wide_pool)),
    "axml_backward_pool": _on(MANIFEST, _repooled(_backward_pool)),
    "axml_gapped_pool": _on(MANIFEST, _repooled(_gapped_pool)),
    "axml_long_form": _on(MANIFEST, _repooled(_long_form)),
    "axml_utf8_pool": _on(MANIFEST, _repooled(lambda texts: string_pool(texts, utf8=True))),
    "axml_decoy_root": _on(MANIFEST, _decoy_root),
    "axml_no_namespace": _on(MANIFEST, _no_namespace_nodes),
    "axml_longer_ends": _on(MANIFEST, _longer_ends),
    "axml_more_ids": _on(MANIFEST, _more_ids),
    "axml_no_typed_text": _on(MANIFEST, _elements(_no_typed_text)),
    "axml_odd_value_sizes": _on(MANIFEST, _elements(_odd_sizes)),
    "axml_indexes": _on(MANIFEST, _elements(_indexes)),
    "axml_second_map": _on(MANIFEST, _before_nodes(struct.pack("<HHII", 0x0180, 8, 12, 0x01010000))),
    "axml_null_chunk": _on(MANIFEST, _before_nodes(struct.pack("<HHI", 0, 8, 8))),
    "axml_cdata": _on(MANIFEST, _before_nodes(struct.pack("<HHIIIIHBBI", 0x0104, 16, 28, 1, NONE, 0, 8, 0, 0, 0))),
    "arsc_package_header": _on(TABLE, _package_word(4, 0x7FFFFFFF)),
    "arsc_package_name": _on(TABLE, _package_word(12, 0xD800D800)),
    "arsc_key_pool_offset": _on(TABLE, _package_word(276, 0x7FFFFFFF)),
    "arsc_many_entries": _on(TABLE, _table_types(_put("<I", 12, 0x00FFFFFF))),
    "arsc_entries_start": _on(TABLE, _table_types(_put("<I", 16, 0x7FFFFFF0))),
    "arsc_sparse_lie": _on(TABLE, _table_types(_put("<B", 9, 1))),
    "arsc_offset16_lie": _on(TABLE, _table_types(_put("<B", 9, 2))),
    "arsc_config_nought": _on(TABLE, _table_types(_put("<I", 20, 0))),
    "arsc_config_large": _on(TABLE, _table_types(_put("<I", 20, 0x7FFFFFFF))),
    "arsc_chunk_between": _on(TABLE, _chunk_between),
    "arsc_twice": _on(TABLE, _twice),
    "block_empty_pair_first": _pairs((0x1, b""), first=True),
    "block_v2_twice": _pairs((V2, b"\0" * 40)),
    "block_thousand_pairs": _pairs(*((0x20000 + i, b"x" * 50) for i in range(1000))),
    "block_large_padding": _pairs((0x42726577, bytes(2 << 20))),
    "block_signer_lie": _pairs((V2, b"\xff\xff\xff\x7f" * 8), first=True),
    "block_jar_names": _jar_names,
    "bomb_deep": _on(MANIFEST, _deep),
    "bomb_pool": _on(MANIFEST, _repooled(lambda texts: string_pool([*texts, *("x" * 60_000 for _ in range(400))]))),
    "bomb_signatures": _manifest_of_signatures,
    "bomb_native": _more(lib__arm64__liba_dot_so=lambda: bytes(180 << 20)),
    "bomb_many_dexes": lambda e, k: _signed(
        [*e, *(Entry(name=f"classes{i}.dex", data=b"dex\n035\0" + bytes(20 << 20)) for i in range(2, 20))], k
    ),
    "bomb_script": _more(assets__www__a_dot_js=lambda: b"QQ:1" * (3 << 20)),
}
