"""The outside sets against the product's public command line, in one process.

    python benchmarks/outside/run.py --half dev|held|both [--set hosts|text|check|contacts] [--show]

`--show` prints what was missed or wrongly accused. The held half was opened on 2026-11-23: nothing is unseen here.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import contacts
import hosts
import variants
import webpages
from halves import half
from runners import tell
from tally import Tally, ask, count_hosts, dossiers

HERE = Path(__file__).resolve().parent
LETTERS = {
    "w": "weilidai",
    "y": "weiyedai",
    "b": "webank",
    "j": "jiebei",
    "h": "huabei",
    "l": "lanzhoudai",
    "s": "hesui",
    "k": "kuaili",
    "x": "xingyan",
    "c": "chenggu",
    "-": "",
}
ACCUSED = ("impersonation", "scam")


def run_hosts(wanted: Callable[[str], bool], brands: Path, folder: Path) -> list[Tally]:
    """`screen hosts` over impostors and benign names."""
    del folder
    bad = [item for item in hosts.impostors() if wanted(item[2])]
    good = [("benign", name) for name in hosts.benign() if wanted(name)]
    recall = Tally("hostnames: recall by technique (right brand)")
    return count_hosts((recall, Tally("hostnames: benign names hit", good=False)), bad, good, brands)


def _screened(texts: list[str], brands: Path, folder: Path, mode: str) -> dict[int, set[str]]:
    path = folder / "text.txt"
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    found: dict[int, set[str]] = defaultdict(set)
    for hit in ask("screen", "text", "--json", "--quiet", "--mode", mode, "--brands", str(brands), str(path)):
        line, start, end = int(str(hit["line"])), int(str(hit["start"])), int(str(hit["end"]))
        if texts[line - 1][start:end] != hit["matched"]:
            print("WRONG OFFSETS", hit, file=sys.stderr)
        found[line].add(str(hit["brand"]))
    return found


def run_text(wanted: Callable[[str], bool], brands: Path, folder: Path) -> list[Tally]:
    """`screen text` over disguises, honest slips and benign sentences, in two modes."""
    bad = [item for item in [*variants.variants(), *variants.misspellings()] if wanted(item[3])]
    good = [item for item in variants.benign() if wanted(item[1])]
    tallies = []
    for mode in ("strict", "balanced"):
        found = _screened([*(item[3] for item in bad), *(text for _, text in good)], brands, folder, mode)
        recall, wrong = Tally(f"text, {mode}: recall by kind"), Tally(f"text, {mode}: benign sentences hit", good=False)
        for number, (kind, brand, word, text) in enumerate(bad, 1):
            recall.add(kind, f"{brand} {word} | {text}", hit=brand in found[number])
        for number, (kind, text) in enumerate(good, len(bad) + 1):
            wrong.add(kind, f"{text} {sorted(found[number])}", hit=bool(found[number]))
        tallies += [recall, wrong]
    return tallies


@dataclass(frozen=True)
class Item:
    """One thing to check, and what is true of it."""

    kind: str
    scheme: str
    label: str
    brand: str
    text: str
    target: str


def messages(name: str) -> list[Item]:
    """The items of one hand-written file."""
    found: list[Item] = []
    label = kind = scheme = ""
    for line in (HERE / "data" / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            label, kind, scheme = line[3:].split()
        elif line and not line.startswith("#"):
            letter, _, text = line.partition("|")
            text = text.replace("\\n", "\n")
            found.append(Item(kind, scheme, label, LETTERS[letter], text, text))
    return found


def page_items(folder: Path) -> list[Item]:
    """The pages, each written to a file in FOLDER."""
    found = []
    for number, note in enumerate(webpages.notes()):
        path = folder / f"page{number}.html"
        path.write_text(webpages.build(note, number), encoding="utf-8")
        text = f"{note.title}|{note.heading}|{note.paragraphs}"
        found.append(Item("html", note.scheme, note.label, LETTERS[note.letter], text, str(path)))
    return found


def _accused_brands(answer: dict[str, object]) -> set[object]:
    """The brands an answer accuses in the name of: an advertisement may trade on two at once."""
    others: list[dict[str, object]] = answer["others"]  # type: ignore[assignment]
    return {answer["brand"], *(other["brand"] for other in others if other["verdict"] in ACCUSED)}


def _by_kind(wanted: Callable[[str], bool], folder: Path) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in [*messages("impostors.txt"), *messages("honest.txt"), *page_items(folder)]:
        if wanted(item.text):
            found[item.kind].append(item)
    return found


def _checked(by_kind: dict[str, list[Item]], brands: Path) -> Iterator[tuple[Item, dict[str, Any]]]:
    """Each item with what `check` says of it, asked kind by kind."""
    for kind, group in by_kind.items():
        insist = [] if kind == "html" else ["--kind", kind]
        targets = [item.target for item in group]
        answers = ask("check", "--json", "--offline", "--brands", str(brands), *insist, "--", *targets)
        if len(answers) != len(group):
            print(f"{kind}: {len(answers)} answers to {len(group)} items", file=sys.stderr)
        yield from zip(group, answers, strict=True)


def run_check(wanted: Callable[[str], bool], brands: Path, folder: Path) -> list[Tally]:
    """`check` over whole messages, listings, accounts, places, pages."""
    recall = Tally("check: impostors accused, right brand, by kind and scheme")
    exact = Tally("check: accused with the very label expected")
    wrong = Tally("check: honest items ACCUSED", good=False)
    review = Tally("check: honest items called lookalike (a person must look)", good=False)
    unsure = Tally("check: honest items answered unknown", good=False)
    for item, answer in _checked(_by_kind(wanted, folder), brands):
        verdict = str(answer["verdict"])
        codes = [reason["code"] for reason in answer["reasons"]]
        about = f"{verdict} {answer['brand']} {item.text} {codes}"
        if item.label in ACCUSED:
            caught = verdict in ACCUSED and item.brand in _accused_brands(answer)
            recall.add(f"{item.kind}/{item.scheme}", f"{item.brand} {about}", hit=caught)
            exact.add(item.label, f"{item.brand} {about}", hit=verdict == item.label)
            continue
        wrong.add(f"{item.kind}/{item.scheme}", about, hit=verdict in ACCUSED)
        review.add(item.kind, about, hit=verdict == "lookalike")
        unsure.add(item.kind, about, hit=verdict == "unknown")
    return [recall, exact, wrong, review, unsure]


def run_contacts(wanted: Callable[[str], bool], brands: Path, folder: Path) -> list[Tally]:
    """`check` again, for the contacts it lists: the right kind and value, and none where there is none."""
    del folder
    items = [item for item in contacts.contacts() if wanted(item[2])]
    items += [("none", "", text) for _, text in variants.benign() if wanted(text)]
    answers = ask(
        "check", "--json", "--offline", "--brands", str(brands), "--kind", "text", "--", *(text for *_, text in items)
    )
    recall, wrong = (
        Tally("contacts: found with kind and value"),
        Tally("contacts: texts with none in which one was seen", good=False),
    )
    for (kind, value, text), answer in zip(items, answers, strict=True):
        found = {(str(c["kind"]), str(c["value"])) for c in answer["contacts"]}  # type: ignore[attr-defined]
        if kind == "none":
            wrong.add(kind, f"{text} {found}", hit=bool(found))
        else:
            recall.add(kind, f"{text} {found}", hit=(kind, value) in found)
    return [recall, wrong]


RUNS = {"hosts": run_hosts, "text": run_text, "check": run_check, "contacts": run_contacts}


def main() -> int:
    """Run the sets asked for and print their tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "held", "both"), required=True)
    parser.add_argument("--set", choices=tuple(RUNS), action="append")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()

    def wanted(text: str) -> bool:
        return options.half in ("both", half(text))

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        brands = dossiers(folder, HERE / "brands")
        tell(
            options.set or RUNS,
            lambda name: RUNS[name](wanted, brands, folder),
            f"half {options.half}",
            show=options.show,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
