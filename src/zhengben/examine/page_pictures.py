"""A capture turned into facts: the document after scripts, and what only pictures say.

The layers run cheapest first and the last, reading words in pictures, only where the document says too little: a page
that is one image has no text. What a missing engine leaves unseen is named in `missing`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from zhengben.core.fetched import Captured
from zhengben.core.pagefacts import Link, LogoMatch, PageFacts, ReadLine, Reference
from zhengben.examine import logo, ocr, qr
from zhengben.examine.image import Picture, UnreadablePictureError, open_picture, smaller
from zhengben.examine.page import examine_page, hands_out

SPARSE = 120  # visible characters under which pictures are read
PICTURE_SHARE = 0.3  # share of the page covered by pictures from which they are read although there is text
_SEEN_NOW = frozenset(
    {"page.scripted", "page.pictures", "page.framed"}
)  # what a browser and the picture readers make up for
_PICTURES = frozenset({"img", "svg", "canvas", "css"})
_ADDRESS = re.compile(r"(?i)(?:https?|itms(?:-\w+)?)://?\S")
_TALLEST = 2400
MOST_PICTURES = 8


def examine_captured(captured: Captured, references: Sequence[Reference] = ()) -> PageFacts:
    """Read everything a capture shows; never raises for what is in it. The same capture gives the same facts."""
    page = examine_page(captured.dom, captured.url, captured.final_url, captured.profile, captured.status)
    missing = [code for code in page.missing if code not in _SEEN_NOW]
    if captured.failure:
        missing.append(f"page.{captured.failure}")
    try:
        picture = open_picture(captured.screenshot)
    except UnreadablePictureError:
        return replace(page, missing=(*missing, "page.picture"))
    codes = _codes(picture, missing)
    logos = _logos(captured, picture, references, missing)
    read = _words(captured, page, picture, missing)
    return replace(
        page, title=page.title or captured.title, qr=codes, logos=logos, missing=tuple(dict.fromkeys(missing)),
        links=(*page.links, *_led(codes)), read=read, image_words=_told(page, read),
    )  # fmt: skip


def add_pictures(
    page: PageFacts, bodies: Sequence[tuple[str, bytes]], references: Sequence[Reference] = ()
) -> PageFacts:
    """Read the pictures of a page that was only downloaded: (address, bytes) each; unreadable ones are named."""
    missing = [code for code in page.missing if code != "page.pictures"]
    read: list[ReadLine] = list(page.read)
    codes: list[str] = list(page.qr)
    logos: list[LogoMatch] = list(page.logos)
    for source, body in bodies[:MOST_PICTURES]:
        try:
            picture = open_picture(body)
        except UnreadablePictureError:
            missing.append("page.picture")
            continue
        codes += _codes(picture, missing)
        box = [(source, 0.0, 0.0, float(picture.width), float(picture.height))]
        logos += _matched(logo.candidates(picture, box), (picture, box), references, missing)
        read += _lines(picture, missing)
    return replace(
        page, qr=tuple(dict.fromkeys(codes)), links=(*page.links, *_led(codes)),
        logos=tuple(logos), read=tuple(read),
        image_words=_told(page, read),         missing=tuple(dict.fromkeys(missing)),
    )  # fmt: skip


def _led(codes: Sequence[str]) -> tuple[Link, ...]:
    """Give where codes lead, as links: what a code hands out is handed out by the page."""
    led = (code for code in dict.fromkeys(codes) if _ADDRESS.match(code))
    return tuple(Link(url=code, text="二维码", hands_out=hands_out(code)) for code in led)


def _codes(picture: Picture, missing: list[str]) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(code.text for code in qr.read_codes(picture.pixels)))
    except qr.EngineMissingError:
        missing.append("page.qr_reader")
        return ()


def _logos(
    captured: Captured, picture: Picture, references: Sequence[Reference], missing: list[str]
) -> tuple[LogoMatch, ...]:
    if not references:
        return ()
    boxes = [(b.text or b.kind, b.x, b.y, b.width, b.height) for b in captured.boxes if b.kind in _PICTURES]
    if not captured.boxes:
        boxes = [("screenshot", 0, 0, picture.width, picture.height)]
    found = logo.candidates(picture, boxes)
    try:
        icon = open_picture(captured.favicon)
        found += logo.candidates(icon, [("favicon", 0, 0, icon.width, icon.height)])
    except UnreadablePictureError:
        pass  # most pages have none, and many that have serve a page in its place
    return _matched(found, (picture, boxes), references, missing)


def _matched(
    found: list[logo.Candidate],
    large: tuple[Picture, Sequence[tuple[str, float, float, float, float]]],
    references: Sequence[Reference],
    missing: list[str],
) -> tuple[LogoMatch, ...]:
    """Give the marks among the boxes found, and inside those boxes of a picture that are `large`."""
    sound = logo.readable(tuple(references))
    if len(sound) < len(references):
        missing.append("page.logo_reference")
    if not sound:
        return ()
    try:
        return logo.matcher(sound).match([*found[: logo.MOST_BOXES], *logo.parts(*large)])
    except logo.EngineMissingError:
        missing.append("page.logo_reader")
        return ()


def _told(page: PageFacts, read: Sequence[ReadLine]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*page.image_words, *(line.text for line in read))))


def _words(captured: Captured, page: PageFacts, picture: Picture, missing: list[str]) -> tuple[ReadLine, ...]:
    if len(page.text) >= SPARSE and _share(captured, picture) < PICTURE_SHARE:
        return ()
    return _lines(picture, missing)


def _lines(picture: Picture, missing: list[str]) -> tuple[ReadLine, ...]:
    try:
        lines = ocr.read_lines(smaller(picture.pixels[:_TALLEST]))
    except ocr.EngineMissingError:
        missing.append("page.ocr_reader")
        return ()
    model = ":".join(ocr.models()[-1])
    return tuple(
        ReadLine(text=one.text, score=round(one.score, 4), box=one.box, source_sha256=picture.sha256, model=model)
        for one in lines
    )


def _share(captured: Captured, picture: Picture) -> float:
    """Give the share of the first screens that pictures cover; overlaps count twice, which only reads more."""
    tall = min(picture.height, _TALLEST)
    covered = sum(
        min(b.width, picture.width) * max(0.0, min(b.y + b.height, tall) - max(b.y, 0.0))
        for b in captured.boxes
        if b.kind in _PICTURES
    )
    return covered / max(1, picture.width * tall)
