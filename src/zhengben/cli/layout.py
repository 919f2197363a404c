"""Text on a terminal: Chinese characters are two columns wide, and a line of them has no spaces to break at.

argparse counts characters, so its tables lean and its lines run out of the window as soon as help is Chinese.
"""

import argparse
import unicodedata

_NEVER_FIRST = frozenset("，。；：、！？）】》”’%,.;:!?)")  # marks that must not begin a line (GB/T 15834)


def width(text: str) -> int:
    """Give how many columns a text takes on a terminal.

    >>> width("微粒贷 ok")
    9
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text if not unicodedata.combining(c))


def pad(text: str, columns: int) -> str:
    """Fill a text with spaces up to a number of columns."""
    return text + " " * max(0, columns - width(text))


def wrap(text: str, columns_wide: int) -> list[str]:
    """Break a text into lines: between words, and between any two Chinese characters.

    >>> wrap("微粒贷没有 APP，都是假的", 12)
    ['微粒贷没有', 'APP，都是假', '的']
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(" ".join(text.split())):
        if line and width(line + piece.rstrip()) > columns_wide and piece[0] not in _NEVER_FIRST:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """Split a text where a line may end; a space stays with the piece before it."""
    pieces: list[str] = []
    for char in text:
        wide = width(char) == 2
        joins = pieces and not wide and not pieces[-1].endswith(" ") and width(pieces[-1][-1]) == 1
        if pieces and (joins or char == " "):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


class Formatter(argparse.HelpFormatter):
    """Help whose lines fit the window in every language; an epilog keeps the line breaks it was written with."""

    def __init__(self, prog: str) -> None:
        """Leave a wider left column than argparse: `--mode {strict,balanced,wide}` fits beside its help."""
        super().__init__(prog, max_help_position=30)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:
            return "".join(f"{indent}{line}" for line in text.splitlines(keepends=True))
        return "\n".join(indent + line for line in wrap(text, width))
