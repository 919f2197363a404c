"""The web process: one process, a few threads, everything from one port."""

import argparse
import signal
import sys
from types import FrameType

import waitress

from zhengben.server.wsgi import application

THREADS = 8
BODY_LIMIT = 8 * 1024 * 1024


def main() -> None:
    """Serve until asked to stop."""
    parser = argparse.ArgumentParser(prog="zhengben.server.web")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8321)
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, _leave)
    waitress.serve(
        application,
        host=args.host,
        port=args.port,
        threads=THREADS,
        max_request_body_size=BODY_LIMIT,
        ident="zhengben",
        channel_timeout=60,
    )


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
