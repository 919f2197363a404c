"""One answer from one socket: bounded in bytes and time, unpacked with care, and honest about what never came."""

import gzip
import socket
import time
import zlib

import pytest

from zhengben.collect.wire import Answer, ask

pytestmark = pytest.mark.sockets
HEAD = b"HTTP/1.1 200 OK\r\n"


def answer(raw: bytes, *, most: int = 100_000, seconds: float = 2.0, close: bool = True) -> Answer:
    """Give what is made of these bytes of a server."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        ours = socket.create_connection(door.getsockname())
        theirs, _ = door.accept()
    with ours, theirs:
        theirs.sendall(raw)
        if close:
            theirs.shutdown(socket.SHUT_WR)
        found = ask(ours, b"GET / HTTP/1.1\r\n\r\n", time.monotonic() + seconds, most)
        assert theirs.recv(100) == b"GET / HTTP/1.1\r\n\r\n"
        return found


def sized(body: bytes, *more: bytes) -> bytes:
    return HEAD + b"".join(line + b"\r\n" for line in (b"Content-Length: %d" % len(body), *more)) + b"\r\n" + body


def test_a_whole_answer_leaves_its_connection_usable() -> None:
    found = answer(sized(b"hello", b"X-A: 1"), close=False)
    assert (found.status, found.body, found.failure, found.reusable) == (200, b"hello", "", True)
    assert ("X-A", "1") in found.headers


def test_a_server_that_closes_is_not_asked_again() -> None:
    assert answer(sized(b"hello", b"Connection: close")).reusable is False


def test_a_body_that_never_came_is_told() -> None:
    found = answer(HEAD + b"Content-Length: 50\r\n\r\nshort")
    assert (found.body, found.failure, found.reusable) == (b"short", "bad_answer", False)


def test_a_body_that_does_not_end_is_left_in_time_with_what_came() -> None:
    began = time.monotonic()
    found = answer(HEAD + b"Content-Length: 50\r\n\r\nslow", seconds=0.15, close=False)
    assert (found.body, found.failure) == (b"slow", "timeout")
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("packed", [b"", b"Content-Encoding: gzip", b"Content-Encoding: deflate"])
def test_more_than_asked_for_is_cut_packed_or_not(packed: bytes) -> None:
    plain = b"a" * 500_000
    body = gzip.compress(plain) if b"gzip" in packed else zlib.compress(plain) if packed else plain
    found = answer(sized(body, *([packed] if packed else [])), most=1000) if packed else answer(
        sized(body[:60_000]), most=1000
    )  # fmt: skip
    assert (len(found.body), found.failure, found.reusable) == (1000, "too_big", False)


@pytest.mark.parametrize("word", [b"gzip", b"x-gzip", b"GZIP", b" gzip "])
def test_gzip_is_unpacked_by_any_of_its_names(word: bytes) -> None:
    assert answer(sized(gzip.compress("微粒贷".encode()), b"Content-Encoding: " + word)).body.decode() == "微粒贷"


@pytest.mark.parametrize("raw", [False, True])
def test_deflate_is_unpacked_with_and_without_its_wrapper(*, raw: bool) -> None:
    engine = zlib.compressobj(wbits=-15 if raw else 15)
    body = engine.compress(b"hello") + engine.flush()
    assert answer(sized(body, b"Content-Encoding: deflate")).body == b"hello"


def test_what_is_called_gzip_and_is_not_is_told() -> None:
    found = answer(sized(b"plain words", b"Content-Encoding: gzip"))
    assert (found.body, found.failure) == (b"", "bad_answer")


def test_an_encoding_nobody_asked_for_is_left_as_it_came() -> None:
    assert answer(sized(b"\x0bxyz", b"Content-Encoding: br")).body == b"\x0bxyz"


def test_chunks_are_joined_and_a_broken_one_is_told() -> None:
    head = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    assert answer(head + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").body == b"abcde"
    assert answer(head + b"3\r\nabc\r\nZZ\r\n").failure == "bad_answer"
