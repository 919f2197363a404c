"""Chromium driven through Playwright: started in its cell, one fresh context a capture, nothing kept between pages.

Loaded only by `zhengben.collect.browser`. The browser's own errands (updates, accounts) go to a proxy that does not
exist; only the page's context knows the egress guard.
"""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import async_playwright

from zhengben.collect import cell as cell_program
from zhengben.collect.browser import Bounds
from zhengben.collect.browser_page import Visit
from zhengben.collect.guard import Guard
from zhengben.collect.watch import Watch
from zhengben.core.fetched import Captured, Profile

_NOWHERE = "http://127.0.0.1:9"
# The last list of features wins, so this one repeats what the driver itself turns off.
_FEATURES = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "BoundaryEventDispatchTracksNodeRemoval", "DestroyProfileOnBrowserClose",
    "DialMediaRouteProvider", "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "Translate", "AutoDeElevate", "RenderDocument", "OptimizationHints",
    "AutofillServerCommunication", "DnsOverHttps", "AsyncDns", "InterestFeedContentSuggestions",
    "CertificateTransparencyComponentUpdater",
    # Three processes a page instead of one: one kept in reserve, one for a button of a window nobody sees. Without
    # them a capture costs a third (measured: 820 against 290 ms of CPU).
    "SpareRendererForSitePerProcess", "InitialWebUI", "WebUIReloadButton", "WebUIToolbar", "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
)  # fmt: skip
# The driver lets every script open windows; a visitor's browser does not, and a storm of them is a storm of processes.
_WITHOUT = ("--disable-popup-blocking",)
_ARGUMENTS = (
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-blink-features=AutomationControlled",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-breakpad",
    "--no-pings",
    "--mute-audio",
    "--disable-gpu",
    f"--disable-features={','.join(_FEATURES)}",
    "--dns-over-https-mode=off",
    "--js-flags=--max-old-space-size=384",
)


class Engine:
    """One running browser; every method but `kill` belongs to the event loop's thread."""

    def __init__(self, guard: Guard, bounds: Bounds, program: str) -> None:
        """Take what is needed to start; `cell` will say how well the browser is locked in."""
        self.guard, self.bounds, self.program = guard, bounds, program
        self.cell: dict[str, object] = {}
        self.watch: Watch | None = None
        self._driver: Any = None
        self._browser: Any = None
        self._starting = asyncio.Lock()
        self._room: Path | None = None
        self._visits, self._empty = 0, asyncio.Event()
        self._worn = False  # a page left it busy: whoever comes next is not to pay for that

    async def capture(self, url: str, profile: Profile) -> Captured:
        """Open a page in a fresh context; a browser that died or did not even ask for the page is started once more."""
        for attempt in (1, 2):
            browser = await self._entered()
            visit = Visit(browser, self.guard, self.bounds, url, profile)
            try:
                seen = await visit.run(lambda: self.watch.killed if self.watch else 0)
            finally:
                self._left(worn=visit.stuck)
            never_asked = seen.failure == "timeout" and not seen.network
            if attempt == 2 or (browser.is_connected() and not never_asked):
                return seen
            self._worn = True
            if seen.network:  # the page itself brought the browser down: once is enough
                return seen
        raise RuntimeError("unreachable")

    async def _entered(self) -> Any:
        """Give a browser fit for one more visit; a worn one is replaced as soon as nobody else is in it."""
        async with self._starting:
            if self._worn and self._browser is not None and self._browser.is_connected() and self._visits:
                await self._empty.wait()
            if self._worn or self._browser is None or not self._browser.is_connected():
                await self.close()
                await self._start()
            self._visits += 1
            self._empty.clear()
            return self._browser

    def _left(self, *, worn: bool) -> None:
        self._visits -= 1
        self._worn |= worn
        if not self._visits:
            self._empty.set()

    async def _start(self) -> None:
        self._room = Path(tempfile.mkdtemp(prefix="browser-"))
        self._room.chmod(0o755)
        channel = self._room / "channel"
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as answer:
            answer.bind(str(channel))
            answer.listen(1)
            answer.settimeout(20)
            report = asyncio.get_running_loop().run_in_executor(None, self._await_report, answer)
            self._driver = await async_playwright().start()
            try:
                self._browser = await self._launch(self._wrapper(channel))
            except PlaywrightError as error:
                raise OSError(f"Chromium did not start: {str(error).splitlines()[0][:300]}") from error
            finally:
                with contextlib.suppress(OSError):
                    await report
        pid = self.cell.get("pid")
        if isinstance(pid, int):
            self.watch = Watch(pid, self.bounds)

    async def _launch(self, wrapper: Path) -> Any:
        sandboxed = await _can_sandbox()
        return await self._driver.chromium.launch(
            executable_path=str(wrapper),
            headless=True,
            chromium_sandbox=sandboxed,
            proxy={"server": _NOWHERE, "bypass": "<-loopback>"},
            args=list(_ARGUMENTS),
            ignore_default_args=list(_WITHOUT),
            timeout=20_000,
        )

    def _wrapper(self, channel: Path) -> Path:
        room = channel.parent
        words = (sys.executable, "-I", cell_program.__file__, str(channel), str(self.guard.port),
                 str(self.bounds.data_bytes), self.program)  # fmt: skip
        script = room / "chromium"
        script.write_text("#!/bin/sh\nexec " + " ".join(f"'{word}'" for word in words) + ' "$@"\n', "utf-8")
        script.chmod(0o755)
        return script

    def _await_report(self, answer: socket.socket) -> None:
        connection, _ = answer.accept()
        with connection:
            connection.settimeout(20)
            body, descriptors, _, _ = socket.recv_fds(connection, 4096, 1)
        self.cell = json.loads(body)
        for descriptor in descriptors:
            self.guard.serve(socket.socket(fileno=descriptor))

    async def close(self) -> None:
        """End the browser and the driver."""
        if self.watch:
            self.watch.close()
            self.watch = None
        for thing, verb in ((self._browser, "close"), (self._driver, "stop")):
            if thing is not None:
                with contextlib.suppress(PlaywrightError, OSError, asyncio.TimeoutError):
                    await asyncio.wait_for(getattr(thing, verb)(), 8)
        self.kill()
        self._browser = self._driver = None
        self._worn = False
        if self._room:
            shutil.rmtree(self._room, ignore_errors=True)
            self._room = None

    def kill(self) -> None:
        """End the browser's processes whatever state they are in."""
        pid, self.cell = self.cell.get("pid"), {}
        if isinstance(pid, int):
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)


async def _can_sandbox() -> bool:
    """Tell whether an unprivileged process may make the user namespace that Chromium's sandbox needs."""
    tool = shutil.which("unshare")
    if not tool:
        return False
    words = [tool, "-U", "true"]
    if os.getuid() == 0:
        setpriv = shutil.which("setpriv")
        if not setpriv:
            return False
        words = [setpriv, f"--reuid={cell_program.NOBODY}", f"--regid={cell_program.NOBODY}", "--clear-groups", *words]
    process = await asyncio.create_subprocess_exec(*words, stderr=asyncio.subprocess.DEVNULL)
    return await process.wait() == 0
