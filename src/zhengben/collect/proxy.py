"""The forward proxy on loopback through which a browser leaves: CONNECT tunnels and plain requests, nothing else.

One thread a connection: a page opens some dozens, and each only copies bytes. Every connection is bounded in time and
bytes, and none is opened before the guard has judged where it goes.
"""

import contextlib
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, urlsplit

from zhengben.collect.addresses import RefusedAddressError
from zhengben.collect.limits import Limits

Dial = Callable[[str, int], tuple[socket.socket, str]]
_CHUNK = 65536
# RFC 9110, 7.6.1: meant for the next hop alone; passed on, they would tell the impostor of a proxy.
_HOP_BY_HOP = (b"proxy-", b"connection:", b"keep-alive:")
_SECONDS = 60.0


class BadRequestError(ValueError):
    """What the client wrote is not a request a forward proxy serves."""


class Proxy:
    """Listens on a free loopback port; `start` and `stop` may each be called once."""

    def __init__(self, dial: Dial, limits: Limits) -> None:
        """Bind the port; connections wait in the queue until `start`."""
        self._dial, self._limits = dial, limits
        listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._listeners = [listener]
        self.port: int = listener.getsockname()[1]
        self._free = threading.BoundedSemaphore(limits.connections)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to serve."""
        self._begin(self._listeners[0])

    def serve(self, listener: socket.socket) -> None:
        """Serve on a further listening socket, which from now on belongs to the proxy."""
        self._listeners.append(listener)
        self._begin(listener)

    def _begin(self, listener: socket.socket) -> None:
        thread = threading.Thread(target=self._accept, args=(listener,), name="egress-guard", daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Close the door and every connection; returns when the door is shut."""
        self._stopped.set()
        for listener in self._listeners:
            _shut(listener)
            listener.close()
        with self._lock:
            still_open = list(self._open)
        # Whoever serves a connection closes it: closed from here it would leave what he waits for without a word.
        for connection in still_open:
            _shut(connection)
        for thread in self._threads:
            thread.join(5)

    def _accept(self, listener: socket.socket) -> None:
        while not self._stopped.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            # Refused and not queued: a page that opens a thousand connections must not keep the next look waiting.
            if not self._free.acquire(blocking=False):
                _answer(client, 503, "too many connections")
                client.close()
                continue
            threading.Thread(target=self._serve, args=(client,), name="egress-guard", daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            with client, self._held(client):
                client.settimeout(self._limits.connect_seconds)
                self._handle(client)
        except OSError:
            pass  # the client went away: nobody is left to tell
        finally:
            self._free.release()

    @contextlib.contextmanager
    def _held(self, connection: socket.socket) -> Iterator[None]:
        with self._lock:
            self._open.add(connection)
        if self._stopped.is_set():  # while this one began
            _shut(connection)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(connection)

    def _handle(self, client: socket.socket) -> None:
        try:
            head, rest = _read_head(client, self._limits.head_bytes, self._limits.seconds)
            host, port, forward = _route(head)
        except BadRequestError as error:
            _answer(client, 400, str(error))
            return
        try:
            server, _ = self._dial(host, port)
        except OSError as error:
            _answer(client, _status(error), type(error).__name__)
            return
        with server, self._held(server):
            if forward:
                server.sendall(forward)
            else:
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            if rest:
                server.sendall(rest)
            _pump(client, server, self._limits.max_bytes, max(self._limits.seconds, _SECONDS))


def _status(error: OSError) -> int:
    if isinstance(error, TimeoutError):
        return 504
    return 403 if isinstance(error, RefusedAddressError) else 502


def _answer(client: socket.socket, status: int, why: str) -> None:
    body = f"{why}\n".encode()
    head = f"HTTP/1.1 {status} Egress guard\r\nX-Egress-Guard: {why}\r\nContent-Length: {len(body)}\r\n"
    with contextlib.suppress(OSError):
        client.sendall((head + "Connection: close\r\n\r\n").encode("latin-1", "replace") + body)


def _read_head(client: socket.socket, most: int, seconds: float) -> tuple[bytes, bytes]:
    end, data = time.monotonic() + seconds, b""
    while b"\r\n\r\n" not in data:
        if len(data) > most or time.monotonic() > end:
            raise BadRequestError("the request head is too long or too slow")
        chunk = client.recv(_CHUNK)
        if not chunk:
            raise BadRequestError("the request broke off")
        data += chunk
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


def _route(head: bytes) -> tuple[str, int, bytes]:
    """Give host, port and the head to forward (empty for a tunnel)."""
    first, *lines = head.split(b"\r\n")
    words = first.split(b" ")
    if len(words) != 3 or not words[2].startswith(b"HTTP/1."):
        raise BadRequestError("not an HTTP/1 request line")
    method, target = words[0], words[1].decode("latin-1")
    if method == b"CONNECT":
        parts, port = _taken_apart(f"//{target}", 443)
        return _host(parts.hostname), port, b""
    parts, port = _taken_apart(target, 80)
    if parts.scheme != "http":
        raise BadRequestError("only http in absolute form, and CONNECT")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kept = [line for line in lines if not line.lower().startswith(_HOP_BY_HOP)]
    request = b"%s %s HTTP/1.1" % (method, path.encode("latin-1"))
    return _host(parts.hostname), port, b"\r\n".join([request, *kept, b"Connection: close", b"", b""])


def _taken_apart(address: str, usual: int) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise BadRequestError("not an address") from error
    return parts, port or usual


def _host(host: str | None) -> str:
    if not host:
        raise BadRequestError("no host")
    return host


def _pump(client: socket.socket, server: socket.socket, most: int, seconds: float) -> None:
    """Copy both ways until one side ends, `most` bytes came back, or the time is over."""
    end, carried = time.monotonic() + seconds, 0
    other = {client: server, server: client}
    with selectors.DefaultSelector() as waiting:
        for side in other:
            side.settimeout(10)
            try:
                waiting.register(side, selectors.EVENT_READ)
            except ValueError:
                return  # closed just now
        while waiting.get_map() and carried <= most:
            left = end - time.monotonic()
            ready = waiting.select(min(left, 30)) if left > 0 else []
            if not ready:
                return
            for key, _ in ready:
                source = client if key.fileobj is client else server
                chunk = source.recv(_CHUNK)
                if chunk:
                    other[source].sendall(chunk)
                    carried += len(chunk) if source is server else 0
                elif source is server:
                    return
                else:
                    waiting.unregister(client)
                    _half_close(server)


def _half_close(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
