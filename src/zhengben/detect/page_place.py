"""One place where a page carries the brand's name as its own, and what every reading of such places asks of a line."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import SECRETS, PageFacts
from zhengben.detect.lexicon import listed
from zhengben.detect.mention import mentions
from zhengben.detect.page_names import is_service, self_name
from zhengben.detect.page_owner import SPOKEN, is_lender
from zhengben.detect.reading import read_words
from zhengben.detect.title_words import FAN
from zhengben.names.api import Pack

CAUTIOUS = 2  # words of warning, news or complaint from which a page speaks about the brand
WARY = 4  # words of warning, news or complaint from which single lines are not held against a page
MOST_TOLD = 60  # words outside the text that are looked at
MOST_LINES = 60  # lines of a page's text that are looked at one by one
OTHER_LENDERS = 2
# Tables of words that may stand beside the name where a page reaches for people; the first only where it grabs.
TAKEN = ("cover", "state", "branch", "desk")
_PRODUCTS = listed("products")


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the page gives itself the brand's name: where, its words, and what in them is the name."""

    where: str  # title, site_name, logo, copyright, headline, words, picture, told, file, line
    words: str
    matched: str


def reaches(page: PageFacts) -> bool:
    """Tell whether a page asks for strong secrets or hands out an app file: what no article about a brand does."""
    return bool(SECRETS & set(page.asks)) or any(link.hands_out for link in page.links)


def heading(page: PageFacts) -> str:
    """Give title and headlines as one text."""
    return "\n".join((page.title, *page.headings[:8]))


def speaks_about(line: str, brand: Brand, names: Pack, *, asking: bool) -> bool:
    """Tell whether a line warns, reports or complains about the brand, or (where `asking` counts) asks about it."""
    reading = read_words(line, brand, names)
    return reading.stance > 0 or (asking and (reading.stances["question"] > 0 or bool(FAN.search(line))))


def only_offered(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether the page names the brand nowhere but as one of the choices of a form."""
    chosen = sum(len(mentions(choice, brand, names)) for choice in page.choices)
    return 0 < chosen >= len(mentions(f"{page.title}\n{page.text}", brand, names))


def names_several(text: str, brand: Brand) -> bool:
    """Tell whether a text names several lenders' products beside the brand's: it compares, asks or offers help."""
    others = {name for name in _PRODUCTS.findall(text[:SPOKEN]) if not any(name in own for own in brand.names.chinese)}
    # Siblings alone are the range of one maker, which its impostors list too.
    return len(others) >= OTHER_LENDERS and not others <= set(brand.names.siblings)


def lists_lenders(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether the page shows names of other lenders in the way it shows this one."""
    lines = page.text[:SPOKEN].split("\n")[:MOST_LINES]
    shown = dict.fromkeys((*(one.words for one in page.told), *(line.text for line in page.read[:40]), *lines))
    return len({words for words in shown if is_lender(words, brand, names)}) >= OTHER_LENDERS


def first_named(where: str, lines: Sequence[str], brand: Brand, names: Pack, *more: str) -> Iterator[Place]:
    """Give the first of some lines that is nothing but the brand's name and words of service; `more` names tables."""
    for line in lines:
        matched = self_name(line, brand, names, *more)
        if matched:
            yield Place(where, line, matched)
            return


def is_quoted(words: str, page: PageFacts) -> bool:
    """Tell whether words stand in a marked quotation: whoever repeats what a page says is not that page."""
    said = " ".join(words.split())
    return any(said in quotation for quotation in page.quoted)


def is_value(part: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a colon stands before the name, after words that are no service's: 市场观察：花呗."""
    before, colon, after = unicodedata.normalize("NFKC", part).partition(":")
    return (
        bool(colon)
        and not mentions(before, brand, names)
        and bool(mentions(after, brand, names))
        and not is_service(before)
    )
