"""Look at app files: examined in limited workers straight from the disk, held against the brands' marks, and judged."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zhengben.core.appfacts import Mark
from zhengben.core.brand import Brand
from zhengben.flow.app_sighting import examined_app
from zhengben.flow.limited import ExaminationKilled, FileBytes, Pool
from zhengben.flow.look import Look, judged

PRINT = "zhengben.examine.appicon:print_of"
BIGGEST = 4 << 20  # bytes of one picture of a mark


def look_at_app(path: Path, brands: Sequence[Brand], marks: Sequence[Mark], pool: Pool) -> Look:
    """Look at one app file on disk; a stopped examination is a look with something missing, never an exception.

    Raises OSError where the file cannot be read at all.
    """
    size = path.stat().st_size
    seen = examined_app(FileBytes(path), path.name, size, marks, target=str(path), run=pool.run)
    return judged((seen,), brands)


def brand_marks(brands: Sequence[Brand], folder: Path, pool: Pool) -> tuple[Mark, ...]:
    """Give the symbols the dossiers name, with their prints; `folder` is that of the dossiers.

    A picture that is missing, too big, or cannot be read stays as a name without bytes.
    """
    return tuple(
        replace(_mark(brand.id, logo.file, folder, pool), right=logo.right)
        for brand in brands
        for logo in brand.logos
        if logo.kind == "symbol"
    )


def _mark(brand: str, name: str, folder: Path, pool: Pool) -> Mark:
    try:
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()) and path.stat().st_size <= BIGGEST:
            body = path.read_bytes()
            looks = pool.run(PRINT, body)
            return Mark(brand=brand, file=name, looks=looks, body=body if looks else b"")
    except (OSError, ValueError, ExaminationKilled):  # ValueError: a NUL in the name
        pass
    return Mark(brand=brand, file=name, looks="")
