"""What a capture keeps beside the picture, and that each client is the same from its headers down to its scripts."""

import html
import json
import re
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from collect.servers import Names, Site, site
from zhengben.collect.browser import Bounds, Browser, available
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES, client, headers
from zhengben.core.fetched import Captured, Profile

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(available()), reason="needs Debian's chromium and the browser extra"),
]

ASKS = """<title>who</title><pre id=o></pre><script>(async()=>{const n=navigator;let high=null;
try{high=await n.userAgentData.getHighEntropyValues(
['platformVersion','model','architecture','bitness','fullVersionList'])}
catch(e){high=null}
o.textContent=JSON.stringify({ua:n.userAgent,platform:n.platform,languages:n.languages,touch:n.maxTouchPoints,
ontouch:'ontouchstart' in window,webdriver:n.webdriver,plugins:n.plugins.length,cores:n.hardwareConcurrency,
data:n.userAgentData?{mobile:n.userAgentData.mobile,platform:n.userAgentData.platform,brands:n.userAgentData.brands}:null,
high,screen:[screen.width,screen.height],ratio:devicePixelRatio,zone:Intl.DateTimeFormat().resolvedOptions().timeZone,
coarse:matchMedia('(pointer:coarse)').matches,bridge:typeof WeixinJSBridge,referrer:document.referrer,
ready:window.ready||false,secure:isSecureContext})})()
document.addEventListener('WeixinJSBridgeReady',()=>{document.title='bridged'})</script>"""


class World(NamedTuple):
    """A site over TLS and one without, behind one guard, and a browser."""

    tls: Site
    plain: Site
    guard: Guard
    browser: Browser


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("tls")
    with site() as tls, site() as plain:
        tls.server.socket = _secured(folder).wrap_socket(tls.server.socket, server_side=True)
        names = Names(
            evil_example=("127.0.0.1", tls.port),
            plain_example=("127.0.0.1", plain.port),
            other_example=("127.0.0.1", plain.port),
        )
        with Guard(names, [tls.place, plain.place]) as guard:
            running = Browser(guard, Bounds(seconds=10))
            try:
                yield World(tls, plain, guard, running)
            finally:
                running.close()


def _secured(folder: Path) -> ssl.SSLContext:
    """Give a server context with a leaf that an authority of its own has signed: a chain of two."""
    script = (
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 9 -subj '/CN=Test authority' &&"
        "openssl req -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -subj '/CN=evil.example' &&"
        "openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out leaf.pem -days 9"
    )
    subprocess.run(script, shell=True, check=True, capture_output=True, cwd=folder)  # noqa: S602  # our own words
    (folder / "chain.pem").write_bytes((folder / "leaf.pem").read_bytes() + (folder / "ca.pem").read_bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "chain.pem", folder / "leaf.key")
    return context


def told(seen: Captured) -> dict[str, Any]:
    """Give what the page's own script found out about its visitor."""
    found = re.search(r'<pre id="o">(.*?)</pre>', seen.dom, re.DOTALL)
    assert found, (seen.failure, seen.detail, seen.dom[:200])
    known: dict[str, Any] = json.loads(html.unescape(found[1]))
    return known


def asked(world: World, profile: Profile) -> tuple[dict[str, Any], dict[str, str]]:
    """Give what a script and what the server see of a client."""
    world.tls.put("/who", ASKS)
    seen = world.browser.capture("https://evil.example/who", profile)
    return told(seen), world.tls.headers[-1]


@pytest.mark.parametrize("name", PROFILES)
def test_a_client_says_the_same_in_headers_and_to_scripts(world: World, name: str) -> None:
    profile = PROFILES[name]
    script, sent = asked(world, profile)
    assert script["ua"] == sent["User-Agent"] == profile.user_agent
    assert script["webdriver"] is False
    assert script["languages"] == ["zh-CN", "zh", "en"]
    assert sent["Accept-Language"] == "zh-CN,zh;q=0.9,en;q=0.8"
    assert script["zone"] == "Asia/Shanghai"
    assert script["cores"] == 8


@pytest.mark.parametrize("name", ["desktop", "mobile"])
def test_client_hints_agree_with_the_user_agent(world: World, name: str) -> None:
    script, sent = asked(world, PROFILES[name])
    hints = script["data"]
    assert sent["sec-ch-ua-mobile"] == ("?1" if hints["mobile"] else "?0")
    assert sent["sec-ch-ua-platform"] == f'"{hints["platform"]}"'
    assert sent["sec-ch-ua"] == ", ".join(f'"{b["brand"]}";v="{b["version"]}"' for b in hints["brands"])
    major = re.search(r"Chrome/(\d+)", script["ua"])
    assert major
    assert major[1] in {brand["version"] for brand in hints["brands"]}
    assert any(brand["version"].startswith(major[1] + ".") for brand in script["high"]["fullVersionList"])


