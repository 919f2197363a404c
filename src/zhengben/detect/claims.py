"""A text that says it is the brand.

It does so by its signature, by introducing itself, by calling itself official, or by speaking to the brand's customers
about their own accounts.
"""

from email.utils import parseaddr

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.official_domain import own_host
from zhengben.detect.owner_name import same_firm
from zhengben.detect.page_names import self_name
from zhengben.detect.reading import DEMANDS, Act, Reading, in_earnest, read
from zhengben.names.api import Pack

SEES = ("text", "post", "account", "listing", "job", "search_ad", "image", "app_listing")


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give at most one claim to be the brand and one address to its customers."""
    reading = read(sighting, brand, names)
    if not reading.names_brand:
        return []
    reasons = []
    said = _first(reading, "signature", "introduces", "official_claim", "on_behalf") or _shop(reading)
    sender = _sender(sighting, brand, names)
    if sender:
        return [
            Reason("says_it_is", 45, {"how": "sender", "sender": sighting.speaker[:120], "start": 0, "end": sender})
        ]
    if said and (_a_customers(reading, said) or _of_its_kind(sighting, brand, said)):
        said = None
    if said:
        weight = 25 if said.name == "on_behalf" and _of_others(reading) else 15 if _a_bill(reading, said) else 45
        reasons.append(Reason("says_it_is", weight, {"how": said.name, "start": said.start, "end": said.end}))
    return [*reasons, *_spoken(reading, said)]


def _spoken(reading: Reading, said: Act | None) -> list[Reason]:
    """Say that the text speaks to the brand's customers, or puts a demand to its reader without saying who speaks."""
    spoken = _first(reading, "addresses")
    if spoken:
        reaches = reading.reaches() or reading.live("reach_words", *DEMANDS)
        # beside a signature it adds nothing: a genuine reminder is signed and speaks to its customer too
        weight = 0 if said else 40 if reaches and not (_of_others(reading) or reading.live("accepts")) else 15
        return [Reason("speaks_to_customers", weight, {"start": spoken.start, "end": spoken.end})]
    asked = None if said else demanded(reading)
    if asked is None:
        return []
    return [Reason("speaks_to_customers", 40, {"how": asked.name, "start": asked.start, "end": asked.end})]


def _sender(sighting: Sighting, brand: Brand, names: Pack) -> int:
    """Give where the sender's name ends that a message shows first, where it is the brand's and its address is not."""
    name, address = parseaddr(sighting.speaker)
    if not address or not sighting.text.startswith(name) or own_host(address.rpartition("@")[2], brand):
        return 0
    return len(name) if self_name(name, brand, names, "state", "branch", "desk") else 0


def _shop(reading: Reading) -> Act | None:
    """Give a desk under the brand's name that lures or leads on; a bare 贷款中心 may stand in anybody's sentence."""
    return _first(reading, "shop_sign") if reading.live("lure", "fee", "reach_words", "seller") else None


def _a_bill(reading: Reading, said: Act) -> bool:
    """Tell whether a signed notice wants nothing and leads nowhere but to the brand: so do its own bills."""
    wants = reading.live("reach_words", "other_app", "trade", "seller", *DEMANDS)
    if wants or reading.reaches() or said.muted:
        return False
    if reading.live("receipt", "assures"):
        return True  # what was done, or a code for the app one has
    return said.name == "signature" and not reading.live("lure", "app_offer", "pressure")


def _of_its_kind(sighting: Sighting, brand: Brand, said: Act) -> bool:
    """Tell whether such a thing speaks so anyhow: a job names the desk it is for, an app's owner calls it official."""
    if sighting.kind == "job":
        return said.name == "introduces"
    own = not sighting.speaker.strip() or same_firm(sighting.speaker, brand)
    return sighting.kind == "app_listing" and (own or said.name != "official_claim")


def _a_customers(reading: Reading, said: Act) -> bool:
    """Tell whether who introduces himself does so as a customer (我是某行的老客户) and asks nothing."""
    mine = any(act.start < said.end and said.start < act.end for act in reading.acts["customer"])
    return mine and said.name == "introduces" and not reading.live(*DEMANDS)


def demanded(reading: Reading) -> Act | None:
    """Give a demand put to the reader beside the brand's name, by a text that does not say who speaks."""
    if not (
        reading.addressed or reading.live("reach_words", "opens", "hires", "lure", "pressure") or reading.reaches()
    ):
        return None
    return None if reading.live("trade", "lends", "accepts") else _first(reading, *DEMANDS)


def _of_others(reading: Reading) -> bool:
    """Tell whether a court, a lawyer or a customer speaks, who asks for nothing no honest caller asks."""
    return bool(reading.live("third", "customer")) and not reading.live("fee", "transfer")


def _first(reading: Reading, *names: str) -> Act | None:
    return next((act for act in reading.live(*names) if in_earnest(reading, act)), None)
