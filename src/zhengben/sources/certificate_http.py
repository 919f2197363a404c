"""Fetch from a log, within bounds of size and time, and never to be led elsewhere."""

import os
import socket
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import httpx

SLOWEST, IDLE = 60.0, 15.0  # seconds for a whole answer, and for any silence in it
MOST_BYTES = 32 << 20


class MissingError(OSError):
    """The log has no such resource."""


class _Cutter:
    """Cuts a connection when its time is over, in whatever state it is.

    The client's own time-outs count silence: a byte of a header now and then would keep them quiet for days.
    """

    def __init__(self) -> None:
        self.handle = -1
        self.release: Callable[[], object] = lambda: None

    def watch(self, event: str, told: Mapping[str, Any]) -> None:
        """Keep a handle of each new connection; one of our own, because TLS takes the first one away."""
        if event == "connection.connect_tcp.complete":
            self.release()
            self.handle = os.dup(told["return_value"].get_extra_info("socket").fileno())
            self.release = weakref.finalize(self, os.close, self.handle)  # nobody need remember to close a source

    def cut(self) -> None:
        """End the connection now; who waits for it gets an error."""
        if self.handle >= 0:
            with suppress(OSError), socket.socket(fileno=os.dup(self.handle)) as line:
                line.shutdown(socket.SHUT_RDWR)


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
        self.cutter = _Cutter()

    def get(self, path: str, most: int = MOST_BYTES) -> bytes:
        """Give one resource; raise MissingError for 404 and OSError, in one line, for all else that goes wrong."""
        where = f"{self.url}/{path}"
        until = time.monotonic() + self.slowest
        watch = threading.Timer(self.slowest, self.cutter.cut)
        watch.daemon = True
        watch.start()
        try:
            return self._answer(where, most, until)
        except httpx.HTTPError as error:
            if time.monotonic() >= until:
                raise _too_slow(where) from error
            raise OSError(f"{where}: {type(error).__name__} {error}; try again later") from error
        finally:
            watch.cancel()

    def _answer(self, where: str, most: int, until: float) -> bytes:
        with self.client.stream("GET", where, extensions={"trace": self.cutter.watch}) as answer:
            if answer.status_code == httpx.codes.NOT_FOUND:
                raise MissingError(f"{where}: the log has no such resource")
            if answer.status_code != httpx.codes.OK:
                raise OSError(f"{where}: the log answers {answer.status_code}; try again later")
            return self._body(answer, where, most, until)

    @staticmethod
    def _body(answer: httpx.Response, where: str, most: int, until: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > most:
                raise OSError(f"{where}: the answer is larger than {most} bytes; left unread")
        # An answer that does not tell its length looks whole where the connection was cut.
        if time.monotonic() >= until:
            raise _too_slow(where)
        return b"".join(parts)

    def close(self) -> None:
        """Let the connections go."""
        self.cutter.release()
        self.client.close()


def _too_slow(where: str) -> OSError:
    return OSError(f"{where}: the answer is too slow; try again later")
