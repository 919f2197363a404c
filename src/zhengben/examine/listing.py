"""What an outside monitor hands over (`lead.v1`) as a sighting: listings, accounts, posts, places, numbers and so on.

Every field is optional and of doubtful type; what is no text is left out, never an error.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from zhengben.core.sighting import Contact, Sighting
from zhengben.examine.indicators import find_contacts
from zhengben.examine.pasted import Pasted, part
from zhengben.examine.text import MAX_TEXT

LISTED = frozenset({"app_listing", "account", "post", "listing", "search_ad", "phone", "poi", "job", "company"})
_FACTS = ("package", "version", "downloads", "price", "region", "state", "filing_no", "download", "icon", "platform")
# A shop with twenty numbers is a chain; a longer list is a monitor's mistake.
MOST_PHONES = 20


def examine_listing(kind: str, locator: str, detail: Mapping[str, object]) -> Sighting:
    r"""Turn a listing into a sighting: its words in one text, its numbers as contacts, its publisher as speaker.

    >>> seen = examine_listing("app_listing", "https://a.example/1", {"title": "微粒贷", "developer": "某公司"})
    >>> seen.title, seen.speaker, seen.text
    ('微粒贷', '某公司', '微粒贷\n某公司')
    """
    title, body = _text(detail.get("title")), _text(detail.get("text"))
    if kind == "phone" and not title:
        locator, title = _numbered(locator)
    speaker, facts = _name(detail.get("developer")), _facts(detail)
    words: tuple[str, ...] = (title, body, speaker, _text(detail.get("price")))
    if not title and kind != "phone" and "//" not in locator:
        # an account or a place is often handed over by its name alone, or as one copied line
        told = part(kind, locator)
        title, words = told.name, (locator[:MAX_TEXT], *words[1:])
        speaker, facts = speaker or told.publisher, _told(told) | facts
    text = "\n".join(word for word in words if word)[:MAX_TEXT]
    # com.abc.loan reads like an address of .loan: a package leads nobody anywhere
    contacts = tuple(c for c in _contacts(kind, locator, text, detail) if c.raw != facts.get("package"))
    return Sighting(
        kind=kind,
        target=locator,
        title=title,
        text=text,
        host=_host(locator) if kind in {"search_ad", "app_listing"} else "",
        speaker=speaker,
        contacts=contacts,
        detail=facts,
        missing=_missing(kind, text, contacts),
    )


def _told(told: Pasted) -> dict[str, object]:
    """Give what a pasted line tells as the facts a field would have given."""
    return {key: value for key, value in (("package", told.package), ("platform", told.platform)) if value}


def _missing(kind: str, text: str, contacts: tuple[Contact, ...]) -> tuple[str, ...]:
    """Say what a telephone listing lacks: a number to look at, or any word on whose it is."""
    if kind != "phone":
        return ()
    if not any(contact.kind == "phone" and contact.value for contact in contacts):
        return ("phone.number",)
    return () if text else ("phone.owner",)


def _numbered(locator: str) -> tuple[str, str]:
    """Part a telephone listing as people paste it into its number and the words beside it.

    >>> _numbered("微粒贷客服 171-6620-8893"), _numbered("0755-86013388")
    (('17166208893', '微粒贷客服 171-6620-8893'), ('0755-86013388', ''))
    """
    if not re.search(r"[^\W\d_]", locator):
        return locator, ""
    number = next((c.value for c in find_contacts(locator) if c.kind == "phone"), "")
    return (number or locator), locator[:200]


def _contacts(kind: str, locator: str, text: str, detail: Mapping[str, object]) -> tuple[Contact, ...]:
    given = detail.get("phones")
    numbers = [str(n) for n in given[:MOST_PHONES]] if isinstance(given, list) else []
    if kind == "phone" and "//" not in locator:
        numbers.insert(0, locator)
    found = list(find_contacts(text))
    known = {(c.kind, c.value) for c in found}
    for raw in numbers:
        number = number_of(raw)
        if number and ("phone", number) not in known:
            known.add(("phone", number))
            found.append(Contact(kind="phone", value=number, raw=raw[:100]))
    if kind == "phone":
        first = next((number_of(raw) for raw in numbers), "")
        # The number the listing is about stands first: rules look at that one, whatever else its text gives out.
        found.sort(key=lambda c: c.kind != "phone" or c.value != first)
    return tuple(found)


def number_of(raw: str) -> str:
    """Read a field that is meant to be a telephone number: what the text finder reads, or else its digits.

    >>> number_of("+86 138-0013-8000"), number_of("95384"), number_of("无")
    ('13800138000', '95384', '')
    """
    found = next((c for c in find_contacts(raw[:100]) if c.kind == "phone"), None)
    return found.value if found else re.sub(r"\D", "", raw[:100])


def with_text(sighting: Sighting, text: str) -> Sighting:
    """Add words read elsewhere (OCR of its picture) to a sighting, and the contacts in them."""
    joined = f"{sighting.text}\n{text}" if sighting.text else text
    # Those from fields of their own have no place in the text; found anew, they would be lost.
    apart = tuple(c for c in sighting.contacts if c.start < 0)
    return replace(sighting, text=joined[:MAX_TEXT], contacts=find_contacts(joined[:MAX_TEXT]) + apart)


def _facts(detail: Mapping[str, object]) -> dict[str, object]:
    facts: dict[str, object] = {key: value for key in _FACTS if isinstance(value := detail.get(key), str | int | float)}
    developer, source = detail.get("developer"), detail.get("source")
    if isinstance(developer, Mapping) and developer.get("id"):
        facts["developer_id"] = str(developer["id"])
    if isinstance(source, Mapping) and source.get("name"):
        facts["source"] = str(source["name"])
    return facts


def _text(value: object) -> str:
    return value.strip()[:MAX_TEXT] if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def _name(developer: object) -> str:
    if isinstance(developer, Mapping):
        return _text(developer.get("name"))
    return _text(developer)


def _host(locator: str) -> str:
    try:
        return (urlsplit(locator).hostname or "").rstrip(".")
    except ValueError:
        return ""
