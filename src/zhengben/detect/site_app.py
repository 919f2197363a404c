"""Whose app a page hands out: its site's own beside whatever it writes about, or one in the name of the page.

A newspaper, a portal and a shop hand out their own app on every page. Whoever has no name but the brand's hands out
nothing but the brand's.
"""

from dataclasses import replace
from functools import lru_cache
from urllib.parse import unquote

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import SECRETS, Link, PageFacts
from zhengben.detect.lexicon import listed
from zhengben.detect.mention import mentions
from zhengben.detect.page_names import folded, is_catalogue, is_service
from zhengben.detect.page_owner import SITES, another, owner
from zhengben.names.api import Pack

_CLIENT = listed("own_client")  # how a site calls its own app, after what may be its name
_READS = listed("reads_on")
_PLAY = listed("plaything")
_LENT = listed("lent")


@lru_cache(maxsize=32)
def without_own_app(page: PageFacts, brand: Brand, names: Pack) -> PageFacts:
    """Give a page without the links that hand out the app of its own site."""
    kept = tuple(link for link in page.links if not (link.hands_out and _is_the_sites(link, page, brand, names)))
    return page if len(kept) == len(page.links) else replace(page, links=kept)


def names_brand(link: Link, brand: Brand, names: Pack) -> bool:
    """Tell whether a link names the brand, in its words or in the name of the file."""
    file = unquote(link.url.split("?")[0].rsplit("/", 1)[-1])[:120]
    return bool(mentions(f"{link.text} {file}", brand, names))


def is_store(page: PageFacts) -> bool:
    """Tell whether a page stands in a store or a portal of downloads, by the name of its site at the end of its title.

    >>> is_store(PageFacts(url="", final_url="", title="某某银行app下载-某某银行官方版v7.3-绿茶软件园"))
    True
    """
    *first, last = SITES.split(page.title.strip())
    return bool(first) and is_catalogue(last)


def _is_the_sites(link: Link, page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether a file is the app of a page that names its owner, a game, or one the link names (打开某某客户端)."""
    if _PLAY.search(link.text):
        return not (_LENT.search(link.text) or SECRETS & set(page.asks))  # no game wants an identity card
    client = _CLIENT.search(folded(link.text))
    if client is None or names_brand(link, brand, names):
        return False
    named = _READS.search(link.text) and not is_service(client[1])
    return bool(named or owner(page, brand, names) or another(page, brand, names))
