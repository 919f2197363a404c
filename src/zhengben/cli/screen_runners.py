"""Run one pure function over blocks: here, in a pool of processes, or on a Ray cluster; same hits, same order.

Only a few blocks are under way at once, so memory stays constant whatever the size of the input.
"""

import importlib
import io
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TextIO

from zhengben.cli.screen_input import RESTING, Block
from zhengben.core.brand import Brand

Work = Callable[[Block, tuple[Brand, ...], str], Any]
AHEAD = 3  # blocks a worker may have waiting
RETRIES = 8  # how often Ray runs a block again after the death of the node that had it


def run(
    found: Iterable[Block], work: Work, told: tuple[tuple[Brand, ...], str], workers: int, ray: str
) -> Iterator[Any]:
    """Give `work(block, brands, mode)` for each block, in order. `ray` is a cluster's address or nothing."""
    brands, mode = told
    if ray:
        yield from _on_ray(found, work, brands, mode, ray)
    elif workers > 1:
        yield from _in_pool(found, work, brands, mode, workers)
    else:
        yield from (work(block, brands, mode) for block in found if block is not RESTING)


def _in_pool(found: Iterable[Block], work: Work, brands: tuple[Brand, ...], mode: str, workers: int) -> Iterator[Any]:
    waiting: deque[Future[Any]] = deque()
    processes = min(workers, os.cpu_count() or 1)
    with ProcessPoolExecutor(processes) as pool:
        for block in found:
            if block is not RESTING:
                waiting.append(pool.submit(work, block, brands, mode))
            # what is done is told at once: the next block of a live pipe may be hours away
            while waiting and (len(waiting) >= AHEAD * processes or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class _MainThreadOnly(io.TextIOBase):
    """A standard output for the main thread: what other threads print (Ray tells of dead nodes so) goes to errors."""

    def __init__(self, real: TextIO) -> None:
        """Keep the real one."""
        self.real = real

    def write(self, text: str) -> int:
        """Write to where the thread belongs."""
        own = threading.current_thread() is threading.main_thread()
        return (self.real if own else sys.stderr).write(text)

    def flush(self) -> None:
        """Flush the real one."""
        self.real.flush()


def _on_ray(found: Iterable[Block], work: Work, brands: tuple[Brand, ...], mode: str, address: str) -> Iterator[Any]:
    try:
        ray = importlib.import_module("ray")  # optional: the extra `ray`
    except ImportError as error:
        raise ValueError("--ray needs the extra `ray`: pip install 'zhengben[ray]'; or leave --ray out") from error
    ray.init(address=address, log_to_driver=False, logging_level="ERROR")
    real = sys.stdout
    sys.stdout = _MainThreadOnly(real)
    try:
        task = ray.remote(max_retries=RETRIES, num_cpus=1)(work)
        shared = ray.put(brands)
        ahead = AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
        waiting: deque[Any] = deque()
        for block in found:
            if block is not RESTING:
                waiting.append(task.remote(block, shared, mode))
            while waiting and (len(waiting) >= ahead or ray.wait([waiting[0]], timeout=0)[0]):
                yield ray.get(waiting.popleft())
        while waiting:
            yield ray.get(waiting.popleft())
    finally:
        ray.shutdown()
        sys.stdout = real
