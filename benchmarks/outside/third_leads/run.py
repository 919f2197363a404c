"""A third outsider's leads against the product's public command line, in one process.

    python benchmarks/outside/third_leads/run.py --half dev|held [--set impostors|honest] [--show]

`--show` prints what was missed or wrongly accused, and is refused on the held half: that one is only counted.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from leads import ACCUSED, Lead, leads

sys.path.append(str(Path(__file__).resolve().parents[1]))

from spans import mail
from tally import ask, dossiers, share

HERE = Path(__file__).resolve().parent
Outcome = tuple[Lead, dict[str, Any]]


def answers(group: list[Lead], folder: Path) -> list[Outcome]:
    """What `check` says of each of GROUP (one kind), nothing fetched."""
    kind, targets = group[0].kind, [lead.text for lead in group]
    if kind == "eml":
        targets = [str(folder / f"{number}.eml") for number in range(len(group))]
        for target, lead in zip(targets, group, strict=True):
            Path(target).write_bytes(mail(lead.text))
    insist = [] if kind == "eml" else ["--kind", kind]
    said = ask("check", "--json", "--offline", "--brands", str(folder / "brands"), *insist, "--", *targets)
    return list(zip(group, said, strict=True))


def right_brand(lead: Lead, answer: dict[str, Any]) -> bool:
    """Whether the brand of LEAD is accused: the first named, or one of the others accused beside it."""
    beside = [other["brand"] for other in answer.get("others", []) if other["verdict"] in ACCUSED]
    return answer["verdict"] in ACCUSED and lead.brand in {answer["brand"], *beside}


def table(title: str, hits: dict[str, list[bool]]) -> None:
    """Print the share of hits by sort, and of all."""
    print(title)
    for sort, marks in hits.items():
        print(f"  {sort:28} {share(sum(marks), len(marks))}")
    every = [mark for marks in hits.values() for mark in marks]
    print(f"  {'ALL':28} {share(sum(every), len(every))}")


def told(lead: Lead, answer: dict[str, Any]) -> str:
    """One line that says what was asked and what was said."""
    codes = " ".join(reason["code"] for reason in answer["reasons"])
    said = f"{answer['verdict']}/{answer['brand'] or '-'}"
    return f"    {lead.kind}/{lead.sort} {lead.brand or '-'} {'|'.join(lead.expect)} -> {said}: {lead.text} [{codes}]"


def impostors(outcomes: list[Outcome], *, show: bool) -> None:
    """How many are accused under their brand, by sort, and with a label allowed."""
    caught: dict[str, list[bool]] = defaultdict(list)
    very: dict[str, list[bool]] = defaultdict(list)
    for lead, answer in outcomes:
        caught[f"{lead.kind}/{lead.sort}"].append(right_brand(lead, answer))
        very[lead.kind].append(answer["verdict"] in lead.expect)
    table("impostors accused under their brand", caught)
    firm = [right_brand(lead, answer) for lead, answer in outcomes if "lookalike" not in lead.expect]
    print(f"  {'without the disputable':28} {share(sum(firm), len(firm))}")
    table("impostors given a label allowed", very)
    for lead, answer in outcomes:
        if show and not right_brand(lead, answer):
            print(told(lead, answer))


def honest(outcomes: list[Outcome], *, show: bool) -> None:
    """How many are accused, sent to a person or left unknown, by sort; and the brand's own called official."""
    for title, wanted in (
        ("honest accused", ACCUSED),
        ("honest sent to a person (lookalike)", ("lookalike",)),
        ("honest answered unknown", ("unknown",)),
    ):
        counted: dict[str, list[bool]] = defaultdict(list)
        for lead, answer in outcomes:
            counted[f"{lead.kind}/{lead.sort}"].append(answer["verdict"] in wanted)
        table(title, counted)
    very: dict[str, list[bool]] = defaultdict(list)
    for lead, answer in outcomes:
        name = "official only" if lead.expect == ("official",) else "others"
        very[name].append(answer["verdict"] in lead.expect)
    table("honest given a label allowed", very)
    for lead, answer in outcomes:
        if show and answer["verdict"] not in lead.expect:
            print(told(lead, answer))


def main() -> int:
    """Run the half asked for and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "held"), required=True)
    parser.add_argument("--set", choices=("impostors", "honest"), action="append")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        dossiers(folder, HERE / "brands")
        for name in options.set or ("impostors", "honest"):
            started = time.process_time()
            groups: dict[str, list[Lead]] = defaultdict(list)
            for lead in leads():
                if lead.half == options.half and lead.bad == (name == "impostors"):
                    groups[lead.kind].append(lead)
            outcomes = [outcome for group in groups.values() for outcome in answers(group, folder)]
            print(f"== {name}, half {options.half}, {time.process_time() - started:.1f} s of CPU")
            (impostors if name == "impostors" else honest)(outcomes, show=options.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
