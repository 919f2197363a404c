"""A telephone number given out as the brand's service which the dossier does not list."""

import re

from zhengben.core.brand import Brand
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.lexicon import listed
from zhengben.detect.mention import mentions
from zhengben.detect.public_service import own_or_public
from zhengben.detect.reading import read, read_words
from zhengben.detect.title_words import OTHER_TRADE, is_premises
from zhengben.names.api import Pack

SEES = ("phone", "text", "post", "account", "listing", "search_ad", "image", "poi")
_SERVICE = listed("number_of_service")
_GIVEN = listed("number_given_out")
_REPORTED = listed("number_reported")
REACH = 16


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say that a number claims to be the brand's; weighs less where the dossier lists no number to compare with."""
    weight = 70 if brand.official("phone") or brand.has_none("phone") else 40
    if sighting.kind == "phone":
        return _listed(sighting, brand, names, weight)
    foreign = (c for c in sighting.contacts if _foreign(c, brand))
    contact = next((c for c in foreign if _given_out(sighting, brand, names, c)), None)
    if contact is None:
        return []
    facts = {"number": contact.value, "raw": contact.raw, "start": contact.start, "end": contact.end}
    return [Reason("false_number", weight, facts)]


def _foreign(contact: Contact, brand: Brand) -> bool:
    return contact.kind == "phone" and contact.start >= 0 and not own_or_public(contact, brand)


def _listed(sighting: Sighting, brand: Brand, names: Pack, weight: int) -> list[Reason]:
    words = sighting.title or sighting.text
    number = next((c for c in sighting.contacts if c.kind == "phone" and not own_or_public(c, brand)), None)
    if not mentions(words, brand, names) or number is None:
        return []
    alone = not re.search(r"[^\W\d_]", words.replace(mentions(words, brand, names)[0].matched, ""))
    if OTHER_TRADE.search(words) or is_premises(words):
        return []  # a shop, or the porter of a building, of the same name
    if not (alone or _SERVICE.search(words)) or _REPORTED.search(words) or read_words(words, brand, names).stance >= 2:
        return []
    return [Reason("false_number", weight, {"number": number.value, "raw": number.raw, "title": words[:100]})]


def _given_out(sighting: Sighting, brand: Brand, names: Pack, contact: Contact) -> bool:
    """Tell whether the number is said to be the brand's service, in earnest."""
    for hit in mentions(sighting.text, brand, names):
        between = sighting.text[hit.end : contact.start]
        if 0 <= contact.start - hit.end <= REACH and _GIVEN.fullmatch(between.strip(" :：，,")):
            reading = read(sighting, brand, names)
            if reading.live("accepts"):
                return False  # 可花呗，电话…: the number of a shop
            return any(c.start == contact.start for c in reading.reaches())
    return False
