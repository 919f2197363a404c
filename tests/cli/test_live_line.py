"""The line that counts while one waits: it fits the window, wipes what stood there, and stays out of logs."""

import io
import os
import pty
import struct
import sys
import termios
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.cli import screen_hosts
from zhengben.cli.common import complain
from zhengben.cli.layout import width
from zhengben.cli.live_line import LiveLine, fitted, take_away
from zhengben.cli.main import main

LONG = "已看 119/121 个文件，每秒 98 个：冒充 12、相似待看 1、无关 106"
END = "\x00"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Mn", "Me", "Cf"]), max_size=120), st.integers(2, 200))
def test_a_fitted_line_stays_short_of_the_last_column(text: str, columns: int) -> None:
    assert width(fitted(text, columns)) <= columns - 1


@pytest.mark.parametrize("columns", [width(LONG) + 1, 200])
def test_a_line_that_fits_is_left_whole(columns: int) -> None:
    assert fitted(LONG, columns) == LONG


def test_a_cut_line_says_that_it_was_cut() -> None:
    assert fitted(LONG, 20).endswith("…")


class Window:
    """A terminal of thirty columns, and what stands on its screen."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.screen, wire = pty.openpty()
        ioctl(wire, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 30, 0, 0))
        self.terminal = os.fdopen(wire, "w", encoding="utf-8")
        self.monkeypatch = monkeypatch

    def watch(self) -> LiveLine:
        """Be standard error and output from here on: pytest puts its own back between a fixture and its test."""
        self.monkeypatch.setenv("TERM", "xterm")
        self.monkeypatch.setattr(sys, "stderr", self.terminal)
        self.monkeypatch.setattr(sys, "stdout", self.terminal)
        return LiveLine()

    def read(self) -> str:
        """Give all that was written, signs of the terminal among it."""
        self.terminal.write(END)
        self.terminal.flush()
        seen = b""
        while not seen.endswith(END.encode()):  # a terminal hands on what it got in pieces
            seen += os.read(self.screen, 65_536)
        return seen.decode().removesuffix(END)

    def close(self) -> None:
        """Leave no line standing for the next test."""
        self.monkeypatch.setattr(sys, "stderr", io.StringIO())
        take_away()
        self.terminal.close()
        os.close(self.screen)


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """Give a narrow terminal."""
    made = Window(monkeypatch)
    yield made
    made.close()


def test_in_a_narrow_window_every_drawing_takes_one_row(window: Window) -> None:
    line = window.watch()
    for _ in range(5):
        line.draw(LONG)
    drawn = window.read()
    assert "\n" not in drawn
    assert all(width(one) < 30 for one in drawn.split("\r\x1b[K"))


def test_the_last_line_is_whole_and_nothing_of_a_longer_one_is_left(window: Window) -> None:
    line = window.watch()
    line.draw(LONG)
    line.end("完")
    assert window.read().endswith("\r\x1b[K完\r\n")


def test_an_answer_on_the_same_screen_finds_the_row_empty(window: Window) -> None:
    line = window.watch()
    line.draw(LONG)
    line.wipe()
    assert window.read().endswith("\r\x1b[K")


def test_a_complaint_begins_on_an_empty_row_and_leaves_no_sign_after_it(window: Window) -> None:
    line = window.watch()
    line.draw("already counting")
    complain("one.apk: could not be examined")
    complain("two.apk: could not be examined")
    assert window.read().split("already counting")[1] == (
        "\r\x1b[Kzhengben: one.apk: could not be examined\r\nzhengben: two.apk: could not be examined\r\n"
    )


def test_answers_that_go_to_a_file_leave_the_line_standing(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    line = window.watch()
    line.draw("counting")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    line.wipe()
    assert window.read() == "\r\x1b[Kcounting"


@pytest.mark.parametrize("kind", ["hosts", "text"])
def test_screening_draws_one_row_however_narrow_the_window_and_hits_stand_whole(
    kind: str, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_hosts, "WATCHED", 0.0)
    lists = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path in lists:
        path.write_text("wei1idai-app.cn\n" if kind == "hosts" else "薇粒贷开通\n", "utf-8")
    window.watch()
    main(["screen", kind, "--brand", "weilidai", *map(str, lists)])
    rows = window.read().split("\r\n")
    drawn = [row for row in rows for row in row.split("\r\x1b[K") if "hits" in row]
    assert len(drawn) == 2
    assert all(width(row) < 30 for row in drawn)
    hits = [row for row in rows if "weilidai" in row]
    assert len(hits) == 2
    assert all("hits" not in row.rsplit("\x1b[K", 1)[-1] for row in hits)
    assert rows[-1].endswith("\r\x1b[K")  # nothing is left for the shell's own line to be written over


def test_a_screen_that_cannot_wipe_is_treated_as_a_log(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    window.watch()
    monkeypatch.setenv("TERM", "dumb")
    line = LiveLine()
    line.draw("counting")
    line.end("done")
    assert window.read() == "done\r\n"


def test_a_window_that_does_not_say_how_wide_it_is_counts_as_eighty(window: Window) -> None:
    ioctl(window.terminal.fileno(), termios.TIOCSWINSZ, struct.pack("HHHH", 0, 0, 0, 0))
    window.watch().draw("x" * 200)
    assert width(window.read().removeprefix("\r\x1b[K")) == 79


def test_a_log_gets_the_last_line_only_and_no_signs_of_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    line = LiveLine()
    line.draw(LONG)
    line.wipe()
    line.end(LONG)
    assert capsys.readouterr().err == f"{LONG}\n"


def test_a_terminal_that_was_closed_meanwhile_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _: (_ for _ in ()).throw(OSError("gone")))
    line = LiveLine()
    line.watched = True
    line.draw("still counting")
    take_away()
    assert "still counting" in capsys.readouterr().err
