"""The second outside set against the product's public command line, in one process.

    python benchmarks/outside/second/run.py --half dev|held|both [--set slips|text|hosts|check] [--show]

`--show` prints what was missed or wrongly hit. The held half was opened on 2026-11-23: nothing here is unseen any more.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import disguise
import hostnames
import sets

sys.path.append(str(Path(__file__).resolve().parents[1]))

from halves import half
from runners import tell
from spans import screened
from tally import Tally, ask, count_hosts, dossiers

HERE = Path(__file__).resolve().parent
ACCUSED = ("impersonation", "scam")
Wanted = Callable[[str], bool]


def _place(hits: list[dict[str, Any]], brand: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a hit of BRAND touches the true span, and whether one is that very span."""
    spans = [(hit["start"], hit["end"]) for hit in hits if hit["brand"] == brand]
    return any(low < end and high > start for low, high in spans), (start, end) in spans


def run_slips(wanted: Wanted, brands: Path) -> list[Tally]:
    """`screen text` over customers' own misspellings."""
    slips = [slip for slip in sets.slips() if wanted(slip.text)]
    tallies = []
    for mode in ("strict", "balanced"):
        found = screened([slip.text for slip in slips], brands, mode)
        known = Tally(f"slips, {mode}: recall where a careful reader knows the brand")
        vague = Tally(f"slips, {mode}: hit where even a careful reader may not (for information)")
        exact = Tally(f"slips, {mode}: found with the very span, of those recognisable")
        for number, slip in enumerate(slips):
            touched, very = _place(found[number], slip.brand, slip.start, slip.end)
            about = f"{slip.brand} {slip.text[slip.start : slip.end]} | {slip.text}"
            (known if slip.recognisable else vague).add(slip.kind, about, hit=touched)
            if slip.recognisable:
                exact.add(slip.brand, about, hit=very)
        tallies += [known, vague, exact]
    return tallies


def run_text(wanted: Wanted, brands: Path) -> list[Tally]:
    """`screen text` over disguises and benign sentences."""
    bad = [item for item in disguise.disguises() if wanted(item.text)]
    good = [item for item in sets.benign() if wanted(item[1])]
    tallies = []
    for mode in ("strict", "balanced"):
        found = screened([*(item.text for item in bad), *(text for _, text in good)], brands, mode)
        recall = Tally(f"text, {mode}: recall by kind of disguise (right brand, touching the true span)")
        exact = Tally(f"text, {mode}: found with the very span, by brand")
        wrong = Tally(f"text, {mode}: benign sentences hit", good=False)
        for number, item in enumerate(bad):
            touched, very = _place(found[number], item.brand, item.start, item.end)
            recall.add(item.kind, f"{item.brand} {item.text!r}", hit=touched)
            exact.add(item.brand, f"{item.kind} {item.text!r}", hit=very)
        for number, (kind, text) in enumerate(good, len(bad)):
            about = [(hit["brand"], hit["matched"]) for hit in found[number]]
            wrong.add(kind, f"{text!r} {about}", hit=bool(about))
        exact.wrong.clear()  # the misses are in `recall`; a span one mark too wide is no news
        tallies += [recall, exact, wrong]
    return tallies


def run_hosts(wanted: Wanted, brands: Path) -> list[Tally]:
    """`screen hosts` over impostors and benign names."""
    bad = [item for item in hostnames.impostors() if wanted(item[2])]
    good = [("ordinary", name) for name in hostnames.ordinary() if wanted(name)]
    good += [("hard", name) for name in dict.fromkeys(hostnames.hard()) if wanted(name)]
    recall = Tally("hosts: recall by technique (right brand)")
    return count_hosts((recall, Tally("hosts: benign names hit", good=False)), bad, good, brands)


def _target(item: sets.Item, number: int, folder: Path) -> str:
    """What `check` is handed: the text itself, or the file it describes."""
    if item.kind not in ("html", "eml"):
        return item.text
    path = folder / f"item{number}.{item.kind}"
    path.write_bytes(sets.mail(item.text) if item.kind == "eml" else sets.page(item.text).encode())
    return str(path)


def _accused_brands(answer: dict[str, Any]) -> set[str]:
    others = [other["brand"] for other in answer.get("others", []) if other["verdict"] in ACCUSED]
    return {answer["brand"], *others}


def _checked(wanted: Wanted, brands: Path) -> Iterator[tuple[sets.Item, dict[str, Any]]]:
    """Each item wanted with what `check` says of it, asked kind by kind."""
    kinds: dict[str, list[sets.Item]] = defaultdict(list)
    for item in sets.items():
        if wanted(item.text):
            kinds[item.kind].append(item)
    for kind, group in kinds.items():
        insist = [] if kind in ("html", "eml") else ["--kind", kind]
        targets = [_target(item, number, brands.parent) for number, item in enumerate(group)]
        yield from zip(
            group, ask("check", "--json", "--offline", "--brands", str(brands), *insist, "--", *targets), strict=True
        )


def run_check(wanted: Wanted, brands: Path) -> list[Tally]:
    """`check` over messages, listings, accounts, places, telephones, jobs, firms, mails and pages."""
    recall, label = Tally("check: impostors accused, right brand"), Tally("check: impostors given a label expected")
    wrong = Tally("check: honest items ACCUSED", good=False)
    right = Tally("check: honest items given a label expected")
    review = Tally("check: honest items sent to a person (lookalike)", good=False)
    unsure = Tally("check: honest items answered unknown", good=False)
    for item, answer in _checked(wanted, brands):
        verdict, scheme = answer["verdict"], f"{item.kind}/{item.scheme}"
        codes = [reason["code"] for reason in answer["reasons"]]
        about = f"{item.brand or '-'}: {verdict} {answer['brand']} {item.text} {codes}"
        if item.expect[0] in ACCUSED:
            recall.add(scheme, about, hit=verdict in ACCUSED and item.brand in _accused_brands(answer))
            label.add(item.kind, about, hit=verdict in item.expect)
            continue
        wrong.add(scheme, about, hit=verdict in ACCUSED)
        right.add(scheme, about, hit=verdict in item.expect)
        review.add(scheme, about, hit=verdict == "lookalike")
        unsure.add(scheme, about, hit=verdict == "unknown")
    return [recall, label, wrong, right, review, unsure]


RUNS = {"slips": run_slips, "text": run_text, "hosts": run_hosts, "check": run_check}


def main() -> int:
    """Run the sets asked for and print their tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "held", "both"), required=True)
    parser.add_argument("--set", choices=tuple(RUNS), action="append")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        brands = dossiers(Path(place), HERE / "brands")

        def count(name: str) -> list[Tally]:
            return RUNS[name](lambda text: options.half in ("both", half(text)), brands)

        tell(options.set or RUNS, count, f"half {options.half}", show=options.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
