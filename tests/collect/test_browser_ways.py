"""No way leads inside: every way of `ways`, with the network namespace and without it; and proof that they are ways."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from collect import ways
from collect.servers import Answer, Names, Page, Site, site, trap
from zhengben.collect import cell as cell_program
from zhengben.collect.browser import Bounds, Browser, available
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES
from zhengben.core.fetched import Captured

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(available()), reason="needs Debian's chromium and the browser extra"),
]
MOBILE, DESKTOP = PROFILES["mobile"], PROFILES["desktop"]
AFTER = 0.6  # seconds in which what was begun while the page went away still comes


class Yard:
    """An evil site full of ways inside, an inner server, and a browser behind a guard."""

    def __init__(self, evil: Site, caught: list[str], guard: Guard) -> None:
        self.evil, self.caught, self.guard = evil, caught, guard
        self.inner = f"http://127.0.0.1:{caught[0]}"
        self.browser = Browser(guard, Bounds(seconds=12, patience=2.2))
        self._lay()

    def _lay(self) -> None:
        inner, evil = self.inner, self.evil
        for name, status in ways.HOPS.items():
            evil.pages[f"/hop-{name}"] = _hop(status, f"{inner}/hop-{name}")
        for name in ("worker", "prerender", "css"):
            evil.redirect(f"/hop-{name}", f"{inner}/hop-{name}")
        evil.put("/ways", ways.page(inner))
        evil.put("/service.js", f"fetch('{inner}/service')", "text/javascript")
        evil.put("/list.m3u8", f"#EXTM3U\n#EXTINF:9,\n{inner}/segment.ts\n#EXT-X-ENDLIST\n", "application/x-mpegurl")
        evil.put(
            "/drawing.svg",
            f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{inner}/drawing' width='9' height='9'/></svg>",
            "image/svg+xml",
        )
        evil.put("/sheet.xml", f"<?xml-stylesheet type='text/xsl' href='{inner}/xslt'?><a/>", "text/xml")
        evil.put(
            "/entity.xml",
            f"<?xml version='1.0'?><!DOCTYPE a SYSTEM '{inner}/dtd' [<!ENTITY b SYSTEM '{inner}/entity'>]><a>&b;</a>",
            "text/xml",
        )
        evil.pages["/headed"] = lambda _: (200, {"Content-Type": "text/html", **ways.headers(inner)}, b"<img src=/x>")
        evil.put("/refreshed", "r", Refresh=f"0;url={inner}/refreshed")
        evil.put("/leaves", f"<script>onpagehide=()=>navigator.sendBeacon('{inner}/leaves','a');location='/x'</script>")
        evil.pages["/early"] = self._early

    def _early(self, handler: BaseHTTPRequestHandler) -> Answer:
        hint = f"HTTP/1.1 103 Early Hints\r\nLink: <{self.inner}/early>; rel=preload; as=image\r\n\r\n"
        handler.wfile.write(hint.encode())
        return 200, {"Content-Type": "text/html", "Link": f"<{self.inner}/early>; rel=preload; as=image"}, b"early"

    def look(self, path: str, desktop: bool = False) -> Captured:  # noqa: FBT001, FBT002  # which of two clients
        """Look at a page of the evil site, and wait for what comes after it was closed."""
        seen = self.browser.capture(f"http://evil.example{path}", DESKTOP if desktop else MOBILE)
        time.sleep(AFTER)
        return seen

    def reached(self) -> str:
        """Give what the inner server was asked for."""
        return " ".join(self.caught[1:])


def _hop(status: int, to: str) -> Page:
    return lambda _: (status, {"Location": to}, b"")


def _yard(evil: Site, caught: list[str], *, allowed: bool = False) -> Iterator[Yard]:
    inside = ("127.0.0.1", int(caught[0]))
    names = Names(evil_example=("127.0.0.1", evil.port), inner_example=inside, alias_example=inside)
    names.places |= {"a.localhost": inside, "localhost": inside}
    more = [f"127.0.0.1:{caught[0]}", f"[::1]:{caught[0]}"] if allowed else []
    with Guard(names, [evil.place, *more]) as guard:
        yard = Yard(evil, caught, guard)
        try:
            yield yard
        finally:
            yard.browser.close()


@pytest.fixture(scope="module")
def closed() -> Iterator[Yard]:
    with site() as evil, trap() as caught:
        yield from _yard(evil, caught)


@pytest.fixture(scope="module")
def without_namespace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    """Give a browser that the guard's proxy alone holds back, as on a machine that allows no namespaces."""
    place = tmp_path_factory.mktemp("cell")
    place.chmod(0o755)
    bare = place / "cell.py"
    source = Path(cell_program.__file__).read_text("utf-8")
    bare.write_text(source.replace("if _alone(was_root=was_root):", "if False:"), "utf-8")
    kept = cell_program.__file__
    cell_program.__file__ = str(bare)  # the engine starts the file of this name
    try:
        with site() as evil, trap() as caught:
            yield from _yard(evil, caught)
    finally:
        cell_program.__file__ = kept


@pytest.mark.parametrize("path", ["/ways", "/headed", "/early", "/leaves"])
def test_no_way_leads_inside(closed: Yard, path: str) -> None:
    seen = closed.look(path)
    assert "SECRET" not in seen.dom
    assert closed.caught[1:] == []


def test_no_way_leads_inside_for_a_desktop(closed: Yard) -> None:
    assert closed.look("/ways", desktop=True).title == "ways"
    assert closed.caught[1:] == []


def test_no_spelling_leads_inside(closed: Yard) -> None:
    closed.evil.put("/spelled", ways.spelled(closed.caught[0]))
    before = closed.guard.count
    assert closed.look("/spelled").title == "spelled"
    assert closed.caught[1:] == []
    refused = {passage.host for passage in closed.guard.since(before) if passage.refused}
    assert {"127.0.0.1", "localhost", "inner.example", "alias.example", "::1", "64:ff9b::7f00:1"} <= refused


@pytest.mark.parametrize("path", ["/ways", "/headed"])
def test_the_proxy_alone_holds_every_way_back(without_namespace: Yard, path: str) -> None:
    without_namespace.look(path, desktop=path == "/ways")
    assert without_namespace.browser.cell["network"] is False
    assert without_namespace.caught[1:] == []


def test_the_proxy_alone_holds_every_spelling_back(without_namespace: Yard) -> None:
    without_namespace.evil.put("/spelled", ways.spelled(without_namespace.caught[0]))
    without_namespace.look("/spelled")
    assert without_namespace.caught[1:] == []


def test_these_are_ways_where_the_guard_allows_them() -> None:
    """Prove that the silence above means something: most of them reach a server that may be reached."""
    with site() as evil, trap() as caught:
        for yard in _yard(evil, caught, allowed=True):
            yard.look("/ways", desktop=True)
            yard.look("/headed")
            reached = yard.reached()
    came = {name for name in ways.names() if f"/{name} " in reached}
    assert len(came) >= 45
    assert came >= {"img", "frame", "fetch", "socket", "worker", "css-font", "svg-image", "beacon"}
