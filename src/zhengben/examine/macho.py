"""Mach-O programs of iOS apps: where the code signature lies in each slice, and whether the code is encrypted.

Layout: Apple's public headers `mach-o/loader.h` and `mach-o/fat.h`. What makes no sense is left out.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

MAX_SLICES, MAX_COMMANDS = 8, 2000
CODE_SIGNATURE, ENCRYPTION = 0x1D, (0x21, 0x2C)
_THIN = {b"\xcf\xfa\xed\xfe": ("<", 32), b"\xce\xfa\xed\xfe": ("<", 28), b"\xfe\xed\xfa\xcf": (">", 32)}
_FAT = {b"\xca\xfe\xba\xbe": ">4xIIII", b"\xca\xfe\xba\xbf": ">4xIQQI8x"}


@dataclass(frozen=True, slots=True)
class Slice:
    """The program for one processor: its bytes, where in them the signature lies (0, 0: none), and encryption."""

    data: memoryview
    signature: tuple[int, int] = (0, 0)
    encrypted: bool = False


def slices(data: bytes) -> list[Slice]:
    """Give the slices of a program, one for a thin one; none where bytes are no Mach-O."""
    view = memoryview(data)
    return [found for part in _parts(view) if (found := _slice(part)) is not None]


def _parts(view: memoryview) -> Iterator[memoryview]:
    form = _FAT.get(bytes(view[:4]))
    if form is None or len(view) < 8:
        yield view
        return
    # The processor's kind stands in front of each entry and is skipped as four bytes of padding.
    entry = struct.Struct(form)
    for i in range(min(int.from_bytes(view[4:8], "big"), MAX_SLICES)):
        at = 8 + i * entry.size
        if at + entry.size > len(view):
            return
        _, start, size, _ = entry.unpack_from(view, at)
        if start + size <= len(view):
            yield view[start : start + size]


def _slice(view: memoryview) -> Slice | None:
    known = _THIN.get(bytes(view[:4]))
    if known is None or len(view) < 32:
        return None
    order, at = known
    signature, encrypted = (0, 0), False
    for kind, first, second, third in _commands(view, order, at):
        if kind == CODE_SIGNATURE and first + second <= len(view):
            signature = (first, second)
        elif kind in ENCRYPTION:
            encrypted = third != 0
    return Slice(view, signature, encrypted)


def _commands(view: memoryview, order: str, at: int) -> Iterator[tuple[int, int, int, int]]:
    """Give the load commands: kind and the first three numbers of each, 0 where it is shorter."""
    for _ in range(min(struct.unpack_from(f"{order}I", view, 16)[0], MAX_COMMANDS)):
        raw = bytes(view[at : at + 20]).ljust(20, b"\0")
        kind, size, first, second, third = struct.unpack(f"{order}IIIII", raw)
        if size < 8 or at + 8 > len(view):
            return
        yield kind, first, second, third if size >= 20 else 0
        at += size
