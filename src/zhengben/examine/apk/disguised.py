"""Texts written so that a plain search passes over them, written plainly again.

UTF-16, UTF-32 and GB18030 files; the escapes of JSON and scripts; character references of HTML; percent signs, base64,
hexadecimal and lists of character numbers. What a program puts together only while it runs (pieces joined, reversed,
mixed with a key) is not seen, and nothing here pretends it was.
"""

import base64
import binascii
import html
import itertools
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes

HEAD = 4096
MAX_RUNS = 20_000  # escapes read in one text
MAX_PIECES = 200  # disguised pieces of one kind read in one text
MARKUP_CAP, TOKENS_CAP = 1 << 20, 256 << 10
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le", "utf32"), (b"\0\0\xfe\xff", "utf-32-be", "utf32"),
    (b"\xff\xfe", "utf-16-le", "utf16"), (b"\xfe\xff", "utf-16-be", "utf16"),
)  # fmt: skip
_BARE = (("utf-32-le", "utf32"), ("utf-32-be", "utf32"), ("utf-16-le", "utf16"), ("utf-16-be", "utf16"))
_ESCAPES = re.compile(rb"(?:\\+u[0-9a-fA-F]{4}|\\+u\{[0-9a-fA-F]{1,6}\}|\\+x[0-9a-fA-F]{2}|\\+[0-3][0-7]{2}){1,2000}")
_ESCAPE = re.compile(rb"\\+(?:u\{?([0-9a-fA-F]{1,6})\}?|x([0-9a-fA-F]{2})|([0-3][0-7]{2}))")
_PERCENT = re.compile(rb"[A-Za-z0-9%.\-_~+*]{12,2000}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_\-]{12,65536}")
_TOKEN = re.compile(
    rb"(?<![A-Za-z0-9+/_\-=])(?:[A-Za-z0-9+/]{4}){4,16000}(?:[A-Za-z0-9+/]{2,3}={0,2})?(?![A-Za-z0-9+/_\-])"
)
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){8,4000}")
_CODES = re.compile(rb"\d{2,3}(?:\s{0,2},\s{0,4}\d{2,5}){7,2000}")
_IN_BASE64 = b"aHR0c"  # how "http" begins in base64
_STANDARD = bytes.maketrans(b"-_", b"+/")
LEAST = 8  # bytes of a piece that can hold an address or a contact
Piece = tuple[str, bytes]


