"""What the lines of a page say of who speaks: a branch's name, a line to a customer, words that introduce the brand."""

import re
from collections.abc import Iterator

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.detect.direct_speech import in_speech
from zhengben.detect.lexicon import listed
from zhengben.detect.masked import BRAND
from zhengben.detect.mention import mentions
from zhengben.detect.page_names import alike, is_about, is_labelled, private_contact, self_name
from zhengben.detect.page_owner import SPOKEN, parts
from zhengben.detect.page_place import (
    CAUTIOUS,
    MOST_LINES,
    TAKEN,
    WARY,
    Place,
    is_quoted,
    is_value,
    lists_lenders,
    reaches,
)  # fmt: skip
from zhengben.detect.page_role import grabs, in_a_list, takes_all
from zhengben.detect.reading import read_words
from zhengben.detect.title_words import FAN
from zhengben.names.api import Pack

SHORT = 16  # characters of a headline that is a name and little else
HEAD = 6  # lines of a text that are its head
LINE = 40  # characters of a line that may be a name and a message
MOST_PARTNERS, PARTNER = 12, 14  # names below a label of partners, and characters of one
_JOINED = re.compile(
    r"\s*[|·•:：_—–\-【】\[\]]\s*"
)  # what joins a name to what it says, unlike the commas of a sentence
_PAID_WITH, _PARTNERS = listed("paid_with"), listed("partners")
# A bank's name after these says whose account it is, not whose page.
_BANK_LABEL = re.compile(r"\s*(?:(?:开户|收款|付款|存管|合作|所属)(?:银行|行|机构)|银行(?:名称)?[:：])")
_WELCOMES = re.compile(
    rf"欢迎(?:您)?(?:使用|来到|登录|访问|加入|进入)\s?{BRAND}|welcome to {BRAND}|{BRAND}(?:诚?邀请?您|祝您|竭诚)|"
    rf"{BRAND}(?:官方|人工|在线|全国)?(?:客服|服务)(?:热线|中心|电话)"
)


def branches(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    """Give a title or headline that calls itself a branch of the brand's, on a page with somebody's own number."""
    if read_words(page.text[:SPOKEN], brand, names).stance >= CAUTIOUS:
        return
    for line in (page.title, *parts(page.title, brand, names), *page.headings[:4]):
        known = is_about(line) or self_name(line, brand, names)  # counted where it stands
        matched = "" if known else self_name(line, brand, names, "branch")
        if matched:
            yield Place("branch", line, matched)
            return


def signed_as(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
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


def addressed(page: PageFacts, brand: Brand, names: Pack, *, about: bool) -> Iterator[Place]:
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
        value = is_labelled(line, brand, names) or is_value(line, brand, names)
        value = value or (is_quoted(line, page) and not grabs(page))
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


def spoken(page: PageFacts, brand: Brand, names: Pack, *, about: bool) -> Iterator[Place]:
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
        if not grabs(page) and is_quoted(whole[start:end], page):
            return
        yield Place("words", whole[start:end][:160], whole[start:end][:40])
        return
    for act in reading.live("introduces", "official_claim", "addresses", "signature"):
        words = whole[act.start : act.end]
        if in_speech(whole, act.start, act.end):
            continue
        if _PAID_WITH.search(_line_of(whole, act.start, act.end)):
            continue  # a shop tells its buyer that he cannot pay so: 您的花呗额度不足，请更换支付方式
        if _listed(words, act.start, whole, brand, names) or (not grabs(page) and is_quoted(words, page)):
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
