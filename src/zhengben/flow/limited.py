"""Run a pure function on hostile input in a worker process with limits: CPU, wall time, memory, no files written.

`run_limited("zhengben.examine.appfile:examine_app", data, name)` gives the function's result, or raises
`ExaminationKilled` with why; to a caller that is "could not look", never "nothing found".

Workers are fresh interpreters (no fork, so threads of the caller are no hazard), started when first needed, kept for
the next call, and gone by themselves when idle. They inherit none of the caller's environment. What they send back is
unpickled by a reader that knows only this product's own data classes.
"""

import atexit
import io
import os
import pickle
import queue
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Literal

Why = Literal["cpu", "wall", "memory", "crashed", "error"]
SIZE = 2
CALLS_PER_WORKER = 400
MAX_RESULT = 256 << 20
_LENGTH = struct.Struct("<Q")
_ENVIRONMENT = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    # One worker a core: libraries that start threads of their own only wait for each other, at twice the CPU time.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
_SAFE_BUILTINS = frozenset({"set", "frozenset", "bytearray", "complex", "list", "dict", "tuple"})
_SAFE = {
    ("datetime", "datetime"), ("datetime", "date"), ("datetime", "timedelta"), ("datetime", "timezone"),
    ("collections", "OrderedDict"), ("decimal", "Decimal"), ("types", "MappingProxyType"),
}  # fmt: skip


class ExaminationKilled(RuntimeError):  # noqa: N818 - the name says what happened; every room knows it so
    """A limited call did not come to its end; `why` is cpu, wall, memory, crashed or error."""

    def __init__(self, why: Why, detail: str = "") -> None:
        """Keep why, and for people a detail."""
        super().__init__(f"the examination was stopped ({why}){': ' + detail if detail else ''}")
        self.why = why
        self.detail = detail


class FileBytes:
    """Stands for a file's bytes in the arguments: the worker maps the file itself, so nothing is copied."""

    def __init__(self, path: str | Path) -> None:
        """Name the file."""
        self.path = str(path)


def run_limited(
    function_path: str, *args: object, cpu_s: float = 2.0, wall_s: float = 10.0, memory_mb: int = 512
) -> Any:
    """Call `module:function` of this product with these arguments (picklable) in a limited worker.

    `memory_mb` is address space beyond the input itself and beyond what the worker held before the call; `cpu_s` counts
    the call alone. Raises ExaminationKilled.
    """
    return _POOL.run(function_path, *args, cpu_s=cpu_s, wall_s=wall_s, memory_mb=memory_mb)


def close() -> None:
    """Stop all idle workers now; the next call starts fresh ones."""
    _POOL.close()


class _GoneError(Exception):
    """The worker had left before it took the request."""


