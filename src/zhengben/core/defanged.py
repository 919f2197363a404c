"""Addresses that people made harmless before they passed them on: police, banks and forums write hxxp://a[.]cn."""

import re

_SIGN = re.compile(r"[\[({]\s?(\.|dot|点|:|://|@)\s?[\])}]", re.IGNORECASE)
_SCHEME = re.compile(r"\A(?:hxxp|h\*\*p|meow)(s?)(?=:)", re.IGNORECASE)
_DEPTH = 8  # signs in one another: [[.]] after two people passed it on
_NAMED = {"dot": ".", "点": "."}


def armed(address: str) -> str:
    """Give an address as a browser would take it; anything that is not defanged stays as it is.

    >>> armed("hxxps://weilidai-app[.]cn/x"), armed("a(dot)example"), armed("http://[::1]:80/a.cn")
    ('https://weilidai-app.cn/x', 'a.example', 'http://[::1]:80/a.cn')
    """
    plain = address
    for _ in range(_DEPTH):
        plain, changed = _SIGN.subn(lambda found: _NAMED.get(found[1].lower(), found[1]), plain)
        if not changed:
            break
    return _SCHEME.sub(r"http\1", plain)
