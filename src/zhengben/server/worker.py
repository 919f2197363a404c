"""`python -m zhengben.server.worker`: one worker process on the database of this installation, until SIGTERM."""

import argparse
import importlib
import os
import signal
import socket
import sys
from collections.abc import Sequence

import django

from zhengben.takedown.inbox import Inbox


def main(words: Sequence[str] | None = None) -> int:
    """Run one worker until SIGTERM or SIGINT; what it is at is finished first."""
    parser = argparse.ArgumentParser(prog="python -m zhengben.server.worker", description=__doc__)
    parser.add_argument("--name", default=f"{socket.gethostname()}:{os.getpid()}", help="name of this worker")
    args = parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengben.server.settings")
    django.setup()
    # these need Django to be set up before they can be imported
    wiring = importlib.import_module("zhengben.wiring")
    work = importlib.import_module("zhengben.flow.work")
    worker = work.Worker(wiring.adapters(), args.name)
    door = _open_door(wiring.mail_door())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop.set())
    try:
        worker.run()
    finally:
        if door is not None:
            door.stop()
    return 0


def _open_door(door: Inbox | None) -> Inbox | None:
    """Open the door for replies; of several workers the first has it, and the others work without."""
    if door is None:
        return None
    try:
        door.start()
    except OSError as error:
        sys.stderr.write(f"zhengben worker: {error}; another worker may have it\n")
        return None
    return door


if __name__ == "__main__":
    sys.exit(main())
