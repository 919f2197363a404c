"""A page of some bytes as the product judges it, for tests of what its words and forms mean."""

from functools import cache

from zhengben.core.brand import Brand
from zhengben.core.judge import judge
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Verdict
from zhengben.detect.registry import detect_all
from zhengben.examine.indicators import find_contacts
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import Pack, pack


@cache
def known(name: str) -> tuple[Brand, Pack]:
    """Give a shipped brand and the pack of its names."""
    (brand,) = load_brands(ids=(name,))
    return brand, pack((brand,))


def judged_page(body: str, name: str = "weilidai") -> Verdict:
    """Give the verdict on a page at an address that says nothing."""
    page = examine_page(body, "https://a.example/")
    words = "\n".join(dict.fromkeys(w for w in (page.title, page.description, page.text, *page.image_words) if w))
    sighting = Sighting(
        kind="url", target=page.url, title=page.title, text=words, page=page, host="a.example",
        contacts=find_contacts(words),
    )  # fmt: skip
    brand, _ = known(name)
    return judge(name, detect_all(sighting, (brand,))[name], Coverage(page.missing))
