"""Certificates from a certstream-compatible websocket, full or domains only.

Settings: `url` (ws:// or wss://), `seconds` to listen a reading, `most` messages a reading. A stream cannot be read
again: what passes while nobody listens is lost, so run it beside a log, not instead of one. Needs the extra `stream`.
"""

import importlib
import json
import time
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from zhengben.sources.base import BATCH, Aside, Batch, setting
from zhengben.sources.certificate_entries import BROKEN, MOST_NAMES, Entry
from zhengben.sources.certificate_leads import Sieve

SECONDS, MOST, QUIET = 30.0, 20_000, 5.0
LARGEST = 4 << 20  # bytes of one message


class Stream:
    """Listens to one stream for a while; pings are answered by the library."""

    bulk = True

    def __init__(self, name: str, settings: Mapping[str, object]) -> None:
        """Read the settings."""
        self.name, self.url = name, setting(settings, "url", name)
        if not self.url.startswith(("ws://", "wss://")):
            raise ValueError(f"source {name}: `url` must begin with ws:// or wss://")
        self.seconds = float(str(settings.get("seconds") or SECONDS))
        self.most = int(str(settings.get("most") or MOST))
        self.sieve = Sieve(name)

    def read(self, cursor: Mapping[str, object]) -> Iterator[Batch]:
        """Give the leads of the messages that come in while listening."""
        heard = int(str(cursor.get("heard", 0)))
        entries: list[tuple[int, Entry]] = []
        aside: list[Aside] = []
        for message in self._messages():
            heard += 1
            try:
                entries.append((heard, read_message(message)))
            except BROKEN as error:
                aside.append(Aside(heard, "bad_message", f"{error}: {str(message)[:200]}"))
            if len(entries) + len(aside) >= BATCH:
                yield self._batch(heard, entries, aside)
                entries, aside = [], []
        yield self._batch(heard, entries, aside)

    def _batch(self, heard: int, entries: list[tuple[int, Entry]], aside: list[Aside]) -> Batch:
        leads = self.sieve.leads(((i, e) for i, e in entries if e.names), self.url)
        return Batch(cursor={"heard": heard}, leads=leads, aside=tuple(aside), place=self.url)

    def _messages(self) -> Iterator[str | bytes]:
        client = _client()
        until = time.monotonic() + self.seconds
        try:
            # No proxy from the environment: all that leaves goes through the guard, or is named in the settings.
            with client.connect(self.url, max_size=LARGEST, open_timeout=QUIET, close_timeout=1, proxy=None) as socket:
                for _ in range(self.most):
                    left = until - time.monotonic()
                    if left <= 0:
                        return
                    try:
                        yield socket.recv(timeout=min(left, QUIET))
                    except TimeoutError:
                        continue
        except importlib.import_module("websockets.exceptions").ConnectionClosed:
            return
        except (OSError, importlib.import_module("websockets.exceptions").WebSocketException) as error:
            raise OSError(f"{self.url}: {type(error).__name__} {error}; try again later") from error


def _client() -> ModuleType:
    try:
        return importlib.import_module("websockets.sync.client")  # optional: the extra `stream`
    except ImportError as error:
        raise OSError("a certificate stream needs the extra `stream`: pip install 'zhengben[stream]'") from error


def read_message(message: str | bytes) -> Entry:
    """Read one message: a whole certificate, a list of domains, or a heartbeat (an entry without names).

    >>> read_message('{"message_type":"dns_entries","data":["a.example","*.b.example"]}').names
    ('a.example', '*.b.example')
    """
    told: Any = json.loads(message)
    data = told.get("data") or {}
    if told.get("message_type") == "heartbeat":
        return Entry(round(float(told.get("timestamp", 0)) * 1000), ())
    if isinstance(data, list):
        names, seen = data, 0.0
    else:
        names, seen = data["leaf_cert"]["all_domains"], float(data.get("seen", 0))
    return Entry(round(seen * 1000), tuple(str(name) for name in names[:MOST_NAMES]))


def open_source(name: str, settings: Mapping[str, object]) -> Stream:
    """Open the source from its settings."""
    return Stream(name, settings)
