"""What schemes v2 and v3 digest of a package: held against a plain reading of the specification, part by part."""

import hashlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.examine.apk.digests import CHUNK, PAGE, Sections, chunk_digests, content_digest

BLOCK = b"signing block"


def sections(entries: bytes, central: bytes) -> Sections:
    """Give the parts of a file that has a signing block between its entries and its directory."""
    at = len(entries) + len(BLOCK)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(central), at, 0)
    return Sections(entries + BLOCK + central + end, len(entries), at, at + len(central))


def plainly(found: Sections) -> list[bytes]:
    """Give the three parts as the scheme names them: the end record tells where the directory stood before."""
    data = found.data
    end = data[found.end_record : found.end_record + 16] + struct.pack("<I", found.entries_end)
    return [data[: found.entries_end], data[found.central : found.end_record], end + data[found.end_record + 20 :]]


@pytest.mark.parametrize("name", ["sha256", "sha512"])
@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1])
def test_chunks_are_a_mebibyte_each_and_no_chunk_crosses_a_part(name: str, size: int) -> None:
    found = sections(b"e" * size, b"directory")
    chunks = [part[at : at + CHUNK] for part in plainly(found) for at in range(0, len(part), CHUNK)]
    each = [hashlib.new(name, b"\xa5" + struct.pack("<I", len(one)) + one).digest() for one in chunks]
    told = b"\x5a" + struct.pack("<I", len(each)) + b"".join(each)
    assert chunk_digests(found, name) == told
    assert content_digest(found, name, "chunked") == hashlib.new(name, told).digest()


@pytest.mark.parametrize("pages", [1, 2, 127, 128, 129, 300])
def test_a_tree_of_pages_is_built_to_its_root(pages: int) -> None:
    found = sections(b"e" * (pages * PAGE - 100), b"directory")
    data = b"".join(plainly(found))
    level = data
    while True:
        level = level.ljust(-(-len(level) // PAGE) * PAGE, b"\0")
        level = b"".join(hashlib.sha256(bytes(8) + level[at : at + PAGE]).digest() for at in range(0, len(level), PAGE))
        if len(level) == 32:
            break
    assert content_digest(found, "sha256", "verity") == level + struct.pack("<Q", len(data))


@pytest.mark.parametrize("way", ["chunked", "verity"])
@given(st.binary(min_size=1, max_size=60), st.binary(min_size=1, max_size=60), st.integers(0, 1000))
def test_one_changed_byte_changes_the_digest_unless_it_is_of_the_block(
    way: str, entries: bytes, central: bytes, place: int
) -> None:
    before = sections(entries, central)
    at = place % len(before.data)
    data = before.data[:at] + bytes([before.data[at] ^ 1]) + before.data[at + 1 :]
    after = Sections(data, before.entries_end, before.central, before.end_record)
    in_block = before.entries_end <= at < before.central
    in_place = before.end_record + 16 <= at < before.end_record + 20  # where the directory stands: set back first
    same = content_digest(before, "sha256", way) == content_digest(after, "sha256", way)
    assert same is (in_block or in_place)


def test_a_digest_is_computed_once_a_file() -> None:
    found = sections(b"e" * 100, b"c" * 10)
    first = content_digest(found, "sha256", "chunked")
    found.data = b""
    assert content_digest(found, "sha256", "chunked") is first
