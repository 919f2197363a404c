"""Pages in wording of their own: `pages.py wild --split first|second|last|honest|final|fresh|unseen|later`.

The pages lie in `pages_wild/dev.toml` (first) and `held.toml` (second). Both were written before either was measured,
by somebody who had not seen the phrases the detectors look for; only the first half may be looked at while mending.
`last.toml`, `honest.toml` and `final.toml` were written one after the other, each when the one before had been looked
at: what was wrong in it had been mended, so only the last of them still says how unseen pages fare.
Each page is drawn in the shapes below, so that nothing hangs on one page's markup.
"""

import argparse
import html
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from pages_pictures import wilson
from pages_text import verdicts_of
from zhengben.core.brand import Brand
from zhengben.core.judge import ACCUSE_AT
from zhengben.core.verdict import Label, Verdict
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import GRAVEST

HERE = Path(__file__).with_name("pages_wild")
FILES = {"first": "dev.toml", "second": "held.toml"} | {
    name: f"{name}.toml" for name in ("last", "honest", "final", "fresh", "unseen", "later")
}
HEAD = '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
SHAPES = tomllib.loads((HERE / "shapes.toml").read_text("utf-8"))
AS_WELL = {"portal": ("wx", "gov"), "wx": ("portal",), "gov": ("portal",), "forum": ("portal",), "plain": ("wx",)}


def pages(split: str) -> Iterator[tuple[dict[str, str], str, str]]:
    """Give every page as (its entry, its address, its HTML), in its own shape and in those like it."""
    entries = tomllib.loads((HERE / FILES[split]).read_text("utf-8"))["page"]
    for number, entry in enumerate(entries):
        for shape in (entry["shape"], *AS_WELL.get(entry["shape"], ())):
            url = entry.get("url") or f"https://www.site{number}-{split}.example/{shape}/{number}.html"
            yield entry, url, drawn(entry, shape)


def drawn(entry: dict[str, str], shape: str) -> str:
    """Draw a page in a shape; words are escaped, markup of body and extra is not."""
    head, body = SHAPES[shape]["head"], SHAPES[shape]["body"]
    site = entry.get("site") or "小站"
    words = {"title": html.escape(entry["title"]), "site": html.escape(site)}
    return (HEAD + body).format(**words, head=head.format(**words), body=entry["body"], extra=entry.get("extra", ""))


def gravest(html_text: str, url: str, brands: Sequence[Brand]) -> Verdict:
    """Judge a page for every brand and give the gravest verdict, as the product does."""
    return min(verdicts_of(html_text, url, brands), key=lambda v: (GRAVEST.index(v.label), -v.score))


def run(options: argparse.Namespace) -> dict[str, object]:
    """Judge every page for every shipped brand: false pages accused, honest ones not, official ones never."""
    brands = load_brands()
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    sorts: dict[str, Counter[str]] = defaultdict(Counter)
    wrong = []
    for entry, url, source in pages(options.split):
        want = entry.get("want", "spare")
        verdict = gravest(source, url, brands)
        right = {
            "accuse": verdict.accuses, "spare": not verdict.accuses and verdict.label is not Label.OFFICIAL,
            "official": verdict.label is Label.OFFICIAL,
        }[want]  # fmt: skip
        seen[want]["right" if right else "wrong"] += 1
        seen[want]["official accused"] += want == "official" and verdict.accuses
        sorts[f"{want} {entry['sort']}"][verdict.label.value] += 1
        if not right:
            reasons = " ".join(f"{r.code}{r.weight:+}" for r in verdict.reasons)
            told = f"{verdict.label.value} {verdict.score}/{ACCUSE_AT} {reasons}"
            wrong.append(f"{entry['sort']} {entry['title'][:20]}: {told}")
    figures = {
        want: {"right": counts["right"], "of": counts["right"] + counts["wrong"],
               "ci": wilson(counts["right"], counts["right"] + counts["wrong"])}
        for want, counts in seen.items()
    }  # fmt: skip
    # The held half is counted by sort only: whoever reads single pages has looked at it.
    return {**figures, "sorts": {name: dict(count) for name, count in sorted(sorts.items())},
            **({"wrong": wrong} if options.split in {"first", "fresh"} else {})}  # fmt: skip