def plainly(data: bytes) -> Piece:
    """Give a file of text as UTF-8 with the code of the form it was in (empty: none); other bytes come back as is."""
    for mark, codec, form in _MARKS:
        if data.startswith(mark):
            return form, _utf8(data[len(mark) :], codec)
    head = data[:HEAD]
    if b"\0" in head:
        found = next(((form, codec) for codec, form in _BARE if reads_as(head, codec)), None)
        return (found[0], _utf8(data, found[1])) if found else ("", data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _chinese(data)
    return "", data


def _utf8(data: bytes, codec: str) -> bytes:
    return data.decode(codec, "ignore").encode("utf-8", "ignore")


def reads_as(head: bytes, codec: str) -> bool:
    """Tell whether nearly all of some bytes makes sense in a wide encoding: letters, figures, Chinese, line ends."""
    width = 4 if "32" in codec else 2
    text = head[: len(head) // width * width].decode(codec, "replace")
    if len(text) < 4:
        return False
    usual = sum(
        " " <= c <= "~" or c in "\t\r\n" or "\u4e00" <= c <= "\u9fff" or c in "，。：；！？（）、" for c in text
    )
    return usual >= 0.9 * len(text) and any(c.isascii() for c in text)


def _chinese(data: bytes) -> Piece:
    """Read what is no UTF-8 as GB18030, if that makes Chinese of it; a few broken bytes change nothing."""
    text = data[:HEAD].decode("gb18030", "replace")
    high = [c for c in text if not c.isascii()]
    if high and sum("\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\uffef" for c in high) >= 0.9 * len(high):
        broken = data[:HEAD].decode("utf-8", "replace").count("\ufffd")
        if 2 * broken > len(high):
            return "gbk", data.decode("gb18030", "ignore").encode("utf-8", "ignore")
    return "", data


def unescaped(data: bytes) -> bytes:
    r"""Give a text with the escapes of JSON and scripts resolved, and HTML's references where it is not too long.

    >>> unescaped(b'"https:\\/\\/a.example\\u002fb" \\u5ba2\\u670d &#x31;').decode()
    '"https://a.example/b" 客服 1'
    """
    for _ in range(3):
        if b"\\/" not in data:
            break
        data = data.replace(b"\\/", b"/")
    if b"\\u" in data or b"\\x" in data or b"\\1" in data:
        data = _ESCAPES.sub(_run, data, count=MAX_RUNS)
    if b"\\n" in data:
        data = data.replace(b"\\r", b"").replace(b"\\n", b"\n")
    if b'\\"' in data:
        data = data.replace(b'\\"', b'"')
    if len(data) <= MARKUP_CAP and (b"&#" in data or b"&nbsp;" in data or b"&colon;" in data):
        data = html.unescape(data.decode("utf-8", "surrogateescape")).encode("utf-8", "ignore")
    return data


def _run(match: re.Match[bytes]) -> bytes:
    codes = [int(m[1] or m[2], 16) if m[1] or m[2] else int(m[3], 8) for m in _ESCAPE.finditer(match.group())]
    text = "".join(chr(code) if code < 0x110000 else "" for code in codes)
    if b"u" not in match.group() and any(code >= 0x80 for code in codes) and all(code < 0x100 for code in codes):
        return bytes(codes)  # \xe5\xbe\xae: the bytes of UTF-8, one by one; \u00e9 is a letter
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore").encode("utf-8", "ignore")


def pieces(data: bytes, *, whole: bool = True) -> Iterator[Piece]:
    """Give what a text holds in other writings, decoded, with the code of the writing.

    Without `whole` only what is looked for quickly enough in megabytes of strings.
    """
    for form, needles, rule, read in _WRITINGS if whole else _WRITINGS[:2]:
        for needle in needles if whole else needles[:1]:
            yield from ((form, plain) for plain in _around(data, needle, rule, read))
    if whole and len(data) <= TOKENS_CAP:
        yield from _tokens(data)


def _around(data: bytes, needle: bytes, rule: re.Pattern[bytes], read: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """Give what a rule and a reader make of each place where a needle stands."""
    at, tries = data.find(needle), 0
    while at >= 0 and tries < MAX_PIECES:
        tries += 1
        scheme = max(data.rfind(b"http", max(0, at - 5), at), data.rfind(b"HTTP", max(0, at - 5), at))
        match = rule.match(data, scheme if needle[:3] in {b"%3A", b"%3a"} and scheme >= 0 else at)
        plain = read(match.group()) if match else b""
        if plain:
            yield plain
        at = data.find(needle, max(at + len(needle), match.end() if match else 0))


def _tokens(data: bytes) -> Iterator[Piece]:
    """Give what whole words of base64 say, where that is text."""
    for match in itertools.islice(_TOKEN.finditer(data), MAX_PIECES):
        plain = _from_base64(match.group())
        if plain and not match.group().startswith(_IN_BASE64):
            yield "base64", plain


def _from_base64(raw: bytes) -> bytes:
    """Decode either alphabet, padded or not; what comes out must be text."""
    word = raw.translate(_STANDARD)
    word = word[: len(word) - (len(word) % 4 == 1)]
    try:
        return _as_text(base64.b64decode(word + b"=" * (-len(word) % 4)))
    except binascii.Error:
        return b""


def _from_hex(raw: bytes) -> bytes:
    return _as_text(bytes.fromhex(raw.decode("ascii")))


def _from_percent(raw: bytes) -> bytes:
    """Resolve percent signs, twice where they were themselves written so."""
    plain = unquote_to_bytes(raw)
    return _as_text(unquote_to_bytes(plain) if b"%2F" in plain or b"%2f" in plain else plain)


def _from_codes(raw: bytes) -> bytes:
    codes = [int(code) for code in raw.split(b",")]
    return _as_text("".join(chr(code) for code in codes if not 0xD800 <= code < 0xE000).encode())


def _as_text(plain: bytes) -> bytes:
    """Give bytes that are text and end where they stop being so; nothing for what is none."""
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError as error:
        text = plain[: error.start].decode("utf-8")
    stop = next((at for at, char in enumerate(text) if char < " " and char not in "\t\r\n"), len(text))
    return text[:stop].encode() if stop >= LEAST else b""


_WRITINGS: tuple[tuple[str, tuple[bytes, ...], re.Pattern[bytes], Callable[[bytes], bytes]], ...] = (
    ("base64", (_IN_BASE64,), _BASE64, _from_base64),
    ("percent", (b"%3A%2F%2F", b"%3a%2f%2f", b"%68%74%74%70"), _PERCENT, _from_percent),
    ("hex", (b"68747470",), _HEX, _from_hex),
    ("codes", (b"104,116,116,112", b"104, 116, 116, 112"), _CODES, _from_codes),
)  # fmt: skip
