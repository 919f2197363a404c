"""`zhengben screen apps`: judge whole folders of app files, one line each, whatever is in them."""

import argparse
import importlib
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from typing import Any

from zhengben.cli.app_rows import Kin, kin_words
from zhengben.cli.check_words import row_of, told
from zhengben.cli.common import (
    ACCUSED,
    EXITS,
    FINE,
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
)  # fmt: skip
from zhengben.cli.live_line import LiveLine
from zhengben.core.appfacts import Mark
from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Verdict
from zhengben.examine.appfile import ENDINGS
from zhengben.flow.dossiers import SHIPPED
from zhengben.flow.limited import Pool
from zhengben.flow.look import Look
from zhengben.flow.look_app import brand_marks, look_at_app
from zhengben.publish.app_report import write_report

NAME = "screen apps"
HELP = "Judge whole folders of app files (apk, xapk, apks, apkm, aab, ipa, mobileconfig, hap, app)."
EPILOG = f"""{EXITS}

examples:
  zhengben screen apps downloads
  zhengben screen apps --json --brand weilidai --report sheets downloads more"""
AHEAD = 4
ZIP = ".zip"
Judge = Callable[[Path], Look]


def options(parser: argparse.ArgumentParser) -> None:
    """Define the options."""
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="folders (or files) to look through")
    parser.add_argument("--workers", type=count, default=0, metavar="N", help="processes (default: one a core)")
    parser.add_argument("--all", action="store_true", help="look at every file, whatever its name ends with")
    parser.add_argument("--report", type=Path, metavar="DIR", help="leave a printable sheet of each accused app in DIR")
    parser.add_argument("--ray", action="store_true", help="spread over a Ray cluster (needs the extra `ray`)")
    json_option(parser)
    brand_options(parser)


def run(args: argparse.Namespace) -> int:
    """Judge every file; one that is evil or broken becomes an unknown line and the rest goes on."""
    brands = chosen_brands(args)
    outcome = Outcome()
    there = [folder for folder in args.folders if _is_there(folder, outcome)]
    if not there:
        return outcome.code
    if args.report:
        _try_to_write(args.report)
    files = list(_files(there, outcome, every=args.all))
    if not files:
        complain(words("screen.no_apps", folders=[str(folder) for folder in there]))
        return outcome.code
    outcome.note(_judge(files, brands, args))
    return outcome.code


def _judge(files: Sequence[Path], brands: Sequence[Brand], args: argparse.Namespace) -> int:
    pool = Pool(args.workers or os.cpu_count() or 1)
    try:
        marks = brand_marks(brands, args.brands or SHIPPED, pool)
        looks = _by_ray(files, brands, marks) if args.ray else _by_pool(files, brands, marks, pool, args.workers)
        return _tell_all(looks, len(files), args, brands)
    finally:
        pool.close()


