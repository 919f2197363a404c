"""The dossiers of a run: the shipped ones, and invented ones whose certificates are made in the run."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from base import encoded
from keys import named
from PIL import Image, ImageDraw

SHIPPED = Path(__file__).resolve().parents[3] / "brands"
Point = tuple[float, float]


@dataclass(frozen=True)
class Invented:
    """A made-up brand; without a PACKAGE it never had an app."""

    ident: str
    primary: str
    alias: str
    latin: str
    package: str = ""
    siblings: tuple[str, ...] = ()


BRANDS = (
    Invented("zhenlian", "榛联银行", "榛聯銀行", "zhenlianbank", "com.zhenlian.bank", ("榛联信用卡",)),
    Invented("quorvia", "Quorvia", "阔维亚", "quorvia", "com.quorvia.wallet", ("Quorvian",)),
    Invented("hongmaidai", "泓麦贷", "泓麥貸", "hongmaidai", "", ("泓麦宝",)),
)
OWNER = {brand.ident: named("rsa owner of " + brand.ident) for brand in BRANDS if brand.package}


def toml(brand: Invented) -> str:
    """The dossier of BRAND."""
    lines = [f'id = "{brand.ident}"', f'owner = "{brand.primary}股份有限公司"', "finance = true", "", "[names]"]
    lines += [f'primary = "{brand.primary}"', f'aliases = ["{brand.alias}"]', f'latin = ["{brand.latin}"]']
    lines += [f"siblings = {list(brand.siblings)}".replace("'", '"'), 'keywords = ["提额", "代开"]', ""]
    lines += ["[[channels]]", 'kind = "app"', 'source = "invented"']
    if brand.package:
        lines += [f'value = "{brand.package}"', 'platform = "android"', 'exists = "yes"']
        lines += [f'cert_sha256 = "{OWNER[brand.ident].sha256}"']
    else:
        lines += ['exists = "never"', 'statement = "没有独立APP"']
    lines += [
        "",
        "[[channels]]",
        'kind = "domain"',
        f'value = "{brand.latin}.example"',
        'exists = "yes"',
        'source = "invented"',
    ]
    lines += ["", "[[logos]]", f'file = "{brand.ident}/symbol.png"', 'kind = "symbol"', ""]
    return "\n".join(lines)


def logo(ident: str, size: int = 192) -> Image.Image:
    """The symbol of an invented brand."""
    picture = Image.new("RGB", (size, size), {"zhenlian": "#0b5", "quorvia": "#204", "hongmaidai": "#d70"}[ident])
    pen = ImageDraw.Draw(picture)
    unit = size / 12
    shapes: dict[str, list[tuple[str, list[Point]]]] = {
        "zhenlian": [("white", [(2, 9), (6, 2), (10, 9), (6, 7)]), ("#fd3", [(4, 10), (8, 10), (6, 8)])],
        "quorvia": [
            ("#f6a", [(2, 2), (9, 3), (10, 9), (6, 6), (3, 10)]),
            ("white", [(7, 8), (10, 11), (9, 11), (6, 9)]),
        ],
        "hongmaidai": [
            ("white", [(5, 1), (7, 1), (7, 11), (5, 11)]),
            ("#722", [(7, 3), (11, 2), (7, 6)]),
            ("#722", [(5, 5), (1, 4), (5, 8)]),
        ],
    }
    for colour, points in shapes[ident]:
        pen.polygon([(x * unit, y * unit) for x, y in points], fill=colour)
    return picture


def lay(folder: Path) -> Path:
    """Write all dossiers to FOLDER."""
    shutil.copytree(SHIPPED, folder, dirs_exist_ok=True)
    for brand in BRANDS:
        (folder / f"{brand.ident}.toml").write_text(toml(brand), encoding="utf-8")
        (folder / brand.ident).mkdir(exist_ok=True)
        (folder / brand.ident / "symbol.png").write_bytes(encoded(logo(brand.ident)))
    return folder
