"""Sellers of what only the brand can give: opening the loan, raising its limit, cashing out (代开, 强开, 套现).

A bare query such as 强开 is not a seller; an offer is, with a price, a promise or a way to reach whoever sells.
"""

from bisect import bisect_left
from collections.abc import Callable

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.reading import DEMANDS, Act, Reading, in_earnest, read
from zhengben.names.api import Pack

SEES = ("text", "post", "account", "listing", "job", "search_ad", "image", "company", "poi")
SELLING_KINDS = frozenset({"listing"})
_NAMED = frozenset({"account", "poi", "company"})  # what names itself after such a service sells it
NEAR = 60
SELLS = 2  # terms of sale from which a fee is the price of a service


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say what is sold and by which words it is an offer."""
    return sold(sighting, read(sighting, brand, names))


def sold(sighting: Sighting, reading: Reading, ours: Callable[[Act], bool] = bool) -> list[Reason]:
    """Give at most one offer; `ours` tells of each act whether it is about the brand at all (by default it is)."""
    if not reading.names_brand:
        return []
    lends = next((act for act in reading.live("lends") if in_earnest(reading, act)), None)
    if lends:
        return [Reason("sells_access", 60, {"start": lends.start, "end": lends.end, "how": "lends"})]
    strong = next((act for act in reading.live("trade") if ours(act) and in_earnest(reading, act)), None)
    if strong and not _sought(reading, strong):
        return [_strong(sighting, reading, strong)]
    return _weak(reading, ours)


def _weak(reading: Reading, ours: Callable[[Act], bool]) -> list[Reason]:
    """Judge words that everybody uses (开通, 办理, 额度), and a fee for them."""
    paid = next((act for act in reading.live("fee") if ours(act) and in_earnest(reading, act)), None)
    if paid and len(reading.live("seller")) >= SELLS and not reading.stance and not reading.live("accepts"):
        return [Reason("sells_access", 45, {"start": paid.start, "end": paid.end, "how": "fee"})]
    return _service(reading, ours)


def _service(reading: Reading, ours: Callable[[Act], bool]) -> list[Reason]:
    """Judge such words by themselves: an offer only with terms of sale, better with a contact."""
    if reading.live("accepts", "third") and not reading.live("introduces", "signature", *DEMANDS):
        return []  # a gymnasium that takes 花呗 sells its own cards, a lawyer speaks of his client's case
    for act in filter(ours, reading.live("trade_weak")):
        terms = _terms(reading, act)
        reached = bool(reading.reaches(act) or reading.live("reach_words"))
        if terms + reached >= 2 and terms and in_earnest(reading, act) and not _sought(reading, act):
            weight = 45 if reached else 60
            return [Reason("sells_access", weight, {"start": act.start, "end": act.end, "how": "service"})]
    return []


def _strong(sighting: Sighting, reading: Reading, act: Act) -> Reason:
    facts: dict[str, object] = {"start": act.start, "end": act.end}
    if sighting.kind in SELLING_KINDS or _in_title(sighting, act):
        return Reason("sells_access", 65, facts | {"how": "listing"})
    if reading.reaches(act) or reading.live("reach_words"):
        return Reason("sells_access", 50, facts | {"how": "contact"})
    sellers = _terms(reading, act) + bool(reading.live("price"))
    # 内部渠道代开, 额度三万起: no price and no contact, and yet nobody but a seller puts it so
    praised = bool(reading.live("lure", "pressure")) + (len({_word(reading, a) for a in reading.live("trade")}) >= 2)
    # who asks for papers, log-ins or money to open a line or to pay it off sells, whatever else he says
    asked = any(in_earnest(reading, other) for other in reading.live(*DEMANDS))
    if sellers >= 2 or asked or (sellers + praised >= 2 and not reading.stance):
        return Reason("sells_access", 60, facts | {"how": "terms"})
    return Reason("sells_access", 40 if sellers else 15, facts | {"how": "words"})


def _in_title(sighting: Sighting, act: Act) -> bool:
    """Tell whether something is named after the service it sells."""
    place = sighting.text.find(sighting.title)
    return sighting.kind in _NAMED and place <= act.start < place + len(sighting.title)


def _word(reading: Reading, act: Act) -> str:
    """Give the words of an act, so that one word said twice counts once."""
    starts = reading.masked.starts
    return reading.masked.text[bisect_left(starts, act.start) : bisect_left(starts, act.end)]


def _terms(reading: Reading, act: Act) -> int:
    """Count the terms of sale near an act."""
    return len([other for other in reading.live("seller") if abs(other.start - act.start) <= NEAR])


def _sought(reading: Reading, act: Act) -> bool:
    """Tell whether somebody looks for such a service instead of selling it."""
    return bool(reading.live("demand")) and not reading.reaches(act) and not _terms(reading, act)
