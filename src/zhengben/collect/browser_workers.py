"""A page's workers are told who the client is, before their own first line.

The emulation of a page ends at its workers: they would name the machine they run on, and its browser, and give the
client away. So every worker begins with a few lines of ours (`worker.js`): scripts that come over the network get them
when their answer arrives, scripts a page makes of its own words (blob, data) where the page starts the worker. The log
keeps each answer's own heads.
"""

import asyncio
import base64
import contextlib
import importlib.resources
import json
import re
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError

LONGEST = 4 << 20  # bytes of a worker's script that is given a beginning
_SCRIPT = re.compile(r"(?:java|ecma)script", re.IGNORECASE)
_STRICT = re.compile(rb"\s*(['\"])use strict\1")
# What a browser fetches as "other": the scripts of workers, and little else (an icon, an object).
_OTHER: Mapping[str, str] = {"urlPattern": "*", "resourceType": "Other", "requestStage": "Response"}


def beginning(told: Mapping[str, object]) -> str:
    """Give the lines a worker begins with, as one line: what stands after them keeps its line numbers."""
    source = importlib.resources.files(__package__).joinpath("worker.js").read_text("utf-8")
    lines = (line.strip() for line in source.splitlines())
    whole = " ".join(line for line in lines if line and not line.startswith("//"))
    return f"({whole})({json.dumps(told, ensure_ascii=True)});"


class Workers:
    """Gives the workers of one page their beginning; every method belongs to the event loop's thread."""

    def __init__(self, tools: Any, first: str) -> None:
        """Take the page's session and the lines a worker begins with."""
        self._tools, self._first = tools, first.encode("ascii")
        self._tasks = set[asyncio.Task[None]]()

    async def listen(self) -> None:
        """Begin."""
        self._tools.on("Fetch.requestPaused", self._paused)
        await self._tools.send("Fetch.enable", {"patterns": [dict(_OTHER)]})

    def _paused(self, told: dict[str, Any]) -> None:
        task = asyncio.ensure_future(self._answer(told))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, told: dict[str, Any]) -> None:
        """Let an answer through, with a beginning where it is a script; whatever fails, nothing is held back."""
        given = {"requestId": told["requestId"]}
        with contextlib.suppress(PlaywrightError):
            if not is_script(told):
                await self._tools.send("Fetch.continueRequest", given)
                return
            try:
                found = await self._tools.send("Fetch.getResponseBody", given)
            except PlaywrightError:
                await self._tools.send("Fetch.continueRequest", given)
                return
            body = base64.b64decode(found["body"]) if found["base64Encoded"] else found["body"].encode()
            whole = base64.b64encode(self.begun(body)).decode("ascii")
            heads = {"responseCode": told["responseStatusCode"], "responseHeaders": told["responseHeaders"]}
            await self._tools.send("Fetch.fulfillRequest", {**given, **heads, "body": whole})

    def begun(self, body: bytes) -> bytes:
        """Give a script with its beginning; one that is strict stays strict."""
        mark = b"\xef\xbb\xbf" if body.startswith(b"\xef\xbb\xbf") else b""
        rest = body.removeprefix(mark)
        return mark + (b'"use strict";' if _STRICT.match(rest) else b"") + self._first + rest


def is_script(told: Mapping[str, Any]) -> bool:
    """Tell whether a held answer is a script of a size that is read; refusals and redirects are not."""
    heads = {str(row["name"]).lower(): str(row["value"]) for row in told.get("responseHeaders") or ()}
    size = heads.get("content-length", "")
    small = not (size.isdecimal() and int(size) > LONGEST)
    return told.get("responseStatusCode") == 200 and small and bool(_SCRIPT.search(heads.get("content-type", "")))
