"""The other end of `zhengben.flow.limited`: read a request, set limits, call the function, answer; again and again.

Limits are set by the kernel, so they hold inside C code too: an interval timer on CPU time and RLIMIT_CPU end the
process, RLIMIT_AS makes memory run out, RLIMIT_FSIZE forbids files. Idle for long, the process ends.
"""

import gc
import importlib
import math
import mmap
import os
import pickle
import resource
import select
import signal
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

IDLE_S = 120.0
_LENGTH = struct.Struct("<Q")
_KNOWN: dict[str, Callable[..., object]] = {}


def main(requests: int = 0, printed: int = 1) -> int:
    """Serve until the caller closes the pipe or nothing comes for a while; both are file descriptors."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.dup(printed)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, printed)  # what a library prints must not mix with the answers
    os.close(nowhere)
    while select.select([requests], [], [], IDLE_S)[0]:
        head = _read(requests, _LENGTH.size)
        if len(head) < _LENGTH.size:
            break
        answer = _serve(_read(requests, _LENGTH.unpack(head)[0]))
        _write(answers, _LENGTH.pack(len(answer)) + answer)
    os.close(answers)
    return 0


def _serve(request: bytes) -> bytes:
    path, args, cpu_s, memory_mb = pickle.loads(request)  # noqa: S301 - from the parent that started us
    del request  # the arguments are copies; a big file must not count twice
    try:
        function, given = _function(path), [_argument(arg) for arg in args]
        _limit(cpu_s, memory_mb)  # the input is held already, so it does not count
        return pickle.dumps(("result", function(*given)), protocol=5)
    except MemoryError:
        _release()
        return pickle.dumps(("memory", ""), protocol=5)
    except Exception as error:  # noqa: BLE001 - whatever went wrong with hostile input is an answer, not an end
        return pickle.dumps(("error", f"{type(error).__name__}: {error}"[:500]), protocol=5)
    finally:
        _release()


def _function(path: str) -> Callable[..., object]:
    if path not in _KNOWN:
        module, _, name = path.partition(":")
        _KNOWN[path] = getattr(importlib.import_module(module), name)
        gc.freeze()
    return _KNOWN[path]


def _argument(given: tuple[str, Any]) -> object:
    kind, value = given
    if kind == "plain":
        return value
    with Path(value).open("rb") as file:
        empty = not os.fstat(file.fileno()).st_size
        return b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _limit(cpu_s: float, memory_mb: int) -> None:
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used + cpu_s) + 1, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (_held() + (memory_mb << 20), resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_PROF, cpu_s)


def _held() -> int:
    """Give the address space this process holds now, in bytes.

    A worker that has read a picture keeps the libraries for it, some 800 MB of addresses. A limit that counted them
    would leave the next file less than nothing: its first deeper call could not grow the stack, and the kernel would
    end the worker on a file that is harmless.
    """
    return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()


def _release() -> None:
    signal.setitimer(signal.ITIMER_PROF, 0)
    # What the next function needs to be imported is not the next file's cost: no limit of this call may reach it.
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _read(pipe: int, size: int) -> bytes:
    out = bytearray()
    while len(out) < size:
        piece = os.read(pipe, min(size - len(out), 1 << 20))
        if not piece:
            break
        out += piece
    return bytes(out)


def _write(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]
