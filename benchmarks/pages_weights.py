"""Would weighing find pages? An experiment: weights of evidence beside the rules, each author left out in turn.

    python benchmarks/pages_weights.py [--more FOLDER] [--cache FOLDER] [--words] [--show]

Learns on all open sets of pages, honest ones and impostors (second to sixth outside sets, `pages_wild`). Logistic
regression by Newton's method, the weights held small (ridge), each world of pages weighs the same; nothing is random.
`--more` names a folder with `honest/*.html` and `impostors/*.html` of one author more, `--cache` one in which the pages
as read are kept, `--words` adds words of the dictionary to what is weighed, `--show` prints the heaviest rows and the
honest pages that would be accused. Pages are judged as saved files, without the words of their pictures. Printed is,
for the author left out, what the rules accuse and what rules and weights accuse together; and what would be lost and
spared if accusations of few bits were withheld. What was found stands in docs/pages.md.
"""

import argparse
import hashlib
import importlib
import json
import pickle
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from pages_weights_rows import rows_of, words_of
from zhengben.core.brand import Brand
from zhengben.core.judge import judge
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage
from zhengben.detect.registry import detect_all
from zhengben.examine.page import examine_page
from zhengben.examine.page_contacts import page_contacts
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

HERE = Path(__file__).resolve().parent
OUTSIDE = HERE / "outside"
AUTHORS = {
    "second": "second", "third": "third", "fourth": "fourth", "fifth a": "fifth", "fifth b": "fifth",
    "sixth a": "sixth", "sixth b": "sixth", "wild": "own", "more": "more",
}  # fmt: skip
RIDGE = 8.0
SHARES = (
    0.0,
    0.001,
    0.002,
    0.004,
)  # of the honest pages learnt on and spared by the rules: so many may reach the bits that accuse
SPARED = 0.2  # bits above them
FOLDS = 4  # of the worlds learnt on, for bits given by weights that have not seen a page's world
WITHHELD = 0.005  # share of the false pages accused by the rules that may be withheld
USED_BY, OFTEN, WORDS = 4, 25, 300  # authors and worlds that use a word, and so many words at most
LOG2 = float(np.log(2))


@dataclass
class Row:
    """One page for one brand: whose it is, what the rules say, what it shows."""

    author: str
    world: str
    page: str
    sort: str
    honest: bool
    brand: str
    meant: bool
    label: str
    amounts: dict[str, float] = field(default_factory=dict)
    words: str = ""


Page = tuple[str, str, str, bool, str, str]  # name, world, sort, honest, brand that is meant or none, HTML


def dump(which: str, more: Path | None) -> None:
    """Print the pages of one set. In a process of its own: the sets' modules share names."""
    pages = _more(more) if which == "more" else _wild() if which == "wild" else _outside(*which.partition(" ")[::2])
    print(json.dumps(list(pages)))


def _more(folder: Path | None) -> Iterator[Page]:
    for kind in ("honest", "impostors"):
        for page in sorted((folder / kind).glob("*.html")) if folder else ():
            yield page.stem, page.stem.rsplit("_", 1)[0], "whole", kind == "honest", "", page.read_text("utf-8")


def _wild() -> Iterator[Page]:
    sys.path.insert(0, str(HERE))
    import pages_wild  # noqa: PLC0415  # needed for this set only

    for split in pages_wild.FILES:
        for number, (entry, _, html) in enumerate(pages_wild.pages(split)):
            want = entry.get("want", "spare")
            if want != "official":
                yield f"{split}{number}", f"{split}{entry['title']}", "whole", want == "spare", "", html


def _outside(name: str, letter: str) -> Iterator[Page]:
    folder = OUTSIDE / f"{name}_pages"
    sys.path[:0] = [str(folder), *([str(OUTSIDE / "fifth_pages")] if letter else []), str(OUTSIDE)]
    if letter:
        batches = importlib.import_module("batches")
        batches.HERE = folder
        batches.installed(batches.Batch(letter, folder / "data" / letter))
    module = importlib.import_module("templates" if name == "second" else "worlds")
    for kind in ("honest", "impostors"):
        for page in (page for half in ((letter,) if letter else ("dev", "held")) for page in module.pages(kind, half)):
            if getattr(page, "named", True) and not getattr(page, "via", ""):
                sort = "official" if page.official else getattr(page, "bare", "") or "whole"
                yield page.name, page.world, sort, kind == "honest", page.brand, page.html


def dossiers_of(which: str) -> tuple[Brand, ...]:
    """Give the shipped dossiers and those of a set."""
    folder = OUTSIDE / f"{which.split(' ', maxsplit=1)[0]}_pages" / "brands"
    every = [*load_brands(), *(load_brands(folder) if folder.exists() else ())]
    return tuple({brand.id: brand for brand in every}.values())


