"""What a page wants of its visitor besides secrets: money first, a chat elsewhere; and what it lures with.

The words are those of `lexicon`; they count only where they are meant (see `scope`), and a page that warns, reports or
complains means none of them.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import SECRETS, PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect import false_number, trade
from zhengben.detect.mention import mentions
from zhengben.detect.page_number import headed_number
from zhengben.detect.page_owner import disclaims, owner
from zhengben.detect.page_place import heading, names_several, only_offered
from zhengben.detect.page_role import is_thread, paid_words, takes_money
from zhengben.detect.page_seller import REACHED, UNREACHED, headed_sale, sells_in_head
from zhengben.detect.page_tender import cashes, is_way_to_pay, only_paid_with
from zhengben.detect.page_words import own_places
from zhengben.detect.reading import Act, Reading, in_earnest, read
from zhengben.names.api import Pack

SEES = ("page",)
PAID = 40  # what a demand weighs that names the account
VAGUE = 30  # what words of service weigh on a page, whose form is a way to reach it whatever it is about
OWN_FEE = 35  # what a fee weighs in a lender's own name: none asks for money before it pays any out
GIVEN = 30  # what a number weighs that a page gives out which does not speak as the brand
LOOSE = 15  # what words weigh that stand on somebody else's page
_WORDS = (("page_asks_fee", "fee", 25), ("page_lures", "lure", 10), ("page_presses", "pressure", 5))
_LINES, _ENDS, _LONGEST = re.compile(r"\n"), re.compile(r"[。！？!?；;\n]"), 400
_GENERAL = frozenset({"service", "fee"})  # ways of selling whose words every office uses
_CHATS = frozenset({"qq", "wechat", "telegram", "phone"})


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one reason a kind of demand; and that it sells what only the brand can give, where it claims no more."""
    page = sighting.page
    if page is None:
        return []
    reading = read(sighting, brand, names)
    own = bool(own_places(page, brand, names)) and not disclaims(page, brand, names)
    if not (reading.names_brand or own) or (page.published and not own):
        return []
    about = _About(sighting, brand, names, own=own)
    reasons = _demands(sighting, reading, about)
    # A city guide, a table of hotlines and a shop give numbers out, too: for a person, unless the brand itself speaks.
    headed = headed_number(sighting, brand, names)  # told by page_number
    numbers = [] if headed else false_number.detect(sighting, brand, names)
    reasons += numbers if own else [replace(one, weight=min(one.weight, GIVEN)) for one in numbers]
    if own or only_offered(page, brand, names) or only_paid_with(page, brand, names):
        return reasons
    return reasons + _sales(page, reading, about)


def _sales(page: PageFacts, reading: Reading, about: "_About") -> list[Reason]:
    """Give what the page sells in its words, or in its headline where those weigh less."""
    sighting = about.sighting
    sales = [reason for sold in trade.sold(sighting, reading, about.ours) for reason in _sale(page, sold, about)]
    headed = sells_in_head(page, about.brand, about.names)
    if headed and not any(sale.weight >= REACHED for sale in sales):
        sales = headed_sale(page, sighting.text, headed, reached=about.reached) or sales
    return sales


def _sale(page: PageFacts, sold: Reason, about: "_About") -> list[Reason]:
    """Give an offer with the weight it has on such a page; none where it is the page's own business or idle."""
    # Words that everybody uses, on a page about several lenders: a law firm's, an adviser's, a comparison.
    if _idle(page, sold) or (_vague(sold) and names_several(page.text, about.brand)):
        return []
    if is_way_to_pay(page.title, about.brand, about.names) and not cashes(page):
        return []  # what is sold is a thing: the brand is how it is had
    if _vague(sold) and SECRETS & set(page.asks):
        return []  # a form of somebody who names himself nowhere weighs by what it asks, and is for a person
    if is_thread(page) or about.loosely(sold):
        if sells_in_head(page, about.brand, about.names):
            return [sold] if about.reached else [replace(sold, weight=min(sold.weight, UNREACHED))]
        # On the page of somebody else, with no way to reach whoever says it: for a person, never a charge.
        return [] if page.asks else [replace(sold, weight=LOOSE)]
    return [replace(sold, weight=min(sold.weight, VAGUE)) if _vague(sold) else sold]


