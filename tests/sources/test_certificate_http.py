"""What a log may answer: anything, and each thing that is no answer ends in one line, in time and without growing."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from zhengben.sources.certificate_http import LogClient, MissingError

pytestmark = pytest.mark.sockets
Answer = Callable[[socket.socket], None]
STOP = threading.Event()


@contextmanager
def _answering(answer: Answer) -> Iterator[str]:
    """Serve one answer to every request on loopback."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line, suppress(OSError):
                while line.recv(65536):
                    answer(line)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()


def _told(answer: Answer, *, slowest: float = 30.0, most: int = 1 << 16) -> str:
    """Ask once; give the one line of complaint."""
    with _answering(answer) as url:
        client = LogClient(url, {"slowest": slowest})
        with pytest.raises(OSError, match=r"^http://127\.0\.0\.1:\d+/checkpoint: ") as caught:
            client.get("checkpoint", most)
        client.close()
    words = str(caught.value)
    assert "\n" not in words
    return words


def _bytes(data: bytes) -> Answer:
    def answer(line: socket.socket) -> None:
        line.sendall(data)
        line.shutdown(socket.SHUT_WR)

    return answer


def _dripping(head: bytes, drop: bytes) -> Answer:
    """Send a little again and again for as long as somebody listens."""

    def answer(line: socket.socket) -> None:
        line.sendall(head)
        while not STOP.wait(0.01):
            line.sendall(drop)

    return answer


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-A: y\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-A: ", b"y"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["headers", "one header", "a body", "a body of no length", "chunks", "promises"],
)
def test_an_answer_that_comes_in_drops_ends_when_its_time_is_over(head: bytes, drop: bytes) -> None:
    assert "too slow" in _told(_dripping(head, drop), slowest=0.3)


def test_a_log_that_says_nothing_is_left_when_the_time_is_over() -> None:
    assert "too slow" in _told(lambda line: line.sendall(b""), slowest=0.2)


def test_an_answer_cut_for_its_time_is_not_taken_for_a_whole_one() -> None:
    body = b"HTTP/1.1 200 OK\r\n\r\n" + b"a whole checkpoint\n"
    assert "too slow" in _told(lambda line: line.sendall(body), slowest=0.2)


def test_a_body_without_length_that_ends_in_time_is_whole() -> None:
    with _answering(_bytes(b"HTTP/1.1 200 OK\r\n\r\nhello")) as url:
        client = LogClient(url, {})
        assert client.get("checkpoint") == b"hello"
        client.close()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n", "answers 302"),
        (b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", "answers 503"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc", "try again later"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc", "try again later"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nabcde", "try again later"),
        (b"\x00\xff\n\n\r\nrubbish\r\n\r\n", "try again later"),
        (b"", "try again later"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n", "try again later"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 70_000, "larger than 65536 bytes"),
    ],
    ids=["led away", "busy", "short", "negative", "no gzip", "rubbish", "nothing", "huge header", "huge body"],
)
def test_what_is_no_answer_is_one_line(answer: bytes, words: str) -> None:
    assert words in _told(_bytes(answer))


def test_a_bomb_is_left_before_it_is_unpacked() -> None:
    packed = gzip.compress(bytes(40_000_000), 1)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    assert "larger than" in _told(_bytes(head + packed))


def test_a_missing_resource_is_told_apart_from_a_sick_log() -> None:
    with _answering(_bytes(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")) as url:
        client = LogClient(url, {})
        with pytest.raises(MissingError, match="no such resource"):
            client.get("tile/names/000")
        client.close()


def test_a_connection_is_used_again_and_watched_all_the_same() -> None:
    answers = iter([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"] * 2)

    def answer(line: socket.socket) -> None:
        line.sendall(next(answers, b"HTTP/1.1 200 OK\r\nX: "))

    with _answering(answer) as url:
        client = LogClient(url, {})
        assert client.get("checkpoint") == client.get("checkpoint") == b"ok"
        client.slowest = 0.3
        with pytest.raises(OSError, match="too slow"):
            client.get("checkpoint")
        client.close()
        client.close()


@pytest.mark.parametrize("url", ["", "ftp://log.example", "https://", "log.example", "file:///etc/passwd"])
def test_what_is_no_address_of_a_log_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no address of a log"):
        LogClient(url, {})


def test_nobody_there_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    client = LogClient(url, {})
    with pytest.raises(OSError, match="try again later"):
        client.get("checkpoint")
    client.close()