def test_a_phone_is_a_phone_in_every_way_a_page_can_ask(world: World) -> None:
    script, _ = asked(world, PROFILES["mobile"])
    assert (script["platform"], script["data"]["platform"], script["high"]["model"]) == (
        "Linux armv81", "Android", "V2304A",
    )  # fmt: skip
    assert (script["touch"], script["ontouch"], script["coarse"], script["plugins"]) == (5, True, True, 0)
    assert (script["screen"], script["ratio"]) == ([390, 844], 2)
    assert (script["high"]["architecture"], script["high"]["bitness"]) == ("", "")


def test_a_desktop_is_a_desktop(world: World) -> None:
    script, _ = asked(world, PROFILES["desktop"])
    assert (script["platform"], script["data"]["platform"]) == ("Win32", "Windows")
    assert (script["touch"], script["ontouch"], script["coarse"]) == (0, False, False)
    assert script["screen"] == [1280, 800]
    assert script["bridge"] == "undefined"


def test_wechat_has_its_bridge_and_no_client_hints(world: World) -> None:
    script, sent = asked(world, PROFILES["wechat"])
    assert "MicroMessenger/" in script["ua"]
    assert script["data"] is None
    assert not [name for name in sent if name.lower().startswith("sec-ch-ua")]
    assert script["bridge"] == "object"


def test_a_page_that_waits_for_wechats_bridge_is_told_that_it_is_there(world: World) -> None:
    world.tls.put("/who", ASKS)
    assert world.browser.capture("https://evil.example/who", PROFILES["wechat"]).title == "bridged"
    assert world.browser.capture("https://evil.example/who", PROFILES["mobile"]).title == "who"


@pytest.mark.parametrize("name", PROFILES)
def test_plain_downloads_send_what_the_browser_sends(world: World, name: str) -> None:
    """A server must not tell the cheap look from the dear one: every header of ours is what Chromium sends too."""
    _, sent = asked(world, PROFILES[name])
    ours = {key.lower(): value for key, value in headers(PROFILES[name])}
    browsers = {key.lower(): value for key, value in sent.items()}
    for key in ("user-agent", "accept-language", "accept", "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform"):
        assert browsers.get(key) == ours.get(key), key


def test_referrer_and_region_are_the_clients(world: World) -> None:
    profile = client("mobile", referrer="https://www.baidu.com/s?wd=weilidai", region="HK")
    script, sent = asked(world, profile)
    assert script["referrer"] == sent["Referer"] == "https://www.baidu.com/s?wd=weilidai"
    assert (script["zone"], script["languages"][0]) == ("Asia/Hong_Kong", "zh-HK")
    assert sent["Accept-Language"].startswith("zh-HK,")


def test_the_whole_chain_of_certificates_is_kept_as_the_browser_was_shown_it(world: World) -> None:
    world.tls.put("/t", "<title>t</title>")
    seen = world.browser.capture("https://evil.example/t", PROFILES["mobile"])
    assert seen.tls_protocol.startswith("TLS 1.")
    assert len(seen.tls_chain) == 2
    assert all(der[:1] == b"\x30" for der in seen.tls_chain)


def test_every_redirect_is_kept_in_order_with_status_and_address(world: World) -> None:
    world.plain.redirect("/a", "http://other.example/b")
    world.plain.redirect("/b", "http://plain.example/c")
    world.plain.put("/c", "<title>c</title><script>setTimeout(()=>location='/d',50)</script>")
    world.plain.put("/d", "<title>d</title>end")
    seen = world.browser.capture("http://plain.example/a", PROFILES["mobile"])
    assert [(step.url, step.status) for step in seen.redirects] == [
        ("http://plain.example/a", 302), ("http://other.example/b", 302), ("http://plain.example/c", 200),
        ("http://plain.example/d", 200),
    ]  # fmt: skip
    assert {step.address for step in seen.redirects} == {"127.0.0.1"}
    assert seen.final_url == "http://plain.example/d"


