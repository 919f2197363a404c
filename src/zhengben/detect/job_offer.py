"""A job advertisement in the brand's name by somebody else: how bait for helpers and for their data is laid.

An outsourcer who says so, a firm that works for the brand, and the brand itself are no such thing.
"""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.view import view
from zhengben.detect.lexicon import listed
from zhengben.detect.mention import mentions
from zhengben.detect.owner_name import plain, same_firm
from zhengben.detect.spellings import one_spelling
from zhengben.names.api import Pack

_HIRES = listed("hires")
# paid by the day, at home, for calls and posts: no lender hires its staff so
_BAIT = listed("bait")
_BRANCH = listed("job_branch")
_STAFFED = listed("staffed")


def hires_falsely(sighting: Sighting, brand: Brand, names: Pack) -> bool:
    """Tell whether a job under the brand's name is offered by somebody who is not the brand and does not say why.

    The title names the brand already. A branch where the dossier says there is none is nobody's of the brand's.
    """
    title, employer = sighting.title, plain(sighting.speaker)
    if _STAFFED.search(f"{title} {employer}") or employer == plain(brand.owner):
        return False
    if _BAIT.search(one_spelling(view(sighting.text).text)):
        return True
    hit = next(iter(mentions(title, brand, names)), None)
    after = title[hit.end :] if hit else ""
    if brand.has_none("poi") and _BRANCH.match(after) and _HIRES.search(title):
        return True
    return bool(employer and hit and hit.start == 0 and _HIRES.search(title)) and not same_firm(employer, brand)
