"""A name with the characters that are not the genuine ones between brackets: we[1]lidai-app.cn, [徽]粒贷.cn."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from zhengben.core.differing import differing
from zhengben.locale.words import say
from zhengben.names.hostname import in_unicode

LONGEST = 120


def marked(facts: Mapping[str, Any], language: str) -> str:
    """Give the name a reason is about, its differing characters marked, and how it deceives; "" where none is told.

    >>> marked({"host": "we1lidai.cn", "positions": [2], "technique": "homoglyph"}, "en").split("  ")[0]
    'we[1]lidai.cn'
    """
    told = bracketed(facts)
    if not told:
        return ""
    key = f"technique.{facts['technique']}" if "host" in facts else f"how.{facts['kind']}" if facts.get("kind") else ""
    return f"{told}  {say(key, language) if key else ''}".strip()


def bracketed(facts: Mapping[str, Any]) -> str:
    """Give the name alone with its differing characters between brackets; "" where no name is told.

    >>> bracketed({"matched": "微 粒贷", "characters": [{"index": 4, "how": "exact"}, {"index": 6, "how": "exact"}]})
    '微[ ]粒[贷]'
    """
    if "host" in facts and "technique" in facts:
        return _host(facts)
    if facts.get("characters") and facts.get("matched"):
        return _bracketed(str(facts["matched"]), _differing(facts))
    return ""


def _host(facts: Mapping[str, Any]) -> str:
    host, label = str(facts["host"]), str(facts.get("unicode") or "")
    if not label:
        return _bracketed(host, (int(place) for place in facts.get("positions") or ()))
    shown = in_unicode(host)
    at = max(0, shown.find(label))
    differ = {int(c["index"]) for c in facts.get("characters") or () if c.get("how") != "exact"}
    return _bracketed(shown, (at + place for place in differ))


def _differing(facts: Mapping[str, Any]) -> frozenset[int]:
    rows = ((int(c["index"]), str(c.get("original") or ""), str(c.get("how"))) for c in facts["characters"])
    return differing(str(facts["matched"]), rows)


def _bracketed(text: str, places: Iterable[int]) -> str:
    """Put brackets round each run of the places.

    >>> _bracketed("abcdef", [1, 2, 4])
    'a[bc]d[e]f'
    """
    chosen = set(places)
    if chosen >= set(range(len(text))):
        return text[:LONGEST]  # all of it differs: brackets would tell nothing
    runs = groupby(enumerate(text), key=lambda pair: pair[0] in chosen)
    pieces = [("".join(c for _, c in run), differs) for differs, run in runs]
    return "".join(f"[{piece}]" if differs else piece for piece, differs in pieces)[:LONGEST]
