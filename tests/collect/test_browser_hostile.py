"""Pages made to break whoever looks: each is closed in time, leaves its network log and what was seen, and says so.

Every page is looked at by the same browser, and after each one the next ordinary page must still be seen whole.
"""

import gzip
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from typing import NamedTuple

import pytest

from collect.servers import Answer, Names, Site, site
from zhengben.collect.browser import Bounds, Browser, available
from zhengben.collect.guard import Guard
from zhengben.collect.limits import Limits
from zhengben.collect.profiles import PROFILES
from zhengben.core.fetched import FAILURES, Captured

MOBILE, DESKTOP = PROFILES["mobile"], PROFILES["desktop"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(available()), reason="needs Debian's chromium and the browser extra"),
]
SECONDS = 14.0  # a machine that runs other tests beside these is slow
AT_MOST = 45.0


class Yard(NamedTuple):
    """A hostile site behind a guard, and the browser that looks at it."""

    site: Site
    browser: Browser
    guard: Guard

    def look(self, body: str, path: str = "/hostile") -> Captured:
        """Open a page with this body; fail where it holds the browser up."""
        self.site.put(path, body)
        began = time.monotonic()
        seen = self.browser.capture(f"http://evil.example{path}", MOBILE)
        assert time.monotonic() - began < AT_MOST
        assert seen.failure == "" or seen.failure in FAILURES
        assert seen.network[0].url == f"http://evil.example{path}"
        return seen


@pytest.fixture(scope="module")
def ground() -> Iterator[Yard]:
    with site() as evil:
        names = Names(evil_example=("127.0.0.1", evil.port))
        names.places |= {f"s{n}.evil{n}.example": ("127.0.0.1", evil.port) for n in range(120)}
        with Guard(names, [evil.place], Limits(max_bytes=16 << 20)) as guard:
            bounds = Bounds(
                seconds=SECONDS, one_process=500 << 20, processes=30, download_seconds=4, download_bytes=4 << 20
            )
            running = Browser(guard, bounds)
            try:
                yield Yard(evil, running, guard)
            finally:
                running.close()


@pytest.fixture
def yard(ground: Yard) -> Iterator[Yard]:
    yield ground
    ground.site.put("/after", "<title>after</title><p>an ordinary page")
    after = ground.browser.capture("http://evil.example/after", MOBILE)
    assert (after.title, after.failure, bool(after.screenshot)) == ("after", "", True)


def note(seen: Captured, code: str) -> int:
    """Give a count the capture noted, 0 where it noted none."""
    return int(dict(line.split("=") for line in seen.notes).get(code, 0))


def test_alerts_without_end_are_counted_and_the_page_is_still_seen(yard: Yard) -> None:
    seen = yard.look("<title>t</title><p>您的额度已获批</p><script>for(;;)alert('中奖')</script>")
    assert (seen.failure, seen.complete) == ("timeout", False)
    assert note(seen, "dialogs") >= 20
    assert "您的额度已获批" in seen.dom
    assert seen.screenshot


def test_prompts_and_prints_by_the_thousand_leave_the_page_readable(yard: Yard) -> None:
    seen = yard.look(
        "<title>t</title><p>words</p><script>setInterval(()=>{print();prompt('密码');confirm('x')},1)</script>"
    )
    assert "words" in seen.dom
    assert note(seen, "dialogs") > 0


def test_a_script_that_never_ends_is_stopped_and_what_stood_before_it_is_seen(yard: Yard) -> None:
    seen = yard.look("<title>t</title><p>下载APP</p><script>for(;;){}</script>")
    assert (seen.failure, seen.complete) == ("timeout", False)
    assert "下载APP" in seen.dom
    assert seen.screenshot.startswith(b"\x89PNG")
    assert note(seen, "scripts_stopped") >= 1


def test_a_script_that_never_ends_after_the_page_was_read_is_stopped_too(yard: Yard) -> None:
    seen = yard.look("<title>t</title><p>first</p><script>setTimeout(()=>{for(;;){}},400)</script>")
    assert "first" in seen.dom
    assert not seen.complete or seen.screenshot


