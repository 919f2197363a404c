"""Whether a page sells in its own title or headline: what stands there is the page's word, whoever else speaks on it.

A foot with the telephone for complaints, a box of comments or the sign of the site that carries it unsays no offer
that the page is headed with (专业代开某贷 强开技术).
"""

from functools import lru_cache

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.core.verdict import Reason
from zhengben.detect.lexicon import listed
from zhengben.detect.page_names import is_about
from zhengben.detect.page_owner import LONGEST, SITES
from zhengben.detect.reading import Reading, read_words
from zhengben.names.api import Pack

REACHED, UNREACHED = 50, 30  # what a headline that sells weighs with a way to reach the seller, and without
_HEADLINES = 3
# What nobody but a seller and his warner puts into a headline, and what those who only talk or pay put there too.
_HARD, _COME = listed("sellers_headline"), listed("come_to_me")
_TALK, _IDLE = listed("talk_headline"), listed("idle_headline")


@lru_cache(maxsize=32)
def sells_in_head(page: PageFacts, brand: Brand, names: Pack) -> str:
    """Give the title or headline that sells what only the brand can give, or an empty string."""
    heads = (line for line in (page.title, *page.headings[:_HEADLINES]) if len(line) <= LONGEST)
    return next((line for line in heads if any(_sells(part, brand, names) for part in SITES.split(line))), "")


def headed_sale(page: PageFacts, text: str, line: str, *, reached: bool) -> list[Reason]:
    """Give the offer that a page is headed with; `reached` tells whether it gives a way to reach its seller."""
    start = text.find(line)
    if start < 0 or page.published:
        return []
    facts = {"start": start, "end": start + len(line), "how": "contact" if reached else "words"}
    return [Reason("sells_access", REACHED if reached else UNREACHED, facts)]


def _sells(part: str, brand: Brand, names: Pack) -> bool:
    """Tell whether words offer: they name the brand and the trade, and neither ask, warn, report nor seek."""
    reading = read_words(part, brand, names)
    if not reading.names_brand or reading.stance or reading.live("demand") or _only_talks(part, reading):
        return False
    acts = [act for name in ("trade", "lends") for act in reading.acts[name] if act.muted in {"", "asked"}]
    # One word of the trade is said by many (可以开结清证明); two are a seller's, and so is one of his own.
    return len(acts) > (0 if _HARD.search(part) else 1)


def _only_talks(part: str, reading: Reading) -> bool:
    """Tell whether words pay, quote or ask, or speak about the trade as everybody may."""
    if _IDLE.search(part):
        return True
    if not _HARD.search(part):
        return bool(reading.stances["question"] or is_about(part) or _TALK.search(part))
    return bool(reading.stances["question"]) and not _COME.search(part)
