"""Reading dossiers from a folder: those shipped, or those of an installation."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import zhengben
from zhengben.core.brand import Brand
from zhengben.core.dossier import DossierError, read_dossier

SHIPPED = Path(zhengben.__file__).parent / "brands"


def dossier_files(folder: Path | None = None) -> tuple[Path, ...]:
    """Give the dossier files of a folder, by name; the shipped ones where none is given."""
    # By name: the order of brands is the order of rows, of columns and of equal scores everywhere.
    return tuple(sorted((folder or SHIPPED).glob("*.toml")))


def load_brand(path: Path) -> Brand:
    """Read one dossier; raise ValueError with one line naming file, line and cure where it is broken."""
    try:
        return read_dossier(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 at byte {error.start}; save the dossier as UTF-8") from None
    except DossierError as error:
        first = error.problems[0]
        raise ValueError(f"{path}: line {first.line}: {first.what}; {first.cure}") from None


def load_brands(folder: Path | None = None, ids: Sequence[str] = ()) -> tuple[Brand, ...]:
    """Load every dossier of a folder, or only those named; raise ValueError for an unknown id or an empty folder."""
    files = dossier_files(folder)
    if not files:
        raise ValueError(f"no dossier (*.toml) in {folder or SHIPPED}; write one, `zhengben brand check` helps")
    brands = tuple(load_brand(path) for path in files)
    known = sorted(brand.id for brand in brands)
    _each_once(known, files)
    unknown = sorted(set(ids).difference(known))
    if unknown:
        raise ValueError(f"no dossier with id {unknown[0]!r}; there are: {', '.join(known)}")
    return tuple(brand for brand in brands if not ids or brand.id in ids)


def _each_once(ids: Sequence[str], files: Sequence[Path]) -> None:
    """Refuse two dossiers under one id: cases, figures and exports name the brand by it and would mix the two."""
    twice = next((first for first, second in pairwise(ids) if first == second), None)
    if twice is not None:
        raise ValueError(f"{files[0].parent}: two dossiers have the id {twice!r}; give each its own id")