def _try_to_write(folder: Path) -> None:
    """Raise OSError now rather than at the first accused app, which may be an hour of work later."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass


def _is_there(folder: Path, outcome: Outcome) -> bool:
    """Tell whether a folder can be looked through; one that is not there is said and never stops the others."""
    if not folder.exists():
        complain(f"{folder}: no such folder; check the path")
        outcome.note(UNUSABLE)
    return folder.exists()


def _files(folders: Iterable[Path], outcome: Outcome, *, every: bool) -> Iterator[Path]:
    """Give the files to look at; a folder below that cannot be read, or has just gone, is said and left out."""

    def _unread(error: OSError) -> None:
        complain(plain(error))
        outcome.note(NOT_EXAMINED)

    for top in folders:
        if top.is_file():
            yield top
            continue
        for folder, below, names in os.walk(top, onerror=_unread):
            below.sort()
            yield from (path for name in sorted(names) if _wanted(path := Path(folder, name), every=every))


def _wanted(path: Path, *, every: bool) -> bool:
    """Tell whether a path is to be looked at: a file, or a link to nowhere, which is said; never a pipe or device."""
    return (every or path.suffix.lower() in (*ENDINGS, ZIP)) and (path.is_file() or path.is_symlink())


def _by_pool(
    files: Sequence[Path], brands: Sequence[Brand], marks: Sequence[Mark], pool: Pool, workers: int
) -> Iterator[tuple[Path, Look, float]]:
    """Give looks as they come in; only a few files are under way at a time, so a folder may be any size."""
    many = workers or os.cpu_count() or 1
    todo = iter(files)
    with ThreadPoolExecutor(many) as threads:
        running = {threads.submit(_one, path, brands, marks, pool) for path in islice(todo, many * AHEAD)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
                running |= {threads.submit(_one, path, brands, marks, pool) for path in islice(todo, 1)}


def _one(path: Path, brands: Sequence[Brand], marks: Sequence[Mark], pool: Pool) -> tuple[Path, Look, float]:
    began = time.perf_counter()
    try:
        seen = look_at_app(path, brands, marks, pool)
    except Exception as error:  # noqa: BLE001 - one evil file must never harm another; it becomes unknown
        told = f"{path}: could not be examined ({type(error).__name__}: {error}); the rest goes on"
        complain(plain(error) if isinstance(error, OSError) and error.filename else told)
        verdict = Verdict(Label.UNKNOWN, "", 0, (), Coverage(("examination.failed",)))
        seen = Look(Sighting(kind="app_file", target=str(path)), verdict, ())
    return path, seen, time.perf_counter() - began


def _by_ray(
    files: Sequence[Path], brands: Sequence[Brand], marks: Sequence[Mark]
) -> Iterator[tuple[Path, Look, float]]:
    """Spread the files over a Ray cluster that sees the same paths."""
    try:
        ray: Any = importlib.import_module("ray")
    except ImportError:
        raise ValueError("Ray is not installed; run `pip install zhengben[ray]` or leave out --ray") from None
    ray.init(ignore_reinit_error=True, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)

    def look_there(path: Path) -> tuple[Path, Look, float]:
        """Look at one file in a Ray worker, with a limited process of its own that ends with the task."""
        pool = Pool(1)
        try:
            return _one(path, brands, marks, pool)
        finally:
            pool.close()

    task = ray.remote(look_there)
    todo = iter(files)
    # A folder may hold a million files; only what keeps every core of the cluster busy is handed over at a time.
    waiting = [task.remote(path) for path in islice(todo, AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1))))]
    try:
        while waiting:
            done, waiting = ray.wait(waiting)
            yield from ray.get(done)
            waiting += [task.remote(path) for path in islice(todo, len(done))]
    finally:
        ray.shutdown()


def _tell_all(
    looks: Iterable[tuple[Path, Look, float]], total: int, args: argparse.Namespace, brands: Sequence[Brand]
) -> int:
    outcome, kin, shown = Outcome(), Kin(), _Progress(total)
    for path, seen, seconds in looks:
        if path.suffix.lower() == ZIP and not args.all and _no_app(seen):
            shown.step(seen.verdict, counted=False)
            continue
        outcome.note(_code(seen.verdict))
        near = kin.add(str(path), seen.sighting.app)
        if args.json:
            row = row_of(str(path), seen, round(seconds * 1000))
            emit({**row, "kin": near})
        else:
            shown.line.wipe()
            print("\n".join(filter(None, (told(str(path), seen, language()), kin_words(near, language())))))
        if args.report and seen.verdict.accuses:
            outcome.note(_leave_sheet(args.report, path, seen, brands))
        shown.step(seen.verdict)
    shown.end()
    return outcome.code


def _no_app(seen: Look) -> bool:
    """Tell whether an archive was looked into and held no app: then it is no app file, and nobody asked about it."""
    app = seen.sighting.app
    return app is not None and not app.package and not app.names


def _leave_sheet(folder: Path, path: Path, seen: Look, brands: Sequence[Brand]) -> int:
    """Write the sheet of one app; where that fails (a full disk) say so and go on, for the verdicts matter more."""
    try:
        write_report(folder, path, seen.sighting, seen.verdict, brands)
    except OSError as error:
        complain(plain(error))
        return UNUSABLE
    return FINE


class _Progress:
    """Counts what was looked at, on one line, where a person is watching; said once at the end for everybody."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.labels = total, 0, dict.fromkeys(Label, 0)
        self.line = LiveLine()
        self.began = time.perf_counter()

    def step(self, verdict: Verdict, *, counted: bool = True) -> None:
        """Count one file. What is no app has no label to count."""
        self.done += 1
        self.labels[verdict.label] += counted
        self.line.draw(self._line())

    def end(self) -> None:
        """Write the last line, which a log keeps."""
        self.line.end(self._line())

    def _line(self) -> str:
        rate = f"{self.done / max(time.perf_counter() - self.began, 1e-6):.0f}"
        told = [f"{words(f'label.{label.value}')} {count}" for label, count in self.labels.items() if count]
        return words("screen.progress_apps", done=self.done, total=self.total, rate=rate, found=told)


def _code(verdict: Verdict) -> int:
    if verdict.accuses:
        return ACCUSED
    return NOT_EXAMINED if verdict.label is Label.UNKNOWN else FINE
