"""The fourth outside set of pages against the public command line, in one process.

    python benchmarks/outside/fourth_pages/run.py --half dev|held [--set NAME] [--sort SORT] [--browser] [--part 1/3]
        [--show]

NAME is `honest` or `impostors`, SORT one of those of `SORTS`. Asking, tallies and measures are those of the third set,
the small web is that of the second. Impostors whose logo was removed or replaced are counted by themselves, and so are
official pages: as files nothing tells them from a copy. `--browser` gives every page its address and needs root.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import worlds

sys.path.append(str(Path(__file__).resolve().parents[1]))

from runners import runner_of

HERE = Path(__file__).resolve().parent
SORTS = {"honest": ("whole", "official"), "impostors": ("whole", "text", "trace")}


def _third() -> ModuleType:
    """The runner of the third set, which takes `worlds` from here: ours is imported already."""
    return runner_of("third_pages")


class _Only:
    """The pages of SORT alone, for the measures of the third set; SERVED says whether pages have an address."""

    def __init__(self, sort: str, *, served: bool) -> None:
        self.sort, self.served = sort, served

    def pages(self, folder: str, which: str) -> list[worlds.Page]:
        """As `worlds.pages`, those of the sort, and no page whose brand nobody could tell without its address."""
        found = worlds.pages(folder, which)
        return [page for page in found if worlds.sort(page) == self.sort and (self.served or page.named)]


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "held"), required=True)
    parser.add_argument("--set", choices=tuple(SORTS), action="append")
    parser.add_argument("--sort", choices=sorted({*SORTS["honest"], *SORTS["impostors"]}), action="append")
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    return parser.parse_args()


def _counted(third: Any, name: str, sort: str, options: argparse.Namespace) -> None:
    part, of = (int(figure) for figure in options.part.split("/"))
    third.worlds = _Only(sort, served=options.browser)
    if not any(number % of == part - 1 for number, _ in enumerate(third.worlds.pages(name, options.half))):
        return
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
    for name in options.set or list(SORTS):
        for sort in SORTS[name]:
            if sort in (options.sort or SORTS[name]):
                _counted(third, name, sort, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