class _Worker:
    def __init__(self) -> None:
        path = os.pathsep.join(entry for entry in sys.path if entry)
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-c",
                "import sys; from zhengben.flow.limited_worker import main; sys.exit(main())",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": path, **_ENVIRONMENT},
            bufsize=0,
            start_new_session=True,
        )
        self.calls = 0

    def call(self, request: bytes, wall_s: float) -> tuple[str, Any]:
        """Send one request and wait for its answer, at most `wall_s` seconds; give its kind and its value."""
        self.calls += 1
        deadline = time.monotonic() + wall_s
        try:
            self._write(_LENGTH.pack(len(request)) + request, deadline)
        except (BrokenPipeError, ConnectionResetError):
            raise _GoneError from None
        head = self._read(_LENGTH.size, deadline)
        size = _LENGTH.unpack(head)[0]
        if size > MAX_RESULT:
            raise ExaminationKilled("error", "the answer is too big")
        return _loads(self._read(size, deadline))

    def _write(self, data: bytes, deadline: float) -> None:
        pipe = self.process.stdin
        assert pipe is not None  # noqa: S101 - we asked Popen for it; this tells the type checker
        os.set_blocking(pipe.fileno(), False)
        view = memoryview(data)
        while view:
            if not select.select([], [pipe], [], max(0.0, deadline - time.monotonic()))[1]:
                raise ExaminationKilled("wall")
            view = view[os.write(pipe.fileno(), view[: 1 << 20]) :]

    def _read(self, size: int, deadline: float) -> bytes:
        pipe = self.process.stdout
        assert pipe is not None  # noqa: S101 - as above
        out = bytearray()
        while len(out) < size:
            if not select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise ExaminationKilled("wall")
            piece = os.read(pipe.fileno(), min(size - len(out), 1 << 20))
            if not piece:
                raise ExaminationKilled(*self._epitaph())
            out += piece
        return bytes(out)

    def _epitaph(self) -> tuple[Why, str]:
        """Say why the worker is gone, from the signal that ended it."""
        try:
            code = self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "crashed", "no answer"
        if code in {-signal.SIGPROF, -signal.SIGXCPU}:
            return "cpu", ""
        return "crashed", f"exit {code}"

    def kill(self) -> None:
        """End the process and close its pipes; nothing happens to one that is gone."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for pipe in filter(None, (self.process.stdin, self.process.stdout)):
            pipe.close()


class Pool:
    """At most `size` workers at a time; callers in other threads wait their turn. Close it when done."""

    def __init__(self, size: int) -> None:
        """Start with no worker at all."""
        self.idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self.room = threading.BoundedSemaphore(size)

    def run(
        self, function_path: str, *args: object, cpu_s: float = 2.0, wall_s: float = 10.0, memory_mb: int = 512
    ) -> Any:
        """Call a function in one of this pool's workers; see `run_limited`."""
        if not function_path.partition(":")[0].startswith("zhengben."):
            raise ValueError(f"{function_path!r} is not a function of this product; give module:function")
        plain = [("file", arg.path) if isinstance(arg, FileBytes) else ("plain", arg) for arg in args]
        return self._call(pickle.dumps((function_path, plain, cpu_s, memory_mb), protocol=5), wall_s)

    def _call(self, request: bytes, wall_s: float) -> Any:
        with self.room:
            try:
                kind, value = self._once(request, wall_s)
            except _GoneError:
                kind, value = self._once(request, wall_s, fresh=True)
        if kind == "result":
            return value
        raise ExaminationKilled("memory" if kind == "memory" else "error", str(value))

    def _once(self, request: bytes, wall_s: float, *, fresh: bool = False) -> tuple[str, Any]:
        worker = _Worker() if fresh else self._take()
        healthy = False
        try:
            kind, value = worker.call(request, wall_s)
        except _GoneError:
            if fresh:
                raise ExaminationKilled("crashed", "the worker does not start; run `zhengben doctor`") from None
            raise
        else:
            healthy = kind != "memory" and worker.calls < CALLS_PER_WORKER
            return kind, value
        finally:
            if healthy:
                self.idle.put(worker)
            else:
                worker.kill()

    def _take(self) -> _Worker:
        while True:
            try:
                worker = self.idle.get_nowait()
            except queue.Empty:
                return _Worker()
            if worker.process.poll() is None:
                return worker
            worker.kill()

    def close(self) -> None:
        """Stop the idle workers."""
        while True:
            try:
                self.idle.get_nowait().kill()
            except queue.Empty:
                return


class _Reader(pickle.Unpickler):
    """Unpickles plain data and this product's data classes; a worker that was taken over cannot send code."""

    def find_class(self, module: str, name: str) -> Any:
        """Give a class of ours or a plain one; raise UnpicklingError for anything else a worker names."""
        own = module.startswith(("zhengben.core.", "zhengben.examine.", "zhengben.detect.", "zhengben.names."))
        if own or (module, name) in _SAFE or (module == "builtins" and name in _SAFE_BUILTINS):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} may not come from a worker")


def _loads(data: bytes) -> tuple[str, Any]:
    try:
        kind, value = _Reader(io.BytesIO(data)).load()
    except (pickle.UnpicklingError, EOFError, ValueError, AttributeError, ImportError, TypeError) as error:
        raise ExaminationKilled("error", f"the answer cannot be read: {error}") from error
    return str(kind), value


def _pool_size() -> int:
    return max(1, min(SIZE, os.cpu_count() or 1))


_POOL = Pool(_pool_size())


def _start_over() -> None:
    """Forget the workers after a fork: they belong to the parent."""
    global _POOL  # noqa: PLW0603 - the one place that may: a forked child must not speak to its parent's workers
    _POOL = Pool(_pool_size())


os.register_at_fork(after_in_child=_start_over)
atexit.register(close)