def test_a_page_half_a_million_pixels_tall_is_clipped_and_says_so(yard: Yard) -> None:
    seen = yard.look("<title>t</title><p>top</p><div style='height:500000px'>tall</div>")
    assert (seen.clipped, seen.complete, seen.failure) == (True, False, "")
    height = int.from_bytes(seen.screenshot[20:24], "big")
    assert height == Bounds().tallest


def test_a_page_half_a_million_pixels_wide_is_clipped_to_two_screens(yard: Yard) -> None:
    seen = yard.look("<title>t</title><div style='width:500000px'>wide</div>")
    assert int.from_bytes(seen.screenshot[16:20], "big") <= 1024


MEMORY = {
    "array buffers": "const a=[];setInterval(()=>{for(let i=0;i<20;i++)a.push(new Uint8Array(8e6).fill(7))},5)",
    "wasm": "const a=[];setInterval(()=>{for(let i=0;i<4;i++){const m=new WebAssembly.Memory({initial:800});"
    "new Uint8Array(m.buffer).fill(7);a.push(m)}},5)",
    "strings": "let s='x'.repeat(1e6);const a=[];setInterval(()=>{for(let i=0;i<60;i++)"
    "a.push((s+Math.random()).split('').join('é'))},5)",
    "canvas": "setInterval(()=>{const c=document.createElement('canvas');c.width=c.height=4000;"
    "const g=c.getContext('2d');"
    "g.fillRect(0,0,4000,4000);document.body.append(c)},5)",
    "webgl": "setInterval(()=>{const c=document.createElement('canvas');const g=c.getContext('webgl');if(!g)return;"
    "const b=g.createBuffer();g.bindBuffer(g.ARRAY_BUFFER,b);"
    "g.bufferData(g.ARRAY_BUFFER,new Uint8Array(3e7).fill(1),g.STATIC_DRAW);"
    "document.body.append(c)},5)",
    "blobs": "const a=[];setInterval(()=>{for(let i=0;i<6;i++)a.push(new Blob([new Uint8Array(8e6).fill(3)]))},5)",
    "workers": "for(let i=0;i<40;i++)new Worker(URL.createObjectURL(new Blob(["
    "'const a=[];setInterval(()=>a.push(new Uint8Array(4e6).fill(1)),5)'])))",
}


@pytest.mark.parametrize("name", MEMORY)
def test_memory_taken_without_end_is_ended_from_outside(yard: Yard, name: str) -> None:
    seen = yard.look(f"<title>t</title><body><p>words</p><script>{MEMORY[name]}</script>")
    engine = yard.browser._engine  # the peak the watch measured is told nowhere else
    peak = engine.watch.peak if engine and engine.watch else 0
    assert peak < 2600 << 20
    assert seen.complete or seen.failure in {"crashed", "timeout"}


def test_a_storm_of_windows_opens_none_that_stays(yard: Yard) -> None:
    seen = yard.look(
        "<title>t</title><p>x</p><script>for(let i=0;i<200;i++)open('/w'+i);setInterval(()=>open('/again'),1)</script>"
    )
    assert seen.title == "t"
    assert sum(path.startswith("/w") for _, path in yard.site.hits) < 20


def test_a_page_that_loads_itself_for_ever_is_told_by_its_count(yard: Yard) -> None:
    seen = yard.look("<title>t</title><p>again</p><script>setInterval(()=>location.reload(),1)</script>")
    assert len(seen.redirects) >= 2
    assert all(line.url == "http://evil.example/hostile" for line in seen.redirects)


def test_two_pages_that_send_each_other_visitors_end(yard: Yard) -> None:
    yard.site.put("/b", "<title>b</title><script>location='/hostile?'+Math.random()</script>")
    seen = yard.look("<title>a</title><script>location='/b?'+Math.random()</script>")
    assert len(seen.network) <= 1000
    assert {line.url.split("?")[0] for line in seen.network} <= {
        "http://evil.example/hostile", "http://evil.example/b", "http://evil.example/favicon.ico",
    }  # fmt: skip


def test_redirects_in_a_ring_are_too_many(yard: Yard) -> None:
    yard.site.redirect("/ring", "http://evil.example/ring")
    seen = yard.browser.capture("http://evil.example/ring", MOBILE)
    assert (seen.failure, seen.complete) == ("too_many_redirects", False)
    assert len(seen.redirects) > 5


