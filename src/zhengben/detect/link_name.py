"""A text that sends its reader to an address which resembles the brand and is not the brand's."""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.host_name import seen_host
from zhengben.detect.public_service import host_of
from zhengben.detect.reading import read
from zhengben.names.api import Pack

SEES = ("text", "post", "account", "listing", "app_listing", "job", "poi", "company", "image")
MOST = 20


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Name the first such link that is offered in earnest."""
    links = [c for c in sighting.contacts if c.kind in {"url", "domain"}][:MOST]
    for link in links:
        host, hit = seen_host(link.raw, host_of(link.value), brand, names)
        if hit is None:
            continue
        if any(act.start == link.start and act.muted for act in read(sighting, brand, names).contacts):
            continue
        facts = {
            "link": link.raw if "@" in host else link.value, "host": host, "technique": hit.technique,
            "start": link.start, "end": link.end, "positions": list(hit.positions),
        }  # fmt: skip
        return [Reason("link_name", 45, facts)]
    return []
