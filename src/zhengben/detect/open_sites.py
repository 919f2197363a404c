"""Sites where anybody's words or apps stand: app stores, news, forums, search; and the fronts of big platforms.

A link to one is nobody's bait by itself and proves nothing either: what lies behind it must be looked at. The hosts are
those of `sites.toml`.
"""

import tomllib
from functools import cache
from importlib import resources


@cache
def _hosts(table: str) -> tuple[str, ...]:
    text = resources.files(__package__).joinpath("sites.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)[table]["hosts"])


def of_others(host: str) -> bool:
    """Tell whether a host only carries what others publish.

    >>> of_others("www.zhihu.com"), of_others("docs.qq.com"), of_others("zhihu.com.evil.top")
    (True, False, False)
    """
    name = host.lower()
    if any(_under(name, site) for site in _hosts("bait")):
        return False
    return any(_under(name, site) for site in _hosts("stores") + _hosts("read"))


def is_platform(host: str) -> bool:
    """Tell whether a host is the front of a big platform: itself, its `www` or its `m`; nothing else under it.

    >>> is_platform("www.tmall.com"), is_platform("someshop.tmall.com"), is_platform("weixin.qq.com.evil.top")
    (True, False, False)
    """
    name = host.lower()
    return any(name in {site, f"www.{site}", f"m.{site}"} for site in _hosts("platforms"))


def _under(name: str, site: str) -> bool:
    return name == site or name.endswith(f".{site}")
