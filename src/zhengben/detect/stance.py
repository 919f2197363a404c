"""How a text stands to the matter: it warns, reports, complains, asks, compares, or denies and quotes.

Its weight is taken off only where nothing in the text reaches for the reader: a caution does not buy an advertisement
free. What was muted is told, so that a person sees what the text speaks about.
"""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.intent import ACCUSING_INTENTS, of_reading
from zhengben.detect.reading import DEMANDS, Reading, leading, read
from zhengben.names.api import Pack

SEES = ("text", "post", "image", "listing", "account", "phone", "job")
_ENOUGH = {"complaint": 1, "warning": 2, "news": 2, "question": 1, "comparison": 1}
_WEIGHTS = {"complaint": -40, "warning": -50, "news": -40, "question": -25, "comparison": -15}


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give the leading stance, and one reason for words that are told and not meant; nothing for an advertisement."""
    reading = read(sighting, brand, names)
    if not reading.names_brand or of_reading(reading) in ACCUSING_INTENTS:
        return []
    free = not (reading.invites or (reading.addressed and reading.live(*DEMANDS)))
    reasons = []
    stance = leading(reading)
    if stance and reading.stances[stance] >= _ENOUGH[stance]:
        weight = _WEIGHTS[stance] if free else 0
        reasons.append(Reason(f"stance_{stance}", weight, {"count": reading.stances[stance]}))
    if told := _told(reading):
        reasons.append(Reason("told_not_meant", -10 if free else 0, told))
    if reading.only_public:
        reasons.append(Reason("leads_to_public", -30, {}))
    return reasons


def _told(reading: Reading) -> dict[str, object]:
    for name in ("app_offer", "introduces", "official_claim", "addresses", "trade"):
        for act in reading.acts[name]:
            if act.muted:
                return {"act": name, "how": act.muted, "start": act.start, "end": act.end}
    return {}
