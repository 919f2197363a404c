"""The eyes of one run: one egress guard, and a browser that starts only when it is first needed."""

import importlib
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from zhengben.collect.download import fetch
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES
from zhengben.core.fetched import Captured, Fetched, Profile

NO_BROWSER = "capture_unavailable"


class GuardedEyes:
    """Looks through one guard; as a context manager it closes browser and guard. Safe to share between threads."""

    def __init__(self, guard: Guard, *, browse: bool = True, clients: Sequence[Profile] = ()) -> None:
        """Take the guard; nothing is opened yet. Without `browse` no page is ever captured.

        `clients` are those that take the portrait of an accused page (`flow.portrait`); by default all three.
        """
        self.guard, self.browse = guard, browse
        self.clients = tuple(clients) or tuple(PROFILES.values())
        self._browser: Any = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        """Give these eyes."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close everything."""
        self.close()

    def fetch(self, url: str, profile: Profile) -> Fetched:
        """Give one plain download."""
        return fetch(url, profile, self.guard)

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give one capture; where there is no browser, its failure says so."""
        if not self.browse:
            return Captured(url=url, final_url=url, profile=profile.name, vantage=profile.vantage, failure=NO_BROWSER)
        with self._lock:
            browser = self._opened()
        captured: Captured = browser.capture(url, profile)  # outside the lock: it takes several pages at a time
        return captured

    def _opened(self) -> Any:
        if self._browser is None:
            module = importlib.import_module("zhengben.collect.browser")  # the browser is an optional engine
            self.guard.__enter__()
            self._browser = module.Browser(self.guard)
        return self._browser

    def close(self) -> None:
        """End the browser and every connection; the eyes can be used again."""
        with self._lock:
            if self._browser is not None:
                self._browser.close()
                self._browser = None
        self.guard.close()
