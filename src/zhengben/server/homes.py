"""The folder one installation lives in: its database, its secret, its vault. Nobody but its owner may read it."""

import fcntl
import os
import secrets
import shutil
from pathlib import Path

# The vault holds what victims sent in: on a shared machine nobody else may even list it.
HOME_MODE = 0o700
SECRET_MODE = 0o600
RANGE = "range"  # the folder of the training range inside a home


class HomeError(OSError):
    """A home that cannot be used; the message says what, where and what to do."""


def open_home(folder: Path) -> Path:
    """Make the home and its secret where they are missing; raise HomeError where that cannot be done."""
    try:
        folder.mkdir(mode=HOME_MODE, parents=True, exist_ok=True)
        _make_secret(folder / "secret")
        _try_to_write(folder)
    except OSError as error:
        raise HomeError(error.errno, f"{folder}: {error.strerror}") from error
    return folder.resolve()


def hold(folder: Path) -> int:
    """Take a home for one supervisor alone; raise HomeError where another has it. Give the lock, held until it closes.

    Without it a second `up --range` would move the home away under the first one, which goes on writing into it.
    """
    lock = os.open(folder / "range.lock", os.O_CREAT | os.O_RDWR, SECRET_MODE)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise HomeError(error.errno, f"{folder}: another range is running here") from error
    return lock


def fresh_range(home: Path) -> Path:
    """Give an empty home for the range, and keep the one of the run before as `range-before`.

    The range starts from nothing every time, so that what a visitor sees is one whole story from its first day.
    """
    now, before = home / RANGE, home / "range-before"
    if now.exists():
        shutil.rmtree(before, ignore_errors=True)
        now.rename(before)
    return open_home(now)


def _make_secret(path: Path) -> None:
    try:
        # Made and locked in one step: two processes that start together must not each keep a secret of their own.
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, SECRET_MODE)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))


def _try_to_write(folder: Path) -> None:
    # Tried, not asked: permissions say nothing about a full disk or a read-only mount.
    probe = folder / f".probe-{os.getpid()}"
    probe.write_bytes(b"zhengben")
    probe.unlink()
