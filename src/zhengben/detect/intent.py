"""What a text that names a brand is up to, in one word, for `screen text`.

One of impersonation, scam, complaint, warning, news, question, promotion, unclear.
"""

from collections.abc import Iterable, Sequence

from zhengben.core.sighting import Contact
from zhengben.detect.claims import demanded
from zhengben.detect.lexicon import listed
from zhengben.detect.masked import BRAND, REACH
from zhengben.detect.no_such_app import offered
from zhengben.detect.offers import SELLS, offer
from zhengben.detect.public_service import public_service
from zhengben.detect.reading import Reading, in_earnest, leading, reading_of
from zhengben.names.hits import NameHit

ACCUSING_INTENTS = frozenset({"impersonation", "scam"})
MEANT = 35  # points from which an offer decides the intent
INTENTS = ("impersonation", "scam", "complaint", "warning", "news", "question", "promotion", "unclear")
_ROUGH = listed("rough_contact")


def intent(text: str, hits: Iterable[NameHit], contacts: Sequence[Contact] = ()) -> str:
    """Give the intent of a text whose names were found; without `contacts` only plainly written ones are seen.

    >>> intent("今天开会", ())
    'unclear'
    """
    found = [(c.start, c.end) for c in contacts if c.start >= 0 and not public_service(c.kind, c.value)]
    if not contacts:
        found = [match.span() for match in _ROUGH.finditer(text)]
    marks = [(start, end, REACH) for start, end in found] + [(hit.start, hit.end, BRAND) for hit in hits]
    return of_reading(reading_of(text, tuple(sorted(marks))))


def of_reading(reading: Reading) -> str:
    """Give the intent of a text that was read."""
    if not reading.names_brand:
        return "unclear"
    if _any(reading, "signature", "introduces", "official_claim") or offered(reading):
        return "impersonation"
    if demanded(reading):
        return "impersonation"
    if _any(reading, "trade", "lends") or (_any(reading, "trade_weak") and len(reading.live("seller")) >= SELLS):
        return "scam"
    found = next((reason for reason in offer(reading) if reason.weight >= MEANT), None)
    if found is not None:
        return "scam" if found.code == "sells_access" else "impersonation"
    return _attitude(reading)


def _attitude(reading: Reading) -> str:
    stance = leading(reading)
    if stance and stance != "comparison":
        return stance
    promotes = reading.stances["explains"] or reading.live("lure", "seller", "reach_words")
    return "promotion" if promotes else "unclear"


def _any(reading: Reading, *names: str) -> bool:
    return any(in_earnest(reading, act) for act in reading.live(*names))