def test_a_trap_that_asks_before_one_leaves_does_not_hold_us(yard: Yard) -> None:
    seen = yard.look(
        "<title>t</title><p>stay</p><script>onbeforeunload=e=>{e.preventDefault();return 'stay'};"
        "addEventListener('unload',()=>{for(;;){}});addEventListener('pagehide',()=>{for(;;){}})</script>"
    )
    assert (seen.failure, seen.title) == ("", "t")


def test_history_pushed_without_end_is_no_trap(yard: Yard) -> None:
    seen = yard.look("<title>t</title><p>x</p><script>for(let i=0;i<5000;i++)history.pushState({},'', '#'+i)</script>")
    assert seen.title == "t" or note(seen, "scripts_stopped")
    yard.site.put("/next", "<title>next</title>")
    after = yard.browser.capture_all("http://evil.example/next", [MOBILE, DESKTOP, MOBILE])
    assert [(one.title, one.failure) for one in after] == [("next", "")] * 3


def test_a_service_worker_is_not_let_in(yard: Yard) -> None:
    yard.site.put(
        "/sw.js", "onfetch=e=>e.respondWith(new Response('<title>from the worker</title>'))", "text/javascript"
    )
    seen = yard.look(
        "<title>t</title><p>x</p><script>navigator.serviceWorker&&navigator.serviceWorker.register('/sw.js')</script>"
    )
    assert seen.title == "t"
    assert yard.look("<title>second</title>").title == "second"


def test_two_hundred_thousand_elements_are_read_up_to_a_bound(yard: Yard) -> None:
    seen = yard.look(
        "<title>t</title><body><script>const f=document.createDocumentFragment();for(let i=0;i<200000;i++)"
        "{const p=document.createElement('p');p.textContent='word '+i;f.append(p)}document.body.append(f)</script>"
    )
    assert len(seen.dom) <= 3_000_000
    assert len(seen.boxes) <= 400
    assert not seen.complete


def test_elements_nested_ten_thousand_deep_do_not_break_the_reading(yard: Yard) -> None:
    seen = yard.look("<title>t</title>" + "<div>" * 10_000 + "deep" + "</div>" * 10_000)
    assert "deep" in seen.dom


def test_a_thousand_requests_are_listed_and_the_rest_counted(yard: Yard) -> None:
    seen = yard.look("<title>t</title><p>x</p><script>for(let i=0;i<3000;i++)fetch('/f'+i).catch(()=>0)</script>")
    assert len(seen.network) == 1000
    assert 1000 < note(seen, "requests_not_listed") <= 2001  # the document is one more
    assert seen.title == "t"


def test_a_hundred_sites_in_frames_stay_within_the_processes_allowed(yard: Yard) -> None:
    frames = "".join(f"<iframe src='http://s{n}.evil{n}.example/inner'></iframe>" for n in range(100))
    yard.site.put("/inner", "<p>inner")
    seen = yard.look(f"<title>t</title><p>outer</p>{frames}")
    assert "outer" in seen.dom or not seen.complete


def test_a_frame_holds_the_false_page_and_is_read_with_it(yard: Yard) -> None:
    yard.site.put("/inner", "<h1>微粒贷</h1><input placeholder=身份证号>")
    seen = yard.look("<title>t</title><iframe src=/inner width=390 height=800></iframe>")
    assert "身份证号" in seen.dom
    assert "<!-- frame http://evil.example/inner -->" in seen.dom


def drip(seconds: float, kind: str = "text/html") -> object:
    """Give a page that sends a byte now and then for so long."""

    def page(handler: BaseHTTPRequestHandler) -> Answer | None:
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: 99999\r\n\r\n<title>drip</title><p>seen so far"
        )
        handler.wfile.write(head.encode())
        end = time.monotonic() + seconds
        try:
            while time.monotonic() < end:
                handler.wfile.write(b" ")
                time.sleep(0.1)
        except OSError:
            pass
        return None

    return page


