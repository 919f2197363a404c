"""Hostile lists through the command line: one line for each bad thing, the rest goes on, and memory does not grow."""

# ruff: noqa: E501  # tables of hostile lines read best in long rows

import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhengben.cli.main import main

GOOD = "weilidai-app.cn"
# VmHWM is of this program alone; ru_maxrss would also count what the tests' own process held when it started it
LIMIT = """
import sys
from pathlib import Path
from zhengben.cli.main import main
code = main(sys.argv[1:])
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(code, int(peak.split()[1]) // 1024, file=sys.stderr)
"""


def screened(path: Path, *options: str, what: str = "hosts") -> tuple[int, list[dict[str, object]], list[str]]:
    """Screen a file as a user does, in this process; give the exit code, the hits and the lines of complaint."""
    out, err = io.StringIO(), io.StringIO()
    real = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err
    try:
        code = main(["screen", what, "--json", *options, str(path)])
    finally:
        sys.stdout, sys.stderr = real
    return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue().splitlines()


def idn(label: str) -> str:
    """Give a label in its xn-- form."""
    return "xn--" + label.encode("punycode").decode()


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        (b"\xff\xfe\xfd.cn", "not valid UTF-8"),
        (b"\xe5\xbe", "not valid UTF-8"),
        (b"\xed\xa0\x80.cn", "not valid UTF-8"),
        (b"weilidai..cn", "empty label"),
        (b"..", "empty label"),
        (b".".join([b"a"] * 300), "longer than"),
        (b"weilidai" * 40 + b".cn", "longer than"),
        (b"x" * 10_000_000, "more than"),
        (b"xn--\xff.cn", "not valid UTF-8"),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else value,
)
def test_one_bad_line_is_told_with_its_number_and_the_rest_goes_on(bad: bytes, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "hosts.txt"
    path.write_bytes(b"example.org\n" + bad + b"\n" + GOOD.encode() + b"\n")
    code, hits, told = screened(path)
    assert code == 3
    assert [hit["name"] for hit in hits] == [GOOD]
    assert len(told) == 1
    assert f"{path}:2: " in told[0]
    assert complaint in told[0]


@pytest.mark.parametrize(
    "odd",
    [
        "xn--!!.cn", "xn--.cn", "xn--999999999999999999.cn", "xn--a-ecp.ru", "xn--" + "9" * 59 + ".cn", "\u202emoc.knabew", "weilidai\u202e.cn", "\u2066webank.com\u2069",
        "-.-", "-", ".", "a.", "_dmarc._tcp.x", "*", "*.", "*.*.cn", "http://weilidai.cn/x", "user@weilidai.cn", "1.2.3.4", "[::1]", "weilidai.cn:443", "a" * 63, "\x00", "\t", "\ufeff", "\u3002", "。。", "\U000e0001.cn",
    ],
)  # fmt: skip
def test_what_is_merely_odd_stops_nothing(odd: str, tmp_path: Path) -> None:
    path = tmp_path / "hosts.txt"
    path.write_text(f"{odd}\n{GOOD}\n", "utf-8")
    code, hits, told = screened(path)
    assert GOOD in [hit["name"] for hit in hits]
    assert (code, told) == (0, []) or code == 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\n\r\n", "\n\n\n"])
def test_line_ends_of_every_kind_are_line_ends(end: str, tmp_path: Path) -> None:
    path = tmp_path / "hosts.txt"
    path.write_bytes(end.join(["example.org", GOOD, "webnak.com"]).encode())
    assert [hit["name"] for hit in screened(path)[1]] == [GOOD, "webnak.com"]


@pytest.mark.parametrize("cut", [1, 5, 10, 11, 100, 1000])
def test_a_gzip_file_cut_anywhere_is_one_line(cut: int, tmp_path: Path) -> None:
    path = tmp_path / "hosts.txt.gz"
    names = GOOD + "\n" + "".join(f"n{i * 7919 % 100_003}.example\n" for i in range(20_000))
    whole = gzip.compress(names.encode())
    path.write_bytes(whole[:-cut])
    code, hits, told = screened(path)
    assert code == 3
    assert len(told) == 1
    assert "ends early or is damaged" in told[0]
    assert [hit["name"] for hit in hits] == [GOOD]
    assert int(told[0].partition("after line ")[2].partition(":")[0]) > 15_000, "what came before was read"


def test_a_gzip_file_of_two_members_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "hosts.gz"
    path.write_bytes(gzip.compress(GOOD.encode() + b"\n") + gzip.compress(b"webnak.com\n"))
    assert [hit["name"] for hit in screened(path)[1]] == [GOOD, "webnak.com"]


def test_rubbish_behind_a_gzip_file_is_told_and_what_came_before_counts(tmp_path: Path) -> None:
    path = tmp_path / "hosts.gz"
    path.write_bytes(gzip.compress(GOOD.encode() + b"\n") + b"rubbish" * 9)
    code, hits, told = screened(path)
    assert (code, len(told)) == (3, 1)
    assert [hit["name"] for hit in hits] == [GOOD]


@pytest.mark.parametrize("keep", [4, 8, 100, -1, -8])
def test_a_parquet_file_cut_anywhere_is_one_line_that_says_what_to_do(keep: int, tmp_path: Path) -> None:
    path = tmp_path / "hosts.parquet"
    pq.write_table(pa.table({"name": [GOOD] * 5000}), path)
    path.write_bytes(path.read_bytes()[:keep])
    code, hits, told = screened(path)
    assert (code, hits, len(told)) == (2, [], 1)
    assert "write it again" in told[0]


def test_a_parquet_file_damaged_inside_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "hosts.parquet"
    pq.write_table(pa.table({"name": [f"n{i * 7919}.example" for i in range(50_000)]}), path)
    whole = bytearray(path.read_bytes())
    whole[1000:3000] = os.urandom(1) * 2000
    path.write_bytes(whole)
    code, _, told = screened(path)
    assert code in (0, 2)
    assert len(told) <= 1


@pytest.mark.parametrize("column", [[None, GOOD, None], [None, None, None], []])
def test_nulls_are_no_names(column: list[str | None], tmp_path: Path) -> None:
    path = tmp_path / "hosts.parquet"
    pq.write_table(pa.table({"name": pa.array(column, pa.string())}), path)
    code, hits, _ = screened(path)
    assert code == 0
    assert len(hits) == column.count(GOOD)


def test_a_broken_file_among_good_ones_stops_none_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [tmp_path / name for name in ("a.txt", "b.gz", "c.parquet", "d.txt")]
    paths[0].write_text("webnak.com\n")
    paths[1].write_bytes(b"\x1f\x8b\x08 no gzip")
    paths[2].write_bytes(b"PAR1")
    paths[3].write_text(GOOD + "\n")
    assert main(["screen", "hosts", "--json", *map(str, paths)]) == 2
    told = capsys.readouterr()
    assert [json.loads(line)["name"] for line in told.out.splitlines()] == ["webnak.com", GOOD]
    assert len(told.err.splitlines()) == 2


def test_standard_input_may_be_named_twice(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"webnak.com\n")))
    assert main(["screen", "hosts", "--json", "-", "-"]) == 0
    told = capsys.readouterr()
    assert (len(told.out.splitlines()), told.err) == (1, "")
    assert sys.stdin.read() == ""  # still open


