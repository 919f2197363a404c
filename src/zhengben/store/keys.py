"""One key a target: the same thing reported twice, however it was typed, must meet itself. Pure."""

import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

from zhengben.core.defanged import armed
from zhengben.core.lead import Lead
from zhengben.core.phone import plain_number

# PostgreSQL indexes at most about 2,700 bytes, and four bytes a character with its digest still fit.
LONGEST = 200  # a longer key is cut and ends in its sha256
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SPACES = re.compile(r"\s+")
_LINKS = frozenset({"url", "app_listing", "post", "listing", "search_ad", "job"})


def target_key(kind: str, locator: str) -> str:
    """Give the normal form under which a lead of this kind is remembered; at most 300 characters.

    >>> target_key("domain", "WeiLiDai-App.CN.")
    'weilidai-app.cn'
    >>> target_key("url", "HTTPS://Example.com:443/a?b=1#part")
    'https://example.com/a?b=1'
    >>> target_key("phone", "+86 138-0013-8000") == target_key("phone", "13800138000")
    True
    """
    text = _armed(kind, locator)
    if kind == "domain":
        return _capped(_host(text))
    if kind in _LINKS and "://" in text:
        return _capped(_url(text))
    if kind == "phone":
        return _capped(plain_number(text) or text)
    if kind == "text":
        return f"sha256:{_digest(_SPACES.sub(' ', unicodedata.normalize('NFKC', text)))}"
    return _capped(_flat(text))


def case_key(kind: str, locator: str, *, host_accused: bool) -> str:
    """Give the key of the impostor a lead points at.

    Where the hostname itself deceives (`host_accused`), every address on it is one impostor; otherwise the page is.

    >>> case_key("url", "https://wei1idai.cn/app", host_accused=True)
    'web:wei1idai.cn'
    """
    locator = _armed(kind, locator)
    if kind == "domain":
        return f"web:{target_key(kind, locator)}"
    host = host_of(kind, locator) if kind == "url" else ""
    if host:  # an address without one, such as http://[::1, is a thing by itself
        path = urlsplit(locator).path.rstrip("/")
        return _capped(f"web:{host}" if host_accused or not path else f"web:{host}{path}")
    return _capped(f"{kind}:{target_key(kind, locator)}")


def lead_key(lead: Lead) -> tuple[str, str]:
    """Give the pair that is unique among leads."""
    return lead.kind, target_key(lead.kind, lead.locator)


def host_of(kind: str, locator: str) -> str:
    """Give the hostname a lead points at, or an empty string."""
    locator = _armed(kind, locator)
    if kind == "domain":
        return _host(locator)
    if "://" not in locator:
        return ""
    try:
        return _host(urlsplit(locator).hostname or "")
    except ValueError:
        return ""


def _armed(kind: str, locator: str) -> str:
    """Give an address as a browser takes it: somebody may have made it harmless before passing it on."""
    return armed(locator.strip()) if kind == "domain" or kind in _LINKS else locator.strip()


def _host(text: str) -> str:
    host = text.strip().rstrip(".").lower()
    if host.isascii():
        return host
    try:
        return unicodedata.normalize("NFKC", host).encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return text
    scheme = parts.scheme.lower()
    place = _host(parts.hostname or "")
    if port is not None and port != _DEFAULT_PORTS.get(scheme):
        place = f"{place}:{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{scheme}://{place}{parts.path or '/'}{query}"


def _flat(text: str) -> str:
    """Give a name without what a reader does not see: width, case, blanks. Folding may undo the first normal form."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _SPACES.sub(" ", plain).strip()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _capped(key: str) -> str:
    return key if len(key) <= LONGEST else f"{key[: LONGEST - 72]}#sha256:{_digest(key)}"
