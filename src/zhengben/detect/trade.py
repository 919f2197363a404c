"""Sellers of what only the brand can give: opening the loan, raising its limit, cashing it out (代开, 强开, 提额, 套现).

A bare query such as 强开 is not a seller; an offer is, with a price, a promise or a way to reach whoever sells.
"""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.reading import Act, Reading, in_earnest, read
from zhengben.names.api import Pack

SEES = ("text", "post", "account", "listing", "job", "search_ad", "image", "company", "poi")
SELLING_KINDS = frozenset({"listing"})
NEAR = 60


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say what is sold and by which words it is an offer."""
    reading = read(sighting, brand, names)
    if not reading.names_brand:
        return []
    strong = next((act for act in reading.live("trade") if in_earnest(reading, act)), None)
    if strong and not _sought(reading, strong):
        return [_strong(sighting, reading, strong)]
    weak = next(
        (act for act in reading.live("trade_weak") if reading.reaches(act) and _near(reading, act, "seller")), None
    )
    if weak and in_earnest(reading, weak) and not _sought(reading, weak):
        return [Reason("sells_access", 45, {"start": weak.start, "end": weak.end, "how": "service"})]
    return []


def _strong(sighting: Sighting, reading: Reading, act: Act) -> Reason:
    facts: dict[str, object] = {"start": act.start, "end": act.end}
    if sighting.kind in SELLING_KINDS:
        return Reason("sells_access", 65, facts | {"how": "listing"})
    if reading.reaches(act) or reading.live("reach_words"):
        return Reason("sells_access", 50, facts | {"how": "contact"})
    sellers = len([s for s in reading.live("seller") if abs(s.start - act.start) <= NEAR])
    if sellers >= 2:
        return Reason("sells_access", 60, facts | {"how": "terms"})
    return Reason("sells_access", 40 if sellers else 15, facts | {"how": "words"})


def _near(reading: Reading, act: Act, name: str) -> bool:
    return any(abs(other.start - act.start) <= NEAR for other in reading.live(name))


def _sought(reading: Reading, act: Act) -> bool:
    """Tell whether somebody looks for such a service instead of selling it."""
    return bool(reading.live("demand")) and not any(reading.reaches(act)) and not _near(reading, act, "seller")