def sighting_of(html: str, name: str) -> Sighting:
    """Give a page as the product sees a saved file of it, without the words of its pictures."""
    page = examine_page(html, "", "", "file")
    text = "\n".join(dict.fromkeys(w for w in (page.title, page.description, page.text, *page.image_words) if w))
    return Sighting(kind="url", target=name, page=page, title=page.title, text=text, contacts=page_contacts(page, text))


def of_set(which: str, more: Path | None) -> list[Row]:
    """Give every page of a set for every brand that its words or its address name."""
    asked = [sys.executable, __file__, "--dump", which, *(["--more", str(more)] if more else [])]
    brands = dossiers_of(which)
    known, found = pack(brands), []
    for name, world, sort, honest, meant, html in json.loads(
        subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    ):
        sighting = sighting_of(html, name)
        reasons = detect_all(sighting, brands)
        for brand in brands:
            amounts = rows_of(sighting, brand, known)
            if amounts or brand.id == meant:
                label = judge(brand.id, reasons[brand.id], Coverage()).label.value
                found.append(Row(AUTHORS[which], f"{which} {world}", f"{which} {name}", sort, honest, brand.id,
                                 brand.id == meant or not meant, label, amounts, sighting.text[:4000]))  # fmt: skip
    return found


def accused(row: Row) -> bool:
    """Tell whether the rules accuse."""
    return row.label in {"impersonation", "scam"}


class Fit:
    """The pages as a matrix, and the logistic regression over some of them."""

    def __init__(self, rows: list[Row], *, words: bool) -> None:
        """Enter what names a brand; of impostors only the brand that is meant is learnt, of official pages nothing."""
        self.kept = [r for r in rows if r.amounts and r.sort != "official"]
        amounts = [
            r.amounts | (dict.fromkeys((f"word {w}" for w in words_of(r.words)), 1.0) if words else {})
            for r in self.kept
        ]
        self.y = np.array([not r.honest for r in self.kept], float)
        self.use = np.array([r.honest or r.meant for r in self.kept])
        self.author = np.array([r.author for r in self.kept])
        self.accused = np.array([accused(r) for r in self.kept])
        self.fold = np.array([hashlib.sha256(r.world.encode()).digest()[0] % FOLDS for r in self.kept])
        self.names = self._often(amounts)
        column = {name: at for at, name in enumerate(self.names)}
        self.x = np.zeros((len(self.kept), len(self.names)))
        for at, told in enumerate(amounts):
            for name in told.keys() & column.keys():
                self.x[at, column[name]] = told[name]
        self.words = np.array([name.startswith("word ") for name in self.names])

    def _often(self, amounts: list[dict[str, float]]) -> list[str]:
        authors, worlds = defaultdict(set), defaultdict(set)
        for r, told in zip(self.kept, amounts, strict=True):
            for name in told:
                authors[name].add(r.author)
                worlds[name].add(r.world)
        least = {name: (USED_BY, OFTEN) if name.startswith("word ") else (3, 6) for name in authors}
        return sorted(n for n in authors if len(authors[n]) >= least[n][0] and len(worlds[n]) >= least[n][1])

    def weight_of(self, mask: Any) -> Any:
        """Give what each page counts: a world as much as another, both sides of one author alike."""
        size = Counter(r.world for r, m in zip(self.kept, mask, strict=True) if m)
        weight = np.array([size[r.world] ** -0.5 if m else 0.0 for r, m in zip(self.kept, mask, strict=True)])
        for author in set(self.author):
            for side in (0, 1):
                those = (self.author == author) & (self.y == side) & mask
                if those.any():
                    weight[those] *= min(1.0, 60 / weight[those].sum())
        return weight

    def _chosen(self, weight: Any) -> Any:
        """Give the columns that are learnt: every row, and the words that part the sides most."""
        false, honest = (weight * self.y) @ self.x, (weight * (1 - self.y)) @ self.x
        odds = (false + 2) / ((weight * self.y).sum() + 4) / ((honest + 2) / ((weight * (1 - self.y)).sum() + 4))
        parts = np.where(self.words, np.abs(np.log(odds)) * np.sqrt(false + honest), np.inf)
        most = int((~self.words).sum()) + WORDS
        return np.sort(np.argsort(-parts, kind="stable")[:most])

    def weights(self, mask: Any) -> Any:
        """Give the weights in bits, learnt on the rows of a mask."""
        chosen = mask & self.use
        weight = self.weight_of(chosen)
        columns = self._chosen(weight)
        x, y, weight = self.x[np.ix_(chosen, columns)], self.y[chosen], weight[chosen]
        hold = np.where(columns == self.names.index("always"), 1e-3, RIDGE)
        found = np.zeros(len(columns))
        for _ in range(40):
            p = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
            slope = x.T @ (weight * (p - y)) + hold * found
            step = np.linalg.solve((x * (weight * p * (1 - p) + 1e-6)[:, None]).T @ x + np.diag(hold), slope)
            found -= step
            if np.abs(step).max() < 1e-6:
                break
        given = np.zeros(len(self.names))
        given[columns] = found / LOG2
        return given

    def unseen(self, mask: Any) -> Any:
        """Give the bits of the pages of a mask by weights that have not seen their worlds."""
        bits = np.full(len(self.kept), np.nan)
        for fold in range(FOLDS):
            held = mask & (self.fold == fold)
            bits[held] = (self.x @ self.weights(mask & ~held))[held]
        return bits

    def pages(self, mask: Any) -> set[str]:
        """Give the names of the pages of a mask."""
        return {self.kept[at].page for at in np.flatnonzero(mask)}


