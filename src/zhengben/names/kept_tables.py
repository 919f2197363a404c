"""Keep the compiled tables of a pack on disk, so that the next process need not compile them again.

A file is named by the pack's digest and by the code that compiles: other names, rules or code, other file. It holds
arrays only, never objects. What is missing, damaged or may not be written is compiled as if there were no folder.
"""

import contextlib
import hashlib
import os
import zipfile
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from zhengben.names.pack import Pack
from zhengben.names.sieve import compiled_by, sieve_of
from zhengben.names.sieve_tables import Compiled, Keys, Tables

MOST_FILES = 8  # packs kept; the one not used for longest goes


@cache
def _code() -> bytes:
    """Give the digest of the code that decides what is in the tables."""
    whole = hashlib.sha256(np.__version__.encode())
    for file in sorted(resources.files("zhengben.names").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".py"):
            whole.update(file.read_bytes())
    return whole.digest()


def path_of(pack: Pack, folder: Path) -> Path:
    """Give the file for the tables of a pack."""
    return folder / f"{hashlib.sha256(pack.digest.encode() + _code()).hexdigest()[:32]}.npz"


def use(pack: Pack, folder: Path) -> bool:
    """Take the tables of a pack from the folder, or compile them and leave them there; tell whether they were kept."""
    path = path_of(pack, folder)
    found = _read(path)
    if found:
        compiled_by(pack, found)
        with contextlib.suppress(OSError):
            path.touch()
        return True
    sieve = sieve_of(pack, "balanced")
    with contextlib.suppress(OSError):
        _write(path, (sieve.keys, sieve.tables))
        _thin(folder)
    return False


def _read(path: Path) -> Compiled | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            sizes = arrays["sizes"].tolist()
            keys = {size: Keys(arrays[f"values{size}"], arrays[f"asks{size}"]) for size in sizes}
            return keys, Tables(*(arrays[name] for name in Tables._fields))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _write(path: Path, compiled: Compiled) -> None:
    keys, tables = compiled
    arrays = {"sizes": np.array(sorted(keys)), **tables._asdict()}
    for size, known in keys.items():
        arrays |= {f"values{size}": known.values, f"asks{size}": known.asks}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.stem}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            np.savez(file, **arrays)
        part.replace(path)  # whole or not at all: another process may be reading
    finally:
        part.unlink(missing_ok=True)


def _thin(folder: Path) -> None:
    files = sorted(folder.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[MOST_FILES:]:
        file.unlink(missing_ok=True)
