"""`zhengben up --new-link NAME`: the way back for whoever lost their password, made where the data are kept."""

import argparse
import os
import re
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from desk import PASSWORD, Desk
from zhengben.server import prepare, supervisor
from zhengben.server.homes import HomeError, hold

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)


def asked(monkeypatch: pytest.MonkeyPatch, name: str, language: str = "zh") -> int:
    """Ask for a link as the supervisor does."""
    words = ["prepare", "--address", "http://127.0.0.1:8321", "--new-link", name, "--language", language]
    monkeypatch.setattr(sys, "argv", words)
    return prepare.main()


def test_whoever_lost_their_password_gets_in_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.person("管家", manages=True)
    assert asked(monkeypatch, "管家") == 0
    said = capsys.readouterr().err
    link = re.search(r"http://127\.0\.0\.1:8321(/welcome/\S+)", said)
    assert link
    assert "给 管家 的一次性登录链接" in said
    assert desk.person("管家").get("/leads/").status_code == 200, "the old password holds until the link is used"
    browser = Client(SERVER_NAME="127.0.0.1")
    form = {"name": "管家", "password": "quite another password", "again": "quite another password"}
    assert browser.post(link[1], form).headers["Location"] == "/"
    assert browser.get("/people/").status_code == 200
    assert desk.person("管家").get("/leads/").status_code == 302
    assert Client(SERVER_NAME="127.0.0.1").get(link[1]).status_code == 410


def test_a_name_is_found_however_its_letters_are_cased(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.person("Amy")
    assert asked(monkeypatch, "amy") == 0


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "没有叫 谁 的人；现有：陈思"), ("en", "there is nobody called 谁")]
)
def test_a_name_nobody_has_is_answered_with_those_there_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    desk.person("陈思")
    assert asked(monkeypatch, "谁", language) == 2
    assert words in capsys.readouterr().err


def test_an_empty_house_says_how_to_begin(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk
    assert asked(monkeypatch, "谁") == 2
    assert "这里还没有任何人" in capsys.readouterr().err


def test_somebody_who_has_left_gets_no_link(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.person("陈思")
    get_user_model().objects.update(is_active=False)
    assert asked(monkeypatch, "陈思") == 2
    assert PASSWORD


def test_it_needs_no_free_port_and_starts_nothing(
    record: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert record
    told: list[list[str]] = []

    def busy(*_: object) -> None:
        raise AssertionError("a port was asked for")

    def prepared(args: argparse.Namespace, _environment: dict[str, str]) -> tuple[int, str]:
        told.append([args.new_link])
        return 0, ""

    monkeypatch.setattr(supervisor, "claim_port", busy)
    monkeypatch.setattr(supervisor, "prepare", prepared)
    monkeypatch.setattr(supervisor.Supervisor, "run", lambda _self: told.append(["started"]))
    assert supervisor.main(["--home", str(tmp_path), "--new-link", "王敏"]) == 0
    assert told == [["王敏"]]


def test_a_home_is_held_by_one_range_at_a_time(record: object, tmp_path: Path) -> None:
    assert record
    first = hold(tmp_path)
    with pytest.raises(HomeError, match="another range is running here"):
        hold(tmp_path)

    os.close(first)
    os.close(hold(tmp_path))


def test_a_second_range_is_refused_in_one_line_and_the_first_keeps_its_home(
    record: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert record
    (tmp_path / "range").mkdir()
    (tmp_path / "range" / "running").touch()
    lock = hold(tmp_path)
    monkeypatch.setattr(supervisor, "claim_port", lambda *_: None)
    assert supervisor.main(["--range", "--home", str(tmp_path), "--language", "zh"]) == 2
    assert "这里已有一个靶场在运行" in capfd.readouterr().err
    assert (tmp_path / "range" / "running").exists()

    os.close(lock)
