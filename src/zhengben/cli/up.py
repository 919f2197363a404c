"""`zhengben up`: hand over to the supervisor in the same process, so that nothing of this stays in memory."""

import argparse
import os
import sys

from zhengben.cli.common import language
from zhengben.locale.words import LANGUAGES

HELP = "Open console, portal and workers on an embedded database; --range shows it all on invented data."
EPILOG = """exit codes:
  0  stopped when asked to
  2  the port, the folder or the database cannot be had; it says what to use instead

examples:
  zhengben up                               # starts clean and guides the first run
  zhengben up --range --port 8400           # the range: everything shown, its data kept apart
  zhengben up --home /srv/zhengben --host 0.0.0.0
  zhengben up --new-link amy                # whoever lost their password gets a new link"""


def options(parser: argparse.ArgumentParser) -> None:
    """Take where to live, where to listen, and whether to show the range."""
    parser.add_argument(
        "--range", action="store_true", dest="in_range", help="start the training range (靶场) beside it"
    )
    parser.add_argument(
        "--scenario", default="", metavar="NAME", help="what the range plays: small, quarter, year, or a TOML file"
    )
    listen = "address to listen on (default: %(default)s)"
    parser.add_argument("--host", metavar="ADDRESS", default="127.0.0.1", help=listen)
    parser.add_argument("--port", metavar="N", type=int, default=8321, help="port to listen on (default: %(default)s)")
    parser.add_argument("--home", metavar="DIR", help="where data live (default: $ZHENGBEN_HOME, else ./var)")
    spoken = "language of terminal and console (default: as LANG says)"
    parser.add_argument("--language", choices=LANGUAGES, default=language(), help=spoken)
    parser.add_argument(
        "--new-link",
        default="",
        metavar="PERSON",
        help="print another one-time link for this person and stop, for whoever lost their password",
    )


def run(args: argparse.Namespace) -> int:
    """Become the supervisor; this returns only where the process cannot be replaced."""
    words = [sys.executable, "-m", "zhengben.server.supervisor", "--host", args.host, "--port", str(args.port)]
    words += ["--language", args.language]
    words += ["--range"] if args.in_range else []
    words += ["--scenario", args.scenario] if args.scenario else []
    words += ["--home", args.home] if args.home else []
    words += ["--new-link", args.new_link] if args.new_link else []
    sys.stdout.flush()
    os.execv(sys.executable, words)  # noqa: S606 our own module, no shell
