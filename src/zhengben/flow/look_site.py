"""Look at a web address: as several clients, because a page for victims shows itself only to those it expects."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol
from urllib.parse import urlsplit

from zhengben.collect.profiles import PROFILES
from zhengben.core.appfacts import Mark
from zhengben.core.defanged import armed
from zhengben.core.fetched import Captured, Fetched, Profile, Seen
from zhengben.core.pagefacts import SECRETS, Link, PageFacts
from zhengben.core.sighting import Sighting
from zhengben.examine.page_contacts import page_contacts
from zhengben.examine.text import decode
from zhengben.flow.led_on import led_on
from zhengben.flow.limited import ExaminationKilled
from zhengben.flow.look_file import examine_file, examine_source, references_of, run_with_pictures, sniff

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w\-]+)", re.IGNORECASE)
_REFUSED = frozenset({401, 403, 405, 429, 451, 500, 502, 503, 504})
_UNREACHED = frozenset({"connect_failed", "tls_failed", "bad_answer"})
READ_CAPTURE = "zhengben.examine.page_pictures:examine_captured"
UNSEEN = frozenset({"page.scripted", "page.pictures", "page.framed"})  # what only a browser shows
MARKS_UNSEEN = frozenset({"page.logo_reader", "page.logo_reference", "page.picture"})
ALIKE = 0.5  # share of four-character pieces two pages have in common below which they are different pages
CLIENTS = tuple(PROFILES[name] for name in ("desktop", "mobile", "wechat"))


class Eyes(Protocol):
    """Going to see, through the egress guard."""

    def fetch(self, url: str, profile: Profile) -> Fetched:
        """Give one plain download."""
        ...

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give one capture in a real browser."""
        ...


def look_at_site(
    kind: str, locator: str, detail: Mapping[str, object], eyes: Eyes | None, *, picture: bool = False,
    marks: Sequence[Mark] = (),
) -> tuple[list[Sighting], Seen]:  # fmt: skip
    """Give one sighting for each different thing a client was shown, and the bytes.

    A browser looks where a plain download shows too little, where a `picture` is asked for, where there are marks to
    look for on a page that reaches for people, and where a page asks for secrets: its name may be in a picture alone.
    """
    url = address(locator)
    blind = Sighting(
        kind=kind, target=locator, host=host_of(url), title=str(detail.get("title") or ""), missing=("page",)
    )
    if eyes is None:
        return [blind], Seen()
    fetched = _fetch(url, eyes)

    def _read(got: list[Fetched]) -> list[Sighting]:
        return [_sighting(blind, one, marks) for one in _different(got)]

    led = led_on(_read(fetched), fetched[0].hops, lambda there: _fetch(there, eyes), _read)
    fetched, sightings = [*fetched, *led.fetched], led.ends
    captured: list[Captured] = []
    if any(_worth_drawing(s, marks, picture=picture) for s in sightings):
        captured = [eyes.capture(fetched[0].final_url or url, CLIENTS[1])]
        sightings = _after_capture(blind, captured[0], sightings, marks)
    return [*compared(sightings), *led.passed], Seen(tuple(fetched), tuple(captured))


def look_at_listing(listing: Sighting, eyes: Eyes | None, marks: Sequence[Mark] = ()) -> tuple[list[Sighting], Seen]:
    """Open a listing's own page for the record, and look into the file it offers; its words are judged as given."""
    if eyes is None:
        return [listing], Seen()
    fetched = [eyes.fetch(listing.target, client) for client in CLIENTS[:2]] if "://" in listing.target else []
    sightings = [listing]
    offered = str(listing.detail.get("download") or "")
    if "://" in offered:
        one = eyes.fetch(offered, CLIENTS[1])
        fetched.append(one)
        if sniff(one.body) == "app":
            name = urlsplit(one.final_url).path.rpartition("/")[2] or "download"
            app = examine_file(name, one.body, target=listing.target, marks=marks)[0]
            sightings.append(replace(app, kind=listing.kind, speaker=listing.speaker, detail=listing.detail))
    return sightings, Seen(tuple(fetched))


def address(locator: str) -> str:
    """Give the URL to open for a URL or a bare host.

    >>> address("weilidai-app.cn"), address("hxxps://a.cn/x")
    ('http://weilidai-app.cn/', 'https://a.cn/x')
    """
    text = armed(locator)
    return text if "://" in text else f"http://{text}" + ("" if "/" in text else "/")


