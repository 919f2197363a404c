"""Small servers for the tests of this room: pages by path, and a count of who came."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]
Page = Callable[[BaseHTTPRequestHandler], Answer | None]


class Site:
    """An HTTP server on loopback: `pages` by path, `hits` as (host, path) in order."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.server = server
        self.pages: dict[str, Page] = {}
        self.hits: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.port: int = server.server_address[1]

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def put(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        raw = body.encode() if isinstance(body, str) else body
        named = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
        self.pages[path] = lambda _: (200, named, raw)

    def redirect(self, path: str, to: str) -> None:
        self.pages[path] = lambda _: (302, {"Location": to}, b"")


@contextmanager
def site() -> Iterator[Site]:
    """Serve until the block ends."""
    holder: list[Site] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Stay silent."""

        def do_GET(self) -> None:
            here = holder[0]
            path = self.path.split("?")[0]
            here.hits.append((self.headers.get("Host", ""), self.path))
            here.headers.append(dict(self.headers.items()))
            page = here.pages.get(path)
            answer = page(self) if page else (404, {}, b"nothing here")
            if answer is None:
                self.close_connection = True
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers and "Transfer-Encoding" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  # the standard library looks for this very name

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that leaves early is expected here."""

    with Server(("127.0.0.1", 0), Handler) as server:
        holder.append(Site(server))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield holder[0]
        finally:
            server.shutdown()
            thread.join(5)


@contextmanager
def trap() -> Iterator[list[str]]:
    """Listen on one loopback port over TCP (v4 and v6) and UDP; note everything that arrives. First entry: the port."""
    notes: list[str] = []
    with socket.socket(socket.AF_INET6) as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        tcp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        tcp.bind(("::", 0))
        port = tcp.getsockname()[1]
        udp.bind(("127.0.0.1", port))
        tcp.listen(64)
        notes.append(str(port))
        threads = [
            threading.Thread(target=work, args=(end, notes), daemon=True) for work, end in ((_tcp, tcp), (_udp, udp))
        ]
        for thread in threads:
            thread.start()
        try:
            yield notes
        finally:
            for end in (tcp, udp):
                _wake(end)
            for thread in threads:
                thread.join(2)


_SECRET = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\nSECRET"


def _wake(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


def _tcp(end: socket.socket, notes: list[str]) -> None:
    while True:
        try:
            client, _ = end.accept()
        except OSError:
            return
        with client:
            client.settimeout(2)
            try:
                first = client.recv(4096).split(b"\r\n")[0].decode("latin-1")
                notes.append(f"tcp {first}")
                client.sendall(_SECRET)
            except OSError:
                notes.append("tcp (silent)")


def _udp(end: socket.socket, notes: list[str]) -> None:
    end.settimeout(0.2)
    while True:
        try:
            end.recvfrom(2048)
            notes.append("udp")
        except TimeoutError:
            continue
        except OSError:
            return


class Names:
    """A resolver for tests: names to (address, port); an unknown name does not exist. A list answers in turn."""

    def __init__(self, **places: tuple[str, int] | list[tuple[str, int]]) -> None:
        self.places = {name.replace("_", "."): place for name, place in places.items()}
        self.asked: list[str] = []

    def resolve(self, host: str, port: int) -> tuple[str, int]:
        del port
        self.asked.append(host)
        place = self.places.get(host)
        if place is None:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} does not exist")
        if isinstance(place, list):
            return place.pop(0) if len(place) > 1 else place[0]
        return place
