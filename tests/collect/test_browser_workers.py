"""Workers, and frames of other sites, see the same client as the page: every kind of worker, every client."""

import asyncio
import base64
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from playwright.async_api import Error as PlaywrightError

from collect.servers import Names, Site, site
from zhengben.collect.browser import Bounds, Browser, available
from zhengben.collect.browser_workers import LONGEST, Workers, beginning, is_script
from zhengben.collect.disguise import commands, told_to_workers
from zhengben.collect.guard import Guard
from zhengben.collect.limits import Limits
from zhengben.collect.profiles import PROFILES, client

SCRIPT = [{"name": "Content-Type", "value": "text/javascript; charset=utf-8"}]


class Tools:
    """Stands in for a page's session: keeps what it was sent, and answers for the body."""

    def __init__(self, body: bytes | None = b"1") -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.heard: dict[str, Any] = {}
        self.body = body

    def on(self, event: str, then: Any) -> None:
        """Be listened to."""
        self.heard[event] = then

    async def send(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        """Take a command; a body that is not there is an error, as with the browser."""
        self.sent.append((method, params))
        if method == "Fetch.getResponseBody":
            if self.body is None:
                raise PlaywrightError("no resource with given identifier")
            return {"base64Encoded": True, "body": base64.b64encode(self.body).decode()}
        return {}


def answered(tools: Tools, heads: list[dict[str, str]] | None = None, status: int = 200) -> tuple[str, dict[str, Any]]:
    """Give the last command after one answer was held."""

    async def hold() -> None:
        workers = Workers(tools, "BEGIN;")
        await workers.listen()
        tools.heard["Fetch.requestPaused"](
            {"requestId": "r", "responseStatusCode": status, "responseHeaders": SCRIPT if heads is None else heads}
        )
        while len(tools.sent) < 2 or tools.sent[-1][0] == "Fetch.getResponseBody":  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0)

    asyncio.run(hold())
    return tools.sent[-1]


def test_a_script_is_let_through_with_its_beginning_and_with_its_own_heads() -> None:
    method, given = answered(Tools(b"work()"))
    assert method == "Fetch.fulfillRequest"
    assert base64.b64decode(given["body"]) == b"BEGIN;work()"
    assert (given["responseCode"], given["responseHeaders"]) == (200, SCRIPT)


@pytest.mark.parametrize(
    ("body", "begun"),
    [
        (b"work()", b"BEGIN;work()"),
        (b"'use strict';work()", b"\"use strict\";BEGIN;'use strict';work()"),
        (b'\n "use strict"\nwork()', b'"use strict";BEGIN;\n "use strict"\nwork()'),
        (b"\xef\xbb\xbfwork()", b"\xef\xbb\xbfBEGIN;work()"),
        (b"", b"BEGIN;"),
        (b"'use stricter'", b"BEGIN;'use stricter'"),
        ("报('微粒贷')".encode("gb18030"), b"BEGIN;" + "报('微粒贷')".encode("gb18030")),
    ],
)
def test_a_beginning_stands_before_the_script_and_changes_nothing_else(body: bytes, begun: bytes) -> None:
    assert Workers(Tools(), "BEGIN;").begun(body) == begun


@pytest.mark.parametrize(
    ("heads", "status"),
    [
        ([{"name": "content-type", "value": "image/png"}], 200),
        ([], 200),
        (SCRIPT, 404),
        (SCRIPT, 302),
        ([*SCRIPT, {"name": "Content-Length", "value": str(LONGEST + 1)}], 200),
    ],
)
def test_what_is_no_worker_script_is_let_through_as_it_came(heads: list[dict[str, str]], status: int) -> None:
    tools = Tools()
    assert answered(tools, heads, status) == ("Fetch.continueRequest", {"requestId": "r"})
    assert "Fetch.getResponseBody" not in [method for method, _ in tools.sent]


def test_a_body_that_never_came_holds_nothing_back() -> None:
    assert answered(Tools(None)) == ("Fetch.continueRequest", {"requestId": "r"})


@pytest.mark.parametrize(
    "kind", ["text/javascript", "application/javascript", "application/x-ecmascript", "TEXT/JAVASCRIPT"]
)
def test_scripts_are_known_by_any_of_their_names(kind: str) -> None:
    assert is_script({"responseStatusCode": 200, "responseHeaders": [{"name": "CONTENT-TYPE", "value": kind}]})


@pytest.mark.parametrize("name", list(PROFILES))
def test_the_beginning_is_one_line_of_plain_letters(name: str) -> None:
    first = beginning(told_to_workers(PROFILES[name], "156.0.1.2"))
    assert first.isascii()
    assert "\n" not in first
    assert "//" not in first.replace("https://", "")
    assert first.endswith(");")


def test_a_client_without_hints_tells_its_workers_so() -> None:
    assert told_to_workers(PROFILES["wechat"], "156.0.1.2")["hints"] is None
    assert all("userAgentMetadata" not in params for _, params in commands(PROFILES["wechat"], "156.0.1.2"))


