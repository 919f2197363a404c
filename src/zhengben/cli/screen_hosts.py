"""`zhengben screen hosts`: find brand look-alikes in lists of hostnames, of any size."""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from zhengben.cli.common import (
    EXITS,
    NOT_EXAMINED,
    UNUSABLE,
    Outcome,
    brand_options,
    chosen_brands,
    complain,
    count,
    emit,
    json_option,
    language,
    plain,
    words,
)
from zhengben.cli.common import mode_option as add_mode
from zhengben.cli.screen_input import Block, blocks
from zhengben.cli.screen_runners import run as run_blocks
from zhengben.core.brand import Brand
from zhengben.locale.words import say
from zhengben.names.firehose import screen_lines
from zhengben.names.hits import HostHit
from zhengben.names.hostname import LONGEST_NAME
from zhengben.names.pack import pack

NAME = "screen hosts"
HELP = (
    "Find brand look-alikes in lists of hostnames: .txt .csv .gz .parquet, or - for standard input. Prints hits only."
)
EPILOG = f"""{EXITS}

examples:
  zhengben screen hosts new-domains.txt
  zcat names.gz | zhengben screen hosts --json -
  zhengben screen hosts --brand weilidai --mode wide --workers 2 names.parquet"""
MOST_COMPLAINTS, EVERY = 20, 5.0


@dataclass(frozen=True, slots=True)
class Screened:
    """What one block gave: hits in order, lines that are no hostnames (number, why), and how many lines there were."""

    source: str
    hits: tuple[HostHit, ...]
    bad: tuple[tuple[int, str], ...]
    lines: int


def options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a list of hostnames, or - for standard input")
    json_option(parser)
    brand_options(parser)
    add_mode(parser)
    parser.add_argument("--workers", type=count, default=1, metavar="N", help="processes to use (1)")
    parser.add_argument("--ray", default="", metavar="HOST:PORT", help="address of a Ray cluster's head node")
    parser.add_argument("--quiet", action="store_true", help="no progress on standard error")


def screen_block(block: Block, brands: tuple[Brand, ...], mode: str) -> Screened:
    """Screen one block; a pure function that runs the same anywhere."""
    bad = dict(_bad_rows(block.data))
    hits = tuple(hit for row, hit in screen_lines(block.data, pack(brands), mode) if row not in bad)
    told = tuple((block.first_line + row, why) for row, why in sorted(bad.items()))
    return Screened(block.source, hits, told, block.data.count(b"\n") + 1)


def _bad_rows(data: bytes) -> Iterator[tuple[int, str]]:
    ends = np.flatnonzero(np.frombuffer(data + b"\n", np.uint8) == 10)
    for row in np.flatnonzero(np.diff(ends, prepend=-1) > LONGEST_NAME + 8).tolist():
        yield row, "longer than a hostname can be; left out"
    at = data.find(b"..")
    while at >= 0:
        row = int(np.searchsorted(ends, at))
        yield row, "has an empty label; left out"
        at = data.find(b"..", int(ends[row]))
    if not _decodes(data):
        for row, line in enumerate(data.split(b"\n")):
            if not _decodes(line):
                yield row, "is not valid UTF-8; left out"


def _decodes(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class Report:
    """Counts and says how far the run is, on standard error, and how it ends."""

    def __init__(self, *, quiet: bool, unit: str = "names") -> None:
        """Start the clock; `unit` is what is counted, names or messages."""
        self.unit = unit
        self.outcome = Outcome()
        self.quiet = quiet
        self.started = self.told = time.monotonic()
        self.lines = self.hits = self.bad = 0

    def complain(self, what: str, code: int) -> None:
        """Say one thing, at most MOST_COMPLAINTS times, and take its code in."""
        self.outcome.note(code)
        self.bad += 1
        if self.bad <= MOST_COMPLAINTS:
            complain(what)

    def take(self, done: Screened) -> None:
        """Count one block."""
        self.lines += done.lines
        self.hits += len(done.hits)
        for line, why in done.bad:
            self.complain(f"{done.source}:{line}: {why}", NOT_EXAMINED)
        now = time.monotonic()
        if not self.quiet and now - self.told >= EVERY:
            self.told = now
            self.progress(now)

    def progress(self, now: float) -> None:
        """Say how far the run is."""
        rate = self.lines / max(now - self.started, 1e-9)
        facts = {"lines": self.lines, "hits": self.hits, "bad": self.bad, "rate": round(rate)}
        complain(words(f"screen.progress_{self.unit}", **{name: f"{number:,}" for name, number in facts.items()}))

    def close(self) -> int:
        """Say the totals and give the exit code."""
        if self.bad > MOST_COMPLAINTS:
            more = "screen.more" if self.unit == "names" else "screen.more_messages"
            complain(words(more, n=f"{self.bad - MOST_COMPLAINTS:,}"))
        if not self.quiet and self.lines > 1_000_000:
            self.progress(time.monotonic())
        return self.outcome.code


def run(args: argparse.Namespace) -> int:
    """Screen the files; a name that resembles a brand accuses nobody, so hits alone end with 0."""
    brands = chosen_brands(args)
    report = Report(quiet=args.quiet)
    found = _all_blocks(args.files, report)
    for done in run_blocks(found, screen_block, (brands, args.mode), args.workers, args.ray):
        for hit in done.hits:
            _show(hit, as_json=args.json)
        report.take(done)
    return report.close()


def _all_blocks(files: list[str], report: Report) -> Iterator[Block]:
    for path in files:
        try:
            yield from blocks(path, report.complain)
        except OSError as error:
            report.complain(plain(error), UNUSABLE)


def _show(hit: HostHit, *, as_json: bool) -> None:
    if as_json:
        emit(hit.row())
        return
    how = say(f"technique.{hit.technique}", language())
    sys.stdout.write(f"{hit.score:3d}  {hit.name}  {hit.brand or '-'}  {how}\n")