def cross(fit: Fit, *, show: bool) -> None:
    """Score every page with weights that have not seen its author, and count."""
    for author in sorted(set(fit.author)):
        rest, mine = fit.author != author, fit.author == author
        found = fit.weights(rest)
        bits, inner = fit.x @ found, fit.unseen(rest)
        honest, false = mine & (fit.y == 0), mine & (fit.y == 1) & fit.use
        before, those = fit.pages(honest & fit.accused), len(fit.pages(false))
        print(f"{author} left out, order {_order(bits[false], bits[honest]):.3f}; rules accuse", end=" ")
        print(
            f"{len(fit.pages(false & fit.accused))} of {those} false, {len(before)} of {len(fit.pages(honest))} honest"
        )
        spared = np.sort(inner[rest & (fit.y == 0) & ~fit.accused])[::-1]
        for share in SHARES:
            least = float(spared[int(share * len(spared))]) + SPARED
            more = (bits >= least) & ~fit.accused
            found_more, wrong = len(fit.pages(false & more)), len(fit.pages(honest & more) - before)
            print(f"  {share:.1%} allowed, {least:.1f} bits: {found_more} false pages more, {wrong} honest ones more")
        low = float(np.quantile(inner[rest & (fit.y == 1) & fit.accused & fit.use], WITHHELD))
        few = fit.accused & (bits < low)
        lost = len(fit.pages(false & few))
        print(f"  withheld below {low:.1f} bits: {len(fit.pages(honest & few))} honest, {lost} false", flush=True)
        if show:
            _heaviest(fit, found)
            for at in np.flatnonzero(honest & (bits >= least) & ~fit.accused):
                print(
                    f"    honest: {fit.kept[at].page} {fit.kept[at].brand} {bits[at]:+.1f} {fit.kept[at].words[:60]!r}"
                )


def _heaviest(fit: Fit, found: Any) -> None:
    order = np.argsort(-found, kind="stable")
    for name, those in (("for", order[:15]), ("against", order[::-1][:15])):
        print(f"    {name}: " + ", ".join(f"{fit.names[at]} {found[at]:+.1f}" for at in those))


def _order(false: Any, honest: Any) -> float:
    """Give how often a false page scores above an honest one."""
    return float(np.mean(np.searchsorted(np.sort(honest), false) / max(1, len(honest)))) if len(false) else float("nan")


def _kept(which: str, options: argparse.Namespace) -> list[Row]:
    """Give the pages of a set, as kept in the cache or read anew."""
    kept = options.cache / f"{which}.pkl" if options.cache else None
    if kept and kept.exists():
        found: list[Row] = pickle.loads(kept.read_bytes())  # noqa: S301  # written by this program
        return found
    found = of_set(which, options.more)
    if kept:
        kept.write_bytes(pickle.dumps(found))
    return found


def main() -> int:
    """Learn and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--more", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--dump")
    options = parser.parse_args()
    if options.dump:
        dump(options.dump, options.more)
        return 0
    rows: list[Row] = []
    for which in AUTHORS:
        there = which in {"wild", "more"} or (OUTSIDE / f"{which.split()[0]}_pages").exists()
        there &= not which.startswith("sixth") or (OUTSIDE / "sixth_pages" / "data" / which[-1]).exists()
        if there and (which != "more" or options.more):
            rows += _kept(which, options)
    fit = Fit(rows, words=options.words)
    print(f"{len(rows)} pages and brands, {len(fit.names)} rows and words")
    cross(fit, show=options.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
