"""Whose name stands where on a page: the brand as the page's own name, or as the thing it speaks about.

A title is taken apart at its separators; a part in which the brand stands with nothing but words of service (官网,
下载, 客服, 申请) is a name the page gives itself. `微粒贷官网` is;
`微粒贷靠谱吗` and `微粒贷投诉吧` are not.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import SECRETS, PageFacts
from zhengben.detect.lexicon import listed
from zhengben.detect.masked import BRAND
from zhengben.detect.mention import mentions
from zhengben.detect.page_masthead import masthead
from zhengben.detect.page_names import (
    alike,
    explains,
    is_about,
    is_catalogue,
    is_labelled,
    is_owner,
    is_register_row,
    is_service,
    left_of_notice,
    private_contact,
    self_name,
)  # fmt: skip
from zhengben.detect.page_owner import SITES, SPOKEN, another, is_lender, owner, parts
from zhengben.detect.page_role import grabs, hears_complaints, in_a_list, takes_all, takes_money
from zhengben.detect.page_tender import pays_for_goods, takes_payment
from zhengben.detect.reading import read_words
from zhengben.detect.site_app import without_own_app
from zhengben.detect.title_words import FAN
from zhengben.detect.wordmark import drawn, surely
from zhengben.names.api import Pack
from zhengben.names.hits import NameHit

WORDY = 400  # characters of a page's own text above which its pictures only illustrate
CAUTIOUS = 2  # words of warning, news or complaint from which a page speaks about the brand
MOST_TOLD = 60  # words outside the text that are looked at
# Tables of words that may stand beside the name where a page reaches for people; the first only where it grabs.
TAKEN = ("cover", "state", "branch", "desk")
SHORT = 16  # characters of a headline that is a name and little else
HEAD = 6  # lines of a text that are its head
MOST_LINES = 60  # lines of a page's text that are looked at one by one
LINE = 40  # characters of a line that may be a name and a message
WARY = 4  # words of warning, news or complaint from which single lines are not held against a page
OTHER_LENDERS = 2
_WEAK_TOLD = frozenset({"meta", "spare"})  # what the visitor of a working page does not see
_PRODUCTS = listed("products")
_TOPIC = re.compile(r"[:：]\s*\S{4,}")  # a colon after a name begins what is said of it: 借呗：已还清仍显示逾期
_JOINED = re.compile(
    r"\s*[|·•:：_—–\-【】\[\]]\s*"
)  # what joins a name to what it says, unlike the commas of a sentence
_PAID_WITH, _PARTNERS = listed("paid_with"), listed("partners")
MOST_PARTNERS, PARTNER = 12, 14  # names below a label of partners, and characters of one
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_LOGO_FILE = re.compile(r"logo|brand|title|banner|head|icon", re.IGNORECASE)
# A bank's name after these says whose account it is, not whose page.
_BANK_LABEL = re.compile(r"\s*(?:(?:开户|收款|付款|存管|合作|所属)(?:银行|行|机构)|银行(?:名称)?[:：])")
_WELCOMES = re.compile(
    rf"欢迎(?:您)?(?:使用|来到|登录|访问|加入|进入)\s?{BRAND}|welcome to {BRAND}|{BRAND}(?:诚?邀请?您|祝您|竭诚)|"
    rf"{BRAND}(?:官方|人工|在线|全国)?(?:客服|服务)(?:热线|中心|电话)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the page gives itself the brand's name: where, its words, and what in them is the name."""

    where: str  # title, site_name, logo, copyright, headline, words, picture, told, file, line
    words: str
    matched: str


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
    for place in _first("title", parts(page.title, brand, names), brand, names):
        if place.words != place.matched:
            yield replace(place, words=page.title)
    yield from _first("headline", [line for line in page.headings[:8] if len(line) > len(brand.names.primary) + 1],
                      brand, names)  # fmt: skip


