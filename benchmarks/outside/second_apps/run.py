"""The second outside sets of apps against the product.

    python benchmarks/outside/second_apps/run.py --half dev|held --set malformed|verdicts|icons|forged|contents [--show]

Files are made on the fly in a temporary folder and judged by `zhengben screen apps`; `malformed` asks the reader behind
it for package and permissions, which the command line does not print. Both halves were opened on 2026-11-23.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import contents
import dossiers
import forged
import icons
import malformed
import reader
import verdicts
from parts import Item

sys.path.append(str(Path(__file__).resolve().parents[1]))

from tally import Tally, ask

ACCUSED = {"impersonation", "scam"}
Answer = dict[str, object]


def show(tally: Tally, *, detail: bool) -> None:
    """Print the sum, and with DETAIL the families that are not perfect and each item."""
    print(f"{tally.title}: {tally.whole()}")
    if not detail:
        return
    for family, total in tally.total.items():
        if tally.hits[family] < total:
            print(f"    {family:28} {tally.hits[family]}/{total}")
    print("\n".join(tally.wrong))


def written(items: list[Item], folder: Path) -> dict[str, Item]:
    """The files, by path."""
    folder.mkdir()
    found = {}
    for number, item in enumerate(items):
        path = folder / f"{number:05}{item.suffix}"
        path.write_bytes(item.build())
        found[str(path)] = item
    return found


def judged(items: list[Item], folder: Path, brands: Path) -> Iterator[tuple[Item, Answer]]:
    """What `screen apps` says of each item; one it passes over counts as `nothing`."""
    files = written(items, folder)
    told = ask("screen", "apps", "--json", "--all", "--workers", "2", "--brands", str(brands), str(folder))
    answers = {Path(str(line["target"])).name: line for line in told}
    for path, item in files.items():
        yield item, answers.get(Path(path).name, {"verdict": "nothing", "brand": "", "reasons": [], "contacts": []})


def _told(item: Item, answer: Answer) -> str:
    reasons: list[dict[str, object]] = answer["reasons"]  # type: ignore[assignment]  # reason: the contract's shape
    codes = ",".join(str(reason["code"]) for reason in reasons[:5])
    truth = item.truth
    wanted = f"want={truth.get('want', '')} {truth.get('brand', '')}"
    return f"{item.suffix} {truth.get('what', item.seed)} {wanted} got={answer['verdict']} {answer['brand']} [{codes}]"


WANTED: dict[str, Callable[[str], bool]] = {
    "accuse": lambda verdict: verdict in ACCUSED,
    "flag": lambda verdict: verdict in ACCUSED or verdict == "lookalike",
    "lookalike": lambda verdict: verdict == "lookalike",
    "suspect": lambda verdict: verdict in {*ACCUSED, "lookalike", "unknown"},
    "honest": lambda verdict: verdict not in ACCUSED,
    "official": lambda verdict: verdict == "official",
    "unknown": lambda verdict: verdict == "unknown",
}


def run_verdicts(items: list[Item], folder: Path) -> list[Tally]:
    """Fakes, honest apps, genuine apps, apps with something unseen."""
    right = {want: Tally(f"verdicts, wanted {want}, got it (right brand)") for want in WANTED}
    law, review, precise = (
        Tally("legal class named"),
        Tally("honest apps not sent to a person"),
        Tally("accusations that are right"),
    )
    silent = Tally("honest apps that are readable and answered")
    for item, answer in judged(items, folder / "files", dossiers.lay(folder / "brands")):
        want, verdict = str(item.truth["want"]), str(answer["verdict"])
        brand = item.truth.get("brand", "")
        others: list[Answer] = answer.get("others", [])  # type: ignore[assignment]  # reason: the contract's shape
        named = {answer["brand"], *(other["brand"] for other in others)}
        good = WANTED[want](verdict) and (not brand or brand in named)
        right[want].add(item.family, _told(item, answer), hit=good)
        if want == "honest":
            review.add(item.family, _told(item, answer), hit=verdict not in {"lookalike", *ACCUSED})
            silent.add(item.family, _told(item, answer), hit=verdict not in {"unknown", "nothing"})
        if verdict in ACCUSED:
            precise.add(item.family, _told(item, answer), hit=want not in {"honest", "official", "unknown"})
            if item.truth.get("law"):
                law.add(item.family, _told(item, answer), hit=str(item.truth["law"]) in json.dumps(answer))
    return [*right.values(), law, review, silent, precise]


def run_icons(items: list[Item], folder: Path) -> list[Tally]:
    """Changed icons found under the right brand; strangers left alone."""
    recall, clean = Tally("icons: recall@1"), Tally("icons: strangers left alone")
    named = Tally("icons: recall@1 of resized, recompressed, recoloured, cropped, rounded")
    for item, answer in judged(items, folder / "files", icons.lay(folder / "brands")):
        if item.truth["brand"]:
            recall.add(item.family, _told(item, answer), hit=answer["brand"] == item.truth["brand"])
            if item.family.removeprefix("icon-") in icons.NAMED:
                named.add(item.family, "", hit=answer["brand"] == item.truth["brand"])
        else:
            clean.add(item.family, _told(item, answer), hit=not answer["brand"])
    return [recall, named, clean]


def run_forged(items: list[Item], folder: Path) -> list[Tally]:
    """Nothing forged is official; what is accused as well."""
    rejected, accused = Tally("forged: not taken for the owner's"), Tally("forged: accused")
    for item, answer in judged(items, folder / "files", dossiers.lay(folder / "brands")):
        rejected.add(item.family, _told(item, answer), hit=answer["verdict"] != "official")
        accused.add(item.family, _told(item, answer), hit=answer["verdict"] in ACCUSED)
    return [rejected, accused]


def same(kind: str, planted: str, value: str) -> bool:
    """Whether a contact found is the one planted, whatever its normal form."""
    if kind in {"qq", "phone"}:
        return "".join(filter(str.isdigit, value)).endswith(planted)
    if kind == "url":
        return value.rstrip("/").lower() == planted.lower()
    return planted.lower() in value.lower()


PLATFORM = ("t.me", "schemas.android.com", "w3.org", "h5.")


def run_contents(items: list[Item], folder: Path) -> list[Tally]:
    """Planted contacts found; others that nobody planted (hosts of planted addresses and t.me are no others)."""
    found: dict[str, Tally] = {}
    hosts, clean = Tally("contents: host of the address found"), Tally("contents: contacts shown that were planted")
    for item, answer in judged(items, folder / "files", dossiers.lay(folder / "brands")):
        planted: list[list[str]] = item.truth["planted"]  # type: ignore[assignment]  # reason: pairs of kind and value
        shown: list[dict[str, str]] = answer["contacts"]  # type: ignore[assignment]  # reason: the contract's shape
        for kind, value in planted:
            tally = found.setdefault(kind, Tally(f"contents: {kind} found"))
            got = any(each["kind"] == kind and same(kind, value, each["value"]) for each in shown)
            tally.add(item.family, f"{value} in {[each['value'] for each in shown][:8]}", hit=got)
            if kind == "url":
                host = value.split("/")[2].split(":")[0]
                hosts.add(item.family, value, hit=any(host in each["value"] for each in shown))
        for each in shown:
            ours = any(same(kind, value, each["value"]) for kind, value in planted)
            ours = ours or any(mark in each["value"] for mark in PLATFORM)
            clean.add(item.family, f"{each['kind']} {each['value']}", hit=ours)
    return [*found.values(), hosts, clean]


def run_malformed(items: list[Item], folder: Path) -> list[Tally]:
    """Package, permissions and label as a phone reads them; never silently empty."""
    read, loud = Tally("malformed: right package, permissions, label"), Tally("malformed: right or refused aloud")
    for path, item in written(items, folder / "files").items():
        seen = reader.facts(Path(path))
        told = f"{item.seed} {item.truth} got {seen}"
        good = reader.agrees(seen, item.truth)
        if item.truth["read"] == "yes":
            read.add(item.family, told, hit=good)
        loud.add(item.family, told, hit=good or seen.loud)
    return [read, loud]


SETS: dict[str, tuple[Callable[[], list[Item]], Callable[[list[Item], Path], list[Tally]]]] = {
    "malformed": (malformed.items, run_malformed),
    "verdicts": (verdicts.items, run_verdicts),
    "icons": (lambda: list(icons.items()), run_icons),
    "forged": (lambda: list(forged.items()), run_forged),
    "contents": (lambda: list(contents.items()), run_contents),
}


def main() -> int:
    """Run one set, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "held"), required=True)
    parser.add_argument("--set", choices=tuple(SETS), action="append")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    for name in arguments.set or SETS:
        make, run = SETS[name]
        items = [item for item in make() if item.half == arguments.half]
        with tempfile.TemporaryDirectory() as folder:
            for tally in run(items, Path(folder)):
                if tally.total:
                    show(tally, detail=arguments.show)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
