"""Fetch from a log, within bounds of size and time, and never to be led elsewhere."""

import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

SLOWEST, IDLE = 60.0, 15.0  # seconds for a whole answer, and for any silence in it
MOST_BYTES = 32 << 20


class MissingError(OSError):
    """The log has no such resource."""


class LogClient:
    """One log's address. Redirects are refused: a log answers itself or not at all."""

    def __init__(self, url: str, settings: Mapping[str, object]) -> None:
        """Keep the address; settings: `proxy`, the egress guard's, and `slowest`, the seconds an answer may take."""
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
            raise ValueError(f"{url!r} is no address of a log; give one that begins with https://")
        self.url = url.rstrip("/")
        self.slowest = float(str(settings.get("slowest") or SLOWEST))
        proxy = settings.get("proxy")
        # Log operators ask monitors to say who they are, so that one that runs wild can be reached.
        agent = {"User-Agent": "zhengben (certificate log monitor)"}
        self.client = httpx.Client(proxy=str(proxy) if proxy else None, timeout=IDLE, headers=agent, trust_env=False)

    def get(self, path: str, most: int = MOST_BYTES) -> bytes:
        """Give one resource; raise MissingError for 404 and OSError, in one line, for all else that goes wrong."""
        where = f"{self.url}/{path}"
        until = time.monotonic() + self.slowest
        try:
            with self.client.stream("GET", where) as answer:
                if answer.status_code == httpx.codes.NOT_FOUND:
                    raise MissingError(f"{where}: the log has no such resource")
                if answer.status_code != httpx.codes.OK:
                    raise OSError(f"{where}: the log answers {answer.status_code}; try again later")
                return self._body(answer, where, most, until)
        except httpx.HTTPError as error:
            raise OSError(f"{where}: {type(error).__name__} {error}; try again later") from error

    @staticmethod
    def _body(answer: httpx.Response, where: str, most: int, until: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > most:
                raise OSError(f"{where}: the answer is larger than {most} bytes; left unread")
            # A byte every few seconds keeps any idle time-out quiet for hours.
            if time.monotonic() > until:
                raise OSError(f"{where}: the answer is too slow; try again later")
        return b"".join(parts)

    def close(self) -> None:
        """Let the connections go."""
        self.client.close()
