"""Where an advertisement or a search result says that it leads, and whether it informs or takes an application.

Where the click leads was not seen: an address shown is no address led to, so nothing here proves anything.
"""

from zhengben.core.brand import Brand, Channel
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.lexicon import listed
from zhengben.detect.official_domain import own_host
from zhengben.detect.open_sites import is_platform, of_others
from zhengben.detect.public_service import host_of
from zhengben.detect.title_words import TAKES, informs

_REFERENCE = listed("reference")
# what no lender writes over its own advertisement
_NO_LENDER = listed("no_lender_writes")


def boasts(title: str) -> bool:
    """Tell whether an advertisement says what no lender writes over its own.

    >>> boasts("花呗套现秒到"), boasts("微众银行企业贷款")
    (True, False)
    """
    return bool(_NO_LENDER.search(title))


def shows_known(sighting: Sighting, brand: Brand) -> bool:
    """Tell whether an address of the brand's own, or only the front of a platform, is shown."""
    return bool(_own(sighting, brand)) or bool(_platform(sighting))


def softened(sighting: Sighting, brand: Brand) -> list[Reason]:
    """Say where an advertisement shows the brand's own address, or a platform's front, and no other way to anybody.

    The brand advertises itself, and calls itself official there; it lives inside such platforms and is advertised by
    them.
    """
    own = _own(sighting, brand) if sighting.kind == "search_ad" else []
    if own and len(own) == len(sighting.contacts):
        facts = {"channel": own[0].value, "kind": own[0].kind, "source": own[0].source, "needs": "search_ad.identifier"}
        return [Reason("named_as_official", -35, facts)]
    if platform := _platform(sighting):
        return [Reason("leads_to_platform", -60, {"site": platform, "needs": "search_ad.identifier"})]
    return []


def result_about(sighting: Sighting, brand: Brand, stance: int) -> bool:
    """Tell whether a search result or an advertisement speaks about the brand; `stance` is what its title shows."""
    if TAKES.search(sighting.title):
        return stance > 1
    named = _REFERENCE.search(sighting.title) and not _foreign(sighting, brand)
    return bool(named) or informs(sighting.title) or stance > 0


def _hosts(sighting: Sighting) -> list[str]:
    return [host_of(c.value) for c in sighting.contacts if c.kind in {"url", "domain"}]


def _own(sighting: Sighting, brand: Brand) -> list[Channel]:
    shown = (own_host(host, brand) for host in _hosts(sighting))
    return [channel for channel in shown if channel is not None]


def _platform(sighting: Sighting) -> str:
    shown = _hosts(sighting)
    only = sighting.kind == "search_ad" and len(shown) == len(sighting.contacts)
    return shown[0] if only and shown and all(map(is_platform, shown)) else ""


def _foreign(sighting: Sighting, brand: Brand) -> bool:
    """Tell whether an address is shown that is neither the brand's nor a site of what others publish."""
    return any(own_host(host, brand) is None and not of_others(host) for host in _hosts(sighting))
