"""Fit the weights of evidence for slips of names, and judge them by leaving out one author after the other.

    python benchmarks/names_weights.py [--rivals DIR] [--write]

Learns on all open outside sets of text (slips, disguises, benign sentences) and on what genuine Chinese (as
`benchmarks/names.py` has it) offers by chance to many brands, invented ones among them. Logistic regression by
Newton's method, the weights held small (ridge); nothing is random. `--write` puts the weights into `evidence.toml`.
What is said nearby is learnt first, by `names_said.py`; each author's items are weighed by a table that has not seen
them. The judgement: each author's items counted with weights and thresholds that have not seen that author, beside the rules.
"""

# ruff: noqa: E501  # a row of characters, and printed lines

import argparse
import json
import random
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import names_said
import names_sets
import names_written
from names import CHINESE, Rivals
from zhengben.core.brand import Brand, Names
from zhengben.flow.dossiers import load_brands
from zhengben.names import tables, texts
from zhengben.names.api import find_names, pack
from zhengben.names.found import Found
from zhengben.names.rules import ruled
from zhengben.names.tables import DATA
from zhengben.names.text_batch import find_in_lines
from zhengben.names.weights import amounts, anothers, unweighed, vetoed

HERE = Path(__file__).resolve().parent
OUTSIDE = HERE / "outside"
AUTHORS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth a": 5,
    "fifth b": 5,
    "fifth c": 5,
    "sixth a": 6,
    "sixth b": 6,
    "sixth c": 6,
    "seventh a": 7,
    "seventh b": 7,
    "seventh c": 7,
}
OURS, OUR_OWN = "written", 20  # what was written to be learnt from, and its number among the authors
EVERY = {**AUTHORS, OURS: OUR_OWN}
# codes of the invented brands of each set
INVENTED = {
    "sixth": {"qy": "qiyuebank", "lf": "lifu", "lm": "lumingdai"},
    "seventh": {"hx": "hexinbank", "mf": "mifu", "sg": "songguodai"},
}
Item = tuple[str, str, str, int, int]  # sort, brand, text, span
CREDITS = frozenset(
    [
        "weilidai",
        "weiyedai",
        "huabei",
        "jiebei",
        "tanxidai",
        "lumingdai",
        "zhihedai",
        "lanzhoudai",
        "yuehedai",
        "huifandai",
        "kuaili",
        "maiduo",
    ]
)
# of the very same sound but for tones, half of it or all
SHORT_SLIPS = {
    "huabei": ["花贝", "花被", "花背", "花杯", "花倍", "花北", "花备", "画呗", "华呗", "花钡", "画贝", "华贝"],
    "jiebei": ["借贝", "借被", "借倍", "借杯", "接呗", "界呗", "借辈", "姐呗", "接贝", "介贝"],
}
RIDGE = 1.0
# what one candidate counts: a slip; one of a short name, moved into what is said of another; a disguise that looks like one; a benign sentence; genuine text
WEIGHT = {
    "slips": 1.0,
    "written": 0.2,
    "moved": 0.1,
    "plain": 0.5,
    "text": 0.3,
    "benign": 2.0,
    "genuine": 1.0,
    "invented": 0.5,
}
SPARED = 0.5  # bits above the worst candidate of genuine Chinese that every mode asks for
LEAST = {"strict": 0.3, "balanced": 0.0}  # bits that a mode asks for at least: even odds, and a little more
LOG2 = float(np.log(2))


@dataclass
class Candidate:
    """One reading that was refused or accepted: of which item, what speaks for it, whether it is the name."""

    item: tuple[str, str, int]
    true: bool
    amounts: dict[str, float]
    rules: dict[str, bool]
    strange: bool
    vetoed: bool
    cost: int
    about: str


