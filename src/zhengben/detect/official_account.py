"""The guard of official accounts and places: proved by the identifier the dossier lists, never by a name.

A name that equals an official one clears nothing and accuses nobody: the account's identifier must be looked up.
"""

from zhengben.core.brand import Brand, Channel
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.names.api import Pack

SEES = ("account", "post", "poi", "app_listing", "text")
_KINDS = {"account": "account", "post": "account", "poi": "poi", "app_listing": "app", "text": "sms_sender"}


def identifiers(sighting: Sighting) -> frozenset[str]:
    """Give what names this target beyond doubt: its locator and the identifiers its source gave."""
    given = (sighting.detail.get("id"), sighting.detail.get("developer_id"), sighting.detail.get("sender"))
    return frozenset(str(value).strip().lower() for value in (sighting.target, *given) if value)


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Prove by identifier, or say what is missing for a proof."""
    del names
    kind = _KINDS[sighting.kind]
    channels = [channel for channel in brand.official(kind) if channel.role != "host" and channel.value]
    if kind == "app":
        package = sighting.detail.get("package")
        return [_unproved(c, "app.signature") for c in channels if c.value == package][:1]
    known = identifiers(sighting)
    for channel in channels:
        if channel.value.isascii() and channel.value.strip().lower() in known:
            facts = {"channel": channel.value, "kind": kind, "source": channel.source}
            return [Reason("official_channel", 100, facts)]
    alike = [c for c in channels if _same_name(c, sighting)] if sighting.kind in {"account", "poi"} else []
    return [_unproved(c, f"{kind}.identifier") for c in alike][:1]


def _same_name(channel: Channel, sighting: Sighting) -> bool:
    """Tell whether a target carries the very name of an official channel, on a platform that may be the same."""
    platform = str(sighting.detail.get("platform") or "")
    elsewhere = platform and channel.platform and platform not in channel.platform and channel.platform not in platform
    return not elsewhere and channel.value.strip() in {sighting.title.strip(), sighting.speaker.strip()}


def _unproved(channel: Channel, needs: str) -> Reason:
    return Reason("named_as_official", -60, {"channel": channel.value, "kind": channel.kind, "needs": needs})
