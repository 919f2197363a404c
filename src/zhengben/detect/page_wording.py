"""A page is worded like false ones, or like honest ones: what no single rule sees, all its words together tell.

Rules name what is false about a page; a model of words (`page_model`) has read pages of many hands and tells how odd
it would be to meet these words on an honest one. It accuses alone only where it is sure, and where it is sure of the
opposite what rules hold against a page is for a person to look at; unless the page takes the password of a purse, which
no honest words excuse.
"""

from collections.abc import Mapping
from math import inf
from typing import NamedTuple

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import SECRETS, PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.mention import mentions
from zhengben.detect.official_domain import own_host
from zhengben.detect.page_grams import READ, grams
from zhengben.detect.page_model import Read, model
from zhengben.detect.page_owner import disclaims, owner
from zhengben.detect.page_place import heading, is_quoted, lists_lenders, names_several, only_offered, speaks_about
from zhengben.detect.page_role import is_thread, takes_purse
from zhengben.detect.page_tender import only_paid_with
from zhengben.detect.page_words import own_places
from zhengben.detect.reading import read_words
from zhengben.names.api import Pack

SEES = ("page",)
FALSE_AT, HONEST_AT = 0.25, -0.75  # natural logarithms of odds; docs/pages.md tells what they find and cost
# What more it takes where a page names an owner who is not the brand, where it warns or complains, where several speak.
OWNED, WARNED, SEVERAL = 0.5, 0.5, 1.0
FEW = 55  # known runs from which words spare a page
SPEAKS = 75  # known runs from which words weigh against an owner, a warning, or several who speak
# known runs, and what more it takes on a page that has at least so many; none below the last
SHORT = ((110, 0.0), (SPEAKS, 0.5), (45, 3.75))
ACCUSES, EACH, MOST = 60, 20, 100  # what sure words weigh, what each unit of odds above adds, and at most
SHOWN, SHORTEST = 6, 2  # runs that are shown, and characters of the shortest


class Whose(NamedTuple):
    """Whose a page is and what it takes: what moderates the words of a page."""

    owned: bool  # it names an owner who is not the brand
    several: bool  # many speak on it, or the brand is one of several, a choice, a way to pay, or disclaimed
    wary: bool  # it warns or complains
    takes: bool  # it takes the password of a purse, or secrets under the brand's name in its title and elsewhere


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say that a page is worded like false or honest ones, with the words that weigh most."""
    page = sighting.page
    if page is None or sighting.kind == "image" or (sighting.host and own_host(sighting.host, brand)):
        return []
    return told(model().read(grams(sighting, brand, names)), whose(page, brand, names))


def told(read: Read, page: Whose) -> list[Reason]:
    """Give the reason for what the model reads: none where it is not sure, or hardly knows a word."""
    sure = read.odds - FALSE_AT - _doubt(read.known, page)
    if sure >= 0:
        weight = min(MOST, round(ACCUSES + EACH * sure))
        return [Reason("page_worded_false", weight, _facts(read, 1))]
    if read.known >= FEW and read.odds <= HONEST_AT and not page.takes:
        return [Reason("page_worded_honest", 0, _facts(read, -1))]
    return []


def _doubt(known: int, page: Whose) -> float:
    """Give what more it takes on such a page: no end of it on one that says little and may be somebody else's."""
    if known < SPEAKS and (page.owned or page.wary or page.several):
        return inf
    more = next((more for least, more in SHORT if known >= least), inf)
    return more + OWNED * page.owned + WARNED * page.wary + SEVERAL * page.several


def whose(page: PageFacts, brand: Brand, names: Pack) -> Whose:
    """Tell whose a page is and what it takes."""
    several = (
        speaks_about(page.title, brand, names, asking=True)
        or _only_quoted(page, brand, names)
        or is_thread(page)
        or disclaims(page, brand, names)
        or names_several(page.text, brand)
        or lists_lenders(page, brand, names)
        or only_offered(page, brand, names)
        or only_paid_with(page, brand, names)
    )
    said = read_words(f"{heading(page)}\n{page.text}"[:READ], brand, names).weighed
    wary = said["warning"] + said["complaint"] > 0
    return Whose(bool(owner(page, brand, names)), several, wary, takes_purse(page) or _takes_as(page, brand, names))


def _takes_as(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether a page asks for secrets and bears the brand's name in its title and elsewhere."""
    where = {place.where for place in own_places(page, brand, names)}
    return bool(SECRETS & set(page.asks) and len(where) > 1 and where & {"title", "site_name", "copyright"})


def _only_quoted(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether the name stands in quotations and lists of choices alone: somebody else's words, and a form's."""
    text = f"{page.title}\n{page.text[:READ]}"
    hits = mentions(text, brand, names) if page.quoted or page.choices else []
    lines = {text[text.rfind("\n", 0, hit.start) + 1 :].partition("\n")[0] for hit in hits}
    return bool(lines) and all(is_quoted(line, page) or line in page.choices for line in lines)


def _facts(read: Read, sign: int) -> dict[str, object]:
    return {"words": _heaviest(read.parts, sign), "odds": round(read.odds, 2), "model": model().sha256[:12]}


def _heaviest(parts: Mapping[str, float], sign: int) -> list[str]:
    """Give the words that weigh most to one side, none of them inside another."""
    found: list[str] = []
    for gram in sorted(parts, key=lambda gram: (-sign * parts[gram], gram)):
        words = gram.split(":", 1)[-1].strip("@#%&$ 0")
        if len(words) >= SHORTEST and not any(words in other or other in words for other in found):
            found.append(words)
        if len(found) == SHOWN or sign * parts[gram] <= 0:
            break
    return found
