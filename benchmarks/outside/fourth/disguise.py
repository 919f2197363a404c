"""Deliberate disguises, written by hand; what is mechanical (escapes, styled letters) is noted and expanded here.

In the files ‹200B› stands for a code point, ⟦html:花呗⟧ for characters put through one of the transforms below.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sets import CODES, HERE, marked, spanned

_SMALL = dict(zip("abehiu", "ᴀʙᴇʜɪᴜ", strict=True))
_SUPER = dict(zip("bdeijlw", "ᵇᵈᵉⁱʲˡʷ", strict=True))


@dataclass(frozen=True)
class Disguise:
    """A sentence: its kind of disguise, the brand meant, the span (code points)."""

    kind: str
    brand: str
    text: str
    start: int
    end: int


def _each(shape: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "".join(map(shape, text))


def _letters(small: int, capital: int) -> Callable[[str], str]:
    """Latin letters moved to a block where `a` is SMALL and `A` is CAPITAL; all else stays."""

    def move(character: str) -> str:
        if "a" <= character <= "z":
            return chr(small + ord(character) - ord("a"))
        return chr(capital + ord(character) - ord("A")) if "A" <= character <= "Z" else character

    return _each(move)


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


TRANSFORMS: dict[str, Callable[[str], str]] = {
    "html": _each(lambda c: f"&#{ord(c)};"),
    "htmlx": _each(lambda c: f"&#x{ord(c):x};"),
    "htmlz": _each(lambda c: f"&#{ord(c):07d};"),
    "url": _percent,
    "urll": lambda text: _percent(text).lower(),
    "uu": _each(lambda c: f"%u{ord(c):04X}"),
    "u": _each(lambda c: f"\\u{ord(c):04x}"),
    "ub": _each(lambda c: f"\\u{{{ord(c):x}}}"),
    "uplus": _each(lambda c: f"U+{ord(c):04X} "),
    "css": _each(lambda c: f"\\{ord(c):x} "),
    "x": lambda text: "".join(f"\\x{byte:02x}" for byte in text.encode()),
    "fw": _each(lambda c: "\u3000" if c == " " else chr(ord(c) + 0xFEE0)),
    "circ": _letters(0x24D0, 0x24B6),
    "paren": _letters(0x249C, 0x249C),
    "sq": _letters(0x1F130, 0x1F130),
    "neg": _letters(0x1F170, 0x1F170),
    "bold": _letters(0x1D41A, 0x1D400),
    "italic": _letters(0x1D622, 0x1D608),
    "script": _letters(0x1D4EA, 0x1D4D0),
    "fraktur": _letters(0x1D586, 0x1D56C),
    "double": _letters(0x1D552, 0x1D538),
    "sans": _letters(0x1D5BA, 0x1D5A0),
    "mono": _letters(0x1D68A, 0x1D670),
    "small": lambda text: "".join(_SMALL[c] for c in text),
    "super": lambda text: "".join(_SUPER[c] for c in text),
    "rlo": lambda text: f"\u202e{text[::-1]}\u202c",
}


def _expanded(match: re.Match[str]) -> str:
    """The characters a note ⟦transform:characters⟧ stands for; `mark336` puts U+0336 after each."""
    name, _, text = match[1].partition(":")
    if name.startswith("mark"):
        return "".join(c + chr(int(name[4:], 16)) for c in text)
    return TRANSFORMS[name](text)


def _written(sentence: str) -> str:
    """SENTENCE with its notes expanded."""
    plain = re.sub("‹([0-9A-F]+)›", lambda match: chr(int(match[1], 16)), sentence)
    return re.sub("⟦([^⟧]*)⟧", _expanded, plain)


def disguises() -> Iterator[Disguise]:
    """Every disguise, by kind."""
    for path in sorted((HERE / "text").glob("*.txt")):
        for code, sentence in marked(path):
            yield Disguise(path.stem, CODES[code], *spanned(_written(sentence)))
