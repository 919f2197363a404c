"""A real browser behind the egress guard: pages as a victim sees them, each in a fresh profile.

`Browser` may be used from any thread; the browser itself lives in a thread of its own with an event loop of its own.
Without the driver or Chromium on this machine every capture is `capture_unavailable`, and everything else works.
"""

import asyncio
import importlib
import importlib.util
import os
import shutil
import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NoAnswerError
from dataclasses import dataclass
from typing import Any

from zhengben.collect.guard import Guard
from zhengben.core.fetched import Captured, Profile

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
UNAVAILABLE = "capture_unavailable"
SPARE_SECONDS = 30.0  # for starting the browser, and for what it does beside a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one capture may cost: seconds in all, the tallest picture in CSS pixels, resident bytes.

    `settle` is how long the network must be quiet before the page counts as drawn, `patience` how long we wait for
    that after the document has been read. `at_once` is how many pages are open at one time: more wait their turn.
    """

    seconds: float = 15.0
    settle: float = 0.35
    patience: float = 3.0
    tallest: int = 6000
    one_process: int = 700 << 20
    all_processes: int = 1600 << 20
    processes: int = 48
    data_bytes: int = 0  # per process, by rlimit; 0 leaves it to the watch
    downloads: int = 3
    download_bytes: int = 200 << 20
    download_seconds: float = 40.0  # for all files of one page together
    at_once: int = 4


def chromium() -> str:
    """Give the path of the browser, from ZHENGBEN_CHROMIUM or the usual names; empty where there is none."""
    wanted = os.environ.get("ZHENGBEN_CHROMIUM", "")
    return next(filter(None, map(shutil.which, (wanted, *PROGRAMS) if wanted else PROGRAMS)), "")


def available() -> str:
    """Give why nothing can be captured here, or an empty string."""
    if not chromium():
        return "no Chromium found; install the system's chromium package"
    if importlib.util.find_spec("playwright") is None:
        return "the browser driver is not installed; install zhengben with its 'browser' extra"
    return ""


class Browser:
    """Captures pages, several at once from several threads; `close` ends everything it started."""

    def __init__(self, guard: Guard, bounds: Bounds | None = None) -> None:
        """Take an open guard (`with Guard(...) as guard`); nothing is started before the first capture."""
        self.guard, self.bounds = guard, bounds or Bounds()
        self._lock = threading.Lock()
        # Turns are taken in the callers' threads: whoever waits for one has not begun, and its time does not run.
        self._turns = threading.BoundedSemaphore(self.bounds.at_once)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._engine: Any = None

    def capture(self, url: str, profile: Profile) -> Captured:
        """Open one page as one client and bring home what was seen; never raises for what a page does."""
        why = available()
        if why:
            return _nothing(url, profile, UNAVAILABLE, why)
        with self._turns:
            for _ in range(2):
                try:
                    return self._run(url, profile)
                except CancelledError:
                    continue  # another page brought the browser down; this one is looked at again in a new one
                except NoAnswerError:
                    self.close()
                    return _nothing(url, profile, "timeout", "the browser did not answer and was ended")
                except (OSError, RuntimeError) as error:
                    self.close()
                    return _nothing(url, profile, "crashed", f"the browser could not be used: {error}")
        return _nothing(url, profile, "crashed", "the browser was ended twice while this page was open")

    def capture_all(self, url: str, profiles: Sequence[Profile]) -> tuple[Captured, ...]:
        """Open one page as several clients at the same time, each in a fresh profile; in the order given."""
        if not profiles:
            return ()
        with ThreadPoolExecutor(len(profiles), thread_name_prefix="capture") as pool:
            return tuple(pool.map(lambda profile: self.capture(url, profile), profiles))

    def close(self) -> None:
        """End the browser, its processes and its thread; a later capture starts a new one."""
        with self._lock:
            loop, engine, self._loop, self._engine = self._loop, self._engine, None, None
        if loop is None:
            return
        try:
            asyncio.run_coroutine_threadsafe(engine.close(), loop).result(20)
        except (NoAnswerError, CancelledError):
            engine.kill()
        finally:
            loop.call_soon_threadsafe(_end, loop)

    @property
    def cell(self) -> dict[str, object]:
        """Give what the browser's cell achieved (`network` of its own, `user`), empty before the first capture."""
        return dict(self._engine.cell) if self._engine else {}

    def _ready(self) -> Any:
        with self._lock:
            if self._loop is None:
                # the driver is an optional extra and takes 40 MB: loaded only when something is captured
                module = importlib.import_module("zhengben.collect.browser_engine")
                self._loop = asyncio.new_event_loop()
                self._engine = module.Engine(self.guard, self.bounds, chromium())
                threading.Thread(target=_turn, args=(self._loop,), name="browser", daemon=True).start()
            return self._engine

    def _run(self, url: str, profile: Profile) -> Captured:
        engine = self._ready()
        with self._lock:
            loop = self._loop
            if loop is None or self._engine is not engine:
                raise CancelledError  # closed between the two lines above
            future: Future[Captured] = asyncio.run_coroutine_threadsafe(engine.capture(url, profile), loop)
        bounds = self.bounds
        return future.result(bounds.seconds * 2 + bounds.download_seconds + SPARE_SECONDS)


def _end(loop: asyncio.AbstractEventLoop) -> None:
    """Cancel what still runs, so that whoever waits for it hears at once; then stop."""
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.call_later(0.2, loop.stop)


def _turn(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.close()


def _nothing(url: str, profile: Profile, failure: str, detail: str) -> Captured:
    return Captured(
        url=url, final_url=url, profile=profile.name, vantage=profile.vantage, failure=failure, detail=detail
    )
