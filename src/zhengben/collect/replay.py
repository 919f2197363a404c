"""Eyes that go nowhere: they give again what was brought home once, so that a stored look can be judged anew.

The judgement of a stored capture must not depend on the network, the clock or the day: whoever has the bytes gets the
same reasons. What was not fetched then is not fetched now; it is told as a failure.
"""

from zhengben.core.fetched import Captured, Fetched, Profile, Seen

_NOT_KEPT = "not among what was kept"


class Replay:
    """Answers `fetch` and `capture` from what was seen, by address and profile; nothing is ever opened."""

    def __init__(self, seen: Seen) -> None:
        """Take what a look brought home."""
        self._fetched = {(one.url, one.profile): one for one in reversed(seen.fetched)}
        self._captured = {(one.url, one.profile): one for one in reversed(seen.captured)}

    def fetch(self, url: str, profile: Profile) -> Fetched:
        """Give the plain download of that address by that client as it was, or `connect_failed` where there is none."""
        kept = self._fetched.get((url, profile.name))
        if kept is not None:
            return kept
        return Fetched(url=url, final_url=url, profile=profile.name, failure="connect_failed", detail=_NOT_KEPT)

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give the capture of that address by that client as it was, or `capture_unavailable` where there is none."""
        kept = self._captured.get((url, profile.name))
        if kept is not None:
            return kept
        return Captured(url=url, final_url=url, profile=profile.name, failure="capture_unavailable", detail=_NOT_KEPT)
