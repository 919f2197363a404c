"""`zhengben up` hands over to the supervisor in the same process, and every word it hands over is understood there."""

import argparse
import os
import sys
from pathlib import Path

import pytest

from zhengben.cli.main import main
from zhengben.server import supervisor


class _ReplacedError(BaseException):
    """Stands for the moment after which nothing of the command is left."""


def _handed_over(monkeypatch: pytest.MonkeyPatch, *words: str) -> argparse.Namespace:
    """Give what the supervisor understands of the words it would be started with."""
    started: list[list[str]] = []

    def execv(program: str, argv: list[str]) -> None:
        assert program == sys.executable
        started.append(argv)
        raise _ReplacedError

    monkeypatch.setattr(os, "execv", execv)
    with pytest.raises(_ReplacedError):
        main(["up", *words])
    (argv,) = started
    assert argv[:3] == [sys.executable, "-m", "zhengben.server.supervisor"]
    parser = argparse.ArgumentParser()
    supervisor.options(parser)
    return parser.parse_args(argv[3:])


@pytest.mark.parametrize(("locale", "language"), [("C.UTF-8", "zh"), ("en_US.UTF-8", "en"), ("zh_CN.UTF-8", "zh")])
def test_console_and_terminal_speak_the_language_of_whoever_starts_it(
    locale: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", locale)
    assert _handed_over(monkeypatch).language == language


def test_a_new_link_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _handed_over(monkeypatch, "--new-link", "王敏").new_link == "王敏"


def test_without_options_it_opens_on_loopback_and_outside_the_range(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    told = _handed_over(monkeypatch)
    assert (told.host, told.port, told.language) == ("127.0.0.1", 8321, "zh")
    assert (told.in_range, told.scenario, told.home) == (False, "", None)


def test_every_option_arrives(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = _handed_over(
        monkeypatch, "--range", "--scenario", "quarter", "--host", "10.0.0.1", "--port", "80", "--home", str(tmp_path),
        "--language", "en",
    )  # fmt: skip
    assert (told.host, told.port, told.language) == ("10.0.0.1", 80, "en")
    assert (told.in_range, told.scenario, told.home) == (True, "quarter", tmp_path)


def test_where_python_cannot_be_started_again_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    assert main(["up"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("words", [("--port", "many"), ("--language", "fr"), ("--colour",)])
def test_bad_usage_is_one_line(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["up", *words])
    assert left.value.code == 2
    err = capsys.readouterr().err
    assert "zhengben up --help" in err
    assert err.count("\n") == 1
