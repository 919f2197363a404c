"""A web page turned into facts: what a reader sees, what it asks, where it leads, who it says it is.

The input is hostile: sizes are capped, cost is linear, nothing is executed or fetched. A page that was cut short says
so in `missing`.
"""

import re
from urllib.parse import urldefrag, urljoin

from zhengben.core.handed_out import handed_out
from zhengben.core.pagefacts import Form, Link, PageFacts, Told
from zhengben.examine.page_identity import copyright_line, is_article, linked_data, says_it_stands_at, site_name
from zhengben.examine.page_reader import Reader
from zhengben.examine.page_stream import TooManyTagsError, pieces, repaired
from zhengben.examine.page_told import drawn_words
from zhengben.examine.picture_sources import embedded
from zhengben.examine.text import decode

MOST_TEXT = 200_000
_MOST_LINKS = 600
_MOST_IMAGES = 300
_MOST_INNER = 8  # documents written into frames
_MOST_DRAWING = 200_000  # bytes of a drawing whose words are read
_SCRIPTED_BELOW = 40  # characters of text under which a page with scripts has said nothing yet

_FILE_IN_SCRIPT = re.compile(
    r"""["']([^"'\s<>]{1,500}\.(?:apk|xapk|ipa|mobileconfig|hap)(?:\?[^"'\s<>]{0,300})?)["']""", re.IGNORECASE
)
_ITMS = re.compile(r"""(itms(?:-services|-apps)?:[^"'\s<>]{1,500})""", re.IGNORECASE)
_MOVES = re.compile(
    r"""(?:\blocation(?:\.href)?\s*=\s*|\blocation\.(?:replace|assign)\(\s*|\bwindow\.open\(\s*)["'`]([^"'`\s]{1,1000})["'`]"""
)
_REFRESH = re.compile(
    r"""^\s*+(\d{0,6}+)[\d.]*+(?:\s*+[;,]\s*+|\s++|(?=url))(?:url\s*+=\s*+)?+["']?+([^"'\s]+)""", re.IGNORECASE
)
_SOON = 10  # seconds within which a refresh sends visitors on before they have read the page


def examine_page(source: str, url: str, final_url: str = "", profile: str = "", status: int | None = None) -> PageFacts:
    """Read a page (HTML text); never raises for what is in it.

    `url` is what was asked for, `final_url` where it ended. Addresses in the result are absolute where they can be.
    """
    reader, missing = _read(source)
    base = _join(final_url or url, reader.base)
    text = reader.text()[:MOST_TEXT]
    if len(text) < _SCRIPTED_BELOW and reader.scripts:
        missing.append("page.scripted")
    elif len(text) < _SCRIPTED_BELOW and reader.frames:
        missing.append("page.framed")
    elif len(text) < _SCRIPTED_BELOW and reader.images:
        missing.append("page.pictures")
    soon = _soon(reader, base)
    if soon:
        missing.append("page.moved")
    told = _told(reader, source)
    facts = linked_data("\n".join(reader.linked))
    return PageFacts(
        url=url,
        final_url=final_url or url,
        profile=profile,
        status=status,
        title=reader.title,
        headings=tuple(reader.headings),
        text=text,
        description=reader.meta.get("description", "")[:1000],
        forms=tuple(
            Form(action=_join(base, action) if action else "", fields=tuple(f)) for action, f in reader.filled()
        ),
        links=_links(reader, base),
        images=_absolute(base, reader.images, _MOST_IMAGES),
        image_words=tuple(dict.fromkeys((*reader.image_words, *(one.words for one in told)))),
        site_name=site_name(reader.meta),
        published=is_article(reader.meta, facts, text, has_article=reader.has_article),
        publisher=facts.get("publisher", "") or reader.meta.get("author", "")[:100],
        copyright=copyright_line(text),
        logo_words=tuple(dict.fromkeys(reader.logo_words)),
        icons=_absolute(base, reader.icons, 8),
        moves_to=_moves(reader, base),
        refresh_to=soon,
        told=told,
        choices=tuple(dict.fromkeys(reader.asides["choices"])),
        quoted=tuple(dict.fromkeys(reader.asides["quoted"])),
        frames=_absolute(base, reader.frames, 20),
        stands_at=says_it_stands_at(source, reader.meta, reader.canonical, reader.base),
        missing=tuple(missing),
    )


def _read(source: str) -> tuple[Reader, list[str]]:
    reader = Reader()
    whole = _take(reader, source)
    read = 0
    while read < min(len(reader.inner), _MOST_INNER):  # it grows meanwhile: a frame's document may hold frames
        whole = _take(reader, reader.inner[read]) and whole
        read += 1
    reader.finish()
    whole = whole and len(reader.inner) <= _MOST_INNER
    return reader, [] if whole else ["page.cut"]


def _take(reader: Reader, source: str) -> bool:
    """Read one document into the page; tell whether it was read whole."""
    well_formed, whole = repaired(source)
    try:
        for piece in pieces(well_formed):
            reader.take(piece)
    except TooManyTagsError:
        return False
    return whole


def _told(reader: Reader, source: str) -> tuple[Told, ...]:
    """Give the words outside the text, with those of drawings written into the page."""
    for body in embedded(source):
        if b"<svg" in body[:2000].lower():
            for words in drawn_words(decode(body[:_MOST_DRAWING])):
                reader.teller.add("drawing", words)
    return reader.teller.sayings()


def _links(reader: Reader, base: str) -> tuple[Link, ...]:
    links: dict[tuple[str, str], Link] = {}
    for href, text, offered in reader.links[:_MOST_LINKS]:
        url = _join(base, href)
        links.setdefault((url, text), Link(url=url, text=text, hands_out=handed_out(url) or handed_out(offered)))
    known = {link.url for link in links.values()}
    for script in reader.scripts:
        for found in [*_FILE_IN_SCRIPT.findall(script)[:20], *_ITMS.findall(script)[:20]]:
            url = _join(base, found)
            if url not in known:
                links.setdefault((url, ""), Link(url=url, hands_out=handed_out(url)))
    return tuple(links.values())


def _moves(reader: Reader, base: str) -> tuple[str, ...]:
    wanted = [there for _, there in _refreshes(reader)]
    wanted += [found for script in reader.scripts for found in _MOVES.findall(script)[:10]]
    return _absolute(base, wanted, 20)


def _refreshes(reader: Reader) -> list[tuple[int, str]]:
    """Give the seconds and the address of every refresh that names one; one without only shows the page again."""
    found = map(_REFRESH.match, reader.refreshes)
    return [(int(match[1] or 0), match[2]) for match in found if match]


def _soon(reader: Reader, base: str) -> str:
    """Give the address of another page that every visitor is sent to before he has read this one."""
    here = urldefrag(base)[0]
    there = (_join(base, reference) for seconds, reference in _refreshes(reader) if seconds <= _SOON)
    return next((url for url in there if urldefrag(url)[0] != here), "")


def _absolute(base: str, sources: list[str], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_join(base, source) for source in sources[:most]))


def _join(base: str, reference: str) -> str:
    if not reference:
        return base
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference
