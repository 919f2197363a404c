"""Reading a growing file line by line: nothing lost, nothing twice, whatever becomes of the file in between."""

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from zhengben.sources.lines import HEAD, LONGEST, Spot, read_on

PIECES = st.binary(min_size=1, max_size=60).filter(lambda piece: b"\n" not in piece)


def read(path: Path, spot: Spot) -> tuple[list[bytes | None], Spot]:
    """Read on as a source does: to the end, then remember the file's size."""
    bodies: list[bytes | None] = []
    for line in read_on(path, spot):
        bodies.append(line.body)
        spot = line.after
    return bodies, Spot(spot.offset, spot.line, spot.head, path.stat().st_size)


def all_of(path: Path, spot: Spot) -> tuple[list[bytes | None], Spot]:
    """Read until the file has rested, so that a last line without its end is taken too."""
    first, spot = read(path, spot)
    second, spot = read(path, spot)
    return first + second, spot


class Growing(RuleBasedStateMachine):
    """A file that is appended to, and read from a stored spot in between."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "a.txt"
        self.path.write_bytes(b"")
        self.spot, self.got, self.written = Spot(), list[bytes | None](), b""

    @rule(piece=PIECES, ends=st.booleans())
    def somebody_writes(self, piece: bytes, ends: bool) -> None:  # noqa: FBT001  # a strategy gives it by name
        more = piece + (b"\n" if ends else b"")
        with self.path.open("ab") as file:
            file.write(more)
        self.written += more

    @rule()
    def we_read(self) -> None:
        before = self.path.stat().st_size
        rested = before == self.spot.seen
        bodies, self.spot = read(self.path, Spot.of(self.spot.stored()))
        self.got += bodies
        if rested and not self.written.endswith(b"\n"):
            self.written = self.written[: self.spot.offset]

    @invariant()
    def what_was_given_is_what_was_written_in_order(self) -> None:
        if not hasattr(self, "path"):
            return
        given = b"".join(body or b"" for body in self.got)
        assert self.path.read_bytes().startswith(given)
        assert self.spot.offset == len(given)
        assert self.spot.line == len(self.got)

    def teardown(self) -> None:
        bodies, _ = all_of(self.path, self.spot)
        assert b"".join(body or b"" for body in [*self.got, *bodies]) == self.path.read_bytes()
        self.folder.cleanup()


TestGrowing = Growing.TestCase
TestGrowing.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)


@given(st.lists(PIECES, min_size=1, max_size=30), st.integers(0, 30))
@settings(max_examples=60)
def test_a_crash_after_any_line_resumes_behind_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[bytes], stop: int
) -> None:
    path = tmp_path_factory.mktemp("rows") / "a.txt"
    path.write_bytes(b"".join(row + b"\n" for row in rows))
    lines = list(read_on(path, Spot()))
    spot = lines[min(stop, len(lines) - 1)].after
    rest = list(read_on(path, Spot.of(spot.stored())))
    assert [line.number for line in rest] == list(range(spot.line + 1, len(rows) + 1))
    assert [line.body for line in rest] == [line.body for line in lines[spot.line :]]


@pytest.mark.parametrize("length", [3, 40, HEAD - 1, HEAD, HEAD + 1, 3 * HEAD])
@pytest.mark.parametrize("longer", [0, 1, 500])
def test_a_file_written_anew_is_read_from_its_beginning_however_short_it_was(
    tmp_path: Path, length: int, longer: int
) -> None:
    """Yesterday's list under the same name: reading on in the middle would lose names and make up others."""
    path = tmp_path / "today.txt"
    path.write_bytes(b"a" * (length - 1) + b"\n")
    _, spot = all_of(path, Spot())
    path.write_bytes(b"b" * (length - 1 + longer) + b"\nnew.example\n")
    bodies, _ = all_of(path, spot)
    assert bodies == [b"b" * (length - 1 + longer) + b"\n", b"new.example\n"]


