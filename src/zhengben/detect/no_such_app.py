"""The brand has no app: whoever offers one in its name is false, whatever it looks like.

Reads listings and texts; app files and pages have detectors of their own. An offer that is denied, quoted and disowned,
or told of somebody else does not count; one that comes with a way to reach its writer always does.
"""

from dataclasses import replace

from zhengben.core.brand import Brand, Channel
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.app_identity import legal_class
from zhengben.detect.mention import mentions
from zhengben.detect.official_account import identifiers
from zhengben.detect.reading import DEMANDS, Act, Reading, in_earnest, read
from zhengben.detect.stretched import stretched
from zhengben.detect.title_words import is_tool
from zhengben.names.api import Pack

SEES = ("text", "post", "account", "listing", "app_listing", "search_ad", "image", "job")
CAUTIOUS = 2  # words of warning, news or complaint from which an offer without any contact is not taken as one


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say that an app is offered which the dossier says does not exist, with the dossier's source."""
    none = brand.has_none("app")
    if none is None:
        return []
    if sighting.kind == "app_listing":
        return _listed(sighting, brand, names, none)
    reading = read(sighting, brand, names)
    act = offered(reading)
    return [_reason(none, where="text", start=act.start, end=act.end)] if act else []


def offered(reading: Reading) -> Act | None:
    """Give the first offer of an app that is meant: near a live contact, or in a text that does not warn or report."""
    offers = _offers(reading)
    reached = next((act for act in offers if reading.reaches(act) or _shown_around(reading, act)), None)
    if reached or reading.stance >= CAUTIOUS or reading.stances["reports"]:
        return reached
    if past := past_stores(reading):
        return past
    asks = reading.stances["question"] and not reading.live("lure", "reach_words", "seller")
    return None if asks or (reading.stance and reading.only_public) else next(iter(offers), None)


def _offers(reading: Reading) -> tuple[Act, ...]:
    """Give every live offer of an app, without papers to be downloaded."""
    papers = reading.live("papers")
    offers = reading.live("app_offer", "download") if reading.names_brand else ()
    if reading.names_brand and (reading.addressed or reading.live("official_claim", "signature", *DEMANDS)):
        offers += reading.live("other_app")
    return tuple(act for act in offers if not any(p.start < act.end and act.start < p.end for p in papers))


def past_stores(reading: Reading) -> Act | None:
    """Give the first act that leads to an app past every store (群文件, 描述文件, 纯净模式), which no brand does."""
    if not reading.names_brand or reading.live("accepts", "customer", "third", "matter"):
        return None
    return next((act for act in reading.live("side_load") if in_earnest(reading, act)), None)


def _shown_around(reading: Reading, act: Act) -> bool:
    """Tell whether words that lead the reader on stand right beside the offer, in a text that hardly warns."""
    return reading.stance <= CAUTIOUS and any(abs(other.start - act.end) <= 20 for other in reading.live("reach_words"))


def _listed(sighting: Sighting, brand: Brand, names: Pack, none: Channel) -> list[Reason]:
    hits = mentions(sighting.title, brand, names)
    matched = hits[0].matched if hits else stretched(sighting.title, brand)
    if not matched:
        return _described(sighting, brand, names, none)
    if none.value and none.value in identifiers(sighting):
        return []
    facts = {"where": "title", "title": sighting.title, "matched": matched, "legal_class": legal_class(brand)}
    reason = _reason(none, **facts)
    # an account book that lists the loans it reminds of is no false app of any of them
    return [replace(reason, weight=30)] if is_tool(sighting.title) else [reason]


def _described(sighting: Sighting, brand: Brand, names: Pack, none: Channel) -> list[Reason]:
    """Leave to a person an app of another name whose description says it is the brand's (微粒贷官方APP)."""
    act = offered(read(sighting, brand, names))
    return [replace(_reason(none, where="text", start=act.start, end=act.end), weight=45)] if act else []


def _reason(none: Channel, **facts: object) -> Reason:
    since = none.since.isoformat() if none.since else ""
    told = {"statement": none.statement, "source": none.source, "since": since, "exists": none.exists, **facts}
    return Reason("no_such_app", 75, told)
