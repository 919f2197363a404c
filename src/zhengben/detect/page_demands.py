"""A page speaks as the brand, wherever the name stands, and demands what no lender demands on a page of somebody's.

Money before money, secrets in words or under labels of their own, an app past the store, a private chat, agents: each
alone is said by many; said by a page that nobody but the brand is named on, it is said in the brand's name.
"""

from functools import lru_cache

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.demands import Demand, demanded
from zhengben.detect.official_domain import own_host
from zhengben.detect.page_place import heading
from zhengben.detect.page_speaker import Heard, speaker
from zhengben.detect.page_words import own_places
from zhengben.detect.reading import read
from zhengben.names.api import Pack

SEES = ("page",)
Spoken = tuple[tuple[Demand, ...], str]  # demands, and the line by which they are made as the brand
CLAIM, DEMAND, MORE = 35, 35, 5  # what the speaking weighs, one demand, and each demand of another kind


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give the demands of a page that speaks as the brand, and that it does so where no other place says it."""
    page = sighting.page
    wanted, said = spoken_demands(sighting, brand, names)
    if page is None or not said:
        return []
    kinds = [f"demand_{demand.kind}" for demand in wanted]  # codes with words of their own
    weight = DEMAND + MORE * (len(kinds) - 1)
    reasons = [Reason("page_demands", weight, {"kinds": kinds, "words": wanted[0].words, "shown": said[:60]})]
    if not own_places(page, brand, names):
        reasons.append(Reason("page_speaks_as", CLAIM, {"shown": said[:60]}))
    return reasons


def spoken_demands(sighting: Sighting, brand: Brand, names: Pack) -> Spoken:
    """Give what a page demands, and the line by which it does so as the brand: empty where it speaks as nobody."""
    page = sighting.page
    if page is None or sighting.kind == "image" or (sighting.host and own_host(sighting.host, brand)):
        return (), ""
    return _spoken(page, Heard(sighting.text, read(sighting, brand, names)), brand, names)


# A reading is remembered as one and the same thing for as long as this is: whoever asks again asks about that.
@lru_cache(maxsize=32)
def _spoken(page: PageFacts, heard: Heard, brand: Brand, names: Pack) -> Spoken:
    wanted = (
        demanded(page, heard.reading, heard.words, heading(page)) if heard.reading.names_brand or page.forms else ()
    )
    return wanted, speaker(page, heard, brand, names, wanted) if wanted else ""
