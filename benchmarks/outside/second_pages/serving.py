"""A small world on loopback for looking at pages with the browser: every name leads to one server.

To be run inside a network namespace of its own (`unshare -n -m`), where port 53 and the resolver's file are ours.
"""

import http.server
import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import ClassVar

from templates import Page

PORT = 8123
INSIDE = "ZHENGBEN_SECOND_PAGES_INSIDE"
_START = "<!doctype html><html><head><meta charset='utf-8'>"
DECOY = _START + "<title>建设中</title></head><body><p>网站正在建设中。</p></body></html>"
REFRESH = (
    _START
    + "<meta http-equiv='refresh' content='0;url=/in/{name}'><title>请稍候</title></head><body>请稍候</body></html>"
)
FRAME = (
    _START + "<title>请稍候</title></head><body style='margin:0'>"
    "<iframe src='/in/{name}' width='100%' height='900'></iframe></body></html>"
)


def enter() -> None:
    """Starts this very command again inside a network of its own, unless it is there already."""
    if os.environ.get(INSIDE):
        return
    os.environ[INSIDE] = "1"
    os.execvp("unshare", ["unshare", "-n", "-m", sys.executable, *sys.argv])  # noqa: S606 - no shell is wanted


def shown(page: Page, inner: bool, agent: str) -> str:  # noqa: FBT001 - told by the path
    """What a client that calls itself AGENT is given of PAGE."""
    if page.trick == "mobile" and "Mobile" not in agent:
        return DECOY
    if page.trick == "wechat" and "MicroMessenger" not in agent:
        return DECOY
    if inner or page.trick not in ("refresh", "frame"):
        return page.html
    return (REFRESH if page.trick == "refresh" else FRAME).format(name=page.name)


class Handler(http.server.BaseHTTPRequestHandler):
    """Pages by path: `/name`, and `/in/name` for what a refresh or a frame leads to."""

    pages: ClassVar[dict[str, Page]] = {}

    def do_GET(self) -> None:
        """One page, or 404."""
        inner, name = self.path.startswith("/in/"), self.path.rpartition("/")[2]
        page = self.pages.get(name)
        body = shown(page, inner, self.headers.get("User-Agent", "")).encode() if page else b""
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Nothing is said of single requests."""


def _names(server: socket.socket) -> None:
    """Answers every question for an address with 127.0.0.1, and every other with nothing."""
    while True:
        asked, client = server.recvfrom(1500)
        end = asked.index(b"\0", 12) + 5
        address = asked[end - 4 : end - 2] == b"\0\1"
        head = asked[:2] + b"\x81\x80\0\1" + (b"\0\1" if address else b"\0\0") + b"\0\0\0\0"
        record = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + socket.inet_aton("127.0.0.1")
        server.sendto(head + asked[12:end] + (record if address else b""), client)


def serve(pages: list[Page]) -> list[str]:
    """Starts both servers; returns the address of each page."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    kept = Path(tempfile.mkdtemp()) / "resolv.conf"
    kept.write_text("nameserver 127.0.0.1\n", encoding="ascii")
    subprocess.run(["mount", "--bind", str(kept), "/etc/resolv.conf"], check=True)
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    threading.Thread(target=_names, args=(server,), daemon=True).start()
    Handler.pages = {page.name: page for page in pages}
    web = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    os.environ["ZHENGBEN_ALLOW_HOSTS"] = f"127.0.0.1:{PORT}"
    return [f"http://{page.host}:{PORT}/{page.name}" for page in pages]
