"""The browser part of the page benchmark: captures a minute, and what a page with pictures costs to read.

Pages of the range served on loopback, captured by Chromium through the guard. Wall time is what a person waits for, so
it is given, with the CPU of browser and driver beside it; run it on an idle machine:

    python benchmarks/pages_browser.py --pages 60

The range's page that is far too big is left out and counted apart: it is there to hold a browser up, and does so.
"""

import argparse
import json
import os
import resource
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from zhengben.collect.browser import Bounds, Browser, available
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES
from zhengben.collect.watch import tree
from zhengben.core.fetched import Captured, Profile
from zhengben.examine.page_pictures import examine_captured
from zhengben.flow.dossiers import load_brands
from zhengben.range.planter import plant
from zhengben.range.scenario import read_scenario

AT_ONCE = Bounds().at_once
FLOORS = {"mobile": 90, "all_three": 40}  # targets a minute on two idle cores


BIGGEST = 2 << 20  # bytes of a page


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
    planted = [t.places[0] for t in plant(read_scenario("small"), options.seed, brand) if t.places]
    places = [p for p in planted if len(p.body) <= BIGGEST][: options.pages or 40]
    server = _serve({f"{p.host}{p.path}": p.body for p in places})
    port = server.server_address[1]
    try:
        with Guard(_Names(port), [f"127.0.0.1:{port}"]) as guard:
            running = Browser(guard)
            try:
                told = _measured(running, [p.url for p in places])
                return told | {"pages": len(places), "left_out": sum(len(p.body) > BIGGEST for p in planted)}
            finally:
                running.close()
    finally:
        server.shutdown()


def _measured(running: Browser, urls: list[str]) -> dict[str, object]:
    running.capture(urls[0], PROFILES["mobile"])
    figures: dict[str, object] = {"at_once": AT_ONCE, "cell": running.cell}
    for name, clients in (("mobile", ("mobile",)), ("all_three", tuple(PROFILES))):
        before, started = _spent(running), time.monotonic()
        seen = _all(running, urls, [PROFILES[c] for c in clients])
        took, spent = time.monotonic() - started, _spent(running) - before
        whole = sum(one.complete for one in seen)
        figures[name] = {
            "targets_a_minute": round(len(urls) / took * 60, 1), "floor": FLOORS[name],
            "captures_a_minute": round(len(seen) / took * 60, 1), "captures": len(seen), "complete": whole,
            "cpu_s_each": round(spent / len(seen), 3), "seconds": round(took, 1),
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


def _spent(running: Browser) -> float:
    """Give the CPU seconds of this process, its driver, and the browser with all it has started and ended."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    root = running.cell.get("pid")
    others = {*tree(os.getpid()), *(tree(root) if isinstance(root, int) else ())} - {os.getpid()}
    return usage.ru_utime + usage.ru_stime + sum(_of(pid) for pid in others)


def _of(pid: int) -> float:
    """Give the CPU seconds of one process and of its children that have ended (proc(5), fields 14 to 17 of stat)."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description="captures a minute, and what reading a capture costs")
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    print(json.dumps(run(parser.parse_args()), ensure_ascii=False, indent=1))  # this is its output


if __name__ == "__main__":
    main()
