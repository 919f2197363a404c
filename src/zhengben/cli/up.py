"""`zhengben up`: hand over to the supervisor in the same process, so that nothing of this stays in memory."""

import argparse
import os
import sys

HELP = "Open console, portal and workers on an embedded database; --range shows it all on invented data."


def options(parser: argparse.ArgumentParser) -> None:
    """Take where to live, where to listen, and whether to show the range."""
    parser.add_argument(
        "--range", action="store_true", dest="in_range", help="start the training range (靶场) beside it"
    )
    parser.add_argument("--scenario", default="", help="the range's scenario: small, quarter, year, or a TOML file")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8321, help="port to listen on (default: %(default)s)")
    parser.add_argument("--home", metavar="DIR", help="where data live (default: $ZHENGBEN_HOME, else ./var)")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="language of console and terminal")


def run(args: argparse.Namespace) -> int:
    """Become the supervisor; this returns only where the process cannot be replaced."""
    words = [sys.executable, "-m", "zhengben.server.supervisor", "--host", args.host, "--port", str(args.port)]
    words += ["--language", args.language]
    words += ["--range"] if args.in_range else []
    words += ["--scenario", args.scenario] if args.scenario else []
    words += ["--home", args.home] if args.home else []
    sys.stdout.flush()
    os.execv(sys.executable, words)  # noqa: S606 our own module, no shell
