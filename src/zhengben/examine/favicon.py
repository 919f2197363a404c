"""What a favicon is found again by: the search engines' hash of its bytes, and a perceptual hash of its picture."""

import base64

_M = 0xFFFFFFFF


def shodan_hash(body: bytes) -> int:
    """Give the signed 32-bit MurmurHash3 of the base64 of a favicon, as internet search engines index it.

    Equal only for equal bytes: it finds sites, it proves no likeness.

    >>> shodan_hash(b"")
    0
    """
    # encodebytes, with its line ends: the engines hash exactly that, and any other base64 finds nothing.
    return murmur3(base64.encodebytes(body)) if body else 0


def murmur3(body: bytes) -> int:
    """Give MurmurHash3 x86 32-bit with seed 0, signed (Appleby, public domain algorithm).

    >>> murmur3(b"foo")
    -156908512
    """
    value = 0
    whole = len(body) - len(body) % 4
    for at in range(0, whole, 4):
        value ^= _mixed(int.from_bytes(body[at : at + 4], "little"))
        value = ((value << 13) | (value >> 19)) & _M
        value = (value * 5 + 0xE6546B64) & _M
    if whole < len(body):
        value ^= _mixed(int.from_bytes(body[whole:], "little"))
    value ^= len(body)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        value = ((value ^ (value >> shift)) * factor) & _M
    value ^= value >> 16
    return value - (1 << 32) if value >> 31 else value


def _mixed(block: int) -> int:
    block = (block * 0xCC9E2D51) & _M
    block = ((block << 15) | (block >> 17)) & _M
    return (block * 0x1B873593) & _M
