"""What every answer carries, the pages for what went wrong, and health."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from databases import Record
from desk import seen
from zhengben.server import health
from zhengben.server.clock import wall_clock
from zhengben.store.due import beat

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)


@pytest.fixture
def browser(record: Record, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Give a stranger's browser on a fresh installation."""
    monkeypatch.setenv("ZHENGBEN_HOME", str(record.home))
    return Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)


@pytest.mark.parametrize("path", ["/sign-in/", "/check/", "/api/v1/check", "/healthz", "/nothing/"])
def test_every_answer_carries_the_policy(browser: Client, path: str) -> None:
    headers = browser.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_pages_have_no_inline_script_or_style(browser: Client) -> None:
    for path in ("/sign-in/", "/check/", "/check/report/", "/nothing/"):
        body = browser.get(path).content.decode()
        assert " style=" not in body
        assert "<style" not in body
        assert " onclick=" not in body
        assert body.count("<script") == body.count("<script src=")


def test_a_locked_database_says_so_and_that_nothing_was_written(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(**_: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("zhengben.console.sign.authenticate", lambda *_, **__: locked())
    page = browser.post("/sign-in/", {"name": "陈思", "password": "whatever it is"})
    assert page.status_code == 503
    assert seen(page, "数据库正忙", "没有写入任何内容")
    assert page.headers["Retry-After"] == "5"


def test_a_failure_of_ours_shows_no_trace(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret inside")

    monkeypatch.setattr("zhengben.console.sign.authenticate", broken)
    page = browser.post("/sign-in/", {"name": "陈思", "password": "whatever it is"})
    assert page.status_code == 500
    assert seen(page, "是我们出了错")
    assert "secret inside" not in page.content.decode()


def test_passwords_cannot_be_guessed_fast(browser: Client) -> None:
    codes = [browser.post("/sign-in/", {"name": "a", "password": "b"}).status_code for _ in range(12)]
    assert codes[-1] == 429
    assert codes[0] == 403


def test_health_tells_what_is_wrong(browser: Client) -> None:
    assert browser.get("/healthz").json() == {"ok": True}
    before = browser.get("/readyz")
    assert (before.status_code, before.json()["worker"], before.json()["migrations"]) == (503, False, True)
    beat("w1", wall_clock(), 0)
    assert browser.get("/readyz").json()["ok"] is True
    beat("w1", wall_clock() - timedelta(minutes=5), 0)
    assert browser.get("/readyz").status_code == 503


def test_a_database_that_is_away_is_not_ready(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_now: object) -> None:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(health, "_told", away)
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, False)
    assert "unable to open" in answer.json()["detail"]


def test_the_range_marks_every_page(browser: Client, settings: Any, tmp_path: Path) -> None:
    settings.IN_RANGE = True
    settings.HOME = tmp_path
    for path in ("/sign-in/", "/check/", "/nothing/"):
        assert seen(browser.get(path), "靶场演示数据")


def test_a_page_under_somebody_elses_name_is_not_served(record: Record) -> None:
    assert record
    stranger = Client(SERVER_NAME="evil.example", raise_request_exception=False)
    assert [stranger.get(path).status_code for path in ("/sign-in/", "/check/", "/api/v1/check")] == [400, 400, 400]
