"""Look at app files: examined in limited workers straight from the disk, held against the brands' marks, and judged."""

from collections.abc import Sequence
from pathlib import Path

from zhengben.core.appfacts import Mark
from zhengben.core.brand import Brand
from zhengben.flow.app_sighting import examined_app
from zhengben.flow.limited import ExaminationKilled, FileBytes, Pool
from zhengben.flow.look import Look, judged

PRINT = "zhengben.examine.appicon:print_of"


def look_at_app(path: Path, brands: Sequence[Brand], marks: Sequence[Mark], pool: Pool) -> Look:
    """Look at one app file on disk; a stopped examination is a look with something missing, never an exception.

    Raises OSError where the file cannot be read at all.
    """
    size = path.stat().st_size
    seen = examined_app(FileBytes(path), path.name, size, marks, target=str(path), run=pool.run)
    return judged((seen,), brands)


def brand_marks(brands: Sequence[Brand], folder: Path, pool: Pool) -> tuple[Mark, ...]:
    """Make prints of the symbols the dossiers name; a picture that cannot be read is left out."""
    found = []
    for brand in brands:
        for logo in brand.logos:
            path = folder / logo.file
            if logo.kind == "symbol" and path.is_file():
                try:
                    looks = pool.run(PRINT, path.read_bytes())
                except ExaminationKilled:
                    continue
                found.append(Mark(brand=brand.id, file=logo.file, looks=looks))
    return tuple(found)
