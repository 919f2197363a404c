"""A saved page that may be the brand's own: without its address a copy and the original are the same file.

A page kept as a file has no address that could be proved. Where it claims the brand, leads to the brand's own channels
and to nothing else, asks for no money and offers nothing that the dossier denies, the file is what the brand's own site
would give as well as what whoever copied it would. The address decides, so nobody is accused before it is known.
Whoever sends what is typed elsewhere, gives a chat or a mobile number of his own, or says that the page stands
somewhere else has shown that it is not the brand's; so has a page that takes the brand's pictures from their full
addresses and keeps what is typed for itself.
"""

import re

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import SECRETS, PageFacts
from zhengben.core.phone import plain_number
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Reason
from zhengben.detect import page_app, page_asker, page_money
from zhengben.detect.official_domain import own_host
from zhengben.detect.open_sites import is_platform, of_others
from zhengben.detect.owner_name import plain
from zhengben.detect.page_demands import spoken_demands
from zhengben.detect.page_words import own_places
from zhengben.detect.public_service import host_of, own_or_public, own_phone
from zhengben.names.api import Pack

SEES = ("page",)
# Told by no brand's own page: money before money, access for sale, another's number given as the brand's.
_NEVER = frozenset({"page_asks_fee", "sells_access", "false_number", "no_such_app"})
_AREA = "0"  # what a number of a place begins with; a bank's own offices have many that no dossier lists
_NUMBER = re.compile(r"(?<![\d.-])\d{5,12}(?![\d-])")  # also where nothing beside it says that it is a telephone's


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say that only the address tells a page from the brand's own, with what in it leads to the brand."""
    page = sighting.page
    if page is None or sighting.host or page.final_url or sighting.kind == "image":
        return []
    own = _own(page, sighting.contacts, brand)
    if not own or not all(_is_no_bait(contact, brand) for contact in sighting.contacts):
        return []
    claims = own_places(page, brand, names) or page_asker.detect(sighting, brand, names)
    if not (claims or spoken_demands(sighting, brand, names)[1]):
        return []
    told = (*page_money.detect(sighting, brand, names), *page_app.detect(sighting, brand, names))
    if any(reason.code in _NEVER for reason in told):
        return []
    return [Reason("page_address_unknown", 0, {"leads_to": own[:300], "needs": "page.address"})]


def _own(page: PageFacts, contacts: tuple[Contact, ...], brand: Brand) -> str:
    """Give what binds a page to the brand's own channels; empty where nothing does or something binds it elsewhere."""
    if page.stands_at:
        return page.stands_at[0] if all(_is_own(there, brand) for there in page.stands_at) else ""
    sent = [form.action for form in page.forms if any(field.asks for field in form.fields)]
    if sent and all(_is_own(there, brand) for there in sent):
        return sent[0]
    full = next((there for there in _leads(page) if _is_own(there, brand)), "")
    phone = next((one.raw for one in contacts if one.kind == "phone" and own_phone(one.value, brand)), "")
    if not (phone or SECRETS & set(page.asks)):
        phone = next((number for number in _NUMBER.findall(page.text) if own_phone(number, brand)), "")
    if not sent:
        return full or phone
    # A log-in at one of its hosts links to another in full; whose pictures are taken from there is a copy.
    taken = any(_is_own(there, brand) for there in (*page.images, *page.icons))
    return "" if taken else full or phone


def _leads(page: PageFacts) -> tuple[str, ...]:
    """Give the addresses a page names besides those of its forms."""
    return (*(link.url for link in page.links), *page.images, *page.icons, *page.moves_to)


def _is_own(address: str, brand: Brand) -> bool:
    return own_host(host_of(address), brand) is not None


def _is_no_bait(contact: Contact, brand: Brand) -> bool:
    """Tell whether a way to reach somebody is the brand's, a public service's or platform's, or an office's number."""
    if own_or_public(contact, brand) or _is_listed(contact, brand):
        return True
    if contact.kind in {"url", "domain"}:
        host = host_of(contact.value)
        return contact.start >= 0 and (
            of_others(host) or is_platform(host)
        )  # named in words; sent to is another matter
    return contact.kind == "phone" and plain_number(contact.value).startswith(_AREA)


def _is_listed(contact: Contact, brand: Brand) -> bool:
    """Tell whether the dossier lists a chat or account by this very identifier."""
    return any(plain(channel.value) == plain(contact.value) for channel in brand.official("account"))
