"""The outside sets against the product's public command line, in one process.

    python benchmarks/outside/run.py --half dev|held|both [--set hosts|text|check|contacts] [--show]

`--show` prints what was missed or wrongly accused. The held half was opened on 2026-11-23: nothing here is unseen any more.
"""

import argparse
import contextlib
import io
import json
import math
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import contacts
import hosts
import variants
import webpages
from halves import half

from zhengben.cli.main import main as zhengben

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parents[1] / "brands"
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


def wilson(hits: int, total: int) -> str:
    """HITS of TOTAL as a share with its 95 % Wilson interval, in per cent."""
    if not total:
        return "     -"
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    width = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return (
        f"{100 * share:6.1f} % [{100 * max(0, middle - width):.1f}-{100 * min(1, middle + width):.1f}] {hits}/{total}"
    )


def ask(*arguments: str) -> list[dict[str, object]]:
    """The JSON lines a public command prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        zhengben(list(arguments))
    return [json.loads(line) for line in out.getvalue().splitlines() if line.startswith("{")]


@dataclass
class Tally:
    """Counts by kind, and the items that went wrong."""

    title: str
    hits: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    total: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[str] = field(default_factory=list)

    def add(self, kind: str, text: str, *, hit: bool, show: bool) -> None:
        """Count one item; SHOW says whether a hit or a miss is the one to print."""
        self.total[kind] += 1
        self.hits[kind] += hit
        if hit == show:
            self.wrong.append(f"  {kind:20} {text!r}")

    def lines(self) -> Iterable[str]:
        """The table: one line a kind, the sum, the mean of kinds."""
        yield f"{self.title}"
        for kind, total in self.total.items():
            yield f"  {kind:22} {wilson(self.hits[kind], total)}"
        yield f"  {'ALL':22} {wilson(sum(self.hits.values()), sum(self.total.values()))}"
        shares = [self.hits[kind] / total for kind, total in self.total.items()]
        if shares:
            yield f"  {'mean of kinds':22} {100 * sum(shares) / len(shares):6.1f} %"


def run_hosts(wanted: Callable[[str], bool], brands: Path, folder: Path) -> list[Tally]:
    """`screen hosts` over impostors and benign names."""
    bad = [item for item in hosts.impostors() if wanted(item[2])]
    good = [name for name in hosts.benign() if wanted(name)]
    path = folder / "hosts.txt"
    path.write_text("\n".join([*(item[2] for item in bad), *good]) + "\n", encoding="utf-8")
    found: dict[str, set[str]] = defaultdict(set)
    for hit in ask("screen", "hosts", "--json", "--quiet", "--brands", str(brands), str(path)):
        found[str(hit["name"])].add(str(hit["brand"]))
    recall, wrong = Tally("hostnames: recall by technique (right brand)"), Tally("hostnames: benign names hit")
    for technique, brand, name in bad:
        recall.add(technique, f"{brand} {name}", hit=brand in found[name], show=False)
    for name in good:
        wrong.add("benign", f"{name} {sorted(found[name])}", hit=bool(found[name]), show=True)
    return [recall, wrong]


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
        recall, wrong = Tally(f"text, {mode}: recall by kind"), Tally(f"text, {mode}: benign sentences hit")
        for number, (kind, brand, word, text) in enumerate(bad, 1):
            recall.add(kind, f"{brand} {word} | {text}", hit=brand in found[number], show=False)
        for number, (kind, text) in enumerate(good, len(bad) + 1):
            wrong.add(kind, f"{text} {sorted(found[number])}", hit=bool(found[number]), show=True)
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


def run_check(wanted: Callable[[str], bool], brands: Path, folder: Path) -> list[Tally]:
    """`check` over whole messages, listings, accounts, places, pages."""
    items = [*messages("impostors.txt"), *messages("honest.txt"), *page_items(folder)]
    items = [item for item in items if wanted(item.text)]
    by_kind: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item)
    recall = Tally("check: impostors accused, right brand, by kind and scheme")
    exact = Tally("check: accused with the very label expected")
    wrong = Tally("check: honest items ACCUSED")
    review = Tally("check: honest items called lookalike (a person must look)")
    unsure = Tally("check: honest items answered unknown")
    for kind, group in by_kind.items():
        insist = [] if kind == "html" else ["--kind", kind]
        answers = ask(
            "check", "--json", "--offline", "--brands", str(brands), *insist, "--", *(item.target for item in group)
        )
        if len(answers) != len(group):
            print(f"{kind}: {len(answers)} answers to {len(group)} items", file=sys.stderr)
        for item, answer in zip(group, answers, strict=True):
            verdict = str(answer["verdict"])
            codes = [reason["code"] for reason in answer["reasons"]]  # type: ignore[attr-defined]
            about = f"{verdict} {answer['brand']} {item.text} {codes}"
            if item.label in ACCUSED:
                caught = verdict in ACCUSED and item.brand in _accused_brands(answer)
                recall.add(f"{item.kind}/{item.scheme}", f"{item.brand} {about}", hit=caught, show=False)
                exact.add(item.label, f"{item.brand} {about}", hit=verdict == item.label, show=False)
            else:
                wrong.add(f"{item.kind}/{item.scheme}", about, hit=verdict in ACCUSED, show=True)
                review.add(item.kind, about, hit=verdict == "lookalike", show=True)
                unsure.add(item.kind, about, hit=verdict == "unknown", show=True)
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
        Tally("contacts: texts with none in which one was seen"),
    )
    for (kind, value, text), answer in zip(items, answers, strict=True):
        found = {(str(c["kind"]), str(c["value"])) for c in answer["contacts"]}  # type: ignore[attr-defined]
        if kind == "none":
            wrong.add(kind, f"{text} {found}", hit=bool(found), show=True)
        else:
            recall.add(kind, f"{text} {found}", hit=(kind, value) in found, show=False)
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
        brands = folder / "brands"
        brands.mkdir()
        for path in [*SHIPPED.glob("*.toml"), *(HERE / "brands").glob("*.toml")]:
            shutil.copy(path, brands / path.name)
        for name in options.set or RUNS:
            started = time.process_time()
            tallies = RUNS[name](wanted, brands, folder)
            print(
                f"== {name}, half {options.half}, {time.process_time() - started:.1f} s of CPU, {os.cpu_count()} cores"
            )
            for tally in tallies:
                print("\n".join(tally.lines()))
                if options.show:
                    print("\n".join(tally.wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
