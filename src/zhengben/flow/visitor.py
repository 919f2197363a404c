"""Looking as somebody who comes from a certain place: what a search engine or a province is shown, and nobody else."""

from collections.abc import Mapping, Sequence

from zhengben.collect.profiles import REGIONS, placed
from zhengben.core.fetched import Captured, Fetched, Profile
from zhengben.flow.look_site import CLIENTS, Eyes


class Visitor:
    """Eyes whose clients all say where they come from and where they are; they look through other eyes."""

    def __init__(self, eyes: Eyes, *, referrer: str = "", region: str = "") -> None:
        """Take the eyes; raise ValueError for a region that is not known or a referrer that is no address."""
        self._eyes, self._referrer, self._region = eyes, referrer, region
        self.clients: Sequence[Profile] = tuple(self._placed(one) for one in getattr(eyes, "clients", CLIENTS))

    def fetch(self, url: str, profile: Profile) -> Fetched:
        """Give one plain download."""
        return self._eyes.fetch(url, self._placed(profile))

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give one capture."""
        return self._eyes.capture(url, self._placed(profile))

    def _placed(self, profile: Profile) -> Profile:
        return placed(profile, referrer=self._referrer, region=self._region)


def visiting(eyes: Eyes | None, detail: Mapping[str, object]) -> Eyes | None:
    """Give eyes that look as a lead asks: its `referrer`, and its `region` where clients can say that they are there.

    Leads come from outside: a region that no client can claim, or a referrer that is none, changes nothing.
    """
    referrer = str(detail.get("referrer") or "")
    known = _claimable(detail.get("region"))
    if eyes is None or not (known or referrer):
        return eyes
    try:
        return Visitor(eyes, referrer=referrer, region=known)
    except ValueError:
        return Visitor(eyes, region=known) if known else eyes


def _claimable(region: object) -> str:
    told = str(region or "")  # from outside: it may be of any type
    return told if told in REGIONS else ""
