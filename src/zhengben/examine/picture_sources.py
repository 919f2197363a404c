"""Pictures written into a page itself: data URIs, taken out as bytes and found again by their sha256.

Light on purpose: nothing is decoded as a picture here, so whoever only needs the bytes of a match may import it.
"""

import base64
import binascii
import hashlib
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from zhengben.core.fetched import Captured

MOST = 40  # pictures of one page
BIGGEST = 6_000_000  # characters of one address: the longest that is decoded
_DATA = re.compile(
    r"data:image/[\w.+\-]{1,20}(?:;(?!base64)[\w\-]{1,20}(?:=[\w\-]{1,40})?){0,4}(;base64)?,", re.IGNORECASE
)
_PACKED = re.compile(r"[A-Za-z0-9+/=_\-%\s]*")
_ENDS = {'"': '"', "'": "'", "(": ")"}  # by what stands before an address
_BARE = re.compile(r"[\s>]")


def embedded(source: str) -> Iterator[bytes]:
    """Give the bytes of every picture written into some HTML or CSS, once each, in order; broken ones are left out."""
    known: set[str] = set()
    room = 2 * BIGGEST  # characters decoded of one page: overlapping addresses could ask for the same ones again
    for start in _DATA.finditer(source):
        address = _address(source, start)
        room -= len(address)
        if room < 0:
            return
        body = data_body(address)
        name = hashlib.sha256(body).hexdigest()
        if body and name not in known:
            known.add(name)
            yield body
            if len(known) == MOST:
                return


def _address(source: str, start: re.Match[str]) -> str:
    """Give one address, from where it starts to where the page ends it."""
    most = start.end() + BIGGEST
    if start[1]:
        packed = _PACKED.match(source, start.end(), most)
        return source[start.start() : packed.end() if packed else start.end()]
    closing = _ENDS.get(source[start.start() - 1 : start.start()])
    bare = None if closing else _BARE.search(source, start.end(), most)
    end = source.find(closing, start.end(), most) if closing else bare.start() if bare else len(source)
    return html.unescape(source[start.start() : end if end >= 0 else most])


def data_body(address: str) -> bytes:
    """Give the bytes of one `data:image` address, or none where it is no such address or is broken.

    >>> data_body("data:image/gif;base64,R0lGODlh"), data_body("data:image/svg+xml,%3Csvg/%3E"), data_body("data:,x")
    (b'GIF89a', b'<svg/>', b'')
    """
    head = _DATA.match(address)
    if not head or len(address) > BIGGEST:
        return b""
    rest = unquote_to_bytes(address[head.end() :])
    if not head[1]:
        return rest
    try:
        # Browsers forgive spaces and missing padding, so pages that hide from strict readers leave them out.
        packed = re.sub(rb"[^A-Za-z0-9+/]", b"", rest)
        return base64.b64decode(packed + b"=" * (-len(packed) % 4))
    except (binascii.Error, ValueError):
        return b""


def picture_named(captured: Captured, sha256: str) -> bytes:
    """Give the picture of a capture that a match names: its screenshot, its favicon, or one written into the page.

    No bytes where the capture holds no such picture.
    """
    for body in (captured.screenshot, captured.favicon):
        if body and hashlib.sha256(body).hexdigest() == sha256:
            return body
    return next((b for b in embedded(captured.dom) if hashlib.sha256(b).hexdigest() == sha256), b"")
