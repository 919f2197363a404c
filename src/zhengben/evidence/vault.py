"""The write-once store: bytes named by their sha256, never altered, never half-written.

A file appears under its name in one atomic step, after its bytes and its folder were forced to disk, so a crash or
`kill -9` leaves either the whole artefact or nothing (and at most one leftover in `incoming`, which `tidy` removes).
"""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

NAME = re.compile(r"[0-9a-f]{64}")
INCOMING = "incoming"
# No room, no quota left, or larger than the file system takes: all are cured by the operator, not by trying again.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class VaultFullError(OSError):
    """There was no room for an artefact; nothing of it was kept."""


class DamagedArtefactError(ValueError):
    """The bytes in the vault are not those their name promises."""


class Vault:
    """A folder of artefacts. Any number of processes may write to one folder at once."""

    def __init__(self, folder: Path | str) -> None:
        """Use `folder`, and make it where it does not exist."""
        self.folder = Path(folder)
        self._incoming = self.folder / INCOMING
        self._incoming.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Give the place of an artefact, whether it is there or not; raise ValueError for anything but a digest."""
        if not NAME.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is not a sha256: 64 characters 0-9 and a-f are needed")
        # 256 folders, as Git has them: a folder of a million names is slow on many file systems.
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Tell whether an artefact is kept."""
        return self.path(sha256).is_file()

    def get(self, sha256: str) -> bytes:
        """Give an artefact's bytes; raise FileNotFoundError, or DamagedArtefactError where they changed on disk."""
        # Hashed at every reading: disks and backups change bits silently, and this one may be shown in court.
        body = self.path(sha256).read_bytes()
        if hashlib.sha256(body).hexdigest() != sha256:
            raise DamagedArtefactError(f"artefact {sha256} changed on disk; restore it from a backup of the vault")
        return body

    def put(self, body: bytes) -> str:
        """Keep bytes and give their sha256; raise VaultFullError where the disk has no room.

        Bytes that are kept already are not written again, unless the kept ones were damaged.
        """
        sha256 = hashlib.sha256(body).hexdigest()
        # Reading what is kept costs less than trusting it: a damaged copy is replaced by the good one in hand.
        if self._sound(sha256):
            return sha256
        try:
            self._write(self.path(sha256), body)
        except OSError as error:
            if error.errno in _FULL:
                raise VaultFullError(
                    error.errno,
                    f"no room in the vault for {len(body)} bytes; nothing was kept: free space and try again",
                    str(self.folder),
                ) from error
            raise
        return sha256

    def names(self) -> Iterator[str]:
        """Give the sha256 of every artefact, in order."""
        for room in sorted(self.folder.iterdir()):
            if len(room.name) == 2 and room.is_dir():
                yield from sorted(entry.name for entry in room.iterdir() if NAME.fullmatch(entry.name))

    def tidy(self, before: datetime) -> int:
        """Remove what crashes left in `incoming` and nobody touched since `before`; give how many files that were."""
        removed = 0
        for entry in self._incoming.iterdir():
            with suppress(FileNotFoundError):  # another process may be tidying too
                if entry.stat().st_mtime < before.timestamp():
                    entry.unlink()
                    removed += 1
        return removed

    def _sound(self, sha256: str) -> bool:
        try:
            self.get(sha256)
        except (FileNotFoundError, DamagedArtefactError):
            return False
        return True

    def _write(self, place: Path, body: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self._incoming)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                # Read-only from its first moment; on the handle, because the name could be another file by then.
                os.fchmod(file.fileno(), 0o440)
                os.fsync(file.fileno())
            if not place.parent.is_dir():
                place.parent.mkdir(exist_ok=True)
                # A new folder is lost in a power cut unless the folder around it is forced to disk as well.
                _sync_folder(self.folder)
            os.replace(name, place)  # noqa: PTH105  the name is a string from mkstemp
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(name)  # noqa: PTH108  the name is a string from mkstemp
            raise
        _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
