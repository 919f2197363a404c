"""The fourth outside set against the product's public command line, by the third set's runner.

    python benchmarks/outside/fourth/run.py --half dev|held [--set slips|text|hosts|plain] [--show]

`--show` prints what went wrong.
"""

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import sets

sys.path.append(str(Path(__file__).resolve().parents[1]))

from runners import runner_of
from spans import screened, touched
from tally import Tally, ask

HERE = Path(__file__).resolve().parent
_WRITTEN = {".txt", ".jsonl", ".toml", ".tsv", ".md"}


def runner() -> ModuleType:
    """The third set's runner over this folder: the modules it imports by name are found here."""
    module = runner_of("third")
    module.HERE = HERE  # type: ignore[attr-defined]  # where it looks for the dossiers
    module.RUNS["slips"] = lambda chosen, brands: run_slips(module, chosen, brands)
    module.RUNS["plain"] = lambda chosen, brands: run_plain(module, chosen, brands)
    return module


def earlier() -> str:
    """All that the earlier outside sets of names hold in files, the marks of spans taken out."""
    folders = [HERE.parent / name for name in ("data", "second", "third")]
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in _WRITTEN]
    return re.sub("[〔〕]", "", "\n".join(path.read_text(encoding="utf-8") for path in paths))


def run_slips(third: Any, chosen: Any, brands: Path) -> list[Tally]:
    """Customers' misspellings, and apart from the rest those whose very spelling no earlier set has."""
    known = earlier()
    fresh = {(slip.kind, slip.text) for slip in sets.slips() if slip.text[slip.start : slip.end] not in known}
    whole = third.run_slips(chosen, brands)
    apart = third.run_slips(lambda *parts: parts in fresh and chosen(*parts), brands)
    for tally in apart[:: len(apart) // len(third.MODES)]:
        tally.title += ", spelt as in no earlier set"
        tally.wrong.clear()  # told among the whole already
        whole.append(tally)
    return list(whole)


def run_plain(third: Any, chosen: Any, brands: Path) -> list[Tally]:
    """Honest messages that name a brand rightly and are written oddly: is it found, and is nobody accused?"""
    items = [item for item in sets.slips("plain") if chosen(item.kind, item.text)]
    tallies = []
    for mode in third.MODES:
        found = screened([item.text for item in items], brands, mode)
        recall = Tally(f"plain, {mode}: found")
        for place, item in enumerate(items):
            hit = touched(found[place], item.brand, item.start, item.end)
            recall.add(item.kind, f"{item.brand} {item.text}", hit=hit)
        tallies.append(recall)
    accused = Tally("plain, check: accused (impersonation or scam), though each is an honest message", good=False)
    sent = Tally("plain, check: sent to a person (lookalike) or not understood (unknown)", good=False)
    texts = [item.text.replace("\\n", "\n") for item in items]
    verdicts = ask("check", "--json", "--kind", "text", "--offline", "--brands", str(brands), "--", *texts)
    for item, line in zip(items, verdicts, strict=True):
        about = f"{line['verdict']} {line['brand']} {[reason['code'] for reason in line['reasons']]} {item.text}"
        accused.add(item.kind, about, hit=line["verdict"] in {"impersonation", "scam"})
        sent.add(item.kind, about, hit=line["verdict"] in {"lookalike", "unknown"})
    return [*tallies, accused, sent]


def main() -> int:
    """Run what is asked for."""
    return int(runner().main())


if __name__ == "__main__":
    sys.exit(main())