def host_of(url: str) -> str:
    """Give the hostname of a URL in ASCII, lower case; empty where there is none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""


def _fetch(url: str, eyes: Eyes) -> list[Fetched]:
    first = eyes.fetch(url, CLIENTS[0])
    if first.failure in _UNREACHED and url.startswith("http://"):
        again = eyes.fetch("https://" + url.removeprefix("http://"), CLIENTS[0])
        if not again.failure:
            first, url = again, again.url
    if first.failure in {"dns_gone", "refused_address"}:
        return [first]
    return [first, *(eyes.fetch(url, client) for client in CLIENTS[1:])]


def _different(fetched: list[Fetched]) -> list[Fetched]:
    """Keep one of each different answer; failures only where nobody got an answer."""
    answered = [one for one in fetched if not one.failure] or fetched[:1]
    kept: dict[tuple[object, ...], Fetched] = {}
    for one in answered:
        kept.setdefault((one.status, one.final_url, one.body), one)
    return list(kept.values())


def _sighting(blind: Sighting, one: Fetched, marks: Sequence[Mark]) -> Sighting:
    if one.failure:
        return replace(blind, missing=(f"page.{one.failure}",))
    content = sniff(one.body)
    if content in {"app", "image"}:
        name = urlsplit(one.final_url).path.rpartition("/")[2] or "download"
        inside = examine_file(name, one.body, target=blind.target, marks=marks)[0]
        return replace(inside, kind=blind.kind, host=blind.host)
    if content == "binary":
        return replace(blind, missing=("page.binary",))
    missing = (f"page.status_{one.status}",) if one.status in _REFUSED else ()
    return _page(blind, one, missing, marks)


def _reaches(sighting: Sighting) -> bool:
    """Tell whether a page asks its visitors for anything or hands something out: then its pictures matter."""
    page = sighting.page
    return page is not None and (bool(page.asks) or any(link.hands_out for link in page.links))


def _worth_drawing(sighting: Sighting, marks: Sequence[Mark], *, picture: bool) -> bool:
    """Tell whether a browser is to look too: it alone shows the page, a picture is asked for, or marks may be drawn."""
    page = sighting.page
    if page is None or UNSEEN & set(sighting.missing):
        return bool(UNSEEN & set(sighting.missing))
    return picture or (bool(marks) and _reaches(sighting)) or bool(page.images and SECRETS & set(page.asks))


def _after_capture(blind: Sighting, one: Captured, plain: list[Sighting], marks: Sequence[Mark]) -> list[Sighting]:
    """Give the sightings with what the browser showed: whole where a download showed too little, else its pictures."""
    drawn = read_capture(blind, one, marks)
    return [_seen_whole(s, drawn) if UNSEEN & set(s.missing) else _with_pictures(s, drawn, marks) for s in plain]


def read_capture(blind: Sighting, one: Captured, marks: Sequence[Mark]) -> Sighting:
    """Read a capture, pictures and all; one that failed, or that nobody could read, has no page and says why."""
    if one.failure or not one.dom:
        return replace(blind, missing=(f"page.{one.failure or 'empty'}",))
    try:
        page = run_with_pictures(READ_CAPTURE, one, references_of(marks))
    except ExaminationKilled as killed:
        return replace(blind, missing=(f"page.stopped_{killed.why}",))
    return _seen(blind, page, ())


def _seen_whole(plain: Sighting, drawn: Sighting) -> Sighting:
    """Take the page as the browser drew it; where it could not, the plain one stands and says so."""
    return drawn if drawn.page else replace(plain, missing=(*plain.missing, *drawn.missing))


def _with_pictures(plain: Sighting, drawn: Sighting, marks: Sequence[Mark]) -> Sighting:
    """Add what the browser's picture shows to the page as it was downloaded, or what kept marks from being seen.

    Without marks the document has said what there is to say, and pictures only add to it: nothing is missing then.
    """
    if plain.page is None:
        return plain
    if drawn.page is None:
        return replace(plain, missing=(*plain.missing, *drawn.missing)) if marks else plain
    seen, words = drawn.page, tuple(line.text for line in drawn.page.read)
    page = replace(
        plain.page, logos=seen.logos, read=seen.read, qr=seen.qr,
        image_words=tuple(dict.fromkeys((*plain.page.image_words, *words))),
        links=(*plain.page.links, *_links_of_codes(plain.page, seen)),
    )  # fmt: skip
    unseen = tuple(code for code in drawn.missing if marks and code in MARKS_UNSEEN)
    return replace(_seen(plain, page, ()), missing=(*plain.missing, *unseen))


def _links_of_codes(plain: PageFacts, drawn: PageFacts) -> Iterator[Link]:
    """Give the links that only a code in the drawn picture holds."""
    known = {link.url for link in plain.links}
    return (link for link in drawn.links if link.url in drawn.qr and link.url not in known)


def _page(blind: Sighting, one: Fetched, missing: tuple[str, ...], marks: Sequence[Mark]) -> Sighting:
    try:
        page = examine_source(html_text(one), one.url, one.final_url, one.profile, one.status, marks)
    except ExaminationKilled as killed:
        return replace(blind, missing=(f"page.stopped_{killed.why}",))
    return _seen(blind, page, missing)


def _seen(blind: Sighting, page: PageFacts, missing: tuple[str, ...]) -> Sighting:
    words = (page.title, page.description, page.text, *page.image_words, *page.qr)
    text = "\n".join(dict.fromkeys(word for word in words if word))
    return replace(
        blind, page=page, title=page.title or blind.title, text=text, contacts=page_contacts(page, text),
        missing=(*missing, *page.missing),
    )  # fmt: skip


def html_text(one: Fetched) -> str:
    """Decode a page: by the header's charset, by its own, else as UTF-8 or GB 18030."""
    head = one.body[:2048].decode("ascii", "replace")
    for named in (_CHARSET.search(one.header("content-type")), _CHARSET.search(head)):
        if named and not one.body.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
            wanted = "gb18030" if named.group(1).lower() in {"gb2312", "gbk", "gb_2312-80"} else named.group(1)
            try:
                return one.body.decode(wanted, "replace")
            except (LookupError, ValueError):
                continue
    return decode(one.body)


def compared(sightings: list[Sighting]) -> list[Sighting]:
    """Write on each page which clients were shown something else."""
    marked = []
    for sighting in sightings:
        page = sighting.page
        others = tuple(
            other.page.profile
            for other in sightings
            if page and other.page and other is not sighting and _unlike(sighting.text, other.text)
        )
        marked.append(replace(sighting, page=replace(page, cloaked=others)) if page and others else sighting)
    return marked


def _unlike(one: str, other: str) -> bool:
    left, right = ({text[at : at + 4] for at in range(min(len(text), 20_000) - 3)} for text in (one, other))
    if not left or not right:
        return bool(left or right)
    return len(left & right) / len(left | right) < ALIKE
