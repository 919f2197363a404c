"""What speaks for a page: it reports, warns, complains or compares, or belongs to somebody who writes about the brand.

None of it counts for a page that carries the brand's name as its own, sells in its headline or asks for
secrets: a false page is the first to warn of false pages.
"""

from collections.abc import Iterator

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import SECRETS, PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.page_demands import spoken_demands
from zhengben.detect.page_number import headed_number
from zhengben.detect.page_owner import another
from zhengben.detect.page_place import heading
from zhengben.detect.page_seller import sells_in_head
from zhengben.detect.page_words import own_places
from zhengben.detect.reading import read_words
from zhengben.names.api import Pack

SEES = ("page",)
_CODES = {
    "warning": ("page_warns", -40, 2),
    "complaint": ("page_complains", -30, 1),
    "news": ("page_reports", -30, 2),
    "comparison": ("page_compares", -20, 1),
}


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give the clearing facts; their weight is nothing where the page itself reaches for people in the brand's name."""
    page = sighting.page
    if page is None:
        return []
    reading = read_words(f"{heading(page)}\n{page.text}"[:20_000], brand, names)
    if not reading.names_brand:
        return []
    sells = own_places(page, brand, names) or sells_in_head(page, brand, names)
    demands = spoken_demands(sighting, brand, names)[1] or headed_number(sighting, brand, names)
    free = not (sells or demands or SECRETS & set(page.asks))
    return [
        *_shape(page, brand, names, free=free),
        *(_reason(code, weight, {"count": reading.weighed[name]}, free=free)
          for name, (code, weight, enough) in _CODES.items() if reading.weighed[name] >= enough),
    ]  # fmt: skip


def _shape(page: PageFacts, brand: Brand, names: Pack, *, free: bool) -> Iterator[Reason]:
    publisher = another(page, brand, names)
    if page.published:
        yield _reason("page_article", -25, {"publisher": publisher}, free=free)
    elif publisher:
        yield _reason("page_anothers", -10, {"publisher": publisher}, free=free)


def _reason(code: str, weight: int, facts: dict[str, object], *, free: bool) -> Reason:
    return Reason(code, weight if free else 0, facts)
