"""The cell a browser lives in: run in place of Chromium, it locks itself in and then becomes Chromium.

What it does, as far as the system lets it: a network namespace of its own, in which nothing but one loopback port
exists and that port is the egress guard's; an unprivileged user instead of root, so that Chromium's own sandbox works;
limits on memory, file size and core dumps. It reports what it managed, and its listening socket, over a unix socket
to whoever started it, so that "where possible" is a recorded fact.

Linux only: clone flags from `sched.h`, interface ioctls from `netdevice(7)`.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import resource
import socket
import struct
import sys
from pathlib import Path

_NEW_NET, _NEW_USER = 0x40000000, 0x10000000
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1
NOBODY = 65534


def main(arguments: list[str]) -> None:
    """Lock in, report, and become the program: `cell.py CHANNEL PORT DATA_BYTES PROGRAM ARGS...`."""
    channel, port, data_bytes, program, *rest = arguments
    report: dict[str, object] = {"pid": os.getpid(), "network": False, "user": os.getuid()}
    listener: socket.socket | None = None
    was_root = os.getuid() == 0
    if _alone(was_root=was_root):
        listener = _door(int(port))
        report["network"] = True
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as back:
        back.connect(channel)
        if was_root:
            report["user"] = _step_down(rest)
        _limit(int(data_bytes))
        socket.send_fds(back, [json.dumps(report).encode()], [listener.fileno()] if listener else [])
    if listener:
        listener.close()
    os.execv(program, [program, *rest])  # noqa: S606  # the program is the one the browser room was configured with


def _alone(*, was_root: bool) -> bool:
    """Move into a network namespace of our own; for a plain user together with a user namespace."""
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(_NEW_NET if was_root else _NEW_NET | _NEW_USER) != 0:
        return False
    if not was_root:
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny", "ascii")
            Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1", "ascii")
            Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1", "ascii")
    return _loopback_up()


def _loopback_up() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        try:
            request = bytearray(struct.pack("16sh22x", b"lo", 0))
            fcntl.ioctl(control, _GET_FLAGS, request)
            flags = struct.unpack("16sh22x", request)[1]
            fcntl.ioctl(control, _SET_FLAGS, struct.pack("16sh22x", b"lo", flags | _UP))
        except OSError:
            return False
    return True


def _door(port: int) -> socket.socket:
    return socket.create_server(("127.0.0.1", port), backlog=128)


def _step_down(arguments: list[str]) -> int:
    """Become nobody, after giving nobody the profile folder; stay root where that is not possible."""
    folder = next((a.partition("=")[2] for a in arguments if a.startswith("--user-data-dir=")), "")
    if not folder:
        return os.getuid()
    try:
        for path in (Path(folder), *Path(folder).rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    except OSError:
        return os.getuid()
    os.environ.update(HOME=folder, XDG_CONFIG_HOME=folder, XDG_CACHE_HOME=folder, TMPDIR=folder)
    return NOBODY


def _limit(data_bytes: int) -> None:
    bounds = ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 1 << 30), (resource.RLIMIT_DATA, data_bytes))
    for what, most in bounds:
        with contextlib.suppress(OSError, ValueError):
            if most or what == resource.RLIMIT_CORE:
                resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(sys.argv[1:])
