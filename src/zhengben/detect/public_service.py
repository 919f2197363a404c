"""Contacts that are nobody's bait: the brand's own, and numbers and sites of the public services of the PRC.

>>> public_service("phone", "96110"), public_service("domain", "www.12377.cn"), public_service("phone", "13800138000")
(True, True, False)
"""

import re
from urllib.parse import urlsplit

from zhengben.core.brand import Brand
from zhengben.core.phone import plain_number
from zhengben.core.sighting import Contact
from zhengben.detect.official_domain import own_host

_NUMBERS = re.compile(r"(?:11[0249]|12[0-9]{3}|9[56]\d{3,6}|100(?:00|10|86)|96110)")
_SITES = (".gov.cn", ".court.gov.cn")
_HOSTS = ("12377.cn", "12321.cn", "gov.cn", "nifa.org.cn", "xinhuanet.com", "people.com.cn", "cctv.com")


def host_of(value: str) -> str:
    """Give the hostname of a URL or of a bare host, lower case, without port; empty where there is none."""
    try:
        return (urlsplit(value if "//" in value else f"//{value}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def public_service(kind: str, value: str) -> bool:
    """Tell whether a contact is a public service: police, regulators, carriers, licensed institutions' numbers."""
    if kind == "phone":
        return bool(_NUMBERS.fullmatch(value))
    if kind in {"url", "domain"}:
        host = host_of(value)
        return host.endswith(_SITES) or any(host == name or host.endswith(f".{name}") for name in _HOSTS)
    return False


def own_or_public(contact: Contact, brand: Brand) -> bool:
    """Tell whether a contact is one the dossier lists or a public service; an official phone counts only as a phone."""
    if public_service(contact.kind, contact.value):
        return True
    if contact.kind in {"url", "domain"}:
        return own_host(host_of(contact.value), brand) is not None
    if contact.kind == "phone":
        return own_phone(contact.value, brand)
    return False


def own_phone(number: str, brand: Brand) -> bool:
    """Tell whether the dossier lists this number, however it is spaced."""
    digits = plain_number(number)
    return bool(digits) and any(plain_number(c.value) == digits for c in brand.official("phone"))
