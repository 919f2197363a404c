"""In whose name a page asks for secrets, where it gives itself no name that could be read as one.

An honest page that asks for an identity card or a bank card says who asks: a firm, an office, a school, a shop, another
lender. A page that asks for them and names nobody but the brand asks in the brand's name, whatever its headline says.
What only stands among choices, ways to pay, partners or other lenders is spoken of and asks for nothing.
"""

from collections.abc import Iterator

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import SECRETS, PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.mention import mentions
from zhengben.detect.official_domain import own_host
from zhengben.detect.page_lines import unlisted
from zhengben.detect.page_names import alike, folded, is_about, is_labelled, words
from zhengben.detect.page_owner import LONGEST, SPOKEN, disclaims, owner
from zhengben.detect.page_place import WARY, lists_lenders, names_several, speaks_about
from zhengben.detect.page_role import grabs, hears_complaints, in_a_list, takes_all
from zhengben.detect.page_words import own_places
from zhengben.detect.reading import read_words
from zhengben.names.api import Pack

SEES = ("page",)
TAKES, BEGINS = 30, 20  # what it weighs where all is asked that opens an account, and where the name begins the page
PART_OF = 3  # what it weighs where the name may be half of another: for a person to look
SAID = 80  # lines of a text that are looked at


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say that secrets are asked in the brand's name, with the line that names it."""
    page = sighting.page
    if page is None or not SECRETS & set(page.asks) or (sighting.host and own_host(sighting.host, brand)):
        return []
    shown = _shown(page, brand, names)
    if not shown or own_places(page, brand, names) or _is_of_others(page, brand, names):
        return []
    name = mentions(shown, brand, names)[0]
    facts = {"name": name.matched, "shown": shown[:LONGEST], "asks": list(page.asks)}
    return [Reason("page_asks_in_name", _weight(page, shown, name.end), facts)]


def _shown(page: PageFacts, brand: Brand, names: Pack) -> str:
    """Give the line by which the brand asks: one that begins with its name, or says that it provides the service."""
    begun = next(_begun(page, brand, names), "")
    return begun or (next(_named(page, brand, names), "") if takes_all(page) else "")


def _is_of_others(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether a page has an owner, lists lenders, hears complaints, or warns and reports without grabbing."""
    if disclaims(page, brand, names) or owner(page, brand, names) or hears_complaints(page):
        return True
    if lists_lenders(page, brand, names) or names_several(page.text, brand):
        return True
    wary = read_words(page.text[:SPOKEN], brand, names).stance >= WARY
    return (wary or page.published) and not grabs(page)


def _begun(page: PageFacts, brand: Brand, names: Pack) -> Iterator[str]:
    """Give a title or headline that begins with the name and does not speak about it."""
    for line in (page.title, *page.headings[:3]):
        spans = alike(line, brand, names) if len(line) <= LONGEST else []
        if spans and not line[: spans[0][0]].strip('【[(（《“" ') and _speaks(line, brand, names):
            yield line


def _weight(page: PageFacts, line: str, end: int) -> int:
    """Give what a line weighs: less where another name may only begin with the brand's (某贷展台, 某呗乐队)."""
    if takes_all(page):
        return TAKES
    return BEGINS if _ends(line[end:]) else PART_OF


def _ends(rest: str) -> bool:
    """Tell whether a name ends where it seems to, or goes on with words of a service."""
    after = folded(rest)
    return not after[:1].isalpha() or bool(words("own", "service").match(after) or words("own", "state").match(after))


def _named(page: PageFacts, brand: Brand, names: Pack) -> Iterator[str]:
    """Give the lines by which the brand provides what is asked for, and which are no choice, partner or way to pay."""
    for line in unlisted(page.text[:SPOKEN].split("\n")[:SAID]):
        hits = [hit for hit in mentions(line, brand, names) if not in_a_list(line, hit.start, hit.end)]
        provides = hits and words("owner", "provides").search(read_words(line, brand, names).masked.text)
        told = line in page.choices or any(line in quotation for quotation in page.quoted)
        if provides and not told and _speaks(line, brand, names):
            yield line


def _speaks(line: str, brand: Brand, names: Pack) -> bool:
    if is_labelled(line, brand, names) or is_about(line) or speaks_about(line, brand, names, asking=True):
        return False
    return not (read_words(line, brand, names).acts["accepts"] or words("owner", "tender").search(folded(line)))
