"""Functions that misbehave on purpose, so that `zhengben doctor` and the tests can see the limits hold."""

import hashlib
import os
import tempfile
import time


def double(number: int) -> int:
    """Give twice the number."""
    return 2 * number


def length(data: bytes) -> int:
    """Give how long some bytes are."""
    return len(data)


def pid() -> int:
    """Give the worker's process id."""
    return os.getpid()


def environment() -> list[str]:
    """Give the names of the worker's environment."""
    return sorted(os.environ)


def spin() -> None:
    """Use CPU without end."""
    while True:
        pass


def spin_in_c(rounds: int = 1 << 30) -> None:
    """Use CPU for minutes inside C code that never looks at Python's signals."""
    hashlib.pbkdf2_hmac("sha256", b"a", b"b", rounds)


def sleep(seconds: float = 600) -> None:
    """Wait for much longer than anyone should."""
    time.sleep(seconds)


def hoard(size: int = 4 << 30) -> int:
    """Ask for 4 GiB of memory."""
    return len(bytearray(size))


def die() -> None:
    """End the process without a word."""
    os._exit(3)


def fail() -> None:
    """Raise an error."""
    raise ValueError("on purpose")


def write_file() -> None:
    """Try to leave a file behind."""
    with tempfile.TemporaryFile(buffering=0) as file:
        file.write(b"x")


def answer_with_code() -> object:
    """Answer with a function instead of data."""
    return os.system
