"""Whose name stands where on a page: the brand as the page's own name, or as the thing it speaks about.

A title is taken apart at its separators; a part in which the brand stands with nothing but words of service (官网,
下载, 客服, 申请) is a name the page gives itself. `微粒贷官网` is;
`微粒贷靠谱吗` and `微粒贷投诉吧` are not.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import SECRETS, PageFacts
from zhengben.detect.mention import mentions
from zhengben.detect.page_lines import addressed, branches, signed_as, spoken
from zhengben.detect.page_masthead import masthead
from zhengben.detect.page_names import (
    explains,
    is_about,
    is_catalogue,
    is_owner,
    is_register_row,
    left_of_notice,
    private_contact,
    self_name,
)  # fmt: skip
from zhengben.detect.page_owner import SITES, SPOKEN, another, owner, parts
from zhengben.detect.page_place import TAKEN, WARY, Place, first_named, is_value, names_several, reaches, speaks_about
from zhengben.detect.page_role import grabs, hears_complaints, takes_all, takes_money
from zhengben.detect.page_shown import pictured
from zhengben.detect.page_tender import is_way_to_pay, pays_for_goods, takes_payment
from zhengben.detect.reading import read_words
from zhengben.detect.site_app import without_own_app
from zhengben.detect.title_words import FAN
from zhengben.names.api import Pack
from zhengben.names.hits import NameHit

_TOPIC = re.compile(r"[:：]\s*\S{4,}")  # a colon after a name begins what is said of it: 借呗：已还清仍显示逾期
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


@lru_cache(maxsize=32)
def own_places(page: PageFacts, brand: Brand, names: Pack) -> tuple[Place, ...]:
    """Give every place where the page carries the brand's name as its own, at most one of each sort.

    Where the page belongs to somebody else by its own account (its site name, publisher or copyright line), what stands
    in title and headlines is only what it speaks about; unless it reaches for secrets or hands out an app, which no
    article does. Offices that take complaints ask for an identity card too, and speak of nothing but complaints.
    """
    page = without_own_app(page, brand, names)
    found = [*_identity(page, brand, names)]
    wants = reaches(page) or (takes_money(page) and not page.published)
    # An author's name in the metadata is no shop's sign: it says nothing for a page that reaches for people.
    theirs = bool(another(page, brand, names, authors=not wants or page.published))
    if not found and hears_complaints(page):
        return tuple(_served(page, brand, names))
    hears = theirs and not grabs(page) and read_words(page.text[:SPOKEN], brand, names).stance >= WARY
    if found or (wants and not hears) or not (page.published or theirs):
        found += _subject(page, brand, names, theirs=theirs and not found)
    return tuple(found)


def _served(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    """Give where a page that takes complaints calls itself the brand's own: with the name alone it says whom about."""
    for place in first_named("title", parts(page.title, brand, names), brand, names):
        if place.words != place.matched:
            yield replace(place, words=page.title)
    yield from first_named("headline", [line for line in page.headings[:8] if len(line) > len(brand.names.primary) + 1],
                      brand, names)  # fmt: skip


def _identity(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    yield from first_named("site_name", (page.site_name,), brand, names)
    yield from first_named("logo", page.logo_words, brand, names)
    head, matched = masthead(page, brand, names)
    if matched:
        yield Place("line", head, matched)
    if page.copyright and not is_register_row(page.copyright):
        hits = mentions(page.copyright, brand, names)
        # The name a firm is known by stands below its own other sites too, so it counts where secrets are asked.
        named = bool(brand.owner) and brand.owner in page.copyright
        if named or (is_owner(page.copyright, brand) and SECRETS & set(page.asks)):
            yield Place("copyright", page.copyright, brand.owner)
        elif hits and not FAN.search(page.copyright) and not _spelt(page.copyright, hits[0]):
            yield Place("copyright", page.copyright, hits[0].matched)


def _spelt(line: str, hit: NameHit) -> bool:
    """Tell whether a Latin name only spells another one in Chinese letters that stands beside it (捷北 Jiebei 物流)."""
    return hit.matched.isascii() and bool(_HAN.search(left_of_notice(line[: hit.start] + " " + line[hit.end :])))


def _subject(page: PageFacts, brand: Brand, names: Pack, *, theirs: bool) -> Iterator[Place]:
    """Give the places where the page speaks in the brand's name; `theirs` where it says that it is somebody else's."""
    taking = grabs(page)  # who asks for a card and its password warns of nobody, whatever stands above it
    # Who asks for an identity card and a bank card together is told from a shop by what else stands in its title.
    more = TAKEN if taking else TAKEN[1:2] if takes_all(page) else ()
    way = pays_for_goods(page, brand, names) or is_way_to_pay(page.title, brand, names)
    about = not taking and (way or _is_topic(page, brand, names, theirs=theirs))
    if not about and (taking or not speaks_about(page.title, brand, names, asking=not reaches(page))):
        for place in first_named("title", parts(page.title, brand, names), brand, names, *more):
            yield replace(place, words=page.title)
    yield from first_named(
        "headline", list(_headlines(page, brand, names, about=about, taking=taking)), brand, names, *more
    )
    signed = tuple(signed_as(page, brand, names))
    yield from signed
    if theirs or names_several(page.text, brand) or (not taking and owner(page, brand, names)):
        return  # running words and pictures of somebody else's page, or of one about several lenders, are no name of it
    if reaches(page) or takes_money(page):
        yield from addressed(page, brand, names, about=about)
    elif private_contact(page.text) and not signed:
        yield from branches(page, brand, names)
    yield from spoken(page, brand, names, about=about)
    yield from pictured(page, brand, names)


def _is_topic(page: PageFacts, brand: Brand, names: Pack, *, theirs: bool) -> bool:
    """Tell whether the title only says what the page is about: in the part of it where the brand stands."""
    if (theirs and _TOPIC.search(page.title)) or (not reaches(page) and is_catalogue(SITES.split(page.title)[-1])):
        return True
    named = [part for part in SITES.split(page.title) if mentions(part, brand, names)]
    if not reaches(page) and _is_filed(page.title, brand, names):
        return True
    about = [is_about(part) or is_value(part, brand, names) for part in named]
    # 某贷_某贷最新消息_某网: what one part of a title says of the name is said of the bare name beside it as well.
    if any(about) if not reaches(page) else (named and all(about)):
        return True
    return not reaches(page) and not private_contact(page.text) and explains(page.text[:SPOKEN])


def _is_filed(title: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a title files the bare name under a heading: 某贷 - 典型案例 - 法律服务, 客户故事 | 某行."""
    filed = SITES.split(title.strip())
    bare = any(self_name(part, brand, names) == part.strip() for part in filed)
    return bare and any(is_about(part) for part in filed if not mentions(part, brand, names))


def _headlines(page: PageFacts, brand: Brand, names: Pack, *, about: bool, taking: bool) -> Iterator[str]:
    """Give the headlines that may be a name; under a title that speaks about the brand, its bare name is a subject."""
    for line in page.headings[:8]:
        hits = mentions(line, brand, names)
        bare = bool(hits) and len(line.strip()) <= hits[0].end - hits[0].start + 1
        filed = is_catalogue(SITES.split(page.title)[-1]) or takes_payment(line, brand, names)
        topic = about and (bare or filed)
        if taking or not (topic or speaks_about(line, brand, names, asking=True)):
            yield line
