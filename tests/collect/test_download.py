"""Plain downloads: what a server does, and what is said of it."""

import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest

from collect.servers import Answer, Names, site
from zhengben.collect.download import BadUrlError, fetch, place
from zhengben.collect.guard import Guard
from zhengben.collect.limits import Limits
from zhengben.collect.profiles import PROFILES
from zhengben.core.fetched import FAILURES

MOBILE = PROFILES["mobile"]
pytestmark = pytest.mark.sockets


def test_a_page_comes_back_as_the_client_saw_it() -> None:
    with site() as here, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        here.put("/p", "微粒贷")
        got = fetch("http://a.example/p#part", MOBILE, guard)
        assert (got.status, got.body.decode(), got.failure, got.profile) == (200, "微粒贷", "", "mobile")
        assert (got.final_url, got.address) == ("http://a.example/p", "127.0.0.1")
        assert here.headers[0]["User-Agent"] == MOBILE.user_agent
        assert here.headers[0]["sec-ch-ua-mobile"] == "?1"


def test_every_hop_of_a_redirect_is_judged_again() -> None:
    with site() as here, site() as inside, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        for path, target in {
            "/1": f"http://127.0.0.1:{inside.port}/", "/2": "http://169.254.169.254/latest/", "/3": f"http://127.1:{inside.port}/",
            "/4": f"//2130706433:{inside.port}/", "/5": f"http://[::ffff:127.0.0.1]:{inside.port}/",
        }.items():  # fmt: skip
            here.redirect(path, target)
            got = fetch(f"http://a.example{path}", MOBILE, guard)
            assert (got.failure, len(got.hops)) == ("refused_address", 2), path
            assert got.hops[0].status == 302
        assert inside.hits == []


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://a.example/", "javascript:alert(1)", "data:text/html,x"]
)
def test_a_redirect_out_of_the_web_is_not_followed(target: str) -> None:
    with site() as here, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        here.redirect("/", target)
        assert fetch("http://a.example/", MOBILE, guard).failure == "bad_answer"


def test_redirects_are_followed_up_to_a_cap() -> None:
    with site() as here, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        here.redirect("/a", "/b")
        here.put("/b", "end")
        got = fetch("http://a.example/a", MOBILE, guard)
        assert (got.body, got.final_url, [hop.status for hop in got.hops]) == (b"end", "http://a.example/b", [302, 200])
        here.redirect("/loop", "/loop")
        loop = fetch("http://a.example/loop", MOBILE, guard)
        assert (loop.failure, len(loop.hops)) == ("too_many_redirects", 11)


def test_an_endless_page_is_cut_and_says_so() -> None:
    def endless(handler: BaseHTTPRequestHandler) -> Answer | None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(2 << 30))
        handler.end_headers()
        for _ in range(400):
            handler.wfile.write(b"x" * 65536)
        return None

    with site() as here, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        here.pages["/"] = endless
        got = fetch("http://a.example/", MOBILE, guard, Limits(max_bytes=1 << 20))
        assert (got.failure, len(got.body), got.complete) == ("too_big", 1 << 20, False)


def test_a_download_bomb_stays_small() -> None:
    with site() as here, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        here.put("/", gzip.compress(bytes(200 << 20)), Content_Encoding="gzip")
        started = time.process_time()
        got = fetch("http://a.example/", MOBILE, guard, Limits(max_bytes=1 << 20))
        assert (got.failure, len(got.body)) == ("too_big", 1 << 20)
        assert time.process_time() - started < 2


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_is_left_in_time(part: str) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> Answer | None:
        if part == "body":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for letter in b"HTTP/1.1 200 OK and so on, for a very long while indeed":
            handler.wfile.write(bytes([letter]))
            time.sleep(0.1)
        return None

    with site() as here, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        here.pages["/"] = drip
        started = time.monotonic()
        got = fetch("http://a.example/", MOBILE, guard, Limits(seconds=0.8))
        assert got.failure == "timeout"
        assert time.monotonic() - started < 3
        assert bool(got.body) == (part == "body")


