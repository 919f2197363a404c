"""A page is worded like false ones, or like honest ones: what no single rule sees, all its words together tell.

Rules name what is false about a page; a model of words (`page_model`) has read pages of many hands and tells how odd
it would be to meet these words on an honest one. It accuses alone only where it is sure, and where it is sure of the
opposite what rules hold against a page is for a person to look at; unless the page takes the password of a purse, which
no honest words excuse.
"""

from collections.abc import Mapping
from typing import NamedTuple

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.mention import mentions
from zhengben.detect.official_domain import own_host
from zhengben.detect.page_grams import READ, grams
from zhengben.detect.page_model import Read, model
from zhengben.detect.page_owner import disclaims, owner
from zhengben.detect.page_place import is_quoted, lists_lenders, names_several, only_offered
from zhengben.detect.page_role import is_thread, takes_purse
from zhengben.detect.page_tender import only_paid_with
from zhengben.names.api import Pack

SEES = ("page",)
FALSE_AT, HONEST_AT = 1.0, -2.0  # natural logarithms of odds; docs/pages.md tells what they find and cost
OWNED = 1.0  # what more it takes where a page names an owner who is not the brand
ENOUGH, SOME, FEW = (
    100,
    55,
    40,
)  # known runs: enough to be sure, so few that it takes more, and too few to spare anybody
SHORT = 0.5  # what more it takes where a page says less than enough
ACCUSES, EACH, MOST = 60, 20, 100  # what sure words weigh, what each unit of odds above adds, and at most
SHOWN, SHORTEST = 6, 2  # runs that are shown, and characters of the shortest


class Whose(NamedTuple):
    """Whose a page is and what it takes: what moderates the words of a page."""

    owned: bool  # it names an owner who is not the brand
    several: bool  # many speak on it, or the brand is one of several, a choice, a way to pay, or disclaimed
    takes: bool  # it takes the password of a purse and what that opens


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say that a page is worded like false or honest ones, with the words that weigh most."""
    page = sighting.page
    if page is None or sighting.kind == "image" or (sighting.host and own_host(sighting.host, brand)):
        return []
    return told(model().read(grams(sighting, brand, names)), whose(page, brand, names))


def told(read: Read, page: Whose) -> list[Reason]:
    """Give the reason for what the model reads: none where it is not sure, or hardly knows a word."""
    if read.known < FEW:
        return []
    sure = read.odds - FALSE_AT - (OWNED if page.owned else 0.0) - (SHORT if read.known < ENOUGH else 0.0)
    if read.known >= SOME and sure >= 0 and not page.several:
        weight = min(MOST, round(ACCUSES + EACH * sure))
        return [Reason("page_worded_false", weight, _facts(read, 1))]
    if read.odds <= HONEST_AT and not page.takes:
        return [Reason("page_worded_honest", 0, _facts(read, -1))]
    return []


def whose(page: PageFacts, brand: Brand, names: Pack) -> Whose:
    """Tell whose a page is and what it takes."""
    several = (
        _only_quoted(page, brand, names)
        or is_thread(page)
        or disclaims(page, brand, names)
        or names_several(page.text, brand)
        or lists_lenders(page, brand, names)
        or only_offered(page, brand, names)
        or only_paid_with(page, brand, names)
    )
    return Whose(bool(owner(page, brand, names)), several, takes_purse(page))


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
