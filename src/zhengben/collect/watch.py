"""Watches a browser from outside, its memory and the number of its processes, and ends the one that takes too much.

JavaScript heaps can be bounded from inside, array buffers cannot: a page reached 1.58 GB in 1.9 s. Sizes are bytes from
`/proc/PID/statm`; Linux only, elsewhere it watches nothing.
"""

import contextlib
import os
import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_PAGE = os.sysconf("SC_PAGE_SIZE")
INTERVAL = 0.15
# Never ended for being the fattest: without them every page is lost, and none of them holds what a page makes.
_HELPERS = ("--type=zygote", "network.mojom.NetworkService", "crashpad")


class Allowed(Protocol):
    """How much a browser may take: bytes for one process, bytes for all together, and how many processes."""

    @property
    def one_process(self) -> int:
        """Give the resident bytes one process may have."""

    @property
    def all_processes(self) -> int:
        """Give the bytes all may have together; what they share is counted once."""

    @property
    def processes(self) -> int:
        """Give how many there may be."""


@dataclass(frozen=True, slots=True)
class Size:
    """One process: its resident bytes, and those of them it shares with others."""

    pid: int
    resident: int
    shared: int

    @property
    def own(self) -> int:
        """Give the bytes that would be free without it."""
        return max(0, self.resident - self.shared)


class Watch:
    """A thread over one process and its descendants; `killed` counts the processes it ended."""

    def __init__(self, root: int, allowed: Allowed) -> None:
        """Watch from process `root`, the leader of its process group."""
        self.root, self.allowed = root, allowed
        self.killed = 0
        self.peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="browser-watch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join(2)

    def _run(self) -> None:
        while not self._stop.wait(INTERVAL):
            sizes = [size for pid in tree(self.root) if (size := size_of(pid))]
            self.peak = max(self.peak, total(sizes))
            guilty = condemned(sizes, self.root, self.allowed)
            if guilty == self.root:  # what pages store in the browser itself: nothing less than all of it gives it back
                self._end(os.killpg, guilty)
            elif guilty:
                self._end(os.kill, guilty)

    def _end(self, how: object, pid: int) -> None:
        with contextlib.suppress(OSError):
            how(pid, signal.SIGKILL)  # type: ignore[operator]  # os.kill or os.killpg, which mypy gives no common name
            self.killed += 1


def total(sizes: list[Size]) -> int:
    """Give what processes take together: their own bytes, and once the most that one of them shares.

    >>> total([Size(1, 100, 80), Size(2, 90, 70)])
    120
    """
    return sum(size.own for size in sizes) + max((size.shared for size in sizes), default=0)


def condemned(sizes: list[Size], root: int, allowed: Allowed) -> int:
    """Give the process to end now, or 0: one that is too fat, the fattest of too much, or the youngest of too many."""
    fat = (size for size in sizes if size.resident > allowed.one_process)
    too_fat = next((size for size in fat if size.pid != root or size.own > allowed.one_process), None)
    if too_fat:
        return too_fat.pid
    return _surplus(sizes, root, allowed)


def _surplus(sizes: list[Size], root: int, allowed: Allowed) -> int:
    pages = [size for size in sizes if size.pid != root and not _helper(size.pid)]
    if not pages:
        return 0
    if total(sizes) > allowed.all_processes:
        return max(pages, key=lambda size: size.own).pid
    return max(size.pid for size in pages) if len(sizes) > allowed.processes else 0


def tree(root: int) -> list[int]:
    """Give a process and all its descendants."""
    found: list[int] = []
    waiting = [root]
    while waiting and len(found) < 500:
        pid = waiting.pop()
        found.append(pid)
        with contextlib.suppress(OSError, ValueError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += [int(word) for word in (task / "children").read_text("ascii").split()]
    return found


def size_of(pid: int) -> Size | None:
    """Give the size of a process, or None where it is gone."""
    try:
        words = Path(f"/proc/{pid}/statm").read_text("ascii").split()
        return Size(pid, int(words[1]) * _PAGE, int(words[2]) * _PAGE)
    except (OSError, ValueError, IndexError):
        return None


def _helper(pid: int) -> bool:
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return any(word.encode("ascii") in line for word in _HELPERS)
