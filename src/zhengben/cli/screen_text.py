"""`zhengben screen text`: find brand names, however disguised, in messages, one a line."""

import argparse
import contextlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from zhengben.cli.common import ACCUSED, EXITS, brand_options, chosen_brands, count, emit, json_option, language
from zhengben.cli.common import mode_option as add_mode
from zhengben.cli.screen_hosts import Report, Screened, all_blocks, beside
from zhengben.cli.screen_input import Block
from zhengben.cli.screen_runners import run as run_blocks
from zhengben.core.brand import Brand
from zhengben.detect.intent import intent
from zhengben.locale.words import say
from zhengben.names import tables
from zhengben.names.hits import NameHit
from zhengben.names.pack import pack
from zhengben.names.text_batch import find_in_lines
from zhengben.publish.app_words import visible

NAME = "screen text"
HELP = (
    "Find brand names, however disguised, in messages: one a line, from files or - for standard input. In a message "
    "a literal \\n is a line break. Prints hits only: line and place, what stands there, brand, how, and in "
    "brackets what differs. Offsets are code points of the original line."
)
EPILOG = f"""{EXITS}

examples:
  zhengben screen text messages.txt
  zhengben screen text --json --mode strict - < messages.txt"""
ACCUSING = frozenset({"impersonation", "scam"})
# Of the characters of a line read as GB18030 so many are everyday ones; misread bytes give rare ones.
EVERYDAY, OFTEN = 0.7, 5


@dataclass(frozen=True, slots=True)
class Line:
    """One hit and the line it stands in."""

    number: int
    text: str
    hit: NameHit


def options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="messages, one a line, or - for standard input")
    json_option(parser)
    brand_options(parser)
    add_mode(parser)
    parser.add_argument("--workers", type=count, default=1, metavar="N", help="processes to use (1)")
    parser.add_argument("--ray", default="", metavar="HOST:PORT", help="address of a Ray cluster's head node")
    parser.add_argument("--quiet", action="store_true", help="no progress on standard error")


def screen_block(block: Block, brands: tuple[Brand, ...], mode: str) -> tuple[tuple[Line, ...], Screened]:
    """Screen one block of messages; a pure function that runs the same anywhere."""
    bad: list[tuple[int, str]] = []
    lines: list[str] = []
    for at, raw in enumerate(block.data.split(b"\n")):
        try:
            lines.append(raw.decode("utf-8").removesuffix("\r"))
        except UnicodeDecodeError:
            text, how = _misread(raw)
            lines.append(text)
            bad.append((block.first_line + at, f"is not valid UTF-8; {how}"))
    found = [Line(block.first_line + at, lines[at], hit) for at, hit in find_in_lines(lines, pack(brands), mode)]
    return tuple(found), Screened(block.source, (), tuple(bad), len(lines))


def _misread(raw: bytes) -> tuple[str, str]:
    r"""Read a line that is no UTF-8, and tell how: as GB18030 where that gives everyday Chinese.

    Else with the bad bytes replaced: one bad byte in a message must not hide the name beside it.

    >>> _misread("开通微粒贷".encode("gb18030")), _misread(b"\xff") == ("\ufffd", "read with the bad bytes replaced")
    (('开通微粒贷', 'read as GB18030'), True)
    """
    with contextlib.suppress(UnicodeDecodeError):
        text = raw.decode("gb18030").removesuffix("\r")
        foreign = [char for char in text if not char.isascii()]
        if sum(map(_everyday, foreign)) >= EVERYDAY * len(foreign):
            return text, "read as GB18030"
    return raw.decode("utf-8", "replace").removesuffix("\r"), "read with the bad bytes replaced"


def _everyday(char: str) -> bool:
    return tables.frequency(tables.base(char)) >= OFTEN or char in "，。！？、：；“”（）《》【】…—"


def run(args: argparse.Namespace) -> int:
    """Screen the messages; ends with 1 where a message's intent is impersonation or scam."""
    brands = chosen_brands(args)
    report = Report(quiet=args.quiet, unit="messages")
    for found, done in run_blocks(
        all_blocks(args.files, report, messages=True), screen_block, (brands, args.mode), args.workers, args.ray
    ):
        if found:
            report.line.wipe()
        _show_block(found, report, as_json=args.json)
        sys.stdout.flush()  # once a block: whoever reads a live pipe's hits waits for them
        report.hits += len(found)
        report.take(done)
    return report.close()


def _show_block(found: Sequence[Line], report: Report, *, as_json: bool) -> None:
    by_line: dict[int, list[Line]] = {}
    for line in found:
        by_line.setdefault(line.number, []).append(line)
    for number, lines in by_line.items():
        meant = intent(lines[0].text, [line.hit for line in lines])
        if meant in ACCUSING:
            report.outcome.note(ACCUSED)
        for line in lines:
            if as_json:
                emit({"line": number, **line.hit.row(), "intent": meant})
            else:
                hit, how = line.hit, say(f"how.{line.hit.kind}", language())
                where = f"{number}:{hit.start}-{hit.end}"
                sys.stdout.write(f"{where}  {visible(hit.matched)}  {hit.brand}  {how}{beside(hit.row())}\n")
