"""The guard of official accounts and places: proved by the identifier the dossier lists, never by a name.

A name that equals an official one clears nothing and accuses nobody: the account's identifier must be looked up.
"""

from zhengben.core.brand import Brand, Channel
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.lexicon import listed
from zhengben.detect.owner_name import plain, same_firm
from zhengben.names.api import Pack

SEES = ("account", "post", "poi", "app_listing", "text")
_KINDS = {"account": "account", "post": "account", "poi": "poi", "app_listing": "app", "text": "sms_sender"}

# an operator given as somebody with a legal form of his own; a nickname in that field says nothing
_LEGAL = listed("legal_forms")


def identifiers(sighting: Sighting) -> frozenset[str]:
    """Give what names this target beyond doubt: its locator and the identifiers its source gave."""
    given = (sighting.detail.get("id"), sighting.detail.get("developer_id"), sighting.detail.get("sender"))
    return frozenset(plain(value) for value in (sighting.target, *given) if value)


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Prove by identifier, or say what is missing for a proof."""
    del names
    kind = _KINDS[sighting.kind]
    channels = [channel for channel in brand.official(kind) if channel.role != "host" and channel.value]
    if kind == "app":
        package = plain(sighting.detail.get("package"))
        weight = (
            -30 if run_by_another(sighting, brand) else -60
        )  # a package copied under another's name is for a person
        return [_unproved(c, "app.signature", weight) for c in channels if plain(c.value) == package][:1]
    known = identifiers(sighting)
    for channel in channels:
        if channel.value.isascii() and plain(channel.value) in known:
            facts = {"channel": channel.value, "kind": kind, "source": channel.source}
            return [Reason("official_channel", 100, facts)]
    named = sighting.kind in {"account", "poi"} and not run_by_another(sighting, brand)
    alike = [c for c in channels if _same_name(c, sighting)] if named else []
    return [_unproved(c, f"{kind}.identifier") for c in alike][:1]


def _same_name(channel: Channel, sighting: Sighting) -> bool:
    """Tell whether a target carries the very name of an official channel, on a platform that may be the same."""
    platform = str(sighting.detail.get("platform") or "")
    elsewhere = platform and channel.platform and platform not in channel.platform and channel.platform not in platform
    return not elsewhere and plain(channel.value) in {plain(sighting.title), plain(sighting.speaker)}


def run_by_another(sighting: Sighting, brand: Brand) -> bool:
    """Tell whether an operator stands there by a legal name which is not the owner's: then the name is not enough."""
    return bool(_LEGAL.search(plain(sighting.speaker))) and not same_firm(sighting.speaker, brand)


def _unproved(channel: Channel, needs: str, weight: int = -60) -> Reason:
    return Reason("named_as_official", weight, {"channel": channel.value, "kind": channel.kind, "needs": needs})
