"""Watches the memory of a browser from outside and ends the one process that takes too much.

JavaScript heaps can be bounded from inside, array buffers cannot: a page reached 1.58 GB in 1.9 s. Sizes are resident
bytes from `/proc/PID/statm`; Linux only, elsewhere it watches nothing.
"""

import contextlib
import os
import signal
import threading
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
INTERVAL = 0.15


class Watch:
    """A thread over one process and its descendants; `killed` counts the processes it ended."""

    def __init__(self, root: int, one_process: int, all_processes: int) -> None:
        """Watch from process `root`, with resident bytes allowed to one process and to all of them."""
        self.root, self.one_process, self.all_processes = root, one_process, all_processes
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
            sizes = {pid: _resident(pid) for pid in tree(self.root)}
            self.peak = max(self.peak, sum(sizes.values()))
            children = {pid: size for pid, size in sizes.items() if pid != self.root}
            if not children:
                continue
            fattest = max(children, key=lambda pid: children[pid])
            if children[fattest] > self.one_process or sum(sizes.values()) > self.all_processes:
                with contextlib.suppress(OSError):
                    os.kill(fattest, signal.SIGKILL)
                    self.killed += 1


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


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0
