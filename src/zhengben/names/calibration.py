"""How often a brand would cry on ordinary traffic, before anyone saves its dossier.

Two samples are shipped: 150,000 ordinary hostnames, and the common words of Chinese writing. A sample shows rates
only down to a few a million, so every row says both the rate seen and the most it may be (95 %).
"""

from collections import defaultdict
from dataclasses import replace
from functools import cache, lru_cache
from math import sqrt

from zhengben.core.brand import Brand
from zhengben.names import tables
from zhengben.names.api import pack
from zhengben.names.firehose import screen_lines
from zhengben.names.host_model import COMMON, KNOWN, SHORTEST_TYPO, LatinTerm
from zhengben.names.host_words import SURE_LENGTH
from zhengben.names.hostname import read
from zhengben.names.hosts import is_official
from zhengben.names.keys import edits
from zhengben.names.latin import fold
from zhengben.names.text_batch import find_in_lines

NAMES_A_DAY = 10_000_000  # hostnames first seen in a day in all certificate logs; an estimate, see docs/names.md
MODE = "balanced"
MOST_EXAMPLES = 5


@lru_cache(maxsize=32)
def expected_alerts(brand: Brand) -> tuple[dict[str, object], ...]:
    """Give one row a name: how it matches, the alerts to expect a million names and a day, and examples of them.

    A Latin name's row also has `words_near`, how many words of everyday Chinese lie one slip from it and are not taken
    for it, and some of them. Kept, because who looks at a dossier looks again; nobody may change the rows.
    """
    known = pack((brand,)).hosts
    found, size = _screened(brand)
    rows = [_row(term.text, _matches(term), found.get(term.text, []), size) | _near(term) for term in known.terms]
    rows += [_row(short, "only beside lure words", found.get(short, []), size) for short in known.shorts]
    names = dict.fromkeys(term.name for term in pack((brand,)).terms)
    idn = [host for name in names for host in found.get(name, [])]
    rows.append(_row("、".join(names), "in Chinese domain names", idn, size))
    rows.append(_row("(no brand)", "three lure words and more", found.get("", []), size))
    return (*rows, *_in_text(brand, list(names)))


@cache
def _said() -> dict[str, str]:
    """Give the words of everyday Chinese in pinyin, by their folded spelling."""
    return {fold(word): word for word in sorted(tables.said_words())}


def _near(term: LatinTerm) -> dict[str, object]:
    """Give the words one slip from a name that are not taken for it."""
    if len(term.text) < SHORTEST_TYPO:
        return {}
    folded = fold(term.text)
    near = sorted({_said()[edit] for edit in edits(folded) if edit in _said() and edit != folded})
    return {"words_near": len(near), "near": near[:MOST_EXAMPLES]} if near else {}


def _screened(brand: Brand) -> tuple[dict[str, list[str]], int]:
    """Screen the sample; give the alerts by the name they are for, and how many hostnames the sample has."""
    bare = replace(brand, channels=())  # so that a domain not yet listed is seen; those listed are left out below
    data = tables.hostnames()
    model = pack((brand,)).hosts
    found: defaultdict[str, list[str]] = defaultdict(list)
    for _, hit in screen_lines(data, pack((bare,)), MODE):
        name = read(hit.name)
        if name is None or not is_official(name, model):
            found[hit.expected].append(hit.name)
    return found, data.count(b"\n")


def _matches(term: LatinTerm) -> str:
    if term.commonness >= COMMON:
        return "as a whole label or beside lure words; it is an everyday word"
    if term.commonness < KNOWN and len(term.text) >= SURE_LENGTH:
        return "anywhere in a name, or with one slip"
    return "as a word of its own, with one slip, or beside lure words"


def _row(term: str, matches: str, alerts: list[str], size: int) -> dict[str, object]:
    million = len(alerts) / size * 1e6
    most = (len(alerts) + 3 + 2 * sqrt(len(alerts))) / size * 1e6
    return {
        "term": term, "matches": matches, "per_million": round(million, 1), "at_most": round(most, 1),
        "per_day": round(million * NAMES_A_DAY / 1e6), "at_most_per_day": round(most * NAMES_A_DAY / 1e6),
        "examples": sorted(alerts)[:MOST_EXAMPLES],
    }  # fmt: skip


def _in_text(brand: Brand, names: list[str]) -> list[dict[str, object]]:
    """Give the common Chinese words that a name would be taken for, if any."""
    words = sorted(tables.words())
    by: defaultdict[str, list[str]] = defaultdict(list)
    for row, hit in find_in_lines(words, pack((brand,)), MODE):
        by[hit.expected].append(words[row])
    return [
        {"term": name, "matches": "in text", "common_words_hit": len(by[name]), "examples": by[name][:MOST_EXAMPLES]}
        for name in names
    ]
