"""The fourth outside set of pages against the public command line, in one process.

    python benchmarks/outside/fourth_pages/run.py --half dev|held --set NAME [--browser] [--part 1/3] [--show]

NAME is `honest` or `impostors`. Asking, tallies and measures are those of the third set, the small web is that of the
second; impostors whose logo was removed or replaced are counted once more by themselves. `--browser` needs root.
"""

import argparse
import importlib.util
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import worlds

HERE = Path(__file__).resolve().parent


def _third() -> ModuleType:
    """The runner of the third set, which takes `worlds` from here: ours is imported already."""
    spec = importlib.util.spec_from_file_location("third_runner", HERE.parent / "third_pages" / "run.py")
    if spec is None or spec.loader is None:
        sys.exit("the runner of third_pages is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class _Only:
    """The measures of the third set, over the pages of SORT alone."""

    def __init__(self, sort: str) -> None:
        self.sort = sort

    def pages(self, folder: str, which: str) -> list[worlds.Page]:
        """As `worlds.pages`, those of the sort."""
        found = worlds.pages(folder, which)
        bare = {"whole": ("",), "bare": ("text", "trace")}.get(self.sort, (self.sort,))
        return [page for page in found if page.bare in bare]


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "held"), required=True)
    parser.add_argument("--set", choices=("honest", "impostors"), action="append")
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--show", action="store_true", help="print what went wrong (dev only)")
    options = parser.parse_args()
    if options.show and options.half != "dev":
        parser.error("--show is for the dev half: the held half is only counted")
    return options


def _counted(third: Any, name: str, sort: str, options: argparse.Namespace) -> None:
    part, of = (int(figure) for figure in options.part.split("/"))
    third.worlds = _Only(sort)
    started = time.process_time()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        brands = third.dossiers(folder, HERE / "brands")
        run = third.Run(options.half, folder, brands, folder, options.browser, lambda number: number % of == part - 1)
        measures = third.RUNS[name](run)
    spent = time.process_time() - started
    print(f"== {name}, {sort}, half {options.half}, part {options.part}, {spent:.1f} s of CPU here")
    for measure in measures:
        measure.show(names=options.show)


def main() -> int:
    """Runs what was asked for and prints its tables."""
    options, third = _asked(), _third()
    if options.browser:
        third.serving.enter()
    for name in options.set or ["honest", "impostors"]:
        for sort in ("whole", "text", "trace") if name == "impostors" else ("whole",):
            _counted(third, name, sort, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