@pytest.mark.parametrize("data", [b"", b"w", b"\x1f", b"\x1f\x8b", b"\n"])
def test_the_smallest_inputs_are_inputs(
    data: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["screen", "hosts", "--json", "-"]) in (0, 3)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("tongue", "shown", "progress"),
    [("zh_CN.UTF-8", "相邻字母颠倒", "已看 2 个域名，命中 1"), ("en_GB.UTF-8", "swapped", "2 names, 1 hits")],
)
def test_people_read_their_own_language(
    tongue: str, shown: str, progress: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("LANG", tongue)
    monkeypatch.setattr("zhengben.cli.screen_hosts.EVERY", 0.0)
    path = tmp_path / "hosts.txt"
    path.write_text("webnak.com\na..b\n")
    assert main(["screen", "hosts", str(path)]) == 3
    told = capsys.readouterr()
    assert shown in told.out
    assert progress in told.err
    assert ("空的一节" in told.err) == tongue.startswith("zh")


@pytest.mark.parametrize(
    ("tongue", "shown", "counted"), [("zh_CN.UTF-8", "同音字", "条消息"), ("en_GB.UTF-8", "same sound", "messages")]
)
def test_messages_are_called_messages_in_their_language(
    tongue: str, shown: str, counted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("LANG", tongue)
    monkeypatch.setattr("zhengben.cli.screen_hosts.EVERY", 0.0)
    path = tmp_path / "text.txt"
    path.write_bytes("微立贷怎么开\n".encode() + b"\xff\n" * 25)
    assert main(["screen", "text", str(path)]) == 3
    told = capsys.readouterr()
    assert shown in told.out
    assert counted in told.err
    assert "left out" not in told.err  # nothing of a message is left out: it was read
    assert "已略过" not in told.err


@pytest.mark.no_cover  # sizes, not branches: counting lines would take most of the time
@pytest.mark.parametrize(
    "text",
    [
        "微粒贷" * 20_000, "\u202e贷粒微" * 5_000, "&#24494;" * 20_000, "%E5%BE" * 20_000, "\\n" * 50_000, "微" * 300_000, "\u200b" * 300_000 + "微粒贷",
        "w" * 300_000, "ＷＬＤ" * 30_000, "微\u0336粒\u0336贷\u0336" * 5_000, "a b " * 100_000,
    ],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_a_message_made_to_be_slow_is_read_in_seconds(text: str, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(f"{text}\n微粒贷提额\n", "utf-8")
    code, hits, told = screened(path, what="text")
    assert code in (0, 1, 3)
    assert any(hit["line"] == 2 for hit in hits)
    assert len(told) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["long_lines", "bad_lines", "no_lines", "bomb"])
def test_memory_stays_where_it_is_whatever_comes(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "hosts.txt"
    if kind == "bomb":  # 400 MB of one letter in 400 kB
        path = tmp_path / "hosts.txt.gz"
        with gzip.open(path, "wb", compresslevel=9) as file:
            for _ in range(400):
                file.write(b"x" * (1 << 20))
    else:
        piece = {
            "long_lines": b"x" * 10_000_000 + b"\n",
            "bad_lines": b"\xff..\n" * 1_000_000,
            "no_lines": b"y" * 10_000_000,
        }[kind]
        with path.open("wb") as file:
            for _ in range(12):
                file.write(piece)
            file.write(b"\n" + GOOD.encode() + b"\n")
    run = subprocess.run(
        [sys.executable, "-c", LIMIT, "screen", "hosts", "--json", "--quiet", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    code, peak = map(int, run.stderr.splitlines()[-1].split())
    assert code == 3
    assert peak < 400, f"{peak} MB"
    assert (GOOD in run.stdout) == (kind != "bomb")


@pytest.mark.parametrize(
    ("raw", "told", "hit"),
    [
        ("花呗套现".encode("gb18030"), "read as GB18030", "1:0-2"),
        ("代开微粒贷，秒下款\r".encode("gbk"), "read as GB18030", "1:2-5"),
        ("代开微粒贷".encode() + b"\xff", "read with the bad bytes replaced", "1:2-5"),
        (b"\xff\xfe\x00\x01", "read with the bad bytes replaced", ""),
        ("龘靐齉爩".encode("gb18030"), "read with the bad bytes replaced", ""),
    ],
)
def test_a_message_in_the_encoding_of_old_chinese_systems_is_read_in_it(
    raw: bytes, told: str, hit: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "m.txt").write_bytes(raw + b"\n")
    assert main(["--lang", "en", "screen", "text", "--quiet", str(tmp_path / "m.txt")]) == 3
    out, err = capsys.readouterr()
    assert out.startswith(hit) or not hit
    assert told in err
