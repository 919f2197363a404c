"""Who speaks on a page that names nobody but the brand, wherever the trace of the name stands.

Without its logo a false page carries the name in a title that goes on after it (某贷审核中, 某贷放款专员), in a line
to its customer, at the foot, in a contract's party or in what search engines are told. Any of them heads the page,
unless it speaks about the name or somebody else owns the page.
"""

from collections.abc import Sequence
from typing import NamedTuple

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.detect.demands import HARD, Demand, part
from zhengben.detect.direct_speech import in_speech
from zhengben.detect.lexicon import listed
from zhengben.detect.masked import BRAND
from zhengben.detect.page_names import (
    alike,
    explains,
    folded,
    is_about,
    is_labelled,
    is_owner,
    self_name,
    speaks_of_money,
)
from zhengben.detect.page_owner import LONGEST, SPOKEN, disclaims, is_lender, owner
from zhengben.detect.page_place import (
    WARY,
    heading,
    is_quoted,
    lists_lenders,
    names_several,
    only_offered,
    speaks_about,
)
from zhengben.detect.page_role import grabs, hears_complaints, in_a_list, is_complaints_desk, is_thread, takes_purse
from zhengben.detect.page_tender import is_way_to_pay, only_paid_with, pays_for_goods, takes_payment
from zhengben.detect.page_words import own_places
from zhengben.detect.reading import Reading, read_words
from zhengben.names.api import Pack

HEADLINES, HEAD, FOOT = 4, 8, 6  # headlines, and lines at the head and foot of a text, in which a page says who speaks
_SAID = ("introduces", "official_claim", "addresses", "signature", "calls_as", "opens")
_PAID_WITH, _REPORTED = listed("paid_with"), listed("number_reported")
_SHOWN = 60
MOST_PICTURES = 40  # words of pictures that are looked at
LINE = 160  # characters of a line in which the name is looked for
_TAKES = frozenset({"pay", "payee", "till", "secret", "grab", "contact"})  # what an agent who is none is after


class Heard(NamedTuple):
    """All words of a page as they are shown, and how they are read."""

    words: str
    reading: Reading


def speaker(page: PageFacts, heard: Heard, brand: Brand, names: Pack, wanted: Sequence[Demand]) -> str:
    """Give the line by which a page speaks as the brand while it demands something, or an empty string.

    A private chat alone counts only under a name the page gives itself: whoever
    writes about the brand has one. Who hires asks for no money, so a job is a topic unless it does.
    """
    kinds = {one.kind for one in wanted}
    # A person's card, or what opens a purse under the brand's name, is asked by no office, whatever it calls itself.
    headed = takes_purse(page) and alike(heading(page), brand, names)
    nobody = "payee" in kinds or (kinds & HARD and (headed or not owner(page, brand, names)))
    # Who translates a bank's papers may be paid on his own card; a title about the brand speaks as it where he lends.
    lends = takes_purse(page) or part("lending").search(folded(page.text[:SPOKEN]))
    topics = "payee" in kinds and bool(lends)
    taken = _anywhere(page, brand, names, topics=topics) if nobody else ""
    # Who names himself may well hire for the brand or examine its people; none of them takes a purse, or lends.
    acts = kinds & HARD or (kinds & _TAKES and (_lends(wanted) or not owner(page, brand, names)))
    taken = taken or (_acts_for(page, heard, brand, names, sure=bool(kinds & HARD)) if acts else "")
    asked = [one for one in wanted if one.kind not in HARD]
    if taken or not asked or _is_of_others(page, heard.reading, brand, names):
        return taken
    return _in_its_name(page, heard, brand, names, asked)


def _in_its_name(page: PageFacts, heard: Heard, brand: Brand, names: Pack, wanted: Sequence[Demand]) -> str:
    """Give the line by which a page that nobody else owns speaks as the brand."""
    own = next((one.words for one in wanted if one.kind != "agency" and one.named and one.reached), "")
    kinds = {one.kind for one in wanted}
    head = [line for line in (page.title, *page.headings[:HEADLINES]) if alike(line, brand, names)]
    if any(_is_topic(_unhired(line) if "pay" in kinds else line, brand, names) for line in head):
        return own if kinds & {"secret", "pay"} else ""
    places = own_places(page, brand, names)
    if kinds <= {"contact"}:
        if not speaks_of_money("\n".join((*head, page.text[:SPOKEN], *page.image_words)), brand, names):
            return ""
        return places[0].words if places else next((line for line in head if _is_desk(line, brand, names)), "")
    return next((line for line in head if len(line) <= LONGEST), "") or _elsewhere(page, heard, brand, names)


def _anywhere(page: PageFacts, brand: Brand, names: Pack, *, topics: bool) -> str:
    """Give the first line that names the brand on a page whose deed no owner explains but another lender's business.

    `topics` tells whether a line that speaks about the brand counts too.
    """
    if _deals_itself(page, brand, names) or is_thread(page) or disclaims(page, brand, names):
        return ""
    if _REPORTED.search(heading(page)) and not takes_purse(page):
        return ""  # whoever exposes accounts of swindlers lists them
    label = next((one for one in _labels(page) if alike(one[:LINE], brand, names)), "")
    lines = (page.title, *page.headings[:HEADLINES], *page.text[:SPOKEN].split("\n"))
    line = next((line for line in lines if _names(line, page, brand, names, topics=topics)), label)
    return line[:_SHOWN]


