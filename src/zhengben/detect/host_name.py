"""A hostname that resembles the brand: the host of the target itself, by the confusion model of `zhengben.names`."""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.official_domain import own_host
from zhengben.detect.shown_host import shown_before
from zhengben.names.api import Pack, match_host
from zhengben.names.hits import HostHit

SEES = ("domain", "url", "search_ad", "page")


def resembles(host: str, brand: Brand, names: Pack) -> HostHit | None:
    """Give the strongest likeness of a host to the brand; None for the brand's own hosts and for unlike ones."""
    if not host or own_host(host, brand):
        return None
    hits = [hit for hit in match_host(host, names) if hit.brand == brand.id]
    return max(hits, key=lambda hit: hit.score, default=None)


def seen_host(address: str, host: str, brand: Brand, names: Pack) -> tuple[str, HostHit | None]:
    """Give the likeness of a host, or of what its address shows before it, and the host as a reader sees it.

    What is shown counts as a name below the true host, one character (`@`) standing where the dot would be.
    """
    shown = shown_before(address)
    if not shown or not host or own_host(host, brand):
        return host, resembles(host, brand, names)
    return f"{shown}@{host}", resembles(f"{shown}.{host}", brand, names)


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say how the host resembles the brand, with the characters that differ."""
    host, hit = seen_host(sighting.target, sighting.host, brand, names)
    if hit is None:
        return []
    facts: dict[str, object] = {
        "host": host, "technique": hit.technique, "score": hit.score, "matched": hit.matched,
        "expected": hit.expected, "positions": list(hit.positions), "pack": names.digest,
    }  # fmt: skip
    more = hit.reasons[0].facts
    facts |= {key: more[key] for key in ("edit", "lures", "characters", "unicode") if key in more}
    return [Reason("host_name", weight_of(hit.score), facts)]


def weight_of(score: int) -> int:
    """Turn a likeness of 0 to 100 into points: enough for a person to look, never enough to accuse.

    >>> weight_of(40), weight_of(100)
    (35, 50)
    """
    return 25 + min(100, max(0, score)) // 4
