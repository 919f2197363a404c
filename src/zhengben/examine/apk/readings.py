"""Bytes turned into what a search can read: wide text, escapes of scripts, pools of binary XML, property lists.

An address is written in an app in one of few ways, and a search over raw bytes sees only the plainest. Every turning is
linear, and what is none of it comes back as it was.
"""

import base64
import binascii
import html
import re
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from zhengben.examine.apk.axml import looks_like_axml
from zhengben.examine.apk.pool import Pool
from zhengben.examine.plist import read_plist

MAX_STRINGS = 20_000
MAX_DEPTH = 12
SAMPLE = 4096
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(/))")
_WIDE_SCHEME = re.compile(rb"(?:[a-zA-Z]\0){2,5}\Z")
_WIDE_REST = re.compile(rb"(?:[\x21-\x7e]\0){4,400}")
_RUN = re.compile(rb"[A-Za-z0-9+/_-]{32,40000}")
_QUOTED = re.compile(rb"[A-Za-z]{2,5}%3[aA]%2[fF]%2[fF][\x21\x24-\x26\x28-\x3b\x3d\x3f-\x7e]{4,400}")
_ALPHABET = bytes.maketrans(b"-_", b"+/")
MAX_TEXT = 1 << 20  # of a longer file only what stands plainly is searched
_PACKED = re.compile(rb"aHR0c[A-Za-z0-9+/_-]{8,600}")  # how "http" begins in base 64


def readable(data: bytes) -> bytes:
    """Give a text file's bytes as UTF-8 without escapes, its strings one a line where it is a table of strings."""
    if looks_like_axml(data) and data[:2] == b"\x03\x00":
        return "\n".join(axml_strings(data)).encode("utf-8", "replace")
    if data[:6] == b"bplist":
        return "\n".join(plist_strings(read_plist(data))).encode("utf-8", "replace")
    text = unescaped(narrow(data))
    return html.unescape(text.decode("utf-8", "ignore")).encode() if b"&#" in text and len(text) < MAX_TEXT else text


def hidden(text: bytes) -> bytes:
    """Give what stands in a text in base 64 or as a quoted address, one a line, where that can be read."""
    found = [unquote_to_bytes(match.group()) for match in _QUOTED.finditer(text)][:200]
    for match in list(_RUN.finditer(text))[:400] if len(text) < MAX_TEXT else ():
        plain = _decoded(match.group())
        if b"://" in plain or b"\xe5\xbe\xae\xe4\xbf\xa1" in plain or b"QQ" in plain:
            found.append(plain)
    return b"\n".join(found)


def unpacked(data: bytes, cap: int) -> bytes:
    """Give what a gzip file holds, at most `cap` bytes; others come back as they are."""
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        return zlib.decompressobj(31).decompress(data, cap)
    except zlib.error:
        return data


def axml_strings(data: bytes) -> list[str]:
    """Give the strings of a binary XML file: attributes and texts alike stand in its first pool."""
    at, found = 8, data.find(b"\x01\x00\x1c\x00", 0, 4096)
    pool = Pool(data, found if found >= 0 else at, {}, "axml")
    return [pool.text(i) for i in range(min(pool.count, MAX_STRINGS))]


def plist_strings(value: object, depth: int = 0) -> Iterator[str]:
    """Give the texts in a property list, each key in front of its text, so that `qq: 12345` is read as one."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        for key, inner in list(value.items())[:MAX_STRINGS]:
            if isinstance(inner, str):
                yield f"{key}: {inner}"
            else:
                yield from plist_strings(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value[:MAX_STRINGS]:
            yield from plist_strings(inner, depth + 1)
    elif isinstance(value, str):
        yield value


def narrow(data: bytes) -> bytes:
    """Give UTF-16 text as UTF-8, told by its mark or by the zeros that stand at every other place.

    >>> narrow("微信 a1b2c3".encode("utf-16-le")).decode()
    '微信 a1b2c3'
    """
    order = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2]) or _wide(data[:SAMPLE])
    return data.decode(order, "ignore").lstrip("\ufeff").encode("utf-8", "ignore") if order else data


def _wide(sample: bytes) -> str:
    """Tell wide text without a mark: one half of its bytes has many zeros (of Latin letters), the other hardly any."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    many, few = len(sample) // 16, len(sample) // 64
    if len(sample) < 16:
        return ""
    return "utf-16-le" if odd > many and even <= few else "utf-16-be" if even > many and odd <= few else ""


def unescaped(data: bytes) -> bytes:
    r"""Give text in which `\/`, `\xhh` and `\uhhhh` of scripts and JSON are what they stand for.

    >>> unescaped(rb'"https:\/\/a.example\/x", "\u5fae\u4fe1"').decode()
    '"https://a.example/x", "微信"'
    """
    if b"\\u" not in data and b"\\/" not in data and b"\\x" not in data:
        return data
    text = _ESCAPE.sub(_meant, data.decode("utf-8", "surrogateescape"))
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8", "replace")


def _meant(match: re.Match[str]) -> str:
    wide, narrow_one, slash = match.groups()
    return slash or chr(int(wide or narrow_one, 16))


def wide_addresses(data: bytes) -> bytes:
    """Give the addresses that stand in machine code as wide characters, one a line."""
    found: list[bytes] = []
    at = data.find(b":\0/\0/\0")
    while at >= 0 and len(found) < 200:
        scheme, rest = _WIDE_SCHEME.search(data[max(0, at - 10) : at]), _WIDE_REST.match(data, at + 6)
        if scheme and rest:
            found.append((scheme.group() + b":\0/\0/\0" + rest.group())[::2])
        at = data.find(b":\0/\0/\0", at + 6)
    return b"\n".join(found)


def packed_addresses(data: bytes) -> bytes:
    """Give the addresses that stand in base 64, one a line."""
    found: list[bytes] = []
    at = data.find(b"aHR0c")
    while at >= 0 and len(found) < 200:
        match = _PACKED.match(data, at)
        if match:
            found.append(_decoded(match.group()))
        at = data.find(b"aHR0c", match.end() if match else at + 5)
    return b"\n".join(one for one in found if b"://" in one[:10])


def _decoded(run: bytes) -> bytes:
    """Decode base 64 of either alphabet whose padding may be missing; nothing where it is none."""
    plain = run.translate(_ALPHABET)
    whole = len(plain) // 4 * 4
    rest = plain[whole:].ljust(4, b"=") if len(plain) - whole > 1 else b""
    try:
        return base64.b64decode(plain[:whole] + rest)
    except (binascii.Error, ValueError):
        return b""