@pytest.mark.parametrize("name", ["desktop", "mobile"])
def test_workers_and_pages_are_told_the_same_hints(name: str) -> None:
    page = dict(commands(PROFILES[name], "156.0.1.2"))["Emulation.setUserAgentOverride"]
    worker = told_to_workers(PROFILES[name], "156.0.1.2")
    assert {**page["userAgentMetadata"], "uaFullVersion": "156.0.1.2"} == worker["hints"]  # type: ignore[dict-item]  # a mapping by what was asked
    assert worker["navigator"]["userAgent"] == page["userAgent"]  # type: ignore[index]  # the same


def test_a_browser_of_another_version_says_the_reduced_one() -> None:
    hints = told_to_workers(PROFILES["desktop"], "120.1.2.3")["hints"]
    assert {row["version"] for row in hints["fullVersionList"]} >= {"156.0.0.0"}  # type: ignore[index]  # as above


def test_a_region_is_told_to_workers_too() -> None:
    told = told_to_workers(client("desktop", region="HK"), "156.0.1.2")["navigator"]
    assert told["languages"] == ["zh-HK", "zh", "en"]  # type: ignore[index]  # as above


class Yard(NamedTuple):
    """A site, and a browser that may go there."""

    site: Site
    browser: Browser


@pytest.fixture(scope="module")
def yard() -> Iterator[Yard]:
    with site() as evil:
        here = ("127.0.0.1", evil.port)
        with Guard(Names(evil_example=here, other_example=here), [evil.place], Limits()) as guard:
            running = Browser(guard, Bounds(seconds=12, settle=0.8))
            try:
                yield Yard(evil, running)
            finally:
                running.close()


_SAY = """const say=()=>[navigator.userAgent,navigator.appVersion,navigator.platform,navigator.hardwareConcurrency,
navigator.deviceMemory||8,navigator.language,navigator.languages.join(),'userAgentData' in navigator,
Intl.DateTimeFormat().resolvedOptions().timeZone].join('|');"""
_PAGE = f"""<title>w</title><pre id=o></pre><iframe src=http://other.example/frame></iframe><script>{_SAY}
const out={{page:say()}};const put=(k,v)=>{{out[k]=v;o.textContent=JSON.stringify(out)}};
const hear=(k,w)=>w.onmessage=e=>put(k,e.data);
hear('worker',new Worker('/w.js'));hear('module',new Worker('/w.js?m',{{type:'module'}}));
const own={json.dumps(_SAY)}+'postMessage(say())';
hear('blob',new Worker(URL.createObjectURL(new Blob([own]))));
hear('data',new Worker('data:text/javascript,'+encodeURIComponent(own)));
hear('strict',new Worker('/strict.js'));hear('nested',new Worker('/n.js'));
onmessage=e=>put('frame',e.data);
if(self.SharedWorker){{const s=new SharedWorker('/s.js');hear('shared',s.port);s.port.start()}}
put('looks',[String(Worker),Worker.name,new Worker('/w.js') instanceof Worker].join('|'));
</script>"""


@pytest.mark.browser
@pytest.mark.sockets
@pytest.mark.skipif(bool(available()), reason="needs Debian's chromium and the browser extra")
@pytest.mark.parametrize("name", list(PROFILES))
def test_every_kind_of_worker_and_every_frame_sees_the_client_the_page_sees(yard: Yard, name: str) -> None:
    answer = _SAY + "fetch('/beside');postMessage(say())"
    yard.site.put("/", _PAGE)
    yard.site.put("/w.js", answer, "text/javascript")
    yard.site.put("/w.js?m", answer, "text/javascript")
    yard.site.put(
        "/strict.js", f"'use strict';{_SAY}let f=0;try{{undeclared=1}}catch{{f=1}}postMessage(f?say():'sloppy')",
        "application/javascript",
    )  # fmt: skip
    yard.site.put("/n.js", "new Worker('/w.js').onmessage=e=>postMessage(e.data)", "text/javascript")
    yard.site.put("/s.js", _SAY + "onconnect=e=>e.ports[0].postMessage(say())", "text/javascript")
    yard.site.put("/frame", f"<script>{_SAY}parent.postMessage(say(),'*')</script>")
    yard.site.put("/beside", "{}", "application/json")
    yard.site.headers.clear()
    seen = yard.browser.capture("http://evil.example/", PROFILES[name])
    told = json.loads(seen.dom.split('<pre id="o">')[1].split("</pre>")[0].replace("&amp;", "&"))
    looks = told.pop("looks")
    kinds = {"page", "worker", "module", "blob", "data", "strict", "nested", "frame"}
    assert set(told) == kinds | ({"shared"} if name == "desktop" else set())  # no browser on a phone has shared ones
    assert {kind: words for kind, words in told.items() if words != told["page"]} == {}
    assert looks == "function () { [native code] }|Worker|true"
    # what a worker asks of servers names the same client: its own script, what it fetches, and its children's scripts
    assert {head["User-Agent"] for head in yard.site.headers} == {PROFILES[name].user_agent}
    assert len({head["Accept-Language"] for head in yard.site.headers}) == 1
    # the log keeps the answers as the server gave them
    script = next(one for one in seen.network if one.url.endswith("/w.js"))
    assert (script.status, script.size) == (200, len(answer.encode()))
