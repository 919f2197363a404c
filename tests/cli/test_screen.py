"""`screen hosts` and `screen text` as a user meets them: any input, one line for what is wrong, the rest goes on."""

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhengben.cli.main import main

HOSTS = ["weilidai-app.cn", "example.org", "www.webank.com", "webnak.com"]
FOUND = ["weilidai-app.cn", "webnak.com"]


def names(out: str) -> list[str]:
    return [json.loads(line)["name"] for line in out.splitlines()]


@pytest.mark.parametrize("form", ["txt", "csv", "txt.gz", "parquet", "rank.csv"])
def test_every_form_of_input_gives_the_same_hits(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"hosts.{form}"
    plain = "\n".join(HOSTS) + "\n"
    if form == "parquet":
        pq.write_table(pa.table({"id": [1, 2, 3, 4], "name": HOSTS}), path)
    elif form.endswith("gz"):
        path.write_bytes(gzip.compress(plain.encode()))
    elif form == "rank.csv":
        path.write_text("".join(f"{i},{name}\n" for i, name in enumerate(HOSTS, 1)))
    else:
        path.write_text("domain\n" + plain if form == "csv" else plain)
    assert main(["screen", "hosts", "--json", str(path)]) == 0
    assert names(capsys.readouterr().out) == FOUND


def test_standard_input_may_be_gzipped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress("\r\n".join(HOSTS).encode()))))
    assert main(["screen", "hosts", "--json", "-"]) == 0
    assert names(capsys.readouterr().out) == FOUND


def test_bad_lines_get_one_line_each_and_the_rest_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hosts.txt"
    path.write_bytes(b"weilidai-app.cn\n\xff\xfe.bad\na..b\n" + b"x." * 300 + b"cn\nxn--!!.cn\nwebnak.com\n")
    assert main(["screen", "hosts", "--json", str(path)]) == 3
    told = capsys.readouterr()
    assert names(told.out) == FOUND
    assert [line.split(": ")[1].rpartition(":")[2] for line in told.err.splitlines()] == ["2", "3", "4"]


def test_a_line_of_ten_megabytes_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hosts.txt"
    path.write_bytes(b"weilidai-app.cn\n" + b"x" * 10_000_000 + b"\nwebnak.com\n")
    assert main(["screen", "hosts", "--json", str(path)]) == 3
    told = capsys.readouterr()
    assert names(told.out) == FOUND
    assert len(told.err.splitlines()) == 1


def test_truncated_gzip_is_told_and_what_came_before_is_screened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hosts.txt.gz"
    whole = gzip.compress(("weilidai-app.cn\n" + "".join(f"n{i * 7919}.example\n" for i in range(400_000))).encode())
    path.write_bytes(whole[: len(whole) // 2])
    assert main(["screen", "hosts", "--json", str(path)]) == 3
    told = capsys.readouterr()
    assert len(told.err.splitlines()) == 1
    assert "damaged" in told.err


def test_unreadable_input_is_one_line_and_the_next_file_is_still_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, good = tmp_path / "broken.parquet", tmp_path / "good.txt"
    broken.write_bytes(b"PAR1 no")
    good.write_text("webnak.com\n")
    assert main(["screen", "hosts", "--json", str(tmp_path / "none.txt"), str(broken), str(good)]) == 2
    told = capsys.readouterr()
    assert names(told.out) == ["webnak.com"]
    assert len(told.err.splitlines()) == 2


def test_a_pool_of_processes_gives_the_same_hits_in_the_same_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hosts.txt"
    path.write_text("".join(f"n{i}.example\n" if i % 50_000 else f"weilidai{i}.cn\n" for i in range(600_000)))
    assert main(["screen", "hosts", "--json", "--quiet", str(path)]) == 0
    alone = capsys.readouterr().out
    assert main(["screen", "hosts", "--json", "--quiet", "--workers", "2", str(path)]) == 0
    assert capsys.readouterr().out == alone
    assert len(names(alone)) == 12


def test_text_lines_count_from_one_and_offsets_from_nought(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "text.txt"
    path.write_text("今天开会\n点这里下载 微\u200b粒贷 客户端\n", "utf-8")
    main(["screen", "text", "--json", str(path)])
    row = json.loads(capsys.readouterr().out)
    assert (row["line"], row["start"], row["end"], row["matched"], row["kind"]) == (
        2,
        6,
        10,
        "微\u200b粒贷",
        "zero_width",
    )
    assert {"brand", "score", "characters", "intent"} <= set(row)
    assert [c["index"] for c in row["characters"]] == [6, 8, 9]


def test_text_with_bad_bytes_is_read_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("微粒贷".encode() + b"\xff\n" + "明天\n".encode())
    assert main(["screen", "text", "--json", str(path)]) == 3
    told = capsys.readouterr()
    assert [json.loads(line)["line"] for line in told.out.splitlines()] == [1]
    assert len(told.err.splitlines()) == 1