def dump(which: str) -> None:
    """Print the items of one set: sort, brand, text, span. In a process of its own: the sets' modules share names."""
    set_name, _, letter = which.partition(" ")
    rows = []
    if set_name == "first":
        sys.path.insert(0, str(OUTSIDE))
        import variants  # noqa: PLC0415  # one set's module, found only here

        named = [("slips", row) for row in variants.misspellings()] + [("text", row) for row in variants.variants()]
        for sort, (_, brand, word, text) in named:
            at = max(0, text.find(word))
            rows.append((sort, brand, text, at, at + len(word)))
        rows += [("benign", "", text, 0, 0) for _, text in variants.benign()]
    else:
        sys.path[:0] = [str(OUTSIDE / set_name), str(OUTSIDE / ("fourth" if letter else set_name))]
        if letter:
            sys.path.insert(0, str(OUTSIDE / "fifth"))  # the loaders of later sets are the fifth's
            import batches  # noqa: PLC0415  # as above

            batches.CODES.update(INVENTED.get(set_name, {}))
            batches.installed(batches.Batch(letter, OUTSIDE / set_name / "data"))
        import disguise  # noqa: PLC0415  # as above
        import sets  # noqa: PLC0415  # as above

        rows += [("slips", s.brand, s.text, s.start, s.end) for s in sets.slips() if s.recognisable]
        if (OUTSIDE / set_name / "plain").exists() or letter:
            rows += [("plain", s.brand, s.text, s.start, s.end) for s in sets.slips("plain")]
        rows += [("text", d.brand, d.text, d.start, d.end) for d in disguise.disguises()]
        rows += [("benign", "", text, 0, 0) for _, text in sets.benign()]
    print(json.dumps(rows))


def items_of(which: str) -> list[Item]:
    """Ask a process of its own for the items of a set."""
    done = subprocess.run([sys.executable, __file__, "--dump", which], capture_output=True, text=True, check=True)
    items = [tuple(row) for row in json.loads(done.stdout)]
    return [*items, *moved(items)]  # type: ignore[list-item]  # as dumped


def moved(items: list[Item]) -> Iterator[Item]:
    """Give what is said in a set of any credit, said of one of two characters misspelt: a set has few names so short."""
    dice = random.Random(len(items))
    for sort, brand, text, start, end in items:
        if sort in {"slips", "plain"} and brand in CREDITS and "\n" not in text:
            short = brand if brand in SHORT_SLIPS else dice.choice(sorted(SHORT_SLIPS))
            slip = dice.choice(SHORT_SLIPS[short])
            yield "moved", short, text[:start] + slip + text[end:], start, start + len(slip)


def every_item() -> dict[str, list[Item]]:
    """Give the items of every set, and what was written to be learnt from."""
    items = {which: items_of(which) for which in AUTHORS}
    items[OURS] = list(names_written.written(items, SHORT_SLIPS))
    return {which: [*rows, *traps(rows, dossiers_of(which))] for which, rows in items.items()}


def traps(items: list[Item], brands: tuple[Brand, ...]) -> Iterator[Item]:
    """Give the places of benign sentences that are read as a name: there, too, it is not what is said of a credit."""
    known = pack(brands)
    for sort, _, text, _, _ in items:
        if sort == "benign":
            with Listening() as kept:
                find_names(text, known, "strict")
            yield from (
                ("trap", "", text, *span) for span in sorted({found.span for found in kept if found.text == text})
            )


def dossiers_of(which: str) -> tuple[Brand, ...]:
    """Give the shipped dossiers and those of a set; those of all sets for what was written to be learnt from."""
    if which == OURS:
        return tuple({brand.id: brand for one in AUTHORS for brand in dossiers_of(one)}.values())
    folder = OUTSIDE / which.split(" ", maxsplit=1)[0] / "brands"
    every = [*load_brands(), *load_brands(folder if folder.exists() else OUTSIDE / "brands")]
    return tuple({brand.id: brand for brand in every}.values())


def invented(count: int, seed: int) -> tuple[Brand, ...]:
    """Give brands nobody has, with names as brands have them, of characters that are often in names."""
    dice = random.Random(seed)
    own = "微力岚川知禾柚瑾衡澜舟穗快栗星砚橙谷岭丰筑辰惠帆良佑钧陵贝兜檀溪松涛麦朵云杉青沐恒曜辉盈信通宝富成融汇海山风林州勤天元宁普达安康和泰瑞祥君悦鼎诚华锦鹏"
    tails = ["贷"] * 5 + ["银行"] * 5 + ["保险", "消费金融", "分期", "金", "钱包", "借钱"] + [""] * 6
    names = dict.fromkeys(
        "".join(dice.sample(own, 2)) + tail
        if (tail := dice.choice(tails))
        else dice.choice(own) + dice.choice("呗付兜花借贝宝")
        for _ in range(count)
    )
    return tuple(
        Brand(id=f"i{seed}-{at}", owner="x", finance=True, names=Names(primary=name)) for at, name in enumerate(names)
    )


class Listening:
    """Keeps every reading that is judged, while nothing is accepted so that all are tried."""

    def __enter__(self) -> list[Found]:
        """Begin to listen."""
        self.kept, self.before = [], texts.accept
        texts.accept = lambda found, _mode: bool(self.kept.append(found))
        return self.kept

    def __exit__(self, *_: object) -> None:
        """Judge as before."""
        texts.accept = self.before


