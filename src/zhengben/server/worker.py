"""`python -m zhengben.server.worker`: one worker process on the database of this installation, until SIGTERM."""

import argparse
import importlib
import os
import signal
import socket
import sys
from collections.abc import Sequence

import django


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
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop.set())
    worker.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
