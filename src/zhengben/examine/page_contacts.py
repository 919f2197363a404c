"""Ways to reach somebody that a page does not show in words but in what its buttons do.

A button "联系客服" opens a chat by number, "立即下载" hands out a file, a form sends an identity card to another host:
each is a way to its maker, and most are never written out for a reader.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

from zhengben.core.pagefacts import PageFacts
from zhengben.core.sighting import Contact
from zhengben.examine.indicators import MAX_CONTACTS, find_contacts

# Chats that take a QQ number in the address: the web door, the app's own scheme, and the enterprise one.
_QQ_DOORS = ("wpa.qq.com", "wpd.b.qq.com", "wp.qiye.qq.com")
_QQ_SCHEMES = ("mqqwpa", "mqq", "mqqapi", "tencent")
_NUMBER = re.compile(r"[+\d][\d\-() ]{3,24}")
_CALLS = ("tel", "sms", "smsto", "callto")


def page_contacts(page: PageFacts, text: str, *, all_links: bool = False) -> tuple[Contact, ...]:
    """Give the contacts in a page's words, then those its buttons, forms, redirects and QR codes lead to.

    Of ordinary links only those that call, chat or hand out a file count, or the page would be kin to every site in
    its footer; with `all_links` every one does, as in a message, where a link is what the sender wants pressed.
    Contacts from the page's wiring have no place in the text: `start` and `end` are -1, `raw` is the address.
    """
    found = {(contact.kind, contact.value): contact for contact in find_contacts(text)}
    for address in _addresses(page, all_links=all_links):
        for contact in contacts_of_link(address):
            found.setdefault((contact.kind, contact.value), contact)
    return tuple(found.values())[:MAX_CONTACTS]


def contacts_of_link(address: str) -> tuple[Contact, ...]:
    """Give what pressing a link leads to.

    >>> [(c.kind, c.value) for c in contacts_of_link("tel:400-800-1234")]
    [('phone', '4008001234')]
    >>> [(c.kind, c.value) for c in contacts_of_link("mqqwpa://im/chat?chat_type=wpa&uin=28817233&version=1")]
    [('qq', '28817233')]
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ()
    if parts.scheme in _CALLS:
        words = " ".join(f"电话：{number}" for number in _NUMBER.findall(unquote(parts.path or parts.netloc))[:1])
    elif host in _QQ_DOORS or parts.scheme in _QQ_SCHEMES:
        words = " ".join(f"QQ：{number}" for number in parse_qs(parts.query).get("uin", [])[:1] if number.isdigit())
    elif parts.scheme in {"http", "https", "tg", "itms-services", "itms-apps"}:
        words = parse_qs(parts.query).get("url", [""])[0] if parts.scheme.startswith("itms") else address
    else:
        return ()
    return tuple(replace(contact, raw=address[:500], start=-1, end=-1) for contact in find_contacts(words[:2000]))


def _addresses(page: PageFacts, *, all_links: bool) -> Iterator[str]:
    here = _host(page.final_url or page.url)
    yield from _elsewhere((form.action for form in page.forms), here)
    yield from _elsewhere(page.moves_to, here)
    yield from page.qr
    for link in page.links:
        web = link.url.startswith(("http://", "https://"))
        if all_links or link.hands_out or not web or _host(link.url) in {*_QQ_DOORS, "t.me", "telegram.me"}:
            yield link.url


def _elsewhere(addresses: Iterable[str], here: str) -> Iterator[str]:
    """Leave out what stays on the page's own host: its own address is known already."""
    return (address for address in addresses if address and _host(address) not in {"", here})


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
