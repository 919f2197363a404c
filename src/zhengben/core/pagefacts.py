"""What a web page shows: its words, what it asks for, where it sends people and what it hands out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input a page asks a visitor to fill in.

    `asks` is what it wants: name, phone, id_card, bank_card, sms_code, password, pay_password, id_photo, contacts,
    or an empty string for anything else; `label` is the words that say so.
    """

    asks: str
    label: str
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form and where it sends what is filled in: an absolute URL, or empty where scripts decide."""

    action: str
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link: absolute address, its words, and what it hands out.

    `hands_out` is apk, ipa, mobileconfig, itms, hap or empty.
    """

    url: str
    text: str = ""
    hands_out: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """One page as one profile saw it. `cloaked` names the profiles that were shown something else."""

    url: str
    final_url: str
    profile: str = ""
    status: int | None = None
    title: str = ""
    headings: tuple[str, ...] = ()
    text: str = ""
    description: str = ""
    forms: tuple[Form, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[str, ...] = ()  # sources, absolute
    image_words: tuple[str, ...] = ()  # alt texts and, where read, OCR
    site_name: str = ""  # og:site_name, application-name, publisher, copyright line
    published: bool = False  # shaped like an article: <article>, a date line, a byline
    cloaked: tuple[str, ...] = ()
    qr: tuple[str, ...] = ()