def test_a_body_that_breaks_off_is_told() -> None:
    def broken(handler: BaseHTTPRequestHandler) -> Answer | None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
        return None

    with site() as here, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        here.pages["/"] = broken
        got = fetch("http://a.example/", MOBILE, guard)
        assert (got.failure, got.body, got.status) == ("bad_answer", b"half", 200)


def _once(said: bytes) -> tuple[int, threading.Thread]:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener:
            client, _ = listener.accept()
            with client:
                client.recv(4096)
                client.sendall(said)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return listener.getsockname()[1], thread


@pytest.mark.parametrize(
    ("said", "failure"),
    [(b"SSH-2.0-OpenSSH\r\n", "bad_answer"), (b"", "connect_failed"), (b"HTTP/1.1 abc\r\n\r\n", "bad_answer"),
     (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n", "bad_answer")],
)  # fmt: skip
def test_what_is_not_http_is_a_bad_answer(said: bytes, failure: str) -> None:
    port, thread = _once(said)
    with Guard(Names(a_example=("127.0.0.1", port)), [f"127.0.0.1:{port}"]) as guard:
        got = fetch("http://a.example/", MOBILE, guard)
        assert got.failure == failure
        assert got.failure in FAILURES
    thread.join(5)


def test_tls_to_a_plain_server_fails_as_tls() -> None:
    with site() as here, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        assert fetch("https://a.example/", MOBILE, guard).failure == "tls_failed"


def test_gone_silent_and_closed_are_told_apart() -> None:
    class Silent:
        def resolve(self, host: str, port: int) -> tuple[str, int]:
            raise TimeoutError(f"{host}:{port} unanswered")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        closed = listener.getsockname()[1]
    names = Names(closed_example=("127.0.0.1", closed))
    assert fetch("http://gone.example/", MOBILE, Guard(names)).failure == "dns_gone"
    assert fetch("http://any.example/", MOBILE, Guard(Silent())).failure == "dns_failed"
    assert fetch("http://closed.example/", MOBILE, Guard(names, [f"127.0.0.1:{closed}"])).failure == "connect_failed"


def test_connections_are_kept_and_a_dropped_one_is_replaced() -> None:
    with site() as here, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        here.put("/", "x")
        for _ in range(5):
            assert fetch("http://a.example/", MOBILE, guard).body == b"x"
        key = next(iter(guard._idle))
        assert len(guard._idle[key]) == 1
        guard._idle[key][0][1].shutdown(socket.SHUT_RDWR)
        assert fetch("http://a.example/", MOBILE, guard).body == b"x"


def test_a_kept_connection_never_serves_another_address() -> None:
    with site() as one, site() as two:
        names = Names(a_example=[("127.0.0.1", one.port), ("127.0.0.1", two.port)])
        with Guard(names, [one.place, two.place]) as guard:
            one.put("/", "one")
            two.put("/", "two")
            assert fetch("http://a.example/", MOBILE, guard).body == b"one"
            assert fetch("http://a.example/", MOBILE, guard).body == b"two"


def test_looking_is_cheap() -> None:
    with site() as here, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        here.put("/", "x" * 20_000)
        fetch("http://a.example/", MOBILE, guard)
        started = time.thread_time()
        for _ in range(200):
            fetch("http://a.example/", MOBILE, guard)
        assert (time.thread_time() - started) / 200 < 0.004


@pytest.mark.parametrize(
    "bad", ["", "weilidai", "ftp://a.example/", "http://", "http://a b/", "http://[::1", "http://a:99999/"]
)
def test_what_is_no_address_is_refused(bad: str) -> None:
    with pytest.raises(BadUrlError):
        place(bad)
    assert fetch(bad, MOBILE, Guard(Names())).failure == "bad_answer"
