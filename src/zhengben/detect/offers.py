"""Somebody offers the brand's service over a contact of his own, where the brand is not reached.

Counts only where the text does not warn, report, complain or merely explain, and where more than the bare name stands
beside the contact.
"""

import re

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.reading import CAUTIOUS, DEMANDS, Act, Reading, read
from zhengben.detect.title_words import informs
from zhengben.names.api import Pack

SEES = ("text", "post", "account", "listing", "job", "search_ad", "image")
_SIGNS = ("lure", "pressure", "fee", "secret", "leads", "addresses", "seller", "trade_weak")
_AS_LENDER = frozenset({"lure", "pressure", "fee", "secret", "leads", "addresses"})
_EXPLAINING = 2
FEW = 12  # Chinese characters beside the name and the contact
_HAN = re.compile(r"[\u4e00-\u9fff]")
SHORT = 160  # characters of a message that holds little but the offer
SELLS = 2  # terms of sale from which an offer is a sale


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one reason where the brand's name and a contact stand together and nothing says why they should."""
    if sighting.kind == "search_ad" and informs(sighting.title):
        return []  # the address is where the comparison or the calculator is
    return offer(read(sighting, brand, names), linked=any(c.kind in {"url", "domain"} for c in sighting.contacts))


def offer(reading: Reading, *, linked: bool = False) -> list[Reason]:
    """Give the offer of a text that was read: at most one reason, `offers_service` or `sells_access`.

    `linked` says that a contact is an address: people pass on articles with two words of their own.
    """
    if not reading.names_brand or not _plainly(reading) or sells(reading):
        return []
    if reading.live("accepts") and not reading.live("introduces", "signature", "transfer"):
        return []  # a shop that takes 花呗 gives its own telephone, and takes a deposit, for its own goods
    spoken = reading.live("introduces", "signature", "trade", *DEMANDS)
    if reading.live("third", "matter", "customer") and not spoken:
        return _seen(reading)  # a court gives the judge's telephone, a landlord his own
    signs = reading.live(*_SIGNS)
    near = next((sign for sign in signs if reading.reaches(sign)), None)
    if near is not None:
        return [_reason(reading, near, 35 if near.name == "trade_weak" and not _short(reading) else 40)]
    return _unexplained(reading, linked=linked) if reading.reaches() else _by_words(reading)


def _seen(reading: Reading) -> list[Reason]:
    """Leave to a person what names the brand and a contact and is about another matter, if anything in it lures."""
    lured = next(iter(reading.live("lure", "addresses")), None)
    return [_reason(reading, lured, 10)] if lured and reading.reaches(lured) else []


def sells(reading: Reading) -> bool:
    """Tell whether the text sells what only the brand can give; that is another reason (`sells_access`)."""
    return bool(reading.live("trade")) or bool(reading.live("trade_weak") and len(reading.live("seller")) >= SELLS)


def _reason(reading: Reading, sign: Act, weight: int) -> Reason:
    """Call it an offer in the brand's name where it speaks as a lender would, and a sale where it does not."""
    facts = {"how": sign.name, "start": sign.start, "end": sign.end}
    sale = len(reading.live("seller")) + bool(reading.live("price")) >= SELLS
    if sign.name in _AS_LENDER and not sale:
        return Reason("offers_service", weight, facts)
    return Reason("sells_access", weight + 5, facts)


def _unexplained(reading: Reading, *, linked: bool) -> list[Reason]:
    """Judge a short message that holds little but the name and a contact; a longer one is for a person to see."""
    if reading.stance or reading.stances["reports"] or reading.stances["explains"] or reading.stances["question"]:
        return []
    offered = _short(reading) and (reading.live("service") or (not linked and _nothing_else(reading)))
    return [_reason(reading, reading.reaches()[0], 40 if offered else 25)]


def _nothing_else(reading: Reading) -> bool:
    """Tell whether the text holds hardly more than the name and somebody's number: then the number is for the name."""
    return len(_HAN.findall(reading.masked.text)) <= FEW


def _short(reading: Reading) -> bool:
    return len(reading.masked.text) <= SHORT and not reading.acts["community"]


def _by_words(reading: Reading) -> list[Reason]:
    """Judge an offer whose way to reach somebody is only told in words (扫码, 回复1): doubtful, for a person to see."""
    lured = next(iter(reading.live("lure", "addresses")), None)
    if lured is None or not reading.live("reach_words") or reading.stances["explains"] or reading.stance:
        return []
    return [Reason("offers_service", 25, {"how": lured.name, "start": lured.start, "end": lured.end})]


def _plainly(reading: Reading) -> bool:
    counts = reading.stances
    if reading.stance >= CAUTIOUS or counts["explains"] >= _EXPLAINING:
        return False
    return not counts["question"] or bool(reading.live("lure", "seller", "pressure", "fee", "secret", "price"))
