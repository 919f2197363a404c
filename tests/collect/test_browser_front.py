"""The front of the browser room: turns, deadlines, and what becomes of a page when the browser is lost beside it."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from collect.servers import Names
from zhengben.collect import browser as room
from zhengben.collect.browser import Bounds, Browser
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES
from zhengben.core.fetched import Captured, Profile

MOBILE = PROFILES["mobile"]
Act = Callable[["Engine", str], Any]


class Engine:
    """Stands in for Chromium: does for each address what it was told; counts engines, captures and open pages."""

    acts: dict[str, Act]
    made: list["Engine"]
    most = now = 0

    def __init__(self, guard: Guard, bounds: Bounds, program: str) -> None:
        del guard, bounds, program
        self.cell = {"pid": 1, "network": True}
        self.seen: list[str] = []
        self.closed = self.killed = False
        Engine.made.append(self)

    async def capture(self, url: str, profile: Profile) -> Captured:
        """Do what was told for this address."""
        self.seen.append(url)
        Engine.now += 1
        Engine.most = max(Engine.most, Engine.now)
        try:
            await self.acts.get(url, quick)(self, url)
        finally:
            Engine.now -= 1
        return Captured(url=url, final_url=url, profile=profile.name, title="seen")

    async def close(self) -> None:
        """Be closed."""
        self.closed = True

    def kill(self) -> None:
        """Be killed."""
        self.killed = True


async def quick(_engine: Engine, _url: str) -> None:
    """Take a moment."""
    await asyncio.sleep(0.02)


async def hang(_engine: Engine, _url: str) -> None:
    """Never answer."""
    await asyncio.sleep(60)


async def refuse(_engine: Engine, _url: str) -> None:
    """Fail to start."""
    raise OSError("Chromium did not start: no such file")


async def refuse_once(engine: Engine, url: str) -> None:
    """Fail the first engine only."""
    if engine is Engine.made[0]:
        await refuse(engine, url)


@pytest.fixture
def front(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setattr(room, "available", lambda: "")
    monkeypatch.setattr(
        "zhengben.collect.browser.importlib.import_module", lambda _name: SimpleNamespace(Engine=Engine)
    )
    Engine.acts, Engine.made, Engine.most, Engine.now = {}, [], 0, 0
    browser = Browser(Guard(Names()), Bounds(seconds=0.1, download_seconds=0.0, at_once=2))
    yield browser
    browser.close()


def test_one_engine_serves_every_capture(front: Browser) -> None:
    assert front.cell == {}
    assert [front.capture(f"http://{n}.example/", MOBILE).title for n in range(5)] == ["seen"] * 5
    assert (len(Engine.made), front.cell["network"]) == (1, True)


def test_no_more_pages_are_open_at_once_than_allowed_and_all_are_seen(front: Browser) -> None:
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda n: front.capture(f"http://{n}.example/", MOBILE), range(24)))
    assert [one.title for one in seen] == ["seen"] * 24
    assert Engine.most == 2


def test_an_engine_that_cannot_start_is_said_and_the_next_capture_tries_a_new_one(front: Browser) -> None:
    Engine.acts["http://a.example/"] = refuse_once
    first = front.capture("http://a.example/", MOBILE)
    assert (first.failure, first.complete) == ("crashed", False)
    assert "Chromium did not start" in first.detail
    assert front.capture("http://a.example/", MOBILE).title == "seen"
    assert [engine.closed for engine in Engine.made] == [True, False]


def test_an_engine_that_does_not_answer_is_ended_in_time(front: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    Engine.acts["http://a.example/"] = hang
    monkeypatch.setattr(room, "SPARE_SECONDS", 0.2)
    began = time.monotonic()
    seen = front.capture("http://a.example/", MOBILE)
    assert (seen.failure, seen.detail) == ("timeout", "the browser did not answer and was ended")
    assert time.monotonic() - began < 10


def test_a_page_open_while_the_browser_is_lost_is_looked_at_again(front: Browser) -> None:
    async def wait_once(engine: Engine, _url: str) -> None:
        await asyncio.sleep(30 if engine is Engine.made[0] else 0.01)

    Engine.acts["http://good.example/"] = wait_once
    with ThreadPoolExecutor(1) as pool:
        good = pool.submit(front.capture, "http://good.example/", MOBILE)
        while not (Engine.made and Engine.made[0].seen):
            time.sleep(0.01)
        front.close()
        assert good.result(10).title == "seen"
    assert len(Engine.made) == 2


def test_a_page_whose_browser_is_ended_twice_is_given_up(front: Browser) -> None:
    Engine.acts["http://a.example/"] = hang
    with ThreadPoolExecutor(1) as pool:
        look = pool.submit(front.capture, "http://a.example/", MOBILE)
        for n in (1, 2):
            while len(Engine.made) < n or not Engine.made[n - 1].seen:
                time.sleep(0.01)
            front.close()
        seen = look.result(10)
    assert (seen.failure, "ended twice" in seen.detail) == ("crashed", True)


def test_closing_what_was_never_opened_is_nothing(front: Browser) -> None:
    front.close()
    front.close()
    assert Engine.made == []


def test_after_a_close_no_thread_is_left_turning(front: Browser) -> None:
    front.capture("http://a.example/", MOBILE)
    front.close()
    end = time.monotonic() + 5
    while any(thread.name == "browser" for thread in threading.enumerate()) and time.monotonic() < end:
        time.sleep(0.02)
    assert not [thread for thread in threading.enumerate() if thread.name == "browser"]


def test_without_a_driver_every_client_is_told_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "chromium", lambda: "/usr/bin/chromium")
    monkeypatch.setattr("zhengben.collect.browser.importlib.util.find_spec", lambda _name: None)
    seen = Browser(Guard(Names())).capture_all("http://a.example/", tuple(PROFILES.values()))
    assert {one.failure for one in seen} == {"capture_unavailable"}
    assert all("'browser' extra" in one.detail for one in seen)


@pytest.mark.parametrize(
    ("told", "found"), [("/opt/a", "/opt/a"), ("", "/usr/bin/chromium"), ("/none", "/usr/bin/chromium")]
)
def test_the_browser_of_the_settings_comes_first(monkeypatch: pytest.MonkeyPatch, told: str, found: str) -> None:
    monkeypatch.setenv("ZHENGBEN_CHROMIUM", told)
    there = {"/opt/a": "/opt/a", "chromium": "/usr/bin/chromium"}
    monkeypatch.setattr("zhengben.collect.browser.shutil.which", there.get)
    assert room.chromium() == found