def _acts_for(page: PageFacts, heard: Heard, brand: Brand, names: Pack, *, sure: bool) -> str:
    """Give the words with which a page says that it acts for the brand, whoever else it says it is.

    `sure` tells whether what it takes leaves no doubt: then it tells and warns of nothing.
    """
    if disclaims(page, brand, names) or is_thread(page):
        return ""
    if not sure and (page.published or _tells(heard.reading)):
        return ""
    said = (heard.reading, *(read_words(words, brand, names) for words in page.image_words[:MOST_PICTURES]))
    found = (_acting(reading) for reading in said)
    return next((words.replace(BRAND, brand.names.primary) for words in found if words), "")


def _acting(reading: Reading) -> str:
    scopes, text = reading.scopes, reading.masked.text[:SPOKEN]
    for match in part("speaks_for").finditer(text):
        if in_speech(reading.masked.text, *match.span()):
            continue
        if not scopes.muted(*match.span()) and not scopes.muted_inside(*match.span()):
            return match[0][:_SHOWN]
    return ""


def _names(line: str, page: PageFacts, brand: Brand, names: Pack, *, topics: bool) -> bool:
    if not line or line in page.choices or any(line in quotation for quotation in page.quoted):
        return False
    spans = [span for span in alike(line[:LINE], brand, names) if not _is_bank(line, *span)]
    if all(in_a_list(line, start, end) for start, end in spans):
        return False
    return topics or not (_is_topic(line[:LINE], brand, names) or _PAID_WITH.search(line))


def _lends(wanted: Sequence[Demand]) -> bool:
    """Tell whether something is demanded for a loan, a limit or a payout."""
    return any(one.kind in _TAKES and part("lending").search(folded(one.words)) for one in wanted)


def _is_bank(line: str, start: int, end: int) -> bool:
    """Tell whether a name in a line says at which bank an account is: 开户行：某行; 某行 账号 and digits."""
    return bool(part("bank_before").search(line[:start]) or part("bank_after").match(line[end:]))


def _labels(page: PageFacts) -> tuple[str, ...]:
    return tuple(field.label for form in page.forms for field in form.fields)


def _deals_itself(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether a page is a lender's, a bank's or a shop's own, or shows several of them."""
    if is_lender(owner(page, brand, names), brand, names) or lists_lenders(page, brand, names):
        return True
    if is_complaints_desk(page) and "pay_password" not in page.asks:
        return True
    if names_several(page.text, brand) or only_offered(page, brand, names):
        return True
    return only_paid_with(page, brand, names) or pays_for_goods(page, brand, names)


def _unhired(line: str) -> str:
    """Give a headline without the words by which somebody is hired."""
    return part("hires").sub(" ", folded(line))


def _is_desk(line: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a headline begins with the brand's name and goes on as a desk or a business of a lender's does."""
    spans = alike(line, brand, names)
    begins = not line[: spans[0][0]].strip("【[(（ ") and len(line.strip()) > spans[0][1] + 1
    return begins and bool(self_name(line, brand, names, "state", "branch", "desk"))


def _is_of_others(page: PageFacts, reading: Reading, brand: Brand, names: Pack) -> bool:
    """Tell whether the page has an owner, many voices, lenders or goods to list, or warns and reports."""
    if disclaims(page, brand, names) or is_thread(page) or hears_complaints(page):
        return True
    if owner(page, brand, names) or lists_lenders(page, brand, names) or names_several(page.text, brand):
        return True
    if only_offered(page, brand, names) or only_paid_with(page, brand, names) or pays_for_goods(page, brand, names):
        return True
    if grabs(page):
        return False
    tells = _tells(reading) and not own_places(page, brand, names)
    return page.published or explains(page.text[:SPOKEN]) or tells


def _tells(reading: Reading) -> bool:
    """Tell whether a text warns, reports or complains: who calls its reader borrows the words of courts and police."""
    counts = reading.weighed
    warned = counts["warning"] + counts["complaint"]
    return warned >= WARY - 2 or warned + counts["news"] >= WARY + (WARY if reading.addressed else 0)


def _is_topic(line: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a headline speaks about the brand or names it beside something else."""
    return (
        is_about(line)
        or is_labelled(line, brand, names)
        or speaks_about(line, brand, names, asking=True)
        or takes_payment(line, brand, names)
        or is_way_to_pay(line, brand, names)
    )


def _elsewhere(page: PageFacts, heard: Heard, brand: Brand, names: Pack) -> str:
    """Give what says who speaks below the headlines: words for search engines, parties and signatures, greetings."""
    told = page.description
    if 0 < len(told) <= LONGEST and alike(told, brand, names) and not _is_topic(told, brand, names):
        return told
    rows = page.text[:SPOKEN].split("\n")
    lines = dict.fromkeys((*rows[:HEAD], *rows[-FOOT:]))
    party = next((line for line in lines if len(line) <= LONGEST and _is_party(line, brand, names)), "")
    return party or _said(page, heard) or next((place.words for place in own_places(page, brand, names)), "")


def _is_party(line: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a line names the brand or its owner as a party to a contract or as who signs (甲方（出借方）：…)."""
    label, colon, value = line.replace(":", "：").partition("：")
    if not (colon and part("party").search(folded(label))):
        return False
    return is_owner(value.strip(), brand) or any(
        not in_a_list(value, start, end) for start, end in alike(value, brand, names)
    )


def _said(page: PageFacts, heard: Heard) -> str:
    """Give the words with which a text introduces itself as the brand or speaks to its customers, and quotes nobody."""
    if not heard.reading.names_brand:
        return ""  # a clerk who gives no name is nobody's of the brand
    acts = (act for act in heard.reading.live(*_SAID) if not in_speech(heard.words, act.start, act.end))
    said = (" ".join(heard.words[act.start : act.end].split())[:_SHOWN] for act in acts)
    return next((words for words in said if not is_quoted(words, page)), "")
