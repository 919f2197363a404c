"""What an address shows before the host it leads to: https://webank.com@evil.cn opens evil.cn (RFC 3986, 3.2.1)."""

import re
from urllib.parse import unquote, urlsplit

LONGEST = 253
_HOSTLIKE = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def shown_before(address: str) -> str:
    """Give the hostname that stands where a user's name would; empty where there is none or it is no hostname.

    >>> shown_before("https://webank.com@evil.cn/x"), shown_before("https://www.webank.com%2F:a@evil.cn")
    ('webank.com', 'www.webank.com')
    >>> shown_before("https://evil.cn/@webank.com"), shown_before("https://me@evil.cn")
    ('', '')
    """
    try:
        user, at, _ = urlsplit(address).netloc.rpartition("@")
    except ValueError:
        return ""
    found = _HOSTLIKE.match(unquote(user)[:LONGEST]) if at else None
    return found.group().lower() if found else ""
