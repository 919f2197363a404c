"""Somebody offers the brand's service over a contact of his own, where the brand is not reached.

Counts only where the text does not warn, report, complain or merely explain, and where more than the bare name stands
beside the contact.
"""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.reading import CAUTIOUS, Reading, read
from zhengben.names.api import Pack

SEES = ("text", "post", "account", "listing", "job", "search_ad", "image")
_SIGNS = ("lure", "pressure", "fee", "secret", "addresses", "seller", "trade_weak")
_EXPLAINING = 2
SELLS = 2  # terms of sale from which an offer is a sale


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one claim where the brand's name, a sign of an offer and a contact stand together."""
    reading = read(sighting, brand, names)
    signs = reading.live(*_SIGNS) if reading.names_brand else ()
    near = next((sign for sign in signs if reading.reaches(sign)), None)
    if near is None or not _plainly(reading) or _sells(reading):
        return []
    contact = reading.reaches(near)[0]
    facts = {"sign": near.name, "start": near.start, "end": near.end, "contact_start": contact.start}
    return [Reason("offers_service", 35 if near.name == "trade_weak" else 40, facts)]


def _sells(reading: Reading) -> bool:
    """Tell whether the text sells what only the brand can give; that is another reason (`sells_access`)."""
    return bool(reading.live("trade")) or len(reading.live("seller")) >= SELLS


def _plainly(reading: Reading) -> bool:
    counts = reading.stances
    if reading.stance >= CAUTIOUS or counts["explains"] >= _EXPLAINING:
        return False
    return not counts["question"] or bool(reading.live("lure", "seller", "pressure", "fee", "secret"))
