"""Going to see: a browser started when first needed, an old address asked for a name that is gone, a look sealed."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from worlds import NOW, PAGE, Web, renewed
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES
from zhengben.core.fetched import Captured, Fetched, Profile, Seen
from zhengben.evidence.keys import open_key
from zhengben.evidence.seal import seal
from zhengben.evidence.vault import Vault
from zhengben.evidence.verify import verify_package
from zhengben.flow.eyes import NO_BROWSER, GuardedEyes
from zhengben.flow.look import look, look_at_file
from zhengben.flow.look_seal import seal_look
from zhengben.flow.rechecker import Rechecker
from zhengben.takedown.original import Original

PHONE = PROFILES["mobile"]


class Camera:
    """A browser that remembers what it was shown; one at a time."""

    opened: list["Camera"]

    def __init__(self, guard: Guard) -> None:
        """Take an open guard."""
        assert guard.url.startswith("http://127.0.0.1:")
        self.shown: list[str] = []
        self.closed = False
        self.opened.append(self)

    def capture(self, url: str, profile: Profile) -> Captured:
        self.shown.append(url)
        return Captured(url=url, final_url=url, profile=profile.name, status=200, dom="<p>x</p>")

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def cameras(monkeypatch: pytest.MonkeyPatch) -> list[Camera]:
    """Give the browsers that were started."""
    Camera.opened = []
    monkeypatch.setattr("zhengben.collect.browser.Browser", Camera)
    return Camera.opened


@pytest.mark.sockets
def test_a_browser_starts_with_the_first_capture_and_ends_with_the_eyes(cameras: list[Camera]) -> None:
    with GuardedEyes(Guard()) as eyes:
        assert cameras == []
        assert eyes.capture("http://a.example/", PHONE).dom == "<p>x</p>"
        assert eyes.capture("http://b.example/", PHONE).failure == ""
    assert [(one.shown, one.closed) for one in cameras] == [(["http://a.example/", "http://b.example/"], True)]
    eyes.close()
    assert eyes.capture("http://c.example/", PHONE).status == 200  # the eyes can be used again
    eyes.close()
    assert [one.closed for one in cameras] == [True, True]


def test_eyes_told_not_to_browse_never_start_one(cameras: list[Camera]) -> None:
    with GuardedEyes(Guard(), browse=False) as eyes:
        assert eyes.capture("http://a.example/", PHONE).failure == NO_BROWSER
    assert cameras == []


# --- a name that is gone while its old address still serves the page -----------------------------------------


@pytest.fixture
def server() -> Iterator[tuple[int, dict[str, bytes]]]:
    """Serve one page on loopback, by the host asked for; give the port and the pages."""
    pages: dict[str, bytes] = {}

    class Door(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get((self.headers["Host"] or "").partition(":")[0])
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body or b"nothing here")

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door) as door:
        thread = threading.Thread(target=door.serve_forever, args=(0.05,))
        thread.start()
        yield door.server_address[1], pages
        door.shutdown()
        thread.join()


def original(*addresses: str) -> dict[str, object]:
    """Give what was sealed of the page, and where its name pointed then."""
    known = tuple(
        Fetched(
            url="http://wei1idai-app.cn/", final_url="http://wei1idai-app.cn/", profile="mobile", status=200,
            headers=(("content-type", "text/html; charset=utf-8"),), body=PAGE.encode(), address=address,
        )
        for address in addresses
    )  # fmt: skip
    return Original.of("domain", Seen(fetched=known), ("微粒贷",)).record()


GONE = Fetched(url="http://wei1idai-app.cn/", final_url="", profile="mobile", failure="dns_gone")


@pytest.mark.sockets
def test_a_name_that_is_gone_is_not_gone_while_its_old_address_serves_it(
    tmp_path: Path, server: tuple[int, dict[str, bytes]]
) -> None:
    port, pages = server
    pages["wei1idai-app.cn"] = PAGE.encode()
    ask = Rechecker(Vault(tmp_path), renewed(), (f"127.0.0.1:{port}",), {80: port})
    assert ask(GONE, original("127.0.0.1")) == "up_changed"
    pages.clear()
    assert ask(GONE, original("127.0.0.1")) == "dns_gone"


@pytest.mark.sockets
def test_an_address_nobody_answers_at_or_may_ask_is_passed_over(
    tmp_path: Path, server: tuple[int, dict[str, bytes]]
) -> None:
    port, pages = server
    pages["wei1idai-app.cn"] = PAGE.encode()
    ask = Rechecker(Vault(tmp_path), renewed(), (f"127.0.0.1:{port}",), {80: port})
    assert ask(GONE, original("10.0.0.1")) == "dns_gone"  # an inner address is never asked
    assert ask(GONE, original("10.0.0.1", "127.0.0.1")) == "up_changed"


def test_without_an_original_nothing_is_said(tmp_path: Path) -> None:
    assert Rechecker(Vault(tmp_path), renewed())(GONE, {}) == "unknown"


# --- a look sealed without a case ----------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["page", "file", "text", "nameless"])
def test_what_a_person_looked_at_is_sealed_as_it_was(what: str, tmp_path: Path) -> None:
    web, brands = Web({"wei1idai-app.cn": (200, PAGE)}), renewed()
    body = PAGE.encode() if what in {"file", "nameless"} else None
    if what == "page":
        seen = look("wei1idai-app.cn", brands, web)
    elif body is None:
        seen = look("【微粒贷】额度已到账，点击领取", brands)
    else:
        seen = look_at_file("/" if what == "nameless" else "../a.html", body, brands)
    key = open_key(tmp_path / "seal.pem")
    path = seal_look(seen, body, tmp_path / "out", brands, lambda exhibit, now: seal(exhibit, key, now), NOW)
    assert path.parent == tmp_path / "out"
    assert path.name.startswith(f"{seen.sighting.kind}-")
    assert verify_package(path).ok
