"""The eyes of one run: one egress guard, and a browser that starts only when it is first needed."""

import importlib
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from zhengben.collect.download import fetch
from zhengben.collect.guard import Guard
from zhengben.core.fetched import Captured, Fetched, Profile


class GuardedEyes:
    """Looks through one guard; use as a context manager, it closes guard and browser."""

    def __init__(self, allow_hosts: Iterable[str] = ()) -> None:
        """Name the addresses the guard may reach although it would refuse them (tests, the range)."""
        self._guard = Guard(allow_hosts=tuple(allow_hosts))
        self._browser: Any = None

    def __enter__(self) -> Self:
        """Start the guard."""
        self._guard.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the browser, then the guard."""
        if self._browser is not None:
            self._browser.close()
        self._guard.__exit__(kind, error, trace)

    def fetch(self, url: str, profile: Profile) -> Fetched:
        """Give one plain download."""
        return fetch(url, profile, self._guard)

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give one capture; where there is no browser, its failure says so."""
        if self._browser is None:
            try:
                module = importlib.import_module("zhengben.collect.browser")  # the browser is an optional engine
            except ImportError:
                return Captured(url=url, final_url=url, profile=profile.name, failure="capture_unavailable")
            self._browser = module.Browser(self._guard)
        captured: Captured = self._browser.capture(url, profile)
        return captured
