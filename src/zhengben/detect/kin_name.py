"""A title that keeps the stem of the brand's name under another lending word, and calls itself an edition of the brand.

微粒借款 alone may be anybody's; what is described as 微粒贷升级版 besides is put out as the brand's.
"""

import re
from functools import lru_cache

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.app_identity import legal_class
from zhengben.detect.lexicon import listed
from zhengben.detect.mention import mentions
from zhengben.detect.owner_name import same_firm
from zhengben.detect.reading import in_earnest, read
from zhengben.names.api import Pack

SEES = ("app_listing", "account", "listing")
_LEAST = 2  # characters of a stem that still tells whose it is
_TRADE = listed("trade_tails")


@lru_cache(maxsize=256)
def _stems(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Give the pattern of the names without their trade (微粒贷: 微粒), with any other such word behind."""
    cut = {name[: found.start()] for name in names if (found := re.search(rf"(?:{_TRADE.pattern})+\Z", name))}
    stems = sorted(re.escape(stem) for stem in cut if len(stem) >= _LEAST)
    return re.compile(rf"\s*(?:{'|'.join(stems)})(?:{_TRADE.pattern})+") if stems else None


def _begins(title: str, brand: Brand) -> str:
    """Give the stem and the trade a title begins with, or an empty string; a sibling's own name is no such title."""
    pattern = _stems((brand.names.primary, *brand.names.aliases))
    found = pattern.match(title) if pattern else None
    return found.group() if found and not any(sibling in title for sibling in brand.names.siblings) else ""


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one reason where such a title is described as kin of the brand's, by somebody who is not its owner."""
    matched = _begins(sighting.title, brand)
    if not matched or mentions(sighting.title, brand, names) or same_firm(sighting.speaker, brand):
        return []
    reading = read(sighting, brand, names)
    if not any(in_earnest(reading, act) for act in reading.live("kin")):
        return []
    facts = {"kind": sighting.kind, "title": sighting.title, "matched": matched, "speaker": sighting.speaker}
    facts |= {"legal_class": legal_class(brand)} if sighting.kind == "app_listing" else {}
    return [Reason("uses_name", 65, facts)]
