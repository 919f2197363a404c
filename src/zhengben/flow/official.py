"""Is this target one of ours? Asked once more, of the dossiers as they are now, before any notice leaves."""

from collections.abc import Iterable

from zhengben.core.brand import Brand, Channel
from zhengben.core.phone import plain_number
from zhengben.store.keys import host_of, target_key

_APPS = frozenset({"app_listing", "app_file"})


def official(brands: Iterable[Brand], kind: str, locator: str, package: str = "") -> bool:
    """Tell whether any dossier lists the target's host, number, account or package as genuine.

    >>> from zhengben.core.brand import Names
    >>> ours = Brand(id="b", owner="o", finance=True, names=Names(primary="微"),
    ...     channels=(Channel(kind="domain", exists="yes", value="webank.com"),))
    >>> official([ours], "url", "https://www.webank.com/x"), official([ours], "domain", "notwebank.com")
    (True, False)
    """
    return any(_matches(channel, kind, locator, package) for brand in brands for channel in brand.channels)


def _matches(channel: Channel, kind: str, locator: str, package: str) -> bool:
    if channel.exists != "yes" or not channel.value:
        return False
    if channel.kind == "domain":
        return _under(host_of(kind, locator), host_of("domain", channel.value))
    if channel.kind == "app":
        # a package name alone proves nothing in favour of an app; it is enough to stop a letter and ask a person
        return kind in _APPS and channel.value == (package or locator)
    return channel.kind == kind and _same_target(kind, channel.value, locator)


def _same_target(kind: str, ours: str, theirs: str) -> bool:
    if kind == "phone":
        return plain_number(ours) == plain_number(theirs) != ""
    return target_key(kind, ours) == target_key(kind, theirs)


def _under(host: str, ours: str) -> bool:
    """Tell whether a host is a domain of ours or stands under it; both in one form, for a dossier may say 微众.中国."""
    return bool(host and ours) and f".{host}".endswith(f".{ours}")
