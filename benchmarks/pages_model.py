"""Learns the model of words for pages, and tells how it does on authors it has not read.

    python benchmarks/pages_model.py [--cache FOLDER] [--write] [--without AUTHOR ...] [--show]

Without `--write` each author of a set is left out in turn: what rules alone accuse, and what rules and words together
accuse, of pages by a hand that the words have not learnt from. (The rules have been mended on most of these sets, so
their own share is flattered.) With `--write` it learns from all of them and writes `detect/page_model.csv`. `--cache`
names a folder in which pages as examined are kept, `--show` prints honest pages that would be accused. Needs
scikit-learn (see docs/dependencies.md); nothing is random, so the same pages and the same version give the same table.
"""

import argparse
import csv
import hashlib
import io
import multiprocessing
import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pages_model_sets import AUTHORS, Page, dossiers_of, pages_of
from pages_pictures import wilson
from zhengben.core.brand import Brand
from zhengben.core.judge import judge
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Reason
from zhengben.detect import page_model, page_wording
from zhengben.detect.page_grams import grams
from zhengben.detect.registry import detect_all
from zhengben.flow.look_file import examine_file
from zhengben.names.api import pack

KEPT = 16_000  # runs of words that are kept: those that part the sides most
WORLDS = 3  # worlds in which a run must stand
HELD = 40.0  # the inverse of how small the weights are held (C)
# A run that one side hardly has is held less (after Wang and Manning, 2012): by this power of the logarithm of how much
# oftener the other has it, and with so much of a page added to each side.
TELLING, ADDED = 0.5, 0.01
FACTS = 0.15  # how much a fact counts beside a run of words
OURS = {"page_worded_false", "page_worded_honest"}
SHOWN = ("whole", "text", "trace", "official")


@dataclass(frozen=True)
class Seen:
    """One page for one brand: what it says and is, and what the rules hold for and against it."""

    author: str
    page: Page
    brand: str
    grams: frozenset[str]
    rules: tuple[Reason, ...]
    whose: page_wording.Whose

    @property
    def meant(self) -> bool:
        """Tell whether this is the brand that an impostor impersonates; an honest page has none."""
        return self.page.honest or self.brand == self.page.brand or not self.page.brand


def seen_of(which: str) -> list[Seen]:
    """Examine every page of a set, as a saved file, for every brand that it names."""
    brands = dossiers_of(which)
    found = []
    for page in pages_of(which):
        ways = examine_file(f"{page.name}.html", page.html.encode(), target=page.name)
        found += [one for way in ways for one in _for_each(AUTHORS[which], page, way, brands)]
    return found


def _for_each(author: str, page: Page, way: Sighting, brands: Sequence[Brand]) -> Iterable[Seen]:
    known, reasons = pack(tuple(brands)), detect_all(way, brands)
    for brand in brands if way.page else ():
        said = grams(way, brand, known)
        rules = tuple(one for one in reasons[brand.id] if one.code not in OURS)
        if said or brand.id == page.brand:
            whose = page_wording.whose(way.page, brand, known)
            yield Seen(author, page, brand.id, said, rules, whose)


