"""Addresses and message numbers that lead an answer back to its notice, and that a stranger cannot make up.

Every notice has an idempotency key. From it come its Message-ID and the address that bounces and replies return to
(VERP). Both carry a short keyed digest, so that nobody can answer a notice that was never sent to them.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

_ADDRESS = re.compile(r"<?(z[rkh])-([a-z0-9._-]+)-([a-z2-7]{10})@([a-z0-9.-]+)>?", re.IGNORECASE | re.ASCII)
_READABLE = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)
# Message-IDs are bounded here, because a header of megabytes would otherwise be tried at every place.
_IDS = re.compile(r"<[^<>\s]{1,400}>")
LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1
KEY_BYTES = 120


@dataclass(frozen=True, slots=True)
class Postmark:
    """The domain our mail returns to, and the secret that marks it."""

    domain: str
    secret: bytes

    def message_id(self, key: str) -> str:
        """Give the Message-ID of a notice; the same key always gives the same one.

        >>> Postmark("replies.example", b"s").message_id("n1")
        '<zr-n1-6kqp2kgk4n@replies.example>'
        """
        return f"<{self._locals(key)[0]}@{self.domain}>"

    def return_path(self, key: str) -> str:
        """Give the address to which bounces and replies of a notice come back."""
        # The readable form where it fits: an operator who reads a bounce sees at once which notice it is about.
        local = next(one for one in self._locals(key) if len(one) <= LOCAL_PART)
        return f"{local}@{self.domain}"

    def owns(self, address: str) -> bool:
        """Tell whether an address has our form and domain; only `key_of` proves whose notice it is."""
        found = _ADDRESS.fullmatch(address.strip())
        return found is not None and found[4].lower() == self.domain.lower()

    def key_of(self, address: str, keys: Iterable[str] = ()) -> str:
        """Give the key behind an address or a Message-ID, or an empty string for anything we did not mark.

        A long key does not fit into an address: then `keys`, the keys that await an answer, are tried.
        """
        found = _ADDRESS.fullmatch(address.strip())
        if found is None or found[4].lower() != self.domain.lower():
            return ""
        kind, packed, mark = found[1].lower(), found[2].lower(), found[3].lower()
        if kind == "zh":
            tried: Iterable[str] = (key for key in keys if _short(key) == packed)
        else:
            tried = [_unescape(packed) if kind == "zr" else _unpack(packed)]
        # Compared in constant time: nobody finds a mark letter by letter from how long we take.
        return next((key for key in tried if key and hmac.compare_digest(self._mark(key), mark)), "")

    def keys_in(self, headers: Iterable[str], keys: Iterable[str] = ()) -> list[str]:
        """Give every key that Message-IDs in these header values lead to, in order."""
        awaited = tuple(keys)
        found = (self.key_of(one, awaited) for text in headers for one in _IDS.findall(text[:8000]))
        return [key for key in found if key]

    def _locals(self, key: str) -> tuple[str, ...]:
        """Give the spellings of a key, the best first: readable, packed, and its digest, which always fits."""
        mark = self._mark(key)
        packed = (f"zk-{_pack(key)}-{mark}", f"zh-{_short(key)}-{mark}")
        return (f"zr-{_escape(key)}-{mark}", *packed) if _READABLE.fullmatch(key) else packed

    def _mark(self, key: str) -> str:
        # 50 bits: far more than anybody can try at a mail door, and short enough for an address.
        return _base32(hmac.digest(self.secret, key.encode(), hashlib.sha256))[:10]


def _escape(key: str) -> str:
    """Write capitals as `_` and a small letter: some relays write whole addresses small."""
    return re.sub(r"[A-Z]", lambda found: f"_{found[0].lower()}", key)


def _unescape(written: str) -> str:
    key = re.sub(r"_([a-z])", lambda found: found[1].upper(), written)
    return key if _READABLE.fullmatch(key) and len(key) <= KEY_BYTES and _escape(key) == written else ""


def _pack(key: str) -> str:
    raw = key.encode()
    if not 0 < len(raw) <= KEY_BYTES:
        raise ValueError(f"a notice's key has 1 to {KEY_BYTES} bytes, this one {len(raw)}")
    return _base32(raw)


def _unpack(packed: str) -> str:
    try:
        key = base64.b32decode(packed.upper() + "=" * (-len(packed) % 8)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return key if key and len(key) <= KEY_BYTES and _base32(key.encode()) == packed else ""


def _short(key: str) -> str:
    return _base32(hashlib.sha256(key.encode()).digest())[:32]


def _base32(raw: bytes) -> str:
    # base32, because some relays write addresses in lower case
    return base64.b32encode(raw).decode().rstrip("=").lower()
