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

from playwright.async_api import Error as PlaywrightError

from zhengben.collect.browser import Bounds
from zhengben.collect.browser_home import Found, bring_home, code_of
from zhengben.collect.browser_log import Log
from zhengben.collect.browser_workers import Workers, beginning
from zhengben.collect.disguise import commands, told_to_workers
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import accept_language, device, region_of
from zhengben.core.fetched import Captured, Profile

T = TypeVar("T")
_HERE = importlib.resources.files(__package__)
_SCRIPT = _HERE.joinpath("look.js").read_text("utf-8")
_BRIDGE = _HERE.joinpath("wechat.js").read_text("utf-8")
_PHONE = _HERE.joinpath("phone.js").read_text("utf-8")
_STUCK = 2.5  # seconds without traffic after an answer, and still no document: ask whether its script ever ends
_ANSWER = 1.0
_WIDEST = 1024  # a page that names no width is laid out by a phone at 980
_MOST_FRAMES = 6
_BARE = "ERR_HTTP_RESPONSE_CODE_FAILURE"
_LAST = 3.0  # seconds kept for taking down what there is


class Visit:
    """One visit; `run` makes it and gives what was seen."""

    def __init__(self, browser: Any, guard: Guard, bounds: Bounds, url: str, profile: Profile) -> None:
        """Take what is needed; nothing is opened yet."""
        self.browser, self.guard, self.bounds, self.url, self.profile = browser, guard, bounds, url, profile
        self.end = time.monotonic() + bounds.seconds
        self.found = Found(url=url)
        self.log = Log(self._stop_scripts)
        self.stuck = False  # the browser did not get rid of the page
        self._tools: Any = None
        self._first = beginning(told_to_workers(profile, browser.version))

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
            await self.log.rest(0.5)
            if context is not None:
                self.stuck = not await _closed(context)
        if self.log.crashed.is_set():
            self.found.failure = "crashed"
            ended = killed() > before
            self.found.detail = "the page took too much memory and was ended" if ended else "the page crashed"
        return await bring_home(self.found, self.log, self.guard, self.bounds, self.profile, decisions)

    async def _context(self) -> Any:
        screen, region = device(self.profile), region_of(self.profile)
        context = await self.browser.new_context(
            user_agent=self.profile.user_agent,
            locale=self.profile.language,
            extra_http_headers={"Accept-Language": accept_language(self.profile)},  # a worker would send one language
            timezone_id=region.zone,
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
        if self.profile.region:  # whoever names a place has agreed to be found there
            await context.grant_permissions(["geolocation"])
            await context.set_geolocation({"latitude": region.latitude, "longitude": region.longitude})
        await context.add_init_script(self._first)
        if screen.mobile:
            await context.add_init_script(_PHONE)
        if screen.bridged:
            await context.add_init_script(_BRIDGE)
        return context

    async def _visit(self, context: Any, page: Any) -> None:
        self._tools = await self._in_time(context.new_cdp_session(page))
        await self._in_time(self._disguise())
        self.log.listen(context, page)
        if await self._open(page):
            await self._settled(page)
            await self._take(page)

    async def _disguise(self) -> None:
        for method, params in commands(self.profile, self.browser.version):
            await self._tools.send(method, dict(params))
        screen = device(self.profile)
        if screen.touches:
            touch = {"enabled": True, "maxTouchPoints": screen.touches}
            await self._tools.send("Emulation.setTouchEmulationEnabled", touch)
        await Workers(self._tools, self._first).listen()

    async def _open(self, page: Any) -> bool:
        """Go there; tell whether there is anything to look at. A script that keeps the document back is stopped."""
        left = max(1.0, self.end - time.monotonic() - _LAST - 1)
        going = asyncio.ensure_future(
            page.goto(
                self.url, wait_until="domcontentloaded", timeout=left * 1000, referer=self.profile.referrer or None
            )
        )
        try:
            while not (await asyncio.wait({going}, timeout=0.25))[0]:
                if self.log.answered and self.log.quiet() > _STUCK and await self._stuck():
                    await self._stop_scripts()
                    self.log.last_traffic = time.monotonic()
            answer = going.result()
            await self._answered(answer)
        except PlaywrightError as error:
            if _BARE in str(error):  # an error status and no page: that is the answer, and whole
                self.found.status, self.found.final_url = self.log.last_status(), self.log.last_url()
                return False
            if "download" not in str(error).lower():
                self._fail(error)
            return "net::ERR_" not in str(error) or "ERR_ABORTED" in str(error)
        finally:
            going.cancel()
        return True

    async def _answered(self, answer: Any) -> None:
        if answer is None:
            return
        self.found.status = answer.status
        with contextlib.suppress(PlaywrightError, TimeoutError):
            told = await self._in_time(answer.security_details(), 1)
            self.found.protocol = str((told or {}).get("protocol") or "")

    async def _stuck(self) -> bool:
        """Tell whether the page's one thread does not answer: a page that only waits for its server does."""
        try:
            await self._in_time(self._tools.send("Runtime.evaluate", {"expression": "1"}), _ANSWER)
        except TimeoutError:
            return True
        except PlaywrightError:
            return False
        self.log.last_traffic = time.monotonic()  # it waits; ask again after as long a silence
        return False

    async def _stop_scripts(self) -> None:
        """Stop what the page runs now; what it does later is its own affair."""
        self.log.counts["scripts_stopped"] += 1
        if not self.found.failure:
            self.found.failure, self.found.detail = "timeout", "a script of the page did not end and was stopped"
        with contextlib.suppress(PlaywrightError, TimeoutError):
            await self._in_time(self._tools.send("Runtime.terminateExecution"), 2)

    async def _settled(self, page: Any) -> None:
        """Wait until the network was quiet for a moment, or patience is over."""
        until = min(self.end - _LAST, time.monotonic() + self.bounds.patience)
        while time.monotonic() < until and not self.log.crashed.is_set() and not page.is_closed():
            quiet = self.log.quiet()
            if quiet >= self.bounds.settle and (not self.log.running or quiet > 4 * self.bounds.settle):
                return
            await asyncio.sleep(0.03)

    async def _take(self, page: Any) -> None:
        if page.url.startswith("chrome-error:"):
            self._fail(OSError("net::ERR_CONNECTION"))
            return
        self.found.final_url = page.url
        tree = await self._tree()
        read = await self._read(self._tools, tree["frameTree"]["frame"]["id"])
        self.found.read = read
        await self._frames(page)
        await self._certificates(page.url)
        shot = {"format": "png", "captureBeyondViewport": True, "clip": self._clip(read)}
        for name, method, arguments, seconds in (
            ("mhtml", "Page.captureSnapshot", {"format": "mhtml"}, 4.0),
            ("screenshot", "Page.captureScreenshot", shot, 6.0),
        ):
            try:
                data = (await self._in_time(self._tools.send(method, arguments), seconds))["data"]
            except (PlaywrightError, TimeoutError) as error:
                self._fail(error)
            else:
                body = data.encode("utf-8", "surrogatepass") if name == "mhtml" else base64.b64decode(data)
                setattr(self.found, name, body)

    async def _tree(self) -> dict[str, Any]:
        """Ask for the page's frames; a script that began to loop since the page was drawn is stopped first."""
        for seconds in (2.0, self._left()):
            with contextlib.suppress(TimeoutError):
                return dict(await self._in_time(self._tools.send("Page.getFrameTree"), seconds))
            await self._stop_scripts()
        raise TimeoutError("the page did not say what frames it has")

    async def _frames(self, page: Any) -> None:
        """Read the documents inside the page too: a whole false page often stands in one frame."""
        inner = [frame for frame in page.frames[1:] if frame.url.startswith(("http", "blob:", "about:srcdoc", "data:"))]
        for frame in inner[:_MOST_FRAMES]:
            try:
                html = await self._in_time(frame.content(), 1.0)
            except (PlaywrightError, TimeoutError):
                continue  # a frame that left or hangs has no say about the rest
            self.found.frames.append((frame.url[:2000], html[:500_000]))

    async def _certificates(self, url: str) -> None:
        """Ask the browser for the chain it was shown: the very connection, and the whole chain."""
        if not url.startswith("https://"):
            return
        origin = "/".join(url.split("/", 3)[:3])
        with contextlib.suppress(PlaywrightError, TimeoutError):
            told = await self._in_time(self._tools.send("Network.getCertificate", {"origin": origin}), 1)
            self.found.chain = tuple(base64.b64decode(one) for one in told.get("tableNames", ())[:8])

    def _clip(self, read: dict[str, Any]) -> dict[str, float]:
        screen = device(self.profile)
        width = min(max(screen.width, int(read.get("width") or 0)), max(_WIDEST, 2 * screen.width))
        height = min(max(screen.height, int(read.get("height") or 0)), self.bounds.tallest)
        self.found.clipped = int(read.get("height") or 0) > self.bounds.tallest
        return {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}  # one pixel a CSS pixel, as boxes count

    async def _read(self, tools: Any, frame: str) -> dict[str, Any]:
        """Read the document in a world of our own, where the page cannot have bent anything; stop a looping script."""
        for attempt in (1, 2):
            try:
                world = await self._in_time(
                    tools.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "look"}), 3
                )
                question = {"expression": _SCRIPT, "contextId": world["executionContextId"], "returnByValue": True}
                longest = 4 if attempt == 1 else self._left()
                found = await self._in_time(tools.send("Runtime.evaluate", {**question, "timeout": 3000}), longest)
                return dict(found.get("result", {}).get("value") or {})
            except (PlaywrightError, TimeoutError) as error:
                if attempt == 2 or self.log.crashed.is_set():
                    self._fail(error)
                    return {}
                await self._stop_scripts()
        return {}

    def _left(self) -> float:
        """Give the seconds a second try may take: a busy machine answers late, and documents are worth waiting for."""
        return max(2.0, self.end - time.monotonic() - _LAST)

    async def _in_time(self, work: Awaitable[T], seconds: float = 60.0) -> T:
        left = min(seconds, self.end - time.monotonic())
        return await asyncio.wait_for(work, max(0.05, left))

    def _fail(self, error: BaseException) -> None:
        if not self.found.failure:
            text = str(error).splitlines()[0][:300] if str(error) else type(error).__name__
            self.found.failure, self.found.detail = code_of(text, error), text


async def _closed(context: Any) -> bool:
    """Close a visit's context; tell whether the browser did so while we waited."""
    with contextlib.suppress(PlaywrightError):
        try:
            await asyncio.wait_for(context.close(), 5)
        except TimeoutError:
            return False
    return True
