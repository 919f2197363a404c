"""What a page wants of its visitor besides secrets: money first, a chat elsewhere; and what it lures with.

The words are those of `lexicon`; they count only where they are meant (see `scope`), and a page that warns, reports or
complains means none of them.
"""

from dataclasses import replace

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect import false_number, trade
from zhengben.detect.page_role import is_thread, paid_words, takes_money
from zhengben.detect.page_words import names_several, only_offered, own_places
from zhengben.detect.reading import Reading, in_earnest, read
from zhengben.names.api import Pack

SEES = ("page",)
PAID = 40  # what a demand weighs that names the account
VAGUE = 30  # what words of service weigh on a page, whose form is a way to reach it whatever it is about
_WORDS = (("page_asks_fee", "fee", 25), ("page_lures", "lure", 10), ("page_presses", "pressure", 5))
_GENERAL = frozenset({"service", "fee"})  # ways of selling whose words every office uses
_CHATS = frozenset({"qq", "wechat", "telegram", "phone"})


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one reason a kind of demand; and that it sells what only the brand can give, where it claims no more."""
    page = sighting.page
    if page is None:
        return []
    reading = read(sighting, brand, names)
    own = bool(own_places(page, brand, names))
    if not (reading.names_brand or own):
        return []
    quiet = page.published and not own
    reasons = [] if quiet else _demands(sighting, reading, own=own)
    if not quiet:
        reasons += false_number.detect(sighting, brand, names)
    if not own and not quiet and not only_offered(page, brand, names):
        sold = trade.detect(sighting, brand, names)
        # Words that everybody uses, on a page about several lenders: a law firm's, an adviser's, a comparison.
        general, thread = names_several(page.text, brand), is_thread(page)
        reasons += [
            replace(reason, weight=min(reason.weight, VAGUE)) if thread or _vague(reason) else reason
            for reason in sold if not (general and _vague(reason)) and not _idle(page, reason)
        ]  # fmt: skip
    return reasons


def _vague(reason: Reason) -> bool:
    return reason.facts.get("how") in _GENERAL


def _idle(page: PageFacts, reason: Reason) -> bool:
    """Tell whether words of the trade stand there without price or contact, on a page whose form serves its own end."""
    return reason.facts.get("how") == "words" and bool(page.asks)


def _demands(sighting: Sighting, reading: Reading, *, own: bool) -> list[Reason]:
    reasons = []
    for code, name, weight in _WORDS:
        act = next((act for act in reading.live(name) if own or in_earnest(reading, act)), None)
        if act:
            words = sighting.text[act.start : act.end][:60]
            reasons.append(Reason(code, weight, {"words": words, "start": act.start, "end": act.end}))
    till = _till(sighting) if own else []
    reasons = [reason for reason in reasons if not (till and reason.code == "page_asks_fee")] + till
    starts = {contact.start for contact in reading.reaches()}
    chats = [c for c in sighting.contacts if c.kind in _CHATS and c.start in starts]
    if chats:
        # One way to write may be an author's; a page in the brand's own name that gives several of them is an office.
        several = own and len({chat.kind for chat in chats}) > 1
        facts = {"kind": chats[0].kind, "value": chats[0].value, "kinds": sorted({chat.kind for chat in chats})}
        reasons.append(Reason("page_asks_contact", 35 if several else 20, facts))
    return reasons


def _till(sighting: Sighting) -> list[Reason]:
    """Give the demand of a page in the brand's name that wants money on an account it names."""
    page = sighting.page
    return [Reason("page_asks_fee", PAID, {"words": paid_words(page)})] if page and takes_money(page) else []
