"""What is wanted of the reader: to leave the platform, to pay before anything is paid out, to give secrets away.

These weigh only beside a claim, a trade or a likeness, and only where the text names the brand.
"""

from collections.abc import Iterator

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.reading import DEMANDS, Reading, in_earnest, read
from zhengben.names.api import Pack

SEES = ("text", "post", "account", "listing", "job", "search_ad", "image", "app_listing", "poi", "company")
_SELLING = frozenset({"account", "app_listing", "company", "job", "listing", "poi", "search_ad"})
_WORDS = (
    ("asks_fee", "fee", 20),
    ("asks_secrets", "secret", 20),
    ("asks_transfer", "transfer", 25),
    ("asks_cancel", "cancel", 20),
    ("lures", "lure", 10),
    ("presses", "pressure", 10),
)


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one reason a kind of demand."""
    reading = read(sighting, brand, names)
    leads = any(c.kind in {"url", "domain"} for c in sighting.contacts)
    return list(_reasons(sighting, reading)) if reading.names_brand or leads else []


def _reasons(sighting: Sighting, reading: Reading) -> Iterator[Reason]:
    contacts = reading.reaches()
    if contacts:
        first = contacts[0]
        known = next((c for c in sighting.contacts if c.start == first.start), None)
        raw = sighting.text[first.start : first.end]
        facts = {"kind": known.kind if known else "handle", "value": known.value if known else raw}
        yield Reason("asks_contact", 20, facts | {"start": first.start, "end": first.end})
    elif said := reading.live("reach_words"):
        # Told by its words alone (扫码, 私信我), it is those words that a person must see.
        words = sighting.text[said[0].start : said[0].end].strip()[:40]
        yield Reason("asks_contact", 15, {"kind": "words", "value": words, "start": said[0].start, "end": said[0].end})
    idle = not (contacts or reading.live("reach_words", *DEMANDS))
    for code, name, full in _WORDS:
        # a genuine reminder presses too (逾期影响征信): pressure weighs where it drives the reader somewhere
        weight = 5 if idle and name in {"lure", "pressure"} else full
        act = next((act for act in reading.live(name) if sighting.kind in _SELLING or in_earnest(reading, act)), None)
        if act is None and name == "transfer" and reading.live("introduces", "signature"):
            act = next(iter(reading.live("pay_me")), None)
        if act:
            yield Reason(code, weight, {"start": act.start, "end": act.end})
