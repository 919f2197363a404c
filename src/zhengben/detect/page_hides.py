"""The page shows itself to some and not to others, or sends its visitors on without asking."""

from urllib.parse import urlsplit

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.names.api import Pack

SEES = ("page",)


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give the clients that were shown something else, and the first address on another host it moves visitors to."""
    del brand, names
    page = sighting.page
    if page is None:
        return []
    reasons = []
    if page.cloaked:
        reasons.append(Reason("page_cloaked", 20, {"profiles": list(page.cloaked)}))
    moved = next((url for url in page.moves_to if _elsewhere(page.final_url, url)), "")
    if moved:
        reasons.append(Reason("page_moves_on", 5, {"url": moved[:300]}))
    return reasons


def _elsewhere(here: str, there: str) -> bool:
    try:
        left, right = urlsplit(here).hostname, urlsplit(there).hostname
    except ValueError:
        return False
    return bool(right) and left != right
