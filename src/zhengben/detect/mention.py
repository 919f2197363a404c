"""Where a text names a brand: one search for all brands, remembered, given out brand by brand."""

from dataclasses import replace
from functools import lru_cache

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.names.api import Pack, find_names
from zhengben.names.hits import NameHit

SEES = ("*",)
SHOWN = 3
PIECE, OVERLAP, MOST = 4000, 100, 400  # code points read at once and again, names after which reading stops


@lru_cache(maxsize=64)
def _all(text: str, names: Pack) -> tuple[NameHit, ...]:
    """Find names piece by piece, and stop after `MOST`: a hostile text may hold the name a hundred thousand times."""
    found: dict[tuple[int, int, str], NameHit] = {}
    for begins in range(0, max(1, len(text)), PIECE):
        for hit in find_names(text[begins : begins + PIECE + OVERLAP], names, mode="balanced"):
            moved = _moved(hit, begins) if begins else hit
            found.setdefault((moved.start, moved.end, moved.brand), moved)
        if len(found) >= MOST:
            break
    return tuple(found[key] for key in sorted(found))


def _moved(hit: NameHit, by: int) -> NameHit:
    characters = tuple(replace(character, index=character.index + by) for character in hit.characters)
    return replace(hit, start=hit.start + by, end=hit.end + by, characters=characters)


def mentions(text: str, brand: Brand, names: Pack) -> tuple[NameHit, ...]:
    """Give the places where a text names the brand, in reading order."""
    return tuple(hit for hit in _all(text, names) if hit.brand == brand.id) if text else ()


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say that the target names the brand, where, and how the name is disguised."""
    hits = mentions(sighting.text, brand, names)
    if not hits:
        return []
    first = [{"start": hit.start, "end": hit.end, "matched": hit.matched, "kind": hit.kind} for hit in hits[:SHOWN]]
    facts = {"count": len(hits), "name": hits[0].matched, "places": first}
    reasons = [Reason("text_name", 5, facts)]
    disguised = next((hit for hit in hits if hit.deliberate), None)
    if disguised is not None:
        shown = {"matched": disguised.matched, "kind": disguised.kind, "characters": disguised.row()["characters"]}
        reasons.append(Reason("name_disguised", 15, shown))
    return reasons
