"""`zhengben screen hosts`: find brand look-alikes in lists of hostnames, of any size."""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhengben.cli.check_marks import bracketed
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
from zhengben.cli.live_line import LiveLine, take_away
from zhengben.cli.pack_cache import ready_pack
from zhengben.cli.screen_input import Block, blocks
from zhengben.cli.screen_rows import BROKEN_LABEL, LEFT_OUT, bad_rows, blanked, broken_labels, hosts_of
from zhengben.cli.screen_runners import run as run_blocks
from zhengben.core.brand import Brand
from zhengben.locale.words import say
from zhengben.names.firehose import screen_lines
from zhengben.names.hits import HostHit
from zhengben.publish.app_words import visible

NAME = "screen hosts"
HELP = (
    "Find brand look-alikes in lists of hostnames: .txt .csv .gz .parquet, or - for standard input. Prints hits only: "
    "score, name, brand, technique, and in brackets what differs."
)
EPILOG = f"""{EXITS}

examples:
  zhengben screen hosts new-domains.txt
  zcat names.gz | zhengben screen hosts --json -
  zhengben screen hosts --brand weilidai --mode wide --workers 2 names.parquet"""
MOST_COMPLAINTS = 20
EVERY, WATCHED = 5.0, 0.2  # seconds between two lines of a log, and between two drawings of the line on a screen


@dataclass(frozen=True, slots=True)
class Screened:
    """What one block gave: hits in order, the first bad lines (number, why), lines in all, and further bad ones."""

    source: str
    hits: tuple[HostHit, ...]
    bad: tuple[tuple[int, str], ...]
    lines: int
    further: int = 0


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
    data = hosts_of(block.data)
    rows, why = bad_rows(data)
    data = blanked(data, rows)
    hits = tuple(hit for _, hit in screen_lines(data, ready_pack(brands), mode))
    first = zip(rows[:MOST_COMPLAINTS].tolist(), why[:MOST_COMPLAINTS].tolist(), strict=True)
    told = [(row, LEFT_OUT[code] + "; left out") for row, code in first]
    told += [(row, BROKEN_LABEL) for row in broken_labels(data, MOST_COMPLAINTS)]
    bad = tuple((block.first_line + row, what) for row, what in sorted(told))
    return Screened(block.source, hits, bad, block.data.count(b"\n") + 1, max(0, len(rows) - MOST_COMPLAINTS))


class Report:
    """Counts and says how far the run is, on standard error, and how it ends."""

    def __init__(self, *, quiet: bool, unit: str = "names") -> None:
        """Start the clock; `unit` is what is counted, names or messages."""
        self.unit = unit
        self.outcome = Outcome()
        self.quiet = quiet
        self.line = LiveLine()
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
        self.bad += done.further
        now = time.monotonic()
        # By time and not by lines: a slow disk and a fast one both tell every few seconds.
        if not self.quiet and now - self.told >= (WATCHED if self.line.watched else EVERY):
            self.told = now
            self.progress(now)

    def progress(self, now: float) -> None:
        """Say how far the run is: on one line drawn anew where a person watches, on a line more in a log."""
        if self.line.watched:
            self.line.draw(self._so_far(now))
        else:
            complain(self._so_far(now))

    def _so_far(self, now: float) -> str:
        rate = self.lines / max(now - self.started, 1e-9)
        facts = {"lines": self.lines, "hits": self.hits, "bad": self.bad, "rate": round(rate)}
        return words(f"screen.progress_{self.unit}", **{name: f"{number:,}" for name, number in facts.items()})

    def close(self) -> int:
        """Say the totals and give the exit code."""
        if self.bad > MOST_COMPLAINTS:
            more = "screen.more" if self.unit == "names" else "screen.more_messages"
            complain(words(more, n=f"{self.bad - MOST_COMPLAINTS:,}"))
        if not self.quiet and self.lines > 1_000_000:
            complain(self._so_far(time.monotonic()))
        take_away()
        return self.outcome.code


def run(args: argparse.Namespace) -> int:
    """Screen the files; a name that resembles a brand accuses nobody, so hits alone end with 0."""
    brands = chosen_brands(args)
    report = Report(quiet=args.quiet)
    found = all_blocks(args.files, report)
    for done in run_blocks(found, screen_block, (brands, args.mode), args.workers, args.ray):
        if done.hits:
            report.line.wipe()
        for hit in done.hits:
            _show(hit, as_json=args.json)
        sys.stdout.flush()  # once a block: whoever reads a live pipe's hits waits for them
        report.take(done)
    return report.close()


def all_blocks(files: list[str], report: Report, *, messages: bool = False) -> Iterator[Block]:
    """Give the blocks of all inputs, one after the other; an input that cannot be read is told, and the next is."""
    for path in files:
        try:
            yield from blocks(path, report.complain, messages=messages)
        except OSError as error:
            report.complain(plain(error), UNUSABLE)


def _show(hit: HostHit, *, as_json: bool) -> None:
    if as_json:
        emit(hit.row())
        return
    how = say(f"technique.{hit.technique}", language())
    sys.stdout.write(f"{hit.score:3d}  {visible(hit.name)}  {hit.brand or '-'}  {how}{beside(hit.reasons[0].facts)}\n")


def beside(facts: Mapping[str, Any]) -> str:
    """Give the name once more with what differs between brackets, after the columns that people copy and cut."""
    marks = visible(bracketed(facts))
    return f"  {marks}" if "[" in marks else ""
