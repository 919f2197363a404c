"""One line on standard error that is drawn anew while a person watches, and never runs over into a second row.

A line that is wider than the window takes a row more each time it is drawn, and a shorter one leaves the end of the
last one standing; so it is cut to the window, and what stood there is wiped first.
"""

import os
import sys
import threading

from zhengben.cli.layout import width

_WIPE = "\r\x1b[K"
_USUAL = 80  # columns, where nothing says how wide the window is
_MORE = "…"
# Whether a line stands there now. One screen is shared by all who write, complaints of other threads among them.
_standing = threading.Event()


def fitted(text: str, columns: int) -> str:
    """Cut a text so that it stays short of the last column, where some terminals break the line already.

    >>> fitted("已看 8/121 个文件", 12), fitted("8/121 files", 40)
    ('已看 8/121…', '8/121 files')
    """
    room = max(1, columns - 1)
    if width(text) <= room:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > room - width(_MORE):
            break
        kept += char
    return kept.rstrip() + _MORE


def take_away() -> None:
    """Wipe the line where one stands, so that what is printed next begins on an empty row."""
    if _standing.is_set():
        _standing.clear()
        sys.stderr.write(_WIPE)
        sys.stderr.flush()


class LiveLine:
    """The line; on anything but a terminal only what is said last is written, which a log keeps."""

    def __init__(self) -> None:
        """Ask once whether anybody watches, on a screen on which a line can be wiped."""
        self.watched = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def draw(self, text: str) -> None:
        """Draw a text in place of the last one, where a person watches."""
        if self.watched:
            sys.stderr.write(f"{_WIPE}{fitted(text, _columns())}")
            sys.stderr.flush()
            _standing.set()

    def wipe(self) -> None:
        """Take the line away before an answer is printed on the same screen; a file or pipe is another screen."""
        if sys.stdout.isatty():
            take_away()

    def end(self, text: str) -> None:
        """Write the last line, whole."""
        take_away()
        sys.stderr.write(f"{text}\n")


def _columns() -> int:
    """Give the width of the window now: people make it narrower while they wait."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL
    except (OSError, ValueError):
        return _USUAL