def candidate(found: Found, item: tuple[str, str, int], *, true: bool) -> Candidate:
    """Write down one reading."""
    strange = unweighed(found) or anothers(found)
    start, end = found.span
    about = f"{found.term.text} {found.text[max(0, start - 12) : start]}〔{found.text[start:end]}〕{found.text[end : end + 15]}"
    rules = {mode: ruled(found, mode) for mode in ("strict", "balanced")}
    return Candidate(
        item, true, {} if strange else amounts(found), rules, strange, vetoed(found), found.path.cost, about
    )


def of_set(which: str, items: list[Item]) -> tuple[Counter[str], list[Candidate]]:
    """Give how many items of each sort a set has, and their candidates."""
    known, size, found = pack(dossiers_of(which)), Counter(), []
    for number, (sort, brand, text, start, end) in enumerate(items):
        if sort == "trap":
            continue
        size[sort] += 1
        with Listening() as kept:
            find_names(text, known, "strict")
        for one in kept:
            true = one.term.brand == brand and one.span[0] < end and one.span[1] > start
            if (true or not brand) and (one.text == text or not brand):
                found.append(candidate(one, (which, sort, number), true=true))
    return size, found


def of_genuine(lines: list[str], brands: tuple[Brand, ...], label: str) -> Iterator[Candidate]:
    """Give what genuine text offers to some brands by chance, each stretch once."""
    with Listening() as kept:
        list(find_in_lines(lines, pack(brands), "strict"))
    seen = set()
    for number, found in enumerate(kept):
        start, end = found.span
        key = found.term.text, found.text[max(0, start - 6) : end + 6]
        if key not in seen and found.hows.count("exact") < len(found.hows):
            seen.add(key)
            yield candidate(found, (label, label, number), true=False)


class Fit:
    """The candidates as a matrix, and the logistic regression over some of them."""

    def __init__(self, candidates: list[Candidate]) -> None:
        """Enter all that can be weighed: those that a veto decides teach too, but are never counted."""
        self.kept = [c for c in candidates if not c.strange]
        often = Counter(name for c in self.kept if c.true for name in c.amounts)
        told = Counter(name for c in self.kept for name in c.amounts)
        self.names = sorted(name for name in told if told[name] >= 10 and (often[name] >= 3 or told[name] >= 30))
        column = {name: at for at, name in enumerate(self.names)}
        self.x = np.zeros((len(self.kept), len(self.names)))
        for row, one in enumerate(self.kept):
            for name, amount in one.amounts.items():
                if name in column:
                    self.x[row, column[name]] = amount
        self.scale = np.maximum(np.abs(self.x).max(axis=0), 1e-9) ** 0.5  # so that the ridge holds all rows alike
        self.y = np.array([c.true for c in self.kept], float)
        self.weight = np.array([WEIGHT[c.item[1]] for c in self.kept])
        best: dict[tuple[str, str, int], int] = {}
        for row, one in enumerate(self.kept):
            if one.true and (one.item not in best or one.cost < self.kept[best[one.item]].cost):
                best[one.item] = row
        self.use = np.array([not c.true or best[c.item] == row for row, c in enumerate(self.kept)])
        self.short = np.array(["two" in c.amounts for c in self.kept])
        self.author = np.array([EVERY.get(c.item[0], 0) for c in self.kept])

    def weights(
        self, mask: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    ) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """Give the weights in bits, learnt on the rows of a mask."""
        chosen = mask & self.use
        x, y, weight = self.x[chosen] / self.scale, self.y[chosen], self.weight[chosen]
        hold = np.full(len(self.names), RIDGE)
        hold[self.names.index("always")] = 1e-6
        found = np.zeros(len(self.names))
        for _ in range(40):
            p = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
            slope = x.T @ (weight * (p - y)) + hold * found
            step = np.linalg.solve((x * (weight * p * (1 - p) + 1e-6)[:, None]).T @ x + np.diag(hold), slope)
            found -= step
            if np.abs(step).max() < 1e-6:
                break
        return found / self.scale / LOG2

    def threshold(
        self,
        scores: "np.ndarray[tuple[int], np.dtype[np.float64]]",
        mask: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
        mode: str,
        *,
        short: bool,
    ) -> float:
        """Give the bits above all that genuine Chinese offers and the rules refuse, of short names or of longer."""
        refused = np.array([not c.rules[mode] and not c.vetoed for c in self.kept])
        genuine = scores[mask & refused & (self.author == 0) & (self.short == short)]
        return max(LEAST[mode], float(genuine.max(initial=-np.inf)) + SPARED)

    def needed(
        self,
        scores: "np.ndarray[tuple[int], np.dtype[np.float64]]",
        mask: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
        mode: str,
    ) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """Give the threshold of every candidate."""
        short, longer = (self.threshold(scores, mask, mode, short=short) for short in (True, False))
        return np.where(self.short, short, longer)


