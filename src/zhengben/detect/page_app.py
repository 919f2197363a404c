"""The page hands out an app: a file, an installation profile, or words that lead to one.

Where the dossier says that the brand has no app, an app offered in its name is false whatever it looks like. An article
that speaks about such an app, and a newspaper's link to its own app, offer nothing in the brand's name.
"""

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import Link, PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.no_such_app import offered
from zhengben.detect.official_domain import own_host
from zhengben.detect.page_names import is_service
from zhengben.detect.page_owner import SPOKEN, owner
from zhengben.detect.page_place import heading
from zhengben.detect.page_words import own_places
from zhengben.detect.reading import read, read_words
from zhengben.detect.site_app import is_store, names_brand, without_own_app
from zhengben.names.api import Pack

SEES = ("page",)
LISTED = 10  # what a store weighs that offers an app the brand has: the file itself is looked into


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give what is handed out, and that no such app exists where the dossier says so."""
    page = sighting.page
    if page is None or (sighting.host and own_host(sighting.host, brand)):
        return []
    own = bool(own_places(page, brand, names))
    link = _handed_out(page, brand, names, own=own)
    reasons = []
    if link:
        facts = {"link": link.url[:300], "kind": link.hands_out, "words": link.text[:80]}
        listed = is_store(page) and not brand.has_none("app")
        reasons.append(Reason("page_offers_app", LISTED if listed else 35, facts))
    elif own and _in_words(sighting, brand, names):
        reasons.append(Reason("page_offers_app", 20, {"link": "", "kind": "words", "words": ""}))
    none = brand.has_none("app")
    if reasons and none:
        since = none.since.isoformat() if none.since else ""
        told = {
            "statement": none.statement,
            "source": none.source,
            "since": since,
            "exists": none.exists,
            "where": "page",
        }
        reasons.append(Reason("no_such_app", 75 if link else 40, told))
    return reasons


def _handed_out(page: PageFacts, brand: Brand, names: Pack, *, own: bool) -> Link | None:
    """Give the first file handed out in the brand's name: by its words, its file name, or the page's own name."""
    files = [link for link in without_own_app(page, brand, names).links if link.hands_out]
    if not files:
        return None
    named = next((link for link in files if names_brand(link, brand, names)), None)
    if named or own:
        return named or files[0]
    if is_store(page):
        return None  # what a store offers is called by its title or its file
    title = read_words(heading(page), brand, names)
    if title.live("app_offer") and not title.stance:
        return files[0]
    return _told_to_fetch(page, files, brand, names)


def _told_to_fetch(page: PageFacts, files: list[Link], brand: Brand, names: Pack) -> Link | None:
    """Give the file of a link without a name (下载) on a page whose words tell its reader to fetch the brand's."""
    if page.published or owner(page, brand, names):
        return None
    reading = read_words(page.text[:SPOKEN], brand, names)
    told = reading.live("app_offer") and not (reading.stance or reading.stances["question"])
    return next((link for link in files if told and is_service(link.text)), None)


def _in_words(sighting: Sighting, brand: Brand, names: Pack) -> bool:
    page = sighting.page
    if page is None or page.published:
        return False
    return offered(read(sighting, brand, names)) is not None
