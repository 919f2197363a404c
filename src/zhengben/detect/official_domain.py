"""The guard of official sites: what stands on a domain of the dossier, or under it, is never accused."""

from functools import cache

from publicsuffixlist import PublicSuffixList

from zhengben.core.brand import Brand, Channel
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.names.api import Pack
from zhengben.names.hostname import in_ascii

SEES = ("*",)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


def own_host(host: str, brand: Brand) -> Channel | None:
    """Give the channel a host belongs to: the domain itself or any name under it, whatever it ends in.

    A host application's domain guards nothing, nor does a public suffix (`is_everybodys`): anybody may publish there.
    """
    # one form for both: a page names 微众.中国 as people read it, a request as xn--, and a dossier either way
    name = in_ascii(host.lower().rstrip("."))
    for channel in brand.official("domain"):
        domain = in_ascii(channel.value.lower().strip("."))
        if channel.role == "host" or is_everybodys(domain):
            continue
        if name == domain or name.endswith(f".{domain}"):
            return channel
    return None


def is_everybodys(domain: str) -> bool:
    """Tell whether anybody may register names under a domain: a public suffix, which no dossier can claim.

    An ending nobody lists (.test, .example, a network of one's own) is no such thing.

    >>> is_everybodys("com.cn"), is_everybodys("huihebank.example"), is_everybodys("localhost")
    (True, False, False)
    """
    suffixes = _suffixes()
    name = in_ascii(domain.lower().strip("."))
    return bool(suffixes.publicsuffix(name) == name)


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Prove a target official by the host it was seen on."""
    del names
    channel = own_host(sighting.host, brand) if sighting.host else None
    if channel is None:
        return []
    facts = {"channel": channel.value, "kind": "domain", "host": sighting.host, "source": channel.source}
    return [Reason("official_channel", 100, facts)]
