"""One HTTP/1.1 answer read from one socket under a deadline and a byte cap.

`http.client` bounds each read, not the sum of them; a server that drips a byte every nine seconds would hold a worker
for a day. Here the socket itself knows when the look must end.
"""

import http.client
import io
import socket
import time
import zlib
from dataclasses import dataclass
from typing import Any

_CHUNK = 65536
_QUICK_ACK: int | None = getattr(socket, "TCP_QUICKACK", None)


class _Raw(io.RawIOBase):
    """A socket as a byte source that never reads past the deadline (monotonic seconds)."""

    def __init__(self, connection: socket.socket, end: float) -> None:
        self._connection, self._end = connection, end

    def readable(self) -> bool:
        """Tell `io` that this end can be read; `BufferedReader` asks before it reads."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into `buffer`, never past the end of the look; raises TimeoutError when its time is over."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the look is over its time")
        self._connection.settimeout(left)
        if _QUICK_ACK is not None:
            # Many servers write head and body apart; without this a kept connection waits 40 ms for our delayed ACK.
            self._connection.setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)
        return self._connection.recv_into(buffer)


class _Source:
    """What `http.client.HTTPResponse` asks of a socket."""

    def __init__(self, connection: socket.socket, end: float) -> None:
        self._raw = _Raw(connection, end)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Give the reader `http.client` asks a socket for; the mode it names is always `rb`."""
        return io.BufferedReader(self._raw, _CHUNK)


@dataclass(slots=True)
class Answer:
    """One answer; `whole` is False where it broke off, `reusable` tells whether the connection may be used again."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    failure: str = ""
    detail: str = ""
    reusable: bool = False


def ask(connection: socket.socket, request: bytes, end: float, most: int) -> Answer:
    """Send a request and read its answer; `end` is in monotonic seconds, `most` bounds the unpacked body.

    Raises:
        OSError: the connection broke before the answer's head was read.
        http.client.HTTPException: what came is not HTTP.
    """
    connection.settimeout(max(0.01, end - time.monotonic()))
    connection.sendall(request)
    response = http.client.HTTPResponse(_Source(connection, end), method="GET")  # type: ignore[arg-type]  # makefile is all it uses
    try:
        response.begin()
        answer = Answer(response.status, tuple(response.headers.items()), b"")
        _read_body(response, answer, most)
        done = response.length == 0 or response.isclosed()
        # Reused after half an answer, the next look would read the rest of this one as its own.
        answer.reusable = done and not answer.failure and not response.will_close
        return answer
    finally:
        response.close()


def _read_body(response: http.client.HTTPResponse, answer: Answer, most: int) -> None:
    unpack = _unpacker(response.headers.get("Content-Encoding", ""))
    parts: list[bytes] = []
    try:
        size = 0
        while chunk := response.read1(_CHUNK):
            piece = unpack(chunk, most - size + 1)
            parts.append(piece)
            size += len(piece)
            if size > most:
                answer.failure, answer.detail = "too_big", f"more than {most} bytes"
                break
        if not answer.failure and response.length:
            answer.failure, answer.detail = "bad_answer", f"{response.length} bytes of the body never came"
    except TimeoutError:
        answer.failure, answer.detail = "timeout", "the body did not end in time"
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        answer.failure, answer.detail = "bad_answer", f"the body broke off: {type(error).__name__}"
    answer.body = b"".join(parts)[:most]


class _Unpacker:
    """Undoes gzip or deflate, never giving more than asked for: a download bomb stays small."""

    def __init__(self, window: int) -> None:
        self._engine = zlib.decompressobj(window)
        self._window = window

    def __call__(self, chunk: bytes, most: int) -> bytes:
        try:
            return self._engine.decompress(chunk, most)
        except zlib.error:
            if self._window != zlib.MAX_WBITS:
                raise
            self._window = -zlib.MAX_WBITS  # deflate without its zlib wrapper, as some servers send it
            self._engine = zlib.decompressobj(self._window)
            return self._engine.decompress(chunk, most)


def _unpacker(encoding: str) -> Any:
    word = encoding.strip().lower()
    if word in {"gzip", "x-gzip"}:
        return _Unpacker(zlib.MAX_WBITS | 16)
    return _Unpacker(zlib.MAX_WBITS) if word == "deflate" else _as_is


def _as_is(chunk: bytes, _most: int) -> bytes:
    return chunk
