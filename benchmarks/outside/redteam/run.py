"""The red team's pages: honest ones made to be wrongly accused, and impostors as a control.

    python benchmarks/outside/redteam/run.py [--sort honest|control] [--half seen|held] [--part 1/3] [--show]

Loaders, slots, shells and tables are those of the third to the sixth set. A head may name several shells, parted by
commas: each draws its own pages. `seen` may be looked at; `held` is only counted, and `--show` keeps silent about it.
"""

import argparse
import hashlib
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))

from runners import runner_of  # noqa: E402  # its folder is named above
from tally import dossiers as sixth_and_shipped  # noqa: E402

sixth = runner_of("sixth_pages")

import batches  # noqa: E402  # the sixth names the folders of these two

import worlds  # noqa: E402

FOLDERS = {"honest": "honest", "impostors": "control"}  # what the runners below call our folders
SORTS = {ours: theirs for theirs, ours in FOLDERS.items()}
HALVES = ("seen", "held")


@dataclass(frozen=True)
class Worlds(sixth.Batch):  # type: ignore[misc,name-defined,unused-ignore]  # a module found by its path
    """Our worlds, drawn once for each shell that a head names."""

    def every(self, sort: str) -> Iterator[tuple[list[str], str]]:
        """The heads and texts of SORT, one for each shell."""
        for head, text in super().every(FOLDERS[sort]):
            for shell in head[2].split(","):
                yield [f"{head[0]}~{shell}", head[1], shell, *head[3:]], text


def half(world: str) -> str:
    """The half of a WORLD, whatever its shell."""
    name = world.partition("~")[0]
    return HALVES[hashlib.sha256(b"red team " + name.encode()).digest()[0] & 1]


def ours(page: worlds.Page) -> worlds.Page:
    """PAGE under the name of its world; one without a host does not say where it was saved."""
    html = page.html if page.host else page.html.partition("\n")[2]
    return replace(page, name=page.name.replace("~", "-"), world=page.world.partition("~")[0], html=html)


def _installed() -> None:
    batches.installed(Worlds("", HERE))
    found, every = sixth.slots(), worlds.pages
    worlds._tables = lambda: found  # type: ignore[assignment]  # noqa: SLF001  # it was a cached function
    worlds.half = half
    worlds.pages = lambda folder, which: [ours(page) for page in every(folder, which)]


def dossiers(folder: Path, of_the_set: Path) -> Path:
    """A new folder in FOLDER with the shipped dossiers, those OF_THE_SET and those of the fifth set."""
    brands = sixth_and_shipped(folder, of_the_set)
    for path in (sixth.FIFTH / "brands").glob("*.toml"):
        shutil.copy(path, brands / path.name)
    return brands


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sort", choices=tuple(SORTS), action="append")
    parser.add_argument("--half", choices=HALVES, action="append")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--show", action="store_true", help="print what went wrong in the half that may be seen")
    options = parser.parse_args()
    if options.show and options.half and "held" in options.half:
        parser.error("the half that is held is only counted")
    options.browser, options.shown = False, options.show
    options.halves, options.sorts = options.half or list(HALVES), options.sort or list(SORTS)
    return options


def main() -> int:
    """Runs what was asked for and prints its tables."""
    _installed()
    options, fourth = _asked(), runner_of("fourth_pages")
    fourth.HERE = sixth.HERE  # type: ignore[attr-defined]  # where the invented dossiers lie
    third = fourth._third()  # noqa: SLF001  # the runner below it, found as the fourth set finds it
    third.dossiers = dossiers  # type: ignore[attr-defined]  # it knows one folder of invented brands
    for sort in options.sorts:
        for which in options.halves:
            options.half, options.show = which, options.shown and which == "seen"
            fourth._counted(third, SORTS[sort], "whole", options)  # noqa: SLF001  # its way of counting, not a copy
    return 0


if __name__ == "__main__":
    sys.exit(main())
