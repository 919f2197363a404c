"""The third outside set of pages against the public command line, in one process.

    python benchmarks/outside/third_pages/run.py --half dev|held|both --set NAME [--browser] [--part 1/3] [--show]

NAME is `honest` or `impostors`. Counts every page and every world. Asking, tallies and the small web are those of
`second_pages`; `--browser` needs root.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "second_pages"), str(HERE.parent)]

import serving  # noqa: E402 - its folder is named above
from asking import Answer, Run, accused, codes  # noqa: E402 - its folder is named above
from tally import Tally, dossiers  # noqa: E402 - its folder is named above

import worlds  # noqa: E402 - after the folder above, for one order of imports

VERDICTS = ("lookalike", "unknown")


class Measure:
    """One measure by page (by kind) and by world: of worlds, a hit is any page wrong, or every page right."""

    def __init__(self, title: str, *, wrong: bool) -> None:
        """TITLE names it; WRONG says whether a hit or a miss is the thing gone wrong."""
        self.pages, self.wrong = Tally(f"{title}, by page", good=not wrong), wrong
        self.title, self.by_world = title, dict[str, list[bool]]()

    def add(self, page: worlds.Page, about: str, *, hit: bool) -> None:
        """Counts PAGE."""
        self.pages.add(page.kind, about, hit=hit)
        self.by_world.setdefault(page.world, []).append(hit)

    def show(self, *, names: bool) -> None:
        """Prints both tables; NAMES adds the worlds and pages that went wrong."""
        print("\n".join(self.pages.lines(show=names)))
        whole = any if self.wrong else all
        table = Tally(f"{self.title}, by world ({'any page' if self.wrong else 'every page'})", good=not self.wrong)
        for world, hits in self.by_world.items():
            table.add("worlds", f"{world}: {sum(hits)} of {len(hits)}", hit=whole(hits))
        print("\n".join(table.lines(show=names)))


def _looked(run: Run, folder: str) -> list[tuple[worlds.Page, Answer]]:
    found = [page for number, page in enumerate(worlds.pages(folder, run.which)) if run.mine(number)]
    # The server was written for the pages of its own set, which have the same fields.
    targets = serving.serve(found) if run.browser else [run.kept(f"{page.name}.html", page.html) for page in found]  # type: ignore[arg-type,unused-ignore]
    return list(zip(found, run.ask(targets, offline=not run.browser), strict=True))


def honest(run: Run) -> list[Measure]:
    """Honest pages: accused, sent to a person, not looked at fully."""
    wrong = Measure("honest ACCUSED", wrong=True)
    others = {verdict: Measure(f"honest called {verdict}", wrong=True) for verdict in VERDICTS}
    for page, answer in _looked(run, "honest"):
        about = f"{page.name} {page.brand}: {answer['verdict']} {answer['brand']} {codes(answer)}"
        wrong.add(page, about, hit=bool(accused(answer)))
        for verdict, measure in others.items():
            measure.add(page, about, hit=not accused(answer) and answer["verdict"] == verdict)
    return [wrong, *others.values()]


def impostors(run: Run) -> list[Measure]:
    """Impostor pages: accused under the right brand; that, or sent to a person; not looked at fully."""
    caught = Measure("impostors accused, right brand", wrong=False)
    seen = Measure("impostors accused or lookalike", wrong=False)
    unsure = Measure("impostors called unknown", wrong=True)
    for page, answer in _looked(run, "impostors"):
        about = f"{page.name} {page.brand}: {answer['verdict']} {answer['brand']} {codes(answer)}"
        hit = page.brand in accused(answer)
        caught.add(page, about, hit=hit)
        seen.add(page, about, hit=hit or (answer["verdict"] == "lookalike" and answer["brand"] == page.brand))
        unsure.add(page, about, hit=answer["verdict"] == "unknown")
    return [caught, seen, unsure]


RUNS = {"honest": honest, "impostors": impostors}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "held", "both"), required=True)
    parser.add_argument("--set", choices=tuple(RUNS), action="append")
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    return parser.parse_args()


def main() -> int:
    """Runs what was asked for and prints its tables."""
    options = _asked()
    if options.browser:
        serving.enter()
    part, of = (int(figure) for figure in options.part.split("/"))
    for name in options.set or list(RUNS):
        started = time.process_time()
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            brands = dossiers(folder, HERE / "brands")
            run = Run(options.half, folder, brands, folder, options.browser, lambda number: number % of == part - 1)
            measures = RUNS[name](run)
        print(f"== {name}, half {options.half}, part {options.part}, {time.process_time() - started:.1f} s of CPU here")
        for measure in measures:
            measure.show(names=options.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
