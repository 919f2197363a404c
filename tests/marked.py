"""Dossiers whose brand has a registered picture, for tests that look for it on pages and apps."""

from contextlib import closing
from pathlib import Path

from zhengben.core.appfacts import Mark
from zhengben.core.brand import Brand
from zhengben.flow.dossiers import SHIPPED, load_brands
from zhengben.flow.limited import Pool
from zhengben.flow.look_app import brand_marks

LOGO = '\n[[logos]]\nfile = "weilidai/{}"\nkind = "symbol"\nright = "16577525"\n'


def folder_with_mark(folder: Path, picture: bytes) -> Path:
    """Give a folder with the dossier of 微粒贷, whose one symbol is `picture`."""
    (folder / "weilidai").mkdir(parents=True)
    (folder / "weilidai" / "sail.png").write_bytes(picture)
    told = (SHIPPED / "weilidai.toml").read_text("utf-8")
    (folder / "weilidai.toml").write_text(told + LOGO.format("sail.png"), "utf-8")
    return folder


def known(folder: Path) -> tuple[tuple[Brand, ...], tuple[Mark, ...]]:
    """Give the brands of a folder and their pictures."""
    brands = load_brands(folder)
    with closing(Pool(1)) as pool:
        return brands, brand_marks(brands, folder, pool)
