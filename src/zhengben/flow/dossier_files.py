"""The files a dossier names: which cannot be used, and why. A logo that is not there is never found on a page."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from zhengben.core.brand import Brand
from zhengben.flow.limited import ExaminationKilled, Pool
from zhengben.flow.look_app import BIGGEST, PRINT

MISSING, OUTSIDE, TOO_BIG, NO_PICTURE = "missing", "outside", "too_big", "no_picture"


def unusable_files(brand: Brand, folder: Path) -> tuple[tuple[str, str], ...]:
    """Give every file that a dossier names and that cannot be used, with why; `folder` is where the dossier lies."""
    named = [right.document for right in brand.rights if right.document]
    found = [(name, why) for name in named if (why := _why(folder, name))]
    with closing(Pool(1)) as pool:  # starts a worker only where there is a picture to open
        found += _pictures(brand, folder, pool)
    return tuple(dict.fromkeys(found))


def _pictures(brand: Brand, folder: Path, pool: Pool) -> Iterator[tuple[str, str]]:
    for logo in brand.logos:
        why = _why(folder, logo.file)
        if not why and (folder / logo.file).stat().st_size > BIGGEST:
            why = TOO_BIG
        if not why and not _drawn(folder / logo.file, pool):
            why = NO_PICTURE
        if why:
            yield logo.file, why


def _why(folder: Path, name: str) -> str:
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            return OUTSIDE
        return "" if path.is_file() else MISSING
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return MISSING


def _drawn(path: Path, pool: Pool) -> bool:
    try:
        return bool(pool.run(PRINT, path.read_bytes()))
    except (OSError, ExaminationKilled):
        return False
