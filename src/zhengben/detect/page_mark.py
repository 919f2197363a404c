"""The page shows a registered picture of the brand's: a symbol found by its image.

A picture alone proves no claim, because newspapers and partners show logos too; it weighs beside the page's words.
"""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.official_domain import own_host
from zhengben.detect.page_words import own_places, reaches
from zhengben.names.api import Pack

SEES = ("page", "image")


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give the strongest match; a claim where the page also reaches for people, else a likeness."""
    page = sighting.page
    if page is None or (sighting.host and own_host(sighting.host, brand)):
        return []
    matches = [match for match in page.logos if match.brand == brand.id]
    if not matches:
        return []
    best = min(matches, key=lambda m: (m.distance, -m.correlation))
    facts = {
        "reference": best.reference, "reference_sha256": best.reference_sha256, "right": best.right,
        "source": best.source[:300],
        "source_sha256": best.source_sha256, "box": list(best.box), "distance": best.distance,
        "correlation": round(best.correlation, 3),
        "method": best.method,
    }  # fmt: skip
    claims = reaches(page) or bool(own_places(page, brand, names))
    return [Reason("page_shows_mark" if claims else "page_has_picture", 35 if claims else 25, facts)]
