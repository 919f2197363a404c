"""A live pipe on standard input: hits appear when their lines arrive, and a fast pipe still fills whole blocks."""

import gzip
import io
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from typing import IO

import pytest

from zhengben.cli import screen_hosts, screen_input, screen_runners
from zhengben.cli.main import main
from zhengben.cli.screen_input import RESTING, Block, blocks
from zhengben.flow.dossiers import load_brands

TOLD = (load_brands(ids=("weilidai",)), "balanced")


class Pipe:
    """Standard input as a pipe, and the end to write into."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        read, self.end = os.pipe()
        self.file: IO[str] = os.fdopen(read, encoding="utf-8")
        monkeypatch.setattr("sys.stdin", self.file)
        self.complaints: list[tuple[str, int]] = []

    def write(self, data: bytes) -> None:
        os.write(self.end, data)

    def close(self) -> None:
        if self.end >= 0:
            os.close(self.end)
        self.end = -1

    def blocks(self) -> Iterator[Block]:
        return blocks("-", lambda what, code: self.complaints.append((what, code)))


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pipe]:
    monkeypatch.setattr(screen_input, "PATIENCE", 0.02)
    made = Pipe(monkeypatch)
    yield made
    made.close()
    made.file.close()


def some(found: Iterator[Block]) -> Block:
    """Give the next block that is one."""
    return next(block for block in found if block is not RESTING)


def test_lines_are_given_while_the_pipe_stays_open(pipe: Pipe) -> None:
    found = pipe.blocks()
    pipe.write(b"weilidai-app.cn\nexample.org\n")
    assert some(found) == Block("standard input", 1, b"weilidai-app.cn\nexample.org")
    pipe.write(b"webank.top\n")
    assert some(found) == Block("standard input", 3, b"webank.top")
    pipe.close()
    assert [block for block in found if block is not RESTING] == []


def test_a_pipe_that_rests_says_so_again_and_again_and_gives_no_lines(pipe: Pipe) -> None:
    found = pipe.blocks()
    pipe.write(b"a.cn\n")
    some(found)
    assert [next(found) is RESTING for _ in range(3)] == [True, True, True]
    pipe.write(b"b.cn\n")
    assert some(found).data == b"b.cn"


def test_a_line_in_two_halves_is_one_line(pipe: Pipe) -> None:
    found = pipe.blocks()
    pipe.write(b"a.cn\nweili")
    assert some(found).data == b"a.cn"
    assert next(found) is RESTING
    pipe.write(b"dai.cn\nlast")
    assert some(found) == Block("standard input", 2, b"weilidai.cn")
    pipe.close()
    assert some(found) == Block("standard input", 3, b"last")


@pytest.mark.parametrize("sent", [b"", b"a", b"\n", b"a\n", b"ab", b"a.cn"])
def test_the_shortest_inputs_are_read_whole(sent: bytes, pipe: Pipe) -> None:
    pipe.write(sent)
    pipe.close()
    joined = b"\n".join(block.data for block in pipe.blocks() if block is not RESTING)
    assert joined == sent.removesuffix(b"\n")


def test_a_fast_pipe_fills_whole_blocks(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_input, "PATIENCE", 5.0)
    monkeypatch.setattr(screen_input, "BLOCK", 200_000)
    data = b"".join(b"name%07d.example\n" % number for number in range(60_000))

    def pour() -> None:
        with os.fdopen(os.dup(pipe.end), "wb") as end:
            pipe.close()
            end.write(data)

    writer = threading.Thread(target=pour)
    writer.start()
    found = list(pipe.blocks())
    writer.join()
    assert b"\n".join(block.data for block in found) == data[:-1]
    assert len(found) <= 8  # 1.26 MB: a pipe alone gives pieces of 64 kB
    assert RESTING not in found


def test_lines_are_numbered_from_one_to_the_end(pipe: Pipe) -> None:
    found = pipe.blocks()
    firsts = []
    for number in range(5):
        pipe.write(b"a.cn\n" * (number + 1))
        firsts.append(some(found).first_line)
    assert firsts == [1, 2, 4, 7, 11]


def test_a_line_without_end_is_left_out_and_told_and_the_next_is_read(
    pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_input, "LONGEST_LINE", 1000)
    found = pipe.blocks()
    pipe.write(b"x" * 1500)
    assert next(found) is RESTING
    pipe.write(b"x" * 1500 + b"\nweilidai.cn\n")
    assert some(found).data == b"weilidai.cn"
    assert [what for what, _ in pipe.complaints] == ["standard input:1: a line of more than 1000 bytes was left out"]


def test_packed_input_on_a_pipe_is_read_to_its_end(pipe: Pipe) -> None:
    pipe.write(gzip.compress(b"weilidai.cn\nwebank.top\n"))
    pipe.close()
    assert [block.data for block in pipe.blocks()] == [b"weilidai.cn\nwebank.top"]


def test_standard_input_that_is_no_pipe_is_read_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a.cn\nb.cn")))
    assert [block.data for block in blocks("-", lambda *_: None)] == [b"a.cn", b"b.cn"]


class Watched(io.StringIO):
    """A standard output that tells when it was flushed with something in it."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = threading.Event()

    def flush(self) -> None:
        if self.getvalue():
            self.shown.set()


