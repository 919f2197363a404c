"""Where compiled brand packs are kept between runs of the command line."""

import os
from functools import lru_cache
from pathlib import Path

from zhengben.core.brand import Brand
from zhengben.names.kept_tables import use
from zhengben.names.pack import Pack, pack


def cache_folder() -> Path | None:
    """Give the folder: ZHENGBEN_CACHE, else the user's cache; None where ZHENGBEN_CACHE is set to nothing."""
    told = os.environ.get("ZHENGBEN_CACHE")
    if told is not None:
        return Path(told) / "packs" if told else None
    try:
        home = Path.home()
    except RuntimeError:  # a service account without a home
        return None
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "zhengben" / "packs"


@lru_cache(maxsize=4)
def ready_pack(brands: tuple[Brand, ...]) -> Pack:
    """Compile brands for the screening of hostnames, from the cache where it has them."""
    known = pack(brands)
    folder = cache_folder()
    if folder:
        use(known, folder)
    return known
