"""A saved page that says itself that it was kept from a host like the brand's.

Browsers and copiers of sites write the address into what they keep. Anybody may write it, so it proves nothing in a
page's favour; a page that places itself at an address made to resemble the brand's is taken at its word.
"""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.host_name import resembles, weight_of
from zhengben.detect.public_service import host_of
from zhengben.names.api import Pack

SEES = ("page",)


def standing(sighting: Sighting) -> str:
    """Give the host a page was seen at; of a saved page the one it says that it stands at, or an empty string."""
    page = sighting.page
    if sighting.host or page is None or page.final_url:
        return sighting.host
    return host_of(page.stands_at[0]) if page.stands_at else ""


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say how the host that a saved page names resembles the brand."""
    host = "" if sighting.host else standing(sighting)
    hit = resembles(host, brand, names)
    if hit is None:
        return []
    facts = {"host": host, "technique": hit.technique, "matched": hit.matched, "expected": hit.expected}
    return [Reason("page_says_host", weight_of(hit.score), facts)]
