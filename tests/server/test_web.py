"""The web process behind a proxy, and over https: who asks is believed only from one's own proxy."""

import importlib
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from waitress.adjustments import Adjustments

from databases import Record
from zhengben.server import settings as ours
from zhengben.server import web


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Read the settings as another environment would, and put them back."""

    def read(**environment: str) -> ModuleType:
        """Give the settings of an environment."""
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return importlib.reload(ours)

    yield read
    monkeypatch.undo()
    importlib.reload(ours)


@pytest.mark.sockets  # it looks its addresses up
def test_waitress_understands_what_it_is_told_about_the_proxy() -> None:
    told = Adjustments(**web.behind("10.0.0.1"))  # leaves with an error for a setting it does not know
    assert told.trusted_proxy == "10.0.0.1"
    assert "x-forwarded-for" in told.trusted_proxy_headers
    assert told.clear_untrusted_proxy_headers


@pytest.mark.parametrize(("proxy", "expected"), [("", False), ("10.0.0.1", True)])
def test_only_a_proxy_that_was_named_is_believed(
    monkeypatch: pytest.MonkeyPatch, proxy: str, *, expected: bool
) -> None:
    served: dict[str, Any] = {}
    monkeypatch.setattr("waitress.serve", lambda _app, **told: served.update(told))
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["web", "--port", "9"])
    monkeypatch.setenv("ZHENGBEN_PROXY", proxy)
    web.main()
    assert ("trusted_proxy" in served) is expected
    assert (served["port"], served["ident"]) == (9, "zhengben")


def test_over_https_cookies_never_travel_in_the_clear(again: Any) -> None:
    plain = again()
    assert (plain.SESSION_COOKIE_SECURE, plain.CSRF_COOKIE_SECURE, plain.CSRF_TRUSTED_ORIGINS) == (False, False, [])
    told = again(ZHENGBEN_HTTPS="1", ZHENGBEN_HOSTS="check.bank.example")
    assert told.SESSION_COOKIE_SECURE
    assert told.CSRF_COOKIE_SECURE
    assert told.CSRF_TRUSTED_ORIGINS == ["https://check.bank.example"]


@pytest.mark.parametrize("record", ["sqlite"], indirect=True)
def test_over_https_browsers_are_told_to_stay_with_it(record: Record, settings: Any) -> None:
    assert record
    browser = Client(SERVER_NAME="127.0.0.1")
    assert "Strict-Transport-Security" not in browser.get("/sign-in/").headers
    settings.HTTPS = True
    assert browser.get("/sign-in/").headers["Strict-Transport-Security"] == "max-age=31536000"
