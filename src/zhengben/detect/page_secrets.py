"""What the forms of a page ask for, and where they send it."""

from urllib.parse import urlsplit

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import SECRETS, PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.mention import mentions
from zhengben.detect.official_domain import own_host
from zhengben.detect.page_words import own_places
from zhengben.names.api import Pack
from zhengben.names.hostname import read as read_host

SEES = ("page",)
LOG_IN = 35
_WEAK = (frozenset({"phone", "sms_code"}), frozenset({"phone", "password"}), frozenset({"name", "phone"}))


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one reason for what is asked and one for a form that sends it to somebody else's domain."""
    page = sighting.page
    if page is None or not page.forms:
        return []
    if not page.asks:
        return []
    # Whoever has no password logs in with a code sent to his telephone.
    logs_in = "password" in page.asks or {"phone", "sms_code"} <= set(page.asks)
    in_its_name = logs_in and _is_the_brands(page, brand, names)
    return [*_asked(page, in_its_name=in_its_name), *_elsewhere(page, brand)]


def _is_the_brands(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether a log-in is one to the brand; a picture below a title that speaks about it is an illustration."""
    where = {place.where for place in own_places(page, brand, names)}
    return bool(where - {"told"}) or bool(where and not mentions(page.title, brand, names))


def _asked(page: PageFacts, *, in_its_name: bool) -> list[Reason]:
    asked = page.asks
    strong = SECRETS.intersection(asked)
    if strong:
        facts = {"asks": list(asked), "labels": _labels(page, SECRETS)}
        return [Reason("page_asks_secrets", 45 if len(strong) > 1 else 35, facts)]
    if in_its_name or any(pair <= set(asked) for pair in _WEAK):
        facts = {"asks": list(asked), "labels": _labels(page, frozenset(asked))}
        # A log-in below the brand's own name is a log-in to the brand.
        return [Reason("page_asks_account", LOG_IN if in_its_name else 20, facts)]
    return []


def _labels(page: PageFacts, asks: frozenset[str]) -> list[str]:
    """Give the page's own words for what it asks, once each."""
    words = [field.label[:30] for form in page.forms for field in form.fields if field.asks in asks]
    return list(dict.fromkeys(words))[:8]


def _elsewhere(page: PageFacts, brand: Brand) -> list[Reason]:
    here = _domain(page.final_url)
    for form in page.forms:
        there = _domain(form.action)
        if not here or there in {"", here} or not any(field.asks for field in form.fields):
            continue
        if not own_host(urlsplit(form.action).hostname or "", brand):
            return [Reason("page_form_elsewhere", 15, {"action": form.action[:300], "domain": there})]
    return []


def _domain(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    name = read_host(host)
    return host if name is None or name.labels[-1].isdigit() else name.registrable