def judged(fit: Fit, candidates: list[Candidate], sizes: dict[int, Counter[str]]) -> None:
    """Print, author by author, what rules find and what they find with weights that have not seen that author."""
    row_of = {id(c): row for row, c in enumerate(fit.kept)}
    for author in sorted(sizes):
        rest = fit.author != author
        learnt = fit.x @ fit.weights(rest)
        for mode in LEAST:
            least = fit.needed(learnt, rest, mode)
            by: dict[str, dict[tuple[str, str, int], list[bool]]] = defaultdict(
                lambda: defaultdict(lambda: [False, False])
            )
            for c in candidates:
                if EVERY.get(c.item[0]) == author:
                    got = by[c.item[1]][c.item]
                    weighed = not c.vetoed and id(c) in row_of and learnt[row_of[id(c)]] >= least[row_of[id(c)]]
                    got[0] |= c.rules[mode]
                    got[1] |= c.rules[mode] or bool(weighed)
                    if weighed and not c.true and not c.rules[mode]:
                        print(f"    false: {c.item[0]}, {mode}: {c.about} {(learnt - least)[row_of[id(c)]]:+.1f}")
            told = [
                f"{sort} {sum(g[0] for g in rows.values())} -> {sum(g[1] for g in rows.values())} of {sizes[author][sort]}"
                for sort, rows in sorted(by.items())
            ]
            print(
                f"  author {author} left out, {mode} (rules -> rules and weights; at {least.min():.1f} and {least.max():.1f} bits): {'; '.join(told)}",
                flush=True,
            )


def written(fit: Fit) -> None:
    """Put the weights into the table, the reasons that stand there kept."""
    path = Path(str(DATA.joinpath("evidence.toml")))
    every = np.ones(len(fit.kept), bool)
    found = fit.weights(every)
    scores = fit.x @ found
    from tomllib import loads  # noqa: PLC0415  # only here

    why = {row["name"]: row["why"] for row in loads(path.read_text("utf-8")).get("row", [])}
    head = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    lines = [
        *head,
        "",
        "[thresholds]",
        'why = "even odds, strict a little more, and half a bit above all that genuine Chinese offers; of names of two characters apart"',
    ]
    for short, prefix in ((False, ""), (True, "two ")):
        told = {mode: fit.threshold(scores, every, mode, short=short) for mode in LEAST}
        lines += [f'"{prefix}{mode}" = {bits:.2f}' for mode, bits in told.items()]
    for name, weight in sorted(zip(fit.names, found, strict=True), key=lambda pair: -abs(pair[1])):
        lines += ["", "[[row]]", f'name = "{name}"', f"weight = {weight:.3f}", f'why = "{why.get(name, "")}"']
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> int:
    """Learn, judge, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rivals", type=Path, default=Path("build/names-rivals"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--dump")
    options = parser.parse_args()
    if options.dump:
        dump(options.dump)
        return 0
    sizes: dict[int, Counter[str]] = defaultdict(Counter)
    candidates: list[Candidate] = []
    dossiers: dict[str, Brand] = {}
    lines = Rivals(options.rivals).genuine()
    items = every_item()
    said = names_said.by_author(list(names_said.sentences(items, EVERY, lines)))
    for which, author in EVERY.items():
        tables.said = lambda author=author: said[author]
        size, found = of_set(which, items[which])
        sizes[author] += size
        candidates += found
        dossiers |= {brand.id: brand for brand in dossiers_of(which)}
    tables.said = lambda: said[0]
    candidates += of_genuine(lines, tuple(dossiers.values()), "genuine")
    candidates += of_genuine(lines, names_sets.brands(CHINESE), "genuine")
    for seed in (0, 1):
        candidates += of_genuine(lines, invented(60, seed), "invented")
    fit = Fit(candidates)
    print(
        f"{len(candidates)} candidates, {len(fit.kept)} that can be weighed, {int(fit.y.sum())} of them names; {len(fit.names)} rows"
    )
    judged(fit, candidates, sizes)
    if options.write:
        written(fit)
    return 0


if __name__ == "__main__":
    sys.exit(main())