def test_a_page_that_drips_is_left_in_time_with_its_log(yard: Yard) -> None:
    yard.site.pages["/drip"] = drip(20)  # type: ignore[assignment]
    seen = yard.browser.capture("http://evil.example/drip", MOBILE)
    assert (seen.failure, seen.complete) == ("timeout", False)
    assert [line.url for line in seen.redirects] == ["http://evil.example/drip"]
    assert seen.began


def test_a_picture_that_drips_does_not_keep_the_page_from_being_seen(yard: Yard) -> None:
    yard.site.pages["/slow.png"] = drip(15, "image/png")  # type: ignore[assignment]
    seen = yard.look("<title>t</title><p>words</p><img src=/slow.png>")
    assert "words" in seen.dom
    assert seen.screenshot


def endless(handler: BaseHTTPRequestHandler) -> Answer | None:
    """Send a file without end."""
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.android.package-archive\r\n"
        b"Content-Disposition: attachment; filename=bomb.apk\r\n\r\n"
    )
    try:
        for _ in range(2000):
            handler.wfile.write(bytes(1 << 17))
    except OSError:
        pass
    return None


def test_a_download_without_end_is_cut_and_says_that_it_is_not_whole(yard: Yard) -> None:
    yard.site.pages["/bomb.apk"] = endless
    seen = yard.look("<title>t</title><p>x</p><script>location='/bomb.apk'</script>")
    (got,) = seen.downloads
    assert (got.name, got.complete) == ("bomb.apk", False)
    assert 0 < len(got.body) <= 4 << 20


def test_a_storm_of_downloads_is_counted_and_three_are_taken(yard: Yard) -> None:
    yard.site.put(
        "/f.apk", b"PK\x03\x04x", "application/octet-stream", Content_Disposition="attachment; filename=f.apk"
    )
    seen = yard.look(
        "<title>t</title><p>x</p><script>for(let i=0;i<60;i++){const a=document.createElement('a');a.href='/f.apk?'+i;"
        "a.download='f.apk';document.body.append(a);a.click()}</script>"
    )
    assert len(seen.downloads) <= 3


def test_a_zip_bomb_of_an_answer_stays_small(yard: Yard) -> None:
    bomb = gzip.compress(b"<p>0</p>" * (8 << 20), 9)
    yard.site.pages["/zip"] = lambda _: (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, bomb)
    began = time.monotonic()
    seen = yard.browser.capture("http://evil.example/zip", MOBILE)
    assert time.monotonic() - began < AT_MOST
    assert not seen.complete


def test_endless_animations_and_styles_do_not_keep_the_picture_back(yard: Yard) -> None:
    seen = yard.look(
        "<title>t</title><style>@keyframes a{to{transform:rotate(1turn)}}"
        "div{animation:a .01s infinite;filter:blur(9px)}</style>"
        + "<div>x</div>" * 400
        + "<script>(function f(){document.title='t'+Math.random();requestAnimationFrame(f)})()</script>"
    )
    assert seen.screenshot or not seen.complete


def test_one_page_that_kills_the_browser_leaves_its_neighbours_their_look(ground: Yard) -> None:
    """Three ordinary pages are open while a fourth eats memory: they are seen, at once or in a new browser."""
    ground.site.put("/eater", f"<title>t</title><script>{MEMORY['array buffers']}</script>")
    for n in range(3):
        ground.site.put(f"/good{n}", f"<title>good{n}</title><p>words")
    paths = ["/eater", "/good0", "/good1", "/good2"]
    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(lambda path: ground.browser.capture(f"http://evil.example{path}", MOBILE), paths))
    assert [one.title for one in seen[1:]] == ["good0", "good1", "good2"]
    assert seen[0].failure in {"crashed", "timeout"}


def test_closing_while_pages_are_open_answers_everybody_soon(ground: Yard) -> None:
    ground.site.put("/busy", "<title>busy</title><script>for(;;){}</script>")
    began = time.monotonic()
    with ThreadPoolExecutor(3) as pool:
        looks = [pool.submit(ground.browser.capture, "http://evil.example/busy", MOBILE) for _ in range(2)]
        time.sleep(1.5)
        ground.browser.close()
        for look in looks:
            assert look.result(40).failure in FAILURES
    assert time.monotonic() - began < 45
