"""The zip reader held against the standard library's writer: the sound reads the same, the broken never breaks it."""

import io
import random
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.examine.apk.zipread import Archive

NAME = st.from_regex(r"[a-zA-Z0-9_]{1,8}(/[a-zA-Z0-9_.]{1,8}){0,3}", fullmatch=True)
BODY = st.one_of(st.binary(max_size=300), st.integers(0, 4000).map(lambda size: b"ab" * size))
FILES = st.dictionaries(NAME, BODY, max_size=8)
METHODS = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
CAP = 1 << 20


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    """Write files with the standard library."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.comment = comment
        for name, body in files.items():
            archive.writestr(zipfile.ZipInfo(name), body, method)
    return out.getvalue()


def read_all(archive: Archive, cap: int = CAP) -> list[tuple[str, bytes]]:
    """Read every entry."""
    return [(entry.name, archive.read(entry, cap)) for entry in archive.entries]


@given(FILES, METHODS, st.binary(max_size=60).filter(lambda text: b"PK" not in text))
@settings(max_examples=60)
def test_a_sound_file_reads_as_it_was_written_and_has_nothing_to_tell(
    files: dict[str, bytes], method: int, comment: bytes
) -> None:
    archive = Archive(packed(files, method, comment))
    assert read_all(archive) == list(files.items())
    assert list(archive.tamper) == []
    assert archive.by_name == {name: place for place, name in enumerate(files)}


@given(FILES, METHODS, st.integers(1, 700))
@settings(max_examples=40)
def test_a_stream_gives_the_same_bytes_in_small_pieces(files: dict[str, bytes], method: int, step: int) -> None:
    archive = Archive(packed(files, method))
    for entry in archive.entries:
        pieces = list(archive.stream(entry, step))
        assert b"".join(pieces) == files[entry.name]
        assert all(len(piece) <= step for piece in pieces)


@given(FILES.filter(bool), METHODS, st.integers(0, 200))
@settings(max_examples=40)
def test_no_more_than_the_cap_is_ever_given(files: dict[str, bytes], method: int, cap: int) -> None:
    archive = Archive(packed(files, method))
    for name, body in read_all(archive, cap):
        assert body == files[name][:cap]


def test_a_cap_of_nothing_gives_nothing_of_a_bomb() -> None:
    """To an inflater a length of 0 means no limit: a budget that is used up must not open the floodgate."""
    archive = Archive(packed({"a": bytes(10_000_000)}, 8))
    assert read_all(archive, 0) == [("a", b"")]


@given(FILES.filter(bool), METHODS, st.data())
@settings(max_examples=80)
def test_a_file_cut_anywhere_is_read_as_far_as_it_goes(
    files: dict[str, bytes], method: int, data: st.DataObject
) -> None:
    whole = packed(files, method)
    cut = data.draw(st.integers(0, len(whole) - 1))
    archive = Archive(whole[:cut])
    for _, body in read_all(archive):
        assert len(body) <= CAP
    for entry in archive.entries:
        assert sum(map(len, archive.stream(entry))) <= CAP


@given(FILES.filter(bool), METHODS, st.integers(0, 2**32 - 1), st.integers(1, 12))
@settings(max_examples=120)
def test_flipped_bytes_never_raise_and_a_changed_content_is_told(
    files: dict[str, bytes], method: int, seed: int, flips: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 -- a test must repeat
    spoilt = bytearray(packed(files, method))
    for _ in range(flips):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    archive = Archive(bytes(spoilt))
    got = read_all(archive)
    if not archive.tamper:
        # nothing told: then nothing a reader sees may differ from what was written under that name
        assert all(files.get(name) in {None, body} for name, body in got)


@given(st.binary(min_size=1, max_size=200).filter(lambda head: b"PK" not in head), FILES.filter(bool))
@settings(max_examples=40)
def test_bytes_in_front_are_seen_through_and_told(head: bytes, files: dict[str, bytes]) -> None:
    archive = Archive(head + packed(files))
    assert read_all(archive) == list(files.items())
    assert "prefix_bytes" in archive.tamper


def test_of_two_entries_of_one_name_the_first_is_taken_and_it_is_told() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a", b"first")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("a", b"second")
    archive = Archive(out.getvalue())
    entry = archive.get("a")
    assert entry is not None
    assert archive.read(entry, CAP) == b"first"
    assert [archive.read(one, CAP) for one in archive.all("a")] == [b"first", b"second"]
    assert "duplicate_entry" in archive.tamper


class Unseekable(io.RawIOBase):
    """A pipe: sizes are not known when the local header is written, so they stand behind the data."""

    def __init__(self) -> None:
        super().__init__()
        self.body = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        self.body += memoryview(piece).tobytes()  # type: ignore[arg-type]  # bytes-like by the protocol
        return len(memoryview(piece))  # type: ignore[arg-type]  # as above


def test_sizes_behind_the_data_are_no_disagreement() -> None:
    pipe = Unseekable()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.txt", b"x" * 5000)
    archive = Archive(bytes(pipe.body))
    assert read_all(archive) == [("a.txt", b"x" * 5000)]
    assert list(archive.tamper) == []


@pytest.mark.parametrize("body", [b"", b"PK", b"PK\5\6", b"PK\5\6" + bytes(18), b"PK\3\4", b"PK\1\2" * 9, bytes(5000)])
def test_what_is_no_archive_has_no_entries_or_none_that_hold_anything(body: bytes) -> None:
    archive = Archive(body)
    assert all(not content for _, content in read_all(archive))


def test_a_bomb_is_cut_at_the_cap_and_told() -> None:
    archive = Archive(packed({"a": bytes(20 << 20)}))
    (entry,) = archive.entries
    assert len(archive.read(entry, 8 << 20)) == 8 << 20
    assert {"entry_cut_at_cap", "compression_bomb"} <= set(archive.tamper)
    assert sum(map(len, archive.stream(entry, limit=1 << 18))) <= (1 << 18) + (1 << 20)


def test_a_small_file_of_blanks_is_no_bomb() -> None:
    archive = Archive(packed({"a.txt": b" " * 100_000}))
    read_all(archive)
    assert list(archive.tamper) == []


@pytest.mark.parametrize("size", range((1 << 20) - 3, (1 << 20) + 300, 37))
def test_an_entry_a_little_longer_than_a_piece_keeps_its_end(size: int) -> None:
    """The engine holds its last bytes back when a piece comes out full: a v1 digest over the rest would be wrong."""
    archive = Archive(packed({"a": bytes(size)}))
    assert sum(map(len, archive.stream(archive.entries[0]))) == size


def test_names_that_are_no_text_stay_apart() -> None:
    """Two names that differ in one byte must not become one by a careless decoding."""
    plain = packed({"aaaa": b"1", "bbbb": b"2"})
    odd = plain.replace(b"aaaa", b"\xff\xfe\x80a").replace(b"bbbb", b"\xff\xfe\x81a")
    archive = Archive(odd)
    assert len({entry.name for entry in archive.entries}) == 2


def test_a_directory_that_says_another_size_is_told() -> None:
    body = bytearray(packed({"a": b"hello"}, zipfile.ZIP_STORED))
    central = bytes(body).index(b"PK\1\2")
    struct.pack_into("<I", body, central + 24, 4)
    archive = Archive(bytes(body))
    read_all(archive)
    assert set(archive.tamper) & {"local_sizes_differ", "size_lie", "bad_crc"}