def _identity(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    yield from _first("site_name", (page.site_name,), brand, names)
    yield from _first("logo", page.logo_words, brand, names)
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
    about = not taking and (_is_topic(page, brand, names, theirs=theirs) or pays_for_goods(page, brand, names))
    if not about and (taking or not speaks_about(page.title, brand, names, asking=not reaches(page))):
        for place in _first("title", parts(page.title, brand, names), brand, names, *more):
            yield replace(place, words=page.title)
    yield from _first("headline", list(_headlines(page, brand, names, about=about, taking=taking)), brand, names, *more)
    signed = tuple(_signed(page, brand, names))
    yield from signed
    if theirs or names_several(page.text, brand) or (not taking and owner(page, brand, names)):
        return  # running words and pictures of somebody else's page, or of one about several lenders, are no name of it
    if reaches(page) or takes_money(page):
        yield from _addressed(page, brand, names, about=about)
    elif private_contact(page.text) and not signed:
        yield from _branch(page, brand, names)
    yield from _spoken(page, brand, names, about=about)
    yield from _pictured(page, brand, names)


def _is_topic(page: PageFacts, brand: Brand, names: Pack, *, theirs: bool) -> bool:
    """Tell whether the title only says what the page is about: in the part of it where the brand stands."""
    if (theirs and _TOPIC.search(page.title)) or (not reaches(page) and is_catalogue(SITES.split(page.title)[-1])):
        return True
    named = [part for part in SITES.split(page.title) if mentions(part, brand, names)]
    if not reaches(page) and _is_filed(page.title, brand, names):
        return True
    about = [is_about(part) or _is_value(part, brand, names) for part in named]
    # 某贷_某贷最新消息_某网: what one part of a title says of the name is said of the bare name beside it as well.
    if any(about) if not reaches(page) else (named and all(about)):
        return True
    return not reaches(page) and not private_contact(page.text) and explains(page.text[:SPOKEN])


def _is_filed(title: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a title files the bare name under a heading: 某贷 - 典型案例 - 法律服务, 客户故事 | 某行."""
    filed = SITES.split(title.strip())
    bare = any(self_name(part, brand, names) == part.strip() for part in filed)
    return bare and any(is_about(part) for part in filed if not mentions(part, brand, names))


def _is_value(part: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a colon stands before the name, after words that are no service's: 市场观察：花呗."""
    before, colon, after = unicodedata.normalize("NFKC", part).partition(":")
    return (
        bool(colon)
        and not mentions(before, brand, names)
        and bool(mentions(after, brand, names))
        and not is_service(before)
    )


def _headlines(page: PageFacts, brand: Brand, names: Pack, *, about: bool, taking: bool) -> Iterator[str]:
    """Give the headlines that may be a name; under a title that speaks about the brand, its bare name is a subject."""
    for line in page.headings[:8]:
        hits = mentions(line, brand, names)
        bare = bool(hits) and len(line.strip()) <= hits[0].end - hits[0].start + 1
        filed = is_catalogue(SITES.split(page.title)[-1]) or takes_payment(line, brand, names)
        topic = about and (bare or filed)
        if taking or not (topic or speaks_about(line, brand, names, asking=True)):
            yield line


def _branch(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    """Give a title or headline that calls itself a branch of the brand's, on a page with somebody's own number."""
    if read_words(page.text[:SPOKEN], brand, names).stance >= CAUTIOUS:
        return
    for line in (page.title, *parts(page.title, brand, names), *page.headings[:4]):
        known = is_about(line) or self_name(line, brand, names)  # counted where it stands
        matched = "" if known else self_name(line, brand, names, "branch")
        if matched:
            yield Place("branch", line, matched)
            return


def _signed(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    """Give a title that is a branch's name and nothing else, shown again as the headline above a private number.

    Whoever carries the page adds his own name to the title; without one, what stands around it unsays nothing.
    """
    if not private_contact(page.text) or is_about(page.title) or self_name(page.title, brand, names):
        return
    if read_words(page.text[:SPOKEN], brand, names).stance >= WARY:
        return
    matched = self_name(page.title, brand, names, "branch")
    if matched and any(self_name(line, brand, names, "branch") for line in page.headings[:2]):
        yield Place("branch", page.title, matched)


def _addressed(page: PageFacts, brand: Brand, names: Pack, *, about: bool) -> Iterator[Place]:
    """Give a line that is the brand's name and what a lender tells its customer, on a page that reaches for secrets."""
    taking = grabs(page)
    if lists_lenders(page, brand, names):
        return
    if read_words(page.text, brand, names).stance >= WARY and not taking:
        return
    more = TAKEN if taking else TAKEN[1:3]
    for line in _lines(page, brand, names):
        for part in (line, *_JOINED.split(line)):
            matched = "" if _plain(part) in _offered(page) else self_name(part, brand, names, *more)
            if matched and not (about and matched == line.strip()):
                yield Place("line", line, matched)
                return
    if not about and takes_all(page):
        yield from _begins(page, brand, names)


def _begins(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    """Give a short title or headline that begins with the name, on a page that asks for all that opens an account.

    Whoever asks that much below somebody's name speaks in it, whatever the rest of the line says.
    """
    for line in (page.title, *page.headings[:3]):
        spans = alike(line, brand, names) if len(line) <= SHORT and not FAN.search(line) else []
        if spans and not (line[: spans[0][0]].strip("【[(（ ") or is_about(line)):
            yield Place("line", line, line[spans[0][0] : spans[0][1]])
            return


def _lines(page: PageFacts, brand: Brand, names: Pack) -> Iterator[str]:
    """Give title, headlines and lines in which a page may say who speaks; of one that only wants money, its head."""
    text = unlisted(page.text[:SPOKEN].split("\n")[: MOST_LINES if reaches(page) else HEAD])
    for line in (page.title, *page.headings[:8], *text):
        value = is_labelled(line, brand, names) or _is_value(line, brand, names)
        value = value or (_is_quoted(line, page) and not grabs(page))
        if len(line) <= LINE and not _BANK_LABEL.match(line) and not value:
            yield line


def unlisted(lines: list[str]) -> Iterator[str]:
    """Leave out the short lines below a label of other firms (合作机构：): a name in such a list is a partner's."""
    left = 0
    for line in lines:
        if _PARTNERS.match(line):
            left = MOST_PARTNERS
        elif left and len(line) <= PARTNER:
            left -= 1
        else:
            left = 0
            yield line


def _offered(page: PageFacts) -> frozenset[str]:
    return frozenset(_plain(choice) for choice in page.choices)


def _plain(words: str) -> str:
    return words.replace(" ", "")


def _pictured(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    """Give a line read in a picture that is the brand's name, and one shown outside the document's text.

    Only where such things are what the page says: a short page that neither warns nor reports, or one that reaches for
    secrets. Pictures and labels of a page full of words illustrate, and one that shows the names of several lenders
    is a list of them.
    """
    said = "\n".join((page.text[:SPOKEN], *(line.text for line in page.read[:MOST_TOLD])))
    wary = read_words(said, brand, names).stance >= CAUTIOUS
    if ((len(page.text) > WORDY or wary) and not reaches(page)) or lists_lenders(page, brand, names):
        return
    yield from _first("picture", list(drawn(page, brand, names)), brand, names)
    sure = next((line.doubted for line in page.read[:MOST_TOLD] if surely(line, brand, names)), "")
    if sure:
        yield Place("picture", sure, sure)
    row = _is_row(page, brand, names)
    told = [
        one.words for one in page.told
        if (one.where not in _WEAK_TOLD or reaches(page)) and not (row and one.where == "alt")
    ]  # fmt: skip
    told += [page.description] if grabs(page) else []
    yield from _first("told", told[:MOST_TOLD], brand, names)
    if reaches(page):
        yield from _filed(page, brand, names)


def _is_row(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether the brand's picture stands among those of other names: a row of partners or customers."""
    others = {one.words for one in page.told if one.where == "alt" and not mentions(one.words, brand, names)}
    return len([words for words in others if not is_service(words)]) >= OTHER_LENDERS


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


def _filed(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    """Give the name of a picture's file that holds the brand's name and says that it is a logo or a title."""
    for address in page.images[:MOST_TOLD]:
        file = unquote(address[:2000].split("?")[0].rsplit("/", 1)[-1])[:80]
        hits = mentions(file, brand, names) if _LOGO_FILE.search(file) and not address.startswith("data:") else ()
        if hits:
            yield Place("file", file, hits[0].matched)
            return


def _spoken(page: PageFacts, brand: Brand, names: Pack, *, about: bool) -> Iterator[Place]:
    """Give the first words in which the page introduces itself as the brand, or speaks to the brand's customers."""
    whole = "\n".join(("" if about else page.title, page.text[:SPOKEN]))
    reading = read_words(whole, brand, names)
    # What asks for secrets neither reports nor wonders, whatever words of news it is dressed in.
    # A caller's threats borrow the words of news: only warnings and complaints speak against his calling.
    doubts = reading.stances["warning"] + reading.stances["complaint"] if reading.calls_reader else reading.stance
    if not reaches(page) and (reading.stances["question"] or doubts >= CAUTIOUS):
        return
    welcome = _WELCOMES.search(reading.masked.text)
    if welcome and not reading.scopes.muted(*welcome.span()):
        start, end = reading.masked.span(*welcome.span())
        if not grabs(page) and _is_quoted(whole[start:end], page):
            return
        yield Place("words", whole[start:end][:160], whole[start:end][:40])
        return
    for act in reading.live("introduces", "official_claim", "addresses", "signature"):
        words = whole[act.start : act.end]
        if _PAID_WITH.search(_line_of(whole, act.start, act.end)):
            continue  # a shop tells its buyer that he cannot pay so: 您的花呗额度不足，请更换支付方式
        if _listed(words, act.start, whole, brand, names) or (not grabs(page) and _is_quoted(words, page)):
            continue
        yield Place("words", words[:160], words[:40])
        return


def _line_of(text: str, start: int, end: int) -> str:
    """Give the line in which some words stand."""
    last = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : last if last >= 0 else len(text)]


def _listed(words: str, start: int, whole: str, brand: Brand, names: Pack) -> bool:
    """Tell whether the name in some words is one of a row of names."""
    hits = mentions(words, brand, names)
    return bool(hits) and all(in_a_list(whole, start + hit.start, start + hit.end) for hit in hits)


def _is_quoted(words: str, page: PageFacts) -> bool:
    """Tell whether words stand in a marked quotation: whoever repeats what a page says is not that page."""
    said = " ".join(words.split())
    return any(said in quotation for quotation in page.quoted)


def speaks_about(line: str, brand: Brand, names: Pack, *, asking: bool) -> bool:
    """Tell whether a line warns, reports or complains about the brand, or (where `asking` counts) asks about it."""
    reading = read_words(line, brand, names)
    return reading.stance > 0 or (asking and (reading.stances["question"] > 0 or bool(FAN.search(line))))


def _first(where: str, lines: Sequence[str], brand: Brand, names: Pack, *more: str) -> Iterator[Place]:
    for line in lines:
        matched = self_name(line, brand, names, *more)
        if matched:
            yield Place(where, line, matched)
            return


def reaches(page: PageFacts) -> bool:
    """Tell whether a page asks for strong secrets or hands out an app file: what no article about a brand does."""
    return bool(SECRETS & set(page.asks)) or any(link.hands_out for link in page.links)


def heading(page: PageFacts) -> str:
    """Give title and headlines as one text."""
    return "\n".join((page.title, *page.headings[:8]))
