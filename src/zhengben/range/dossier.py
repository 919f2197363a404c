"""The dossier the range plays with: the real one, and a renewal of its right that exists only here."""

from dataclasses import replace
from datetime import date

from zhengben.core.brand import INVENTED, Brand, Right

PLAYED = "weilidai"
TERM = (date(2016, 5, 14), date(2036, 5, 13))


def range_brand(brand: Brand) -> Brand:
    """Give the brand with a right in force, marked as invented: the gate lets it count in the range and nowhere else.

    >>> from zhengben.core.brand import Names
    >>> made = range_brand(Brand(id="b", owner="o", finance=True, names=Names(primary="微")))
    >>> [right.invented for right in made.rights], made.rights[0].valid_on(date(2026, 12, 1))
    ([True], True)
    """
    printed = brand.rights[0] if brand.rights else Right(kind="trademark", jurisdiction="CN", number="0")
    renewal = replace(
        printed,
        holder=brand.owner,
        standing="owner",
        valid_from=TERM[0],
        valid_to=TERM[1],
        document="",
        source=f"{INVENTED}: no such renewal has been seen",
    )
    return replace(brand, rights=(*brand.rights, renewal))


def range_brands(brands: tuple[Brand, ...]) -> tuple[Brand, ...]:
    """Give the dossiers the range is played with: the one its impostors imitate."""
    return tuple(range_brand(brand) for brand in brands if brand.id == PLAYED)
