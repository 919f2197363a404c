"""The page says it is the brand: by its name, its logo, its copyright line, its title, its headline or its words.

A name that resembles the brand's in the address counts beside them where the page reaches for people.

This is the finding a lawyer needs even where nothing is phished: the mark is used as the page's own name.
"""

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts, ReadLine
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.host_name import resembles
from zhengben.detect.official_domain import own_host
from zhengben.detect.page_names import speaks_of_money
from zhengben.detect.page_owner import SPOKEN, disclaims
from zhengben.detect.page_place import Place, reaches
from zhengben.detect.page_role import grabs
from zhengben.detect.page_words import own_places
from zhengben.detect.said_host import standing
from zhengben.detect.wordmark import likeness
from zhengben.names.api import Pack

SEES = ("page",)
_WEIGHTS = {
    "site_name": 35,
    "title": 35,
    "logo": 30,
    "copyright": 35,
    "headline": 25,
    "words": 25,
    "picture": 30,
    "told": 30,
    "file": 20,
    "line": 25,
    "branch": 45,
    "address": 20,
}
_MORE = 10  # for each further place
_MOST = 65
_ELSEWHERE = 25  # where the page speaks of another trade: for a person to look
_NAMESAKE = 10  # ... at an address that is alike too: whoever is called Weili Dai has a page and a domain
_ENOUGH = 24  # characters from which a page's silence about money says something


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one claim with every place it stands on; one place alone never accuses."""
    page = sighting.page
    if page is None or (sighting.host and own_host(sighting.host, brand)):
        return []
    places = own_places(page, brand, names)
    host = resembles(standing(sighting), brand, names)
    if host and reaches(page):
        places = (*places, Place("address", host.name, host.matched))
    if not places:
        return _resembling(page, brand, names)
    weight = min(_MOST, max(_WEIGHTS[p.where] for p in places) + _MORE * (len(places) - 1))
    another = not reaches(page) and _of_something_else(page, brand, names)
    if another or (disclaims(page, brand, names) and not grabs(page)):
        weight = min(weight, _NAMESAKE if another and host else _ELSEWHERE)
    facts = {
        "name": places[0].matched,
        "where": [place.where for place in places],
        "shown": list(dict.fromkeys(place.words[:60] for place in places))[:3],
        "places": [{"where": p.where, "words": p.words[:160], "matched": p.matched} for p in places],
    }
    read = _read_again(page, places)
    return [Reason("page_presents_as", weight, facts | ({"read": read} if read else {}))]


def _of_something_else(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether a page with words enough to judge says nothing of money, under the name of a financial product."""
    said = "\n".join(
        (page.title, page.text[:SPOKEN], page.description, *page.image_words, *(line.text for line in page.read))
    )
    return brand.finance and len(said) >= _ENOUGH and not speaks_of_money(said, brand, names)


def _resembling(page: PageFacts, brand: Brand, names: Pack) -> list[Reason]:
    """Give the words in a picture that may be the name, or are read as another word like it: never a claim."""
    line = likeness(page, brand, names)
    if line is None:
        return []
    code = "page_picture_reads" if line.doubted else "page_picture_resembles"
    return [Reason(code, 25, {"words": line.doubted or line.text, "read": [_row(line)]})]


def _read_again(page: PageFacts, places: tuple[Place, ...]) -> list[dict[str, object]]:
    """Give the lines read in pictures that carry the name, with what is needed to read them again."""
    carried = {place.words for place in places if place.where == "picture"} - {""}
    return [_row(one) for one in page.read if (one.doubted or one.text) in carried]


def _row(one: ReadLine) -> dict[str, object]:
    return {
        "text": one.doubted or one.text, "score": one.score, "box": list(one.box), "source_sha256": one.source_sha256,
        "model": one.model,
    }  # fmt: skip