def test_the_network_log_holds_headers_sizes_times_and_failures(world: World) -> None:
    world.plain.put("/n", "<title>n</title><img src=/there.png><img src=/gone.png><img src=http://nobody.example/x>")
    world.plain.put("/there.png", b"x" * 1234, "image/png")
    seen = world.browser.capture("http://plain.example/n", PROFILES["mobile"])
    lines = {line.url: line for line in seen.network}
    page = lines["http://plain.example/n"]
    assert (page.main, page.kind, page.status) == (True, "document", 200)
    assert dict(page.answered)["content-type"] == "text/html; charset=utf-8"
    assert "user-agent" in dict(page.asked)
    assert lines["http://plain.example/there.png"].size == 1234
    assert lines["http://plain.example/gone.png"].status == 404
    refused = lines["http://nobody.example/x"]
    assert (refused.status, refused.failure, refused.answered) == (None, "egress guard: dns_gone", ())
    assert all(line.started > 1_600_000_000 for line in seen.network)
    assert 0 <= page.seconds < 10
    assert seen.began.endswith("+00:00")


def test_an_error_without_a_page_is_an_answer(world: World) -> None:
    world.plain.pages["/bare"] = lambda _: (404, {"Content-Type": "text/html"}, b"")
    seen = world.browser.capture("http://plain.example/bare", PROFILES["desktop"])
    assert (seen.status, seen.failure, seen.dom) == (404, "", "")


def test_an_app_the_page_links_to_is_taken_along(world: World) -> None:
    world.plain.put("/l", "<title>l</title><a href='/%E5%BE%AE.apk'>下载</a><a href=/other>x</a>")
    world.plain.put("/%E5%BE%AE.apk", b"PK\x03\x04app", "application/octet-stream")
    seen = world.browser.capture("http://plain.example/l", PROFILES["mobile"])
    assert [(got.name, got.body, got.complete) for got in seen.downloads] == [("微.apk", b"PK\x03\x04app", True)]


def test_a_link_to_an_app_that_is_gone_gives_no_file(world: World) -> None:
    world.plain.put("/l2", "<title>l</title><a href=/none.apk>下载</a>")
    assert world.browser.capture("http://plain.example/l2", PROFILES["mobile"]).downloads == ()


def test_a_phones_picture_has_one_pixel_a_css_pixel_so_that_boxes_fit(world: World) -> None:
    world.plain.put(
        "/p",
        "<meta name=viewport content='width=device-width'><title>p</title>"
        "<style>body{margin:0}</style><div style='height:600px'></div><input placeholder=身份证号 style='width:300px'>",
    )
    seen = world.browser.capture("http://plain.example/p", PROFILES["mobile"])
    assert int.from_bytes(seen.screenshot[16:20], "big") == 390
    (box,) = [one for one in seen.boxes if one.kind == "input"]
    assert (box.text, round(box.y)) == ("身份证号", 600)
    assert box.width >= 300


def test_three_clients_at_once_each_see_their_own_page(world: World) -> None:
    def by_client(handler: Any) -> tuple[int, dict[str, str], bytes]:
        agent = handler.headers["User-Agent"]
        word = "wechat" if "MicroMessenger" in agent else "mobile" if "Mobile" in agent else "desktop"
        return 200, {"Content-Type": "text/html"}, f"<title>{word}</title>".encode()

    world.plain.pages["/each"] = by_client
    seen = world.browser.capture_all("http://plain.example/each", tuple(PROFILES.values()))
    assert [(one.profile, one.title) for one in seen] == [(name, name) for name in PROFILES]
    assert world.browser.capture_all("http://plain.example/each", ()) == ()


def test_cookies_of_one_look_are_not_there_in_the_next(world: World) -> None:
    world.plain.put(
        "/k", "<title>k</title><p id=o></p><script>o.textContent=document.cookie;document.cookie='seen=1'</script>"
    )
    for _ in range(2):
        seen = world.browser.capture("http://plain.example/k", PROFILES["mobile"])
        assert "seen=1</p>" not in seen.dom


def test_what_the_guard_says_is_never_taken_for_the_pages_words(world: World) -> None:
    seen = world.browser.capture("http://127.0.0.1:8099/", PROFILES["mobile"])
    assert (seen.failure, seen.status, seen.dom, seen.screenshot) == ("refused_address", None, "", b"")
    assert [(line.status, line.failure) for line in seen.network] == [(None, "egress guard: loopback")]


def test_a_server_cannot_hide_behind_the_guards_header(world: World) -> None:
    world.plain.put("/h", "<title>h</title>shown", X_Egress_Guard="loopback")
    seen = world.browser.capture("http://plain.example/h", PROFILES["mobile"])
    assert (seen.status, seen.failure, seen.title) == (200, "", "h")
