"""The page shows a registered picture of the brand's: a symbol found by its image.

A picture alone proves no claim, because newspapers and partners show logos too; it weighs beside the page's words.
"""

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import LogoMatch
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.official_domain import own_host
from zhengben.detect.page_place import reaches
from zhengben.detect.page_words import own_places
from zhengben.names.api import Pack

SEES = ("page", "image")
MOST = 6  # matches of one brand that are told


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give the strongest match; a claim where the page also reaches for people, else a likeness."""
    page = sighting.page
    if page is None or (sighting.host and own_host(sighting.host, brand)):
        return []
    matches = [match for match in page.logos if match.brand == brand.id]
    if not matches:
        return []
    ranked = sorted(matches, key=lambda m: (m.distance, -m.correlation))
    facts: dict[str, object] = _told(ranked[0])
    if len(ranked) > 1:
        facts["more"] = [_told(match) for match in ranked[1:MOST]]
    claims = reaches(page) or bool(own_places(page, brand, names))
    return [Reason("page_shows_mark" if claims else "page_has_picture", 35 if claims else 25, facts)]


def _told(match: LogoMatch) -> dict[str, object]:
    """Give everything needed to find the place again and measure it again."""
    return {
        "reference": match.reference, "reference_sha256": match.reference_sha256, "right": match.right,
        "source": match.source[:300], "source_sha256": match.source_sha256, "box": list(match.box),
        "crop_sha256": match.crop_sha256, "distance": match.distance, "correlation": round(match.correlation, 3),
        "needed": round(match.needed, 3), "method": match.method,
    }  # fmt: skip
