"""A brand's name with a word of its trade set inside it (微粒钱包贷): found in titles, where such names are made up.

Only names of three characters and more, only one word, and never where a sibling's genuine name stands.
"""

import re
from functools import lru_cache

from zhengben.core.brand import Brand

_WORDS = "钱包|借钱|借款|分期|信用|现金|极速|闪电|小额|金融|快借|易借|好借|官方|企业|个人"
_LEAST = 3


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    forms = [
        f"{re.escape(name[:at])}(?:{_WORDS}){re.escape(name[at:])}"
        for name in names
        if len(name) >= _LEAST and not name.isascii()
        for at in range(1, len(name))
    ]
    return re.compile("|".join(forms)) if forms else None


def stretched(title: str, brand: Brand) -> str:
    """Give the stretched name as it stands in the title, or an empty string.

    >>> from zhengben.core.brand import Brand, Names
    >>> brand = Brand(id="b", owner="o", finance=True, names=Names(primary="微粒贷", siblings=("微业贷",)))
    >>> stretched("微粒钱包贷-借款", brand), stretched("微粒货架", brand)
    ('微粒钱包贷', '')
    """
    pattern = _pattern((brand.names.primary, *brand.names.aliases))
    found = pattern.search(title) if pattern else None
    if found is None or any(sibling in title for sibling in brand.names.siblings):
        return ""
    return found.group()