class Learner:
    """Pages as a matrix of runs and facts, and what is learnt from some of them."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        """Enter every page that says anything."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415  # only who learns needs it

        self.seen = seen
        self.words, self.facts = _columns(seen, fact=False), _columns(seen, fact=True)
        self.matrix = csr_matrix(_rows(seen, self.words))
        self.plain = csr_matrix(_rows(seen, self.facts))
        self.false = np.array([not one.page.honest for one in seen])
        self.worlds = np.unique([one.page.world for one in seen], return_inverse=True)[1]
        size = Counter(self.worlds.tolist())
        self.counts = np.array([size[world] ** -0.5 for world in self.worlds.tolist()])

    def learnt(self, chosen: Any) -> page_model.Model:
        """Give the model that some of the pages teach; `chosen` is a mask."""
        from scipy.sparse import diags, hstack  # noqa: PLC0415
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

        columns = self._parting(chosen)
        words = self.matrix[chosen][:, columns]
        words = diags(1 / np.sqrt(np.maximum(1, np.asarray(words.sum(1)).ravel()))) @ words
        telling = self._telling(words, chosen)
        rows = hstack([words @ diags(telling), self.plain[chosen] * FACTS]).tocsr()
        fit = LogisticRegression(C=HELD, solver="liblinear", max_iter=1000, random_state=0)
        fit.fit(rows, self.false[chosen], sample_weight=self.counts[chosen])
        names = [*(self.words[at] for at in columns), *self.facts]
        scale = [*telling.tolist(), *[FACTS] * len(self.facts)]
        weights = {name: float(weight) * by for name, weight, by in zip(names, fit.coef_[0], scale, strict=True)}
        return page_model.Model({page_model.BASE: float(fit.intercept_[0])} | {n: w for n, w in weights.items() if w})

    def _telling(self, words: Any, chosen: Any) -> Any:
        """Give how much oftener one side has each run than the other."""
        false, counts = self.false[chosen], self.counts[chosen]
        sides = [np.asarray((side * counts) @ words).ravel() + ADDED for side in (false, ~false)]
        shares = [side / side.sum() for side in sides]
        return np.abs(np.log(shares[0] / shares[1])) ** TELLING

    def _parting(self, chosen: Any) -> Any:
        """Give the runs that part false from honest worlds most, by the chi-squared of Pearson."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415

        at = np.flatnonzero(chosen)
        sums = csr_matrix((np.ones(len(at)), (self.worlds[at], np.arange(len(at)))), (self.worlds.max() + 1, len(at)))
        there = sums @ self.matrix[at]
        there.data[:] = 1
        used = np.unique(self.worlds[at])
        false = np.zeros(there.shape[0])
        false[self.worlds[at]] = self.false[at]
        total, mine = np.asarray(there.sum(0)).ravel(), false @ there
        meant = total * false[used].mean()
        parts = (mine - meant) ** 2 / np.maximum(meant, 1e-9) + (mine - meant) ** 2 / np.maximum(total - meant, 1e-9)
        parts[total < WORLDS] = 0
        return np.sort(np.argsort(-parts, kind="stable")[:KEPT])


def _columns(seen: Sequence[Seen], *, fact: bool) -> list[str]:
    worlds: dict[str, set[str]] = defaultdict(set)
    for one in seen:
        for gram in one.grams:
            if gram.startswith(page_model.FACT) == fact:
                worlds[gram].add(one.page.world)
    return sorted(gram for gram, where in worlds.items() if len(where) >= WORLDS)


def _rows(seen: Sequence[Seen], columns: Sequence[str]) -> Any:
    at = {gram: number for number, gram in enumerate(columns)}
    found = [sorted(at[gram] for gram in one.grams if gram in at) for one in seen]
    ends = np.cumsum([0, *map(len, found)])
    return np.ones(ends[-1]), np.array([number for row in found for number in row], int), ends


def accuses(one: Seen, odds: page_model.Read | None) -> bool:
    """Tell whether rules and words together accuse a page; rules alone where no odds are given."""
    reasons = [*one.rules, *(page_wording.told(odds, one.whose) if odds else ())]
    return judge(one.brand, reasons, Coverage()).accuses


def told(seen: Sequence[Seen], reads: dict[int, page_model.Read] | None, *, show: bool = False) -> str:
    """Give one line: of each sort of page how many are accused, with the interval of Wilson at 95 %."""
    found: dict[tuple[bool, str], dict[str, bool]] = defaultdict(dict)
    for at, one in enumerate(seen):
        if not one.meant:
            continue
        hit = accuses(one, reads[at] if reads else None)
        where = found[one.page.honest, one.page.sort]
        name = f"{one.author} {one.page.name} {one.page.brand}"
        where[name] = where.get(name, False) or hit
        if show and hit and one.page.honest:
            print(f"    accused: {one.page.name} {one.brand}")
    lines = []
    for (honest, sort), pages in sorted(found.items(), key=lambda pair: (pair[0][0], SHOWN.index(pair[0][1]))):
        low, high = wilson(sum(pages.values()), len(pages))
        lines.append(
            f"{'honest' if honest else 'false'} {sort} {sum(pages.values())}/{len(pages)} ({low:.3f}-{high:.3f})"
        )
    return ", ".join(lines)


def written(model: page_model.Model, seen: Sequence[Seen]) -> str:
    """Give the table as it is kept, with what it was learnt from."""
    out = io.StringIO()
    worlds = Counter((one.author, one.page.honest) for one in {one.page: one for one in seen}.values())
    out.write("# Weights of runs of characters on pages (page_grams.py), learnt by benchmarks/pages_model.py.\n")
    for author in sorted({author for author, _ in worlds}):
        out.write(f"# {author}: {worlds[author, False]} false pages, {worlds[author, True]} honest ones\n")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerows((gram, f"{weight:.3f}") for gram, weight in sorted(model.weights.items()) if abs(weight) >= 0.0005)
    return out.getvalue()


def every(cache: Path | None) -> list[Seen]:
    """Give every page of every set, from the cache where it is there; two sets at a time."""
    with multiprocessing.Pool(2) as pool:
        parts = pool.starmap(_kept, [(which, cache) for which in AUTHORS], chunksize=1)
    return [one for part in parts for one in part]


def _kept(which: str, cache: Path | None) -> list[Seen]:
    kept = cache / f"{which}.pkl" if cache else None
    if kept and kept.exists():
        found: list[Seen] = pickle.loads(kept.read_bytes())  # noqa: S301  # written by this program
        return found
    found = seen_of(which)
    if kept:
        kept.write_bytes(pickle.dumps(found))
    print(f"{which}: {len(found)} pages and brands", file=sys.stderr, flush=True)
    return found


def cross(learner: Learner, *, show: bool) -> None:
    """Judge each author's pages with words learnt from all others."""
    authors = np.array([one.author for one in learner.seen])
    teaches = np.array([one.meant and one.page.sort != "official" and bool(one.grams) for one in learner.seen])
    for author in sorted(set(authors.tolist())):
        mine = np.flatnonzero(authors == author)
        model = learner.learnt((authors != author) & teaches)
        seen = [learner.seen[at] for at in mine]
        reads = {at: model.read(one.grams) for at, one in enumerate(seen)}
        print(f"{author}\n  rules: {told(seen, None)}\n  both:  {told(seen, reads, show=show)}", flush=True)


def main() -> int:
    """Learn, and tell or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    seen = [one for one in every(options.cache) if one.author not in options.without]
    learner = Learner(seen)
    if not options.write:
        cross(learner, show=options.show)
        return 0
    teaches = np.array([one.meant and one.page.sort != "official" and bool(one.grams) for one in seen])
    body = written(learner.learnt(teaches), seen)
    path = Path(page_model.__file__).with_name(page_model.FILE)
    path.write_text(body, "utf-8")
    print(f"{path.name}: {body.count(chr(10))} lines, sha256 {hashlib.sha256(body.encode()).hexdigest()[:12]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
