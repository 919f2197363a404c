"""The web process: one process, a few threads, everything from one port."""

import argparse
import os
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
    proxy = os.environ.get("ZHENGBEN_PROXY", "")
    waitress.serve(
        application,
        host=args.host,
        port=args.port,
        threads=THREADS,
        max_request_body_size=BODY_LIMIT,
        ident="zhengben",
        channel_timeout=60,
        **(behind(proxy) if proxy else {}),
    )


def behind(proxy: str) -> dict[str, object]:
    """Give waitress's settings behind a proxy: only what comes from its address may say who asks and how.

    Without them everybody behind the proxy would share one limit; with them for everybody, each could pretend.
    """
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        "clear_untrusted_proxy_headers": True,
    }


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
