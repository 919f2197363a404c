"""The second outside set of pages and pictures against the public command line, in one process.

    python benchmarks/outside/second_pages/run.py --half dev|held --set honest|impostors|wordmarks|symbols|qr
        [--browser] [--part 1/3] [--logos FOLDER] [--show]

`--browser` looks at a sample of `honest` or `impostors` with Chromium, inside a network of its own (needs root).
`--logos` names the folder `icons` of the npm package simple-icons; `--part` counts a part only, for shared machines.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import pictures
import serving
import templates
from asking import Answer, Run, accused, codes
from tally import Tally, dossiers

HERE = Path(__file__).resolve().parent


def _sample(found: list[templates.Page], *, browser: bool) -> list[templates.Page]:
    """What is looked at: with a BROWSER every third plain page, and all that only a browser can see; else the plain."""
    plain = [page for page in found if not (page.via or page.official)]
    return [page for page in found if page.via or page.official] + plain[::3] if browser else plain


def _looked(run: Run, folder: str) -> list[tuple[templates.Page, Answer]]:
    found = _sample(templates.pages(folder, run.which), browser=run.browser)
    found = [page for number, page in enumerate(found) if run.mine(number)]
    targets = serving.serve(found) if run.browser else [run.kept(f"{page.name}.html", page.html) for page in found]
    return list(zip(found, run.ask(targets, offline=not run.browser), strict=True))


def honest(run: Run) -> list[Tally]:
    """Honest pages: accused, sent to a person, not looked at fully; official ones apart."""
    wrong, person = Tally("honest pages ACCUSED", good=False), Tally("honest pages called lookalike", good=False)
    unsure = Tally("honest pages answered unknown", good=False)
    official = Tally("official pages called official")
    for page, answer in _looked(run, "honest"):
        about = f"{page.name} {page.brand}: {answer['verdict']} {answer['brand']} {codes(answer)}"
        if page.official:
            official.add(page.kind, about, hit=answer["verdict"] == "official" and not accused(answer))
            continue
        wrong.add(page.kind, about, hit=bool(accused(answer)))
        person.add(page.kind, about, hit=answer["verdict"] == "lookalike")
        unsure.add(page.kind, about, hit=answer["verdict"] == "unknown")
    return [wrong, person, unsure, official]


def impostors(run: Run) -> list[Tally]:
    """Impostor pages: accused under the right brand, or at least sent to a person."""
    caught, seen = Tally("impostor pages accused, right brand"), Tally("accused or lookalike")
    for page, answer in _looked(run, "impostors"):
        about = f"{page.name} {page.brand}: {answer['verdict']} {answer['brand']} {codes(answer)}"
        hit = page.brand in accused(answer)
        caught.add(page.kind, about, hit=hit)
        seen.add(page.kind, about, hit=hit or (answer["verdict"] == "lookalike" and answer["brand"] == page.brand))
    return [caught, seen]


RUNS: dict[str, Callable[[Run], list[Tally]]] = {
    "honest": honest,
    "impostors": impostors,
    "wordmarks": pictures.wordmarks,
    "symbols": pictures.symbol_logos,
    "qr": pictures.qr,
}


def main() -> int:
    """Runs what was asked for and prints its tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "held"), required=True)
    parser.add_argument("--set", choices=tuple(RUNS), action="append")
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--logos", type=Path, default=Path("icons"))
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    if options.browser:
        serving.enter()
    part, of = (int(figure) for figure in options.part.split("/"))
    for name in options.set or [name for name in RUNS if name != "symbols" or options.logos.is_dir()]:
        started = time.process_time()
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            run = Run(
                options.half, folder, dossiers(folder, HERE / "brands"), options.logos, options.browser,
                lambda number: number % of == part - 1,
            )  # fmt: skip
            tallies = RUNS[name](run)
        print(f"== {name}, half {options.half}, part {options.part}, {time.process_time() - started:.1f} s of CPU here")
        for tally in tallies:
            print("\n".join(tally.lines(show=options.show)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
