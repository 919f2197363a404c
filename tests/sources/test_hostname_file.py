"""A file of hostnames as lists, zones and exports really look: every host once, every other line told by its number."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.sources import hostname_file
from zhengben.sources.base import BATCH, Batch
from zhengben.sources.hostname_file import HostnameFile, open_source

LABEL = st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
HOST = st.lists(LABEL, min_size=2, max_size=4).map(".".join).filter(lambda host: 3 < len(host) <= 253)


def hosts(batches: list[Batch]) -> list[str]:
    """Give the hosts of several batches."""
    return [lead.locator for batch in batches for lead in batch.leads]


def aside(batches: list[Batch]) -> list[tuple[int, str]]:
    """Give the line and the reason of what was set aside."""
    return [(one.line, one.reason) for batch in batches for one in batch.aside]


def read(path: Path, body: bytes) -> list[Batch]:
    """Write a file and read it to its end."""
    path.write_bytes(body)
    return list(HostnameFile("list", path).read({}))


@pytest.mark.parametrize(
    ("line", "host"),
    [
        ("WeiLiDai.CN", "weilidai.cn"),
        ("  weilidai.cn \t", "weilidai.cn"),
        ("*.weilidai.cn", "weilidai.cn"),
        ('"weilidai.cn",2026-11-22,registrar', "weilidai.cn"),
        ("weilidai.cn,a,b,c", "weilidai.cn"),
        ("微粒贷.cn", "微粒贷.cn"),
        ("xn--g5t065dinl.cn", "xn--g5t065dinl.cn"),
        ("weilidai.cn.", "weilidai.cn."),
        ("_dmarc.weilidai.cn", "_dmarc.weilidai.cn"),
        ("1.2.3.4", "1.2.3.4"),
        ("weilidai.cn\r", "weilidai.cn"),
    ],
)
def test_a_host_is_found_however_the_line_is_written(tmp_path: Path, line: str, host: str) -> None:
    batches = read(tmp_path / "a.csv", f"{line}\n".encode())
    assert (hosts(batches), aside(batches)) == ([host], [])


@pytest.mark.parametrize("line", ["# a comment", "// a comment", "#weilidai.cn", "", "   ", "\t", '""', ","])
def test_comments_and_empty_lines_are_nothing_at_all(tmp_path: Path, line: str) -> None:
    batches = read(tmp_path / "a.txt", f"{line}\n".encode())
    assert (hosts(batches), aside(batches)) == ([], [])


@pytest.mark.parametrize(
    "line",
    [
        "https://weilidai.cn/", "weilidai.cn/path", "user@weilidai.cn", "weilidai.cn:8080", "wei li dai.cn", "weilidai",
        ".cn.", "a.b", "a" * 251 + ".cn", "weilidai\\.cn", "weilidai.cn\x00", "\ufffd.cn",
    ],
)  # fmt: skip
def test_what_is_no_hostname_is_set_aside_with_its_line_and_its_words(tmp_path: Path, line: str) -> None:
    batches = read(tmp_path / "a.txt", f"# head\n{line}\nweilidai.cn\n".encode())
    assert hosts(batches) == ["weilidai.cn"]
    assert aside(batches) == [(2, "no_hostname")]
    assert batches[0].aside[0].text.startswith(line[:20].strip())


def test_bytes_of_another_encoding_are_set_aside_and_the_rest_is_read(tmp_path: Path) -> None:
    batches = read(tmp_path / "a.txt", "微粒贷.cn\n".encode("gb18030") + b"weilidai.cn\n")
    assert (hosts(batches), aside(batches)) == (["weilidai.cn"], [(1, "no_hostname")])


def test_a_byte_order_mark_belongs_to_no_host(tmp_path: Path) -> None:
    assert hosts(read(tmp_path / "a.txt", b"\xef\xbb\xbfweilidai.cn\n")) == ["weilidai.cn"]


@given(st.lists(HOST, max_size=40), st.integers(1, 7), st.integers(0, 20))
@settings(max_examples=50)
def test_every_host_comes_once_wherever_reading_stops(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], size: int, stop: int
) -> None:
    path = tmp_path_factory.mktemp("hosts") / "a.txt"
    path.write_text("".join(f"{name}\n" for name in names), "ascii")
    source = HostnameFile("list", path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hostname_file, "BATCH", size)
        whole = list(source.read({}))
        assert all(len(batch.leads) <= size for batch in whole)
        done = whole[: min(stop, len(whole) - 1) + 1]
        rest = list(source.read(done[-1].cursor))
    assert hosts(done) + hosts(rest) == names


def test_a_list_as_long_as_a_zone_is_never_held_whole(tmp_path: Path) -> None:
    path = tmp_path / "zone.txt"
    path.write_bytes(b"".join(b"host-%d.example\n" % n for n in range(5500)))
    sizes = [len(batch.leads) for batch in HostnameFile("list", path).read({})]
    assert sum(sizes) == 5500
    assert max(sizes) <= BATCH


def test_the_moment_of_a_host_is_the_moment_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    before = datetime.now(UTC).timestamp()
    (lead,) = (lead for batch in read(path, b"weilidai.cn\n") for lead in batch.leads)
    assert lead.seen_at.tzinfo is not None
    assert abs(lead.seen_at.timestamp() - before) < 60
    assert (lead.kind, lead.source) == ("domain", "list")


def test_the_place_named_is_the_file_and_not_its_folder(tmp_path: Path) -> None:
    assert {batch.place for batch in read(tmp_path / "today.txt", b"weilidai.cn\nno host\n")} == {"today.txt"}


def test_a_packed_list_is_read_like_a_plain_one(tmp_path: Path) -> None:
    body = b"# names\nweilidai.cn\nno host\n"
    plain, packed = read(tmp_path / "a.txt", body), read(tmp_path / "a.txt.gz", gzip.compress(body))
    assert (hosts(plain), aside(plain)) == (hosts(packed), aside(packed))


def test_a_file_that_is_not_there_is_trouble_and_names_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"missing\.txt"):
        list(HostnameFile("list", tmp_path / "missing.txt").read({}))


def test_a_folder_in_place_of_the_file_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        list(HostnameFile("list", tmp_path).read({}))


@pytest.mark.parametrize("cursor", [{}, {"spot": None}, {"spot": 3}, {"spot": {"offset": "x"}}, {"other": 1}], ids=str)
def test_a_cursor_of_another_make_means_the_beginning(tmp_path: Path, cursor: dict[str, object]) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"weilidai.cn\n")
    assert hosts(list(HostnameFile("list", path).read(cursor))) == ["weilidai.cn"]


def test_it_is_bulk_so_that_it_is_screened_by_name_first(tmp_path: Path) -> None:
    source = open_source("list", {"path": str(tmp_path / "a.txt")})
    assert source.bulk
    assert (source.name, source.path) == ("list", tmp_path / "a.txt")


@pytest.mark.parametrize("settings_", [{}, {"path": ""}, {"path": "  "}, {"path": 3}, {"path": None}], ids=str)
def test_without_a_path_the_source_says_which_setting_it_lacks(settings_: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="source list: the setting 'path' is missing; give it as text"):
        open_source("list", settings_)
