"""A far vantage leaves through its proxy, and reaches no more than a near one."""

import http.server
import socket
import threading
from collections.abc import Iterator

import pytest

from zhengben.collect.addresses import RefusedAddressError
from zhengben.collect.download import fetch
from zhengben.collect.far import FarGuard
from zhengben.collect.profiles import PROFILES

pytestmark = pytest.mark.sockets


class Page(http.server.BaseHTTPRequestHandler):
    """Answers with one line."""

    def do_GET(self) -> None:
        body = "<title>真的页面</title>".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


class Tunnel:
    """A tiny CONNECT proxy on loopback that notes what it was asked for; `refuse` makes it say no."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.refuse = ""
        self.door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def place(self) -> tuple[str, int]:
        host, port = self.door.getsockname()
        return str(host), int(port)

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(client,), daemon=True).start()

    def _one(self, client: socket.socket) -> None:
        with client:
            line = client.recv(4096).split(b"\r\n")[0].decode()
            self.asked.append(line)
            if self.refuse:
                client.sendall(self.refuse.encode())
                return
            host, _, port = line.split()[1].rpartition(":")
            with socket.create_connection((host, int(port))) as far:
                client.sendall(b"HTTP/1.1 200 ok\r\n\r\n")
                far.sendall(client.recv(65536))
                while block := far.recv(65536):
                    client.sendall(block)


@pytest.fixture
def page() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def tunnel() -> Iterator[Tunnel]:
    proxy = Tunnel()
    yield proxy
    proxy.door.close()


def test_the_page_is_seen_through_the_proxy(page: int, tunnel: Tunnel) -> None:
    guard = FarGuard(tunnel.place, allow_hosts=[f"127.0.0.1:{page}"])
    seen = fetch(f"http://127.0.0.1:{page}/", PROFILES["mobile"], guard)
    guard.close()
    assert (seen.status, seen.failure) == (200, "")
    assert "真的页面" in seen.body.decode()
    assert tunnel.asked == [f"CONNECT 127.0.0.1:{page} HTTP/1.1"]


def test_an_inner_address_is_refused_before_the_proxy_is_asked(page: int, tunnel: Tunnel) -> None:
    guard = FarGuard(tunnel.place)
    seen = fetch(f"http://127.0.0.1:{page}/", PROFILES["mobile"], guard)
    assert seen.failure == "refused_address"
    assert tunnel.asked == []
    with pytest.raises(RefusedAddressError):
        guard.dial("169.254.169.254", 80)


@pytest.mark.parametrize("answer", ["HTTP/1.1 403 no\r\n\r\n", "HTTP/1.1 200", "x" * 10_000])
def test_a_proxy_that_says_no_is_a_failed_look(page: int, tunnel: Tunnel, answer: str) -> None:
    tunnel.refuse = answer
    guard = FarGuard(tunnel.place, allow_hosts=[f"127.0.0.1:{page}"])
    seen = fetch(f"http://127.0.0.1:{page}/", PROFILES["mobile"], guard)
    assert seen.failure == "connect_failed"
    assert "proxy" in seen.detail
