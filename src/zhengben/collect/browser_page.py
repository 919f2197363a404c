"""One visit to one page: opened, watched, drawn, taken down in the order of what is lost first.

The network log is kept from the first request on; then the document; then the archive; the picture last, because a
page that loops can hold it up for ever. Whatever was reached before the time ran out is brought home.
"""

import asyncio
import base64
import contextlib
import importlib.resources
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from playwright.async_api import Error as PlaywrightError

from zhengben.collect.browser import Bounds
from zhengben.collect.download import fetch
from zhengben.collect.guard import Guard
from zhengben.collect.limits import MEGABYTE, Limits
from zhengben.collect.profiles import brands, device
from zhengben.collect.tls import chain_of
from zhengben.core.fetched import Box, Captured, Download, Profile, Request

MOST_REQUESTS = 1000
MOST_DIALOGS = 20
T = TypeVar("T")
_ICON = Limits(seconds=5.0, max_bytes=MEGABYTE, redirects=3)
_SCRIPT = importlib.resources.files(__package__).joinpath("look.js").read_text("utf-8")


class Visit:
    """One visit; `run` makes it and gives what was seen."""

    def __init__(self, browser: Any, guard: Guard, bounds: Bounds, url: str, profile: Profile) -> None:
        """Take what is needed; nothing is opened yet."""
        self.browser, self.guard, self.bounds, self.url, self.profile = browser, guard, bounds, url, profile
        self.end = time.monotonic() + bounds.seconds
        self.requests: list[dict[str, Any]] = []
        self.offered: list[tuple[str, str]] = []
        self.seen: dict[str, Any] = {}
        self.failure = self.detail = ""
        self.dialogs = 0
        self.crashed = asyncio.Event()
        self.last_traffic = time.monotonic()
        self.open_requests: set[int] = set()

    async def run(self, killed: Callable[[], int]) -> Captured:
        """Make the visit; never raises for what the page does."""
        before, decisions = killed(), self.guard.count
        context: Any = None
        try:
            context = await self._in_time(self._context())
            page = await self._in_time(context.new_page())
            await self._visit(context, page)
        except (PlaywrightError, TimeoutError, OSError) as error:
            self._fail(error)
        finally:
            if context is not None:
                with contextlib.suppress(PlaywrightError, TimeoutError):
                    await asyncio.wait_for(context.close(), 5)
        if self.crashed.is_set():
            self.failure = "crashed"
            self.detail = "the page took too much memory and was ended" if killed() > before else "the page crashed"
        return await self._home(decisions)

    async def _context(self) -> Any:
        screen = device(self.profile)
        return await self.browser.new_context(
            user_agent=self.profile.user_agent,
            locale=self.profile.language,
            timezone_id="Asia/Shanghai",
            viewport={"width": screen.width, "height": screen.height},
            screen={"width": screen.width, "height": screen.height},
            device_scale_factor=screen.scale,
            is_mobile=screen.mobile,
            has_touch=screen.mobile,
            service_workers="block",
            accept_downloads=False,
            ignore_https_errors=True,
            proxy={"server": self.guard.url, "bypass": "<-loopback>"},
        )

    async def _visit(self, context: Any, page: Any) -> None:
        tools = await self._in_time(context.new_cdp_session(page))
        await self._in_time(self._disguise(tools))
        self._listen(context, page)
        left = max(1.0, self.end - time.monotonic() - 4)
        try:
            answer = await page.goto(
                self.url, wait_until="domcontentloaded", timeout=left * 1000, referer=self.profile.referrer or None
            )
            self.seen["status"] = answer.status if answer else None
        except PlaywrightError as error:
            if "download" not in str(error).lower():
                self._fail(error)
            if "net::ERR_" in str(error) and "ERR_ABORTED" not in str(error):
                return
        await self._settled(page)
        await self._take(tools, page)

    async def _disguise(self, tools: Any) -> None:
        screen = device(self.profile)
        hints = dict(screen.hints)
        override: dict[str, Any] = {
            "userAgent": self.profile.user_agent, "acceptLanguage": self.profile.language, "platform": screen.platform,
        }  # fmt: skip
        if hints:
            full = [dict(b, version=b["version"] + ".0.0.0") for b in brands()]
            override["userAgentMetadata"] = {
                "brands": brands(), "fullVersionList": full, "mobile": screen.mobile, "bitness": "64", **hints,
            }  # fmt: skip
        await tools.send("Emulation.setUserAgentOverride", override)

    def _listen(self, context: Any, page: Any) -> None:
        page.on("dialog", self._dialog)
        page.on("crash", lambda _: self.crashed.set())
        page.on("download", lambda d: self.offered.append((d.suggested_filename[:200], d.url)))
        context.on("page", lambda other: other is not page and asyncio.ensure_future(_shut(other)))
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)
        context.on("requestfinished", self._done)
        page.on("websocket", lambda w: self._log(w.url, "GET", "websocket"))

    async def _dialog(self, dialog: Any) -> None:
        self.dialogs += 1
        with contextlib.suppress(PlaywrightError):
            await dialog.dismiss()

    def _log(self, url: str, method: str, kind: str) -> dict[str, Any]:
        entry: dict[str, Any] = {"url": url[:2000], "method": method, "kind": kind}
        if len(self.requests) < MOST_REQUESTS:
            self.requests.append(entry)
        self.last_traffic = time.monotonic()
        return entry

    def _asked(self, request: Any) -> None:
        request.zhengben = self._log(request.url, request.method, request.resource_type)
        self.open_requests.add(id(request))

    def _answered(self, response: Any) -> None:
        getattr(response.request, "zhengben", {})["status"] = response.status
        self.last_traffic = time.monotonic()

    def _failed(self, request: Any) -> None:
        getattr(request, "zhengben", {})["failure"] = str(request.failure or "failed")[:120]
        self._done(request)

    def _done(self, request: Any) -> None:
        self.open_requests.discard(id(request))
        self.last_traffic = time.monotonic()

    async def _settled(self, page: Any) -> None:
        """Wait until the network was quiet for a moment, or patience is over."""
        until = min(self.end - 3, time.monotonic() + self.bounds.patience)
        while time.monotonic() < until and not self.crashed.is_set() and not page.is_closed():
            quiet = time.monotonic() - self.last_traffic
            if quiet >= self.bounds.settle and (not self.open_requests or quiet > 4 * self.bounds.settle):
                return
            await asyncio.sleep(0.05)

    async def _take(self, tools: Any, page: Any) -> None:
        if page.url.startswith("chrome-error:"):
            self._fail(OSError("net::ERR_CONNECTION"))
            return
        self.seen["final_url"] = page.url
        frame = (await self._in_time(tools.send("Page.getFrameTree"), 3))["frameTree"]["frame"]["id"]
        read = await self._read(tools, frame)
        if read:
            self.seen.update(read)
        shot = {"format": "png", "captureBeyondViewport": True, "clip": self._clip(read)}
        for name, method, arguments, seconds in (
            ("mhtml", "Page.captureSnapshot", {"format": "mhtml"}, 4.0),
            ("screenshot", "Page.captureScreenshot", shot, 6.0),
        ):
            try:
                self.seen[name] = (await self._in_time(tools.send(method, arguments), seconds))["data"]
            except (PlaywrightError, TimeoutError) as error:
                self._fail(error)

    def _clip(self, read: dict[str, Any]) -> dict[str, float]:
        screen = device(self.profile)
        width = min(max(screen.width, int(read.get("width") or 0)), 2 * screen.width)
        height = min(max(screen.height, int(read.get("height") or 0)), self.bounds.tallest)
        if int(read.get("height") or 0) > self.bounds.tallest:
            self.seen["clipped"] = True
        return {"x": 0, "y": 0, "width": width, "height": height, "scale": 1 / screen.scale}

    async def _read(self, tools: Any, frame: str) -> dict[str, Any]:
        """Read the document in a world of our own, where the page cannot have bent anything; stop a looping script."""
        for attempt in (1, 2):
            try:
                world = await self._in_time(
                    tools.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "look"}), 3
                )
                question = {"expression": _SCRIPT, "contextId": world["executionContextId"], "returnByValue": True}
                found = await self._in_time(tools.send("Runtime.evaluate", {**question, "timeout": 3000}), 4)
                return dict(found.get("result", {}).get("value") or {})
            except (PlaywrightError, TimeoutError) as error:
                if attempt == 2 or self.crashed.is_set():
                    self._fail(error)
                    return {}
                with contextlib.suppress(PlaywrightError, TimeoutError):
                    await self._in_time(tools.send("Runtime.terminateExecution"), 2)
                self.failure, self.detail = "timeout", "a script of the page did not end and was stopped"
        return {}

    async def _in_time(self, work: Awaitable[T], seconds: float = 60.0) -> T:
        left = min(seconds, self.end - time.monotonic())
        return await asyncio.wait_for(work, max(0.05, left))

    def _fail(self, error: BaseException) -> None:
        if not self.failure:
            text = str(error).splitlines()[0][:300] if str(error) else type(error).__name__
            self.failure, self.detail = _code(text, error), text

    async def _home(self, decisions: int) -> Captured:
        """Put together what was seen; the small downloads beside the page run through the guard as well."""
        passages = self.guard.since(decisions)
        addresses = {p.host: p.address for p in passages}
        refused = {p.host: p.refused for p in passages if p.refused}
        final = str(self.seen.get("final_url") or self.url)
        host = (urlsplit(final).hostname or "").lower()
        if self.failure in {"", "connect_failed"} and host in refused:
            dns = refused[host] in {"dns_gone", "dns_failed"}
            self.failure = refused[host] if dns else "refused_address"
            self.detail = f"{host} leads to {addresses.get(host) or 'no address'}: {refused[host]}"
        whole = not self.failure and not self.seen.get("clipped")
        icon = b""
        files: tuple[Download, ...] = ()
        tls: tuple[bytes, ...] = ()
        if self.seen.get("html"):
            loop = asyncio.get_running_loop()
            icon = await loop.run_in_executor(None, self._icon, final)
            tls = await loop.run_in_executor(None, chain_of, final, self.guard)
        if self.offered:
            files = await asyncio.get_running_loop().run_in_executor(None, self._files)
        return Captured(
            url=self.url,
            final_url=final,
            profile=self.profile.name,
            vantage=self.profile.vantage,
            status=self.seen.get("status"),
            dom=self.seen.get("html", ""),
            title=self.seen.get("title", ""),
            screenshot=base64.b64decode(self.seen.get("screenshot", "")),
            mhtml=str(self.seen.get("mhtml", "")).encode("utf-8", "surrogatepass"),
            favicon=icon,
            network=tuple(self._request(r, addresses) for r in self.requests),
            downloads=files,
            boxes=tuple(_boxes(self.seen.get("boxes") or [])),
            tls_chain=tls,
            failure=self.failure,
            detail=self.detail if not whole else "",
        )

    def _request(self, entry: dict[str, Any], addresses: dict[str, str]) -> Request:
        host = (urlsplit(entry["url"]).hostname or "").lower() if "://" in entry["url"] else ""
        return Request(
            url=entry["url"], method=entry["method"], kind=entry["kind"], status=entry.get("status"),
            address=addresses.get(host, ""), failure=entry.get("failure", ""),
        )  # fmt: skip

    def _icon(self, final: str) -> bytes:
        address = urljoin(final, str(self.seen.get("icon") or "/favicon.ico"))
        if not address.startswith(("http://", "https://")):
            return b""
        answer = fetch(address, self.profile, self.guard, _ICON)
        return answer.body if answer.status == 200 and answer.complete else b""

    def _files(self) -> tuple[Download, ...]:
        limits = Limits(seconds=60, max_bytes=self.bounds.download_bytes)
        taken = []
        for name, address in dict.fromkeys(self.offered[: self.bounds.downloads]):
            answer = fetch(address, self.profile, self.guard, limits)
            taken.append(Download(name=name, url=address, body=answer.body, complete=answer.complete))
        return tuple(taken)


async def _shut(page: Any) -> None:
    with contextlib.suppress(PlaywrightError):
        await page.close()


def _boxes(found: list[dict[str, Any]]) -> list[Box]:
    return [
        Box(kind=str(b["kind"]), x=b["x"], y=b["y"], width=b["width"], height=b["height"], text=str(b["text"])[:2000])
        for b in found[:400]
    ]


_CODES = (
    ("ERR_TUNNEL_CONNECTION_FAILED", "connect_failed"), ("ERR_PROXY", "connect_failed"),
    ("ERR_CONNECTION", "connect_failed"),
    ("ERR_EMPTY_RESPONSE", "bad_answer"), ("ERR_INVALID", "bad_answer"),
    ("ERR_TOO_MANY_REDIRECTS", "too_many_redirects"),
    ("ERR_SSL", "tls_failed"), ("ERR_CERT", "tls_failed"), ("ERR_ABORTED", "bad_answer"),
    ("ERR_TIMED_OUT", "timeout"), ("Timeout", "timeout"), ("crash", "crashed"), ("closed", "crashed"),
)  # fmt: skip


def _code(text: str, error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "timeout"
    return next((code for sign, code in _CODES if sign in text), "bad_answer")
