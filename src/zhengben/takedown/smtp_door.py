"""The one place that knows aiosmtpd: an SMTP server with our limits, in a thread of its own."""

import asyncio
import threading
from functools import partial

from aiosmtpd.smtp import SMTP

from zhengben.takedown.inbox import MOST_BYTES

IDLE_SECONDS = 60
BACKLOG = 50


class SmtpDoor:
    """A listening server. `door` has the handlers that aiosmtpd calls."""

    def __init__(self, door: object, place: tuple[str, int]) -> None:
        """Listen at (host, port); raise OSError where the address is taken."""
        self._loop = asyncio.new_event_loop()
        make = partial(
            SMTP, door, hostname="inbox", ident="mail", data_size_limit=MOST_BYTES, timeout=IDLE_SECONDS,
            enable_SMTPUTF8=True, command_call_limit={"*": 100, "RCPT": 20, "MAIL": 20}, loop=self._loop,
        )  # fmt: skip
        try:
            host, port = place
            self._server = self._loop.run_until_complete(self._loop.create_server(make, host, port, backlog=BACKLOG))
        except BaseException:
            self._loop.close()
            raise
        self.address: tuple[str, int] = self._server.sockets[0].getsockname()[:2]
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, drop what is open, and wait for the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._server.close()
        open_ones = asyncio.all_tasks(self._loop)
        for task in open_ones:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*open_ones, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
