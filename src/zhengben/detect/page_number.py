"""A page that is headed with the brand's service number and gives mobile numbers: the false hotline of search results.

No brand is served from somebody's mobile telephone. A page called 某贷人工客服电话 that sets such a number beside words
of service gives it out as the brand's, whatever else it calls itself; one that reports, doubts or warns of it does not.
"""

import re

from zhengben.core.brand import Brand
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.lexicon import listed
from zhengben.detect.masked import BRAND
from zhengben.detect.official_domain import own_host
from zhengben.detect.page_place import heading
from zhengben.detect.page_role import is_thread
from zhengben.detect.public_service import own_or_public, own_phone
from zhengben.detect.reading import read_words
from zhengben.names.api import Pack

SEES = ("page",)
LISTED, UNLISTED = 70, 40  # what it weighs where the dossier knows the brand's numbers, and where it lists none
LABEL = 40  # characters before a number in which stands what it is for
WARNS = 2  # words of warning from which a page gives nothing out
_ENDS = re.compile(r"[。！？!?；;]")  # a row of a table ends in none of them: its label may stand on the line above
_MOBILE = re.compile(r"1[3-9]\d{9}")
_HEADED, _LABELLED, _REPORTED = listed("number_headed"), listed("number_labelled"), listed("number_reported")
_OURS = listed("number_ours")  # whose number it is where the page gives the brand's own as well


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give the first mobile number that a page headed with the brand's service gives out."""
    contact = headed_number(sighting, brand, names)
    if contact is None:
        return []
    known = brand.official("phone") or brand.has_none("phone")
    facts = {"number": contact.value, "raw": contact.raw, "start": contact.start, "end": contact.end}
    return [Reason("false_number", LISTED if known else UNLISTED, facts)]


def headed_number(sighting: Sighting, brand: Brand, names: Pack) -> Contact | None:
    """Give the number, or nothing where no headline names the service or the page warns, reports or is a thread."""
    page = sighting.page
    if page is None or (sighting.host and own_host(sighting.host, brand)):
        return None
    head = heading(page)
    said = read_words(head, brand, names).masked.text
    if not (BRAND in said and _HEADED.search(said)) or _REPORTED.search(head) or is_thread(page):
        return None
    if read_words(sighting.text, brand, names).stances["warning"] >= WARNS:
        return None
    honest = any(one.kind == "phone" and own_phone(one.value, brand) for one in sighting.contacts)
    return next((one for one in sighting.contacts if _is_given(one, sighting.text, brand, honest=honest)), None)


def _is_given(contact: Contact, text: str, brand: Brand, *, honest: bool) -> bool:
    """Tell whether a mobile number is given out as the brand's; an HONEST page has the brand's, and one of its own."""
    if contact.kind != "phone" or contact.start < 0 or own_or_public(contact, brand):
        return False
    before = _ENDS.split(text[max(0, contact.start - LABEL) : contact.start])[-1]
    if _REPORTED.search(before) or (honest and _OURS.search(before)):
        return False
    return bool(_MOBILE.search(contact.value) and _LABELLED.search(before))
