"""What the pictures of a page and its words outside the text say: the brand's name drawn, told or filed.

Only where such things are what the page says: pictures and labels of a page full of words illustrate.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.detect.mention import mentions
from zhengben.detect.page_names import is_service
from zhengben.detect.page_owner import SPOKEN
from zhengben.detect.page_place import CAUTIOUS, MOST_TOLD, OTHER_LENDERS, Place, first_named, lists_lenders, reaches
from zhengben.detect.page_role import grabs
from zhengben.detect.reading import read_words
from zhengben.detect.wordmark import drawn, surely
from zhengben.names.api import Pack

WORDY = 400  # characters of a page's own text above which its pictures only illustrate
_WEAK_TOLD = frozenset({"meta", "spare"})  # what the visitor of a working page does not see
_LOGO_FILE = re.compile(r"logo|brand|title|banner|head|icon", re.IGNORECASE)


def pictured(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    """Give a line read in a picture that is the brand's name, and one shown outside the document's text.

    Only where such things are what the page says: a short page that neither warns nor reports, or one that reaches for
    secrets. Pictures and labels of a page full of words illustrate, and one that shows the names of several lenders
    is a list of them.
    """
    said = "\n".join((page.text[:SPOKEN], *(line.text for line in page.read[:MOST_TOLD])))
    wary = read_words(said, brand, names).stance >= CAUTIOUS
    if ((len(page.text) > WORDY or wary) and not reaches(page)) or lists_lenders(page, brand, names):
        return
    yield from first_named("picture", list(drawn(page, brand, names)), brand, names)
    sure = next((line.doubted for line in page.read[:MOST_TOLD] if surely(line, brand, names)), "")
    if sure:
        yield Place("picture", sure, sure)
    row = _is_row(page, brand, names)
    told = [
        one.words for one in page.told
        if (one.where not in _WEAK_TOLD or reaches(page)) and not (row and one.where == "alt")
    ]  # fmt: skip
    told += [page.description] if grabs(page) else []
    yield from first_named("told", told[:MOST_TOLD], brand, names)
    if reaches(page):
        yield from _filed(page, brand, names)


def _is_row(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether the brand's picture stands among those of other names: a row of partners or customers."""
    others = {one.words for one in page.told if one.where == "alt" and not mentions(one.words, brand, names)}
    return len([words for words in others if not is_service(words)]) >= OTHER_LENDERS


def _filed(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    """Give the name of a picture's file that holds the brand's name and says that it is a logo or a title."""
    for address in page.images[:MOST_TOLD]:
        file = unquote(address[:2000].split("?")[0].rsplit("/", 1)[-1])[:80]
        hits = mentions(file, brand, names) if _LOGO_FILE.search(file) and not address.startswith("data:") else ()
        if hits:
            yield Place("file", file, hits[0].matched)
            return
