"""A page with its pictures turned into facts: the document, and what only pictures say.

The layers run cheapest first and the last, reading words in pictures, only where the document says too little, or where
it asks its visitors for secrets: then a name that stands only in a picture is what matters. What a missing engine
leaves unseen is named in `missing`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from zhengben.core.fetched import Captured
from zhengben.core.handed_out import handed_out
from zhengben.core.pagefacts import SECRETS, Link, LogoMatch, PageFacts, ReadLine, Reference
from zhengben.examine import logo
from zhengben.examine.image import Picture, UnreadablePictureError, open_frames, open_picture
from zhengben.examine.page import examine_page
from zhengben.examine.picture_layers import Eye, Large
from zhengben.examine.picture_sources import embedded

SPARSE = 120  # visible characters under which pictures are read
PICTURE_SHARE = 0.3  # share of the page covered by pictures from which they are read although there is text
MOST_PICTURES = 8
_SEEN_NOW = frozenset({"page.scripted", "page.pictures", "page.framed"})  # what a browser makes up for
_PICTURES = frozenset({"img", "svg", "canvas", "css"})
_ADDRESS = re.compile(r"(?i)(?:https?|itms(?:-\w+)?)://?\S")
_TALLEST = 2400
_DRAWING = re.compile(rb"<svg|<\?xml|<!doctype svg", re.IGNORECASE)
_SPACER = 64  # bytes under which nothing is a picture of anything
_READABLE = (40, 14)  # pixels of width and height from which a picture may hold a word


def examine_captured(captured: Captured, references: Sequence[Reference] = ()) -> PageFacts:
    """Read everything a capture shows; never raises for what is in it. The same capture gives the same facts."""
    page = examine_page(captured.dom, captured.url, captured.final_url, captured.profile, captured.status)
    eye = Eye(references, [code for code in page.missing if code not in _SEEN_NOW])
    if captured.failure:
        eye.missing.append(f"page.{captured.failure}")
    try:
        picture = open_picture(captured.screenshot)
    except UnreadablePictureError:
        return replace(page, missing=(*eye.missing, "page.picture"))
    page = replace(page, title=page.title or captured.title)
    codes, logos = eye.codes(picture), _logos(captured, picture, eye)
    read = _words(captured, page, picture, eye)
    return _with(page, eye, codes, logos, read)


def examine_html(
    source: str,
    url: str,
    final_url: str = "",
    profile: str = "",
    status: int | None = None,
    references: Sequence[Reference] = (),
) -> PageFacts:
    """Read a page that was not drawn by a browser, and the pictures written into it; never raises for what is in it."""
    page = examine_page(source, url, final_url, profile, status)
    bodies = [(f"data:{n}", body) for n, body in enumerate(embedded(source), 1) if not _DRAWING.search(body[:400])]
    return add_pictures(page, bodies, references) if bodies else page


def add_pictures(
    page: PageFacts, bodies: Sequence[tuple[str, bytes]], references: Sequence[Reference] = ()
) -> PageFacts:
    """Look at pictures of a page that was only downloaded: (name, bytes) each; unreadable ones are named."""
    eye = Eye(references, list(page.missing))
    codes, logos, read = list(page.qr), list(page.logos), list(page.read)
    reading = len(page.text) < SPARSE or reaches(page)
    for source, body in bodies[:MOST_PICTURES]:
        try:
            picture = open_picture(body)
        except UnreadablePictureError:
            eye.missing.extend(["page.picture"] if len(body) > _SPACER else [])
            continue
        if min(picture.width, picture.height) < logo.SMALLEST:
            continue  # a spacer, or what stands there until the real picture is loaded
        codes += eye.codes(picture)
        logos += _whole(picture, source, eye)
        if reading and picture.width >= _READABLE[0] and picture.height >= _READABLE[1]:
            read += eye.lines(picture)
    if len(bodies) > MOST_PICTURES:
        eye.missing.append("page.more_pictures")
    return _with(page, eye, codes, logos, read)


def examine_picture(body: bytes, references: Sequence[Reference] = ()) -> PageFacts:
    """Look at a picture file by itself: its words, codes and marks. Never raises; `image.reader` says "not opened"."""
    blank = PageFacts(url="", final_url="", profile="picture")
    try:
        frames, all_seen = open_frames(body)
    except UnreadablePictureError:
        return replace(blank, missing=("image.reader",))
    eye = Eye(references, [] if all_seen else ["image.frames"])
    codes: list[str] = []
    logos: list[LogoMatch] = []
    read: list[ReadLine] = []
    for frame in frames:
        codes += eye.codes(frame)
        logos += _whole(frame, "picture", eye)
        read += [line for line in eye.lines(frame) if line.text not in {known.text for known in read}]
    return _with(blank, eye, codes, logos, read)


def reaches(page: PageFacts) -> bool:
    """Tell whether a page asks for secrets or hands out a file: then what its pictures say matters."""
    return bool(SECRETS & set(page.asks)) or any(link.hands_out for link in page.links)


def _with(
    page: PageFacts, eye: Eye, codes: Sequence[str], logos: Sequence[LogoMatch], read: Sequence[ReadLine]
) -> PageFacts:
    codes = tuple(dict.fromkeys(codes))
    known = {link.url for link in page.links}
    led = tuple(link for link in _led(codes) if link.url not in known)
    words = tuple(dict.fromkeys((*page.image_words, *(line.doubted or line.text for line in read))))
    return replace(
        page, qr=codes, links=(*page.links, *led), logos=tuple(dict.fromkeys(logos)), read=tuple(read),
        image_words=words, missing=tuple(dict.fromkeys(eye.missing)),
    )  # fmt: skip


def _led(codes: Sequence[str]) -> tuple[Link, ...]:
    """Give where codes lead, as links: what a code hands out is handed out by the page."""
    led = (code for code in dict.fromkeys(codes) if _ADDRESS.match(code))
    return tuple(Link(url=code, text="二维码", hands_out=handed_out(code)) for code in led)


def _whole(picture: Picture, source: str, eye: Eye) -> tuple[LogoMatch, ...]:
    """Give the marks in a picture taken as a whole, and at places inside it."""
    box = [(source, 0.0, 0.0, float(picture.width), float(picture.height))]
    return eye.marks(logo.candidates(picture, box), Large(picture, box))


def _logos(captured: Captured, picture: Picture, eye: Eye) -> tuple[LogoMatch, ...]:
    boxes = [(b.text or b.kind, b.x, b.y, b.width, b.height) for b in captured.boxes if b.kind in _PICTURES]
    if not captured.boxes:
        boxes = [("screenshot", 0.0, 0.0, float(picture.width), float(picture.height))]
    found = logo.candidates(picture, boxes)
    try:
        icon = open_picture(captured.favicon)
        found += logo.candidates(icon, [("favicon", 0, 0, icon.width, icon.height)])
    except UnreadablePictureError:
        pass  # most pages have none, and many that have serve a page in its place
    return eye.marks(found, Large(picture, boxes))


def _words(captured: Captured, page: PageFacts, picture: Picture, eye: Eye) -> tuple[ReadLine, ...]:
    if len(page.text) < SPARSE or _share(captured, picture) >= PICTURE_SHARE:
        return eye.lines(picture, _TALLEST)
    if not reaches(page):
        return ()
    boxes = [(b.x, b.y, b.width, b.height) for b in captured.boxes if b.kind in _PICTURES]
    return eye.lines_in(picture, boxes)


def _share(captured: Captured, picture: Picture) -> float:
    """Give the share of the first screens that pictures cover; overlaps count twice, which only reads more."""
    tall = min(picture.height, _TALLEST)
    covered = sum(
        min(b.width, picture.width) * max(0.0, min(b.y + b.height, tall) - max(b.y, 0.0))
        for b in captured.boxes
        if b.kind in _PICTURES
    )
    return covered / max(1, picture.width * tall)
