"""`screen hosts` and `screen text` as a user meets them: any input, one line for what is wrong, the rest goes on."""

import gzip
import io
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhengben.cli import screen_hosts, screen_input, screen_runners
from zhengben.cli.main import main
from zhengben.flow.dossiers import load_brands

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
    assert [line.split(": ")[1].rpartition(":")[2] for line in told.err.splitlines()] == ["2", "3", "4", "5"]


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


AD = "下载微粒贷APP，强开额度，加QQ 2831907756"


@pytest.mark.parametrize(
    "table",
    [
        "rank,site\n1,weilidai-app.cn\n2,webnak.com\n",  # a heading nobody knows
        "\n1,weilidai-app.cn\n2,webnak.com\n",  # a blank line before everything
        "\ufeffrank,Domain\n1,weilidai-app.cn\n2,webnak.com\n",  # as spreadsheets save it
        "1,weilidai-app.cn\n2,odd\rline.cn\n3,webnak.com\n",  # a bare carriage return
        f"1,weilidai-app.cn\n2,{'x' * 200_000}.cn\n3,webnak.com\n",  # an endless cell
        "1.5,10.0.0.1\n1.5,weilidai-app.cn\n\n1\n1.5,webnak.com\n",  # numbers with points, a short row
    ],
)
def test_an_odd_table_hides_nothing(table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hosts.csv"
    path.write_bytes(table.encode())
    main(["screen", "hosts", "--json", str(path)])
    assert names(capsys.readouterr().out) == FOUND


@pytest.mark.parametrize("table", ["", "rank,site\n", "\n\n", "1\n2\n"])
def test_a_table_without_names_gives_nothing(table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hosts.csv"
    path.write_text(table)
    assert main(["screen", "hosts", "--json", str(path)]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


def test_a_column_of_bytes_is_read_as_names_and_bad_text_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = pa.array([b"weilidai-app.cn", b"\xff\xfe.cn", None, b"webnak.com"], pa.binary())
    text = pa.StringArray.from_buffers(4, cells.buffers()[1], cells.buffers()[2], cells.buffers()[0])
    for name, column in (("bytes", cells), ("text", text), ("long", text.cast(pa.binary()).cast(pa.large_binary()))):
        path = tmp_path / f"{name}.parquet"
        pq.write_table(pa.table({"name": column}), path)
        assert main(["screen", "hosts", "--json", str(path)]) == 3
        told = capsys.readouterr()
        assert names(told.out) == FOUND
        assert f"{name}.parquet:2: is not valid UTF-8; left out" in told.err
    large = tmp_path / "large.parquet"
    pq.write_table(pa.table({"name": pa.array(HOSTS, pa.large_string()), "n": [1, 2, 3, 4]}), large)
    assert main(["screen", "hosts", "--json", str(large)]) == 0
    assert names(capsys.readouterr().out) == FOUND


def test_a_parquet_file_without_columns_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pq.write_table(pa.table({}), tmp_path / "none.parquet")
    assert main(["screen", "hosts", str(tmp_path / "none.parquet")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_people_read_score_name_brand_and_how(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hosts.txt"
    path.write_text("例子.中国\n微粒贷.cn\nwebnak.com\n", "utf-8")
    assert main(["screen", "hosts", str(path)]) == 0
    rows = [line.split("  ") for line in capsys.readouterr().out.splitlines()]
    assert [row[1:3] for row in rows] == [["微粒贷.cn", "weilidai"], ["webnak.com", "webank"]]
    assert all(0 < int(row[0]) <= 100 and row[3] for row in rows)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("wei1idai-app.cn", "wei[1]idai-app.cn"),
        ("*.WEI1idai.cn", "*.WEI[1]idai.cn"),
        ("微粒貸.cn", "微粒[貸].cn"),
        ("xn--" + "微粒貸官网".encode("punycode").decode() + ".com", "微粒[貸]官网.com"),
        ("wei-lidai.com", "wei[-]lidai.com"),
    ],
)
def test_people_see_which_characters_of_a_host_differ_and_may_still_copy_the_name(
    name: str, shown: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hosts.txt"
    path.write_text(f"{name}\n", "utf-8")
    main(["screen", "hosts", str(path)])
    row = capsys.readouterr().out.rstrip("\n").split("  ")
    assert (row[1], row[-1]) == (name, shown)


@pytest.mark.parametrize("name", ["jiebei-kefu.top", "weilidai.com.evil.cn", "微粒贷.cn"])
def test_a_host_with_the_name_as_it_is_has_nothing_in_brackets(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hosts.txt"
    path.write_text(f"{name}\n", "utf-8")
    main(["screen", "hosts", str(path)])
    assert len(capsys.readouterr().out.rstrip("\n").split("  ")) == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("开通薇粒货加微信", "1:2-5  薇粒货  weilidai  [薇]粒[货]"),
        ("微 粒 贷 额度", "1:0-5  微 粒 贷  weilidai  微[ ]粒[ ]贷"),
        ("【微\u200b粒货】", "1:1-5  微‹U+200B›粒货  weilidai  微[‹U+200B›]粒[货]"),
        ("微米立贷放款", "1:0-4  微米立贷  weilidai  微[米立]贷"),
    ],
)
def test_people_see_which_characters_of_a_message_differ(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "messages.txt"
    path.write_text(f"{text}\n", "utf-8")
    main(["screen", "text", "--brand", "weilidai", str(path)])
    where, matched, brand, _how, shown = capsys.readouterr().out.rstrip("\n").split("  ")
    assert f"{where}  {matched}  {brand}  {shown}" == told


def test_many_bad_lines_are_summed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hosts.txt"
    path.write_text("a..b\n" * 25 + "webnak.com\n")
    assert main(["screen", "hosts", "--json", str(path)]) == 3
    told = capsys.readouterr()
    assert names(told.out) == ["webnak.com"]
    lines = told.err.splitlines()
    assert len(lines) == 21
    assert lines[-1].endswith("5 more lines were left out")


def test_progress_is_told_unless_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hosts.txt"
    path.write_text("webnak.com\nexample.org\n")
    monkeypatch.setattr(screen_hosts, "EVERY", 0.0)
    main(["screen", "hosts", "--json", str(path)])
    assert "2 names, 1 hits, 0 left out" in capsys.readouterr().err
    main(["screen", "hosts", "--json", "--quiet", str(path)])
    assert capsys.readouterr().err == ""


def test_a_long_run_ends_with_its_totals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hosts.txt"
    path.write_text("a.cn\n" * 1_000_000 + "webnak.com\n")
    assert main(["screen", "hosts", "--json", str(path)]) == 0
    assert "1,000,001 names, 1 hits, 0 left out" in capsys.readouterr().err


def test_a_file_nobody_may_read_is_one_line_and_the_next_is_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    locked, good = tmp_path / "locked.txt", tmp_path / "good.txt"
    locked.write_text("weilidai-app.cn\n")
    good.write_text("webnak.com\n")
    real = Path.open

    def guarded(path: Path, *words: Any, **more: Any) -> Any:
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *words, **more)

    monkeypatch.setattr(Path, "open", guarded)
    assert main(["screen", "hosts", "--json", str(locked), str(good)]) == 2
    told = capsys.readouterr()
    assert names(told.out) == ["webnak.com"]
    assert f"{locked}: Permission denied; check that it can be read" in told.err


@pytest.mark.parametrize(
    ("data", "line"),
    [("\n微粒贷", 2), ("\n\n微粒贷\n", 3), ("微粒贷", 1), (f"{'x' * 1_100_000}\n\n微粒贷", 3),
     (f"{'x' * 9_000_000}\n\n微粒贷\n", 3), (f"{'x' * 9_000_000}\n微粒贷", 2)],
)  # fmt: skip
def test_lines_are_counted_from_the_first_whatever_stands_before(
    data: str, line: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "text.txt"
    path.write_text(data, "utf-8")
    main(["screen", "text", "--json", "--quiet", str(path)])
    assert [json.loads(row)["line"] for row in capsys.readouterr().out.splitlines()] == [line]


def test_a_file_of_blank_lines_holds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "text.txt"
    path.write_text("\n\n\n")
    for what in ("text", "hosts"):
        assert main(["screen", what, str(path)]) == 0
    assert capsys.readouterr().out == ""


def test_text_that_accuses_ends_with_one_and_people_read_where_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "text.txt"
    path.write_text(f"微粒贷从来没有APP\n{AD}\n", "utf-8")
    assert main(["screen", "text", str(path)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("1:0-3  微粒贷  weilidai  ")
    assert second.startswith("2:2-5  微粒贷  weilidai  ")
    path.write_text("微粒贷从来没有APP\n", "utf-8")
    assert main(["screen", "text", str(path)]) == 0


def test_more_blocks_than_a_pool_may_have_waiting_stay_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hosts.txt"
    path.write_text("".join(f"weilidai{i}.cn\n" for i in range(200)))
    monkeypatch.setattr(screen_input, "BLOCK", 256)
    assert main(["screen", "hosts", "--json", "--workers", "2", str(path)]) == 0
    assert names(capsys.readouterr().out) == [f"weilidai{i}.cn" for i in range(200)]


def test_more_workers_than_cores_hold_no_more_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def endless() -> Iterator[screen_input.Block]:
        for number in range(40):
            read.append(number)
            yield screen_input.Block("x", number + 1, f"weilidai{number}.cn".encode())

    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    told = (load_brands(ids=("weilidai",)), "balanced")
    results = screen_runners.run(endless(), screen_hosts.screen_block, told, 30, "")
    first = next(results)
    assert first.hits[0].name == "weilidai0.cn"
    assert len(read) <= screen_runners.AHEAD
    assert len(list(results)) == 39


class Cluster(ModuleType):
    """Stands for Ray where it is not installed: keeps what it was asked, and chatters from a thread as Ray does."""

    def __init__(self) -> None:
        super().__init__("ray")
        self.addresses: list[str] = []
        self.ended = self.prompt = False
        self.underway = self.most = 0

    def init(self, address: str, **_options: object) -> None:
        self.addresses.append(address)

    def remote(self, **_options: object) -> Callable[[Callable[..., object]], Any]:
        cluster = self

        class Task:
            def __init__(self, work: Callable[..., object]) -> None:
                self.work = work

            def remote(self, *words: object) -> Callable[[], object]:
                cluster.underway += 1
                cluster.most = max(cluster.most, cluster.underway)
                return lambda: self.work(*words)

        return Task

    def put(self, value: object) -> object:
        return value

    def wait(self, promises: list[object], timeout: float) -> tuple[list[object], list[object]]:
        assert timeout == 0  # whoever reads a live pipe must not be held up
        return (promises, []) if self.prompt else ([], promises)

    def get(self, promise: Callable[[], object]) -> object:
        chatter = threading.Thread(target=print, args=("a node died",))
        chatter.start()
        chatter.join()
        self.underway -= 1
        return promise()

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 2.0}

    def shutdown(self) -> None:
        self.ended = True


@pytest.fixture
def cluster_of_two(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    made = Cluster()
    monkeypatch.setitem(sys.modules, "ray", made)
    yield made
    assert made.ended


def test_on_a_cluster_hits_stay_in_order_and_only_hits_are_printed(
    cluster_of_two: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hosts.txt"
    path.write_text("".join(f"weilidai{i}.cn\n" for i in range(300)))
    monkeypatch.setattr(screen_input, "BLOCK", 256)
    before = sys.stdout
    assert main(["screen", "hosts", "--json", "--ray", "10.0.0.1:6379", str(path)]) == 0
    told = capsys.readouterr()
    assert names(told.out) == [f"weilidai{i}.cn" for i in range(300)]
    assert "a node died" in told.err
    assert cluster_of_two.addresses == ["10.0.0.1:6379"]
    assert cluster_of_two.most <= 6
    assert sys.stdout is before


def test_on_a_cluster_a_block_that_is_done_is_told_before_the_next_ones(cluster_of_two: Cluster) -> None:
    cluster_of_two.prompt = True
    told = (load_brands(ids=("weilidai",)), "balanced")
    found = [screen_input.Block("x", n + 1, f"weilidai{n}.cn".encode()) for n in range(5)]
    done = list(screen_runners.run([*found, screen_input.RESTING], screen_hosts.screen_block, told, 1, "10.0.0.1:1"))
    assert [d.hits[0].name for d in done] == [f"weilidai{n}.cn" for n in range(5)]
    assert cluster_of_two.most == 1


def test_without_ray_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hosts.txt"
    path.write_text("webnak.com\n")
    monkeypatch.setitem(sys.modules, "ray", None)
    assert main(["screen", "hosts", "--ray", "10.0.0.1:6379", str(path)]) == 2
    told = capsys.readouterr()
    assert "pip install" in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize("what", ["hosts", "text", "apps"])
@pytest.mark.parametrize("number", ["-1", "two", "1.5", ""])
def test_workers_are_counted_from_nought(what: str, number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["screen", what, f"--workers={number}", "x"])
    assert left.value.code == 2
    told = capsys.readouterr().err
    assert "no whole number of at least 0" in told
    assert told.count("\n") == 1
