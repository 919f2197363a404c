"""The web of the small internet: one small HTTP/1.1 server, a port for each vantage."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass

REASONS = {200: "OK", 302: "Found", 403: "Forbidden", 404: "Not Found", 410: "Gone", 503: "Service Unavailable"}
# Far above what a browser sends; it only keeps a broken client from filling the memory of a test.
HEAD_LIMIT = 65536
SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the web: which host and path, from where, as which client."""

    host: str
    path: str
    client: str
    vantage: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer; `status` 0 closes the connection without a word."""

    status: int
    body: bytes = b""
    content: str = "text/html; charset=utf-8"
    location: str = ""


def client_of(user_agent: str) -> str:
    """Tell clients apart the way impostors do.

    >>> client_of("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0")
    'wechat'
    """
    if "MicroMessenger" in user_agent:
        return "wechat"
    return "mobile" if any(word in user_agent for word in ("Mobile", "iPhone", "Android")) else "desktop"


class Web:
    """Serves on 127.0.0.1 and the loopback addresses beside it; `answer` decides. Runs in a thread of its own."""

    def __init__(self, answer: Callable[[Asked], Answered], vantages: tuple[str, ...]) -> None:
        """Take what decides and the vantages to open ports for."""
        self._answer, self._vantages = answer, vantages
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="range-web", daemon=True)
        self._ready, self._servers = threading.Event(), list[asyncio.Server]()
        self._writers: set[asyncio.StreamWriter] = set()
        self.ports: dict[str, int] = {}
        self.requests = 0

    def start(self, addresses: tuple[str, ...]) -> None:
        """Listen on each address, with the same port on all of them for one vantage."""
        self._addresses = addresses
        self._thread.start()
        if not self._ready.wait(SECONDS) or len(self.ports) < len(self._vantages):
            raise OSError("the web of the range could not open its ports on loopback")

    def close(self) -> None:
        """Close every port and connection."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(SECONDS)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._open())
        finally:
            self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._shut())
        self._loop.close()

    async def _open(self) -> None:
        for vantage in self._vantages:
            # The first address takes any free port, the others must take the same: one vantage, one port.
            first = await asyncio.start_server(self._serve(vantage), self._addresses[0], 0, limit=HEAD_LIMIT)
            port = int(first.sockets[0].getsockname()[1])
            self._servers.append(first)
            for address in self._addresses[1:]:
                self._servers.append(await asyncio.start_server(self._serve(vantage), address, port, limit=HEAD_LIMIT))
            self.ports[vantage] = port

    async def _shut(self) -> None:
        for server in self._servers:
            server.close()
        for writer in list(self._writers):
            writer.close()
        # A closed connection ends the reading of its task; cancelling would only be logged as an error.
        if tasks := [task for task in asyncio.all_tasks(self._loop) if task is not asyncio.current_task()]:
            await asyncio.wait(tasks, timeout=1)

    def _serve(self, vantage: str) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], "asyncio.Future[None]"]:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            """Serve one connection until the client leaves."""
            self._writers.add(writer)
            try:
                while await self._one(reader, writer, vantage):
                    pass
            except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
                return  # a client that speaks no HTTP or hangs up is its own affair
            finally:
                self._writers.discard(writer)
                writer.close()

        return connected  # type: ignore[return-value]  # asyncio wraps the coroutine function in a task

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, vantage: str) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        if size := int(headers.get("content-length", "0")):
            await reader.readexactly(min(size, HEAD_LIMIT))
        self.requests += 1
        answer = self._answer(_asked(target, headers, vantage))
        # Status 0 closes without a word: the impostor that simply hangs up is one of the tricks.
        if not answer.status:
            return False
        close = headers.get("connection", "").lower() == "close"
        writer.write(_wire(answer, close=close, bare=method == "HEAD"))
        await writer.drain()
        return not close


def _asked(target: str, headers: dict[str, str], vantage: str) -> Asked:
    if "://" in target:  # the form a proxy is asked in
        target = "/" + target.split("://", 1)[1].partition("/")[2]
    host = headers.get("host", "").partition(":")[0].lower().rstrip(".")
    return Asked(host, target.partition("?")[0], client_of(headers.get("user-agent", "")), vantage)


def _wire(answer: Answered, *, close: bool, bare: bool) -> bytes:
    lines = (
        f"HTTP/1.1 {answer.status} {REASONS.get(answer.status, 'OK')}",
        # What most impostors say; a server of our own name would let the product know that it is being tested.
        "Server: nginx",
        f"Content-Type: {answer.content}",
        f"Content-Length: {len(answer.body)}",
        f"Connection: {'close' if close else 'keep-alive'}",
    )
    moved = f"\r\nLocation: {answer.location}" if answer.location else ""
    head = ("\r\n".join(lines) + f"{moved}\r\n\r\n").encode()
    return head if bare else head + answer.body
