"""The dossier says the brand has no channel of this kind (branch, account, telephone): whoever is one is false."""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.mention import mentions
from zhengben.detect.owner_name import named_as_owner
from zhengben.detect.title_words import FAN, is_elsewhere, is_premises
from zhengben.detect.uses_name import speaks_about
from zhengben.names.api import Pack

SEES = ("poi", "account", "phone")


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say that a place, account or number carries the brand's name where the brand has none."""
    none = brand.has_none(sighting.kind)
    hits = mentions(sighting.title, brand, names)
    if none is None or not hits or _another_matter(sighting, brand, names):
        return []
    facts = {"kind": sighting.kind, "title": sighting.title, "matched": hits[0].matched, "statement": none.statement,
             "source": none.source}  # fmt: skip
    return [Reason("no_such_channel", 70, facts)]


def _another_matter(sighting: Sighting, brand: Brand, names: Pack) -> bool:
    """Tell whether the title speaks about the brand, is its owner's registered name, or names a building after it."""
    if named_as_owner(sighting, brand):
        return True
    hits = mentions(sighting.title, brand, names)
    if sighting.kind == "poi" and (is_premises(sighting.title) or is_elsewhere(sighting.title, hits[0].matched)):
        return True
    return bool(FAN.search(sighting.title)) or speaks_about(sighting, brand, names)
