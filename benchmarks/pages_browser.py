"""The browser part of the page benchmark: captures a minute, and what a page with pictures costs to read.

Pages of the range served on loopback, captured by Chromium through the guard. Wall time is what a person waits for, so
it is given, with the CPU of the whole tree beside it; run it on an idle machine.
"""

import argparse
import resource
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from zhengben.collect.browser import Browser, available
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES
from zhengben.core.fetched import Captured, Profile
from zhengben.examine.page_pictures import examine_captured
from zhengben.flow.dossiers import load_brands
from zhengben.range.planter import plant
from zhengben.range.scenario import read_scenario

AT_ONCE = 3


class _Names:
    def __init__(self, port: int) -> None:
        self.port = port

    def resolve(self, _host: str, _port: int) -> tuple[str, int]:
        return "127.0.0.1", self.port


def _serve(pages: dict[str, bytes]) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Stay silent."""

        def do_GET(self) -> None:
            body = pages.get(self.headers.get("Host", "") + self.path, b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def run(options: argparse.Namespace) -> dict[str, object]:
    """Capture pages with the mobile profile, then with all three, and read what came."""
    if why := available():
        raise SystemExit(why)
    brand = load_brands(ids=("weilidai",))[0]
    things = [t for t in plant(read_scenario("small"), options.seed, brand) if t.places]
    places = [t.places[0] for t in things][: options.pages or 40]
    server = _serve({f"{p.host}{p.path}": p.body for p in places})
    port = server.server_address[1]
    try:
        with Guard(_Names(port), [f"127.0.0.1:{port}"]) as guard:
            running = Browser(guard)
            try:
                return _measured(running, [p.url for p in places])
            finally:
                running.close()
    finally:
        server.shutdown()


def _measured(running: Browser, urls: list[str]) -> dict[str, object]:
    running.capture(urls[0], PROFILES["mobile"])
    figures: dict[str, object] = {"at_once": AT_ONCE, "cell": running.cell}
    for name, clients in (("mobile", ("mobile",)), ("all_three", tuple(PROFILES))):
        before, started = _children(), time.monotonic()
        seen = _all(running, urls, [PROFILES[c] for c in clients])
        took, spent = time.monotonic() - started, _children() - before
        whole = sum(one.complete for one in seen)
        figures[name] = {
            "targets_a_minute": round(len(urls) / took * 60, 1), "captures": len(seen), "complete": whole,
            "own_cpu_s_each": round(spent / len(seen), 3),
        }  # fmt: skip
        if name == "mobile":
            figures["reading"] = _reading(seen)
    return figures


def _all(running: Browser, urls: list[str], clients: list[Profile]) -> list[Captured]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda pair: running.capture(*pair), [(u, c) for u in urls for c in clients]))


def _reading(seen: list[Captured]) -> dict[str, object]:
    plain, read = [], []
    for one in seen:
        started = time.process_time()
        page = examine_captured(one)
        spent = (time.process_time() - started) * 1000
        (read if len(page.text) < 120 else plain).append(spent)
    return {
        "without_ocr": {"pages": len(plain), "median_ms": round(statistics.median(plain), 1) if plain else None},
        "with_ocr": {"pages": len(read), "median_ms": round(statistics.median(read), 1) if read else None},
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
