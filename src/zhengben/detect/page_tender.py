"""A page on which the brand is only a way to pay for somebody's goods: a shop, a clinic, a school, a game.

What such a page sells is its own, whatever words of the trade in loans stand in it, and its title names goods and how
they are paid. A page that asks for an identity card and a bank card together is never one.
"""

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.detect.mention import mentions
from zhengben.detect.page_names import folded, is_service, words
from zhengben.detect.page_owner import SPOKEN, parts
from zhengben.detect.page_role import takes_all
from zhengben.detect.reading import read_words
from zhengben.names.api import Pack


def only_paid_with(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether every line that names the brand takes it in payment, and nothing on the page turns it into cash."""
    if takes_all(page) or cashes(page):
        return False
    lines = (page.title, *page.text[:SPOKEN].split("\n"))
    named = [line for line in lines if mentions(line, brand, names)]
    return any(takes_payment(line, brand, names) for line in named) and all(
        _takes(line, brand, names) for line in named
    )


def pays_for_goods(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether a title names goods or a trade beside the brand as the way to pay for them."""
    cut = parts(page.title, brand, names)
    others = [part for part in cut if not mentions(part, brand, names)]
    goods = [part for part in others if not is_service(part) and words("owner", "goods").search(folded(part))]
    return bool(goods) and not (takes_all(page) or cashes(page))


def _takes(line: str, brand: Brand, names: Pack) -> bool:
    return takes_payment(line, brand, names) or bool(read_words(line, brand, names).acts["accepts"])


def takes_payment(line: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a line plainly takes the brand in payment: an invitation to use it (使用花呗) does not."""
    return bool(words("owner", "pays").search(read_words(line, brand, names).masked.text))


def cashes(page: PageFacts) -> bool:
    """Tell whether a page turns a line of credit into money, or opens one: no shop does."""
    return bool(words("owner", "cashes").search(folded(f"{page.title}\n{page.text[:SPOKEN]}")))


def is_way_to_pay(title: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a title names the brand as the way in which goods are had (某呗免押租手机)."""
    return bool(words("owner", "way_to_pay").search(read_words(title, brand, names).masked.text))
