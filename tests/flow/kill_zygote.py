"""Gives workers to be killed: imports everything once, then forks one for every line on standard input.

Arguments: mail server's port, how many virtual seconds one real second is worth, and the real time that counts as
`worlds.NOW`. Each line names a worker; the answer is its process id.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402 -- Django must be set up first

from worlds import NOW, PAGE, Town  # noqa: E402 -- Django must be set up first
from zhengben.flow.work import Worker  # noqa: E402 -- Django must be set up first
from zhengben.takedown.letter import Letter  # noqa: E402 -- Django must be set up first
from zhengben.takedown.mail import Outgoing, Receipt, send  # noqa: E402 -- Django must be set up first
from zhengben.takedown.postmark import Postmark  # noqa: E402 -- Django must be set up first


def main() -> None:
    """Warm up, then fork on demand."""
    port, speed, began = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    town = Town(Path(os.environ["ZHENGBEN_HOME"]))
    town.web.pages, town.web.otherwise = {}, (200, PAGE)
    town.adapters().look("domain", "warm-up.example", {})
    server = Outgoing(host="127.0.0.1", port=port, postmark=Postmark("test.example", b"kill"), security="none")

    def mail(letter: Letter, to: str, key: str, now: datetime, handing_over: Callable[[], None]) -> Receipt:
        return send(letter, to, server, key, now, handing_over=handing_over)

    world = town.adapters(mailer=mail)
    connection.close()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            Worker(world, line.strip(), lambda: NOW + timedelta(seconds=(time.time() - began) * speed)).run()
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
