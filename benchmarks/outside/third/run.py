"""The third outside set against the product's public command line, in one process.

    python benchmarks/outside/third/run.py --half dev|held|both [--set slips|text|hosts] [--show]

`--show` prints what went wrong. Both halves have been open since 2026-11-23: nothing here counts as unseen any more.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import disguise
import hostnames
import sets

sys.path.append(str(Path(__file__).resolve().parents[1]))

from runners import tell
from spans import screened, touched, very
from tally import Tally, count_hosts, dossiers

HERE = Path(__file__).resolve().parent
MODES = ("strict", "balanced")
Chosen = Callable[..., bool]


def run_slips(chosen: Chosen, brands: Path) -> list[Tally]:
    """Customers' misspellings."""
    slips = [slip for slip in sets.slips() if chosen(slip.kind, slip.text)]
    tallies = []
    for mode in MODES:
        found = screened([slip.text for slip in slips], brands, mode)
        known = Tally(f"slips, {mode}: found, of those a careful reader knows")
        by_brand = Tally(f"slips, {mode}: the same by brand")
        vague = Tally(f"slips, {mode}: found, of those even a careful reader may not know (for information)")
        exact = Tally(f"slips, {mode}: found with the very span")
        for place, slip in enumerate(slips):
            where = (slip.brand, slip.start, slip.end)
            about = f"{slip.brand} {slip.text[slip.start : slip.end]} | {slip.text}"
            hit = touched(found[place], *where)
            (known if slip.recognisable else vague).add(slip.kind, about, hit=hit)
            if slip.recognisable:
                by_brand.add(slip.brand, about, hit=hit)
                exact.add(slip.kind, about, hit=very(found[place], *where))
        by_brand.wrong.clear()  # told in `known` already
        exact.wrong.clear()
        tallies += [known, by_brand, vague, exact]
    return tallies


def run_text(chosen: Chosen, brands: Path) -> list[Tally]:
    """Disguises, and benign sentences."""
    bad = [item for item in disguise.disguises() if chosen(item.text)]
    good = [item for item in sets.benign() if chosen(item[1])]
    tallies = []
    for mode in MODES:
        found = screened([*(item.text for item in bad), *(text for _, text in good)], brands, mode)
        recall = Tally(f"text, {mode}: found, by kind of disguise")
        exact = Tally(f"text, {mode}: found with the very span, by brand")
        wrong = Tally(f"text, {mode}: benign sentences hit", good=False)
        for place, item in enumerate(bad):
            where, about = (item.brand, item.start, item.end), f"{item.brand} {item.text!r}"
            recall.add(item.kind, about, hit=touched(found[place], *where))
            exact.add(item.brand, about, hit=very(found[place], *where))
        for place, (kind, text) in enumerate(good, len(bad)):
            hits = [(hit["brand"], hit["matched"]) for hit in found[place]]
            wrong.add(kind, f"{text} {hits}", hit=bool(hits))
        exact.wrong.clear()
        tallies += [recall, exact, wrong]
    return tallies


def run_hosts(chosen: Chosen, brands: Path) -> list[Tally]:
    """Impostor hostnames, and benign ones."""
    bad = [item for item in hostnames.impostors() if chosen(item[2])]
    benign = {"ordinary": hostnames.ordinary(), "hard": hostnames.hard(), "official": hostnames.official()}
    good = [(kind, name) for kind, names in benign.items() for name in dict.fromkeys(names) if chosen(name)]
    recall = Tally("hosts: found, by technique")
    return count_hosts((recall, Tally("hosts: benign names hit", good=False)), bad, good, brands)


RUNS = {"slips": run_slips, "text": run_text, "hosts": run_hosts}


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "held", "both"), required=True)
    parser.add_argument("--set", choices=tuple(RUNS), action="append")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    wanted = {"dev": (True,), "held": (False,), "both": (True, False)}[options.half]
    with tempfile.TemporaryDirectory() as folder:
        brands = dossiers(Path(folder), HERE / "brands")

        def count(name: str) -> list[Tally]:
            return RUNS[name](lambda *parts: sets.dev(*parts) in wanted, brands)

        tell(options.set or RUNS, count, options.half, show=options.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
