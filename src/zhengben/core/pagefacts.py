"""What a web page shows: its words, what it asks for, where it sends people and what it hands out."""

from dataclasses import dataclass

ASKS = (
    "name", "phone", "id_card", "bank_card", "sms_code", "password", "pay_password", "id_photo", "contacts",
)  # fmt: skip

# What no bank, newspaper or forum asks a passer-by for on a page of its own.
SECRETS = frozenset({"id_card", "bank_card", "pay_password", "id_photo", "contacts"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input a page asks a visitor to fill in.

    `asks` is what it wants: one of `ASKS`, or an empty string for anything else; `label` is the words that say so.
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
class Reference:
    """One picture of a mark from a dossier: its file name, its bytes, and the trademark number it belongs to.

    `body` is empty where the file could not be read.
    """

    brand: str
    file: str
    body: bytes
    right: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoMatch:
    """One registered picture of a mark found on a page, with everything needed to measure it again.

    `reference` is the dossier's file, `reference_sha256` its bytes, `right` the trademark number where the dossier
    ties one to it; `source_sha256` is the picture it was found in and `box` where in it (x, y, width, height in its
    pixels). `distance` is the PDQ distance (0 to 256), `correlation` the aligned normalised cross-correlation
    (-1 to 1), `needed` what it had to reach. `crop_sha256` names the pixels compared (`examine.logo_shown.digest`).
    `method` names matcher and version.
    """

    brand: str
    reference: str
    reference_sha256: str
    source: str
    source_sha256: str
    box: tuple[int, int, int, int]
    distance: int
    correlation: float
    method: str
    right: str = ""
    needed: float = 0.0
    crop_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Words a page shows outside the text of its document, and where.

    `where` is alt, label (aria-label, title, placeholder), style (CSS content), drawing (words of an SVG), script (a
    canvas, or what a script writes), meta, or spare (shown only where scripts are off, or later from a template).
    """

    where: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One line of words read in a picture, with everything needed to read it again.

    `score` is the engine's certainty (0 to 1), `box` where it stands (x, y, width, height in pixels of the picture
    with that sha256), `model` the file name of the reading model and its sha256. `doubted` is empty where the line was
    read with certainty; else its words with a `□` for each character that was not, and `readings` every word it may be.
    """

    text: str
    score: float
    box: tuple[int, int, int, int]
    source_sha256: str
    model: str
    doubted: str = ""
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """One page as one profile saw it. `cloaked` names the profiles that were shown something else.

    `published` tells that it is shaped like an article, `publisher` who says so. `moves_to` are the addresses it
    sends visitors to without being asked; `refresh_to` the one of them that its head sends every visitor to within a
    few seconds, before anybody reads on. `missing` names what could not be seen, as codes.
    """

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
    image_words: tuple[str, ...] = ()  # every word shown outside the text: alt texts, `told`, and where read OCR
    site_name: str = ""  # og:site_name, application-name
    published: bool = False  # shaped like an article: <article>, a date line, a byline
    cloaked: tuple[str, ...] = ()
    qr: tuple[str, ...] = ()
    publisher: str = ""  # who publishes the article: JSON-LD publisher, author, 来源
    copyright: str = ""  # the copyright line
    logo_words: tuple[str, ...] = ()  # alt texts of pictures that the page itself calls its logo
    icons: tuple[str, ...] = ()  # favicon addresses, absolute
    moves_to: tuple[str, ...] = ()  # meta refresh and script redirects, absolute
    refresh_to: str = ""
    logos: tuple[LogoMatch, ...] = ()
    read: tuple[ReadLine, ...] = ()  # words in pictures, as read
    told: tuple[Told, ...] = ()  # words shown outside the text, by where they stand
    choices: tuple[str, ...] = ()  # what lists of choices offer
    quoted: tuple[str, ...] = ()  # what stands in marked quotations, spaces folded
    frames: tuple[str, ...] = ()  # pages shown inside this one, absolute
    stands_at: tuple[str, ...] = ()  # where it says it stands: saved from, canonical, base; proves nothing
    missing: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Hash what tells pages apart: one page is a key of caches for every brand."""
        return hash((self.final_url, self.profile, self.title, self.text))

    @property
    def asks(self) -> tuple[str, ...]:
        """Give everything its forms ask for, once each, in the order of `ASKS`."""
        wanted = {field.asks for form in self.forms for field in form.fields}
        return tuple(ask for ask in ASKS if ask in wanted)
