"""The real browser: what it sees, where it cannot go, and how hostile pages end. Needs Debian's chromium."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import NamedTuple

import pytest

from collect.servers import Answer, Names, Site, site, trap
from zhengben.collect import browser as browser_module
from zhengben.collect.browser import Bounds, Browser, available
from zhengben.collect.guard import Guard
from zhengben.collect.limits import Limits
from zhengben.collect.profiles import PROFILES
from zhengben.core.fetched import FAILURES

MOBILE, DESKTOP, WECHAT = (PROFILES[name] for name in ("mobile", "desktop", "wechat"))
browser = pytest.mark.browser
needs_chromium = pytest.mark.skipif(bool(available()), reason="needs Debian's chromium and the browser extra")


class World(NamedTuple):
    """An evil site behind a guard, an inner server that nobody may reach, and a browser."""

    evil: Site
    caught: list[str]
    names: Names
    guard: Guard
    browser: Browser


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with site() as evil, trap() as caught:
        inner = ("127.0.0.1", int(caught[0]))
        names = Names(
            evil_example=("127.0.0.1", evil.port),
            inner_example=inner,
            rebind_example=[("127.0.0.1", evil.port), inner],
        )
        with Guard(names, [evil.place], Limits(max_bytes=32 << 20)) as guard:
            running = Browser(guard, Bounds(seconds=9, one_process=600 << 20))
            try:
                yield World(evil, caught, names, guard, running)
            finally:
                running.close()


@browser
@needs_chromium
def test_a_page_is_brought_home_whole(world: World) -> None:
    world.evil.put("/i.png", b"\x89PNG\r\n\x1a\n", "image/png")
    world.evil.put(
        "/",
        "<title>微粒贷</title><link rel=icon href=/i.png><div id=a></div><input placeholder=身份证号>"
        "<img src=/i.png width=40 height=40><script>a.textContent='额度'+'申请'</script>",
    )
    seen = world.browser.capture("http://evil.example/", MOBILE)
    assert (seen.failure, seen.status, seen.title) == ("", 200, "微粒贷")
    assert "额度申请" in seen.dom
    assert seen.screenshot.startswith(b"\x89PNG")
    assert b"multipart/related" in seen.mhtml
    assert seen.favicon.startswith(b"\x89PNG")
    assert {(r.url, r.status, r.address) for r in seen.network} >= {("http://evil.example/", 200, "127.0.0.1")}
    assert {"img", "input"} <= {box.kind for box in seen.boxes}


_WHO = """<pre id=o></pre><script>o.textContent=JSON.stringify([navigator.userAgent,navigator.platform,
navigator.webdriver,screen.width,navigator.maxTouchPoints>0,navigator.language])</script>"""


@browser
@needs_chromium
def test_each_profile_is_consistent_down_to_what_scripts_see(world: World) -> None:
    world.evil.put("/who", _WHO)
    for profile, platform, width, touch in (
        (DESKTOP, "Win32", 1280, False), (MOBILE, "Linux armv81", 390, True), (WECHAT, "Linux armv81", 390, True),
    ):  # fmt: skip
        seen = world.browser.capture("http://evil.example/who", profile)
        said = json.loads(seen.dom.split('<pre id="o">')[1].split("</pre>")[0].replace("&amp;", "&"))
        assert said == [profile.user_agent, platform, False, width, touch, "zh-CN"]
        assert world.evil.headers[-2]["User-Agent"] == profile.user_agent or any(
            h.get("User-Agent") == profile.user_agent for h in world.evil.headers[-3:]
        )


def _everything(inner: str) -> str:
    """Give a page that tries every way inside at once."""
    port = inner.rpartition(":")[2]
    spellings = [f"http://{host}:{port}/{n}" for n, host in enumerate((
        "127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "inner.example",
        "127.0.0.1.", "localhost.", "0",
    ))]  # fmt: skip
    pictures = "".join(f"<img src='{url}'>" for url in spellings)
    fetches = "".join(f"fetch('{url}',{{mode:'no-cors'}}).catch(()=>0);" for url in spellings)
    return f"""<title>vectors</title>{pictures}
    <img src=/hop-image><iframe src='{inner}/frame'></iframe><link rel=stylesheet href='{inner}/style'>
    <link rel=preconnect href='{inner}'><link rel=prefetch href='{inner}/prefetch'><link rel=icon href=/hop-icon>
    <script src='{inner}/script'></script><object data='{inner}/object'></object><video src='{inner}/video'></video>
    <form id=f method=post action='{inner}/form' target=x><input name=a></form><iframe name=x></iframe>
    <style>@font-face{{font-family:z;src:url({inner}/font)}} body{{font-family:z;background:url({inner}/css)}}</style>
    <p>text</p><iframe src=http://rebind.example/again></iframe><img src='http://169.254.169.254/latest/meta-data/'>
    <script>
    {fetches}
    fetch('http://rebind.example/',{{mode:'no-cors'}}).catch(()=>0);
    setTimeout(()=>fetch('http://rebind.example/2',{{mode:'no-cors',cache:'no-store'}}).catch(()=>0),150);
    try{{new WebSocket('ws://127.0.0.1:{port}/ws')}}catch(e){{}}
    try{{new WebSocket('ws://evil.example/hop-ws')}}catch(e){{}}
    try{{new EventSource('{inner}/sse')}}catch(e){{}}
    try{{navigator.sendBeacon('{inner}/beacon','x')}}catch(e){{}}
    try{{navigator.serviceWorker.register('/sw.js')}}catch(e){{}}
    try{{new Worker('/worker.js')}}catch(e){{}}
    try{{const p=new RTCPeerConnection({{iceServers:[{{urls:'stun:127.0.0.1:{port}'}},
      {{urls:'turn:127.0.0.1:{port}?transport=tcp',username:'a',credential:'b'}}]}});
      p.createDataChannel('x');p.createOffer().then(o=>p.setLocalDescription(o))}}catch(e){{}}
    try{{const t=new WebTransport('https://127.0.0.1:{port}/');t.ready.catch(()=>0)}}catch(e){{}}
    try{{window.open('{inner}/popup')}}catch(e){{}}
    f.submit();
    </script>"""


@browser
@needs_chromium
def test_no_way_leads_inside(world: World) -> None:
    inner = f"http://127.0.0.1:{world.caught[0]}"
    for path in ("/hop-image", "/hop-icon", "/hop-ws", "/hop-page", "/hop-download"):
        world.evil.redirect(path, f"{inner}{path}")
    world.evil.put("/sw.js", f"fetch('{inner}/sw')", "text/javascript")
    world.evil.put("/worker.js", f"fetch('{inner}/worker',{{mode:'no-cors'}})", "text/javascript")
    world.evil.put("/all", _everything(inner))
    seen = world.browser.capture("http://evil.example/all", MOBILE)
    assert seen.title == "vectors"
    for page in (
        f"<meta http-equiv=refresh content='0;url={inner}/meta'>", f"<script>location='{inner}/js'</script>",
        "<script>location='file:///etc/passwd'</script>",
        f"<a id=d download href='{inner}/get'>x</a><script>d.click()</script>",
        "<script>location='chrome://version'</script>",
    ):  # fmt: skip
        world.evil.put("/one", page)
        assert "root:" not in world.browser.capture("http://evil.example/one", MOBILE).dom
    for url in (
        f"{inner}/",
        "http://evil.example/hop-page",
        "http://inner.example/",
        "http://169.254.169.254/",
        "http://[::1]/",
    ):
        refused = world.browser.capture(url, DESKTOP)
        assert refused.failure == "refused_address", url
    assert "SECRET" not in seen.dom
    assert world.caught[1:] == []
    assert any(passage.refused == "loopback" for passage in world.guard.passages)


@browser
@needs_chromium
def test_the_ways_inside_are_real_when_the_guard_allows_them() -> None:
    """Prove that the vectors work, so that their silence above means something."""
    with site() as evil, trap() as caught:
        names = Names(evil_example=("127.0.0.1", evil.port))
        evil.redirect("/hop-image", f"http://127.0.0.1:{caught[0]}/hop-image")
        evil.put("/all", _everything(f"http://127.0.0.1:{caught[0]}"))
        with Guard(names, [evil.place, f"127.0.0.1:{caught[0]}", f"[::1]:{caught[0]}"]) as guard:
            running = Browser(guard, Bounds(seconds=9))
            try:
                running.capture("http://evil.example/all", MOBILE)
            finally:
                running.close()
        reached = " ".join(caught[1:])
        for path in ("/hop-image", "/frame", "/style", "/script", "/css", "/ws", "/sse", "/beacon", "/0", "/2"):
            assert f"{path} " in reached, path


HOSTILE = {
    "alerts": "<title>t</title>before<script>for(;;)alert(1)</script>",
    "endless": "<title>t</title><p>before</p><script>for(;;){}</script>",
    "memory": "<title>t</title><script>const a=[];setInterval("
    "()=>{for(let i=0;i<20;i++)a.push(new Uint8Array(8e6).fill(7))},5)</script>",
    "tall": "<title>t</title><div style='height:500000px'>tall</div>",
    "popups": "<title>t</title><script>for(let i=0;i<50;i++)open('/x'+i)</script>",
    "nav loop": "<title>t</title><script>setInterval(()=>location.reload(),1)</script>",
    "nodes": "<title>t</title><script>for(let i=0;i<200000;i++)"
    "document.body.appendChild(document.createElement('p'))</script>",
    "print": "<title>t</title><script>setInterval(()=>{print();prompt('x')},1);onbeforeunload=()=>'stay'</script>",
    "bent": "<title>t</title><p>words</p><script>Element.prototype.querySelectorAll=document.querySelectorAll="
    "()=>{throw 1};JSON.stringify=()=>'{}';Object.defineProperty(document,'title',{get(){for(;;);}})</script>",
}


@browser
@needs_chromium
@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_closed_cleanly_and_leaves_its_log(world: World, name: str) -> None:
    world.evil.put("/hostile", HOSTILE[name])
    started = time.monotonic()
    seen = world.browser.capture("http://evil.example/hostile", MOBILE)
    assert time.monotonic() - started < 25
    assert seen.failure == "" or seen.failure in FAILURES
    assert seen.network[0].url == "http://evil.example/hostile"
    if name in {"endless", "alerts", "memory"}:
        assert seen.failure in {"timeout", "crashed"}
    if name == "bent":
        assert "words" in seen.dom
    world.evil.put("/after", "<title>after</title>fine")
    assert world.browser.capture("http://evil.example/after", MOBILE).title == "after"


@browser
@needs_chromium
@pytest.mark.slow
def test_a_slow_drip_ends_in_time(world: World) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> Answer | None:
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999\r\n\r\n<title>drip</title><p>seen"
        )
        for _ in range(200):
            handler.wfile.write(b" ")
            time.sleep(0.1)
        return None

    world.evil.pages["/drip"] = drip
    started = time.monotonic()
    seen = world.browser.capture("http://evil.example/drip", MOBILE)
    assert time.monotonic() - started < 20
    assert seen.failure == "timeout"
    assert seen.network


@browser
@needs_chromium
def test_an_app_handed_out_is_caught_by_name_and_bytes(world: World) -> None:
    body = b"PK\x03\x04" + bytes(2000)
    world.evil.put(
        "/w.apk", body, "application/vnd.android.package-archive", Content_Disposition="attachment; filename=wld.apk"
    )
    world.evil.put("/get", "<title>下载</title><script>location='/w.apk'</script>")
    seen = world.browser.capture("http://evil.example/get", MOBILE)
    assert [(d.name, d.body, d.complete) for d in seen.downloads] == [("wld.apk", body, True)]
    direct = world.browser.capture("http://evil.example/w.apk", MOBILE)
    assert [d.name for d in direct.downloads] == ["wld.apk"]


@browser
@needs_chromium
def test_names_that_are_gone_are_told(world: World) -> None:
    assert world.browser.capture("http://gone.example/", MOBILE).failure == "dns_gone"
    assert world.browser.capture("https://gone.example/", MOBILE).failure == "dns_gone"


@browser
@needs_chromium
def test_the_browser_itself_asks_for_nothing(world: World) -> None:
    """Evidence must hold the page's traffic alone: no updates, accounts or autofill of the browser's own."""
    world.evil.put("/quiet", "<title>q</title><form><input name=card autocomplete=cc-number></form>")
    count = world.guard.count
    world.browser.capture("http://evil.example/quiet", MOBILE)
    assert {passage.host for passage in world.guard.since(count)} == {"evil.example"}
    assert world.browser.cell["network"] in {True, False}


def test_without_chromium_a_capture_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_module, "PROGRAMS", ("no-such-browser",))
    monkeypatch.delenv("ZHENGBEN_CHROMIUM", raising=False)
    seen = Browser(Guard(Names())).capture("http://a.example/", MOBILE)
    assert (seen.failure, seen.complete) == ("capture_unavailable", False)
    assert "Chromium" in seen.detail