def test_a_file_cut_short_is_read_from_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\ntwo\nthree\n")
    _, spot = all_of(path, Spot())
    path.write_bytes(b"one\n")
    assert all_of(path, spot)[0] == [b"one\n"]


def test_a_file_emptied_and_filled_again_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\n")
    _, spot = all_of(path, Spot())
    path.write_bytes(b"")
    bodies, spot = all_of(path, spot)
    assert bodies == []
    path.write_bytes(b"four\n")
    assert all_of(path, spot)[0] == [b"four\n"]


def test_a_packed_file_that_gets_another_member_is_read_on(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"one\n", mtime=1))
    bodies, spot = all_of(path, Spot())
    with path.open("ab") as file:
        file.write(gzip.compress(b"two\n", mtime=2))
    assert (bodies, all_of(path, spot)[0]) == ([b"one\n"], [b"two\n"])


def test_a_packed_file_written_anew_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"one\n", mtime=1))
    _, spot = all_of(path, Spot())
    path.write_bytes(gzip.compress(b"ten\n", mtime=2))
    assert all_of(path, spot)[0] == [b"ten\n"]


def test_a_packed_file_still_being_written_gives_what_is_whole_and_the_rest_later(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    whole = gzip.compress(b"".join(b"host-%d.example\n" % n for n in range(5000)), mtime=1)
    path.write_bytes(whole[: len(whole) // 2])
    first, spot = read(path, Spot())
    path.write_bytes(whole)
    second, _ = all_of(path, spot)
    assert b"".join(body or b"" for body in first + second) == gzip.decompress(whole)


def test_a_packed_file_that_rests_broken_off_is_trouble_and_never_simply_over(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    whole = gzip.compress(b"".join(b"host-%d.example\n" % n for n in range(5000)), mtime=1)
    path.write_bytes(whole[:-50])
    _, spot = read(path, Spot())
    with pytest.raises(OSError, match=r"a\.txt\.gz: .* breaks off .*; deliver it again"):
        read(path, spot)


def test_a_packed_file_with_broken_data_is_trouble(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    whole = bytearray(gzip.compress(b"".join(b"host-%d.example\n" % n for n in range(5000)), mtime=1))
    whole[len(whole) // 2 : len(whole) // 2 + 40] = b"\xff" * 40
    path.write_bytes(whole)
    with pytest.raises(OSError, match=r"a\.txt\.gz|CRC|packed"):
        read(path, Spot())


@pytest.mark.parametrize("length", [LONGEST - 1, LONGEST, LONGEST + 1, 2 * LONGEST, 2 * LONGEST + 1])
def test_a_line_of_any_length_moves_the_spot_by_its_bytes(tmp_path: Path, length: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * length + b"\nshort\n")
    lines = list(read_on(path, Spot()))
    assert [line.after.offset for line in lines] == [length + 1, length + 7]
    assert (lines[0].body is None) == (length > LONGEST)
    assert lines[1].body == b"short\n"


@pytest.mark.parametrize(
    "stored",
    [
        None,
        "",
        3,
        [],
        {},
        {"offset": "7"},
        {"offset": None, "line": [], "head": 5, "seen": {}},
        {"offset": 1.5},
        {"offset": -7, "line": -1, "seen": -3},
    ],
    ids=str,
)
def test_a_stored_spot_that_is_none_means_the_beginning(stored: object) -> None:
    assert (Spot.of(stored).offset, Spot.of(stored).line, Spot.of(stored).seen) == (0, 0, 0)


@given(st.builds(Spot, st.integers(0), st.integers(0), st.text(max_size=64), st.integers(0)))
def test_a_spot_survives_being_stored(spot: Spot) -> None:
    assert Spot.of(spot.stored()) == spot


def test_carriage_returns_belong_to_the_line_and_never_split_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\ntwo\rthree\x0b\x85\xe2\x80\xa8four\n")
    assert [line.body for line in read_on(path, Spot())] == [b"one\r\n", b"two\rthree\x0b\x85\xe2\x80\xa8four\n"]
