"""When something is wrong with the installation itself: what people see, and what they never see."""

from typing import Any

import pytest
from django.test import Client

from desk import Desk, seen
from zhengben import wiring

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
HOST = "127.0.0.1"
WHERE = "var/brands/mine.toml: line 3: unknown key 'colour'; check both dates"


@pytest.fixture
def broken(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give an installation whose dossier was just saved with a mistake in it."""
    desk.town.report()
    desk.town.work()

    def read(*_: Any, **__: Any) -> None:
        raise ValueError(WHERE)

    monkeypatch.setattr(wiring, "brands", read)
    monkeypatch.setattr(wiring, "look_offline", read)
    return desk


def test_a_member_reads_the_line_and_the_cure(broken: Desk) -> None:
    browser = broken.person("陈思")
    for path in ("/leads/", "/cases/", "/cases/2026-0001/", "/notices/1/", "/brands/weilidai/"):
        answer = browser.get(path)
        assert answer.status_code == 503, path
        assert seen(answer, "品牌档案读不了", "第 3 行：不认识的键", "什么都没有改动")
        assert answer.headers["Retry-After"] == "60"


@pytest.mark.parametrize("path", ["/brands/", "/start/"])
def test_the_pages_about_dossiers_still_open_and_say_it(broken: Desk, path: str) -> None:
    answer = broken.person("陈思").get(path)
    assert answer.status_code == 200
    assert seen(answer, "第 3 行：不认识的键")


def test_the_public_reads_whom_to_call_and_nothing_of_ours(broken: Desk) -> None:
    assert broken
    for answer in (Client(SERVER_NAME=HOST).get("/check/"), Client(SERVER_NAME=HOST).post("/check/", {"q": "95384"})):
        assert answer.status_code == 503
        assert seen(answer, "品牌档案读不了", "96110")
        assert "mine.toml" not in answer.content.decode()
        assert "colour" not in answer.content.decode()


def test_a_program_reads_json(broken: Desk) -> None:
    assert broken
    answer = Client(SERVER_NAME=HOST).post("/api/v1/check", {"target": "95384"})
    assert answer.headers["Content-Type"] == "application/json"
    assert "colour" not in answer.content.decode() or answer.status_code == 400


def test_a_failure_that_is_no_dossiers_is_not_blamed_on_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: Any, **__: Any) -> None:
        raise ValueError("something else")

    monkeypatch.setattr("zhengben.console.cases.cases", fall)
    browser = desk.person("陈思")
    browser.raise_request_exception = False
    answer = browser.get("/cases/")
    assert answer.status_code == 500
    assert seen(answer, "是我们出了错")
    assert "something else" not in answer.content.decode()
