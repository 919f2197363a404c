"""An app is offered in the brand's name from somewhere that is neither the brand nor a store.

For brands that may have an app; where the dossier says there is none, `no_such_app` tells more.
"""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.no_such_app import offered, past_stores
from zhengben.detect.reading import read
from zhengben.names.api import Pack

SEES = ("text", "post", "account", "listing", "search_ad", "image", "job")


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one reason: heavy where an address or account stands beside the offer, light where words only lead on.

    An app store's address is no such address: what lies there is judged as a listing.
    """
    if brand.has_none("app"):
        return []
    reading = read(sighting, brand, names)
    if past := past_stores(reading):
        return [Reason("offers_app", 60, {"start": past.start, "end": past.end})]
    act = offered(reading)
    if act is None:
        return []
    facts = {"start": act.start, "end": act.end}
    if reading.reaches(act):
        return [Reason("offers_app", 45, facts)]
    # a genuine bill names the brand's app as well; an app of another name, told of to its customers, is doubtful
    led = reading.live("reach_words") or (act.name == "other_app" and reading.live("addresses", "introduces"))
    return [Reason("offers_app", 30, facts)] if led and not reading.stance else []
