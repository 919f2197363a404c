"""What a page did while it was open: its network log, and what it did to whoever looks (dialogs, windows, downloads).

Kept from the first request on and bounded: a page that asks for a thousand things is told by its first thousand and a
count, which ends at two thousand more (each event costs us a millisecond, and the page pays nothing), and a page that
will not stop opening dialogs has its script stopped.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Error as PlaywrightError

MOST_REQUESTS, MOST_UNLISTED, MOST_COUNTED = 1000, 2000, 200
MOST_DIALOGS = 20
MOST_OFFERED = 50
MOST_HEADERS, LONGEST_HEADER = 60, 2000
LONGEST_URL = 2000


class Log:
    """Listens to one context from before its page is opened; every method runs in the event loop's thread."""

    def __init__(self, stop: Callable[[], Awaitable[None]]) -> None:
        """Take what stops the page's script; it is called at every twentieth dialog."""
        self.requests: list[dict[str, Any]] = []
        self.offered: list[tuple[str, str]] = []
        self.counts: Counter[str] = Counter()
        self.crashed = asyncio.Event()
        self.last_traffic = time.monotonic()
        self.running: set[int] = set()
        self._stop, self._tasks = stop, set[asyncio.Task[None]]()
        self._page: Any = None
        self._deafen: Callable[[], object] = list
        self._counted = 0

    def listen(self, context: Any, page: Any) -> None:
        """Begin."""
        self._page = page
        page.on("dialog", lambda dialog: self._later(self._dialog(dialog)))
        page.on("crash", lambda _: self.crashed.set())
        page.on("download", self._download)
        page.on("websocket", lambda socket: self._line(socket.url, "GET", "websocket"))
        context.on("page", lambda other: self._later(self._window(other)))
        heard = (
            ("request", self._asked),
            ("response", self._answered),
            ("requestfailed", self._failed),
            ("requestfinished", self._finished),
        )
        for event, method in heard:
            context.on(event, method)
        self._deafen = lambda: [context.remove_listener(event, method) for event, method in heard]

    async def rest(self, seconds: float) -> None:
        """Wait a moment for the counts of bytes still on their way; then let them go."""
        waiting, self._tasks = self._tasks, set()
        if waiting:
            await asyncio.wait(waiting, timeout=seconds)
            for task in waiting:
                task.cancel()

    def notes(self) -> tuple[str, ...]:
        """Give what was counted, as `code=number`; what happened once and is ordinary is not told."""
        navigations = sum(bool(line.get("main")) for line in self.requests)
        told = self.counts | ({"navigations": navigations} if navigations > 5 else {})
        return tuple(f"{code}={number}" for code, number in sorted(told.items()) if number)

    @property
    def answered(self) -> bool:
        """Tell whether the visited address gave an answer of any kind."""
        return self.last_status() is not None

    def last_status(self) -> int | None:
        """Give the status of the newest answer to the page itself, or None where none came."""
        return next((line["status"] for line in reversed(self.requests) if line.get("main") and "status" in line), None)

    def last_url(self) -> str:
        """Give the newest address the page itself was sent to, or an empty string."""
        return next((str(line["url"]) for line in reversed(self.requests) if line.get("main")), "")

    def quiet(self) -> float:
        """Give for how many seconds nothing was asked and nothing came."""
        return time.monotonic() - self.last_traffic

    def _later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _dialog(self, dialog: Any) -> None:
        self.counts["dialogs"] += 1
        with contextlib.suppress(PlaywrightError):
            await dialog.dismiss()
        if self.counts["dialogs"] % MOST_DIALOGS == 0:  # again and again: a stop that falls into a dialog is lost
            await self._stop()

    async def _window(self, other: Any) -> None:
        if other is self._page:
            return
        self.counts["windows"] += 1
        with contextlib.suppress(PlaywrightError):
            await other.close()

    def _download(self, download: Any) -> None:
        self.counts["downloads"] += 1
        if len(self.offered) < MOST_OFFERED:
            self.offered.append((download.suggested_filename[:200], download.url[:LONGEST_URL]))

    def _line(self, url: str, method: str, kind: str) -> dict[str, Any]:
        entry: dict[str, Any] = {"url": url[:LONGEST_URL], "method": method, "kind": kind, "started": time.time()}
        if len(self.requests) < MOST_REQUESTS:
            self.requests.append(entry)
        else:
            self._one_too_many()
        self.last_traffic = time.monotonic()
        return entry

    def _one_too_many(self) -> None:
        self.counts["requests_not_listed"] += 1
        if self.counts["requests_not_listed"] == MOST_UNLISTED:
            self._deafen()
            self._deafen = list
            self.running.clear()  # nobody will tell us when they end

    def _asked(self, request: Any) -> None:
        entry = self._line(request.url, request.method, request.resource_type)
        request.zhengben = entry
        entry["asked"] = _headers(request.headers)
        entry["main"] = self._moves(request)
        self.running.add(id(request))

    def _moves(self, request: Any) -> bool:
        """Tell whether a request moves the visited page itself; one of a worker has no frame to ask about."""
        with contextlib.suppress(PlaywrightError):
            return bool(request.is_navigation_request() and request.frame is self._page.main_frame)
        return False

    def _answered(self, response: Any) -> None:
        entry = getattr(response.request, "zhengben", {})
        entry["status"] = response.status
        entry["answered"] = _headers(response.headers)
        self.last_traffic = time.monotonic()

    def _failed(self, request: Any) -> None:
        getattr(request, "zhengben", {})["failure"] = str(request.failure or "failed")[:120]
        self._done(request)

    def _finished(self, request: Any) -> None:
        self._done(request)
        if self._counted < MOST_COUNTED:  # one more message to the driver each; a flood must not cost us its price
            self._counted += 1
            self._later(self._measure(request))

    def _done(self, request: Any) -> None:
        entry = getattr(request, "zhengben", {})
        entry["seconds"] = max(0.0, time.time() - entry.get("started", time.time()))
        self.running.discard(id(request))
        self.last_traffic = time.monotonic()

    async def _measure(self, request: Any) -> None:
        with contextlib.suppress(PlaywrightError, KeyError):
            size = int((await request.sizes())["responseBodySize"])
            getattr(request, "zhengben", {})["size"] = max(-1, size)  # negative for what never crossed the network


def _headers(found: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name[:200], value[:LONGEST_HEADER]) for name, value in list(found.items())[:MOST_HEADERS])