@pytest.mark.parametrize("how", [["hosts"], ["hosts", "--json"], ["text"], ["text", "--json"]])
def test_a_hit_is_shown_before_the_next_line_comes(how: list[str], pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    out = Watched()
    monkeypatch.setattr(sys, "stdout", out)
    seen: list[str] = []

    def write() -> None:
        pipe.write(b"weilidai-app.cn\n")
        out.shown.wait(20)
        seen.append(out.getvalue())
        pipe.write("代开微粒贷\nhuabei.top\n".encode())
        pipe.close()

    writer = threading.Thread(target=write)
    writer.start()
    main(["screen", *how, "-"])
    writer.join()
    assert "weilidai" in seen[0]
    assert "huabei" not in seen[0]
    assert len(out.getvalue().splitlines()) > len(seen[0].splitlines())


def work(block: Block, _brands: object, _mode: str) -> int:
    """Stand for screening, in another process."""
    return block.first_line


def test_what_a_pool_has_done_is_given_while_the_input_rests() -> None:
    given: list[int] = []

    def slow() -> Iterator[Block]:
        yield Block("x", 7, b"a.cn")
        until = time.monotonic() + 20
        while not given and time.monotonic() < until:
            time.sleep(0.005)
            yield RESTING
        yield Block("x", 8, b"b.cn" if given else b"too late")

    given.extend(screen_runners.run(slow(), work, TOLD, 2, ""))
    assert given == [7, 8]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_resting_input_is_no_block(workers: int) -> None:
    found = [RESTING, Block("x", 1, b"a.cn"), RESTING, RESTING, Block("x", 2, b"b.cn"), RESTING]
    assert list(screen_runners.run(found, work, TOLD, workers, "")) == [1, 2]


def test_an_empty_line_is_a_block_and_not_a_rest() -> None:
    empty = Block("", 0, b"")
    assert empty == RESTING
    assert [done.lines for done in screen_runners.run([empty], screen_hosts.screen_block, TOLD, 1, "")] == [1]


def test_a_block_screened_anywhere_is_told_with_its_place(pipe: Pipe) -> None:
    found = pipe.blocks()
    pipe.write(b"a.cn\n\xff.cn\nweilidai-app.cn\n")
    done = screen_hosts.screen_block(some(found), *TOLD)
    assert [json.dumps(hit.row())[:28] for hit in done.hits] == ['{"name": "weilidai-app.cn", ']
    assert done.bad == ((2, "is not valid UTF-8; left out"),)