@dataclass(frozen=True)
class _About:
    """What on a page is about the brand: all of it where the page is the brand's by its own account or about it alone.

    On a page that names another owner only what stands in one line with the brand's name is; the rest is his own trade.
    """

    sighting: Sighting
    brand: Brand
    names: Pack
    own: bool

    @cached_property
    def theirs(self) -> bool:
        """Tell whether the page names an owner who is not the brand."""
        page = self.sighting.page
        return not self.own and page is not None and bool(owner(page, self.brand, self.names))

    @cached_property
    def reached(self) -> bool:
        """Tell whether the page gives any way to reach whoever runs it."""
        return any(contact.kind in _CHATS for contact in self.sighting.contacts)

    @cached_property
    def headed(self) -> bool:
        """Tell whether title or headlines name the brand."""
        page = self.sighting.page
        return page is not None and bool(mentions(heading(page), self.brand, self.names))

    @cached_property
    def _spans(self) -> tuple[tuple[int, int], ...]:
        return tuple((hit.start, hit.end) for hit in mentions(self.sighting.text, self.brand, self.names))

    def beside(self, start: int, end: int) -> bool:
        """Tell whether the name stands in the sentence of some words."""
        first, last = self._line(start, end, _ENDS)
        return any(first <= left and right <= last for left, right in self._spans)

    def _reached(self, start: int, end: int) -> bool:
        first, last = self._line(start, end)
        return any(c.kind in _CHATS and first <= c.start and c.end <= last for c in self.sighting.contacts)

    def _line(self, start: int, end: int, ends: re.Pattern[str] = _LINES) -> tuple[int, int]:
        text = self.sighting.text
        before = [match.end() for match in ends.finditer(text, max(0, start - _LONGEST), start)]
        after = ends.search(text, end)
        return before[-1] if before else max(0, start - _LONGEST), after.start() if after else len(text)

    def ours(self, act: Act) -> bool:
        """Tell whether an act is about the brand: in its sentence, or near its name on a page headed with it.

        What stands in a side box, an advertisement or a comment is nobody's word about what the page is headed with.
        """
        return self.beside(act.start, act.end) or (self.headed and self._near(act))

    def _near(self, act: Act) -> bool:
        """Tell whether the name stands in the line of some words or in one beside it."""
        first, last = self._line(act.start, act.end)
        first, last = self._line(max(0, first - 1), min(len(self.sighting.text), last + 1))
        return any(first <= left and right <= last for left, right in self._spans)

    def loosely(self, reason: Reason) -> bool:
        """Tell whether words on somebody else's page lack the brand's name or a contact in their own line."""
        start, end = int(str(reason.facts["start"])), int(str(reason.facts["end"]))
        return self.theirs and not (self.beside(start, end) and self._reached(start, end))

    def meant(self, act: Act) -> bool:
        """Tell whether a demand is made in the brand's matter: not what an owner asks for his own."""
        return self.own or not self.theirs or self.beside(act.start, act.end)


def _vague(reason: Reason) -> bool:
    return reason.facts.get("how") in _GENERAL


def _idle(page: PageFacts, reason: Reason) -> bool:
    """Tell whether words of the trade stand there without price or contact, on a page whose form serves its own end."""
    return reason.facts.get("how") == "words" and bool(page.asks)


def _demands(sighting: Sighting, reading: Reading, about: _About) -> list[Reason]:
    reasons = [reason for word in _WORDS if (reason := _wanted(sighting, reading, about, word))]
    till = _till(sighting) if about.own else []
    reasons = [reason for reason in reasons if not (till and reason.code == "page_asks_fee")]
    return reasons + till + _chats(sighting, reading, about)


def _wanted(sighting: Sighting, reading: Reading, about: _About, word: tuple[str, str, int]) -> Reason | None:
    """Give the first words of one kind of demand that are meant."""
    code, name, weight = word
    meant = (act for act in reading.live(name) if about.meant(act))
    act = next((act for act in meant if about.own or in_earnest(reading, act)), None)
    if act is None:
        return None
    if name == "fee" and about.own and about.brand.finance:
        weight = OWN_FEE
    return Reason(code, weight, {"words": sighting.text[act.start : act.end][:60], "start": act.start, "end": act.end})


def _chats(sighting: Sighting, reading: Reading, about: _About) -> list[Reason]:
    """Give the ways to write to whoever runs the page; an owner's own telephone below another matter is none."""
    starts = {contact.start for contact in reading.reaches()}
    chats = [c for c in sighting.contacts if c.kind in _CHATS and c.start in starts]
    chats = [chat for chat in chats if about.headed or about.meant(Act("contact", chat.start, chat.end))]
    if not chats:
        return []
    # One way to write may be an author's; a page in the brand's own name that gives several of them is an office.
    several = about.own and len({chat.kind for chat in chats}) > 1
    facts = {"kind": chats[0].kind, "value": chats[0].value, "kinds": sorted({chat.kind for chat in chats})}
    return [Reason("page_asks_contact", 35 if several else 20, facts)]


def _till(sighting: Sighting) -> list[Reason]:
    """Give the demand of a page in the brand's name that wants money on an account it names."""
    page = sighting.page
    return [Reason("page_asks_fee", PAID, {"words": paid_words(page)})] if page and takes_money(page) else []
